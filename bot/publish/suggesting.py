"""Which notes on the lines of a pull request stay, which go, and which have to be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.community.channels import PULL_REQUEST
from bot.publish.delivery import Action, newest
from bot.publish.hunks import hunks
from bot.publish.marks import Mark, digest, key
from bot.publish.messages import Version
from bot.publish.places import Composer, Draft, Place, Posted
from bot.render.contents import Suggestion
from bot.render.suggestion import Suggested, outdated, settled
from bot.report.subject import PullRequest

KIND = "suggestion-"
OVER = "/over"
"""Ends the key of a note that is none any more, and was left because people talk under it."""


def suggestion_key(pull_request: PullRequest, name: str = KIND) -> str:
    """The key of a suggestion; without its name, what the keys of all begin with."""
    return key(PULL_REQUEST, pull_request.repository, pull_request.name, name)


def suggestion(pull_request: PullRequest, version: Version, wanted: Suggested) -> Composer[Suggestion]:
    """A suggestion on its lines. Where they are is no part of what it says: it moves with them."""
    content = Suggestion(wanted.path, wanted.start, wanted.end, wanted.body, version.sha)
    mark = Mark(suggestion_key(pull_request, wanted.name), version.sha, version.seq, digest(wanted.body))
    return newest(Draft(mark, content))


def is_shown(wanted: Suggested, patch: str) -> bool:
    """Whether the diff of its file has its lines, all in one stretch, saying what they said when it was judged."""
    return any(hunk.shows(wanted.start, wanted.replaced) for hunk in hunks(patch))


def fits(posted: Posted[Suggestion], wanted: Suggested) -> bool:
    """Whether a note stands on the lines of a suggestion."""
    there = posted.content
    return (there.path, there.start, there.end) == (wanted.path, wanted.start, wanted.end)


@dataclass(frozen=True, slots=True)
class OnItsLines:
    """A `Place[Suggestion]` that knows the notes on the right lines alone: a note cannot be moved, so that one whose
    lines are others by now is none to be kept true."""

    place: Place[Suggestion]
    wanted: Suggested

    def find(self, key_: str) -> Sequence[Posted[Suggestion]]:
        """The notes of that key on the lines."""
        return tuple(each for each in self.place.find(key_) if fits(each, self.wanted))

    def create(self, draft: Draft[Suggestion]) -> str:
        """Write a new one."""
        return self.place.create(draft)

    def update(self, posted: Posted[Suggestion], draft: Draft[Suggestion]) -> None:
        """Write over one."""
        self.place.update(posted, draft)

    def remove(self, posted: Posted[Suggestion]) -> None:
        """Take away one that stands twice."""
        withdraw(self.place, posted, over(posted, is_settled=False))


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A note that is to go, and what is said in its place where people talk under it."""

    posted: Posted[Suggestion]
    instead: Draft[Suggestion]

    @property
    def action(self) -> Action:
        """What becomes of it."""
        return Action.SETTLE if self.posted.content.answered else Action.REMOVE


def over(posted: Posted[Suggestion], *, is_settled: bool) -> Draft[Suggestion]:
    """What a note says once it is none any more: of another key, so that nothing is asked of it again."""
    body = settled() if is_settled else outdated()
    mark = replace(posted.mark, key=f"{posted.mark.key}{OVER}", digest=digest(body))
    return Draft(mark, replace(posted.content, body=body))


def withdraw(place: Place[Suggestion], posted: Posted[Suggestion], instead: Draft[Suggestion]) -> None:
    """Take a note away; one that people talk under stays and says that it is over. Raises DeliveryError."""
    if posted.content.answered:
        place.update(posted, instead)
    else:
        place.remove(posted)


def withdrawals(
    found: Sequence[Posted[Suggestion]],
    wanted: Sequence[Suggested],
    wrong: frozenset[str],
    pull_request: PullRequest,
    version: Version,
) -> list[Withdrawal]:
    """The notes that are to go: of nothing that is wanted, or not on its lines. `wrong`: what still is, by name.
    One that a later run wrote is not ours to judge."""
    by_key = {suggestion_key(pull_request, each.name): each for each in wanted}
    still = {suggestion_key(pull_request, name) for name in wrong}
    return [
        Withdrawal(each, over(each, is_settled=each.mark.key not in still))
        for each in found
        if is_living(each)
        and each.mark.seq <= version.seq
        and not (each.mark.key in by_key and fits(each, by_key[each.mark.key]))
    ]


def is_living(posted: Posted[Suggestion]) -> bool:
    """Whether a note still is one."""
    return not posted.mark.key.endswith(OVER)
