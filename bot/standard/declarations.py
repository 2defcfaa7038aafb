"""From what files declare, once it is known to be of the right form, to the parts of a standard."""

from __future__ import annotations

from bot.standard.model import Link, Package, Patch, Profile, View
from bot.standard.values import JSON


def profile_of(path: str, id_: str, declared: dict[str, JSON], patches: dict[str, Patch]) -> Profile:
    """The profile that a `profile.yml` at `path` declares, `id_` being how its directory is called."""
    select = declared.get("select", {})
    return Profile(
        id_,
        declared["title"],
        file=path,
        uri=declared["uri"].rstrip("/"),
        version=declared["version"],
        countries=tuple(declared.get("countries", ())),
        maintainers=tuple(declared.get("maintainers", ())),
        page=declared.get("page", {}),
        selects=True,
        added=frozenset(select.get("add", ())),
        removed=frozenset(select.get("remove", ())),
        patches=patches,
    )


def view_of(declared: dict[str, JSON]) -> View:
    """A view as `standard.yml` declares it."""
    links = tuple(
        Link(each["property"], each["entity"], each.get("many", False), tuple(each.get("without", ())))
        for each in declared.get("links", ())
    )
    return View(declared["entity"], links, declared.get("definitions", False))


def package_of(value: dict[str, JSON]) -> Package:
    """The package in a `datapackage.json` that is one."""
    metadata = {key: each for key, each in value.items() if key != "resources"}
    return Package(metadata, tuple(value["resources"]))
