"""`doctor`: tries what the bot will need, service by service, and says what to do where something is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.community.adoption import PLACEHOLDER, WORKFLOW
from bot.community.channels import Channel, Kind
from bot.community.checkup import Check, Diagnosis, Section, State, fine, left_open, wrong
from bot.community.configuration import PATH, Configuration
from bot.community.consistency import unknown_profiles
from bot.errors import BotError
from bot.standard.loading import load
from bot.standard.model import Kind as StandardKind
from bot.standard.problems import Problem, Severity
from bot.standard.reading import Reading
from bot.standard.snapshot import Snapshot


class Service(Protocol):
    """Something that the bot needs. Whatever its checks try is undone by them."""

    @property
    def title(self) -> str:
        """How people call it."""
        ...

    def checks(self) -> Iterable[Check]:
        """Try it; a check that makes the others pointless is the last. May raise BotError."""
        ...


def run(services: Sequence[Service]) -> Diagnosis:
    """Try every service; one that fails does not keep the others from being tried."""
    return Diagnosis(tuple(Section(service.title, tuple(_tried(service))) for service in services))


def _tried(service: Service) -> Iterator[Check]:
    try:
        yield from service.checks()
    except BotError as problem:
        yield wrong(problem.message, problem.hint or "Run it again later.")


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """The file of settings, what is wrong with it, and the standard that it leads to. `reading` is None where
    there is no file, `snapshot` where its `source` is no directory; `gone`: directories of patches that it names and
    that are not there; `unfilled`: the workflow file beside it names no repository of the bot yet."""

    reading: Reading | None
    configuration: Configuration
    problems: tuple[Problem, ...]
    snapshot: Snapshot | None
    gone: tuple[str, ...] = ()
    unfilled: bool = False
    title: str = f"Settings ({PATH})"

    def checks(self) -> Iterator[Check]:
        """Whether the file says something sensible."""
        if self.reading is None:
            yield left_open("there is none: the pull request alone is told", "`standards-bot init` writes a first one.")
        elif not any(each.severity is Severity.ERROR for each in self.problems):
            yield fine(f"the file is in order; channels: {self._channels()}")
        yield from map(_problem, self.problems)
        for path in self.gone:
            hint = "Correct `path:` under `patches:`. It is meant from the top of the repository."
            yield wrong(f"there is no directory {path}, which holds the patches of a profile", hint)
        if self.unfilled:
            yield unfilled()
        yield from self._standard()

    def _channels(self) -> str:
        return ", ".join(["the pull request", *(each.title or each.id for each in self.configuration.channels)])

    def _standard(self) -> Iterator[Check]:
        source = self.configuration.source
        where = "the top of the repository" if source == "." else source
        hint = f"Give the directory that holds schema/ or a data package: `source: …` in {PATH}."
        if self.snapshot is None:
            yield wrong(f"there is no directory {source}", hint)
            return
        standard = load(self.snapshot)
        if standard.kind is StandardKind.NOTHING:
            yield wrong(f"there is no standard {'at' if source == '.' else 'in'} {where}", hint)
            return
        own = [each.id for each in self.configuration.patches] or [each.id for each in standard.profiles]
        profiles = [*own, *(each.id for each in self.configuration.profiles)]
        yield fine(f"{where} holds a standard ({standard.kind.value}); profiles: {', '.join(profiles)}")
        if self.reading is not None:
            named = self.configuration
            found = unknown_profiles(self.reading, named.channels, named.canaries, set(profiles))
            yield from map(_problem, found)


def _problem(problem: Problem) -> Check:
    said = f"line {problem.line}, column {problem.column}: {problem.message}"
    return Check(State.WRONG if problem.severity is Severity.ERROR else State.OPEN, said, problem.hint)


def unfilled() -> Check:
    """That the workflow file still says what stands for the repository of the bot."""
    hint = "Name the repository of the bot and a full commit of it: `standards-bot init --force --workflow …`."
    return wrong(f"{WORKFLOW} still says {PLACEHOLDER}", hint)


_SETUP = {
    Kind.GITHUB: "In GitHub Actions both are there. Elsewhere, set them for the time of the check: a token that may "
    "read the repository, and its OWNER/NAME.",
    Kind.DISCOURSE: "Set them in the repository: Settings, Secrets and variables, Actions (SETUP.md, “The forum”).",
    Kind.SLACK: "Set it in the repository: Settings, Secrets and variables, Actions (SETUP.md, “Slack”).",
}


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A service that cannot be tried, for want of its key."""

    title: str
    reason: str
    kind: Kind
    channels: tuple[Channel, ...]

    def checks(self) -> Iterator[Check]:
        """Whether somebody waits for it."""
        waiting = [each.id for each in self.channels if each.kind is self.kind]
        if waiting:
            said = f"{self.reason}, so these channels are not told: {', '.join(waiting)}"
            yield wrong(said, _SETUP[self.kind])
        elif self.kind is Kind.GITHUB:
            yield wrong(f"it cannot be tried: {self.reason}", _SETUP[self.kind])
        else:
            yield left_open(f"not used: {self.reason}, and no channel in bot.yml asks for it")


@dataclass(frozen=True, slots=True)
class MailingLists:
    """The mailing list, to which nothing is sent so far."""

    channels: tuple[Channel, ...]
    title: str = "Mailing list"

    def checks(self) -> Iterator[Check]:
        """That it waits."""
        for each in self.channels:
            if each.kind is Kind.MAIL:
                yield left_open(f"{each.id}: the bot does not send mail yet")
