"""JSON Pointers (RFC 6901): from steps to text and back, and what they point to."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from bot.standard.values import JSON


class PointsNowhere(LookupError):
    """A pointer that the document does not hold."""

    def __init__(self, pointer: str) -> None:
        """`pointer` is the text of the pointer."""
        super().__init__(f"nothing stands at {pointer!r}")
        self.pointer = pointer


def pointer(steps: Iterable[str | int]) -> str:
    """The text of a pointer; no steps are the whole document, the empty string."""
    texts = list(map(str, steps))
    if any("~" in text or "/" in text for text in texts):
        texts = [text.replace("~", "~0").replace("/", "~1") for text in texts]
    return "/" + "/".join(texts) if texts else ""


def steps(text: str) -> tuple[str, ...]:
    """The steps of a pointer; a fragment of a URI (`#/a%20b`) is read as well. ValueError: not a pointer."""
    text = unquote(text[1:]) if text.startswith("#") else text
    if not text:
        return ()
    if not text.startswith("/"):
        raise ValueError(f"a JSON Pointer begins with a slash: {text!r}")
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in text[1:].split("/"))


def resolve(document: JSON, path: Iterable[str | int]) -> JSON:
    """The value at the steps; raises PointsNowhere."""
    path = tuple(path)
    value = document
    for step in path:
        value = _step(value, step, path)
    return value


def replaced(document: JSON, path: Iterable[str | int], part: JSON) -> JSON:
    """The document with another value at the steps, which lead somewhere; what does not lie on the way is shared.
    Raises PointsNowhere."""
    path = tuple(path)
    if not path:
        return part
    step = path[0]
    inner = replaced(_step(document, step, path), path[1:], part)
    if isinstance(document, list):
        return [inner if at == int(step) else each for at, each in enumerate(document)]
    return {**document, str(step): inner}


def _step(value: JSON, step: str | int, path: tuple[str | int, ...]) -> JSON:
    if isinstance(value, dict) and str(step) in value:
        return value[str(step)]
    if isinstance(value, list) and _is_index(str(step)) and int(step) < len(value):
        return value[int(step)]
    raise PointsNowhere(pointer(path))


def _is_index(step: str) -> bool:
    # RFC 6901, section 4: no sign, no leading zero.
    return step.isascii() and step.isdigit() and (step == "0" or not step.startswith("0")) and len(step) < 12


def child(text: str, *more: str | int) -> str:
    """The pointer with more steps at its end."""
    return text + pointer(more)
