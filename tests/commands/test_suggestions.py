"""Suggestions on lines in the life of a pull request: a few, each once, where its lines are, gone with its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cli.outcomes import say
from bot.commands.announcing.news import Announcement, Told
from bot.community.noise import MOST_SUGGESTIONS
from bot.compat.changes import ABSENT, Change
from bot.publish.marks import OPENING, marker, read_marker
from bot.publish.places import Refused
from bot.report.model import Outcome, Report
from bot.report.rewriting import rewritten
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.github.diffs import changed_file
from bot.sandbox.github.premises import sha_of
from bot.sandbox.world import FORK_TOKEN
from tests.scene import BASE, HEAD, PATH, Scene, report, scene

COMPATIBLE = Outcome.COMPATIBLE
OTHER_LINES = BASE.replace('["id"]', '["id", "url", "name"]')


def done(announcement: Announcement) -> list[str]:
    """What became of the suggestions."""
    return [each.action for each in announcement.told if "/suggestion-" in each.key]


def many(number: int) -> Report:
    """A report on as many changes, each with an edit of a line of its own."""
    base = "".join(f"line {at}\n" for at in range(number))
    said = report()
    changes = []
    for at in range(number):
        change = Change("term-removed", "service", ("properties", f"t{at}"), "", {}, ABSENT)
        edit = rewritten(f"keep t{at}", PATH, "", {}, base, base.replace(f"line {at}\n", f"LINE {at}\n"))
        changes.append(replace(said.profiles[0].changes[0], change=change, repair=edit))
    return replace(said, profiles=(replace(said.profiles[0], changes=tuple(changes)),))


def file_of(number: int) -> dict[str, object]:
    return dict(changed_file(PATH, None, "".join(f"line {at}\n" for at in range(number))))


def places(here: Scene) -> list[tuple[int, int]]:
    return [(each.end - len(each.lines) + 1 if each.end else 0, each.end) for each in here.suggestions()]


def test_a_repair_stands_on_its_lines_and_the_comment_leads_to_it() -> None:
    with scene() as here:
        assert done(here.publish()) == ["create"]
        (one,) = here.suggestions()
        assert (one.path, one.end, one.commit) == (PATH, 6, here.head)
        assert '```suggestion\n  "required": ["id"]\n```' in one.body
        address = f"https://github.com/open-standard/specification/pull/{here.number}#discussion_r{one.id}"
        (said,) = here.comments()
        assert f"[Commit the suggestion below]({address})" in said
        assert "Edit the file" not in said


def test_an_unchanged_report_writes_nothing_again_and_asks_for_no_diff() -> None:
    with scene() as here:
        here.publish()
        before = len(here.world.log)
        assert done(here.publish()) == ["skip"]
        assert here.writes(before) == []
        paths = [entry.path for entry in here.world.log[before:]]
        assert sum(path.endswith(f"/pulls/{here.number}/comments") for path in paths) == 1
        assert not [path for path in paths if path.endswith("/files")]


def test_where_nothing_is_to_be_repaired_and_nothing_stands_nothing_is_asked() -> None:
    with scene() as here:
        here.publish(report(repair=None))
        here.publish(report(COMPATIBLE))
        assert not [entry for entry in here.world.log if "/comments" in entry.path and "/pulls/" in entry.path]


def test_more_than_a_few_are_not_suggested_and_the_comment_says_where_the_others_are() -> None:
    assert MOST_SUGGESTIONS == 3
    with scene(files=[file_of(5)]) as here:
        assert done(here.publish(many(5))) == ["create"] * 3
        assert places(here) == [(1, 1), (2, 2), (3, 3)]
        (said,) = here.comments()
        assert "Commit the suggestions below, for changes [1](" in said
        assert "stand above, for changes 4 and 5." in said
        assert said.count("Edit the file") == 2


def test_several_are_listed_once_each_and_not_once_for_each() -> None:
    with scene(files=[file_of(3)]) as here:
        here.publish(many(3))
        asked = [entry for entry in here.world.log if entry.path.endswith(f"/pulls/{here.number}/comments")]
        assert [entry.method for entry in asked] == ["GET", "POST"] * 3 + ["GET"]


def test_those_that_stand_stay_whatever_is_more_serious_by_now() -> None:
    with scene(files=[file_of(5)]) as here:
        said = many(5)
        here.publish(said)
        before = [each.id for each in here.suggestions()]
        (profile,) = said.profiles
        turned = replace(said, profiles=(replace(profile, changes=tuple(reversed(profile.changes))),))
        here.publish(turned)
        assert [each.id for each in here.suggestions()] == before


def test_when_one_goes_there_is_room_for_another() -> None:
    with scene(files=[file_of(4)]) as here:
        said = many(4)
        here.publish(said)
        (profile,) = said.profiles
        fewer = replace(said, profiles=(replace(profile, changes=profile.changes[1:]),))
        assert done(here.publish(fewer)) == ["remove", "skip", "skip", "create"]
        assert places(here) == [(2, 2), (3, 3), (4, 4)]


def test_ten_pushes_elsewhere_in_the_file_are_one_suggestion() -> None:
    with scene() as here:
        for push in range(10):
            above = "\n" * push
            here.world.github.push(here.number, sha_of(str(push)), files=[changed_file(PATH, BASE, above + HEAD)])
            edit = rewritten("leave service.url optional", PATH, "/required", ["id"], above + HEAD, above + BASE)
            here.publish(report(repair=edit))
        assert [each.end for each in here.suggestions()] == [6 + 9]
        posts = [entry for entry in here.world.log if entry.method == "POST" and entry.path.endswith("/comments")]
        assert len([entry for entry in posts if "/pulls/" in entry.path]) == 1


def pushed(here: Scene, head: str) -> Report:
    """The pull request with another file, and the report on it."""
    here.world.github.push(here.number, sha_of(head), files=[changed_file(PATH, BASE, head)])
    return report(repair=rewritten("leave service.url optional", PATH, "/required", ["id"], head, BASE))


def test_one_whose_lines_are_others_now_is_replaced_and_never_doubled() -> None:
    with scene() as here:
        here.publish()
        (old,) = here.suggestions()
        assert done(here.publish(pushed(here, OTHER_LINES))) == ["remove", "create"]
        (new,) = here.suggestions()
        assert (new.id != old.id, new.end) == (True, 6)
        assert f"#discussion_r{new.id})" in here.comments()[0]
        before = len(here.world.log)
        here.publish(pushed(here, OTHER_LINES))
        assert here.writes(before) == []


def test_one_that_was_answered_stays_and_says_that_it_is_out_of_date() -> None:
    with scene() as here:
        here.publish()
        (old,) = here.suggestions()
        here.world.github.answer(old.id, "Why not?")
        assert done(here.publish(pushed(here, OTHER_LINES))) == ["settle", "create"]
        assert len(here.suggestions()) == 1
        (left,) = [each for each in here.world.github.notes(here.number) if each.id == old.id]
        assert left.body.startswith(f"{OPENING}\n*This suggestion is out of date.")
        assert "```" not in left.body
        before = len(here.world.log)
        assert done(here.publish(pushed(here, OTHER_LINES))) == ["skip"]
        assert here.writes(before) == []


def test_when_the_break_is_gone_so_is_the_suggestion() -> None:
    with scene() as here:
        here.publish()
        here.world.github.push(here.number, sha_of("mended"), files=[changed_file(PATH, BASE, BASE + "\n")])
        assert done(here.publish(report(COMPATIBLE))) == ["remove"]
        assert here.world.github.notes(here.number) == ()
        assert "suggestion" not in here.comments()[0]


def test_when_the_break_is_gone_and_people_talk_about_it_it_is_said_to_be_settled_once() -> None:
    with scene() as here:
        here.publish()
        (one,) = here.suggestions()
        here.world.github.answer(one.id, "Thanks!")
        here.world.github.push(here.number, sha_of("mended"))
        assert done(here.publish(report(COMPATIBLE))) == ["settle"]
        assert [
            each.body.removeprefix(f"{OPENING}\n").partition("\n")[0] for each in here.world.github.notes(here.number)
        ] == [
            "*Settled: what this was about is no longer in the pull request.*",
            "Thanks!",
        ]
        before = len(here.world.log)
        here.publish(report(COMPATIBLE))
        assert here.writes(before) == []
        # What breaks again is suggested again.
        assert done(here.publish(pushed(here, OTHER_LINES))) == ["create"]
        assert len(here.suggestions()) == 1


@pytest.mark.parametrize(
    "file",
    [
        {},
        changed_file("elsewhere.json", None, HEAD),
        changed_file(PATH, f" {HEAD}", HEAD),
        changed_file(PATH, BASE, OTHER_LINES),
        {**changed_file(PATH, BASE, HEAD), "patch": None},
    ],
    ids=["no files", "another file", "other lines", "lines that say something else", "a file too large to be shown"],
)
def test_lines_that_are_not_in_the_diff_get_a_link(file: dict[str, object]) -> None:
    with scene(files=[file] if file else [], head_ref="my-branch") as here:
        assert done(here.publish()) == []
        assert here.world.github.notes(here.number) == ()
        assert "[Edit the file](https://github.com/open-standard/specification/edit/my-branch/" in here.comments()[0]


@pytest.mark.parametrize(
    "file", [changed_file(PATH, None, HEAD), changed_file(PATH, BASE, HEAD, renamed_from="schema/old.json")]
)
def test_new_and_renamed_files_have_lines_too(file: dict[str, object]) -> None:
    with scene(files=[file]) as here:
        assert done(here.publish()) == ["create"]
        assert places(here) == [(6, 6)]


def test_what_github_refuses_falls_back_to_the_link_without_an_error() -> None:
    with scene() as here:
        # The diff that the bot was shown is not the one that GitHub holds the line against.
        here.world.front.after = lambda entry: _lose_the_diff(here) if "/files" in entry.path else None
        announcement = here.publish()
        assert (done(announcement), announcement.failed) == (["declined"], False)
        assert here.world.github.notes(here.number) == ()
        assert "[Edit the file](" in here.comments()[0]


def _lose_the_diff(here: Scene) -> None:
    pull = here.world.github.repository().issues[here.number].pull
    assert pull is not None
    pull.files = ()


def test_a_token_that_may_not_write_there_is_told_of_and_stops_nobody() -> None:
    with scene(fork=True) as here:
        here.token = FORK_TOKEN
        announcement = here.publish()
        (error,) = [each.error for each in announcement.told if "/suggestion-" in each.key]
        assert isinstance(error, Refused)
        assert len(here.posts()) == 1


def test_they_can_be_switched_off_and_what_stands_goes() -> None:
    with scene() as here:
        here.publish()
        here.configuration = replace(here.configuration, suggestions=False)
        assert done(here.publish()) == ["remove"]
        assert here.world.github.notes(here.number) == ()
        assert "Edit the file" in here.comments()[0]
        assert done(here.publish()) == []


def test_a_pull_request_that_is_over_keeps_what_stands_and_gets_no_more() -> None:
    with scene() as here:
        here.publish()
        here.world.github.close(here.number, merged=True)
        before = len(here.world.log)
        assert done(here.publish()) == []
        assert len(here.suggestions()) == 1
        assert "Commit the suggestion" not in here.comments()[0]
        assert not [entry for entry in here.world.log[before:] if "/pulls/" in entry.path and "comments" in entry.path]


def test_while_a_file_cannot_be_read_what_was_suggested_stays() -> None:
    with scene() as here:
        here.publish()
        here.world.github.push(here.number, sha_of("broken"))
        here.publish(report(Outcome.INVALID))
        assert len(here.suggestions()) == 1


def test_a_dry_run_says_what_it_would_do() -> None:
    with scene() as here:
        assert done(here.publish(dry_run=True)) == ["create"]
        assert here.writes() == []
        here.publish()
        here.world.github.push(here.number, sha_of("mended"))
        before = len(here.world.log)
        assert done(here.publish(report(COMPATIBLE), dry_run=True)) == ["remove"]
        assert here.writes(before) == []
        assert len(here.suggestions()) == 1


def test_another_channel_alone_leaves_them_as_they_are() -> None:
    with scene() as here:
        here.publish()
        assert done(here.publish(report(COMPATIBLE), only=frozenset({"slack-uk"}))) == []
        assert len(here.suggestions()) == 1


def test_a_note_that_bears_a_forged_mark_is_not_touched() -> None:
    with scene() as here:
        here.publish()
        (own,) = here.suggestions()
        mark = read_marker(own.body)
        assert mark is not None
        forged = here.world.github.note(here.number, PATH, 6, f"Evil.\n\n{marker(replace(mark, seq=1))}", "villain")
        here.world.github.push(here.number, sha_of("mended"))
        here.publish(report(COMPATIBLE))
        assert [each.id for each in here.world.github.notes(here.number)] == [forged]


def test_two_that_stand_are_one_in_the_end_and_the_oldest_stays() -> None:
    with scene() as here:
        here.publish()
        (own,) = here.suggestions()
        here.world.github.note(here.number, PATH, 6, own.body, "github-actions[bot]")
        here.publish()
        assert [each.id for each in here.suggestions()] == [own.id]


def test_of_two_that_stand_one_that_was_answered_is_left_and_said_to_be_over() -> None:
    with scene() as here:
        here.publish()
        (own,) = here.suggestions()
        double = here.world.github.note(here.number, PATH, 6, own.body, "github-actions[bot]")
        here.world.github.answer(double, "Hm.")
        here.publish()
        assert [each.id for each in here.suggestions()] == [own.id]
        before = len(here.world.log)
        here.publish()
        assert here.writes(before) == []


def test_what_a_later_run_wrote_is_not_taken_away() -> None:
    with scene() as here:
        here.publish()
        here.time.seconds -= 3600
        here.publish(report(COMPATIBLE))
        assert len(here.suggestions()) == 1


@pytest.mark.parametrize("kind", [Kind.RESET_AFTER, Kind.ERROR_502, Kind.LAG_2])
def test_a_withdrawal_that_is_lost_is_made_again(kind: Kind) -> None:
    with scene() as here:
        here.publish()
        here.world.github.push(here.number, sha_of("mended"))
        here.world.faults.add(Fault(kind, when=lambda each: each.request.method == "DELETE"))
        assert not here.publish(report(COMPATIBLE)).failed
        assert here.suggestions() == []


def test_a_list_that_cannot_be_had_is_told_and_healed_by_the_next_run() -> None:
    with scene() as here:
        here.publish()
        here.world.github.push(here.number, sha_of("mended"))
        here.world.faults.add(
            Fault(Kind.UNAUTHORISED, when=lambda each: each.request.path.endswith(f"/pulls/{here.number}/comments"))
        )
        assert here.publish(report(COMPATIBLE)).failed
        assert len(here.suggestions()) == 1
        here.publish(report(COMPATIBLE))
        assert here.suggestions() == []


def test_a_list_of_a_pull_request_that_is_gone_is_no_trouble_of_its_own() -> None:
    with scene() as here:
        here.publish()
        here.world.github.push(here.number, sha_of("mended"))
        here.world.faults.add(
            Fault(Kind.NOT_FOUND, when=lambda each: each.request.path.endswith(f"/pulls/{here.number}/comments"))
        )
        announcement = here.publish(report(COMPATIBLE))
        assert (done(announcement), announcement.failed) == ([], False)


def test_a_note_that_somebody_took_away_meanwhile_is_not_fought() -> None:
    with scene() as here:
        here.publish()
        (one,) = here.suggestions()
        here.world.github.answer(one.id, "Thanks!")
        here.world.github.push(here.number, sha_of("mended"))
        here.world.faults.add(Fault(Kind.NOT_FOUND, when=lambda each: "/pulls/comments/" in each.request.path))
        assert not here.publish(report(COMPATIBLE)).failed


def test_a_note_that_may_not_be_taken_away_is_told_of_and_goes_the_next_time() -> None:
    with scene() as here:
        here.publish()
        here.world.github.push(here.number, sha_of("mended"))
        here.world.faults.add(Fault(Kind.UNAUTHORISED, when=lambda each: each.request.method == "DELETE"))
        announcement = here.publish(report(COMPATIBLE))
        (error,) = [each.error for each in announcement.told if each.error]
        assert isinstance(error, Refused)
        assert done(here.publish(report(COMPATIBLE))) == ["remove"]


def test_a_diff_that_cannot_be_had_is_told_and_the_comment_leads_to_the_page() -> None:
    with scene() as here:
        here.world.faults.add(Fault(Kind.UNAUTHORISED, when=lambda each: each.request.path.endswith("/files")))
        assert here.publish().failed
        assert "[Edit the file](" in here.comments()[0]
        assert done(here.publish()) == ["create"]


@pytest.mark.parametrize(
    ("action", "dry_run", "said"),
    [
        ("create", False, "was written"),
        ("create", True, "would be written"),
        ("remove", False, "was taken away"),
        ("remove", True, "would be taken away"),
        ("settle", False, "was marked as settled"),
        ("settle", True, "would be marked as settled"),
        ("declined", False, "cannot stand on its lines: the comment leads to a page to edit on"),
    ],
)
def test_what_became_of_one_is_said_in_a_line(
    action: str, dry_run: bool, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = Told("github", "github/open-standard/specification/pr-1/suggestion-0123456789ab", action, "7")
    say(Announcement([told]), "#1", dry_run=dry_run)
    assert capsys.readouterr().out == f"#1, github: the suggestion on a line {said}\n"
