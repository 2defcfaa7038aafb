"""A release: everything that is generated from a profile, as paths and texts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.generate.datapackage import package_of
from bot.generate.examples import Examples
from bot.generate.views import compiled_views, identified
from bot.standard.model import Package, Standard, View
from bot.standard.profiles import Structure
from bot.standard.superset import select
from bot.standard.values import JSON


@dataclass(frozen=True, slots=True)
class Release:
    """A profile's structure with what its generated files say of themselves."""

    structure: Structure
    views: tuple[View, ...]
    metadata: Mapping[str, JSON]
    uri: str = ""

    @property
    def id(self) -> str:
        """The id of the profile."""
        return self.structure.profile.id

    def package(self) -> Package:
        """The tabular data package."""
        return package_of(self.structure, self.metadata)


def release(standard: Standard, structure: Structure, metadata: Mapping[str, JSON] | None = None) -> Release:
    """The release of a structure; `metadata` overrides what its data package says of itself."""
    profile = structure.profile
    uri = f"{profile.uri}/{profile.version}" if profile.uri else ""
    described = {
        "name": standard.id,
        "title": profile.title,
        "profile": "tabular-data-package",
        **({"id": uri, "version": profile.version} if uri else {}),
        **standard.metadata,
    }
    return Release(structure, standard.views, described if metadata is None else metadata, uri)


def artefacts(made: Release) -> Iterator[tuple[str, str]]:
    """Every file of a release: its path below the profile's directory, and its text."""
    entities = made.structure.entities
    for name, entity in entities.items():
        yield f"schema/{name}.json", text(identified(dict(entity.schema), made.uri, f"schema/{name}.json"))
    for name, schema in compiled_views(entities, made.views):
        path = f"schema/compiled/{name}.json"
        yield path, text(identified(schema, made.uri, path))
    yield "datapackage.json", text(made.package().descriptor())
    for name, example in Examples(entities, made.views).all():
        yield f"examples/{name}.json", text(example)


def tabular_artefacts(package: Package, profile: str, *, whole: bool) -> Iterator[tuple[str, str]]:
    """The files of a profile of a tabular standard: its data package alone; `whole` where nothing is filtered."""
    yield "datapackage.json", text((package if whole else select(package, profile)).descriptor())


def text(value: JSON) -> str:
    """A value as the text of a file: the same bytes for the same value."""
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
