from __future__ import annotations

import pytest

from bot.adapters.signing import signed
from bot.publish.marks import Mark, digest
from bot.publish.messages import MOST, TrackingComment, Version, comment_key, memory
from bot.publish.places import Draft, Posted, Refused
from bot.publish.tracking import Learned, without
from bot.report.model import Outcome
from bot.report.subject import PullRequest
from tests.scene import report

PULL = PullRequest("o/r", 1, "A change", "somebody", "https://forge.example/1", "b0", "a1", base_ref="main")


def composed(seq: int, body: str, found: list[Posted[str]], ids: dict[str, str], sha: str = "a1") -> Draft[str]:
    said = TrackingComment(
        report(Outcome.BREAKING), PULL, Version(sha, seq), lambda _: body, quietly=False, worth_it=True
    )
    return said.composer(Learned(ids))(found)


def standing(draft: Draft[str], id_: str = "1") -> Posted[str]:
    return Posted(id_, draft.mark, draft.content)


def test_an_older_run_leaves_what_a_newer_one_says_and_adds_the_ids_that_it_alone_knows() -> None:
    newer = standing(composed(9, "newer", [], {"slack/report": "2.0"}))
    draft = composed(5, "older", [newer], {"slack-uk/report": "3.0"})
    assert (without(draft.content), draft.mark.seq) == ("newer", 9)
    assert memory([standing(draft)]).ids == {"slack/report": "2.0", "slack-uk/report": "3.0"}
    assert draft.mark == Mark(comment_key(PULL), "a1", 9, digest(draft.content))


def test_an_older_run_that_has_nothing_to_add_writes_nothing() -> None:
    newer = standing(composed(9, "newer", [], {"slack/report": "2.0"}))
    assert composed(5, "older", [newer], {"slack/report": "2.0"}).mark == newer.mark


def test_what_was_said_of_another_commit_is_written_over_whatever_its_number() -> None:
    other = standing(composed(9, "of another commit", [], {"slack/report": "2.0"}, sha="c3"))
    draft = composed(5, "now", [other], {})
    assert (without(draft.content), memory([standing(draft)]).ids) == ("now", {"slack/report": "2.0"})


@pytest.mark.parametrize("channels", [0, 1, 40, 150])
@pytest.mark.parametrize("spare", [-1, 0, 1])
def test_what_is_said_has_the_room_that_memory_leaves(channels: int, spare: int) -> None:
    """At one character less than the limit, at the limit, and where one more would not fit."""
    ids = {f"a-channel-{at}:C0123456789/o/r/pr-1/report": f"1790000000.{at:06}" for at in range(channels)}
    rooms: list[int] = []

    def body(room: int) -> str:
        rooms.append(room)
        return "x" * min(room, room + spare)

    said = TrackingComment(report(Outcome.BREAKING), PULL, Version("a1", 9), body, quietly=False, worth_it=True)
    draft = said.composer(Learned(ids))([])
    whole = signed(draft.content, draft.mark, MOST, "the comment", shared=True)
    assert len(whole) == MOST + min(spare, 0)
    with pytest.raises(Refused):
        signed(f"x{draft.content}", draft.mark, len(whole), "the comment", shared=True)
    assert memory([standing(draft)]).ids == ids


def test_what_a_newer_run_says_is_left_alone_where_what_we_know_has_no_room_beside_it() -> None:
    newer = standing(composed(9, "x" * (MOST - 400), [], {}))
    assert composed(5, "older", [newer], {"k" * 150: "1.0", "l" * 150: "2.0"}) == Draft(newer.mark, newer.content)
