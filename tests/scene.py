"""A pull request in the sandbox, with a forum thread and Slack channels, and what it takes to tell them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from bot.adapters.discourse import Discourse
from bot.adapters.github import GitHub
from bot.adapters.services import DiscourseForum, GitHubForge, SlackChat
from bot.adapters.slack import Slack as SlackWorkspace
from bot.commands.announcing.news import Announcement, Channels
from bot.commands.publish import PublishRequest, run
from bot.community.channels import Channel, Forum, Slack
from bot.community.configuration import Configuration
from bot.compat.bump import Bump
from bot.compat.changes import ABSENT, Change
from bot.compat.verdicts import COMPATIBLE, Answer, Verdict, Verdicts, breaking
from bot.publish.marks import read_marker
from bot.publish.suggesting import OVER
from bot.report.model import Outcome, ProfileReport, Repair, Report, ReportedChange, Side
from bot.report.rewriting import rewritten
from bot.sandbox.github.diffs import changed_file
from bot.sandbox.github.state import Note
from bot.sandbox.world import DISCOURSE_KEY, DISCOURSE_USER, GITHUB_TOKEN, REPOSITORY, SLACK_TOKEN, World

EVERYBODY, BRITONS = "C0000EVERY", "C00BRITONS"


@dataclass
class Time:
    """A clock that goes on when somebody waits, and a little with each look, so that runs differ."""

    seconds: float = 1_790_000_000.0
    waited: float = 0.0
    limit: float = 600.0

    def now(self) -> float:
        self.seconds += 0.001
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.waited += seconds
        self.seconds += seconds
        assert self.waited <= self.limit, "too much waiting"


@dataclass
class Off:
    """A clock that is ahead of another, or behind."""

    time: Time
    ahead: float = 0.0

    def now(self) -> float:
        return self.time.now() + self.ahead

    def sleep(self, seconds: float) -> None:
        self.time.sleep(seconds)


PATH = "schema/service.json"
BASE = '{\n  "name": "service",\n  "properties": {\n    "url": {}\n  },\n  "required": ["id"]\n}\n'
HEAD = BASE.replace('["id"]', '["id", "url"]')
"""Of the file that the pull request changes."""
REPAIR = rewritten("leave service.url optional", PATH, "/required", ["id"], HEAD, BASE)


def report(
    outcome: Outcome = Outcome.BREAKING,
    profiles: tuple[str, ...] = ("uk", "classic"),
    repair: Repair | None = REPAIR,
) -> Report:
    """A report on one change to `service.url`, with an edit that repairs it where it breaks."""
    change = Change("required-added", "service", ("properties", "url"), "required", ABSENT, "url")
    answers = {
        Outcome.BREAKING: breaking({"id": "1"}),
        Outcome.COMPATIBLE: COMPATIBLE,
        Outcome.UNKNOWN: Verdict(Answer.UNKNOWN),
        Outcome.INVALID: COMPATIBLE,
    }
    verdicts = Verdicts(COMPATIBLE, COMPATIBLE, answers[outcome], COMPATIBLE)
    bump = Bump.MAJOR if outcome is not Outcome.COMPATIBLE else Bump.MINOR
    reported = ReportedChange(change, PATH, "/required", 6, 3, verdicts, bump)
    if outcome is Outcome.BREAKING:
        reported = replace(reported, repair=repair)
    countries = {"uk": ("GB",), "classic": ("US",), "core": ("GB", "US")}
    made = tuple(
        ProfileReport(each, each.upper(), outcome, bump, verdicts, (reported,), countries=countries[each])
        for each in profiles
    )
    unreadable = outcome is Outcome.INVALID
    return Report(
        Side("main@1234567", "extended structure"), Side("head", "extended structure"), made, unreadable=unreadable
    )


@dataclass
class Scene:
    """The world and one pull request in it."""

    world: World
    time: Time
    topic: int
    number: int
    configuration: Configuration
    token: str = GITHUB_TOKEN
    login: str = ""
    ahead: float = 0.0
    """Seconds that the clock of a run is ahead of that of the world."""
    runs: list[Announcement] = field(default_factory=list)

    @contextmanager
    def channels(self) -> Iterator[Channels]:
        """New connections, as a new run has them."""
        now = self.clock.now
        github = GitHub(self.token, self.world.github_url, REPOSITORY, login=self.login, now=now)
        discourse = Discourse(self.world.discourse_url, DISCOURSE_USER, DISCOURSE_KEY, now=now)
        slack = SlackWorkspace(SLACK_TOKEN, self.world.slack_url, now=now)
        try:
            yield Channels(GitHubForge(github), DiscourseForum(discourse), SlackChat(slack, now))
        finally:
            github.close()
            discourse.close()

    def publish(self, said: Report | None = None, *, today: str = "06-01", **more: object) -> Announcement:
        """One run: tell of a report on the pull request's present head."""
        known = said or report()
        at = known.head.commit or self.head
        known = replace(known, head=replace(known.head, commit=at))
        with self.channels() as channels:
            request = PublishRequest(known, self.number, **more)  # type: ignore[arg-type]
            done = run(request, self.configuration, channels, self.clock, today)
        self.runs.append(done)
        return done

    @property
    def clock(self) -> Off:
        """That of a run."""
        return Off(self.time, self.ahead)

    @property
    def head(self) -> str:
        pull = self.world.github.repository().issues[self.number].pull
        assert pull is not None
        return pull.head_sha

    # What stands.

    def comments(self, kind: str = "report") -> list[str]:
        """The bodies of the bot's live comments of a kind."""
        own = [
            each.body for each in self.world.github.comments(self.number) if each.user.login == "github-actions[bot]"
        ]
        return [body for body in own if (mark := read_marker(body)) and mark.key.endswith(f"/{kind}")]

    def suggestions(self) -> list[Note]:
        """The bot's live suggestions on lines, those that are over left out."""
        own = [each for each in self.world.github.notes(self.number) if each.user.login == "github-actions[bot]"]
        return [each for each in own if (mark := read_marker(each.body)) and not mark.key.endswith(OVER)]

    def posts(self) -> list[str]:
        return [post.raw for post in self.world.discourse.posts(self.topic) if post.user.username == DISCOURSE_USER]

    def messages(self, channel: str = EVERYBODY, thread: str | None = None) -> list[str]:
        found = self.world.slack.messages(channel, thread)
        return [each.text for each in found if each.metadata and (thread or not each.parent)]

    def writes(self, since: int = 0) -> list[str]:
        """The writing requests since so many entries of the log."""
        return [f"{each.service} {each.method} {each.path}" for each in self.world.log[since:] if each.writes]


@contextmanager
def scene(
    change: Callable[[World], None] = lambda _: None, *, seconds: float = 1_790_000_000.0, **pull: object
) -> Iterator[Scene]:
    """A running world: one topic, two channels, one pull request."""
    time = Time(seconds)
    with World(time.now, hang_seconds=0.3) as world:
        topic = world.discourse.add_topic("News about the standard", "Here is the news about the standard.", category=1)
        for channel in (EVERYBODY, BRITONS):
            world.slack.add_channel(channel, channel.lower(), ["U0BOT1"])
        pull.setdefault("files", (changed_file(PATH, BASE, HEAD),))
        number = world.github.open_pull_request(**pull)  # type: ignore[arg-type]
        change(world)
        configuration = Configuration(channels=tuple(_channels(topic.id)))
        yield Scene(world, time, topic.id, number, configuration)


def _channels(topic: int) -> Iterable[Channel]:
    yield Channel("forum", Forum(topic))
    yield Channel("slack", Slack(EVERYBODY))
    yield Channel("slack-uk", Slack(BRITONS), countries=("GB",))
