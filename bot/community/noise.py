"""The noise budget: how often people may be told of one pull request, in each kind of place.

An edit notifies nobody; a new message does. Who runs again works out the same allowance and finds it used up.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.community.channels import Kind
from bot.compat.bump import Bump

SMALLEST_TOLD = Bump.MINOR
"""Smaller changes, wording above all, are told in the pull request alone."""
MOST_FOLLOW_UPS = 3
"""New messages behind the first, in the whole life of a pull request, where people chat or get mail."""
DECISIONS = 1
"""Of these follow-ups, the one that is kept for the decision, which everybody waits for."""


MOST_SUGGESTIONS = 3
"""Notes on the lines of one pull request, each of which notifies whoever follows it, that stand at one time."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a pull request stands. `bump`: what the change needs; `flips`: how often its verdict has changed
    since the place was first told; `decided`: merged or closed; `quiet`: today is a quiet day."""

    draft: bool
    bump: Bump
    flips: int = 0
    decided: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may be done in one place: write a first message where none stands, and keep it true by edits. Behind
    one that stands: tell of so many changes of the verdict, in a new message each, and of the decision in one."""

    create: bool
    update: bool
    flips: int = 0
    decision: bool = False

    @property
    def follow_ups(self) -> int:
        """How many messages may stand behind the first."""
        return self.flips + self.decision


def allowance(kind: Kind, situation: Situation) -> Allowance:
    """What may be done in a place of this kind. What was allowed once and done stays done: no allowance takes
    a message away."""
    if kind is Kind.GITHUB:
        # Whoever wrote the change waits there for the answer: whatever the change, whatever the day.
        return Allowance(create=True, update=True, flips=0 if situation.draft else situation.flips)
    may_write = not situation.draft and not situation.quiet
    create = may_write and not situation.decided and situation.bump.rank >= SMALLEST_TOLD.rank
    if kind is Kind.DISCOURSE:
        # There pull requests are lines of one post: a reply for each change would bury the discussion.
        return Allowance(create, update=True)
    # Whoever was told that a change breaks is told as well that it no longer does, however small it is by then.
    flips = min(situation.flips, MOST_FOLLOW_UPS - DECISIONS) if may_write else 0
    # A mail that is sent cannot be edited.
    return Allowance(create, update=kind is not Kind.MAIL, flips=flips, decision=may_write and situation.decided)
