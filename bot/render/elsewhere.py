"""The one issue in a profile's own repository: what the coming version of the core means for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from bot.compat.bump import Bump
from bot.compat.verdicts import Answer
from bot.render import sections
from bot.render.consequences import affected, version_needed
from bot.render.contents import IssueText
from bot.render.fitting import Part, Section, fit, fixed
from bot.render.rows import rows
from bot.render.safety import code, link, name, one_line, prose, shortened
from bot.render.wording import count
from bot.report.model import Outcome, ProfileReport, Report, ReportedChange

LIMIT = 58_000
"""Bytes of the text: a mark and the fine print come after it, and GitHub takes 65,536 characters."""
LONGEST_TITLE = 240
GAINS = frozenset({"entity-added", "term-added"})


@dataclass(frozen=True, slots=True)
class Coming:
    """What the issue is about. `core`: the standard's repository, `coming` and `live` its versions by name;
    `profile`: how people call it; `label` and `path`: where its files are, in all and in its repository."""

    core: str
    core_url: str
    coming: str
    live: str
    profile: str
    label: str
    path: str = "."
    discuss_url: str = ""


def issue(report: Report, about: Coming) -> IssueText:
    """The issue, without its fine print. It is settled where nobody has to do anything."""
    ours = _of_the_profile(report, about)
    profile = report.profiles[0] if report.profiles else None
    said = one_line(_verdict(ours, profile, about))
    settled = not _matters(ours, profile)
    body = fit(
        list(_sections(ours, profile, about, said)), LIMIT, lambda left, noun: f"… and {count(left, f'more {noun}')}."
    )
    return IssueText(shortened(said.removesuffix("."), LONGEST_TITLE), body, settled=settled)


def fine_print(report: Report, about: Coming) -> str:
    """What was compared, and how long this stays true. It is no part of what is told: an issue is not opened
    again because a commit has another name."""
    sides = ((about.coming, report.head.commit), (about.live, report.base.commit))
    compared = " with ".join(code(name(f"{version}@{commit[:7]}" if commit else version)) for version, commit in sides)
    kept = "This issue is kept true; closed, it is opened again only when there is something new to say."
    where = link(prose(name(about.core)), about.core_url)
    return f"<sub>Compared {compared} of {where}, with {code(name(about.label))} on both. {kept}</sub>"


def _of_the_profile(report: Report, about: Coming) -> Report:
    """The report with the problems of the profile's own files alone, named as they are called there."""
    own = [each for each in report.findings if _is_own(each.problem.file, about.label)]
    here = [replace(each, problem=replace(each.problem, file=_local(each.problem.file, about))) for each in own]
    return replace(report, findings=tuple(here))


def _is_own(file: str, label: str) -> bool:
    return file == label or file.startswith(f"{label}/")


def _local(file: str, about: Coming) -> str:
    return str(PurePosixPath(about.path) / file.removeprefix(about.label).lstrip("/"))


def _matters(report: Report, profile: ProfileReport | None) -> bool:
    wrong = any(not each.in_base for each in report.findings)
    return wrong or (profile is not None and (profile.bump.rank > Bump.PATCH.rank or _outcome(profile) is not None))


def _outcome(profile: ProfileReport) -> Outcome | None:
    """The verdict, where it is not a good one."""
    return None if profile.outcome is Outcome.COMPATIBLE else profile.outcome


def _verdict(report: Report, profile: ProfileReport | None, about: Coming) -> str:
    title = name(report.head.title) or "version of the standard"
    core, ours = f"{title} ({about.coming})", name(about.profile)
    if profile is None:
        wrong = any(not each.in_base for each in report.findings)
        return f"{ours} cannot be judged beside the coming {core}." if wrong else _nothing(core, ours)
    match profile.outcome, profile.bump:
        case Outcome.BREAKING, _:
            return f"The coming {core} would break data published under {ours}."
        case Outcome.UNKNOWN, _:
            return f"A person has to look at what the coming {core} means for {ours}."
        case _, Bump.NONE:
            return _nothing(core, ours)
        case _, Bump.PATCH:
            return f"The coming {core} changes nothing but words for {ours}."
    return f"Data published under {ours} stays valid with the coming {core}."


def _nothing(core: str, ours: str) -> str:
    return f"The coming {core} changes nothing for {ours}."


def _sections(report: Report, profile: ProfileReport | None, about: Coming, said: str) -> Iterator[Section]:
    yield fixed(f"**{prose(said)}**")
    if not _matters(report, profile):
        yield fixed("No publisher, no tool and no file of the profile is affected. Nothing is to be done here.")
        return
    yield fixed("It is not released yet: there is time to speak up where it is made, and to prepare here.")
    judged = replace(report, findings=())
    found = rows(judged)
    if profile is not None:
        yield fixed(_facts(judged))
        yield sections.changes(judged, [row for row in found if not row.is_wording and not _is_gain(row.reported)])
        yield sections.undecided(judged, found)
        yield sections.examples(judged, found)
        yield _gains(profile)
    yield sections.titled(sections.problems(report), "What no longer fits in the files of the profile")
    yield _what_to_do(report, profile, about)


def _facts(report: Report) -> str:
    lines = [
        f"**Who is affected** {prose(affected(report))}",
        f"**Version the profile needs** {prose(_needed(report))}",
    ]
    return "\\\n".join(lines)


def _needed(report: Report) -> str:
    """Without a number: the live version that is known is the core's, and not the profile's."""
    return version_needed(replace(report, live=""))


def _gains(profile: ProfileReport) -> Section:
    gained = [each.change.term for each in profile.changes if _is_gain(each)]
    parts = [Part(f"- {code(name(term))}", sections.HARMLESS) for term in gained]
    title = "What the profile gains without having asked for it"
    return sections.titled(Section(parts, "term", joint="\n"), title)


def _is_gain(reported: ReportedChange) -> bool:
    """Whether a term comes to the profile, and breaks nothing: both sides have the profile as it is."""
    breaks = reported.verdicts is not None and reported.verdicts.publishers.answer is not Answer.COMPATIBLE
    return reported.change.rule in GAINS and not breaks


def _what_to_do(report: Report, profile: ProfileReport | None, about: Coming) -> Section:
    ways = "\n".join(f"- {each}" for each in _ways(report, profile, about))
    return fixed(f"**What you can do**\n\n{ways}")


def _ways(report: Report, profile: ProfileReport | None, about: Coming) -> Iterator[str]:
    core = link(prose(name(about.core)), about.core_url)
    forum = f", or {link('in the forum', about.discuss_url)} (no GitHub account needed)" if about.discuss_url else ""
    if profile is not None and profile.outcome in (Outcome.BREAKING, Outcome.UNKNOWN):
        yield f"Say so at {core}{forum}, as long as it can be changed."
        yield "Or keep what your publishers have: a merge patch of the profile can put back what the core takes away."
    if profile is not None and profile.bump is Bump.MAJOR:
        yield "Or plan a new major version of the profile, and tell your publishers and tools in time."
    elif profile is not None and profile.bump is Bump.MINOR:
        yield "Plan a new minor version of the profile for when this version of the core is live."
    if profile is not None and any(map(_is_gain, profile.changes)):
        yield f"Keep what the profile gains, or take it out: {code('null')} in a merge patch removes a term."
    if any(not each.in_base for each in report.findings):
        yield "Mend the files named above."
    settings = f"{code('.github/bot.yml')} of {core}"
    yield f"When the profile fits, have its new tag or commit named in {settings}: this issue then follows it."
