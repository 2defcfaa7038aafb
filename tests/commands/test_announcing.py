"""What people are told in the life of a pull request, in the stand-in world: once, where it concerns them, and true."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.commands.announcing.news import Announcement
from bot.community.configuration import Check, Gate
from bot.errors import UsageError
from bot.publish.places import Refused
from bot.report.model import Outcome
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.github.premises import sha_of
from bot.sandbox.world import FORK_TOKEN
from tests.scene import BRITONS, EVERYBODY, Scene, report, scene

BREAKING, COMPATIBLE = Outcome.BREAKING, Outcome.COMPATIBLE


def actions(done: Announcement) -> dict[str, str]:
    return {f"{each.channel}/{each.key.rpartition('/')[2]}": each.action for each in done.told}


def parents(here: Scene, channel: str = EVERYBODY) -> int:
    return len(here.messages(channel))


def replies(here: Scene, channel: str = EVERYBODY) -> list[str]:
    (parent,) = [each for each in here.world.slack.messages(channel) if not each.parent]
    return [each.text for each in here.world.slack.messages(channel, parent.ts) if each.parent]


def test_a_first_publish_tells_everybody_with_no_more_requests_than_it_needs() -> None:
    with scene() as here:
        done = here.publish()
        assert set(actions(done).values()) == {"create"}
        counts = {
            name: sum(each.service == name for each in here.world.log) for name in ("github", "discourse", "slack")
        }
        # Four of GitHub's for the suggestion: the diff, what stands on lines, the suggestion, and what stands then.
        # One of GitHub's for the truth before the first write, which serves all places as long as it is fresh: a run
        # that was overtaken while it judged writes nothing.
        # One of Discourse's for what waits there for approval: of two posts that wait, nobody sees either.
        assert counts == {"github": 12 + 4, "discourse": 3 + 1, "slack": 7}


def test_an_unchanged_report_writes_nothing() -> None:
    with scene() as here:
        here.publish()
        before = len(here.world.log)
        done = here.publish()
        assert here.writes(before) == []
        assert set(actions(done).values()) == {"skip"}
        # One for the suggestion, which is there: what stands on lines.
        assert len(here.world.log) - before == 9 + 1


def test_a_pull_request_of_ten_pushes_is_one_notification_in_each_place() -> None:
    with scene() as here:
        for push in range(10):
            here.world.github.push(here.number, sha_of(str(push)))
            here.publish()
        assert (len(here.comments()), len(here.posts()), parents(here), parents(here, BRITONS)) == (1, 1, 1, 1)
        assert (replies(here), here.comments("verdict-1")) == ([], [])


def test_each_flip_of_the_verdict_is_one_more_and_a_thread_hears_of_three_things_in_its_whole_life() -> None:
    with scene() as here:
        for push, outcome in enumerate([BREAKING, COMPATIBLE, BREAKING, COMPATIBLE, BREAKING]):
            here.world.github.push(here.number, sha_of(str(push)))
            here.publish(report(outcome))
            here.publish(report(outcome))
        here.world.github.close(here.number, merged=True)
        here.publish(report(BREAKING))
        assert [len(here.comments(f"verdict-{at}")) for at in range(6)] == [0, 1, 1, 1, 1, 0]
        assert len(replies(here)) == 3
        assert "merged" in replies(here)[-1]
        assert (len(here.comments()), len(here.posts()), parents(here)) == (1, 1, 1)


def test_a_channel_hears_of_flips_since_it_was_told_and_not_of_earlier_ones() -> None:
    with scene() as here:
        said = [BREAKING, COMPATIBLE, BREAKING]
        for push, outcome in enumerate(said):
            here.world.github.push(here.number, sha_of(str(push)))
            here.publish(report(outcome), only=frozenset({"github"}))
        # It hears of the pull request only now: what has changed before is no news there.
        here.publish(report(BREAKING))
        assert (parents(here), replies(here)) == (1, [])
        for push, outcome in enumerate([COMPATIBLE, BREAKING, COMPATIBLE]):
            here.world.github.push(here.number, sha_of(f"later {push}"))
            here.publish(report(outcome))
            here.publish(report(outcome))
        assert len(replies(here)) == 2
        assert "no longer breaks" in replies(here)[0]


def test_a_push_that_flips_while_the_channel_is_first_told_gets_no_reply_at_once() -> None:
    with scene() as here:
        here.world.slack.archive(EVERYBODY)
        here.publish()
        here.world.slack.workspace.channels[EVERYBODY].archived = False
        here.world.github.push(here.number, sha_of("next"))
        here.publish(report(COMPATIBLE))
        assert (parents(here), replies(here)) == (1, [])
        assert len(replies(here, BRITONS)) == 1


def test_a_draft_and_a_change_of_wording_are_told_in_the_pull_request_alone() -> None:
    with scene(draft=True) as here:
        here.publish()
        assert (len(here.comments()), here.posts(), parents(here)) == (1, [], 0)
        issue = here.world.github.repository().issues[here.number]
        assert issue.pull is not None
        issue.pull.draft = False
        here.publish()
        assert (len(here.comments()), len(here.posts()), parents(here)) == (1, 1, 1)
        # It was said; as a draft again it is kept true there, and says nothing new.
        issue.pull.draft = True
        here.publish(report(COMPATIBLE))
        assert "stays valid" in here.posts()[0]
        assert (replies(here), here.comments("verdict-1")) == ([], [])


def test_a_report_that_says_nothing_is_not_told_where_nothing_was_told_before() -> None:
    with scene() as here:
        nothing = replace(report(COMPATIBLE), profiles=())
        here.publish(nothing)
        assert (here.comments(), here.posts(), parents(here)) == ([], [], 0)
        here.publish()
        here.world.github.push(here.number, sha_of("taken back"))
        here.publish(nothing)
        assert "Nothing" in here.comments()[0]


def test_what_concerns_one_country_is_told_in_its_places_and_kept_true_in_the_others() -> None:
    with scene() as here:
        here.publish(report(profiles=("uk",)))
        assert (parents(here, BRITONS), parents(here)) == (1, 0)
    with scene() as here:
        here.publish()
        here.world.github.push(here.number, sha_of("now the UK alone"))
        here.publish(report(COMPATIBLE, profiles=("uk",)))
        assert "stays valid" in here.messages(EVERYBODY)[0]
        assert replies(here, EVERYBODY) == []


def test_a_quiet_day_begins_nothing_elsewhere() -> None:
    from bot.community.quiet import Quiet

    with scene() as here:
        here.configuration = replace(here.configuration, quiet=(Quiet("12-20", "01-03"),))
        here.publish(today="12-24")
        assert (len(here.comments()), here.posts(), parents(here)) == (1, [], 0)
        here.publish(today="01-04")
        assert (len(here.posts()), parents(here)) == (1, 1)


def test_news_about_a_commit_that_is_not_the_head_is_not_told() -> None:
    with scene() as here:
        said = report()
        said = replace(said, head=replace(said.head, commit=sha_of("an older commit")))
        assert here.publish(said).superseded
        assert here.writes() == []


def test_a_place_that_fails_keeps_no_other_from_being_told() -> None:
    with scene() as here:
        here.world.slack.archive(EVERYBODY)
        done = here.publish()
        (failed,) = [each for each in done.told if each.error is not None]
        assert failed.channel == "slack"
        assert isinstance(failed.error, Refused)
        assert failed.error.hint
        assert (len(here.comments()), len(here.posts()), parents(here, BRITONS)) == (1, 1, 1)


def test_a_run_that_may_only_read_says_so_and_tells_the_others() -> None:
    with scene(fork=True) as here:
        here.token = FORK_TOKEN
        done = here.publish()
        assert {each.channel for each in done.told if each.error} == {"github"}
        assert (here.comments(), len(here.posts()), parents(here)) == ([], 1, 1)


def test_a_dry_run_looks_and_writes_nothing() -> None:
    with scene() as here:
        done = here.publish(dry_run=True)
        assert here.writes() == []
        assert actions(done)["github/report"] == "create"


@pytest.mark.parametrize(
    ("service", "path", "only"),
    [
        ("github", "/comments", ""),
        ("discourse", "/t/", ""),
        ("slack", "history", ""),
        # What the comment remembers is looked up where only others are told.
        ("github", "/comments", "slack"),
    ],
)
def test_who_only_looks_is_as_patient_as_who_writes(service: str, path: str, only: str) -> None:
    with scene() as here:
        fault = Fault(Kind.ERROR_503, service=service, when=lambda each: path in each.request.path)
        here.world.faults.add(fault)
        done = here.publish(dry_run=not only, only=frozenset(filter(None, [only])))
        assert (here.world.faults.left, [each.error for each in done.told if each.error]) == ((), [])
        assert [each for each in here.writes() if "slack" not in each] == []


def test_some_channels_alone() -> None:
    with scene() as here:
        here.publish(only=frozenset({"slack-uk"}))
        assert (here.comments(), here.posts(), parents(here), parents(here, BRITONS)) == ([], [], 0, 1)
        with pytest.raises(UsageError, match="no channel 'elsewhere'"):
            here.publish(only=frozenset({"elsewhere"}))


def test_forged_marks_lead_nobody_astray() -> None:
    with scene() as here:
        here.publish()
        own = here.comments()[0]
        forged = here.world.github.comment(
            here.number, own.replace("would break", "is fine and would break"), "villain"
        )
        here.world.discourse.add_post(here.topic, here.posts()[0], "villain")
        here.world.github.push(here.number, sha_of("next"))
        here.publish(report(COMPATIBLE))
        (untouched,) = [each.body for each in here.world.github.comments(here.number) if each.id == forged]
        assert "is fine and would break" in untouched
        assert "stays valid" in here.comments()[0]
        assert len(here.posts()) == 1


DAYS = 86_400.0


def test_an_old_pull_request_that_was_never_told_of_is_announced_once() -> None:
    with scene() as here:
        here.time.seconds += 170 * DAYS
        here.publish()
        assert parents(here) == 1
        here.time.seconds += 100 * DAYS  # now Slack hides it
        before = len(here.world.log)
        done = here.publish()
        assert (here.writes(before), done.failed, here.time.waited) == ([], False, 0)
        assert actions(done)["slack/report"] == "gone"
        here.publish(anew=True)
        assert (parents(here), here.time.waited) == (1, 0)


def test_a_draft_of_long_ago_is_announced_when_it_is_ready() -> None:
    with scene(draft=True) as here:
        here.publish()
        here.time.seconds += 170 * DAYS
        pull = here.world.github.repository().issues[here.number].pull
        assert pull is not None
        pull.draft = False
        here.publish()
        assert (parents(here), len(here.comments())) == (1, 1)


def test_what_a_run_may_have_written_before_it_died_is_not_written_again_once_slack_may_hide_it() -> None:
    with scene() as here:
        # It is told everywhere, and dies before it can remember that.
        here.world.faults.add(Fault(Kind.UNAUTHORISED, when=lambda each: each.request.method == "PATCH"))
        here.publish()
        assert parents(here) == 1
        here.time.seconds += 100 * DAYS
        done = here.publish()
        errors = {each.channel: each.error for each in done.told if each.error}
        assert set(errors) == {"slack", "slack-uk"}
        assert "by now the history may hide it" in str(errors["slack"])
        assert parents(here) == 1


@pytest.mark.parametrize(("days", "free"), [(87, True), (170, False)])
@pytest.mark.parametrize("merged", [True, False])
def test_a_thread_hears_of_what_happens_long_after_its_first_message(merged: bool, days: int, free: bool) -> None:
    with scene() as here:
        here.world.slack.workspace.settings.free_plan = free
        here.publish()
        here.time.seconds += days * DAYS
        here.world.github.push(here.number, sha_of("next"))
        here.publish(report(COMPATIBLE))
        here.world.github.close(here.number, merged=merged)
        assert not here.publish(report(COMPATIBLE)).failed
        assert len(replies(here)) == 2


def test_a_message_that_cannot_be_edited_any_more_stays_and_its_thread_hears_what_is_new() -> None:
    with scene() as here:
        here.publish()
        here.world.slack.workspace.settings.edit_window_minutes = 60
        here.time.seconds += DAYS
        here.world.github.push(here.number, sha_of("next"))
        for _ in range(2):
            done = here.publish(report(COMPATIBLE))
            assert (done.failed, actions(done)["slack/report"]) == (False, "keep")
        assert "would break" in here.messages()[0]
        assert ["no longer breaks" in each for each in replies(here)] == [True]
        here.world.github.close(here.number, merged=True)
        here.publish(report(COMPATIBLE))
        assert len(replies(here)) == 2


def test_a_wrong_name_in_the_settings_writes_nothing_again_and_again() -> None:
    with scene() as here:
        here.publish()
        here.login = "misspelt[bot]"
        before = len(here.world.log)
        assert set(actions(here.publish()).values()) == {"skip"}
        assert here.writes(before) == []


def test_a_comment_that_was_hidden_stays_hidden_and_is_kept_true() -> None:
    with scene() as here:
        here.publish()
        (comment,) = here.world.github.comments(here.number)
        here.world.github.minimize(comment.id)
        here.world.github.push(here.number, sha_of("next"))
        here.publish(report(COMPATIBLE))
        (first, *_) = here.world.github.comments(here.number)
        assert (first.id, first.minimized, "stays valid" in first.body) == (comment.id, "outdated", True)
        assert len(here.comments()) == 1


def test_a_comment_that_was_deleted_is_written_anew_and_finds_the_messages_elsewhere_again() -> None:
    with scene() as here:
        here.publish()
        (comment,) = here.world.github.comments(here.number)
        here.world.github.delete_comment(comment.id)
        assert actions(here.publish())["github/report"] == "create"
        assert (len(here.comments()), len(here.posts()), parents(here), parents(here, BRITONS)) == (1, 1, 1, 1)
        before = len(here.world.log)
        here.publish()
        assert here.writes(before) == []


def test_a_message_that_somebody_took_away_is_not_fought() -> None:
    with scene() as here:
        here.publish()
        (parent,) = here.world.slack.messages(EVERYBODY)
        here.world.slack.delete_message(EVERYBODY, parent.ts)
        here.world.github.push(here.number, sha_of("next"))
        assert not here.publish(report(COMPATIBLE)).failed
        assert parents(here) == 0


def test_a_gate_fails_and_advice_does_not() -> None:
    with scene() as here:
        here.publish()
        runs = here.world.github.check_runs(here.head)
        assert runs[-1].given["conclusion"] == "neutral"
        here.configuration = replace(here.configuration, check=Check("gate", Gate.REQUIRED))
        here.publish()
        assert here.world.github.check_runs(here.head)[-1].given["conclusion"] == "failure"


def test_a_pull_request_that_is_closed_says_so_everywhere() -> None:
    with scene() as here:
        here.publish()
        here.world.github.close(here.number)
        here.publish()
        assert "closed" in here.comments()[0].lower()
        assert "closed" in here.posts()[0].lower()
        assert len(replies(here)) == 1
