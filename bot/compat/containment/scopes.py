"""References whose end depends on the way there (`$dynamicRef`, `$recursiveRef`), followed along each way.

A dynamic reference leads to the outermost of the schema resources entered so far that has its anchor (JSON
Schema core 2020-12, section 8.2.3.2; 2019-09, section 8.2.4.2). All of a way that matters is therefore, for
each anchor, the first resource that has it: the *scope* of a target. One schema in two scopes is two schemas.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
from typing import TypeAlias
from urllib.parse import urldefrag

from bot.standard.dialects import Draft
from bot.standard.documents import DanglingReference, Documents, Target, traits
from bot.standard.keywords import subschemas
from bot.standard.values import JSON

Scope: TypeAlias = tuple[tuple[str, str], ...]

MOST_SCOPES = 64
LOST: Scope = (("", "?"),)
"""The scope where there are more than are followed."""
ROOT = "#"
"""The anchor of 2019-09, which has no name and is that of a whole resource."""


class Undetermined(Exception):
    """Where a dynamic reference leads depends on more ways than are followed."""


class Scopes:
    """Follows the references of one set of documents."""

    def __init__(self, documents: Documents) -> None:
        """`documents` are read in one draft, which says what references there are."""
        self.documents = documents
        self.nowhere = object()
        """Stands for where a reference leads that is undetermined: the same in no other documents."""
        self._anchors: dict[str, tuple[str, ...]] = {}
        self._met: set[Hashable] = set()

    def exists(self, keyword: str) -> bool:
        """Whether the draft has a keyword of reference."""
        since = {"$dynamicRef": Draft.DRAFT2020, "$recursiveRef": Draft.DRAFT2019}
        return keyword not in since or self.documents.draft is since[keyword]

    def within(self, origin: Target, schema: JSON, *steps: str) -> Target:
        """A subschema; one with an identifier of its own is a resource that is entered."""
        found = self.documents.within(origin, schema, *steps)
        return found if found.uri == origin.uri else self.entered(found)

    def follow(self, keyword: str, reference: str, origin: Target) -> Target:
        """Where a reference leads; raises DanglingReference and Undetermined."""
        found = self.documents.follow(reference, origin)
        anchor = self._dynamic(keyword, reference, found)
        if anchor is not None:
            if origin.scope == LOST:
                raise Undetermined
            first = dict(origin.scope).get(anchor)
            found = found if first is None else self.documents.follow(first + _fragment(anchor), origin)
        return self.entered(replace(found, scope=origin.scope) if origin.scope else found)

    def _dynamic(self, keyword: str, reference: str, found: Target) -> str | None:
        """The anchor by which a reference goes on from where it leads first; None where it stays there."""
        if keyword == "$ref" or not isinstance(found.schema, dict) or not self.exists(keyword):
            return None
        if keyword == "$recursiveRef":
            return ROOT if found.schema.get("$recursiveAnchor") is True else None
        anchor = urldefrag(reference).fragment
        return anchor if found.schema.get("$dynamicAnchor") == anchor else None

    def entered(self, target: Target) -> Target:
        """The target with the anchors of its resource, those excepted that were met before."""
        if target.scope == LOST:
            return target
        new = [name for name in self._anchors_of(target) if name not in dict(target.scope)]
        if not new:
            return target
        scope = tuple(sorted([*target.scope, *((name, target.uri) for name in new)]))
        self._met.add(scope)
        return replace(target, scope=scope if len(self._met) <= MOST_SCOPES else LOST)

    def _anchors_of(self, target: Target) -> tuple[str, ...]:
        """The dynamic anchors of the resource in which a target stands."""
        if target.uri not in self._anchors:
            try:
                whole = self.documents.follow("#", target).schema
            except DanglingReference:
                whole = target.schema
            self._anchors[target.uri] = tuple(sorted(self._in_resource(whole)))
        return self._anchors[target.uri]

    def _in_resource(self, whole: JSON) -> set[str]:
        if not isinstance(whole, dict):
            return set()
        if self.documents.draft is Draft.DRAFT2019:
            return {ROOT} if whole.get("$recursiveAnchor") is True else set()
        if self.documents.draft is not Draft.DRAFT2020 or "$dynamicAnchor" not in traits(whole).identifiers:
            return set()
        anchors = (each.get("$dynamicAnchor") for each in self._schemas(whole) if isinstance(each, dict))
        return {anchor for anchor in anchors if isinstance(anchor, str)}

    def _schemas(self, whole: JSON) -> Iterator[JSON]:
        """The schemas of a resource, without those of the resources inside it."""
        waiting = [whole]
        while waiting:
            schema = waiting.pop()
            yield schema
            inner = (each for _, each in subschemas(schema, definitions=True))
            waiting.extend(each for each in inner if self.documents.identifier(each) is None)


def _fragment(anchor: str) -> str:
    return "#" if anchor == ROOT else f"#{anchor}"
