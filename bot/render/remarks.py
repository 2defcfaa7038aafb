"""What there is to say of changes beside their verdicts: renames, deprecations, misspellings, captured names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from bot.compat.allowance import BEYOND
from bot.compat.notes import About, Note
from bot.compat.verdicts import Answer
from bot.render.safety import name
from bot.render.sentences import Mark, sentence
from bot.render.wording import listing
from bot.report.model import Report, ReportedChange

_DETAILS: dict[str, Callable[[str], str]] = {
    "since": lambda each: f"since {each}",
    "replaced_by": lambda each: f"use {each} instead",
    "removal": lambda each: f"it goes in {each}",
    "reason": lambda each: f"reason: {each}",
}


def told(reported: ReportedChange, mark: Mark = str) -> str:
    """A change as it could be read aloud, with what else there is to say of it in a few words."""
    said = sentence(reported.change, mark) + (" as required" if _is_required(reported) else "")
    term = mark(name(reported.change.term))
    for note in reported.notes:
        if note.about in _NEWS:
            said = f"{term} {_NEWS[note.about](note, mark)}"
        elif note.about in _BESIDE:
            said += _BESIDE[note.about](note, mark)
    return said


def _forward(note: Note, mark: Mark) -> str:
    before, after = (mark(name(each)) for each in (note.evidence[0], note.details["removal"]))
    return f"is to go in {after} already, and not in {before}, as was announced"


_Words: TypeAlias = Callable[[Note, Mark], str]
_NEWS: dict[About, _Words] = {
    About.DEPRECATED: lambda note, mark: f"is deprecated{_details(note.details, mark)}",
    About.IN_USE_AGAIN: lambda *_: "is deprecated no longer",
    About.BROUGHT_FORWARD: _forward,
}
"""What a change of words says of a term, in place of the sentence of the change."""
_BESIDE: dict[About, _Words] = {
    About.NEW_AND_DEPRECATED: lambda note, mark: f", deprecated from the start{_details(note.details, mark)}",
    About.WAS_DEPRECATED: lambda note, mark: f", which was deprecated{_details(note.details, mark)}",
    About.BEFORE_ITS_TIME: lambda *_: ": sooner than was announced",
    About.RENAMED_TO: lambda note, mark: f", perhaps renamed to {mark(name(note.term))}",
    About.RENAMED_FROM: lambda note, mark: f", perhaps a new name of {mark(name(note.term))}",
    About.MISSPELT: lambda *_: ": a misspelling put right",
    About.UNDECLARED_KEY: lambda *_: ": please look whether data has two rows with the same one",
}
"""What follows the sentence; the rest is said of all terms together."""


def _is_required(reported: ReportedChange) -> bool:
    """Whether it is a term that breaks data for the reason that it may not be left out."""
    if reported.change.rule != "term-added" or reported.verdicts is None:
        return False
    verdict = reported.verdicts.publishers
    return verdict.answer is Answer.BREAKING and any(fault.keyword == "required" for fault in verdict.faults)


def _details(details: Mapping[str, str], mark: Mark) -> str:
    said = [words(mark(name(details[key]))) for key, words in _DETAILS.items() if key in details]
    return f" ({'; '.join(said)})" if said else ""


def deprecated(report: Report) -> list[str]:
    """The terms that the change deprecates, each once."""
    return _terms(report, About.DEPRECATED)


def renamed_to(reported: ReportedChange) -> str:
    """The term that may be the new name of one that goes; "" where there is none."""
    return next((note.term for note in reported.notes if note.about is About.RENAMED_TO), "")


def remarks(report: Report, mark: Mark = str) -> Iterator[str]:
    """What is worth knowing and is in no verdict, in whole sentences."""
    for reported, note in _all(report):
        if note.about is About.RENAMED_TO:
            yield _rename(reported, note, mark)
    renamed = _terms(report, About.RENAMED_TO)
    # Of what is perhaps renamed, it has been said how to do it without breaking.
    unannounced = [term for term in _terms(report, About.NEVER_DEPRECATED) if term not in renamed]
    if unannounced:
        verb = "goes" if len(unannounced) == 1 else "go"
        yield f"{_listed(unannounced, mark)} {verb} without having been marked as deprecated first."
    captured = _terms(report, About.NAME_CAPTURE)
    if captured:
        verb, it = ("is", "that name") if len(captured) == 1 else ("are", "those names")
        new = f"{_listed(captured, mark)} {verb} new where any name was allowed"
        yield f"{new}: publishers may use {it} in another sense already."
    if unasked := _unasked(report):
        those = f"{unasked} of them were judged" if unasked > 1 else "one of them was judged"
        yield f"There are so many changes that {those} only together with the others, and not one by one."


def _unasked(report: Report) -> int:
    """How many changes were not judged alone."""
    verdicts = ((each.change.id, each.verdicts) for profile in report.profiles for each in profile.changes)
    return len({change for change, each in verdicts if each is not None and each.publishers.reason == BEYOND})


def _terms(report: Report, about: About) -> list[str]:
    return [reported.change.term for reported, note in _all(report) if note.about is about]


def _listed(terms: Sequence[str], mark: Mark) -> str:
    return listing([mark(name(term)) for term in terms])


def _rename(reported: ReportedChange, note: Note, mark: Mark) -> str:
    ours, theirs = mark(name(reported.change.term)), mark(name(note.term))
    alike = f"{theirs} looks like {ours} under a new name ({listing(note.evidence)})."
    if reported.repair is not None and " beside " in reported.repair.words:
        return alike  # The edit that is shown says and does it.
    way = f"keep {ours} beside {theirs} and mark it as deprecated, replaced by {theirs}, until the next major version"
    return f"{alike} To rename without breaking: {way}."


def _all(report: Report) -> Iterable[tuple[ReportedChange, Note]]:
    """The notes of all profiles, each once."""
    found = {
        (each.change.id, note.about, note.term): (each, note)
        for profile in report.profiles
        for each in profile.changes
        for note in each.notes
    }
    return found.values()
