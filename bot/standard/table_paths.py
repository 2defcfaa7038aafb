"""Where a data package says that the rows of a table are: in a file inside it (Data Package 1, "url or path")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.standard.problems import Severity
from bot.standard.values import JSON

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_OWN = "Write a path below the data package, with forward slashes: phones.csv, or data/phones.csv."


@dataclass(frozen=True, slots=True)
class WrongPath:
    """A path at which no table should be looked for; `steps` lead to it where there are several."""

    rule: str
    severity: Severity
    steps: tuple[str, ...]
    message: str
    hint: str = _OWN


def wrong_paths(path: JSON) -> Iterator[WrongPath]:
    """What is wrong with the `path` of a table: one, or a list of several. The bot itself follows none."""
    if isinstance(path, list) and path:
        for at, each in enumerate(path):
            yield from _wrong(each, (str(at),))
    else:
        yield from _wrong(path, ())


def _wrong(path: JSON, steps: tuple[str, ...]) -> Iterator[WrongPath]:
    if not isinstance(path, str) or not path.strip():
        yield WrongPath("path-invalid", Severity.ERROR, steps, "the path of a table has to be the name of a file")
    elif path.lower().startswith(("http://", "https://")):
        message = f"the path {path[:80]!r} leads to another site, whose rows can change unseen"
        yield WrongPath("path-remote", Severity.WARNING, steps, message)
    elif _leads_out(path):
        message = f"the path {path[:80]!r} leads out of the data package, to a file of whoever opens it"
        yield WrongPath("path-invalid", Severity.ERROR, steps, message)


def _leads_out(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return parts[0] in ("", "~") or ".." in parts or _SCHEME.match(path) is not None
