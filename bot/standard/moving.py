"""Finds the directories of a repository in which standards lie, and which of them another version has elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from bot.standard.model import Kind
from bot.standard.problems import Problem, notice
from bot.standard.snapshot import STANDARD, belongs

_BY_RANK = (Kind.TABULAR, Kind.CHECKOUT, Kind.EXTENDED)


def standards_among(paths: Iterable[str]) -> dict[str, Kind]:
    """The directories, as git writes them ("" or "standards/"), that the files of a tree make standards of."""
    found: dict[str, Kind] = {}
    for path in paths:
        parts = PurePosixPath(path).parts
        for length in (1, 2):
            kind = _kind("/".join(parts[-length:])) if len(parts) >= length else None
            if kind is not None:
                directory = "".join(f"{part}/" for part in parts[:-length])
                found[directory] = max(found.get(directory, kind), kind, key=_BY_RANK.index)
    return found


def _kind(path: str) -> Kind | None:
    """What kind of source a file alone makes of the directory around it; None for most."""
    if path == STANDARD:
        return Kind.EXTENDED
    if not belongs(path):
        return None
    return Kind.CHECKOUT if "/" in path else Kind.TABULAR


def moved_from(directory: str, before: Mapping[str, Kind], after: Mapping[str, Kind]) -> str | None:
    """Where the standard of a directory was before: in the only other one of its kind that holds none any more."""
    gone = [each for each, kind in before.items() if kind is after.get(directory) and after.get(each) is not kind]
    return gone[0] if len(gone) == 1 and directory not in before else None


def moved(before: str, now: str) -> Problem:
    """That a standard is compared with what lay in another directory."""
    was, is_ = (f"in {each}" if each else "at the top of the repository" for each in (before, now))
    message = f"the standard was {was} and is {is_} now: it is compared with what it was there"
    hint = "Correct `source:` in .github/bot.yml, and the addresses that lead to its files."
    return notice("standard-moved", "", "", message, hint)
