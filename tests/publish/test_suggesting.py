"""Which notes on lines stay: those on the lines that they are about; the others go, or are said to be over."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.compat.changes import ABSENT
from bot.publish.delivery import Action
from bot.publish.marks import Mark, digest
from bot.publish.messages import Version
from bot.publish.places import Draft, Posted
from bot.publish.suggesting import (
    OVER,
    OnItsLines,
    fits,
    is_living,
    is_shown,
    over,
    suggestion,
    suggestion_key,
    withdraw,
    withdrawals,
)
from bot.render.contents import Suggestion
from bot.render.suggestion import Suggested
from bot.report.model import Repair
from tests.render.reports import PULL_REQUEST

REPAIR = Repair("keep it", "a.json", "", ABSENT, 3, 4, "x\ny\n", "z\n")
WANTED = Suggested("suggestion-1", "a.json", 3, ("x", "y"), "Body", REPAIR)
VERSION = Version("c" * 40, 50)
KEY = suggestion_key(PULL_REQUEST, "suggestion-1")


def posted(id_: str = "1", key: str = KEY, seq: int = 10, **more: Any) -> Posted[Suggestion]:
    content = replace(Suggestion("a.json", 3, 4, "Body", "c" * 40), **more)
    return Posted(id_, Mark(key, "c" * 40, seq, digest(content.body)), content)


@dataclass
class Lines:
    """A place that keeps what is asked of it."""

    standing: list[Posted[Suggestion]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def find(self, key: str) -> list[Posted[Suggestion]]:
        return [each for each in self.standing if each.mark.key == key]

    def create(self, draft: Draft[Suggestion]) -> str:
        self.asked.append(("create", draft.content.body))
        return "9"

    def update(self, which: Posted[Suggestion], draft: Draft[Suggestion]) -> None:
        self.asked.append((f"update {which.id}", draft.mark.key))

    def remove(self, which: Posted[Suggestion]) -> None:
        self.asked.append(("remove", which.id))


def test_keys_of_all_begin_alike_and_with_nobody_elses() -> None:
    assert KEY.startswith(suggestion_key(PULL_REQUEST))
    assert not suggestion_key(replace(PULL_REQUEST, number=123), "suggestion-1").startswith(
        suggestion_key(PULL_REQUEST)
    )


@pytest.mark.parametrize(
    ("place", "stays"), [({}, True), ({"path": "b.json"}, False), ({"start": 4}, False), ({"end": 0}, False)]
)
def test_a_note_fits_that_is_on_the_lines(place: dict[str, Any], stays: bool) -> None:
    assert fits(posted(**place), WANTED) is stays
    assert (withdrawals([posted(**place)], [WANTED], frozenset(), PULL_REQUEST, VERSION) == []) is stays


def test_only_notes_on_the_lines_are_known_and_all_else_goes_through() -> None:
    place = Lines([posted("1", end=0), posted("2"), posted("3", key="other")])
    there = OnItsLines(place, WANTED)
    assert [each.id for each in there.find(KEY)] == ["2"]
    draft = suggestion(PULL_REQUEST, VERSION, WANTED)(())
    assert there.create(draft) == "9"
    there.update(posted("2"), draft)
    there.remove(posted("2"))
    there.remove(posted("2", answered=True))
    assert place.asked == [("create", "Body"), ("update 2", KEY), ("remove", "2"), ("update 2", f"{KEY}{OVER}")]


def test_what_it_says_does_not_hang_on_where_it_is() -> None:
    there, below = (suggestion(PULL_REQUEST, VERSION, replace(WANTED, start=at))(()) for at in (3, 30))
    assert there.mark == below.mark
    assert (below.content.start, below.content.end, below.content.commit) == (30, 31, VERSION.sha)


def test_it_is_said_whether_what_it_was_about_is_gone() -> None:
    (still,) = withdrawals([posted(answered=True)], [], frozenset({"suggestion-1"}), PULL_REQUEST, VERSION)
    (gone,) = withdrawals([posted(answered=True)], [], frozenset(), PULL_REQUEST, VERSION)
    assert "out of date" in still.instead.content.body
    assert "Settled" in gone.instead.content.body
    assert (gone.action, gone.instead.mark.digest) == (Action.SETTLE, digest(gone.instead.content.body))


def test_what_is_over_is_over_and_what_a_later_run_wrote_is_its_own() -> None:
    ended = over(posted(), is_settled=True)
    assert not is_living(Posted("1", ended.mark, ended.content))
    standing = [Posted("1", ended.mark, ended.content), posted("2", seq=VERSION.seq + 1), posted("3", seq=VERSION.seq)]
    assert [each.posted.id for each in withdrawals(standing, [], frozenset(), PULL_REQUEST, VERSION)] == ["3"]


def test_a_note_goes_and_one_that_people_talk_under_stays() -> None:
    place = Lines()
    withdraw(place, posted("1"), over(posted("1"), is_settled=True))
    withdraw(place, posted("2", answered=True), over(posted("2"), is_settled=True))
    assert place.asked == [("remove", "1"), ("update 2", f"{KEY}{OVER}")]


@pytest.mark.parametrize(
    ("patch", "there"),
    [
        ("@@ -1,2 +1,4 @@\n a\n b\n+x\n+y", True),
        ("@@ -1,2 +1,3 @@\n a\n b\n+x\n@@ -9 +4 @@\n+y", False),
        ("@@ -1,2 +1,4 @@\n a\n b\n+x\n+Y", False),
        ("", False),
    ],
)
def test_it_can_stand_where_one_hunk_has_its_lines_as_they_were_judged(patch: str, there: bool) -> None:
    assert is_shown(WANTED, patch) is there
