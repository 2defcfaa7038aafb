"""What people call a country."""

from __future__ import annotations

from collections.abc import Iterable

_NAMES = {"GB": "United Kingdom", "US": "United States"}
"""Those of the communities that have channels so far; another is called by its code until it is added here."""


def country(code: str) -> str:
    """The name of a country, by its ISO 3166 code; the code itself where no name is known."""
    return _NAMES.get(code, code)


def place_name(codes: Iterable[str]) -> str:
    """The names of countries as one place; "" for none."""
    names = [country(code) for code in codes]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
