"""Answers about large values, worked out once. Values of this house are never changed once they are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from bot.standard.values import JSON

Answer = TypeVar("Answer")

MOST = 4096


class Remembered(Generic[Answer]):
    """A function of JSON values that is asked about the very same objects again and again."""

    def __init__(self, work: Callable[[JSON], Answer]) -> None:
        """`work` finds an answer."""
        self._work = work
        self._known: dict[int, tuple[JSON, Answer]] = {}

    def __call__(self, value: JSON) -> Answer:
        """The answer for a value."""
        known = self._known.get(id(value))
        if known is None:
            if len(self._known) >= MOST:
                self._known.clear()
            # The value is kept beside its answer, so that its identity is not given to another.
            known = self._known[id(value)] = (value, self._work(value))
        return known[1]
