"""The nightly word to profiles that live elsewhere: what the coming version of the core means for each of them.

The coming version is the default branch; where that is live itself, the newest `…-dev` branch beyond it. It is
held against the version that profiles build on, the newest live one before it (`standard.versions`), and where
no tag and no branch is called by a version, against the commit where the coming version left the default branch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.commands import check
from bot.commands.announcing.containing import contained
from bot.commands.announcing.news import Told
from bot.commands.check import CheckRequest, ElsewhereProfile, PatchDirectory
from bot.community.channels import PULL_REQUEST
from bot.community.configuration import Configuration
from bot.errors import BotError, GitError
from bot.ports import Confirmer, Fetcher, Progress, Sources
from bot.publish.delivery import newest
from bot.publish.marks import Mark, digest, key
from bot.publish.places import Composer, DeliveryError, Draft, Place, Refused
from bot.publish.telling import Teller
from bot.render.contents import IssueText
from bot.render.elsewhere import Coming, fine_print, issue
from bot.report.model import Report
from bot.standard.versions import NamedVersion, coming_version, live_version

UNFETCHED = "profile-unfetched"


def profiles_elsewhere(configuration: Configuration, fetcher: Fetcher) -> tuple[ElsewhereProfile, ...]:
    """The profiles that live elsewhere, as the settings name and pin them. Nothing is fetched yet."""
    return tuple(
        ElsewhereProfile(
            each.id,
            each.repository,
            fetcher.elsewhere(each.repository, each.ref, each.path),
            each.title,
            each.countries,
        )
        for each in configuration.profiles
    )


@dataclass(frozen=True, slots=True)
class ComingRequest:
    """`core` is the standard's repository (`owner/name`), `core_url` its page. `seq` grows from run to run.
    `coming` names a branch where the default branch is not what is coming."""

    core: str
    core_url: str
    default_branch: str
    configuration: Configuration
    seq: int
    patches: tuple[PatchDirectory, ...] = ()
    discuss_url: str = ""
    coming: str = ""


@dataclass(frozen=True, slots=True)
class Tools:
    """What it takes. `issues` gives the issues of a repository."""

    sources: Sources
    fetcher: Fetcher
    issues: Callable[[str], Place[IssueText]]
    teller: Teller
    confirmer: Confirmer
    progress: Progress


def run(request: ComingRequest, tools: Tools) -> Iterator[Told]:
    """Tell each profile's repository in one issue that is kept true. One that fails does not keep the others
    from being told; nothing at all is done where no version is coming."""
    profiles = profiles_elsewhere(request.configuration, tools.fetcher)
    if not profiles:
        return
    try:
        found = _versions(request, tools)
    except BotError as problem:
        yield from (_untold(request, profile, problem) for profile in profiles)
        return
    if found is None:
        return
    live, coming = found
    for profile in profiles:
        try:
            report = _judged(request, tools, profile, live, coming)
            told = _told(request, tools, profile, report, _about(request, profile, live, coming))
        except Exception as problem:  # noqa: BLE001 - what nobody foresaw of one is not to end the night for all
            told = _untold(request, profile, contained(profile.repository, problem))
        yield told


def _untold(request: ComingRequest, profile: ElsewhereProfile, problem: BotError) -> Told:
    return Told(profile.repository, _key(request, profile), error=Refused(problem.message, problem.hint))


def _versions(request: ComingRequest, tools: Tools) -> tuple[NamedVersion, NamedVersion] | None:
    """The live version and the coming one, their commits brought here."""
    refs = tools.fetcher.published()
    coming = coming_version(refs, request.coming or request.default_branch)
    if coming is None:
        return None
    tools.fetcher.commit(coming.commit)
    live = live_version(refs, below=coming.number if any(coming.number) else None)
    live = live or _left(request, tools, refs, coming)
    tools.fetcher.commit(live.commit)
    return live, coming


def _left(request: ComingRequest, tools: Tools, refs: Mapping[str, str], coming: NamedVersion) -> NamedVersion:
    """Where the coming version left the default branch, in place of a live version."""
    default = refs.get(f"refs/heads/{request.default_branch}")
    if default is None or coming.name == request.default_branch:
        hint = "Tag the version that profiles build on: standard-2.0.1, or v2.0.1 where nothing else is versioned here."
        raise GitError(f"no version of {request.core} is known to be live", hint)
    tools.fetcher.commit(default)
    commit = tools.sources.merge_base(default, coming.commit)
    return NamedVersion(request.default_branch, coming.number, commit)


def _judged(
    request: ComingRequest, tools: Tools, profile: ElsewhereProfile, live: NamedVersion, coming: NamedVersion
) -> Report:
    asked = CheckRequest(live.commit, coming.commit, request.patches, profile.id, (profile,))
    report = check.run(asked, tools.sources, tools.confirmer, tools.progress)
    for finding in report.findings:
        # What the bot could not fetch or read tonight is nothing that the profile's maintainers could mend.
        if finding.problem.rule == UNFETCHED:
            raise GitError(finding.problem.message, finding.problem.hint)
    if report.unreadable:
        raise GitError(f"{coming.name} cannot be read", "Run standards-bot check on it.")
    return report


def _about(request: ComingRequest, profile: ElsewhereProfile, live: NamedVersion, coming: NamedVersion) -> Coming:
    return Coming(
        request.core,
        request.core_url,
        coming.name,
        live.name,
        profile.title or profile.id,
        profile.directory.label,
        next(each.path for each in request.configuration.profiles if each.id == profile.id),
        request.discuss_url,
    )


def _told(request: ComingRequest, tools: Tools, profile: ElsewhereProfile, report: Report, about: Coming) -> Told:
    named = replace(about, profile=next((each.title for each in report.profiles), about.profile))
    key_ = _key(request, profile)
    compose = _composer(key_, issue(report, named), fine_print(report, named), request.seq)
    try:
        done = tools.teller.tell(tools.issues(profile.repository), key_, compose)
    except DeliveryError as problem:
        return Told(profile.repository, key_, error=problem)
    return Told(profile.repository, key_, done.action.value, done.id)


def _composer(key_: str, text: IssueText, small_print: str, seq: int) -> Composer[IssueText]:
    """The issue. Whether it is another than what stands is told by what it says above its fine print; a settled
    one is written over what stands, but never opened for the first time."""
    mark = Mark(key_, "-", seq, digest(f"{text.title}\n{text.body}"))
    signed = replace(text, body=f"{text.body}\n\n{small_print}")
    return newest(Draft(mark, signed, only_update=text.settled))


def _key(request: ComingRequest, profile: ElsewhereProfile) -> str:
    return key(PULL_REQUEST, request.core, f"profile-{profile.id}", "coming")
