"""The services that can be told, and what handles pull requests."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.adapters.clock import SystemClock
from bot.adapters.sources import LocalSources
from bot.errors import UsageError
from bot.ports import Clock, Confirmer, Progress
from bot.wiring.judging import day
from bot.wiring.settings import event, git_fetcher

if TYPE_CHECKING:
    from bot.adapters.canaries import Refreshed
    from bot.commands.announcing.news import Channels, Told
    from bot.commands.publish import Links
    from bot.commands.run import Due
    from bot.commands.watching import Watch
    from bot.community.configuration import Configuration
    from bot.publish.places import Place
    from bot.render.contents import IssueText
    from bot.settings import Settings


@contextmanager
def redacted(settings: Settings) -> Iterator[None]:
    """What libraries log meanwhile is shown without secrets."""
    import logging

    from bot.adapters.redaction import RedactingFilter, Redactor

    keys = (settings.discourse and settings.discourse.key, settings.slack and settings.slack.token)
    secrets = [each.reveal() for each in (settings.github and settings.github.token, settings.elsewhere, *keys) if each]
    handler = logging.StreamHandler()
    handler.addFilter(RedactingFilter(Redactor(*secrets)))
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)


@dataclass(frozen=True, slots=True)
class Services:
    """What can be told and fetched, the clock, where people find more, and the day (`MM-DD`, UTC)."""

    channels: Channels
    clock: Clock
    links: Links
    today: str


@contextmanager
def services(settings: Settings, configuration: Configuration) -> Iterator[Services]:
    """The services that are set up; raises UsageError where GitHub is not. Connections end with the block."""
    from bot.adapters.discourse import Discourse
    from bot.adapters.github import GitHub
    from bot.adapters.services import DiscourseForum, GitHubForge, SlackChat
    from bot.adapters.slack import Slack
    from bot.commands.announcing.news import Channels
    from bot.commands.publish import Links

    clock = SystemClock()
    at, forum_at, chat_at = settings.github, settings.discourse, settings.slack
    if at is None:
        hint = "In GitHub Actions both are there; elsewhere set them: SETUP.md says how."
        raise UsageError(f"GitHub cannot be told: {settings.missing['github']}", hint)
    with ExitStack() as stack:
        stack.enter_context(redacted(settings))
        login = configuration.check.login
        github = GitHub(at.token.reveal(), at.api_url, at.repository, login=login, now=clock.now)
        stack.callback(github.close)
        forum = chat = None
        if forum_at is not None:
            discourse = Discourse(forum_at.url, forum_at.username, forum_at.key.reveal(), now=clock.now)
            stack.callback(discourse.close)
            forum = DiscourseForum(discourse)
        if chat_at is not None:
            chat = SlackChat(Slack(chat_at.token.reveal(), chat_at.api_url, now=clock.now), clock.now)
        links = Links(settings.run.url, forum_at.url if forum_at else "")
        today = datetime.fromtimestamp(clock.now(), UTC).strftime("%m-%d")
        yield Services(Channels(GitHubForge(github), forum, chat), clock, links, today)


def due(
    source: Path,
    settings: Settings,
    configuration: Configuration,
    services: Services,
    confirmer: Confirmer,
    progress: Progress,
    watch: Watch,
) -> Due:
    """What handles pull requests. `source`: the repository, or a directory in it. `watch`: feeds to try them on."""
    from bot.adapters.policy import file_at
    from bot.commands.judge import Judge
    from bot.commands.run import Due
    from bot.community.configuration import PATH

    standard = LocalSources(source / configuration.source)
    fetcher, said = git_fetcher(source, settings), partial(file_at, source, PATH)
    judge = Judge(standard, fetcher, confirmer, progress, str(source), watch, said, day())
    return Due(configuration, services.channels, judge, services.clock, services.links, services.today)


def watch(cache: Path, configuration: Configuration) -> Watch:
    """The feeds that are watched, as they lie in a directory."""
    from bot.adapters.canaries import CanaryCache
    from bot.commands.watching import Watch

    return Watch(configuration.canaries, tuple(CanaryCache(cache).feeds(configuration.canaries)), time.monotonic)


def refreshed(cache: Path, configuration: Configuration, settings: Settings) -> Iterator[Refreshed]:
    """Fetch the feeds that are watched into a directory; what became of each."""
    from bot.adapters.canaries import CanaryCache

    at = settings.github
    return CanaryCache(cache, f"{at.server_url}/{at.repository}" if at else "").refresh(configuration.canaries)


def nightly(due: Due, settings: Settings) -> Iterator[Told]:
    """The word to profiles that live elsewhere; what goes wrong is said of each. None of it without a token."""
    from bot.adapters.github import GitHub
    from bot.adapters.github_issues import Issues
    from bot.commands import elsewhere
    from bot.publish.telling import Telling

    at, token = settings.github, settings.elsewhere
    if at is None or token is None or not due.configuration.profiles:
        return
    branch = event(settings).default_branch or "main"
    core_url = f"{at.server_url}/{at.repository}"
    seq = int(due.clock.now() * 1000)
    patches = due.judge.patches(due.configuration)
    request = elsewhere.ComingRequest(at.repository, core_url, branch, due.configuration, seq, patches)

    opened = ExitStack()

    def issues(repository: str) -> Place[IssueText]:
        github = GitHub(token.reveal(), at.api_url, repository, now=due.clock.now)
        opened.callback(github.close)
        return Issues(github)

    judge = due.judge
    teller = Telling(due.clock, lambda: True)
    tools = elsewhere.Tools(judge.sources, judge.fetcher, issues, teller, judge.confirmer, judge.progress)
    with opened:
        yield from elsewhere.run(request, tools)
