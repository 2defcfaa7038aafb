"""What demands say of single keys of an object: enough to tell most parts of a large union apart at a glance."""

from __future__ import annotations

from collections.abc import Hashable

from bot.compat.containment.patterns import Irregular, compiled
from bot.compat.containment.predicates import Rest

NONE: frozenset[str] = frozenset()


class Marks:
    """Keys that must be there, scalars that are the only values of a key if it is there, and selectors of keys
    that must not be there."""

    def __init__(self) -> None:
        """Nothing known yet."""
        self.required: set[str] = set()
        self.listed: dict[str, frozenset[Hashable]] = {}
        self.shut: list[Rest] = []

    def copy(self) -> Marks:
        """The same, to be added to apart."""
        other = Marks()
        other.required, other.listed, other.shut = set(self.required), dict(self.listed), list(self.shut)
        return other

    def add(self, other: Marks) -> None:
        """Take in what else is known."""
        self.required |= other.required
        for name, keys in other.listed.items():
            self.list(name, keys)
        self.shut += other.shut

    def list(self, name: str, keys: frozenset[Hashable]) -> None:
        """Take in the only values that a key can have."""
        self.listed[name] = self.listed.get(name, keys) & keys

    def shuts(self, name: str) -> bool:
        """Whether the key cannot be there."""
        return any(_selects(rest, name) for rest in self.shut)

    def values(self, name: str) -> frozenset[Hashable] | None:
        """The only values of a key that must be there; None where that is not known."""
        return self.listed.get(name) if name in self.required else None

    def apart(self, other: Marks) -> bool:
        """True: no object is both."""
        return self._bars(other, self.required) or other._bars(self, other.required)

    def _bars(self, other: Marks, required: set[str]) -> bool:
        for name in required:
            ours, theirs = self.listed.get(name), other.listed.get(name)
            if theirs is not None and (not theirs or (ours is not None and not ours & theirs)):
                return True
            if other.shuts(name):
                return True
        return False

    @property
    def contradictory(self) -> bool:
        """True: there is no such object."""
        return any(self.listed.get(name) == NONE or self.shuts(name) for name in self.required)


def _selects(rest: Rest, name: str) -> bool:
    """Whether a selector surely takes in a key."""
    if name in rest.names:
        return False
    return all(_matches(pattern, name) is True for pattern in rest.matching) and all(
        _matches(pattern, name) is False for pattern in rest.without
    )


def _matches(pattern: str, name: str) -> bool | None:
    found = compiled(pattern)
    return None if isinstance(found, Irregular) else found.matches(name)
