"""Writes a cage as JSON Schema, so that a validator that knows nothing of terms can judge closed documents."""

from __future__ import annotations

import re

from bot.compat.containment.nodes import AllOf, Arena, Atom, Node, Opaque, Ref
from bot.compat.containment.predicates import EveryItem, EveryKey, Name, Rest, Selector
from bot.standard.dialects import Draft
from bot.standard.values import JSON


class Inexpressible(Exception):
    """The cage has demands that no keyword of the draft expresses."""


class Emission:
    """Emits cages over one arena in one draft."""

    def __init__(self, arena: Arena, draft: Draft) -> None:
        """`arena` unfolds references."""
        self._arena = arena
        self._draft = draft
        self._names: dict[Node, str] = {}
        self._definitions: dict[str, JSON] = {}

    def schema(self, node: Node) -> dict[str, JSON]:
        """A JSON Schema for a cage; raises Inexpressible."""
        root = self._emit(node)
        return {"$schema": self._draft.uri, "allOf": [root], self._draft.definitions: self._definitions}

    def _emit(self, node: Node) -> dict[str, JSON]:
        if node is self._arena.true:
            return {}
        if node is self._arena.false:
            return {"not": {}}
        match node:
            case Ref():
                return {"$ref": f"#/{self._draft.definitions}/{self._name(node)}"}
            case AllOf(_, parts):
                return {"allOf": [self._emit(part) for part in parts]}
            case Atom(_, EveryKey(selector, value), strong=False):
                return self._keys(selector, self._emit(value))
            case Atom(_, EveryItem(index, onward, value), strong=False):
                return self._items(index, self._emit(value), onward=onward)
            case Opaque(_, keyword, _, reason):
                raise Inexpressible(f"{keyword}: {reason}")
            case _:
                raise Inexpressible("a demand that is no cage's")

    def _name(self, ref: Ref) -> str:
        name = self._names.get(ref)
        if name is None:
            name = self._names[ref] = f"place{len(self._names)}"
            self._definitions[name] = self._emit(self._arena.body(ref))
        return name

    def _keys(self, selector: Selector, value: dict[str, JSON]) -> dict[str, JSON]:
        match selector:
            case Name(name):
                return {"properties": {name: value}}
            case Rest(matching, names, without) if not matching:
                return {
                    "properties": {name: {} for name in sorted(names)},
                    "patternProperties": {pattern: {} for pattern in sorted(without)},
                    "additionalProperties": value,
                }
            case Rest(matching, names, without):
                plain = len(matching) == 1 and not names and not without
                return {"patternProperties": {next(iter(matching)) if plain else _combined(selector): value}}
            case _:
                raise Inexpressible("a condition on names")

    def _items(self, index: int, value: dict[str, JSON], *, onward: bool) -> dict[str, JSON]:
        first, rest = ("prefixItems", "items") if self._draft is Draft.DRAFT2020 else ("items", "additionalItems")
        if not onward:
            return {first: [{}] * index + [value]}
        return {first: [{}] * index, rest: value} if index else {"items": value}


def _combined(rest: Rest) -> str:
    """One pattern for keys that match several, and not others: by looking ahead from the start."""
    names = "|".join(re.escape(name) for name in sorted(rest.names))
    parts = [f"(?!(?:{names})(?![\\s\\S]))"] if rest.names else []
    parts += [f"(?=[\\s\\S]*(?:{pattern}))" for pattern in sorted(rest.matching)]
    parts += [f"(?![\\s\\S]*(?:{pattern}))" for pattern in sorted(rest.without)]
    return "^" + "".join(parts)
