"""One page that shows what every place would be told, as each place shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.community.noise import MOST_SUGGESTIONS
from bot.render import comment, forum, page_markdown, page_slack, slack
from bot.render.check_run import check_run
from bot.render.contents import Blocks, CheckRun, Conclusion
from bot.render.occasion import Occasion
from bot.render.safety import one_line, web_address
from bot.render.suggestion import Suggested, suggestions
from bot.report.model import Report
from bot.report.subject import State

if TYPE_CHECKING:
    from jinja2 import Template

MOST_NOTES = 50
"""Annotations that the page shows; a check lists them in batches of as many."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A message in a Slack thread, and when it comes."""

    when: str
    content: Blocks


def preview(
    report: Report, occasion: Occasion, *, advisory: bool = True, chats: Mapping[str, Occasion] | None = None
) -> str:
    """The page for a report. `chats`: the channels that are told, each on an occasion of its own; the first is shown
    with its thread."""
    offered = suggestions(report)[:MOST_SUGGESTIONS]
    # Whether their lines are in the diff is not known here: it is shown what is said where they are.
    led = tuple((each.repair, f"{occasion.pull_request.url}#discussion_r{at}") for at, each in enumerate(offered, 1))
    (first, here), *more = (chats or {"": occasion}).items()
    merged = replace(here, pull_request=replace(here.pull_request, state=State.MERGED))
    return page(
        occasion,
        comment.comment(report, replace(occasion, suggested=led)),
        check_run(report, occasion, advisory=advisory),
        forum.rolling([forum.line(report, occasion)], []),
        slack.parent(report, here),
        [Reply("when it is merged", slack.decided(report, merged))],
        channel=first,
        others={name: slack.parent(report, each) for name, each in more},
        offered=offered,
    )


def page(  # noqa: PLR0913 - one for each place
    occasion: Occasion,
    said: str,
    check: CheckRun,
    post: str,
    parent: Blocks,
    thread: Sequence[Reply] = (),
    *,
    channel: str = "",
    others: Mapping[str, Blocks] | None = None,
    offered: Sequence[Suggested] = (),
) -> str:
    """The page of a comment, a check run, a forum post, a Slack message and its thread, the messages in other channels
    and the suggestions on lines: HTML that asks for nothing from elsewhere and runs nothing."""
    return _template().render(
        request=occasion.pull_request,
        title=one_line(occasion.pull_request.title),
        address=web_address(occasion.pull_request.url),
        comment=page_markdown.rendered(said),
        check=check,
        verdict=_VERDICTS[check.conclusion],
        summary=page_markdown.rendered(check.summary),
        details=page_markdown.rendered(check.text),
        notes=check.annotations[:MOST_NOTES],
        hidden=len(check.annotations[MOST_NOTES:]),
        post=page_markdown.rendered(post),
        parent=page_slack.rendered(parent),
        thread=[(reply.when, page_slack.rendered(reply.content)) for reply in thread],
        channel=channel,
        others={name: page_slack.rendered(each) for name, each in (others or {}).items()},
        offered=[(each, page_markdown.rendered(each.body)) for each in offered],
    )


_VERDICTS = {
    Conclusion.SUCCESS: ("success", "Successful"),
    Conclusion.NEUTRAL: ("neutral", "Neutral: it advises"),
    Conclusion.FAILURE: ("failure", "Failed"),
    Conclusion.ACTION_REQUIRED: ("failure", "Action required"),
}


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    text = files("bot.render").joinpath("templates", "preview.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(
        text
    )
