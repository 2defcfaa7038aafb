"""The paragraph "Noise budget" of MESSAGES, sentence by sentence, told by lives of pull requests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest

from bot.community.channels import Kind
from bot.community.noise import DECISIONS, MOST_FOLLOW_UPS, MOST_SUGGESTIONS, SMALLEST_TOLD, Situation, allowance
from bot.compat.bump import Bump

ELSEWHERE = (Kind.DISCOURSE, Kind.SLACK, Kind.MAIL)
CHATS = (Kind.SLACK, Kind.MAIL)

BREAKS = Situation(draft=False, bump=Bump.MAJOR)
ADDS = Situation(draft=False, bump=Bump.MINOR)
WORDS = Situation(draft=False, bump=Bump.PATCH)


@dataclass
class Place:
    """What stands in one place: whoever runs does all that is allowed and not done yet."""

    kind: Kind
    stands: bool = False
    flips: int = 0
    decision: bool = False
    notifications: int = 0
    edits: int = 0

    def run(self, now: Situation) -> None:
        allowed = allowance(self.kind, now)
        if self.stands:
            self.edits += allowed.update
        elif allowed.create:
            self.stands = True
            self.notifications += 1
        if self.stands:
            more = max(0, allowed.flips - self.flips) + (allowed.decision and not self.decision)
            self.flips, self.decision = max(self.flips, allowed.flips), self.decision or allowed.decision
            self.notifications += more


def life(kind: Kind, situations: Iterable[Situation]) -> Place:
    place = Place(kind)
    for each in situations:
        place.run(each)
    return place


def flipping(times: int, start: Situation = BREAKS) -> list[Situation]:
    """Pushes of which each changes the verdict."""
    return [replace(start, flips=number) for number in range(times + 1)]


# "Drafts and wording-only changes: the pull request alone".


@pytest.mark.parametrize("bump", Bump)
@pytest.mark.parametrize("kind", ELSEWHERE)
def test_a_draft_is_told_in_the_pull_request_alone(kind: Kind, bump: Bump) -> None:
    draft = Situation(draft=True, bump=bump)
    assert life(kind, [draft] * 10).notifications == 0
    assert life(Kind.GITHUB, [draft] * 10).notifications == 1


@pytest.mark.parametrize("bump", [Bump.NONE, Bump.PATCH])
@pytest.mark.parametrize("kind", ELSEWHERE)
def test_wording_is_told_in_the_pull_request_alone(kind: Kind, bump: Bump) -> None:
    words = Situation(draft=False, bump=bump)
    assert life(kind, [words, words, replace(words, decided=True)]).notifications == 0
    assert life(Kind.GITHUB, [words]).notifications == 1


# "MINOR and above: one topic, one Slack parent".


@pytest.mark.parametrize("bump", [Bump.MINOR, Bump.MAJOR])
@pytest.mark.parametrize("kind", Kind)
def test_minor_and_above_is_told_everywhere_once(kind: Kind, bump: Bump) -> None:
    assert SMALLEST_TOLD is Bump.MINOR
    assert life(kind, [Situation(draft=False, bump=bump)]).notifications == 1


# "A ten-push pull request is one notification on each channel, one more on each flip of the verdict."


@pytest.mark.parametrize("kind", Kind)
def test_ten_pushes_are_one_notification(kind: Kind) -> None:
    place = life(kind, [ADDS] * 10)
    assert place.notifications == 1
    assert place.edits == (0 if kind is Kind.MAIL else 9)


@pytest.mark.parametrize("kind", [Kind.GITHUB, Kind.SLACK, Kind.MAIL])
def test_each_flip_is_one_more(kind: Kind) -> None:
    pushes = [*[replace(BREAKS, flips=0)] * 4, *[replace(ADDS, flips=1)] * 3, *[replace(BREAKS, flips=2)] * 3]
    assert life(kind, pushes).notifications == 1 + 2


def test_a_flip_edits_the_line_in_the_forum() -> None:
    place = life(Kind.DISCOURSE, flipping(9))
    assert (place.notifications, place.edits) == (1, 9)


def test_the_pull_request_is_told_of_every_flip() -> None:
    assert life(Kind.GITHUB, flipping(9)).notifications == 1 + 9


# "at most three follow-ups in a proposal's whole life (opened; verdict or objection changed; decided)".


@pytest.mark.parametrize("kind", CHATS)
@pytest.mark.parametrize("flips", range(12))
def test_there_are_at_most_three_follow_ups_in_a_life_and_one_is_the_decision(kind: Kind, flips: int) -> None:
    assert (MOST_FOLLOW_UPS, DECISIONS) == (3, 1)
    decided = replace(BREAKS, flips=flips, decided=True)
    place = life(kind, [*flipping(flips), decided, decided])
    assert place.decision
    assert place.notifications - 1 == min(flips, 2) + 1 <= 3
    assert allowance(kind, decided).follow_ups == min(flips, 2) + 1


def test_a_decision_is_told_where_people_chat_and_shown_elsewhere() -> None:
    decided = replace(ADDS, decided=True)
    assert {kind: life(kind, [ADDS, decided]).notifications for kind in Kind} == {
        Kind.GITHUB: 1, Kind.DISCOURSE: 1, Kind.SLACK: 2, Kind.MAIL: 2,
    }  # fmt: skip
    assert all(life(kind, [ADDS, decided]).edits == 1 for kind in Kind if kind is not Kind.MAIL)


@pytest.mark.parametrize("kind", ELSEWHERE)
def test_what_was_decided_before_anybody_was_told_is_no_news(kind: Kind) -> None:
    assert life(kind, [replace(BREAKS, decided=True)]).notifications == 0


# Suggestions: whoever follows the pull request is notified of each.


def test_three_suggestions_stand_at_one_time() -> None:
    assert MOST_SUGGESTIONS == 3


# What lies between.


@pytest.mark.parametrize("kind", CHATS)
def test_who_was_told_that_it_breaks_is_told_that_it_no_longer_does(kind: Kind) -> None:
    place = life(kind, [BREAKS, replace(WORDS, flips=1), replace(WORDS, flips=1, decided=True)])
    assert place.notifications == 3


@pytest.mark.parametrize("kind", ELSEWHERE)
def test_back_to_draft_only_edits(kind: Kind) -> None:
    draft = Situation(draft=True, bump=Bump.MAJOR, flips=1)
    place = life(kind, [BREAKS, draft, draft])
    assert place.notifications == 1
    assert place.edits == (0 if kind is Kind.MAIL else 2)


# "Quiet periods stop clocks."


@pytest.mark.parametrize("kind", ELSEWHERE)
def test_on_quiet_days_nothing_new_is_started_and_what_stands_is_kept_true(kind: Kind) -> None:
    quiet = replace(BREAKS, quiet=True)
    assert life(kind, [quiet] * 5).notifications == 0
    place = life(kind, [BREAKS, replace(quiet, flips=1)])
    assert (place.notifications, place.edits) == (1, 0 if kind is Kind.MAIL else 1)


@pytest.mark.parametrize("kind", ELSEWHERE)
def test_what_quiet_days_held_back_is_told_after_them(kind: Kind) -> None:
    assert life(kind, [replace(BREAKS, quiet=True), BREAKS]).notifications == 1


def test_the_pull_request_is_answered_on_quiet_days() -> None:
    assert life(Kind.GITHUB, [replace(BREAKS, quiet=True), replace(BREAKS, flips=1, quiet=True)]).notifications == 2
