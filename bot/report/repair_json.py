"""A repair as JSON, and from it."""

from __future__ import annotations

from bot.compat.changes import ABSENT
from bot.report.model import Repair
from bot.standard.values import JSON


def repair_as_json(repair: Repair | None) -> dict[str, JSON]:
    """The member `repair` of what is repaired; nothing where there is none. Without a value, what stands there is
    taken away."""
    if repair is None:
        return {}
    value: dict[str, JSON] = {} if repair.value is ABSENT else {"value": repair.value}
    said: dict[str, JSON] = {
        "words": repair.words,
        "file": repair.file,
        "pointer": repair.pointer,
        **value,
        "start_line": repair.start_line,
        "end_line": repair.end_line,
        "replaced": repair.replaced,
        "replacement": repair.replacement,
    }
    if repair.beside:
        said["beside"] = [repair_as_json(each)["repair"] for each in repair.beside]
    return {"repair": said}


def repair_from_json(holder: dict[str, JSON]) -> Repair | None:
    """The repair of what holds one."""
    if "repair" not in holder:
        return None
    return _repair(holder["repair"])


def _repair(value: dict[str, JSON]) -> Repair:
    lines = value["start_line"], value["end_line"], value["replaced"], value["replacement"]
    beside = tuple(map(_repair, value.get("beside", ())))
    return Repair(value["words"], value["file"], value["pointer"], value.get("value", ABSENT), *lines, beside)
