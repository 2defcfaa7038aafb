"""Whom a change affects, and which version it needs, in a sentence or a few."""

from __future__ import annotations

from bot.compat.bump import Bump, highest
from bot.compat.verdicts import Answer
from bot.render.occasion import Occasion
from bot.render.wording import Profiles, having, small, split, titles, worst
from bot.report.model import Outcome, ProfileReport, Report
from bot.report.needed import next_version


def affected(report: Report, occasion: Occasion | None = None) -> str:
    """Who is affected."""
    ours, others = split(report, occasion)
    said = [*_hit(ours), *_spared(ours)]
    return " ".join(said + ([f"Elsewhere: {small(' '.join(_hit(others)))}"] if others else []))


def _hit(profiles: Profiles) -> list[str]:
    broken, open_ = having(profiles, Outcome.BREAKING), having(profiles, Outcome.UNKNOWN)
    surprised, unsure = _reading(profiles, Answer.BREAKING), _reading(profiles, Answer.UNKNOWN)
    alike = {each.id for each in open_} == {each.id for each in unsure}
    readers = f"{',' if len(open_) > 1 else ''} and tools that read their data" if alike else ""
    said = [
        f"Publishers of {titles(broken)}." if broken else "",
        f"Perhaps publishers of {titles(open_)}{readers}." if open_ else "",
        "No publisher." if (surprised or unsure) and not broken and not open_ else "",
        f"Tools that read {titles(surprised)} may meet data they did not expect." if surprised else "",
        f"Perhaps tools that read {titles(unsure)}." if unsure and not alike else "",
    ]
    return [words for words in said if words] or ["Nobody."]


def _reading(profiles: Profiles, answer: Answer) -> Profiles:
    return [profile for profile in profiles if profile.verdicts and profile.verdicts.consumers.answer is answer]


def _spared(profiles: Profiles) -> list[str]:
    """Who is not affected, where some publishers are."""
    fine = having(profiles, Outcome.COMPATIBLE)
    if len(fine) == len(profiles):
        return []
    tools = not any(_reading(profiles, answer) for answer in (Answer.BREAKING, Answer.UNKNOWN))
    match len(fine), tools:
        case 0, True:
            return ["Tools that read the data are not."]
        case 0, False:
            return []
        case _, False:
            return [f"Publishers of {titles(fine)} are not."]
        case 1, True:
            return [f"Publishers of {titles(fine)} and tools that read the data are not."]
    return [f"Publishers of {titles(fine)}, and tools that read the data, are not."]


_VERSIONS = {
    Bump.MAJOR: "A new major version",
    Bump.MINOR: "A new minor version",
    Bump.PATCH: "A patch version",
    Bump.NONE: "No new version",
}
_NOT_KNOWN = "Not known yet"


def version_needed(report: Report, occasion: Occasion | None = None) -> str:
    """Which version the change needs, by profile where they differ, and its number where that is known; without a
    full stop."""
    said, known = _needed(report, occasion), report.outcome in (Outcome.COMPATIBLE, Outcome.BREAKING)
    number = next_version(report.live, report.bump) if known else ""
    if not number:
        return said
    return f"{said}, {number}" if said in _VERSIONS.values() else f"{said} (the standard: {number})"


def _needed(report: Report, occasion: Occasion | None) -> str:
    ours, others = split(report, occasion)
    if others:
        bump = _VERSIONS[highest(profile.bump for profile in others)]
        here, there = _versions(ours), _NOT_KNOWN if worst(others) is Outcome.UNKNOWN else bump
        return here if here == there else f"{here}; elsewhere {small(there)}"
    if all(profile.bump is Bump.NONE for profile in ours):
        return _VERSIONS[report.bump]
    return _versions(ours)


def _versions(profiles: Profiles) -> str:
    needed: dict[str, list[ProfileReport]] = {}
    for profile in sorted(profiles, key=lambda each: (each.outcome is Outcome.UNKNOWN, -each.bump.rank)):
        words = _NOT_KNOWN if profile.outcome is Outcome.UNKNOWN else _VERSIONS[profile.bump]
        needed.setdefault(words, []).append(profile)
    if len(needed) == 1:
        return next(iter(needed))
    said = [f"{words} for {titles(some)}" for words, some in needed.items() if words != _VERSIONS[Bump.NONE]]
    return ", ".join([said[0], *map(small, said[1:])])
