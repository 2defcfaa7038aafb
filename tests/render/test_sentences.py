from __future__ import annotations

import pytest

from bot.compat.changes import ABSENT, Change
from bot.render.safety import LONGEST_NAME, code
from bot.render.sentences import LONGEST_VALUE, sentence, value

TERM = ("properties", "status")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change("enum-value-removed", "service", TERM, "enum", ["a"], ABSENT), "`service.status` no longer allows `a`"),
        (Change("enum-added", "service", TERM, "enum", ABSENT, list("abcdefgh")), "`service.status` allows only `a`, `b`, `c`, `d`, `e`, `f` and 2 more"),
        (Change("type-changed", "service", TERM, "type", "string", "date"), "`service.status` changes from `string` to `date`"),
        (Change("type-changed", "service", TERM, "type", ABSENT, "date"), "`service.status` is now `date`"),
        (Change("type-changed", "service", TERM, "type", "date", ABSENT), "`service.status` is gone (was `date`)"),
        (Change("format-removed", "service", TERM, "format", "uri", ABSENT), "`format` of `service.status` removed (was `uri`)"),
        (Change("minLength-added", "service", TERM, "minLength", ABSENT, 3), "`minLength` of `service.status` added: `3`"),
        (Change("description-changed", "service", TERM, "description", "a", "b"), "`description` of `service.status` changed"),
        (Change("metadata-changed", "", (), "version", "1.0", "1.1"), "`version` of the standard changes from `1.0` to `1.1`"),
        (Change("metadata-changed", "", (), "countries", ["GB"], ["GB", "IE"]), "`countries` of the profile changes from `GB` to `GB`, `IE`"),
        (Change("metadata-changed", "", (), "title", ABSENT, "A"), "`title` of the standard is now `A`"),
        (Change("profile-added", "", (), "", ABSENT, "uk"), "the profile `uk` added"),
        (Change("constraints-added", "service", TERM, "constraints", ABSENT, {}), "`service.status` becomes a column of its table"),
        (Change("constraints-removed", "service", TERM, "constraints", {}, ABSENT), "`service.status` is no longer a column of its table"),
        (Change("name-changed", "service", TERM, "name", "status", "state"), "the column of `service.status` is called `state`, and no longer `status`"),
        (Change("name-changed", "service", (), "name", "service", "services"), "the table of `service` is called `services`, and no longer `service`"),
        (Change("schema-removed", "service", ("$defs", "web"), "$defs", {}, ABSENT), "the definition `service/web` removed"),
        (Change("maxLength-added", "service", ("$defs", "web"), "maxLength", ABSENT, 3), "`maxLength` of `service/web` added: `3`"),
        (Change("schema-moved", "service", TERM, "", {}, {"$ref": "#/$defs/a"}), "`service.status` is written in another place"),
        (Change("notation-changed", "service", (), "", ABSENT, ABSENT), "`service` is written differently, and says the same"),
        (Change("notation-changed", "", ("schema/standard.yml",), "", ABSENT, ABSENT), "`schema/standard.yml` is written differently, and says the same"),
        (Change("order-changed", "service", (), "properties", ["a", "b"], ["b", "a"]), "the order of the terms of `service` changed"),
        (Change("order-changed", "", (), "entities", ["a", "b"], ["b", "a"]), "the order of the entities of the standard changed"),
        (Change("order-changed", "service", (), "dependents", ["a", "b"], ["b", "a"]), "the order of `dependents` of `service` changed"),
        (Change("page-part-added", "", ("page", "empty"), "", ABSENT, "none"), "list answers of the API also have `none`"),
        (Change("page-part-removed", "", ("page", "empty"), "", "none", ABSENT), "list answers of the API no longer have `none`"),
        (Change("page-part-renamed", "", ("page", "items"), "", "content", "contents"), "list answers of the API have `contents`, and no longer `content`"),
        (Change("primary-key-added", "service", (), "primaryKey", ABSENT, "id"), "the primary key `id` of `service` is declared, as it was not before"),
        (Change("foreign-key-added", "service", TERM, "foreign_key", ABSENT, "unit"), "`service.status` must refer to `unit`"),
        (Change("foreign-key-removed", "service", TERM, "foreign_key", "unit", ABSENT), "`service.status` need not refer to `unit`"),
        (Change("schema-changed", "service", TERM, "", True, {"type": "string"}), "`service.status` changed"),
        (Change("applicationProfile-changed", "service", TERM, "applicationProfile", [{"name": "LGA"}], []), "`applicationProfile` of `service.status` changed"),
    ],
)  # fmt: skip
def test_a_change_could_be_read_aloud(change: Change, said: str) -> None:
    assert sentence(change, code) == said


def test_names_and_values_are_not_endless() -> None:
    long = Change("type-changed", "e" * 5000, ("properties", "p" * 5000), "type", "a" * 5000, "b" * 5000)
    assert len(sentence(long)) < LONGEST_NAME + 2 * LONGEST_VALUE + 30
    for length in (LONGEST_VALUE - 1, LONGEST_VALUE, LONGEST_VALUE + 1):
        shown = value("v" * length)
        assert len(shown) == min(length, LONGEST_VALUE)
        assert shown.endswith("…") == (length > LONGEST_VALUE)


def test_values_are_written_as_json_but_text_is_not_quoted() -> None:
    assert [value(each) for each in ("a", "", 1, True, None, {"a": 1})] == ["a", '""', "1", "true", "null", '{"a": 1}']
