"""Brings commands and the outside together: the only module that names adapters."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.adapters.clock import SystemClock
from bot.adapters.files import DirectoryOutput
from bot.adapters.jsonschema_library import JsonSchemaConfirmer
from bot.adapters.project import LocalProject
from bot.adapters.sources import LocalSources
from bot.adapters.worker import Worker
from bot.errors import UsageError
from bot.ports import Clock, Confirmer, Output, Progress, Sources

if TYPE_CHECKING:
    from bot.adapters.canaries import Refreshed
    from bot.adapters.fetching import GitFetcher
    from bot.adapters.records import FileFeed
    from bot.commands.announcing.news import Channels, Told
    from bot.commands.check import ElsewhereProfile, PatchDirectory
    from bot.commands.doctor import Service
    from bot.commands.event import Event
    from bot.commands.publish import Links
    from bot.commands.replay import History, Titles
    from bot.commands.run import Due
    from bot.commands.watching import Watch
    from bot.community.configuration import Configuration
    from bot.publish.places import Place
    from bot.render.contents import IssueText
    from bot.settings import Settings
    from bot.standard.problems import Problem, Severity
    from bot.standard.values import JSON


@contextmanager
def confirmer() -> Iterator[Confirmer]:
    """What confirms examples; its worker ends with the block."""
    worker = Worker()
    try:
        yield JsonSchemaConfirmer(worker)
    finally:
        worker.close()


def sources(source: Path) -> Sources:
    """What finds the versions of a source directory."""
    return LocalSources(source)


def feeds(paths: Iterable[Path]) -> list[FileFeed]:
    """The feeds of published records at some paths."""
    from bot.adapters.records import feeds as found

    return found(paths)


def history(source: Path) -> History:
    """The history of the repository that a source directory lies in."""
    from bot.adapters.history import GitHistory

    return GitHistory(source)


@dataclass(frozen=True, slots=True)
class Past:
    """What looking back takes: the directory of the standard, its history and versions, and the profiles that the
    settings name besides those of the standard itself; `problems` are what is wrong with the settings."""

    directory: Path
    history: History
    sources: Sources
    patches: tuple[PatchDirectory, ...]
    elsewhere: tuple[ElsewhereProfile, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What the settings name: the directory of the standard, and profiles besides its own; `problems` are what is
    wrong with the settings, `rules` how serious they make single ones."""

    directory: Path
    patches: tuple[PatchDirectory, ...] = ()
    elsewhere: tuple[ElsewhereProfile, ...] = ()
    problems: tuple[Problem, ...] = ()
    rules: Mapping[str, Severity | None] = field(default_factory=dict)


def past(source: Path) -> Past:
    """What `replay` reads: the standard that `.github/bot.yml` leads to, unless a directory of it is named."""
    # What is no directory, or in no repository, is told of before any settings are.
    history(source)
    found = named(source)
    at = found.directory
    return Past(at, history(at), sources(at), found.patches, found.elsewhere, found.problems)


def named(source: Path) -> Named:
    """What `.github/bot.yml` leads to; the source itself where there is no such file."""
    from bot.adapters.git import repository_of
    from bot.adapters.policy import policy_file
    from bot.commands.elsewhere import profiles_elsewhere
    from bot.commands.judge import patch_directories
    from bot.community.configuration import PATH
    from bot.settings import settings

    if not source.is_dir() or policy_file(source, PATH, "") is None:
        return Named(source)
    known = settings()
    found, problems = configuration(source, known)
    repository = repository_of(source)
    root = repository.root if repository is not None else source
    at_top = source.resolve() == root.resolve()
    top = source if at_top else root
    directory = source / found.source if at_top else source
    elsewhere = profiles_elsewhere(found, _fetcher(source, known)) if found.profiles else ()
    return Named(directory, patch_directories(found, str(top)), elsewhere, problems, found.rules)


@contextmanager
def titles() -> Iterator[Titles]:
    """What the forge knows of past pull requests; nothing where it is not set up."""
    from bot.commands.replay import Titles
    from bot.settings import settings

    known = settings()
    if known.github is None:
        yield Titles()
        return
    from bot.adapters.github import GitHub
    from bot.adapters.services import GitHubForge

    at = known.github
    with _redacted(known):
        github = GitHub(at.token.reveal(), at.api_url, at.repository, now=SystemClock().now)
        try:
            yield Titles(GitHubForge(github))
        finally:
            github.close()


def output(directory: Path, kept: Iterable[Path] = ()) -> Output:
    """What writes files below a directory, and never over what is `kept`."""
    return DirectoryOutput(directory, kept)


def own_output(directory: Path) -> Output:
    """What writes files below a directory that is the bot's own."""
    return DirectoryOutput(directory, own=True)


def project(source: Path) -> LocalProject:
    """The repository that a source directory lies in."""
    return LocalProject(source)


def event(settings: Settings) -> Event:
    """What woke the bot; nothing where no event did."""
    from bot.commands.event import Event, read_event

    path = settings.run.event_path
    if not path:
        return Event(settings.run.event_name)
    try:
        data = Path(path).read_bytes()
    except OSError as problem:
        raise UsageError(f"the event at GITHUB_EVENT_PATH cannot be read: {problem.strerror}") from problem
    return read_event(settings.run.event_name, data)


def configuration(source: Path, settings: Settings) -> tuple[Configuration, tuple[Problem, ...]]:
    """What `.github/bot.yml` says, and what is wrong with it."""
    from bot.adapters.policy import policy_file
    from bot.community.configuration import PATH, configured
    from bot.standard.yaml_reading import read_yaml

    content = policy_file(source, PATH, event(settings).default_branch)
    return configured(read_yaml(PATH, content or b""))


@contextmanager
def _redacted(settings: Settings) -> Iterator[None]:
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
        stack.enter_context(_redacted(settings))
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
    fetcher, said = _fetcher(source, settings), partial(file_at, source, PATH)
    judge = Judge(standard, fetcher, confirmer, progress, str(source), watch, said, day())
    return Due(configuration, services.channels, judge, services.clock, services.links, services.today)


def day() -> str:
    """Today, as YYYY-MM-DD."""
    return datetime.fromtimestamp(SystemClock().now(), UTC).date().isoformat()


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


def _fetcher(source: Path, settings: Settings) -> GitFetcher:
    from bot.adapters.fetching import GitFetcher

    at = settings.github
    return GitFetcher(source, at.server_url if at else "https://github.com", at.token.reveal() if at else None)


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


@dataclass(frozen=True, slots=True)
class StandIn:
    """A stand-in world with one pull request in it: its number, the settings and channels to tell it with, and
    what stands there, as JSON."""

    number: int
    settings: Settings
    configuration: Configuration
    state: Callable[[], JSON]


@contextmanager
def stand_in(title: str, touched: Mapping[str, tuple[str | None, str]]) -> Iterator[StandIn]:
    """GitHub, Discourse and Slack as they would be, on this machine alone. `touched`: what the files of the pull
    request said (None: they were not there) and say."""
    from bot.community.channels import Channel, Forum, Slack
    from bot.community.configuration import Configuration
    from bot.sandbox.github.diffs import changed_file
    from bot.sandbox.world import World
    from bot.settings import settings

    with World() as world:
        files = [changed_file(path, *texts) for path, texts in touched.items()]
        number = world.github.open_pull_request(title, author="newcomer", fork=True, files=files)
        topic = world.discourse.add_topic("Changes to the standard", "What is being proposed, and what it means.")
        channels = [Channel("forum", Forum(topic.id))]
        for channel, countries in (("C0EVERYBODY", ()), ("C0UNITEDKINGDOM", ("GB",))):
            world.slack.add_channel(channel, members=["U0BOT1"])
            channels.append(Channel("slack-uk" if countries else "slack", Slack(channel), countries))
        known = settings(world.environment())
        yield StandIn(number, known, Configuration(channels=tuple(channels)), world.as_json)


def probes(source: Path, settings: Settings, *, post: bool) -> tuple[Service, ...]:
    """What tries the setup: the file of settings, and each service or why it cannot be tried."""
    from bot.adapters.policy import policy_file
    from bot.adapters.probes_discourse import DiscourseProbe
    from bot.adapters.probes_elsewhere import ElsewhereProbe
    from bot.adapters.probes_github import GitHubProbe
    from bot.adapters.probes_slack import SlackProbe
    from bot.commands.doctor import MailingLists, SettingsFile, Unreachable
    from bot.community.channels import Kind
    from bot.community.configuration import PATH, configured
    from bot.standard.yaml_reading import read_yaml

    content = policy_file(source, PATH, "")
    reading = read_yaml(PATH, content or b"")
    known, problems = configured(reading)
    local = project(source)
    standard = local.standard(known.source)
    gone = tuple(each.path for each in known.patches if not local.has_directory(each.path))
    stamp = datetime.fromtimestamp(SystemClock().now(), UTC).strftime("%d %b %H:%M:%S.%f")
    github, discourse, slack, channels = settings.github, settings.discourse, settings.slack, known.channels

    def missing(title: str, kind: Kind) -> Service:
        return Unreachable(title, settings.missing[kind.value], kind, channels)

    def elsewhere() -> Iterator[Service]:
        named = tuple(dict.fromkeys(each.repository for each in known.profiles))
        if named and github:
            yield ElsewhereProbe(github.api_url, settings.elsewhere, settings.missing.get("elsewhere", ""), named)

    return (
        SettingsFile(None if content is None else reading, known, problems, standard, gone),
        GitHubProbe(github, known.check, post, stamp) if github else missing("GitHub", Kind.GITHUB),
        DiscourseProbe(discourse, channels, post, stamp) if discourse else missing("Forum", Kind.DISCOURSE),
        SlackProbe(slack, channels, post, stamp) if slack else missing("Slack", Kind.SLACK),
        *elsewhere(),
        *((MailingLists(channels),) if any(each.kind is Kind.MAIL for each in channels) else ()),
    )
