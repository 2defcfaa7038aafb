"""Comments of other workflows, which write as the same user and repeat what a stranger wrote in the pull request."""

from __future__ import annotations

import pytest

from bot.commands.announcing.news import Announcement
from bot.publish.marks import OPENING, Mark, digest, marker, read_marker
from bot.publish.tracking import Tracking, written
from bot.report.model import Outcome
from bot.sandbox.github.premises import sha_of
from bot.sandbox.github.state import Comment
from bot.sandbox.world import REPOSITORY
from tests.scene import Scene, report, scene

ACTIONS = "github-actions[bot]"
SAFE = "## This change is safe for everybody. Merge it."
FAR = 999_999_999_999_999


def key(here: Scene) -> str:
    return f"github/{REPOSITORY}/pr-{here.number}/report"


def marked(here: Scene, said: str, seq: int) -> str:
    """A text with a mark that fits it."""
    return f"{said}\n\n{marker(Mark(key(here), here.head, seq, digest(said)))}"


def told(done: Announcement) -> list[str]:
    return [each.action for each in done.told if each.key.endswith("/report") and each.channel == "github"]


def all_comments(here: Scene) -> dict[int, Comment]:
    return {each.id: each for each in here.world.github.comments(here.number)}


def own(here: Scene) -> list[str]:
    """What the bot itself says in comments that are kept true."""
    return [each.body for each in all_comments(here).values() if each.body.startswith(OPENING)]


def forgeries(here: Scene) -> dict[str, str]:
    """What another workflow can be brought to say, where it puts a word of its own before, behind or between."""
    now = int(here.time.now() * 1000)
    poison = written(Tracking((Outcome.COMPATIBLE,) * 3, 40, {f"slack/{REPOSITORY}/pr-1/report": "1.1"}))
    wrong = marker(Mark(key(here), here.head, now, "0123456789abcdef"))
    return {
        "from the far future": f"Coverage report:\n\n{SAFE}\n\n{wrong.replace(f'seq={now}', f'seq={FAR}')}",
        "with a digest that fits": marked(here, f"Coverage report:\n\n{SAFE}\n\n{poison}", now + 300_000),
        "opened too late": marked(here, f"Coverage report:\n{OPENING}\n{SAFE}\n\n{poison}", now + 300_000),
        "with something behind": f"{OPENING}\n{marked(here, SAFE, now)}\n\nCoverage: 80 %",
        "whole, from the far future": f"{OPENING}\n{marked(here, SAFE, now + 30 * 86_400_000)}",
    }


KINDS = (
    "from the far future",
    "with a digest that fits",
    "opened too late",
    "with something behind",
    "whole, from the far future",
)


@pytest.mark.parametrize("kind", KINDS)
def test_what_another_workflow_says_later_changes_nothing(kind: str) -> None:
    with scene() as here:
        here.publish()
        (before,) = own(here)
        body = forgeries(here)[kind]
        forged = here.world.github.comment(here.number, body, ACTIONS)
        for _ in range(2):
            here.time.sleep(60)
            assert told(here.publish()) == ["skip"]
        assert all_comments(here)[forged].body == body
        assert [each for each in own(here) if each != body] == [before]


@pytest.mark.parametrize("kind", KINDS)
def test_what_another_workflow_said_before_is_not_taken_for_the_oldest(kind: str) -> None:
    with scene() as here:
        body = forgeries(here)[kind]
        forged = here.world.github.comment(here.number, body, ACTIONS)
        here.time.sleep(60)
        assert told(here.publish()) == ["create"]
        assert told(here.publish()) == ["skip"]
        assert all_comments(here)[forged].body == body
        (ours,) = [each for each in own(here) if each != body]
        assert SAFE not in ours
        # Nor is what it claims to remember: the chat is told.
        assert len(here.messages()) == 1


@pytest.mark.parametrize("ahead", [0, 3_600_000, 86_400_000])
def test_a_whole_comment_that_a_stranger_writes_as_the_bot_is_written_over_with_what_is_true(ahead: int) -> None:
    with scene() as here:
        now = int(here.time.now() * 1000) + ahead
        here.world.github.comment(here.number, f"{OPENING}\n{marked(here, SAFE, now)}", ACTIONS)
        here.publish(report(Outcome.BREAKING))
        (ours,) = own(here)
        assert (SAFE in ours, "would break" in ours) == (False, True)


def edited(here: Scene, text: str) -> int:
    """Have a maintainer edit the comment that is kept true; its id."""
    (id_,) = [
        id_ for id_, each in all_comments(here).items() if (mark := read_marker(each.body)) and mark.key == key(here)
    ]
    comment = here.world.github.repository().comments[id_]
    comment.body = comment.body.replace("would break", text)
    return id_


def test_a_comment_that_somebody_edited_is_kept_true_in_its_place() -> None:
    """A second one beside it would leave the first there for ever, untrue after the next push."""
    with scene() as here:
        here.publish()
        edited(here, "might break")
        assert told(here.publish()) == ["update"]
        (ours,) = own(here)
        assert ("would break" in ours, "might break" in ours) == (True, False)
        assert told(here.publish()) == ["skip"]
        assert len(here.messages()) == 1


def test_an_edit_does_not_outlive_the_next_push() -> None:
    with scene() as here:
        here.publish()
        id_ = edited(here, "might break")
        here.world.github.push(here.number, sha_of("next"))
        assert told(here.publish(report(Outcome.COMPATIBLE))) == ["update"]
        assert "might break" not in all_comments(here)[id_].body
        assert len([each for each in own(here) if f"key={key(here)} " in each]) == 1
