"""A closed set of schema documents that refer to each other; nothing outside it is ever fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urldefrag
from urllib.parse import urljoin as _urljoin

from bot.standard.dialects import Draft, declared, prevailing
from bot.standard.keywords import IDENTIFIERS, REFERENCES, is_schema
from bot.standard.pointers import child
from bot.standard.remembered import Remembered
from bot.standard.values import JSON

if TYPE_CHECKING:
    from referencing import Registry, Resource, Specification
    from referencing._core import Resolver

BASE = "https://standard.invalid/"
"""Documents are known by a path under this URI (RFC 2606: it never resolves), so that a relative
reference can only reach the set itself."""

urljoin = lru_cache(maxsize=1 << 16)(_urljoin)
"""The same few references are read from the same few places again and again."""


class DanglingReference(LookupError):
    """A reference to something the set does not hold."""

    def __init__(self, reference: str, resolved: str) -> None:
        """`reference` as it is written, `resolved` against the place where it stands."""
        super().__init__(f"{reference!r} points to no schema that is here")
        self.reference = reference
        self.resolved = resolved


@dataclass(frozen=True, slots=True)
class Target:
    """A schema inside a set of documents, and how references are read at that place."""

    schema: JSON
    resolver: Resolver[JSON]
    uri: str
    pointer: str = ""
    scope: tuple[tuple[str, str], ...] = ()
    """Where the dynamic references inside lead, for whoever follows those (`compat.containment.scopes`)."""


class Documents:
    """Schemas by path (`service.json`), in one draft unless a document's `$schema` says otherwise."""

    def __init__(
        self, documents: Mapping[str, JSON], draft: Draft = Draft.DRAFT2020, formats: frozenset[str] = frozenset()
    ) -> None:
        """`documents`: path to parsed schema. Nothing is copied: targets are the very objects given. `draft`: the
        one in which they are read. `formats`: names that are asserted besides the formats that the draft defines."""
        self.documents = documents
        self.draft = draft
        self.formats = draft.formats | formats
        self._found: dict[tuple[str, str], Target] = {}
        self._around: dict[str, Documents] = {}
        self._in_drafts: dict[Draft, Documents] = {draft: self}

    def around(self, path: str) -> Documents:
        """The documents that one leads to, itself among them: what else is here says nothing about it. All of
        them where that cannot be told without searching for identifiers."""
        if path not in self._around:
            self._around[path] = self._reached(path)
        return self._around[path]

    def _reached(self, path: str) -> Documents:
        reached: dict[str, JSON] = {}
        waiting = [path]
        while waiting:
            each = waiting.pop()
            if each in reached:
                continue
            if each not in self.documents or identified({each: self.documents[each]}, self.draft):
                return self
            reached[each] = self.documents[each]
            for reference in traits(reached[each]).references:
                try:
                    waiting.append(urldefrag(urljoin(BASE + each, reference)).url.removeprefix(BASE))
                except ValueError:
                    return self
        return Documents(reached, self.draft, self.formats) if len(reached) < len(self.documents) else self

    @cached_property
    def foreign(self) -> tuple[str, ...]:
        """The paths of those that say they are written in another draft than the one in which they are read."""
        return tuple(path for path, each in self.documents.items() if declared(each) not in (None, self.draft))

    def as_they_say(self, path: str) -> Documents:
        """The documents in the draft that the one at a path names, if it names one."""
        draft = declared(self.documents.get(path)) or self.draft
        if draft not in self._in_drafts:
            self._in_drafts[draft] = Documents(self.documents, draft, self.formats - self.draft.formats)
        return self._in_drafts[draft]

    @cached_property
    def _registry(self) -> Registry[JSON]:
        return registry(self.documents, self.draft, BASE)

    def root(self, path: str) -> Target:
        """The whole document at a path; raises DanglingReference."""
        return self._lookup(self._registry.resolver(BASE + path), "#", BASE + path)

    def follow(self, reference: str, origin: Target) -> Target:
        """What a `$ref` at `origin` refers to, or any other reference where it is static; raises DanglingReference."""
        return self._lookup(origin.resolver, reference, origin.uri)

    def leads_somewhere(self, path: str, reference: str) -> bool:
        """Whether a reference in the document at a path leads to a schema."""
        try:
            self.follow(reference, self.root(path))
        except DanglingReference:
            return False
        return True

    def _lookup(self, resolver: Resolver[JSON], reference: str, base: str) -> Target:
        from referencing.exceptions import NoSuchResource, Unresolvable

        found = self._found.get((base, reference))
        if found is not None:
            return found
        resolved = reference
        try:
            resolved = urljoin(base, reference)
            if self._surely_lacks(resolved):
                raise DanglingReference(reference, resolved)
            uri, fragment = urldefrag(resolved)
            if fragment and not fragment.startswith("/"):
                # Asked from outside, the library would prefer an anchor of the same name that is met on the way.
                answer = self._registry.resolver(uri).lookup(f"#{fragment}")
            else:
                answer = resolver.lookup(reference)
        except (Unresolvable, NoSuchResource, ValueError, TypeError, AttributeError, RecursionError) as problem:
            # Besides its own errors the library lets slip those of pointers into what is no schema.
            raise DanglingReference(reference, resolved) from problem
        if not is_schema(answer.contents):
            raise DanglingReference(reference, resolved)
        uri = answer.resolver._base_uri  # noqa: SLF001 - a pointer may lead into a schema with an identifier of its own
        found = self._found[base, reference] = Target(answer.contents, answer.resolver, uri, fragment)
        return found

    def _surely_lacks(self, resolved: str) -> bool:
        """Whether a URI is that of a document which is not here: said at once, where the library would first
        search everything for identifiers."""
        if self._identified or not resolved.startswith(BASE):
            return False
        return urldefrag(resolved).url.removeprefix(BASE) not in self.documents

    @cached_property
    def _identified(self) -> bool:
        return identified(self.documents, self.draft)

    def within(self, origin: Target, schema: JSON, *steps: str) -> Target:
        """A subschema of `origin`, whose own `$id` (if it has one) changes how its references are read."""
        place = child(origin.pointer, *steps)
        identifier = self.identifier(schema)
        if identifier is None:
            return Target(schema, origin.resolver, origin.uri, place, origin.scope)
        from referencing.jsonschema import specification_with

        resource = specification_with(self.draft.uri).create_resource(schema)
        uri = urljoin(origin.uri, identifier)
        return Target(schema, origin.resolver.in_subresource(resource), uri, place, origin.scope)

    def identifier(self, schema: JSON) -> str | None:
        """The `$id` (draft 4: `id`) by which a schema changes the base of its references; None without one."""
        if not isinstance(schema, dict):
            return None
        identifier = schema.get("id" if self.draft is Draft.DRAFT4 else "$id")
        return identifier if isinstance(identifier, str) and not identifier.startswith("#") else None


def together(documents: Mapping[str, JSON]) -> Documents:
    """Documents in the draft on which those that name one agree."""
    return Documents(documents, prevailing(documents.values()))


def registry(documents: Mapping[str, JSON], draft: Draft, base: str) -> Registry[JSON]:
    """The documents under `base` and the metaschemas of all drafts, as their package ships them; no others."""
    from jsonschema_specifications import REGISTRY
    from referencing.jsonschema import specification_with

    specification = specification_with(draft.uri)
    made: Registry[JSON] = REGISTRY.with_resources(
        (base + path, _resource(document, specification)) for path, document in documents.items()
    )
    if not identified(documents, draft):
        return made  # finding every embedded identifier is slow, and few documents have one
    try:
        return made.crawl()
    except (AttributeError, TypeError):
        # The library takes for a schema what is none, as a list under `items` in 2020-12. Another part says so.
        return made


def identified(documents: Mapping[str, JSON], draft: Draft) -> bool:
    """Whether a schema in the documents gives itself or a place in it a name."""
    own = frozenset({"id"}) if draft is Draft.DRAFT4 else IDENTIFIERS - {"$schema", "id"}
    return any(not own.isdisjoint(traits(document).identifiers) for document in documents.values())


def _resource(document: JSON, specification: Specification[JSON]) -> Resource[JSON]:
    from referencing import Resource

    named = document.get("$schema") if isinstance(document, dict) else None
    if named is not None and not isinstance(named, str):
        return specification.create_resource(document)
    return Resource.from_contents(document, default_specification=specification)


@dataclass(frozen=True, slots=True)
class Traits:
    """What a validator has to know of a document before it reads it: keywords of identity, patterns, references."""

    identifiers: frozenset[str]
    patterns: frozenset[str]
    references: frozenset[str]


@Remembered
def traits(document: JSON) -> Traits:
    """The traits of a document, wherever in it they are: a reference may lead to places that are no subschemas."""
    identifiers: set[str] = set()
    patterns: set[str] = set()
    references: set[str] = set()
    waiting: list[JSON] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            references |= {value[key] for key in REFERENCES & value.keys() if isinstance(value[key], str)}
            identifiers |= {key for key in IDENTIFIERS & value.keys() if isinstance(value[key], str)}
            patterns |= {value["pattern"]} if isinstance(value.get("pattern"), str) else set()
            patterns |= value["patternProperties"].keys() if isinstance(value.get("patternProperties"), dict) else set()
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return Traits(frozenset(identifiers), frozenset(patterns), frozenset(references))
