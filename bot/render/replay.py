"""One page of what the bot would have said on merged pull requests, and the same in few words for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.compat.bump import Bump
from bot.render import comment, page_markdown
from bot.render.occasion import Occasion
from bot.render.problems import SEVERITIES, groups, known
from bot.render.rows import cell, rows
from bot.render.safety import name, one_line, web_address
from bot.render.verdict import headline
from bot.render.wording import count
from bot.report.model import Outcome, ProfileReport, Report
from bot.report.replayed import Decided, Facts, Merged, Replayed
from bot.standard.problems import Severity

if TYPE_CHECKING:
    from jinja2 import Template

STEPS = {Bump.MAJOR: "major", Bump.MINOR: "minor", Bump.PATCH: "patch", Bump.NONE: "none"}
TONES = {Outcome.COMPATIBLE: "good", Outcome.BREAKING: "bad", Outcome.UNKNOWN: "warn", Outcome.INVALID: "mild"}
SHORT = {
    Outcome.COMPATIBLE: "compatible",
    Outcome.BREAKING: "breaking",
    Outcome.UNKNOWN: "not decided",
    Outcome.INVALID: "not judged",
}
LONGEST_TITLE = 160
MOST_LABELS = 8
TERMINAL_TITLE = 60


@dataclass(frozen=True, slots=True)
class Chip:
    """A verdict in a word: its tone, and what it is about."""

    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that says something by itself."""

    number: int
    text: str
    tone: str = ""


# The page.


def row(replayed: Replayed) -> str:
    """A pull request as HTML: its line, and under it the comment as it would have been posted."""
    merged, report, facts = replayed.merged, replayed.report, replayed.facts
    request = replayed.pull_request
    return _template("replay_row.html").render(
        facts=facts,
        title=name(request.title, LONGEST_TITLE) or "(no title)",
        address=web_address(request.url),
        by=name(merged.by),
        squashed=merged.head == merged.commit,
        decided=_decided(merged, facts.decided),
        changelog=[one_line(line) for line in merged.changelog],
        labels=[name(label) for label in request.labels[:MOST_LABELS]],
        tone=TONES[facts.outcome],
        headline=one_line(_said(report)),
        chips=_chips(report),
        needed=_needed(facts),
        problems=_problems(report),
        silent=not report.says_something,
        comment=page_markdown.rendered(comment.comment(report, Occasion(request))),
    )


def page(facts: Sequence[Facts], fragments: Iterable[str], what: str) -> Iterator[str]:
    """The page in pieces. `fragments`: the rows as HTML, read one by one; `what`: the repository or directory."""
    from markupsafe import Markup

    return _template("replay.html").generate(
        what=one_line(what),
        total=count(len(facts), "merged pull request"),
        since=min((each.date for each in facts), default=""),
        until=max((each.date for each in facts), default=""),
        figures=figures(facts),
        agreement=agreement(facts),
        rows=(Markup(each) for each in fragments),  # noqa: S704 - made by `row`, escaped there
    )


def _said(report: Report) -> str:
    """The verdict; of what cannot be judged, why."""
    found = groups(report.findings, (Severity.ERROR,)) or known(report)
    reasons = [each for group in found for each in group.problems if each.severity is Severity.ERROR]
    if report.outcome is not Outcome.INVALID or not reasons:
        return headline(report)
    reason = min(reasons, key=lambda problem: problem.rule != "check-impossible")
    where = f"{reason.file}: " if reason.file else ""
    return f"{headline(report)} {where}{reason.message}."


def _chips(report: Report) -> list[Chip]:
    """A word a profile, where there are several."""
    if len(report.profiles) < 2:
        return []
    return [Chip(TONES[each.outcome], f"{name(each.id)}: {_word(report, each)}") for each in report.profiles]


def _word(report: Report, profile: ProfileReport) -> str:
    if profile.outcome is Outcome.COMPATIBLE and profile.bump is Bump.NONE:
        touched = any(cell(each, profile) != "not in profile" for each in rows(report))
        return "unchanged" if touched or report.bump is Bump.NONE else "not in profile"
    return SHORT[profile.outcome]


def _needed(facts: Facts) -> str:
    if not facts.is_judged:
        return ""
    return "It needs no new version." if facts.needed is Bump.NONE else f"It needs a {STEPS[facts.needed]} version."


def _problems(report: Report) -> str:
    """How many problems of the files it would have told of."""
    new = Counter(each.problem.severity for each in report.findings if not each.in_base)
    return ", ".join(count(new[severity], SEVERITIES[severity]) for severity in Severity if new[severity])


def _decided(merged: Merged, given: Decided | None) -> str:
    """What was decided, in words."""
    if given is None:
        return f"First released as {name(merged.release.name)}." if merged.release else "In no tagged release."
    step = "no step" if given.step is Bump.NONE else f"a {STEPS[given.step]} step"
    verb = "In its files the version went" if given.in_files else "Released"
    return f"{verb} from {name(given.before)} to {name(given.after)}: {step}."


@cache
def _template(file: str) -> Template:
    from jinja2 import Environment, StrictUndefined

    text = files("bot.render").joinpath("templates", file).read_text(encoding="utf-8")
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.from_string(text)


# In few words.


def figures(facts: Sequence[Facts]) -> list[Figure]:
    """How many of each verdict there are; verdicts that did not come up are left out."""
    found = Counter(each.outcome for each in facts)
    counted = ((outcome, found[outcome], *words) for outcome, words in _COUNTED.items() if found[outcome])
    return [Figure(number, one if number == 1 else many, TONES[outcome]) for outcome, number, one, many in counted]


_COUNTED = {
    Outcome.COMPATIBLE: ("keeps published data valid", "keep published data valid"),
    Outcome.BREAKING: ("breaks published data", "break published data"),
    Outcome.UNKNOWN: ("needs a person to look", "need a person to look"),
    Outcome.INVALID: ("could not be judged", "could not be judged"),
}


def agreement(facts: Sequence[Facts]) -> str:
    """How often the step that was taken is smaller than the one that was needed."""
    known = [each for each in facts if each.decided is not None and each.is_judged]
    if not known:
        return "Which version each went into is not known: no tag and no file says so."
    short = sum(each.falls_short for each in known)
    whose = f"{count(len(known), 'pull request')} whose version is known"
    if not short:
        return f"None of {whose} went into a smaller step than it needed."
    return f"{short} of {whose} went into a smaller step than {'it' if short == 1 else 'they'} needed."


def summary(facts: Sequence[Facts]) -> str:
    """The whole as lines of text."""
    lines = [_line(each) for each in facts]
    counted = [f"{each.number:>5}  {each.text}" for each in figures(facts)]
    return "\n".join([*lines, "", *counted, "", agreement(facts), ""])


def _line(facts: Facts) -> str:
    needed = f"needs {STEPS[facts.needed]}" if facts.is_judged else ""
    step = facts.decided and f"got {STEPS[facts.decided.step]}"
    remark = "  <- a smaller step than needed" if facts.falls_short else ""
    remark = "  <- enough for its whole release" if facts.is_made_up_for else remark
    title = name(facts.title, TERMINAL_TITLE)
    said = f"{SHORT[facts.outcome]:11}  {needed:11}  {step or '':9}"
    return f"{facts.date}  #{facts.number:<5}  {said}  {title}{remark}".rstrip()
