"""Words that every message uses: names of profiles, lists, counts, and whose profiles come first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from bot.compat.verdicts import Answer
from bot.render.occasion import Occasion
from bot.render.safety import name
from bot.report.model import Outcome, ProfileReport, Report

MOST_COLUMNS = 4
"""Profiles that a table of changes has columns for; more are a list (MESSAGES)."""
MOST_ALIKE = 12
"""Problems of one kind that are shown one by one."""
MENDED_FIRST = "To be mended first"
"""The title above errors in the files."""
KNOWN = "Problems that were there before, and do not count here"
UNSELECTED = "Changed, without effect on any profile"
"""The title above changes to terms that no profile has, or of which each has its own wording."""
MOST_NAMES = 4
"""Names that a sentence lists."""

Profiles: TypeAlias = Sequence[ProfileReport]


def split(report: Report, occasion: Occasion | None) -> tuple[Profiles, Profiles]:
    """The profiles that the readers care for, and the others; all and none where they care for all alike."""
    wanted = occasion.profiles if occasion else ()
    ours = [profile for profile in report.profiles if profile.id in wanted]
    others = [profile for profile in report.profiles if profile.id not in wanted]
    return (ours, others) if ours else (report.profiles, [])


def having(profiles: Iterable[ProfileReport], outcome: Outcome) -> Profiles:
    """Those with a verdict."""
    return [profile for profile in profiles if profile.outcome is outcome]


def worst(profiles: Profiles) -> Outcome:
    """The worst verdict of some profiles."""
    return max((profile.outcome for profile in profiles), key=lambda each: each.rank, default=Outcome.COMPATIBLE)


def titles(profiles: Iterable[ProfileReport]) -> str:
    """Profiles as people call them."""
    return listing([name(profile.title or profile.id) for profile in profiles])


def listing(names: Sequence[str]) -> str:
    """Names as people list them: a, b and c."""
    if len(names) > MOST_NAMES:
        return f"{', '.join(names[: MOST_NAMES - 1])} and {len(names) - MOST_NAMES + 1} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def count(number: int, noun: str) -> str:
    """A number of things; of several words, the noun is the one before "of", else the last."""
    thing, of, rest = noun.partition(" of ")
    return f"{number} {thing}{'' if number == 1 else 's'}{of}{rest}"


def small(words: str) -> str:
    """Words inside a sentence that could begin one."""
    return words[:1].lower() + words[1:]


def together(entity: str, mark: Callable[[str], str] = str, profile: ProfileReport | None = None) -> str:
    """That changes to an entity do to data together what none of them does alone; `profile`: where they do."""
    called = mark(name(entity))
    verdicts = profile.combined.get(entity) if profile is not None else None
    if verdicts is not None and verdicts.publishers.answer is Answer.UNKNOWN:
        return f"Whether the changes to {called} break data together is not decided"
    alone = _alone(entity, profile) if profile is not None else frozenset()
    if Answer.BREAKING in alone:
        said = f"Other changes to {called} break data together, none of these alone"
    elif Answer.UNKNOWN in alone:
        said = f"The changes to {called} break data together; whether some of them do so alone is not decided"
    else:
        said = f"The changes to {called} break data together, none of them alone"
    return f"{said}. An example that breaks"


def _alone(entity: str, profile: ProfileReport) -> frozenset[Answer]:
    """What the changes to an entity do to data alone."""
    verdicts = (each.verdicts for each in profile.changes if each.change.entity == entity)
    return frozenset(each.publishers.answer for each in verdicts if each is not None)
