"""Comments on lines: written at lines of the diff, found by author and mark, wherever their lines are by now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.adapters.github import GitHub
from bot.adapters.github_suggestions import MOST, Suggestions, patches
from bot.publish.marks import OPENING, marker
from bot.publish.places import Ambiguous, Draft, Posted, Refused, Unavailable, Unfit
from bot.render.contents import Suggestion
from bot.sandbox.exchange import json_answer
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.github.diffs import changed_file
from bot.sandbox.github.premises import sha_of
from bot.sandbox.world import FORK_TOKEN, World
from tests.adapters.conftest import Open
from tests.adapters.outside import KEY, TEXT, Script, mark, refusal, requests

PATH = "schema/service.json"
BASE = "".join(f"line {at}\n" for at in range(1, 41))
HEAD = BASE.replace("line 3\n", "line three\n")
FILES = (changed_file(PATH, BASE, HEAD),)
COMMIT = "a" * 40
WANTED = Suggestion(PATH, 3, 3, TEXT, COMMIT)
NEWS = mark(2, text="News")
BOT = "github-actions[bot]"


@pytest.fixture
def number(world: World) -> int:
    return world.github.open_pull_request(fork=True, files=FILES, head_sha=COMMIT)


@pytest.fixture
def suggestions(github: GitHub, number: int) -> Suggestions:
    return Suggestions(github, number)


def bodies(world: World) -> list[str]:
    return [each.body for each in world.github.repository().notes.values()]


def test_a_suggestion_is_made_found_changed_and_removed(world: World, suggestions: Suggestions) -> None:
    assert suggestions.find(KEY) == ()
    made = suggestions.create(Draft(mark(), WANTED))
    assert suggestions.find(KEY) == (Posted(made, mark(), WANTED),)
    suggestions.update(suggestions.find(KEY)[0], Draft(NEWS, replace(WANTED, body="News")))
    assert suggestions.find(KEY) == (Posted(made, NEWS, replace(WANTED, body="News")),)
    suggestions.remove(suggestions.find(KEY)[0])
    assert suggestions.find(KEY) == ()
    assert bodies(world) == []


def test_several_lines_have_a_first_and_a_last(suggestions: Suggestions) -> None:
    wanted = replace(WANTED, start=2, end=5)
    suggestions.create(Draft(mark(), wanted))
    assert [each.content for each in suggestions.find(KEY)] == [wanted]


def test_one_list_answers_for_several_keys_until_something_is_written(world: World, suggestions: Suggestions) -> None:
    one, other = (mark(key=f"{KEY}-{name}") for name in "ab")

    def several() -> None:
        assert suggestions.standing(KEY) == ()
        assert suggestions.find(one.key) == ()
        suggestions.create(Draft(one, WANTED))
        assert len(suggestions.find(one.key)) == 1
        assert suggestions.find(other.key) == ()
        suggestions.create(Draft(other, WANTED))
        assert len(suggestions.find(other.key)) == 1
        assert len(suggestions.find(one.key)) == 1
        # Whoever asks again wants to know what has become of it.
        assert len(suggestions.find(one.key)) == 1

    listing, writing = "GET pulls/1/comments", "POST pulls/1/comments"
    assert requests(world, several) == [listing, writing, listing, writing, listing, listing]


def test_after_a_removal_nothing_is_asked_again(world: World, suggestions: Suggestions) -> None:
    made = suggestions.create(Draft(mark(), WANTED))
    (posted,) = suggestions.standing(KEY)

    def removed() -> None:
        suggestions.remove(posted)
        assert suggestions.find(KEY) == ()

    assert requests(world, removed) == [f"DELETE pulls/comments/{made}"]
    suggestions.remove(posted)  # somebody was faster


def test_lines_that_move_are_followed_and_lines_that_go_are_none(
    world: World, number: int, suggestions: Suggestions
) -> None:
    suggestions.create(Draft(mark(), WANTED))
    world.github.push(number, "b" * 40, files=[changed_file(PATH, BASE, "new\n" + HEAD)])
    assert [(each.content.end, each.content.commit) for each in suggestions.find(KEY)] == [(4, "b" * 40)]
    world.github.push(number, "c" * 40, files=[changed_file(PATH, BASE, "other\n" + BASE)])
    assert [(each.content.start, each.content.end) for each in suggestions.find(KEY)] == [(0, 0)]


def test_it_is_known_that_people_talk_under_it(world: World, suggestions: Suggestions) -> None:
    made = suggestions.create(Draft(mark(), WANTED))
    assert not suggestions.find(KEY)[0].content.answered
    world.github.answer(int(made), f"Why?\n\n{marker(mark())}", BOT)
    (found,) = suggestions.find(KEY)
    assert (found.id, found.content.answered) == (made, True)


def test_a_mark_that_others_wrote_is_none(world: World, number: int, suggestions: Suggestions) -> None:
    world.github.note(number, PATH, 3, f"{OPENING}\n{TEXT}\n\n{marker(mark())}", "villain")
    assert suggestions.find(KEY) == ()
    made = suggestions.create(Draft(mark(), WANTED))
    assert [each.id for each in suggestions.find(KEY)] == [made]


def test_two_that_stand_are_told_the_oldest_first_from_all_pages(
    world: World, number: int, suggestions: Suggestions
) -> None:
    made = [world.github.note(number, PATH, 3, f"{OPENING}\n{TEXT}\n\n{marker(mark())}", BOT) for _ in range(205)]
    suggestions.create(Draft(mark(key="another"), WANTED))
    assert [int(each.id) for each in suggestions.find(KEY)] == made


@pytest.mark.parametrize(
    "wanted",
    [replace(WANTED, start=20, end=20), replace(WANTED, start=5, end=20), replace(WANTED, path="elsewhere.json")],
)
def test_lines_that_the_diff_does_not_have_are_refused_as_such(suggestions: Suggestions, wanted: Suggestion) -> None:
    problem = refusal(lambda: suggestions.create(Draft(mark(), wanted)), Unfit)
    assert "422" in problem.message
    assert suggestions.find(KEY) == ()


def test_other_refusals_are_others(number: int, open_github: Open) -> None:
    suggestions = Suggestions(open_github(token=FORK_TOKEN), number)
    problem = refusal(lambda: suggestions.create(Draft(mark(), WANTED)), Refused)
    assert not isinstance(problem, Unfit)
    assert "pull-requests: write" in problem.hint


@pytest.mark.parametrize("kind", [Kind.RESET_AFTER, Kind.TRUNCATED_AFTER, Kind.ERROR_502])
def test_an_answer_that_is_lost_is_looked_for(world: World, suggestions: Suggestions, kind: Kind) -> None:
    world.faults.add(Fault(kind, when=lambda each: each.writes))
    refusal(lambda: suggestions.create(Draft(mark(), WANTED)), Ambiguous)
    assert len(suggestions.find(KEY)) == kind.applied


def test_a_list_that_fails_is_no_list(world: World, suggestions: Suggestions) -> None:
    world.faults.add(Fault(Kind.ERROR_502))
    refusal(lambda: suggestions.standing(KEY), Unavailable)
    assert suggestions.find(KEY) == ()


def test_what_is_too_long_is_not_sent(world: World, suggestions: Suggestions) -> None:
    long = replace(WANTED, body="x" * MOST)
    assert requests(world, lambda: refusal(lambda: suggestions.create(Draft(mark(), long)), Refused)) == []


def test_an_answer_without_a_form_is_none(script: Script, served: str) -> None:
    github = GitHub("token", served, "o/r")
    script.answers = [json_answer([{"id": 5, "line": "x", "body": ""}])]
    refusal(lambda: Suggestions(github, 1).standing(KEY), Unavailable)
    script.answers = [json_answer([{"patch": "@@"}])]
    refusal(lambda: patches(github, 1), Unavailable)
    github.close()


def test_patches_are_those_of_the_files_that_show_one(world: World, github: GitHub) -> None:
    hidden = {**changed_file("large.json", BASE, HEAD)}
    del hidden["patch"]
    moved = changed_file("new/name.json", BASE, HEAD, renamed_from="name.json")
    more = [changed_file(f"{at}.json", None, "x\n") for at in range(100)]
    number = world.github.open_pull_request(files=(*FILES, hidden, moved, *more))
    found = patches(github, number)
    assert len(found) == 102
    assert found[PATH] == FILES[0]["patch"] == found["new/name.json"]
    assert "large.json" not in found


def test_a_pull_request_says_how_many_stand(world: World, number: int, github: GitHub) -> None:
    assert github.pull_request(number).notes == 0
    world.github.note(number, PATH, 3, "x")
    assert github.pull_request(number).notes == 1
    world.github.push(number, sha_of("x"))
    assert [each.notes for each in github.open_pull_requests()] == [None]
