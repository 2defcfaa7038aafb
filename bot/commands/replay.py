"""`replay`: what the bot would have said on the last merged pull requests, beside what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.commands import check
from bot.commands.check import CheckRequest, ElsewhereProfile, PatchDirectory
from bot.compat.bump import Bump
from bot.errors import BotError, InputError
from bot.ports import Confirmer, Forge, Progress, Sources
from bot.publish.places import DeliveryError, Gone
from bot.report.model import Outcome, Report
from bot.report.replayed import Merged, Replayed
from bot.report.subject import PullRequest, State
from bot.report.unjudged import unjudged


class History(Protocol):
    """The history of the standard's repository. All methods raise GitError."""

    @property
    def is_cut_off(self) -> bool:
        """Whether earlier history exists and is not here (a shallow clone)."""
        ...

    @property
    def address(self) -> str:
        """The page of the repository, https://…; "" where it has none."""
        ...

    def default_branch(self) -> str:
        """The branch that pull requests are merged into."""
        ...

    def merged(self, last: int, branch: str, patches: Sequence[str] = ()) -> Sequence[Merged]:
        """The last pull requests merged into it that touched the standard, the newest first."""
        ...


@dataclass(frozen=True, slots=True)
class ReplayRequest:
    """How many, into which branch ("": the default branch). `patches` and `elsewhere`: as for a check."""

    last: int
    branch: str = ""
    patches: tuple[PatchDirectory, ...] = ()
    elsewhere: tuple[ElsewhereProfile, ...] = ()


@dataclass(slots=True)
class Titles:
    """What the forge knows of pull requests; nothing without one. At the first trouble it is asked no more."""

    forge: Forge | None = None
    trouble: DeliveryError | None = None

    def of(self, number: int) -> PullRequest | None:
        """The pull request, where the forge knows it."""
        if self.forge is None or self.trouble is not None:
            return None
        try:
            return self.forge.pull_request(number)
        except Gone:
            return None
        except DeliveryError as problem:
            self.trouble = problem
            return None


def find(request: ReplayRequest, history: History) -> tuple[str, Sequence[Merged]]:
    """The branch, and the pull requests to be judged; raises InputError where there are none."""
    branch = request.branch or history.default_branch()
    found = history.merged(request.last, branch, [each.directory for each in request.patches])
    if not found:
        message = f"no pull request that touches the standard was merged into {branch}, as far as its history tells"
        hint = "Fetch the earlier history: this clone is shallow." if history.is_cut_off else "Name another --branch."
        raise InputError(message, hint)
    return branch, found


def run(
    request: ReplayRequest,
    history: History,
    sources: Sources,
    titles: Titles,
    confirmer: Confirmer,
    progress: Progress,
) -> Iterator[Replayed]:
    """Judge each as it was when it was merged, one at a time; one that cannot be judged says why."""
    branch, found = find(request, history)
    past = _Past(request, sources, confirmer)
    for at, merged in enumerate(found):
        progress("pull requests judged", at, len(found))
        page = f"{history.address}/pull/{merged.number}" if history.address else ""
        asked = PullRequest("", merged.number, merged.title, merged.by, page, merged.head, merged.parent, branch)
        # As it stood when the bot would have spoken: before it was merged.
        known = titles.of(merged.number)
        subject = asked if known is None else replace(known, state=State.OPEN, draft=False)
        judged = Replayed(merged, subject, past.judged(merged))
        yield replace(judged, released=past.released(merged)) if judged.facts.falls_short else judged


class _Past:
    """Judges what was merged; a release, of which several may be part, once."""

    def __init__(self, request: ReplayRequest, sources: Sources, confirmer: Confirmer) -> None:
        self._request, self._sources, self._confirmer = request, sources, confirmer
        self._releases: dict[tuple[str, str], Bump | None] = {}

    def judged(self, merged: Merged) -> Report:
        """The report on a pull request; where it cannot be judged, why."""
        try:
            base = merged.parent if merged.head == merged.commit else self._left(merged)
            return self._report(merged, base, merged.head)
        except BotError as problem:
            return unjudged(merged.parent[:7], merged.head[:7], problem)
        except (RecursionError, MemoryError) as problem:
            trouble = InputError(f"this is more than can be judged ({type(problem).__name__})", "Judge it by itself.")
            return unjudged(merged.parent[:7], merged.head[:7], trouble)

    def released(self, merged: Merged) -> Bump | None:
        """The step that the whole release needed which a pull request first was part of: what one of them broke,
        another may have mended before it came out. None where there is none, or it cannot be judged."""
        if merged.before is None or merged.release is None:
            return None
        sides = merged.before.commit, merged.release.commit
        if sides not in self._releases:
            self._releases[sides] = self._needed(merged, *sides)
        return self._releases[sides]

    def _needed(self, merged: Merged, base: str, head: str) -> Bump | None:
        try:
            report = self._report(merged, base, head)
        except (BotError, RecursionError, MemoryError):
            return None
        return None if report.outcome is Outcome.INVALID else report.bump

    def _left(self, merged: Merged) -> str:
        return self._sources.merge_base(merged.parent, merged.head)

    def _report(self, merged: Merged, base: str, head: str) -> Report:
        # Live is what was live then.
        live = merged.before
        refs = {f"refs/tags/{live.name}": live.commit} if live is not None else {}
        wanted = self._request
        request = CheckRequest(base, head, wanted.patches, elsewhere=wanted.elsewhere, refs=refs)
        return check.run(request, self._sources, self._confirmer, _quietly)


def _quietly(_what: str, _done: int, _total: int) -> None:
    """Each pull request is one step of the progress that is shown."""
