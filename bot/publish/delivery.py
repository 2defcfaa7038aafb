"""The protocol that makes any number of runs, killed anywhere, end with one message a key and its newest content.

Look; create only where nothing stands; after a request of which nobody knows whether it was applied, look
again; write over what is older; read back, and where two stand, the oldest stays (PLATFORMS.md, section 5).
A list that lags may hide another run's message from both looks: so a message in doubt is read back once more, as long
as lists lag (who doubts which, and why that is enough: bot/commands/announcing/doubts.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeAlias

from bot.publish.marks import Mark, age
from bot.publish.patience import Patience
from bot.publish.places import (
    Ambiguous,
    C,
    Clock,
    Composer,
    Conflict,
    Declined,
    DeliveryError,
    Draft,
    Frozen,
    Gone,
    Over,
    Place,
    Posted,
    Unavailable,
)

ROUNDS = 8
"""Rounds of looking and writing before a delivery is given up."""
LOOKS = 5
"""Looks for a message that was or may have been written: lists may lag behind writes."""
LAG = 1.0
"""Seconds before the second look; each further one waits so much longer."""


class Action(Enum):
    """What there is to do at a place."""

    CREATE = "create"
    UPDATE = "update"
    SKIP = "skip"
    KEEP = "keep"
    """As it was, for it will not be edited any more."""
    REMOVE = "remove"
    GONE = "gone"
    """Not fought: somebody took it away."""
    SETTLE = "settle"
    """Said to be over, and left where it is: people talk under it."""


@dataclass(frozen=True, slots=True)
class Step(Generic[C]):
    """An action on the message that stands (none for a creation), and the messages that stand too often."""

    action: Action
    posted: Posted[C] | None
    surplus: tuple[Posted[C], ...] = ()


@dataclass(frozen=True, slots=True)
class Delivered(Generic[C]):
    """What was done in the end, the id of the message that stands ("" where none does), and its content. `over`: up
    to which id none is edited any more. `met`: every version of it that was seen on the way."""

    action: Action
    id: str
    content: C
    over: str = ""
    met: tuple[Posted[C], ...] = field(default=(), compare=False, repr=False)


class Superseded(Exception):
    """What was to be said is no longer true: somebody else will say what is."""

    def __init__(self, id_: str = "") -> None:
        """`id_`: of the message, where it was written before that was known."""
        super().__init__()
        self.id = id_


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a message: its id, where it surely stands, so that none is written beside it even where no
    list shows it; that it did not show before either (`missed`), so that it is not waited for; up to which id none is
    edited any more (`over`). `doubted`: another may stand beside it."""

    id: str = ""
    missed: bool = False
    over: str = ""
    doubted: bool = False


NOTHING = Known()

Truth: TypeAlias = Callable[[], bool]
"""Whether what the message says is still about the present: asked before each write."""


def plan(draft: Draft[C], found: Sequence[Posted[C]]) -> Step[C]:
    """What to do, given what shall stand and what does (oldest first)."""
    match list(found):
        case []:
            return Step(Action.SKIP if draft.only_update else Action.CREATE, None)
        case [oldest, *surplus]:
            same = oldest.mark.digest == draft.mark.digest
            return Step(Action.SKIP if same else Action.UPDATE, oldest, tuple(surplus))
    raise AssertionError("a list is empty or it is not")


def newer_of(found: Sequence[Posted[C]], sha: str, seq: int) -> Posted[C] | None:
    """The newest of those that a newer run wrote about the same commit."""
    newer = [each for each in found if each.mark.sha == sha and each.mark.seq > seq]
    return max(newer, key=lambda each: each.mark.seq, default=None)


def newest(draft: Draft[C]) -> Composer[C]:
    """Composes a message that does not depend on what stands, unless something newer does."""

    def compose(found: Sequence[Posted[C]]) -> Draft[C]:
        latest = newer_of(found, draft.mark.sha, draft.mark.seq)
        return draft if latest is None else Draft(latest.mark, latest.content)

    return compose


def deliver(
    place: Place[C],
    key: str,
    compose: Composer[C],
    clock: Clock,
    current: Truth,
    known: Known = NOTHING,
    lately: Truth | None = None,
) -> Delivered[C]:
    """See to it that one message of a key stands, as composed; raises DeliveryError, Superseded.

    `lately` stands for `current` before the first write: it may remember an answer of a moment ago, so that many
    places need not ask for the same.
    """
    return _Delivery(place, key, compose, Patience(clock), (lately or current, current), known).run()


class _Delivery(Generic[C]):
    def __init__(
        self,
        place: Place[C],
        key: str,
        compose: Composer[C],
        patience: Patience,
        truths: tuple[Truth, Truth],
        known: Known,
    ) -> None:
        self._place, self._key, self._compose = place, key, compose
        self._lately, self._current = truths
        self._patience = patience
        self._known, self._over = known, known.over
        # The id of what was written; "" where nobody knows whether it was.
        self._written: str | None = known.id or None
        self._doubted = self._doubts = known.doubted
        self._done = Action.SKIP
        self._met: dict[tuple[str, Mark], Posted[C]] = {}

    def run(self) -> Delivered[C]:
        trouble: DeliveryError = Unavailable("the message changed again and again", "Run it again.")
        for attempt in range(ROUNDS):
            found = self._look()
            if isinstance(trouble, Declined) and not found:
                break
            draft = self._compose(found)
            if self._written and not found:  # the list lags far behind, or somebody took the message away
                gone = self._done is Action.SKIP and self._written == self._known.id
                return self._delivered(Action.GONE if gone else self._done, self._written, draft.content)
            step = plan(draft, found)
            if step.action is Action.SKIP and not step.surplus:
                return self._delivered(self._done, step.posted.id if step.posted else "", draft.content)
            self._see_that_it_is_current(step, attempt)
            try:
                self._take(step, draft)
            except Over:
                self._pass_by(step)
            except Frozen:
                return self._kept(step)
            except Declined as problem:  # it is looked for, as after an answer that was lost
                trouble = problem
            except (Ambiguous, Conflict, Gone, Unavailable) as problem:
                trouble = problem
                self._patience.wait(problem, attempt)
        raise trouble

    def _see_that_it_is_current(self, step: Step[C], attempt: int) -> None:
        is_current = self._current if attempt or self._doubted else self._lately
        if is_current():
            return
        if self._doubted:  # whatever is true by now: of two messages one goes, and nobody else may see both
            self._remove(step)
        raise Superseded(self._written or "")

    def _take(self, step: Step[C], draft: Draft[C]) -> None:
        if step.action is Action.CREATE:
            self._written = ""
            self._written = self._place.create(draft)
            self._done = Action.CREATE
        elif step.action is Action.UPDATE and step.posted is not None:
            self._place.update(step.posted, draft)
            self._done = Action.UPDATE if self._done is Action.SKIP else self._done
        self._remove(step)

    def _remove(self, step: Step[C]) -> None:
        for each in step.surplus:
            self._place.remove(each)
            if each.id == self._written and step.posted is not None:
                self._written = step.posted.id  # ours went: it is not looked for any more

    def _pass_by(self, step: Step[C]) -> None:
        """What stands is left as it is: from now on, what came after it is the message."""
        if step.posted is None:
            raise AssertionError("what was not there yet cannot be over")
        self._over = step.posted.id
        self._written = None

    def _delivered(self, action: Action, id_: str, content: C) -> Delivered[C]:
        return Delivered(action, id_, content, self._over, tuple(self._met.values()))

    def _kept(self, step: Step[C]) -> Delivered[C]:
        if step.posted is None:
            raise AssertionError("what was not there yet cannot be frozen")
        self._remove(step)
        return self._delivered(Action.KEEP, step.posted.id, step.posted.content)

    def _look(self) -> Sequence[Posted[C]]:
        """What stands. A message that we wrote, or may have written, is looked for until it shows; one in doubt
        until an older one shows beside it."""
        found = self._found()
        for again in range(1, LOOKS):
            if self._written is None or self._shows(found) or self._is_missed():
                break
            self._patience.spend(LAG * again, Unavailable("what was written does not show", "Run it again later."))
            found = self._found()
        self._written = self._written or None
        self._doubts = False
        return found

    def _is_missed(self) -> bool:
        return self._known.missed and self._written == self._known.id and not self._doubts

    def _shows(self, found: Sequence[Posted[C]]) -> bool:
        beside = found[1:] if self._doubts else found
        return any(self._written in ("", each.id) for each in beside)

    def _found(self) -> Sequence[Posted[C]]:
        found = self._patience.ask(lambda: self._place.find(self._key))
        self._met.update({(each.id, each.mark): each for each in found})
        return [each for each in found if not self._over or age(each.id) > age(self._over)]
