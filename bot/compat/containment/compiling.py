"""From JSON Schema, drafts 4 to 2020-12, to nodes. What a draft leaves out or changes is settled here,
so that nothing after it knows of drafts."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.containment import vocabulary
from bot.compat.containment.nodes import Arena, Node
from bot.compat.containment.predicates import (
    Count,
    EveryItem,
    Name,
    NameLike,
    Rest,
    SomeKey,
)
from bot.compat.containment.scopes import Scopes, Undetermined
from bot.compat.containment.signatures import Signatures
from bot.compat.containment.unevaluated import unevaluated_items, unevaluated_properties
from bot.standard.dialects import Draft
from bot.standard.documents import DanglingReference, Documents, Target
from bot.standard.keywords import is_schema, item_keywords, own_keys
from bot.standard.pointers import child
from bot.standard.values import JSON, freeze

NONE: frozenset[str] = frozenset()
KEYWORDS = ("$ref", "$dynamicRef", "$recursiveRef")


class Compiler:
    """Compiles the schemas of one set of documents; equal schemas of all sets share their nodes."""

    def __init__(self, arena: Arena, signatures: Signatures, documents: Documents, *, formats: bool) -> None:
        """`formats`: whether formats are asserted."""
        self.arena = arena
        self.documents = documents
        self.draft = documents.draft
        self.formats = documents.formats if formats else NONE
        self._signatures = signatures
        self.scopes = Scopes(documents)

    @property
    def schemas(self) -> int:
        """How many schemas were met: those asked for, and those that they refer to."""
        return len(self._signatures.known(self.documents))

    def node(self, target: Target) -> Node:
        """The node for a schema and everything it refers to."""
        if not isinstance(target.schema, dict):
            return self.arena.true if target.schema else self.arena.false
        target = self.scopes.entered(target)
        signature = self._signatures.of(self.scopes, target)
        if signature.endless:
            reason = "it refers to itself without end"
            return self.arena.opaque("$ref", child(target.pointer, "$ref"), reason, ("endless", signature.number))
        name = (signature.number, self.formats if signature.formatted else NONE)
        if signature.recursive:
            kin = target.pointer or target.uri.rpartition("/")[2]
            return self.arena.ref(name, lambda: self._memoised(name, target), kin)
        return self._memoised(name, target)

    def _memoised(self, name: tuple[int, frozenset[str]], target: Target) -> Node:
        node = self.arena.compiled.get(name)
        if node is None:
            node = self.arena.compiled[name] = self.part(target, target.schema)
        return node

    def part(self, origin: Target, schema: JSON, *steps: str) -> Node:
        """The node for a schema that stands inside another, `steps` away."""
        if not isinstance(schema, dict):
            return self.arena.true if schema else self.arena.false
        target = self.scopes.within(origin, schema, *steps)
        return self.arena.all(self._keywords(target, schema))

    def _keywords(self, target: Target, schema: dict[str, JSON]) -> Iterator[Node]:
        if "$ref" in schema and self.draft.order <= Draft.DRAFT7.order:
            yield from self._reference(target, "$ref", schema["$ref"])
            return  # until draft 7 a reference stands alone: what is beside it is ignored
        yield from vocabulary.assertions(self.arena, self.draft, self.formats, schema)
        yield from self._content(target, schema)
        yield from self._references(target, schema)
        yield from self._in_place(target, schema)
        yield from self._dependencies(target, schema)
        yield from self._keys(target, schema)
        yield from self._items(target, schema)
        yield from self._unevaluated(target, schema)

    # References.

    def _references(self, target: Target, schema: dict[str, JSON]) -> Iterator[Node]:
        for keyword in KEYWORDS:
            if keyword in schema and self.scopes.exists(keyword):
                yield from self._reference(target, keyword, schema[keyword])

    def _reference(self, target: Target, keyword: str, text: JSON) -> Iterator[Node]:
        try:
            yield self.node(self.scopes.follow(keyword, str(text), target))
        except DanglingReference:
            reason = f"the reference {text!r} points to nothing that is here"
            yield self.arena.opaque(keyword, child(target.pointer, keyword), reason, ("missing", str(text), target.uri))
        except Undetermined:
            reason = "where it leads depends on more ways to it than are followed"
            content = (self.scopes.nowhere, target.pointer)
            yield self.arena.opaque(keyword, child(target.pointer, keyword), reason, content)

    def referred(self, target: Target, schema: dict[str, JSON]) -> Iterator[Target]:
        """The schemas that a schema refers to about the same value."""
        for keyword in KEYWORDS:
            if keyword in schema and self.scopes.exists(keyword):
                try:
                    yield self.scopes.follow(keyword, str(schema[keyword]), target)
                except (DanglingReference, Undetermined):
                    continue

    def _content(self, target: Target, schema: dict[str, JSON]) -> Iterator[Node]:
        """Draft 7 lets a validator check an encoding and a media type; from 2019-09 on they only describe."""
        for keyword in ("contentEncoding", "contentMediaType"):
            if keyword in schema and self.draft is Draft.DRAFT7:
                reason = "some validators check it and others do not"
                checked = self.arena.opaque(keyword, child(target.pointer, keyword), reason, freeze(schema[keyword]))
                yield self.arena.any([self.arena.negate(self.arena.kinds({"string"})), checked])

    # Applicators about the same value.

    def _in_place(self, target: Target, schema: dict[str, JSON]) -> Iterator[Node]:
        for keyword, combine in (("allOf", self.arena.all), ("anyOf", self.arena.any), ("oneOf", self.arena.one)):
            if isinstance(schema.get(keyword), list):
                yield combine(self.parts(target, schema, keyword))
        if is_schema(schema.get("not")):
            yield self.arena.negate(self.part(target, schema["not"], "not"))
        if self.draft.order >= Draft.DRAFT7.order and is_schema(schema.get("if")):
            yield self._condition(target, schema)

    def parts(self, target: Target, schema: dict[str, JSON], keyword: str) -> list[Node]:
        """The nodes of the schemas listed under a keyword."""
        return [self.part(target, each, keyword, str(at)) for at, each in enumerate(schema[keyword])]

    def _condition(self, target: Target, schema: dict[str, JSON]) -> Node:
        arena = self.arena
        condition = self.part(target, schema["if"], "if")
        then = self.part(target, schema.get("then", True), "then")
        otherwise = self.part(target, schema.get("else", True), "else")
        if then is arena.true and otherwise is arena.true:
            return arena.true
        return arena.any([arena.all([condition, then]), arena.all([arena.negate(condition), otherwise])])

    def _dependencies(self, target: Target, schema: dict[str, JSON]) -> Iterator[Node]:
        legacy = self.draft.order <= Draft.DRAFT7.order
        for keyword in ("dependencies",) if legacy else ("dependentRequired", "dependentSchemas"):
            named = schema.get(keyword)
            for name, value in named.items() if isinstance(named, dict) else ():
                if isinstance(value, list):
                    consequence = self.arena.all(self.arena.required(each) for each in value if isinstance(each, str))
                elif is_schema(value):
                    consequence = self.part(target, value, keyword, name)
                else:
                    continue
                yield self.arena.any([self.lacks(name), consequence])

    def lacks(self, name: str) -> Node:
        """Objects without the key, and all other values. Strong, so that it does not pass for the
        definition of a term."""
        return self.arena.negate(self.has(name))

    def has(self, name: str) -> Node:
        """Objects with the key."""
        return self.arena.atom(SomeKey(Name(name), self.arena.true), strong=True)

    # Applicators about the values of an object.

    def _keys(self, target: Target, schema: dict[str, JSON]) -> Iterator[Node]:
        arena = self.arena
        names, patterns = own_keys(schema)
        for name in sorted(names):
            yield arena.keys(Name(name), self.part(target, schema["properties"][name], "properties", name))
        for pattern in sorted(patterns):
            node = self.part(target, schema["patternProperties"][pattern], "patternProperties", pattern)
            yield arena.keys(Rest(frozenset({pattern}), NONE, NONE), node)
        if is_schema(schema.get("additionalProperties")):
            node = self.part(target, schema["additionalProperties"], "additionalProperties")
            yield arena.keys(Rest(NONE, names, patterns), node)
        if is_schema(schema.get("propertyNames")) and self.draft is not Draft.DRAFT4:
            names_node = self.part(target, schema["propertyNames"], "propertyNames")
            yield arena.keys(NameLike(arena.negate(names_node)), arena.false)

    # Applicators about the items of an array.

    def _items(self, target: Target, schema: dict[str, JSON]) -> Iterator[Node]:
        prefix, rest = item_keywords(self.draft, schema)
        for index, each in enumerate(schema[prefix] if prefix else ()):
            yield self.arena.atom(EveryItem(index, onward=False, node=self.part(target, each, prefix, str(index))))
        if rest:
            start = len(schema[prefix]) if prefix else 0
            yield self.arena.atom(EveryItem(start, onward=True, node=self.part(target, schema[rest], rest)))
        if is_schema(schema.get("contains")) and self.draft is not Draft.DRAFT4:
            yield from self._contains(self.part(target, schema["contains"], "contains"), schema)

    def _contains(self, node: Node, schema: dict[str, JSON]) -> Iterator[Node]:
        counted = self.draft.order >= Draft.DRAFT2019.order
        least = vocabulary.count(schema.get("minContains")) if counted else None
        most = vocabulary.count(schema.get("maxContains")) if counted else None
        if least != 0:
            yield self.arena.atom(Count(node, 1 if least is None else least, upper=False))
        if most is not None:
            yield self.arena.atom(Count(node, most, upper=True))

    def _unevaluated(self, target: Target, schema: dict[str, JSON]) -> Iterator[Node]:
        if self.draft.order < Draft.DRAFT2019.order:
            return
        if is_schema(schema.get("unevaluatedProperties")):
            yield unevaluated_properties(self, target, schema)
        if is_schema(schema.get("unevaluatedItems")):
            yield unevaluated_items(self, target, schema)
