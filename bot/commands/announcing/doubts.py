"""Which messages another run may have written too, neither having seen the other's.

A list that lags hides one run's message from both looks of the run that writes second, after the first has looked back.
But before a run writes it marks in the comment what it means to, and afterwards which ids it has: so of two runs that
both write, one meets the other's mark. That one looks once more, as long as lists lag, after it has left its own ids:
what the other wrote before then it sees, and whoever writes later meets those ids and looks in turn.

(Comments know no compare-and-swap: two runs that twice write over each other's mark, each between the other's look and
write, while a list lags as well, are left to the next run that reads anew.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands.announcing.news import Told
from bot.publish.delivery import Action
from bot.publish.messages import memory
from bot.publish.places import Posted
from bot.publish.tracking import Tracking


@dataclass(frozen=True, slots=True)
class Doubts:
    """What the comment showed of other runs: `before` anything was written elsewhere, and `after` it was; `kept` is
    what it remembers now. None: it could not be read again, so all is in doubt."""

    seq: int
    before: Told
    after: Told | None
    kept: Tracking

    def on(self, told: Told) -> bool:
        """Whether another may stand beside a message."""
        if not told.id or not told.is_elsewhere or told.again is None:
            return False
        return self._names_another(told) or (_is_new(told) and self._may_be_coming(told.key))

    def _names_another(self, told: Told) -> bool:
        named = [self.kept, memory(self._others(self.before)), memory(self._others(self.after))]
        return any(each.ids.get(told.key, told.id) != told.id for each in named)

    def _may_be_coming(self, key: str) -> bool:
        if self.after is None or self.after.superseded or self.after.error or self._others(self.after):
            return True
        earlier = memory(self._others(self.before))
        return key in earlier.meant or key in earlier.ids

    def _others(self, comment: Told | None) -> Sequence[Posted[str]]:
        return [each for each in comment.met if each.mark.seq != self.seq] if comment else []


def _is_new(told: Told) -> bool:
    return told.superseded or told.action == Action.CREATE.value
