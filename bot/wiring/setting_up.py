"""What tries the setup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.adapters.clock import SystemClock
from bot.wiring.judging import project

if TYPE_CHECKING:
    from bot.commands.doctor import Service
    from bot.settings import Settings


def probes(source: Path, settings: Settings, *, post: bool) -> tuple[Service, ...]:
    """What tries the setup: the file of settings, and each service or why it cannot be tried."""
    from bot.adapters.policy import policy_file
    from bot.adapters.probes_discourse import DiscourseProbe
    from bot.adapters.probes_elsewhere import ElsewhereProbe
    from bot.adapters.probes_github import GitHubProbe
    from bot.adapters.probes_slack import SlackProbe
    from bot.commands.doctor import MailingLists, SettingsFile, Unreachable
    from bot.community.adoption import CALLED, WORKFLOW
    from bot.community.channels import Kind
    from bot.community.configuration import PATH, configured
    from bot.standard.yaml_reading import read_yaml

    content = policy_file(source, PATH, "")
    reading = read_yaml(PATH, content or b"")
    known, problems = configured(reading)
    local = project(source)
    standard = local.standard(known.source)
    gone = tuple(each.path for each in known.patches if not local.has_directory(each.path))
    # Where GitHub can be asked, what is on its default branch is looked at instead.
    unfilled = settings.github is None and CALLED.encode() in (policy_file(source, WORKFLOW, "") or b"")
    stamp = datetime.fromtimestamp(SystemClock().now(), UTC).strftime("%d %b %H:%M:%S.%f")
    github, discourse, slack, channels = settings.github, settings.discourse, settings.slack, known.channels

    def missing(title: str, kind: Kind) -> Service:
        return Unreachable(title, settings.missing[kind.value], kind, channels)

    def elsewhere() -> Iterator[Service]:
        named = tuple(dict.fromkeys(each.repository for each in known.profiles))
        if named and github:
            yield ElsewhereProbe(github.api_url, settings.elsewhere, settings.missing.get("elsewhere", ""), named)

    return (
        SettingsFile(None if content is None else reading, known, problems, standard, gone, unfilled),
        GitHubProbe(github, known.check, post, stamp) if github else missing("GitHub", Kind.GITHUB),
        DiscourseProbe(discourse, channels, post, stamp) if discourse else missing("Forum", Kind.DISCOURSE),
        SlackProbe(slack, channels, post, stamp) if slack else missing("Slack", Kind.SLACK),
        *elsewhere(),
        *((MailingLists(channels),) if any(each.kind is Kind.MAIL for each in channels) else ()),
    )
