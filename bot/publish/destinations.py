"""Places beyond the pull request: who hears of it, with which focus, and how much may be said there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.community.channels import Channel, Kind
from bot.community.noise import Allowance, Situation, allowance
from bot.community.routing import Focus, hears
from bot.report.model import Report
from bot.report.subject import PullRequest, State
from bot.standard.model import Kind as Source


@dataclass(frozen=True, slots=True)
class Destination:
    """A channel. One that is not told (any more) is there too: what was said there is kept true."""

    channel: Channel
    focus: Focus
    allowance: Allowance


def situation(report: Report, pull_request: PullRequest, flips: int, *, quiet: bool) -> Situation:
    """What the noise budget looks at."""
    decided = pull_request.state is not State.OPEN
    return Situation(pull_request.draft, report.bump, flips, decided, quiet)


def destinations(report: Report, channels: Sequence[Channel], at: Situation) -> tuple[Destination, ...]:
    """All forums and chats of the configuration."""
    touched = {profile.id: profile.countries for profile in report.profiles if profile.changes}
    untouched = {profile.id for profile in report.profiles} - touched.keys()
    heard = hears(channels, touched, shared=_is_shared(report, channels, touched), untouched=untouched)
    told = {hearing.channel.id: hearing.focus for hearing in heard}
    found = []
    for channel in channels:
        if channel.kind is Kind.MAIL:
            continue  # the list gets digests
        allowed = allowance(channel.kind, at)
        if channel.id not in told:
            allowed = Allowance(create=False, update=allowed.update)
        found.append(Destination(channel, told.get(channel.id, Focus()), allowed))
    return tuple(found)


def _is_shared(report: Report, channels: Sequence[Channel], touched: Mapping[str, Sequence[str]]) -> bool:
    """Whether what changes is everybody's: a profile of no country that no channel names, or, where the profiles
    are patches alone, the files that they patch."""
    named = {profile for channel in channels for profile in channel.profiles}
    if any(not countries and profile not in named for profile, countries in touched.items()):
        return True
    changed = {change.file for profile in report.profiles for change in profile.changes}
    return report.head.kind == Source.CHECKOUT.value and any(map(_is_of_the_core, changed))


def _is_of_the_core(file: str) -> bool:
    return file.startswith("schema/") and file.count("/") == 1
