"""Finds the function that answers a method and a path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import unquote

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """The handler of a request and what its path names."""

    handler: T
    names: Mapping[str, str]


class Router(Generic[T]):
    """A table of (method, path, handler). In a path `{name}` is one step, `{name:path}` any number of them."""

    def __init__(self, routes: Iterable[tuple[str, str, T]]) -> None:
        """`routes`: the first that fits answers."""
        self._routes = [(method, _compiled(path), handler) for method, path, handler in routes]

    def find(self, method: str, path: str) -> Found[T] | None:
        """The first that fits; None where no path does, or not with this method."""
        for known, pattern, handler in self._routes:
            match = pattern.fullmatch(path) if known == method else None
            if match:
                return Found(handler, {name: unquote(value) for name, value in match.groupdict().items()})
        return None


def _compiled(path: str) -> re.Pattern[str]:
    steps = re.sub(r"\\\{(\w+):path\\\}", r"(?P<\1>.+)", re.escape(path))
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", steps))
