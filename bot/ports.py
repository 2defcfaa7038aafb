"""What commands need of the outside, as protocols; the adapters have it, the wiring brings both together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from bot.compat.confirming import Confirmer
from bot.standard.snapshot import Snapshot

__all__ = ["Confirmer", "Output", "Progress", "Source", "Sources"]


class Source(Protocol):
    """One version of a directory: of the working tree, or at a git ref."""

    @property
    def label(self) -> str:
        """How people call it."""
        ...

    @property
    def commit(self) -> str:
        """The commit; "" for a directory as it lies."""
        ...

    def standard(self) -> Snapshot:
        """The files of the standard in it."""
        ...


class Sources(Protocol):
    """Finds the versions that a command asks for."""

    def named(self, name: str) -> Source:
        """An existing directory of that name, else the ref; WORKTREE is the working tree."""
        ...

    def default_base(self) -> Source:
        """The merge base of the working tree with the default branch."""
        ...

    def patches(self, directory: str, beside: Source) -> Snapshot:
        """A directory of merge patches: at the ref of `beside` where it lies in the same repository."""
        ...


class Progress(Protocol):
    """Shows that long work goes on."""

    def __call__(self, what: str, done: int, total: int, /) -> None:
        """`done` of `total` steps of `what`."""
        ...


class Output(Protocol):
    """A directory to write files to."""

    def replace(self, directory: str, files: Iterable[tuple[str, str]]) -> None:
        """Write the files (path below `directory`, text) there, in place of all that was there."""
        ...
