"""Whole reports as people see them, at a terminal and as Markdown. `pytest --accept` writes them anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from bot.cli.options import Format
from bot.cli.output import report_text
from bot.compat.confirming import Confirmer
from bot.report.model import Report
from bot.standard.values import JSON
from tests.worlds import checked, entity, many

TITLES = {"core": "Core", "classic": "Classic HSDS", "uk": "Open Referral UK", "au": "Australia", "nz": "New Zealand"}
IDS = ("core", "classic", "uk")


def standard(names: tuple[str, ...] = IDS, **patches: JSON) -> dict[str, Any]:
    """A small extended structure with some profiles of all its terms; `patches`: of the entity service, by profile."""
    made: dict[str, Any] = {"schema/standard.yml": _declaration("phone", "service")}
    for name in names:
        made[f"schema/profiles/{name}/profile.yml"] = (
            f"id: {name}\ntitle: {TITLES.get(name, name.upper())}\nuri: https://example.org/{name}\nversion: 1.0.0\n"
        ).encode()
        if name in patches:
            made[f"schema/profiles/{name}/service.json"] = patches[name]
    everywhere = dict.fromkeys(names, "must")
    for name, schema in SCHEMAS.items():
        properties = {
            key: {"source": "https://example.org", **each, "profiles": everywhere}
            for key, each in schema["properties"].items()
        }
        made[f"schema/{name}.json"] = {**schema, "properties": properties}
    return made


def _declaration(*entities: str) -> bytes:
    listed = ", ".join(entities)
    return (
        f"name: directory\ntitle: A directory\nversion: 1.0.0\nstate: live\nbase_uri: https://example.org\n"
        f"entities: [{listed}]\nviews: []\n"
    ).encode()


SCHEMAS: dict[str, dict[str, JSON]] = {
    "phone": entity("phone", {"number": {"example": "0800"}}, ("id", "number")),
    "service": entity(
        "service",
        {
            "name": {"example": "Hot lunch"},
            "status": {"enum": ["active", "inactive"], "example": "active"},
            "url": {"format": "uri", "example": "https://lunch.example"},
            "phones": many("phone"),
        },
        ("id", "name"),
    ),
}


def edited(files: Mapping[str, Any], file: str, **properties: JSON) -> dict[str, Any]:
    """The files with some properties of one schema replaced, added, or removed by None."""
    schema = json.loads(json.dumps(files[file]))
    for key, each in properties.items():
        if each is None:
            del schema["properties"][key]
        else:
            schema["properties"].setdefault(key, {}).update(each)
    return {**files, file: schema}


def uk_requires_url() -> tuple[dict[str, Any], dict[str, Any]]:
    base = standard(classic={"required": ["id", "name", "url"]})
    head = {**base, "schema/profiles/uk/service.json": {"required": ["id", "name", "url"]}}
    booking = {
        "name": "booking_url",
        "description": "Where to book.",
        "type": "string",
        "format": "uri",
        "example": "https://book.example",
        "source": "https://example.org/booking",
        "constraints": {},
        "profiles": {"uk": "could"},
    }
    reworded = {"description": "The name people know it by."}
    return base, edited(head, "schema/service.json", booking_url=booking, name=reworded)


def many_profiles() -> tuple[dict[str, Any], dict[str, Any]]:
    base = standard(("core", "classic", "uk", "au", "nz"), nz={"properties": {"status": None}})
    return base, edited(base, "schema/service.json", status={"enum": ["active"]})


def undecided() -> tuple[dict[str, Any], dict[str, Any]]:
    base = edited(standard(), "schema/service.json", name={"pattern": r"^(Hot) lunch$"})
    return base, edited(base, "schema/service.json", name={"pattern": r"^(Hot) lunch(?<=h)$"})


def unreadable() -> tuple[dict[str, Any], dict[str, Any]]:
    base = standard()
    return base, {**base, "schema/phone.json": b'{"name": "phone",\n "type": "object"'}


def hostile() -> tuple[dict[str, Any], dict[str, Any]]:
    """Names and texts that would format, mention, link, colour or turn around what stands beside them."""
    base = standard()
    bad = {
        "name": "x | `y` @everyone",
        "description": "",
        "type": "string",
        "constraints": {},
        "enum": ["\x1b[31mred\u202e", "```\n# shout", "<!channel> #1 https://evil.example | cell"],
        "profiles": {"uk": "must"},
    }
    head = edited(base, "schema/service.json", **{"x | `y` @everyone": bad, "status": {"enum": ["</details>@team"]}})
    return base, head


def words_alone() -> tuple[dict[str, Any], dict[str, Any]]:
    base = standard()
    return base, edited(base, "schema/service.json", name={"description": "Its name."})


def nothing() -> tuple[dict[str, Any], dict[str, Any]]:
    return standard(), standard()


def together() -> tuple[dict[str, Any], dict[str, Any]]:
    """Two changes that are harmless alone, and shut out a length together."""
    wide = {"anyOf": [{"minLength": 5}, {"maxLength": 5}], "example": "0800"}
    base = {"schema/phone.json": entity("phone", {"number": wide})}
    return base, edited(base, "schema/phone.json", number={"anyOf": [{"minLength": 6}, {"maxLength": 4}]})


def many_alike() -> tuple[dict[str, Any], dict[str, Any]]:
    """More problems of one kind than are shown, and a change that no profile selects."""
    base = standard()
    hidden = {"name": "hidden", "description": "x", "type": "string", "source": "https://example.org", "example": "x"}
    base = edited(base, "schema/phone.json", hidden=hidden)
    blank = {f"line_{number}": {"name": f"line_{number}", "type": "string"} for number in range(15)}
    head = edited(base, "schema/phone.json", **blank, hidden={"description": "y"})
    return base, head


CASES = [together, many_alike, uk_requires_url, many_profiles, undecided, unreadable, hostile, words_alone, nothing]


@pytest.mark.parametrize("case", CASES)
def test_reports_as_people_see_them(
    case: Callable[[], tuple[dict[str, Any], dict[str, Any]]],
    confirmer: Confirmer,
    golden: Callable[[str, str], None],
) -> None:
    report: Report = checked(confirmer, *case())
    name = case.__name__.replace("_", "-")
    golden(f"{name}.txt", report_text(report, Format.TEXT))
    golden(f"{name}.md", report_text(report, Format.MARKDOWN))
