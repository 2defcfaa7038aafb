"""What commands need of the outside, as protocols; the adapters have it, the wiring brings both together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from bot.compat.confirming import Confirmer
from bot.conformance.records import Item
from bot.publish.places import Clock, Place, Posted, Reach
from bot.render.contents import Blocks, CheckRun, Suggestion
from bot.report.subject import PullRequest
from bot.standard.snapshot import Snapshot

__all__ = ["Chat", "Clock", "Confirmer", "Feed", "Forge", "Forum", "Output", "Pinned", "Progress", "Source", "Sources"]


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

    @property
    def directory(self) -> str:
        """Where it lies in its repository, from the top ("" is the top, else with a slash at its end)."""
        ...

    def standard(self) -> Snapshot:
        """The files of the standard in it."""
        ...


class Sources(Protocol):
    """Finds the versions that a command asks for."""

    def named(self, name: str) -> Source:
        """An existing directory of that name, else the ref; WORKTREE is the working tree."""
        ...

    def default_base(self, head: str = ...) -> Source:
        """The merge base of `head`, or else of the working tree, with the default branch."""
        ...

    def moved(self, base: Source, head: Source) -> Source | None:
        """The directory of base in which the standard was that head has in another; None where it did not move."""
        ...

    def merge_base(self, base: str, head: str) -> str:
        """The commit where `head` left `base`."""
        ...

    def published(self) -> Mapping[str, str]:
        """The commits of all branches and tags that are known here, by their full names at their origin."""
        ...

    def patches(self, directory: str, beside: Source) -> Snapshot:
        """A directory of merge patches: at the ref of `beside` where it lies in the same repository."""
        ...


class Progress(Protocol):
    """Shows that long work goes on."""

    def __call__(self, what: str, done: int, total: int, /) -> None:
        """`done` of `total` steps of `what`."""
        ...


class Feed(Protocol):
    """Records that somebody publishes: one file, or a directory of them."""

    @property
    def name(self) -> str:
        """How people call it."""
        ...

    @property
    def size(self) -> int:
        """How many bytes there are to read."""
        ...

    @property
    def done(self) -> int:
        """How many bytes have been read."""
        ...

    def items(self, lists: frozenset[str] = ...) -> Iterator[Item]:
        """Its records and what could not be read as one, in the order of the files; one at a time in memory. `lists`:
        the keys under which a page of an API has its records."""
        ...


class Output(Protocol):
    """A directory to write files to."""

    def expect(self, directories: Iterable[str]) -> None:
        """Refuse what could not be replaced, before anything is written."""
        ...

    def replace(self, directory: str, files: Iterable[tuple[str, str]]) -> None:
        """Write the files (path below `directory`, text) there, in place of all that was there."""
        ...


class Forge(Protocol):
    """Where pull requests are: the source of truth of what is being said. All methods raise DeliveryError."""

    def now(self) -> float:
        """The time by its clock, as far as it was heard of (in seconds since 1970)."""
        ...

    def pull_request(self, number: int) -> PullRequest:
        """The pull request as it is now."""
        ...

    def open_pull_requests(self) -> Iterable[PullRequest]:
        """All that are open."""
        ...

    def closed_pull_requests(self, since: float) -> Iterable[PullRequest]:
        """Those that were merged or closed since then (in seconds since 1970)."""
        ...

    def last_clock(self) -> float | None:
        """When the clock woke the bot last (in seconds since 1970); None where nobody can tell."""
        ...

    def comments(self, number: int) -> Place[str]:
        """The comments of a pull request."""
        ...

    def checks(self, commit: str, name: str) -> Place[CheckRun]:
        """The check runs of a name on a commit."""
        ...

    def margin(self, number: int) -> Margin:
        """The comments on the lines of a pull request."""
        ...

    def patches(self, number: int) -> Mapping[str, str]:
        """The diff of each file of a pull request, as far as it is shown, by the name that the file has now."""
        ...


class Margin(Place[Suggestion], Protocol):
    """Where notes stand on the lines of a pull request."""

    def standing(self, prefix: str) -> Sequence[Posted[Suggestion]]:
        """The bot's own notes whose keys begin so, oldest first, wherever they stand by now."""
        ...

    @property
    def listed(self) -> int:
        """How many comments were seen there last, those of others and replies among them."""
        ...


class Forum(Protocol):
    """Where people discuss without an account at the forge."""

    def posts(self, topic: int, hints: Mapping[str, str]) -> Place[str]:
        """The posts of a topic; `hints`: under which ids messages were seen last, by their keys."""
        ...


class Chat(Protocol):
    """Where people hear what goes on."""

    def messages(
        self,
        channel: str,
        since: float,
        hint: str = "",
        thread: str = "",
        meant: float = 0.0,
        reach: Reach = Reach.HINT_FIRST,
    ) -> Place[Blocks]:
        """The messages of a channel, or the replies in a thread of it, since then (in seconds since 1970);
        `hint` is the id of the one that is probably meant; `meant`: it surely was not written before this;
        `reach`: how much is read."""
        ...


class Fetcher(Protocol):
    """Brings objects of other repositories and of pull requests into the local one: nothing is checked out, and
    nothing of them is run. All methods raise GitError."""

    def pull_request(self, number: int) -> str:
        """Bring the head of a pull request; its commit."""
        ...

    def commit(self, sha: str) -> None:
        """Bring a commit, where it is not there yet."""
        ...

    def published(self) -> Mapping[str, str]:
        """The commits of all branches and tags of the repository's origin, by their full names."""
        ...

    def elsewhere(self, repository: str, ref: str, path: str = ".") -> Pinned:
        """A directory of another repository (`owner/name`); it comes when its files are asked for."""
        ...


class Pinned(Protocol):
    """A directory of another repository at one commit for good."""

    @property
    def label(self) -> str:
        """How people call it: `owner/name@ref:path`."""
        ...

    def files(self) -> Snapshot:
        """Its files, fetched where they are not here yet; raises GitError."""
        ...
