"""Feeds that a project watches: what a change would do to them is told, in numbers alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Canary:
    """A published feed: how people call it, where it is (https), in which form ("" asks the answer), and under
    which profile it is published ("" is the one that most of it is valid under)."""

    name: str
    url: str
    format: str = ""
    profile: str = ""
