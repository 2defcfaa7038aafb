"""What a branch asks of the keys of an object, arranged for whoever builds one."""

from __future__ import annotations

from bot.compat.containment.nodes import Node
from bot.compat.containment.predicates import EveryKey, KeyCount, Name, Predicate, SomeKey


class Demands:
    """What is asked of the keys of an object, arranged by key: of hundreds of demands few matter to one question."""

    def __init__(self) -> None:
        """Nothing asked yet."""
        self.named: dict[str, tuple[Node, ...]] = {}
        self.unnamed: tuple[EveryKey, ...] = ()
        self.wanted: tuple[SomeKey, ...] = ()
        self.least = 0
        self.most: int | None = None

    def copy(self) -> Demands:
        """The same, to be added to apart."""
        other = Demands()
        other.named, other.unnamed, other.wanted = dict(self.named), self.unnamed, self.wanted
        other.least, other.most = self.least, self.most
        return other

    def add(self, predicate: Predicate) -> None:
        """Ask one thing more."""
        match predicate:
            case EveryKey(Name(name), node):
                self.named[name] = (*self.named.get(name, ()), node)
            case EveryKey():
                self.unnamed += (predicate,)
            case SomeKey():
                self.wanted += (predicate,)
            case KeyCount(limit, upper=True):
                self.most = limit if self.most is None else min(self.most, limit)
            case KeyCount(limit):
                self.least = max(self.least, limit)
