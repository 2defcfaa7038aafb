from __future__ import annotations

import pytest

from bot.adapters.github import GitHub
from bot.adapters.github_comments import Comments
from bot.publish.marks import OPENING, Mark, marker, read_marker
from bot.publish.messages import MOST
from bot.publish.places import Ambiguous, Draft, Gone, Posted, Refused, Unavailable
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.world import World
from tests.adapters.conftest import Open
from tests.adapters.outside import KEY, TEXT, mark, outcome, refusal, requests

BOT = "github-actions[bot]"
MARKED = f"{OPENING}\n{TEXT}\n\n{marker(mark())}"

NEWS = mark(2, text="News")


@pytest.fixture
def number(world: World) -> int:
    return world.github.open_pull_request(fork=True)


@pytest.fixture
def comments(github: GitHub, number: int) -> Comments:
    return Comments(github, number)


def bodies(world: World) -> list[str]:
    return [each.body for each in world.github.repository().comments.values()]


def test_a_comment_is_made_found_changed_and_removed(world: World, comments: Comments) -> None:
    assert comments.find(KEY) == ()
    made = comments.create(Draft(mark(), TEXT))
    assert comments.find(KEY) == (Posted(made, mark(), TEXT),)
    comments.update(comments.find(KEY)[0], Draft(NEWS, "News"))
    assert comments.find(KEY) == (Posted(made, NEWS, "News"),)
    assert read_marker(bodies(world)[0]) == NEWS
    comments.remove(comments.find(KEY)[0])
    assert bodies(world) == []


def test_each_step_is_one_request_and_who_the_bot_is_is_learnt_from_what_it_wrote(
    world: World, number: int, comments: Comments
) -> None:
    listing = f"GET issues/{number}/comments"
    assert requests(world, lambda: comments.find(KEY)) == [listing]
    assert requests(world, lambda: comments.create(Draft(mark(), TEXT))) == [f"POST issues/{number}/comments"]
    assert requests(world, lambda: comments.find(KEY)) == [listing]
    posted = comments.find(KEY)[0]
    assert requests(world, lambda: comments.update(posted, Draft(mark(2), "x"))) == [
        f"PATCH issues/comments/{posted.id}"
    ]
    assert requests(world, lambda: comments.remove(posted)) == [f"DELETE issues/comments/{posted.id}"]


def test_in_a_later_run_it_asks_who_it_is(world: World, number: int, open_github: Open) -> None:
    world.github.comment(number, MARKED, BOT)
    comments = Comments(open_github(), number)
    assert requests(world, lambda: comments.find(KEY)) == [f"GET issues/{number}/comments", "GET user", "POST graphql"]


def test_under_a_wrong_name_it_finds_its_own_and_says_so_once(
    world: World, number: int, open_github: Open, caplog: pytest.LogCaptureFixture
) -> None:
    own = world.github.comment(number, MARKED, BOT)
    comments = Comments(open_github(login="misspelt[bot]"), number)
    for _ in range(2):
        assert [posted.id for posted in comments.find(KEY)] == [str(own)]
    (said,) = caplog.messages
    assert "expects the bot to write as 'misspelt[bot]', and it writes as 'github-actions[bot]'" in said


def test_what_was_written_without_a_word_on_who_wrote_it_leaves_a_wrong_name_in_doubt(
    world: World, number: int, open_github: Open
) -> None:
    own = world.github.comment(number, MARKED, BOT)
    github = open_github(login="misspelt[bot]")
    github.learn(None)
    assert [posted.id for posted in Comments(github, number).find(KEY)] == [str(own)]


def test_a_forged_mark_makes_it_ask_once_and_nobody_else_of_it(
    world: World, number: int, open_github: Open, caplog: pytest.LogCaptureFixture
) -> None:
    world.github.comment(number, MARKED, "mallory")
    comments = Comments(open_github(login=BOT), number)
    listing = f"GET issues/{number}/comments"
    assert requests(world, lambda: comments.find(KEY)) == [listing, "GET user", "POST graphql"]
    assert requests(world, lambda: comments.find(KEY)) == [listing]
    assert (comments.find(KEY), caplog.messages) == ((), [])


def unasked(world: World) -> None:
    """A server that does not say who a token is."""
    world.faults.add(
        Fault(Kind.NOT_FOUND, when=lambda asked: asked.request.path.endswith(("/user", "/graphql")), times=9)
    )


def test_where_nobody_can_say_who_it_is_it_is_the_one_app_that_wrote_with_its_mark(
    world: World, number: int, open_github: Open
) -> None:
    unasked(world)
    world.github.comment(number, MARKED, "mallory")
    own = world.github.comment(number, MARKED, "acme-standards[bot]")
    comments = Comments(open_github(), number)
    for _ in range(2):
        assert [posted.id for posted in comments.find(KEY)] == [str(own)]


@pytest.mark.parametrize("others", [["mallory"], ["one[bot]", "two[bot]"]])
def test_nor_is_it_a_person_or_one_app_among_several(
    world: World, number: int, open_github: Open, others: list[str]
) -> None:
    unasked(world)
    for each in others:
        world.github.comment(number, MARKED, each)
    assert Comments(open_github(), number).find(KEY) == ()


def test_where_nobody_can_tell_who_it_is_the_name_that_was_given_stands(
    world: World, number: int, open_github: Open
) -> None:
    world.github.comment(number, MARKED, "mallory")
    comments = Comments(open_github(login="misspelt[bot]"), number)
    world.faults.add(Fault(Kind.NOT_FOUND, at=2), Fault(Kind.NOT_FOUND, at=3))
    assert comments.find(KEY) == ()


def test_the_oldest_comes_first(world: World, number: int, comments: Comments) -> None:
    ids = [world.github.comment(number, MARKED, BOT) for _ in range(3)]
    assert [posted.id for posted in comments.find(KEY)] == [str(each) for each in ids]


def test_comments_are_found_on_every_page(world: World, number: int, comments: Comments) -> None:
    for _ in range(230):
        world.github.comment(number, "Hello.")
    last = world.github.comment(number, MARKED, BOT)
    assert [posted.id for posted in comments.find(KEY)] == [str(last)]


@pytest.mark.parametrize(
    ("body", "author"),
    [
        (MARKED, "mallory"),
        (MARKED, "github-actions"),
        (f"{MARKED}\nand more", BOT),
        (f"> {MARKED.replace(chr(10), chr(10) + '> ')}", BOT),
        (f"{TEXT} {marker(mark())}", BOT),
        (f"{OPENING}\n{TEXT}\n{marker(mark(key='another/key'))}", BOT),
        (TEXT, BOT),
        # Other workflows write under the same name, and repeat what strangers say.
        (f"{TEXT}\n\n{marker(mark())}", BOT),
        (f"Coverage:\n{MARKED}", BOT),
        (f"Coverage:\n{TEXT}\n\n{marker(mark(text=f'Coverage:{chr(10)}{TEXT}'))}", BOT),
        (f"{OPENING}\n{TEXT}\n\n{marker(Mark(KEY, '1a2b3c4', 999_999_999_999_999, mark().digest))}", BOT),
    ],
)
def test_what_is_not_marked_by_the_bot_is_not_its_own(
    world: World, number: int, comments: Comments, body: str, author: str
) -> None:
    world.github.comment(number, body, author)
    assert comments.find(KEY) == ()


def test_a_quiet_marker_stays_apart_from_a_table(world: World, comments: Comments) -> None:
    table = "| a |\n|---|\n| b |\n"
    comments.create(Draft(mark(text=table), table))
    assert bodies(world)[0].splitlines()[-3:-1] == ["| b |", ""]
    assert comments.find(KEY)[0].content == "| a |\n|---|\n| b |"


@pytest.mark.parametrize(("over", "ends"), [(-1, "fine"), (0, "fine"), (1, "Refused")])
def test_a_comment_has_room_for_its_text_and_its_mark(world: World, comments: Comments, over: int, ends: str) -> None:
    content = "x" * (MOST - len(f"{OPENING}\n") - len(marker(mark())) - 2 + over)
    assert outcome(lambda: comments.create(Draft(mark(), content))) == ends
    assert [len(body) for body in bodies(world)] == ([MOST + over] if ends == "fine" else [])


def test_what_is_removed_already_is_removed(world: World, number: int, comments: Comments) -> None:
    id_ = world.github.comment(number, MARKED, BOT)
    posted = comments.find(KEY)[0]
    world.github.delete_comment(id_)
    comments.remove(posted)
    refusal(lambda: comments.update(posted, Draft(mark(2), TEXT)), Gone)


def test_a_pull_request_that_was_deleted(world: World, number: int, comments: Comments) -> None:
    world.github.delete_issue(number)
    refusal(lambda: comments.find(KEY), Gone)
    refusal(lambda: comments.create(Draft(mark(), TEXT)), Gone)


def test_an_empty_answer_is_not_an_empty_list(world: World, number: int, comments: Comments) -> None:
    world.github.comment(number, MARKED, BOT)
    world.faults.add(Fault(Kind.EMPTY_AFTER, at=1))
    refusal(lambda: comments.find(KEY), Unavailable)
    assert len(comments.find(KEY)) == 1


@pytest.mark.parametrize("kind", [Kind.EMPTY_AFTER, Kind.TRUNCATED_AFTER, Kind.ERROR_502_AFTER, Kind.RESET_AFTER])
def test_a_comment_whose_answer_is_lost_is_not_sent_again(world: World, comments: Comments, kind: Kind) -> None:
    world.faults.add(Fault(kind, at=1))
    refusal(lambda: comments.create(Draft(mark(), TEXT)), Ambiguous)
    assert len(bodies(world)) == 1


def test_a_later_page_that_fails_is_no_shorter_list(world: World, number: int, comments: Comments) -> None:
    for _ in range(120):
        world.github.comment(number, "Hello.")
    world.faults.add(Fault(Kind.PAGE_FAILED))
    refusal(lambda: comments.find(KEY), Unavailable)


def test_what_github_does_not_take_is_refused_in_its_words(world: World, comments: Comments) -> None:
    posted = Posted("1", mark(), TEXT)
    world.faults.add(Fault(Kind.REDIRECTED, at=1))
    assert "elsewhere" in refusal(lambda: comments.update(posted, Draft(mark(), TEXT)), Refused).message
