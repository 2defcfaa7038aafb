"""Profiles that live in other repositories: read by themselves, and judged as guests among a standard's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.standard.loading import Loader, PatchSet
from bot.standard.model import Kind, Profile, Standard
from bot.standard.problems import Problem, Severity, warning
from bot.standard.reading import Reading
from bot.standard.snapshot import PROFILE

SETTINGS = "Its entry in .github/bot.yml names id, repository, ref and path: correct it there, or in the profile."


@dataclass(frozen=True, slots=True)
class Guest:
    """A profile that lives elsewhere. `label` says where; `profile` is None where it cannot be judged, and
    `problems` say why. `kind`: what it is a profile of."""

    label: str
    profile: Profile | None
    kind: Kind = Kind.CHECKOUT
    problems: tuple[Problem, ...] = ()
    readings: Mapping[str, Reading] = field(default_factory=dict)


def read_guest(given: PatchSet, title: str = "", countries: tuple[str, ...] = ()) -> Guest:
    """Read a profile. A directory with a `profile.yml` selects from an extended structure; one of merge patches
    alone changes an HSDS 3 checkout. Nothing that is wrong with it is an error of those who change the core."""
    snapshot = given.snapshot
    if not snapshot.files and not snapshot.refused:
        return Guest(snapshot.label, None, problems=(_missing(snapshot.label),))
    loader = Loader(snapshot)
    selects = PROFILE in snapshot.files
    profile = loader.selecting(given) if selects else loader.patched(given)
    if profile is None or loader.unreadable:
        return Guest(snapshot.label, None, problems=tuple(_softened(loader.problems)))
    known = replace(profile, title=title or profile.title, countries=countries or profile.countries)
    kind = Kind.EXTENDED if selects else Kind.CHECKOUT
    return Guest(snapshot.label, known, kind, readings=loader.readings)


def welcomed(base: Standard, head: Standard, guests: Iterable[Guest]) -> tuple[Standard, Standard]:
    """Both sides with the guests that can be judged, and head with what is wrong with the others."""
    taken = {each.id for each in (*base.profiles, *head.profiles)}
    problems: list[Problem] = []
    for guest in guests:
        wrong = list(_in_the_way(guest, taken, base, head))
        problems += wrong
        if guest.profile is not None and not wrong:
            taken.add(guest.profile.id)
            base, head = (_with(side, guest.profile, guest.readings) for side in (base, head))
    return base, replace(head, problems=(*head.problems, *problems))


def _with(standard: Standard, profile: Profile, readings: Mapping[str, Reading]) -> Standard:
    profiles = (*standard.profiles, profile)
    return replace(standard, profiles=profiles, readings={**standard.readings, **readings})


def _in_the_way(guest: Guest, taken: set[str], base: Standard, head: Standard) -> Iterator[Problem]:
    yield from guest.problems
    if guest.profile is None:
        return
    if guest.profile.id in taken:
        message = f"there is already a profile called {guest.profile.id!r}; this one is not judged"
        yield warning("profile-taken", guest.label, "", message, "Give one of them another id.")
    for side in (base, head):
        if side.kind is not guest.kind:
            message = f"this is a profile of an {guest.kind.value}, and {side.label} is {_a(side.kind)}; not judged"
            yield warning("profile-unfitting", guest.label, "", message, SETTINGS)
            return


def _a(kind: Kind) -> str:
    return kind.value if kind is Kind.NOTHING else f"{'a' if kind is Kind.TABULAR else 'an'} {kind.value}"


def _missing(label: str) -> Problem:
    message = "there is no profile there: neither a profile.yml nor merge patches; it is not judged"
    return warning("profile-missing", label, "", message, SETTINGS)


def _softened(problems: list[Problem]) -> Iterator[Problem]:
    """The problems as nobody's fault here."""
    for each in problems:
        message = f"the profile cannot be judged: {each.message}"
        yield replace(each, severity=Severity.WARNING, message=message) if each.severity is Severity.ERROR else each
