from __future__ import annotations

from bot.compat.containment.admits import Admission
from bot.compat.containment.nodes import Arena
from bot.compat.containment.parts import smallest
from bot.standard.values import JSON


def test_the_smallest_part_that_will_do_is_taken() -> None:
    arena = Arena()
    goal = [arena.kinds({"object"}), arena.required("a")]
    deep: JSON = {"a": {"b": [{"a": 1}, {"a": {"a": 2, "c": 3}}]}}
    assert smallest(Admission(arena), goal, deep) == {"a": 1}


def test_where_no_part_will_do_the_whole_is_kept() -> None:
    arena = Arena()
    goal = [arena.kinds({"object"}), arena.required("whole")]
    value: JSON = {"whole": [{"a": 1}]}
    assert smallest(Admission(arena), goal, value) is value
    unsure = [arena.opaque("x", "", "not decided", "x")]
    assert smallest(Admission(arena), unsure, value) is value


def test_what_doubles_at_every_step_is_left_as_it_is() -> None:
    value: JSON = {"a": 1}
    for _ in range(40):
        value = {"a": value, "b": value}
    arena = Arena()
    assert smallest(Admission(arena), [arena.required("a")], value) is value
