from __future__ import annotations

import socket
import threading

import pytest

from bot.standard.dialects import Draft, declared, named
from bot.standard.documents import DanglingReference, Documents
from bot.standard.values import JSON

DOCUMENTS = {
    "a.json": {
        "$ref": "b.json",
        "$defs": {
            "x": {"type": "string"},
            "y": {"$id": "https://example.org/y", "$defs": {"z": {"const": 1}}, "$ref": "#/$defs/z"},
        },
    },
    "b.json": {"$anchor": "here", "properties": {"p": {"$ref": "a.json#/$defs/x"}}},
}


def test_follows_references_between_documents() -> None:
    documents = Documents(DOCUMENTS)
    root = documents.root("a.json")
    assert documents.follow("b.json", root).schema is DOCUMENTS["b.json"]
    assert documents.follow("b.json#here", root).schema is DOCUMENTS["b.json"]
    inner = documents.follow("b.json", root)
    assert documents.follow("a.json#/$defs/x", inner).schema == {"type": "string"}


def test_an_identifier_inside_changes_how_references_are_read() -> None:
    documents = Documents(DOCUMENTS)
    embedded = documents.follow("https://example.org/y", documents.root("a.json"))
    assert documents.follow("#/$defs/z", embedded).schema == {"const": 1}


def test_metaschemas_are_known() -> None:
    documents = Documents(DOCUMENTS)
    assert documents.follow(Draft.DRAFT7.uri, documents.root("a.json")).schema["$id"] == Draft.DRAFT7.uri


@pytest.mark.parametrize(
    "reference",
    [
        "c.json",
        "#/nope",
        "#nowhere",
        "../b.json/../../etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "https://example.org/elsewhere",
        "http://[",
        "::::",
        "a.json#/$defs/x/type",
        "a.json#/$defs/x/type/0",
        "\ud800",
        "a.json#/%",
    ],
)
def test_what_leads_nowhere_is_said_and_nothing_else_happens(reference: str) -> None:
    documents = Documents(DOCUMENTS)
    with pytest.raises(DanglingReference) as caught:
        documents.follow(reference, documents.root("a.json"))
    assert caught.value.reference == reference


def test_no_reference_reaches_the_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        met: list[object] = []

        def listen() -> None:
            server.settimeout(0.5)
            try:
                met.append(server.accept())
            except TimeoutError:
                return

        thread = threading.Thread(target=listen)
        thread.start()
        documents = Documents({"a.json": {"$ref": f"http://127.0.0.1:{port}/x.json"}})
        with pytest.raises(DanglingReference):
            documents.follow(f"http://127.0.0.1:{port}/x.json", documents.root("a.json"))
        thread.join()
    assert met == []


def test_drafts_by_name_and_by_declaration() -> None:
    assert named("draft7") is Draft.DRAFT7
    assert named("draft-07") is None
    assert declared({"$schema": "http://json-schema.org/draft-04/schema"}) is Draft.DRAFT4
    assert declared({"$schema": "https://example.org/own"}) is None
    assert declared({"$schema": 5}) is None
    assert declared(True) is None


def test_formats_grow_with_the_drafts() -> None:
    assert "date" not in Draft.DRAFT6.formats
    assert {"date", "email"} <= Draft.DRAFT7.formats
    assert "uuid" in Draft.DRAFT2020.formats
    assert "url" not in Draft.DRAFT2020.formats


def test_what_a_document_does_not_lead_to_is_left_aside() -> None:
    far = Documents({"a.json": {"$ref": "b.json#/x"}, "b.json": {"x": {"$ref": "#"}}, "c.json": {"$ref": "a.json"}})
    assert set(far.around("a.json").documents) == {"a.json", "b.json"}
    assert set(far.around("b.json").documents) == {"b.json"}
    assert far.around("c.json") is far
    assert far.around("a.json") is far.around("a.json")


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "gone.json"},
        {"$ref": "https://example.org/elsewhere.json"},
        {"$ref": "http://[half"},
        {"$id": "named.json", "$ref": "b.json"},
        {"properties": {"x": {"$anchor": "here"}}},
    ],
)
def test_where_names_may_lead_anywhere_nothing_is_left_aside(schema: JSON) -> None:
    all_of_them = Documents({"a.json": schema, "b.json": {}, "c.json": {"$id": "https://example.org/elsewhere.json"}})
    assert all_of_them.around("a.json") is all_of_them
