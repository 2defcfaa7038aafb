"""Judges a pull request from its objects alone: fetched by git, never checked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from bot.commands import check
from bot.commands.check import CheckRequest, PatchDirectory
from bot.commands.elsewhere import profiles_elsewhere
from bot.commands.impact import ImpactRequest
from bot.commands.watching import MOST_RECORDS, Watch
from bot.community.configuration import Configuration
from bot.compat.bump import Bump
from bot.errors import BotError, GitError
from bot.ports import Confirmer, Fetcher, Progress, Sources
from bot.report.model import Outcome, Report
from bot.report.settings_file import with_settings
from bot.report.subject import PullRequest
from bot.report.unjudged import unjudged

COULD_NOT_JUDGE = 3


@dataclass(frozen=True, slots=True)
class Judge:
    """What judging a pull request takes. `directory` is the top of the repository, as this process sees it;
    `settings`: the bot's own as a commit has them, None where it has none. `day`: today (YYYY-MM-DD)."""

    sources: Sources
    fetcher: Fetcher
    confirmer: Confirmer
    progress: Progress
    directory: str = "."
    watch: Watch = field(default_factory=Watch)
    settings: Callable[[str], bytes | None] = lambda _: None
    day: str = ""

    def report(self, pull_request: PullRequest, configuration: Configuration) -> Report:
        """The report on what a pull request does since it left its base; where it cannot be judged, why."""
        try:
            request = self._request(pull_request, configuration)
            report = check.run(request, self.sources, self.confirmer, self.progress)
            return self._tried(with_settings(report, self.settings(request.base), self.settings(request.head)), request)
        except BotError as problem:
            if problem.exit_status != COULD_NOT_JUDGE:
                raise
            return unjudged(pull_request.base_ref, pull_request.head_sha[:7], problem)

    def _tried(self, report: Report, request: CheckRequest) -> Report:
        """The report with what the change does to the feeds that are watched, where it can do anything to data."""
        if report.outcome is Outcome.INVALID or report.bump in (Bump.NONE, Bump.PATCH):
            return report
        asked = ImpactRequest(request.base, request.head, request.patches, most=MOST_RECORDS)
        return replace(report, watched=self.watch.numbers(asked, self.sources, self.progress))

    def patches(self, configuration: Configuration) -> tuple[PatchDirectory, ...]:
        """The directories of merge patches that the configuration names."""
        return patch_directories(configuration, self.directory)

    def _base(self, pull_request: PullRequest) -> str:
        """The commit where the pull request left its base; what is not here yet is fetched."""
        try:
            return self.sources.merge_base(pull_request.base_sha, pull_request.head_sha)
        except GitError:
            self.fetcher.pull_request(pull_request.number)
            self.fetcher.commit(pull_request.head_sha)
            self.fetcher.commit(pull_request.base_sha)
            return self.sources.merge_base(pull_request.base_sha, pull_request.head_sha)

    def _request(self, pull_request: PullRequest, configuration: Configuration) -> CheckRequest:
        base = self._base(pull_request)
        patches = self.patches(configuration)
        elsewhere = profiles_elsewhere(configuration, self.fetcher)
        return CheckRequest(
            base,
            pull_request.head_sha,
            patches,
            elsewhere=elsewhere,
            branch=pull_request.base_ref,
            refs=self._published(),
            rules=configuration.rules,
            day=self.day,
        )

    def _published(self) -> Mapping[str, str]:
        """The branches and tags of the standard; none where nobody can tell."""
        try:
            return self.fetcher.published()
        except GitError:
            return {}


def patch_directories(configuration: Configuration, top: str) -> tuple[PatchDirectory, ...]:
    """The merge patches that a configuration names. `top`: of the repository, as this process sees it."""
    return tuple(
        PatchDirectory(each.id, str(PurePosixPath(top) / each.path), each.title, each.countries)
        for each in configuration.patches
    )
