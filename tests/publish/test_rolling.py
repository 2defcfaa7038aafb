from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.publish.delivery import Action, deliver
from bot.publish.rolling import Line, lines, rolling
from tests.publish.places import MemoryPlace, StoppedClock

KEY = "forum/o/r/rolling"


def render(open_: Sequence[str], over: Sequence[str]) -> str:
    return "\n".join(["What is going on", *open_, "Over", *over])


def say(place: MemoryPlace, line: Line, *, only_update: bool = False) -> Action:
    compose = rolling(KEY, line, render, only_update=only_update)
    return deliver(place, KEY, compose, StoppedClock(), lambda: True).action


def text(place: MemoryPlace) -> str:
    (post,) = place.standing
    return post.content


def test_lines_are_read_as_they_were_written() -> None:
    line = Line(12, "- [#12](https://x): compatible", over=False, seq=5)
    assert lines(f"intro\n{line}\nother <!-- gov:line -->\n") == {12: line}


def test_each_pull_request_has_one_line_that_is_kept_true() -> None:
    place = MemoryPlace()
    assert say(place, Line(1, "- one", over=False, seq=1)) is Action.CREATE
    assert say(place, Line(2, "- two", over=False, seq=2)) is Action.UPDATE
    assert say(place, Line(1, "- one, merged", over=True, seq=3)) is Action.UPDATE
    found = lines(text(place))
    assert {number: (line.text, line.over) for number, line in found.items()} == {
        1: ("- one, merged", True),
        2: ("- two", False),
    }
    assert text(place).index("- two") < text(place).index("Over") < text(place).index("- one")


def test_a_line_that_says_the_same_writes_nothing() -> None:
    place = MemoryPlace()
    say(place, Line(1, "- one", over=False, seq=1))
    assert say(place, Line(1, "- one", over=False, seq=9)) is Action.SKIP


def test_an_older_line_does_not_replace_a_newer_one() -> None:
    place = MemoryPlace()
    say(place, Line(1, "- newer", over=False, seq=9))
    assert say(place, Line(1, "- older", over=False, seq=1)) is Action.SKIP


def test_what_was_never_brought_up_is_not_begun() -> None:
    place = MemoryPlace()
    assert say(place, Line(1, "- draft", over=False, seq=1), only_update=True) is Action.SKIP
    assert place.standing == []
    say(place, Line(2, "- two", over=False, seq=2))
    assert say(place, Line(1, "- draft", over=False, seq=3), only_update=True) is Action.SKIP
    say(place, Line(1, "- ready", over=False, seq=4))
    assert say(place, Line(1, "- draft again", over=False, seq=5), only_update=True) is Action.UPDATE


def test_two_posts_become_one_and_lose_no_line() -> None:
    first, second = MemoryPlace(), MemoryPlace()
    say(first, Line(1, "- one", over=False, seq=1))
    say(second, Line(2, "- two", over=False, seq=2))
    place = MemoryPlace([*first.standing, *second.standing])
    place.standing[1] = place.standing[1].__class__("m2", place.standing[1].mark, place.standing[1].content)
    say(place, Line(3, "- three", over=False, seq=3))
    assert set(lines(text(place))) == {1, 2, 3}


def cramped(open_: Sequence[str], over: Sequence[str]) -> str:
    """A post with room for 2,000 characters."""
    kept = list(open_)
    while kept and len(render(kept, ())) > 2_000:
        kept.pop()
    return render(kept, over if len(render(kept, over)) <= 2_000 else ())


def test_an_open_pull_request_that_there_is_no_room_for_is_told_in_fewer_words_and_not_forgotten() -> None:
    place, words = MemoryPlace(), "what it means for published data, at length; " * 5
    for number in range(1, 17):
        line = Line(
            number, f"- [Pull request {number}](https://forge.example/{number}): {words}", over=False, seq=number
        )
        deliver(place, KEY, rolling(KEY, line, cramped, only_update=False), StoppedClock(), lambda: True)
    found = lines(text(place))
    assert sorted(found) == list(range(1, 17))
    assert found[16].text.endswith(words)
    assert found[1].text == "- [Pull request 1](https://forge.example/1)"
    # Its next run has more to say, finds no room for it, and writes nothing for nothing.
    again = Line(1, f"- [Pull request 1](https://forge.example/1): {words}", over=False, seq=99)
    compose = rolling(KEY, again, cramped, only_update=True)
    assert deliver(place, KEY, compose, StoppedClock(), lambda: True).action is Action.SKIP
    # Once others are over, there is room.
    for number in range(3, 17):
        say_over = Line(
            number, f"- [Pull request {number}](https://forge.example/{number}) is over", over=True, seq=100
        )
        deliver(place, KEY, rolling(KEY, say_over, cramped, only_update=True), StoppedClock(), lambda: True)
    assert deliver(place, KEY, compose, StoppedClock(), lambda: True).action is Action.UPDATE
    assert lines(text(place))[1].text.endswith(words)


@given(st.permutations([Line(n, f"- {n} at {seq}", over=False, seq=seq) for n in (1, 2, 3) for seq in (1, 2)]))
def test_the_order_of_runs_does_not_matter(said: list[Line]) -> None:
    place = MemoryPlace()
    for line in said:
        say(place, line)
    assert {line.text for line in lines(text(place)).values()} == {"- 1 at 2", "- 2 at 2", "- 3 at 2"}
