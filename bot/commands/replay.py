"""`replay`: what the bot would have said on the last merged pull requests, beside what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.commands import check
from bot.commands.check import CheckRequest, PatchDirectory
from bot.errors import BotError, InputError
from bot.ports import Confirmer, Forge, Progress, Sources
from bot.publish.places import DeliveryError, Gone
from bot.report.model import Report
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
    """How many, into which branch ("": the default branch)."""

    last: int
    branch: str = ""
    patches: tuple[PatchDirectory, ...] = ()


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
    for at, merged in enumerate(found):
        progress("pull requests judged", at, len(found))
        asked = PullRequest(
            "", merged.number, merged.title, merged.by, _page(history, merged), merged.head, merged.parent, branch
        )
        # As it stood when the bot would have spoken: before it was merged.
        known = titles.of(merged.number)
        subject = asked if known is None else replace(known, state=State.OPEN, draft=False)
        yield Replayed(merged, subject, _judged(merged, request.patches, sources, confirmer))


def _page(history: History, merged: Merged) -> str:
    return f"{history.address}/pull/{merged.number}" if history.address else ""


def _judged(merged: Merged, patches: tuple[PatchDirectory, ...], sources: Sources, confirmer: Confirmer) -> Report:
    try:
        base = merged.parent if merged.head == merged.commit else sources.merge_base(merged.parent, merged.head)
        return check.run(CheckRequest(base, merged.head, patches), sources, confirmer, _quietly)
    except BotError as problem:
        return unjudged(merged.parent[:7], merged.head[:7], problem)
    except (RecursionError, MemoryError) as problem:
        trouble = InputError(f"this is more than can be judged ({type(problem).__name__})", "Judge it by itself.")
        return unjudged(merged.parent[:7], merged.head[:7], trouble)


def _quietly(_what: str, _done: int, _total: int) -> None:
    """Each pull request is one step of the progress that is shown."""
