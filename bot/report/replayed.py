"""Pull requests of the past: what was decided on them, and what the bot would have said."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.compat.bump import Bump
from bot.report.model import Outcome, Report
from bot.report.subject import PullRequest
from bot.standard.versions import NamedVersion, Number


@dataclass(frozen=True, slots=True)
class Merged:
    """A pull request that was merged, as git history tells of it: into `parent`, by `commit`, whose content is
    that of `head` or, squashed, its own. `date` is `YYYY-MM-DD`; `before` and `release`: the versions that were
    live before it and that it first was part of; `changelog`: the lines it added to one."""

    number: int
    title: str
    commit: str
    parent: str
    head: str
    date: str
    by: str
    before: NamedVersion | None = None
    release: NamedVersion | None = None
    changelog: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided: the step from one version to another, and where that is written."""

    before: str
    after: str
    step: Bump
    in_files: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """A row in few words, to count and to list. `released`: the step that the release as a whole needed which it
    first was part of, where that was looked at."""

    number: int
    title: str
    date: str
    outcome: Outcome
    needed: Bump
    decided: Decided | None
    released: Bump | None = None

    @property
    def is_judged(self) -> bool:
        """Whether it is known which step the change needs."""
        return self.outcome in (Outcome.COMPATIBLE, Outcome.BREAKING)

    @property
    def falls_short(self) -> bool:
        """Whether the version that was given is a smaller step than the change needed, and its release as well."""
        return self._is_smaller and not self.is_made_up_for

    @property
    def is_made_up_for(self) -> bool:
        """Whether it needed a larger step than it got, and its release as a whole did not: others in it mended it."""
        if not self._is_smaller or self.decided is None or self.released is None:
            return False
        return self.released.rank <= self.decided.step.rank

    @property
    def _is_smaller(self) -> bool:
        return self.is_judged and self.decided is not None and self.needed.rank > self.decided.step.rank


@dataclass(frozen=True, slots=True)
class Replayed:
    """A merged pull request and the report on it. `pull_request` is as it stood before it was merged; `released`:
    see Facts."""

    merged: Merged
    pull_request: PullRequest
    report: Report
    released: Bump | None = None

    @property
    def facts(self) -> Facts:
        """The row in few words."""
        merged, report = self.merged, self.report
        given = decided(merged, report)
        # What the files say was decided of the pull request itself, whatever came out together.
        released = self.released if given is not None and not given.in_files else None
        return Facts(merged.number, self.pull_request.title, merged.date, report.outcome, report.bump, given, released)


def decided(merged: Merged, report: Report) -> Decided | None:
    """What was decided: the version that the pull request wrote into the files, where it changed it; else the
    one of the release that it first was part of. None where neither is known."""
    declared = [_number(side.version) for side in (report.base, report.head)]
    if declared[0] and declared[1] and declared[0] != declared[1]:
        return Decided(report.base.version, report.head.version, step(declared[0], declared[1]), in_files=True)
    if merged.before is None or merged.release is None:
        return None
    made = step(merged.before.number, merged.release.number)
    return Decided(merged.before.name, merged.release.name, made, in_files=False)


def step(before: Number, after: Number) -> Bump:
    """How large the step from one version to another is."""
    differing = [at for at, (ours, theirs) in enumerate(zip(before, after, strict=True)) if ours != theirs]
    return [Bump.MAJOR, Bump.MINOR, Bump.PATCH][differing[0]] if differing else Bump.NONE


def _number(version: str) -> Number | None:
    found = re.fullmatch(r"v?([0-9]{1,6})\.([0-9]{1,6})(?:\.([0-9]{1,6}))?(?:-dev)?", version)
    return (int(found[1]), int(found[2]), int(found[3] or 0)) if found else None
