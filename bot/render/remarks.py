"""What there is to say of changes beside their verdicts: renames, deprecations, misspellings, captured names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

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
        match note.about:
            case About.DEPRECATED:
                said = f"{term} is deprecated{_details(note.details, mark)}"
            case About.IN_USE_AGAIN:
                said = f"{term} is deprecated no longer"
            case About.WAS_DEPRECATED:
                said = f"{said}, which was deprecated{_details(note.details, mark)}"
            case About.RENAMED_TO:
                said = f"{said}, perhaps renamed to {mark(name(note.term))}"
            case About.RENAMED_FROM:
                said = f"{said}, perhaps a new name of {mark(name(note.term))}"
            case About.MISSPELT:
                said = f"{said}: a misspelling put right"
            case About.UNDECLARED_KEY:
                said = f"{said}: please look whether data has two rows with the same one"
            case About.NAME_CAPTURE:
                pass  # it is said of all together
    return said


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
    return [reported.change.term for reported, note in _all(report) if note.about is About.DEPRECATED]


def renamed_to(reported: ReportedChange) -> str:
    """The term that may be the new name of one that goes; "" where there is none."""
    return next((note.term for note in reported.notes if note.about is About.RENAMED_TO), "")


def remarks(report: Report, mark: Mark = str) -> Iterator[str]:
    """What is worth knowing and is in no verdict, in whole sentences."""
    for reported, note in _all(report):
        if note.about is About.RENAMED_TO:
            yield _rename(reported.change.term, note, mark)
    captured = [reported.change.term for reported, note in _all(report) if note.about is About.NAME_CAPTURE]
    if captured:
        names = listing([mark(name(term)) for term in captured])
        verb, it = ("is", "that name") if len(captured) == 1 else ("are", "those names")
        yield f"{names} {verb} new where any name was allowed: publishers may use {it} in another sense already."


def _rename(term: str, note: Note, mark: Mark) -> str:
    ours, theirs = mark(name(term)), mark(name(note.term))
    way = f"keep {ours} beside {theirs} and mark it as deprecated, replaced by {theirs}, until the next major version"
    return f"{theirs} looks like {ours} under a new name ({listing(note.evidence)}). To rename without breaking: {way}."


def _all(report: Report) -> Iterable[tuple[ReportedChange, Note]]:
    """The notes of all profiles, each once."""
    found = {
        (each.change.id, note.about, note.term): (each, note)
        for profile in report.profiles
        for each in profile.changes
        for note in each.notes
    }
    return found.values()
