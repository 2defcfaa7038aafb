"""Sees to the suggestions on the lines of a pull request: a few, each where its lines are, and gone with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from bot.commands.announcing.news import DECLINED, News, Told, attempted
from bot.community.channels import PULL_REQUEST
from bot.community.noise import MOST_SUGGESTIONS
from bot.ports import Forge
from bot.publish import suggesting
from bot.publish.places import DeliveryError, Gone, Posted, Unfit
from bot.publish.suggesting import OnItsLines, Withdrawal, suggestion_key
from bot.publish.telling import Teller
from bot.render.contents import Suggestion
from bot.render.suggestion import Suggested, standing, suggestions
from bot.report.model import Repair
from bot.report.subject import State

Links = tuple[tuple[Repair, str], ...]


class Margin:
    """The suggestions in one round of telling: those that stand when it begins, and those that do once it ends."""

    def __init__(self, news: News, forge: Forge, teller: Teller) -> None:
        """Nothing is asked yet."""
        self._news, self._forge, self._teller = news, forge, teller
        open_ = news.pull_request.state is State.OPEN
        self._possible = suggestions(news.report) if open_ and news.suggesting else ()
        # Where no comment stands on any line there is nothing to look after.
        self._looks = open_ and news.pull_request.notes != 0
        self._place = forge.margin(news.pull_request.number)
        self._links: dict[str, str] = {}
        self._seen: Sequence[Posted[Suggestion]] | None = None
        self._taken: Mapping[str, str] = {}
        self._told_all = False

    def begin(self) -> Links:
        """What stands as it should already, for the comment that is written first; "not known" is none."""
        if self._looks and self._possible:
            with suppress(DeliveryError):  # it is asked again, and then told
                self._seen = self._found()
        # Of two that stand the oldest stays.
        newest_first = reversed(self._seen or ())
        self._links = {
            each.name: posted.id for posted in newest_first for each in self._possible if self._is_of(posted, each)
        }
        return self.links

    @property
    def links(self) -> Links:
        """The suggestions that stand, each with its address."""
        address = f"{self._news.pull_request.url}#discussion_r"
        ids = [(each.repair, self._links.get(each.name)) for each in self._possible]
        return tuple((repair, f"{address}{id_}") for repair, id_ in ids if id_)

    @property
    def notes(self) -> Mapping[str, str] | None:
        """What is to be remembered: the ids of those that stand, and of those that somebody took away, by their
        names; None where that is not known."""
        return {**self._taken, **self._links} if self._told_all else None

    def tell(self, remembered: Mapping[str, str]) -> Iterator[Told]:
        """Take away what is to go, then write what is to stand: never more than there may be at one time.
        `remembered`: the ids that suggestions had, by their names. One that somebody took away is not written again."""
        if not (self._looks or self._possible):
            return
        try:
            found = self._found() if self._seen is None else self._seen
            self._taken = self._taken_away(remembered, found)
            wanted = self._wanted(found)
        except Gone:
            return  # so is the pull request: that is told with the comment
        except DeliveryError as problem:
            yield Told(PULL_REQUEST, suggestion_key(self._news.pull_request), error=problem)
            return
        self._links = {}
        for each in self._withdrawals(found, wanted):
            yield self._withdrawn(each)
        for suggested in wanted:
            yield self._told(suggested)
        self._told_all = True

    def _taken_away(self, remembered: Mapping[str, str], found: Sequence[Posted[Suggestion]]) -> Mapping[str, str]:
        """Those that do not stand any more, though the bot did not take them away. By a list that lags, none are."""
        if self._place.listed < (self._news.pull_request.notes or 0):
            return {}
        there = {each.id for each in found}
        return {name: id_ for name, id_ in remembered.items() if id_ not in there}

    def _found(self) -> Sequence[Posted[Suggestion]]:
        """What stands, by a list that shows as many comments as there were when the pull request was looked at."""
        prefix, least = suggestion_key(self._news.pull_request), self._news.pull_request.notes or 0
        return self._teller.ask(lambda: self._place.standing(prefix), lambda _: self._place.listed >= least)

    def _is_of(self, posted: Posted[Suggestion], wanted: Suggested) -> bool:
        key = suggestion_key(self._news.pull_request, wanted.name)
        return posted.mark.key == key and suggesting.fits(posted, wanted)

    def _wanted(self, found: Sequence[Posted[Suggestion]]) -> Sequence[Suggested]:
        """Those that stand come first, whatever is more serious by now: another would be one notification more. The
        diff is asked for only where one is to be written."""
        there = [each for each in self._possible if any(self._is_of(posted, each) for posted in found)]
        more = [each for each in self._possible if each not in there and each.name not in self._taken]
        room = MOST_SUGGESTIONS - len(there)
        if more and room > 0:
            patches = self._teller.ask(lambda: self._forge.patches(self._news.pull_request.number))
            more = [each for each in more if suggesting.is_shown(each, patches.get(each.path, ""))]
        return (there + more)[:MOST_SUGGESTIONS]

    def _withdrawals(self, found: Sequence[Posted[Suggestion]], wanted: Sequence[Suggested]) -> list[Withdrawal]:
        report, request = self._news.report, self._news.pull_request
        if report.unreadable and self._news.suggesting:
            return []  # what was to be repaired may be so still
        return suggesting.withdrawals(found, wanted, standing(report), request, self._news.version)

    def _withdrawn(self, which: Withdrawal) -> Told:
        told = Told(PULL_REQUEST, which.posted.mark.key, which.action.value, which.posted.id)
        try:
            self._teller.change(partial(suggesting.withdraw, self._place, which.posted, which.instead))
        except Gone:
            return told  # somebody was faster
        except DeliveryError as problem:
            return replace(told, action="", error=problem)
        return told

    def _told(self, wanted: Suggested) -> Told:
        request = self._news.pull_request
        key = suggestion_key(request, wanted.name)
        compose = suggesting.suggestion(request, self._news.version, wanted)
        place = OnItsLines(self._place, wanted)
        told, done = attempted(PULL_REQUEST, self._teller, lambda: place, key, compose)
        if isinstance(told.error, Unfit):
            return replace(told, action=DECLINED, error=None)  # the comment leads to a page to edit on
        if done is not None:
            self._links[wanted.name] = done.id
        return told
