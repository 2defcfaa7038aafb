from __future__ import annotations

from bot.compat.containment.scopes import Scopes
from bot.compat.containment.signatures import Signature, Signatures
from bot.standard.documents import Documents
from bot.standard.values import JSON


def signature(signatures: Signatures, schema: JSON) -> Signature:
    documents = Documents({"s": schema})
    scopes = Scopes(documents)
    root = scopes.entered(documents.root("s"))
    return signatures.of(scopes, root)


def ring(*values: str) -> JSON:
    """Definitions in a ring, each with its own constraint."""
    count = len(values)
    rooms = {
        f"d{n}": {"properties": {"v": {"const": value}, "next": {"$ref": f"#/$defs/d{(n + 1) % count}"}}}
        for n, value in enumerate(values)
    }
    return {"$ref": "#/$defs/d0", "$defs": rooms}


def test_annotations_and_names_of_definitions_do_not_count() -> None:
    signatures = Signatures()
    one = signature(signatures, {"$ref": "#/$defs/a", "title": "x", "$defs": {"a": {"type": "string"}, "unused": {}}})
    two = signature(
        signatures, {"$ref": "#/definitions/b", "definitions": {"b": {"type": "string", "description": "y"}}}
    )
    assert one == two
    assert one != signature(signatures, {"$ref": "#/$defs/a", "$defs": {"a": {"type": "number"}}})


def test_rings_are_equal_as_their_unfoldings_are() -> None:
    signatures = Signatures()
    once, twice, thrice = (signature(signatures, ring(*["x"] * count)) for count in (1, 2, 3))
    assert once == twice == thrice
    assert signature(signatures, ring("x", "y")) == signature(signatures, ring("x", "y", "x", "y"))
    assert signature(signatures, ring("x", "y")) != signature(signatures, ring("y", "x"))
    assert signature(signatures, ring("x", "y")) != signature(signatures, ring("x", "x"))
    assert signature(signatures, ring("x", "x", "y")) != signature(signatures, ring("x", "y", "y"))


def test_what_refers_to_itself_is_marked() -> None:
    signatures = Signatures()
    assert not signature(signatures, {"$ref": "#/$defs/a", "$defs": {"a": {}}}).recursive
    through_keys = signature(signatures, {"properties": {"a": {"$ref": "#"}}})
    assert through_keys.recursive
    assert not through_keys.endless
    in_place = signature(signatures, {"anyOf": [{"$ref": "#"}, {}]})
    assert in_place.endless
