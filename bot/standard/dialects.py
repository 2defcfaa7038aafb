"""The drafts of JSON Schema: their names, their metaschemas, and what sets them apart."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from bot.standard.values import JSON


class Draft(Enum):
    """A draft of JSON Schema; the value is the name used on the command line and in reports."""

    DRAFT4 = "draft4"
    DRAFT6 = "draft6"
    DRAFT7 = "draft7"
    DRAFT2019 = "2019-09"
    DRAFT2020 = "2020-12"

    @property
    def order(self) -> int:
        """Position in time, for "from draft 6 on"."""
        return _ORDER[self]

    @property
    def uri(self) -> str:
        """The URI of the metaschema, as `$schema` names it."""
        return _URIS[self]

    @property
    def definitions(self) -> str:
        """The keyword under which the draft keeps definitions."""
        return "$defs" if self.order >= Draft.DRAFT2019.order else "definitions"

    @property
    def formats(self) -> frozenset[str]:
        """The formats that the draft defines (its validation specification, section on `format`)."""
        return _ALL_FORMATS[self]


_ORDER = {draft: position for position, draft in enumerate(Draft)}
_URIS = {
    Draft.DRAFT4: "http://json-schema.org/draft-04/schema#",
    Draft.DRAFT6: "http://json-schema.org/draft-06/schema#",
    Draft.DRAFT7: "http://json-schema.org/draft-07/schema#",
    Draft.DRAFT2019: "https://json-schema.org/draft/2019-09/schema",
    Draft.DRAFT2020: "https://json-schema.org/draft/2020-12/schema",
}
_FORMATS = {
    Draft.DRAFT4: frozenset({"date-time", "email", "hostname", "ipv4", "ipv6", "uri"}),
    Draft.DRAFT6: frozenset({"json-pointer", "uri-reference", "uri-template"}),
    Draft.DRAFT7: frozenset(
        {"date", "time", "idn-email", "idn-hostname", "iri", "iri-reference", "regex", "relative-json-pointer"}
    ),
    Draft.DRAFT2019: frozenset({"duration", "uuid"}),
}
_ALL_FORMATS = {
    draft: frozenset().union(*(names for each, names in _FORMATS.items() if each.order <= draft.order))
    for draft in Draft
}


def named(name: str) -> Draft | None:
    """The draft called `name` on the command line; None where there is none."""
    return next((draft for draft in Draft if draft.value == name), None)


def declared(schema: JSON) -> Draft | None:
    """The draft that a schema's own `$schema` declares; None where it declares none that we know."""
    uri = schema.get("$schema") if isinstance(schema, dict) else None
    if not isinstance(uri, str):
        return None
    return next((draft for draft in Draft if draft.uri.rstrip("#") == uri.rstrip("#")), None)


def prevailing(schemas: Iterable[JSON]) -> Draft:
    """The draft of schemas that refer to each other: the one that those agree on which name one, else 2020-12. What
    names none is read as its neighbours are: so does a validator that comes to it by a reference."""
    named = {draft for each in schemas if (draft := declared(each)) is not None}
    return named.pop() if len(named) == 1 else Draft.DRAFT2020
