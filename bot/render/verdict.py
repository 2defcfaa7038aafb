"""The verdict in a sentence that anyone understands."""

from __future__ import annotations

from bot.compat.bump import Bump, highest
from bot.compat.changes import ANNOTATIONS
from bot.compat.verdicts import Answer
from bot.render.occasion import Occasion
from bot.render.remarks import deprecated
from bot.render.rows import rows
from bot.render.safety import name
from bot.render.wording import Profiles, count, having, listing, split, titles, worst
from bot.report.model import Outcome, Report
from bot.report.subject import State
from bot.standard.model import Kind


def headline(report: Report, occasion: Occasion | None = None) -> str:
    """The verdict; for readers who care for some profiles, theirs first. It says, too, when errors fail a check
    whose verdict is fine."""
    return " ".join(filter(None, [_verdict(report, occasion), _in_the_way(report)]))


def _verdict(report: Report, occasion: Occasion | None) -> str:
    if report.outcome is Outcome.INVALID:
        return f"This change cannot be judged: {unjudged(report)}."
    ours, others = split(report, occasion)
    breaks = "breaks" if occasion and occasion.pull_request.state is State.MERGED else "would break"
    if others:
        said = f"{_lead(ours, occasion)}: {_clause(ours, breaks)}."
        return " ".join(filter(None, [said, _elsewhere(others, breaks)]))
    match report.outcome:
        case Outcome.BREAKING:
            return f"This change {breaks} data published under {_of(having(ours, Outcome.BREAKING), ours)}."
        case Outcome.UNKNOWN:
            return _undecided(report)
        case _:
            return _compatible(report)


_UNJUDGED = {
    "standard-missing": "no standard is to be found in it",
    "check-impossible": "the check could not begin",
}


def unjudged(report: Report) -> str:
    """Why it cannot be judged, as part of a sentence."""
    rules = (finding.problem.rule for finding in report.findings if not finding.in_base)
    return next((_UNJUDGED[rule] for rule in rules if rule in _UNJUDGED), "what it changes cannot be read")


def _in_the_way(report: Report) -> str:
    errors = sum(finding.gates for finding in report.findings)
    if not errors or report.outcome is not Outcome.COMPATIBLE:
        return ""
    return f"{_mended(errors)}."


def _mended(errors: int) -> str:
    return f"{count(errors, 'error')} in the files {'has' if errors == 1 else 'have'} to be mended"


def _lead(ours: Profiles, occasion: Occasion | None) -> str:
    place = name(occasion.place) if occasion else ""
    return f"{place} ({titles(ours)})" if place else f"For {titles(ours)}"


def _clause(ours: Profiles, breaks: str) -> str:
    match worst(ours):
        case Outcome.BREAKING:
            broken = having(ours, Outcome.BREAKING)
            return f"this change {breaks} published data" + ("" if len(broken) == len(ours) else f" ({titles(broken)})")
        case Outcome.UNKNOWN:
            return "not decided; a person has to look"
        case _:
            words = {Bump.NONE: "nothing changes", Bump.PATCH: "no document and no tool is affected"}
            return words.get(highest(profile.bump for profile in ours), "published data stays valid")


def _elsewhere(others: Profiles, breaks: str) -> str:
    outcome = worst(others)
    named = titles(having(others, outcome))
    match outcome:
        case Outcome.BREAKING:
            return f"Elsewhere it {breaks} data published under {named}."
        case Outcome.UNKNOWN:
            return f"Elsewhere a person has to look: {named}."
        case _:
            matters = highest(profile.bump for profile in others) in (Bump.MINOR, Bump.MAJOR)
            return "Data published elsewhere stays valid, too." if matters else ""


def _of(some: Profiles, all_: Profiles) -> str:
    if len(all_) == 1:
        return titles(all_)
    if len(some) == len(all_):
        return "both profiles" if len(all_) == 2 else f"all {len(all_)} profiles"
    return f"{len(some)} of {len(all_)} profiles"


def _undecided(report: Report) -> str:
    changes = rows(report)
    open_ = [row for row in changes if row.answer is Answer.UNKNOWN]
    if not open_ or len(changes) == 1:
        return f"The bot could not decide this change; {_next(report)}."
    which = f"any of the {len(open_)}" if len(open_) == len(changes) else f"{len(open_)} of {len(changes)}"
    return f"The bot could not decide {which} changes; {_next(report)}."


def _next(report: Report) -> str:
    """What comes next where something is not decided: errors of the files may be all that stands in the way."""
    errors = sum(finding.gates for finding in report.findings)
    return f"{_mended(errors)} first" if errors else "a person has to look"


def _compatible(report: Report) -> str:
    if report.bump is Bump.NONE:
        return _unchanged(report.base.kind, report.head.kind)
    if report.bump is Bump.PATCH:
        return _unnoticed(report)
    new = [each for each in report.profiles if any(made.change.rule == "profile-added" for made in each.changes)]
    before = [profile for profile in report.profiles if profile not in new]
    if not before:
        return f"This change begins with {titles(new)}: there is no published data that it could break."
    return f"Data published under {_of(before, before)} stays valid."


def _unchanged(base: str, head: str) -> str:
    """That nothing has changed, as far as it was looked at: what is tables on one side is compared as tables."""
    if base != head and Kind.TABULAR.value in (base, head):
        return "Compared as tables, nothing of the standard has changed."
    return "Nothing has changed in the sources of the standard."


def _unnoticed(report: Report) -> str:
    """That nobody is affected; and what is deprecated, of which people should hear in time."""
    said = f"{'Wording only: no' if _is_wording(report) else 'No'} document and no tool is affected."
    given_up = listing([name(term) for term in deprecated(report)])
    return f"{said} Deprecated from now on: {given_up}." if given_up else said


def _is_wording(report: Report) -> bool:
    others = (each.change for each in report.unselected)
    return all(row.is_wording for row in rows(report)) and all(
        change.keyword in ANNOTATIONS or not change.entity for change in others
    )
