"""From a snapshot of files to a standard: what kind of source it is, and what it declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from bot.standard import superset
from bot.standard.conforming import nonconformities
from bot.standard.declarations import package_of, profile_of, view_of
from bot.standard.json_reading import read_json
from bot.standard.model import (
    Entity,
    Kind,
    Link,
    Package,
    Patch,
    Profile,
    Standard,
    View,
)
from bot.standard.package_form import package_faults
from bot.standard.pointers import pointer
from bot.standard.problems import Problem, error
from bot.standard.reading import Reading
from bot.standard.snapshot import PROFILE, STANDARD, Snapshot
from bot.standard.values import JSON
from bot.standard.yaml_reading import read_yaml

HSDS_VIEWS = (
    View("organization", (Link("services", "service", many=True),)),
    View("service", definitions=True),
    View("service_at_location", (Link("service", "service", many=False, without=("service_at_locations",)),)),
)
"""The views of HSDS 3, which its files do not declare (issues #592 and #565 of the specification)."""

OF_HSDS = frozenset({"organization", "phone", "service", "service_at_location", "taxonomy_term"})
"""Entities by which HSDS, which does not name itself, is told from other standards."""

API_DESCRIPTION = "openapi.json"


@dataclass(frozen=True, slots=True)
class PatchSet:
    """A directory of merge patches that makes a profile of its own; its title is its id where nobody gave one."""

    id: str
    snapshot: Snapshot
    title: str = ""
    countries: tuple[str, ...] = ()


def load(snapshot: Snapshot, patches: Sequence[PatchSet] = (), other: Mapping[str, Reading] | None = None) -> Standard:
    """Read a standard. Whatever is wrong with its files is among its problems; nothing is raised. `other`: what was
    read for the other side. A file that is the same there is not read again: then its values are the very same
    objects, and what is found out about them once holds for both."""
    loader = Loader(snapshot, other or {})
    refused = {problem.file for problem in snapshot.refused}
    if STANDARD in snapshot.files or STANDARD in refused:
        standard = loader.extended()
    elif loader.entity_files():
        standard = loader.checkout()
    elif loader.package_file():
        standard = loader.tabular()
    else:
        standard = Standard(Kind.NOTHING, "", snapshot.label)
    if patches and standard.kind is not Kind.TABULAR:
        profiles = tuple(loader.patched(each) for each in patches)
        standard = replace(standard, profiles=profiles)
    loader.glance_at_the_rest()
    unreadable = loader.unreadable | refused
    problems = (*snapshot.refused, *loader.problems)
    return replace(standard, problems=problems, unreadable=frozenset(unreadable), readings=loader.readings)


@dataclass(slots=True)
class Loader:
    """Reads one snapshot, and keeps what it met: problems, lines, files that had to be refused."""

    snapshot: Snapshot
    other: Mapping[str, Reading] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    readings: dict[str, Reading] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)

    def _refuse(self, problem: Problem) -> None:
        """A file that can be read as text, but is not what it should be."""
        self.problems.append(problem)
        self.unreadable.add(problem.file)

    def glance_at_the_rest(self) -> None:
        """What lies beside the sources and decides nothing: it is enough that it can be read."""
        for path in sorted(self.snapshot.files.keys() - self.readings.keys()):
            if path.endswith(".json"):
                self.problems += read_json(path, self.snapshot.files[path]).problems

    def _read(self, path: str, files: Mapping[str, bytes], shown: str = "") -> Reading:
        shown = shown or path
        if path not in files:
            return Reading(shown, None, readable=False)  # refused: why has been said
        reader = read_yaml if path.endswith(".yml") else read_json
        known = self.other.get(shown)
        reading = known if known is not None and known.is_of(files[path]) else reader(shown, files[path])
        self.problems += reading.problems
        self.readings[shown] = reading
        if not reading.readable:
            self.unreadable.add(shown)
        return reading

    def entity_files(self) -> list[str]:
        """Paths of the entities, sorted as the file system names them."""
        paths = (path for path in self.snapshot.files if path.startswith("schema/") and path.count("/") == 1)
        return sorted(path for path in paths if path.endswith(".json") and PurePosixPath(path).name != API_DESCRIPTION)

    def package_file(self) -> str:
        """The path of the data package; the UK's own name for it comes first."""
        named = sorted(path for path in self.snapshot.files if "/" not in path)
        return next(iter(sorted(named, key=lambda path: path == "datapackage.json")), "")

    # The three kinds.

    def extended(self) -> Standard:
        """An extended structure and its profiles."""
        reading = self._read(STANDARD, self.snapshot.files)
        wrong = list(nonconformities(reading, "standard", "standard-invalid")) if reading.readable else []
        for problem in wrong:
            self._refuse(problem)
        declared: dict[str, JSON] = {} if wrong or not reading.readable else reading.value
        entities = self._entities()
        if "entities" in declared or not declared:
            entities = self._ordered(entities, declared.get("entities", ()), reading)
        return Standard(
            Kind.EXTENDED,
            id=declared.get("name", ""),
            label=self.snapshot.label,
            title=declared.get("title", ""),
            version=declared.get("version", ""),
            state=declared.get("state", "development"),
            base_uri=declared.get("base_uri", ""),
            metadata={key: declared[key] for key in ("description", "homepage", "license") if key in declared},
            entities=entities,
            views=tuple(view_of(each) for each in declared.get("views", ())),
            profiles=tuple(self._profiles()) or tuple(self._undivided(declared)),
        )

    def checkout(self) -> Standard:
        """A checkout of HSDS 3 or of something made in its manner."""
        entities = self._entities()
        return Standard(
            Kind.CHECKOUT,
            id="hsds",
            label=self.snapshot.label,
            title="Human Services Data Specification",
            entities=entities,
            views=HSDS_VIEWS,
            profiles=(Profile("hsds", _title(entities)),),
        )

    def tabular(self) -> Standard:
        """A data package alone; one with application profiles is a superset of them."""
        path = self.package_file()
        reading = self._read(path, self.snapshot.files)
        wrong = list(package_faults(reading.value)) if reading.readable else []
        for each in wrong:
            place = pointer(each.steps)
            self._refuse(error(each.rule, path, place, each.message, each.hint, reading.line(each.steps)))
        package = Package({}, ()) if wrong or not reading.readable else package_of(reading.value)
        names = superset.profile_names(package)
        profiles = [Profile(name, name, file=path) for name in names] or [
            Profile("hsds", _title(str(table["name"]) for table in package.tables), file=path)
        ]
        return Standard(
            Kind.TABULAR,
            id="hsds",
            label=self.snapshot.label,
            title=str(package.metadata.get("title", "")),
            version=str(package.metadata.get("version", "")),
            profiles=tuple(profiles),
            package=package,
        )

    # Their parts.

    def _entities(self) -> dict[str, Entity]:
        entities: dict[str, Entity] = {}
        for path in self.entity_files():
            reading = self._read(path, self.snapshot.files)
            if reading.readable and isinstance(reading.value, dict):
                name = PurePosixPath(path).stem
                entities[name] = Entity(name, path, reading.value)
            elif reading.readable:
                hint = "An entity is a JSON Schema of an object, with `properties`."
                self._refuse(error("entity-invalid", path, "", "this is not the schema of an entity", hint, 1))
        return entities

    def _ordered(self, entities: dict[str, Entity], order: Iterable[str], reading: Reading) -> dict[str, Entity]:
        listed = [name for name in order if name in entities]
        refused = {problem.file for problem in self.snapshot.refused}
        for at, name in enumerate(order):
            file = f"schema/{name}.json"
            if name not in entities and file not in self.snapshot.files and file not in refused:
                message = f"the entity {name!r} has no file {file}"
                steps = ("entities", str(at))
                self._complain("entity-missing", reading, steps, message, "Add the file, or take the name out.")
        for name in sorted(entities.keys() - set(listed)) if reading.path not in self.unreadable else ():
            message = f"the entity {name!r} is not listed under `entities`"
            self._complain("entity-unlisted", reading, ("entities",), message, "Add it where it belongs in the order.")
        return {name: entities[name] for name in [*listed, *sorted(entities.keys() - set(listed))]}

    def _complain(self, rule: str, reading: Reading, steps: tuple[str, ...], message: str, hint: str) -> None:
        self.problems.append(error(rule, reading.path, "/" + "/".join(steps), message, hint, reading.line(steps)))

    def _profiles(self) -> Iterator[Profile]:
        files = self.snapshot.files
        for path in sorted(path for path in files if path.endswith(f"/{PROFILE}")):
            directory = PurePosixPath(path).parent
            reading = self._read(path, files)
            if not self._is_profile(reading):
                continue
            # Misnamed or not, it is the profile that its directory says: it has neither come nor gone.
            self._is_called(reading, directory.name, "its directory is")
            patches = {str(PurePosixPath(file).name): file for file in files if PurePosixPath(file).parent == directory}
            yield profile_of(path, directory.name, reading.value, self._patches(patches, files))

    def _undivided(self, declared: Mapping[str, JSON]) -> Iterator[Profile]:
        """The whole standard as its only profile, where nobody has divided it: else nothing of it would be judged."""
        if declared and not any(path.endswith(f"/{PROFILE}") for path in self.snapshot.files):
            uri, version = declared.get("base_uri", ""), declared.get("version", "")
            yield Profile(declared["name"], declared["title"], file=STANDARD, uri=uri.rstrip("/"), version=version)

    def _is_profile(self, reading: Reading) -> bool:
        """Whether a `profile.yml` is one."""
        wrong = list(nonconformities(reading, "profile", "profile-invalid")) if reading.readable else []
        for problem in wrong:
            self._refuse(problem)
        return reading.readable and not wrong

    def _is_called(self, reading: Reading, id_: str, called: str) -> bool:
        """Whether a profile calls itself as others call it; `called` says who does."""
        if reading.value["id"] != id_:
            message = f"the profile calls itself {reading.value['id']!r}, {called} {id_!r}"
            self._complain("profile-misnamed", reading, ("id",), message, "Give both the same name.")
        return bool(reading.value["id"] == id_)

    def patched(self, patch_set: PatchSet) -> Profile:
        """A profile that is a directory of merge patches."""
        patches = self._patches_beside(patch_set.snapshot)
        file, title = patch_set.snapshot.label, patch_set.title or patch_set.id
        return Profile(patch_set.id, title, file=file, countries=patch_set.countries, patches=patches)

    def selecting(self, guest: PatchSet) -> Profile | None:
        """A profile of an extended structure in a directory of its own; None where it declares none."""
        shown = beside(guest.snapshot, PROFILE)
        reading = self._read(PROFILE, guest.snapshot.files, shown)
        if not self._is_profile(reading) or not self._is_called(reading, guest.id, "the bot's settings call it"):
            return None
        return profile_of(shown, guest.id, reading.value, self._patches_beside(guest.snapshot))

    def _patches_beside(self, snapshot: Snapshot) -> dict[str, Patch]:
        """The patches of a directory of its own, with its label before the names of its files."""
        for problem in snapshot.refused:
            self._refuse(replace(problem, file=beside(snapshot, problem.file)))
        named = {path: path for path in snapshot.files}
        return self._patches(named, snapshot.files, {path: beside(snapshot, path) for path in snapshot.files})

    def _patches(
        self, named: Mapping[str, str], files: Mapping[str, bytes], shown: Mapping[str, str] | None = None
    ) -> dict[str, Patch]:
        patches: dict[str, Patch] = {}
        for name, path in sorted(named.items()):
            if not name.endswith(".json") or name == API_DESCRIPTION:
                continue
            reading = self._read(path, files, (shown or {}).get(path, path))
            if not reading.readable:
                continue
            if reading.value is None or isinstance(reading.value, dict):
                entity = PurePosixPath(name).stem
                patches[entity] = Patch(entity, reading.path, reading.value)
            else:
                hint = "A merge patch is an object; null removes the entity."
                self._refuse(error("patch-invalid", reading.path, "", "this is not a merge patch", hint, 1))
        return patches


def _title(entities: Iterable[str]) -> str:
    """What people call a standard that does not name itself, which HSDS needs not."""
    return "this standard" if OF_HSDS.isdisjoint(entities) else "HSDS"


def beside(snapshot: Snapshot, path: str) -> str:
    """How a file of a directory of its own is called among those of a standard."""
    return str(PurePosixPath(snapshot.label) / path)
