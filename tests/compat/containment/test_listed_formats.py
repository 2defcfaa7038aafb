"""What is said of one string and a format is what the independent validator says of it."""

from __future__ import annotations

import pytest

from bot.compat.confirming import Confirmer, Judged
from bot.compat.containment.admits import has_format
from bot.compat.verdicts import Answer
from bot.standard.dialects import Draft
from tests.worlds import compare

HAVE = {
    "date": ["2024-01-31", "2023-12-30", "2024-02-29", "9999-12-31"],
    "time": ["23:59:59Z", "10:00:00+01:00", "10:00:00.123-23:59"],
    "date-time": ["2024-01-31T23:59:59.5Z", "2023-12-30T00:00:00+02:30"],
    "email": ["first.last+tag@mail.example.org", "a_b@example.co.uk"],
    "hostname": ["www.Example.org", "a-b.example.co"],
    "duration": ["P1Y2M3D", "PT1H30M", "P2W", "P1DT12H", "PT5S"],
    "uri": [
        "https://Example.org:8080/a/b.html?x=1&y=2#part",
        "urn:isbn:0451450523",
        "http://a-b.example.org",
        "http://localhost:1234/a#",
    ],
    "uri-reference": [
        "nested.json",
        "#",
        "#/$defs/B",
        "a.json#/$defs/B",
        "../b/c.json",
        "/a/b",
        "./a",
        "",
        "#/%24defs",
    ],
    "iri-reference": ["https://example.org/a", "nested.json#/$defs/B"],
    "uuid": ["123E4567-e89b-12d3-A456-426614174000"],
}
HAVE_NOT = {
    "hostname": ["-a-host-name-that-starts-with--", "a.-b.example", "a-.example.org"],
    "date": ["2023-02-29", "2024-13-01", "2024-04-31", "2024-1-1"],
    "time": ["24:00:00Z", "10:60:00Z", "10:00:00+24:00", "10:00:61Z"],
    "date-time": ["2023-02-29T10:00:00Z", "2024-01-31T24:00:00Z"],
}
OPEN = {"time": ["23:59:60Z"], "date": ["0000-01-01"], "duration": ["P"], "uri": ["https://example.org/a b", "a:b"]}


def strings(named: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, text) for name, texts in named.items() for text in texts]


@pytest.mark.parametrize(("name", "text"), [*strings(HAVE), *strings(HAVE_NOT)])
def test_it_is_what_the_validator_says(confirmer: Confirmer, name: str, text: str) -> None:
    schema = Judged({"schema": {"format": name}}, "schema", Draft.DRAFT2020, formats=True)
    assert has_format(name, text) is (text in HAVE[name])
    assert confirmer.accepts(schema, text) is has_format(name, text)


@pytest.mark.parametrize(("name", "text"), strings(OPEN))
def test_what_is_a_matter_of_reading_stays_open(name: str, text: str) -> None:
    assert has_format(name, text) is not True


@pytest.mark.parametrize(("name", "text"), strings(HAVE))
def test_a_format_that_all_listed_values_have_changes_nothing(confirmer: Confirmer, name: str, text: str) -> None:
    listed = {"type": "string", "enum": [text]}
    verdicts = compare(listed, {**listed, "format": name}, confirmer)
    assert verdicts.publishers.answer is Answer.COMPATIBLE
    assert verdicts.consumers.answer is Answer.COMPATIBLE


@pytest.mark.parametrize("pattern", ["^.*$", "^.+$", "^(.|a)*$"])
def test_a_pattern_that_shuts_out_ends_of_lines_is_refuted_where_all_readings_agree(
    confirmer: Confirmer, pattern: str
) -> None:
    """Python's `$` also stands before the last line feed; that of ECMA-262 does not."""
    verdict = compare({"type": "string"}, {"type": "string", "pattern": pattern}, confirmer).publishers
    assert verdict.answer is Answer.BREAKING
    assert not verdict.witness.endswith("\n") or verdict.witness == ""


def test_where_they_do_not_agree_nobody_says(confirmer: Confirmer) -> None:
    short = {"type": "string", "maxLength": 1, "minLength": 1}
    assert compare(short, {**short, "pattern": "^.*$"}, confirmer).publishers.answer is Answer.UNKNOWN
