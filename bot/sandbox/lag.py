"""Lists that do not show yet what was made last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

# What is older than this has arrived everywhere.
SECONDS = 60


class Lagging(Protocol):
    """Something that lists may not show for some reads."""

    unseen: int


T = TypeVar("T", bound=Lagging)


def seen(items: Iterable[T]) -> list[T]:
    """The items that lists show already; the others are one read nearer to it."""
    shown = []
    for each in items:
        if each.unseen:
            each.unseen -= 1
        else:
            shown.append(each)
    return shown


def hide_newest(items: Sequence[Lagging], reads: int) -> None:
    """Let so many reads of a list pass before the last of the items is shown."""
    if items:
        items[-1].unseen = reads
