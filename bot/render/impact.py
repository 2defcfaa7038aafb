"""What a change does to published records, in words: the sentences that every form of the answer uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.compat.changes import Change
from bot.conformance.impact import TOGETHER, Impact, ProfileImpact, TroubleCount
from bot.conformance.recognition import Sort
from bot.conformance.terms import Term, label
from bot.render.safety import name
from bot.render.sentences import Mark, sentence

NOT_CHECKED = "Whether keys are unique and refer to a row that is there is not looked at: that takes all rows at once."
MOST_SORTS = 8


def counted(number: int, noun: str) -> str:
    """A number of things, readable when it is large."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def headline(profile: ProfileImpact) -> str:
    """What happens to the records, in a sentence. Only those that are valid before the change can break."""
    seen, valid, broken = (profile.total(what) for what in ("recognised", "valid", "broken"))
    feeds = len(profile.judged)
    if not seen and not profile.total("unrecognised"):
        return "There was no record that could be read."
    if not seen:
        return "None of the records could be recognised as one of this standard."
    others = not_tried(profile.total("invalid"), profile.total("undecided"))
    more, kind = (f"; {others}", "valid record") if others else ("", "record")
    if broken:
        hit = sum(feed.broken > 0 for feed in profile.feeds)
        which = "the only feed" if feeds == 1 else f"{hit:,} of {counted(feeds, 'feed')}"
        return f"This change would break {broken:,} of {counted(valid, kind)}, in {which}{more}."
    if not profile.changes:
        return f"Nothing that the data depends on has changed ({counted(seen, 'record')} of {counted(feeds, 'feed')})."
    if not valid:
        return f"No record of {counted(feeds, 'feed')} could be tried: {others}."
    if valid == 1 and not others:
        return f"The only record of {counted(feeds, 'feed')} would not break."
    return f"{'0' if others else 'None'} of {counted(valid, kind)} of {counted(feeds, 'feed')} would break{more}."


def not_tried(invalid: int, undecided: int, unrecognised: int = 0) -> str:
    """The records of which it cannot be said whether they break, and why."""
    said = [f"{invalid:,} {'was' if invalid == 1 else 'were'} not valid before the change"] if invalid else []
    said += [f"{undecided:,} could not be decided"] if undecided else []
    said += [f"{unrecognised:,} could not be recognised"] if unrecognised else []
    return "; ".join(said)


def facts(profile: ProfileImpact) -> Iterator[tuple[str, str]]:
    """What else there is to say of the numbers: what it is, and how many."""
    invalid, mended = profile.total("invalid"), profile.total("mended")
    if invalid:
        better = f"; {mended:,} of them would become valid" if mended else ""
        yield "Not valid before the change", f"{counted(invalid, 'record')}{better}"
    undecided = profile.total("undecided")
    if undecided:
        reasons = sorted({reason for feed in profile.feeds for reason in feed.reasons})
        yield "Not decided", f"{counted(undecided, 'record')}: {'; '.join(name(each, 200) for each in reasons)}"
    unrecognised = profile.total("unrecognised")
    if unrecognised:
        yield "Not recognised", f"{counted(unrecognised, 'record')}: of no entity by the name of the file or by keys"
    taken = taken_for(profile)
    if taken:
        yield "Taken for", taken


def taken_for(profile: ProfileImpact) -> str:
    """What the records were taken for, and how that was decided."""
    sorts: Counter[Sort] = Counter()
    for feed in profile.feeds:
        sorts.update(feed.sorts)
    by_how: dict[str, Counter[str]] = {}
    for sort, number in sorts.items():
        by_how.setdefault(sort.how, Counter())[sort.entity] += number
    return "; ".join(f"{_listed(entities)} ({how})" for how, entities in sorted(by_how.items()))


def _listed(entities: Counter[str]) -> str:
    shown = [f"{name(entity)} {number:,}" for entity, number in entities.most_common(MOST_SORTS)]
    rest = len(entities) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest > 0 else "")


def causes(profile: ProfileImpact, mark: Mark = str) -> list[tuple[str, int, int]]:
    """The changes that records break on, the worst first: what changes, how many records, of how many feeds."""
    found = [(sentence(change, mark), *profile.broken_on(change.id)) for change in profile.changes]
    found.append(("several changes together, none of them alone", *profile.broken_on(TOGETHER)))
    return sorted((each for each in found if each[1]), key=lambda each: (-each[1], -each[2], each[0]))


def touched(profile: ProfileImpact) -> list[tuple[str, int, int]]:
    """The terms that changes are about, with how many records of how many feeds fill them."""
    terms = {term for change in profile.changes for term in _about(change, profile)}
    return sorted((label(term), *profile.filled_by(term)) for term in terms)


def _about(change: Change, profile: ProfileImpact) -> Iterator[Term]:
    """The term that a change stands at; of an entity that is gone, all of its own."""
    if change.rule == "entity-removed":
        yield from (term for term in profile.terms if term[0] == change.entity and len(term[1]) == 2)
    for end in range(len(change.steps), 0, -1):
        if (change.entity, change.steps[:end]) in profile.terms:
            yield change.entity, change.steps[:end]
            return


def unused(profile: ProfileImpact) -> dict[str, list[str]]:
    """The terms of the entities met that no feed fills, by entity."""
    met = {term[0] for feed in profile.feeds for term in feed.filled}
    found: dict[str, list[str]] = {}
    for term in profile.terms:
        if term[0] in met and not profile.filled_by(term)[1]:
            found.setdefault(term[0], []).append(label(term).partition(".")[2])
    return {entity: sorted(found[entity]) for entity in sorted(found)}


def used(profile: ProfileImpact) -> list[tuple[str, int, int]]:
    """All terms that are filled, the rarest first."""
    found = [(label(term), *profile.filled_by(term)) for term in profile.terms]
    return sorted((each for each in found if each[2]), key=lambda each: (each[2], each[1], each[0]))


def of_feeds(feeds: int, profile: ProfileImpact) -> str:
    """How many feeds of those that were judged."""
    return f"{feeds:,} of {len(profile.judged):,}"


def troubles(impact: Impact) -> Iterator[tuple[str, TroubleCount, str]]:
    """What could not be read: of which feed, what, and in words where and what is missing for it."""
    for feed in impact.feeds:
        for each in feed.troubles:
            where = "; ".join(name(place) for place in each.places)
            more = f" and {each.count - len(each.places):,} more" if each.count > len(each.places) else ""
            missing = f" Not read: {name(each.lost[0])}." if each.lost else ""
            yield feed.name, each, f"{where}{more}.{missing}"
