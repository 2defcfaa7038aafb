"""Which version of a standard is live, and which is coming, as the names of tags and branches say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_NUMBER = r"(?P<number>[0-9]{1,6}\.[0-9]{1,6}(?:\.[0-9]{1,6})?)"
_TAG = re.compile(rf"refs/tags/(?P<name>(?P<prefix>standard-|v|){_NUMBER})")
# A branch called by a bare version is live, one with -dev behind is coming (governance rules G1 and G2).
_LIVE_BRANCH = re.compile(rf"refs/heads/(?P<name>{_NUMBER})")
_COMING_BRANCH = re.compile(rf"refs/heads/(?P<name>{_NUMBER}-dev)")
_DECLARED = re.compile(rf"v?{_NUMBER}(?:-[A-Za-z0-9.-]{{1,40}})?")

Number = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class NamedVersion:
    """A version by the name of its tag or branch, with its number and its commit."""

    name: str
    number: Number
    commit: str


def live_version(refs: Mapping[str, str], below: Number | None = None) -> NamedVersion | None:
    """The newest version that is live; with `below`, of those before that one. None where there is none.

    `refs`: commits by full names. Tags `standard-…` are the standard's alone: where there are any, others (the
    versions of a program in the same repository) do not count. Else tags `v…` or of a bare version count, and
    branches of a bare version.
    """
    known = _live(refs)
    # Of a tag and a branch of one version the tag, which comes last: it does not move.
    candidates = [version for version in known if below is None or version.number < below]
    return max(reversed(candidates), key=lambda version: version.number, default=None)


def first_version(refs: Mapping[str, str]) -> NamedVersion | None:
    """The oldest version that is live: of the tags that contain a commit, the release it was first part of."""
    return min(reversed(_live(refs)), key=lambda version: version.number, default=None)


def coming_version(refs: Mapping[str, str], default_branch: str) -> NamedVersion | None:
    """The version that is being worked on: the default branch; where that is a live version itself, the newest
    `…-dev` branch beyond it, and None where there is none."""
    name = f"refs/heads/{default_branch}"
    live = _LIVE_BRANCH.fullmatch(name)
    if live is None:
        dev = _COMING_BRANCH.fullmatch(name)
        number = _number(dev["number"]) if dev else (0, 0, 0)
        return NamedVersion(default_branch, number, refs[name]) if name in refs else None
    beyond = [version for version in _found(refs, _COMING_BRANCH) if version.number > _number(live["number"])]
    return max(beyond, key=lambda version: version.number, default=None)


def followed(refs: Mapping[str, str], branch: str = "", declared: str = "") -> str:
    """The number of the live version that a version follows; "" where it is not known.

    `branch`: what it is made on, `declared`: what it calls itself; both tell which live versions come before it.
    """
    live, coming = (form.fullmatch(f"refs/heads/{branch}") for form in (_LIVE_BRANCH, _COMING_BRANCH))
    if live is not None:
        return live["number"]
    own = coming or _DECLARED.fullmatch(declared)
    found = live_version(refs, below=_number(own["number"]) if own is not None else None)
    return found.name.removeprefix("standard-").removeprefix("v") if found is not None else ""


def is_number(text: str) -> bool:
    """Whether a text is the number of a version that is no longer being worked on."""
    return re.fullmatch(_NUMBER, text) is not None


def _live(refs: Mapping[str, str]) -> list[NamedVersion]:
    own = [version for prefix, version in _tags(refs) if prefix == "standard-"]
    return own or [*_found(refs, _LIVE_BRANCH), *(version for _, version in _tags(refs))]


def _tags(refs: Mapping[str, str]) -> Iterator[tuple[str, NamedVersion]]:
    for ref, commit in refs.items():
        if found := _TAG.fullmatch(ref):
            yield found["prefix"], NamedVersion(found["name"], _number(found["number"]), commit)


def _found(refs: Mapping[str, str], form: re.Pattern[str]) -> Iterator[NamedVersion]:
    for ref, commit in refs.items():
        if found := form.fullmatch(ref):
            yield NamedVersion(found["name"], _number(found["number"]), commit)


def _number(text: str) -> Number:
    major, minor, patch = [*map(int, text.split(".")), 0][:3]
    return major, minor, patch
