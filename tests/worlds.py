"""Small standards made in a test, and the ways to read and judge them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.adapters.files import read_directory
from bot.commands.check import CheckRequest, PatchDirectory, run
from bot.compat.confirming import Confirmer
from bot.compat.engine import Engine, Side
from bot.compat.judging import Judgement, ProfileJudge
from bot.compat.verdicts import Verdicts
from bot.report.model import Report
from bot.report.pairing import ProfilePair, pair_profiles
from bot.report.parsing import read_report
from bot.report.serialising import as_json
from bot.standard.dialects import Draft
from bot.standard.documents import Documents
from bot.standard.loading import PatchSet, load
from bot.standard.model import Standard
from bot.standard.snapshot import Snapshot, belongs, is_patch, on_the_way
from bot.standard.values import JSON

ROOT = Path(__file__).parent.parent


def read_source(directory: Path, *patches: tuple[str, Path]) -> Standard:
    """The standard in a directory, with the profiles that patch directories make."""
    sets = [PatchSet(name, read_directory(path, is_patch, lambda _: False)) for name, path in patches]
    return load(read_directory(directory, belongs, on_the_way), sets)


def snapshot(files: Mapping[str, JSON | bytes], label: str = "here") -> Snapshot:
    """Files as a source gives them: bytes as they are, everything else as JSON."""
    return Snapshot(
        label, {path: each if isinstance(each, bytes) else json.dumps(each).encode() for path, each in files.items()}
    )


def checkout(entities: Mapping[str, JSON], *patches: tuple[str, Mapping[str, JSON]]) -> Standard:
    """A checkout in the manner of HSDS 3 with these entities, and the profiles that patches make."""
    files = {f"schema/{name}.json": schema for name, schema in entities.items()}
    sets = [
        PatchSet(name, snapshot({f"{entity}.json": each for entity, each in patch.items()}, name))
        for name, patch in patches
    ]
    return load(snapshot(files), sets)


def entity(
    name: str, properties: Mapping[str, JSON], required: tuple[str, ...] = ("id",), **more: JSON
) -> dict[str, JSON]:
    """The schema of an entity: strings of the given keywords are columns, references are not."""
    made: dict[str, JSON] = {}
    for key, schema in {
        "id": {"format": "uuid", "example": "00000000-0000-4000-8000-000000000000"},
        **properties,
    }.items():
        nested = "$ref" in schema or schema.get("type") == "array"
        column = {} if nested else {"type": "string", "constraints": {"unique": key == "id"}}
        made[key] = {"name": key, "description": f"The {key}.", **column, **schema}
    return {
        "name": name,
        "path": f"{name}s.csv",
        "description": f"A {name}.",
        "type": "object",
        "properties": made,
        "required": list(required),
        **more,
    }


def many(name: str) -> dict[str, JSON]:
    """An array of an entity."""
    return {"type": "array", "items": {"$ref": f"{name}.json"}}


def one(name: str) -> dict[str, JSON]:
    """One of an entity."""
    return {"$ref": f"{name}.json"}


def pair(base: Standard, head: Standard, only: str = "") -> ProfilePair:
    """The only pair of profiles, or the one named."""
    pairs = list(pair_profiles(base, head, only))
    assert len(pairs) == 1
    return pairs[0]


def judge(base: Standard, head: Standard, confirmer: Confirmer, only: str = "") -> Judgement:
    """One profile judged."""
    chosen = pair(base, head, only)
    return ProfileJudge(Engine(confirmer), *chosen.versions(), chosen.tabulate).judge()


def compare(base: JSON, head: JSON, confirmer: Confirmer, draft: Draft = Draft.DRAFT2020) -> Verdicts:
    """The four verdicts for two schemas."""
    sides = (Side(Documents({"schema": schema}, draft), "schema") for schema in (base, head))
    return Engine(confirmer).compare(*sides)


class Given:
    """Sources made of values."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.label = snapshot.label
        self.commit = ""
        self.directory = ""
        self._snapshot = snapshot

    def standard(self) -> Snapshot:
        return self._snapshot


class GivenSources:
    def __init__(self, base: Mapping[str, Any], head: Mapping[str, Any], patches: Mapping[str, Any]) -> None:
        self._sides = {"base": Given(snapshot(base, "base")), "WORKTREE": Given(snapshot(head, "head"))}
        self._patches = patches

    def named(self, name: str) -> Given:
        return self._sides[name]

    def default_base(self, head: str = "WORKTREE") -> Given:
        assert head in self._sides
        return self._sides["base"]

    def moved(self, base: object, head: object) -> None:
        assert {base, head} <= {*self._sides.values()}

    def merge_base(self, base: str, head: str) -> str:
        assert {base, head} <= self._sides.keys()
        return base

    def published(self) -> dict[str, str]:
        return {}

    def patches(self, directory: str, beside: object) -> Snapshot:
        assert beside in self._sides.values()
        return snapshot({f"{name}.json": each for name, each in self._patches.items()}, directory)


def quietly(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def checked(
    confirmer: Confirmer,
    base: Mapping[str, Any],
    head: Mapping[str, Any],
    patch: Mapping[str, Any] | None = None,
    profile: str = "",
) -> Report:
    directories = (PatchDirectory("own", "profile"),) if patch is not None else ()
    request = CheckRequest(patches=directories, profile=profile)
    report = run(request, GivenSources(base, head, patch or {}), confirmer, quietly)
    # Whatever a test looks at, what is written of it has to be in the published form.
    written = json.dumps(as_json(report)).encode()
    assert as_json(read_report("report.json", written)) == json.loads(written)
    return report
