from __future__ import annotations

from bot.compat.containment.marks import Marks
from bot.compat.containment.predicates import Rest

NONE: frozenset[str] = frozenset()


def marks(*required: str, shut: Rest | None = None, **listed: str) -> Marks:
    made = Marks()
    made.required |= set(required)
    made.shut += [shut] if shut else []
    for name, value in listed.items():
        made.list(name, frozenset({("string", value)}))
    return made


def test_one_key_with_two_values_tells_apart() -> None:
    assert marks("kind", kind="a").apart(marks("kind", kind="b"))
    assert marks("kind", kind="a").apart(marks(kind="b"))
    assert not marks("kind", kind="a").apart(marks("kind", kind="a"))
    # Neither must have the key: an object without it is both.
    assert not marks(kind="a").apart(marks(kind="b"))


def test_a_key_that_one_needs_and_the_other_shuts_out_tells_apart() -> None:
    only_kind = Rest(NONE, frozenset({"kind"}), NONE)
    assert marks("name").apart(marks("kind", shut=only_kind))
    assert not marks("kind").apart(marks("kind", shut=only_kind))


def test_a_pattern_that_cannot_be_decided_shuts_nothing_out() -> None:
    assert marks("x-a").apart(marks(shut=Rest(NONE, NONE, frozenset({"^y"}))))
    assert not marks("x-a").apart(marks(shut=Rest(NONE, NONE, frozenset({"^x"}))))
    assert not marks("x-a").apart(marks(shut=Rest(NONE, NONE, frozenset({"^(?=y)"}))))


def test_needs_that_contradict_each_other_are_seen() -> None:
    both = marks("kind", kind="a")
    assert not both.contradictory
    both.add(marks(kind="b"))
    assert both.contradictory


def test_a_copy_goes_its_own_way() -> None:
    first = marks("kind", kind="a")
    second = first.copy()
    second.list("kind", frozenset())
    assert second.contradictory
    assert not first.contradictory
