"""Every fault at every operation of every place has the outcome that delivery can rely on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bot.adapters.discourse import Discourse, Posts
from bot.adapters.github import GitHub
from bot.adapters.github_checks import CheckRuns
from bot.adapters.github_comments import Comments
from bot.adapters.github_issues import Issues
from bot.adapters.github_suggestions import Suggestions
from bot.adapters.slack import Messages, Slack
from bot.adapters.trouble import Effect
from bot.publish.places import Draft, Place, Posted, Unavailable
from bot.render.contents import Suggestion
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.github.diffs import changed_file
from bot.sandbox.world import DISCOURSE_KEY, DISCOURSE_USER, GITHUB_TOKEN, REPOSITORY, SLACK_TOKEN, World
from tests.adapters.outside import CHANNEL, KEY, SECRETS, TEXT, Clock, blocks, check, issue, mark, outcome, refusal

LOST = {
    *(Kind.REFUSED, Kind.RESET_BEFORE, Kind.RESET_AFTER, Kind.HUNG_BEFORE, Kind.HUNG_AFTER),
    *(Kind.ERROR_500, Kind.ERROR_502, Kind.ERROR_503, Kind.ERROR_504, Kind.ERROR_502_AFTER, Kind.ERROR_504_AFTER),
}
UNREADABLE = {Kind.TRUNCATED_AFTER, Kind.EMPTY_AFTER}
WAITS = {
    Kind.LIMITED_JSON: 4,
    Kind.LIMITED_PLAIN: 4,
    Kind.LIMITED_EMPTY: 4,
    Kind.LIMITED_UNTIL: 4,
    Kind.LIMITED_SILENT: 60,
    Kind.LIMITED_LONG: 3600,
}
LISTS_ALONE = {kind for kind in Kind if kind.lag} | {Kind.PAGE_FAILED}
UNDECIDED = {Effect.READ: "Unavailable", Effect.CHANGE: "Unavailable", Effect.CREATE: "Ambiguous"}


@dataclass(frozen=True)
class Operation:
    """What a place is asked to do: one request."""

    service: str
    name: str
    effect: Effect


OPERATIONS = {
    "find": Effect.READ,
    "create": Effect.CREATE,
    "update": Effect.CHANGE,
    "remove": Effect.CHANGE,
}


def expected(operation: Operation, kind: Kind) -> str:
    """What the brief of the places says."""
    if kind in LOST:
        return UNDECIDED[operation.effect]
    if kind in UNREADABLE:
        return _unreadable(operation, kind)
    if kind in WAITS:
        # Discourse rounds down what it says in the body.
        body = operation.service == "discourse" and kind in (Kind.LIMITED_JSON, Kind.LIMITED_UNTIL, Kind.LIMITED_LONG)
        return f"Unavailable {WAITS[kind] + body}"
    return _plain(operation, kind)


def _unreadable(operation: Operation, kind: Kind) -> str:
    """An answer that cannot be read matters where something is read from it."""
    if operation.effect is Effect.CHANGE and operation.service == "github":
        return "fine"
    if operation.effect is Effect.CHANGE and operation.service == "discourse":
        # To a deletion the forum answers nothing anyway.
        return "fine" if kind is Kind.EMPTY_AFTER or operation.name == "remove" else "Unavailable"
    return UNDECIDED[operation.effect]


def _plain(operation: Operation, kind: Kind) -> str:
    blanked = operation.service == "discourse" and operation.name == "remove"  # the second way to remove a post
    match kind:
        case Kind.ODD_TYPE_AFTER:
            return "fine"
        case Kind.SECONDARY | Kind.SECONDARY_TIMED if operation.service == "github":
            return "Unavailable 60" if kind is Kind.SECONDARY else "Unavailable 4"
        case Kind.REDIRECTED if operation.effect is Effect.READ and operation.service != "slack":
            return "fine"
        case Kind.SECONDARY | Kind.SECONDARY_TIMED | Kind.UNAUTHORISED | Kind.REDIRECTED:
            return "fine" if blanked else "Refused"
        case Kind.NOT_FOUND | Kind.GONE if operation.service != "slack":
            return "fine" if operation.name == "remove" else "Gone"
        case Kind.NOT_FOUND | Kind.GONE:
            return "Refused"
    raise AssertionError(kind)


@dataclass
class Scene:
    """A place, and how its messages look. Before each fault there is a message that can be found."""

    world: World
    clock: Clock
    service: str
    place: Place[Any]
    content: Callable[[str], Any]
    versions: int = 0

    def outcome(self, name: str, kind: Kind) -> str:
        """How an operation ends at whose request a fault happens: at the one that writes, where it looks before."""
        self.clock.advance(3700)
        posted = self._standing()
        doing: dict[str, Callable[[], object]] = {
            "find": lambda: self.place.find(KEY),
            "create": lambda: self.place.create(self.draft()),
            "update": lambda: self.place.update(posted, self.draft()),
            "remove": lambda: self.place.remove(posted),
        }
        writes = (lambda arrival: arrival.writes) if name == "create" else None
        self.world.faults.add(Fault(kind, seconds=4, when=writes))
        ends = outcome(doing[name])
        assert not self.world.faults.left
        return ends

    def _standing(self) -> Posted[Any]:
        if not self.place.find(KEY):
            self.place.create(self.draft())
        return self.place.find(KEY)[0]

    def draft(self) -> Draft[Any]:
        self.versions += 1
        text = f"{TEXT}, version {self.versions}"
        return Draft(mark(self.versions, text=text), self.content(text))


@pytest.fixture
def scenes(world: World, clock: Clock, github: GitHub, discourse: Discourse, slack: Slack) -> Callable[[str], Scene]:
    number = world.github.open_pull_request(head_sha="a" * 40, files=[changed_file("a.json", None, "{}")])
    topic = world.discourse.add_topic("How the standard changes", "A place to follow it.", category=2)
    made: dict[str, Callable[[], Scene]] = {
        "comments": lambda: Scene(world, clock, "github", Comments(github, number), str),
        "suggestions": lambda: Scene(
            world, clock, "github", Suggestions(github, number), lambda text: Suggestion("a.json", 1, 1, text, "a" * 40)
        ),
        "checks": lambda: Scene(
            world, clock, "github", CheckRuns(github, "a" * 40, "Check"), lambda text: check(0, text)
        ),
        "issues": lambda: Scene(world, clock, "github", Issues(github), issue),
        "posts": lambda: Scene(world, clock, "discourse", Posts(discourse, topic.id), str),
        "messages": lambda: Scene(world, clock, "slack", Messages(slack, CHANNEL, since=clock(), now=clock), blocks),
    }
    return lambda name: made[name]()


PLACES = ("comments", "suggestions", "checks", "issues", "posts", "messages")
CASES = [(place, name) for place in PLACES for name in OPERATIONS if (place, name) != ("checks", "remove")]


@pytest.mark.parametrize(("place", "name"), CASES)
def test_every_fault_has_the_outcome_that_delivery_relies_on(
    scenes: Callable[[str], Scene], place: str, name: str
) -> None:
    scene = scenes(place)
    operation = Operation(scene.service, name, OPERATIONS[name])
    kinds = [kind for kind in Kind if kind not in LISTS_ALONE]
    ends = {kind.name: scene.outcome(name, kind) for kind in kinds}
    assert ends == {kind.name: expected(operation, kind) for kind in kinds}


def test_no_secret_is_logged_whatever_goes_wrong(
    scenes: Callable[[str], Scene], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for place in PLACES:
        for kind in (Kind.RESET_AFTER, Kind.TRUNCATED_AFTER, Kind.UNAUTHORISED, Kind.LIMITED_PLAIN, Kind.REDIRECTED):
            scenes(place).outcome("create", kind)
    shown = caplog.text + capfd.readouterr().err
    assert not [secret for secret in SECRETS if secret in shown]


def test_a_service_that_is_not_there_got_nothing(scenes: Callable[[str], Scene], world: World) -> None:
    created = [scenes(place) for place in PLACES]
    world.stop()
    for scene in created:
        problem = refusal(lambda scene=scene: scene.place.create(scene.draft()), Unavailable)  # type: ignore[misc]
        assert "cannot be reached" in problem.message


def test_an_answer_that_takes_too_long_is_not_waited_for(clock: Clock) -> None:
    with World(clock, hang_seconds=30) as world:
        world.slack.add_channel(CHANNEL, "standards", ["U0BOT1"])
        number = world.github.open_pull_request()
        # The forum is asked as well for what waits for approval.
        world.faults.add(Fault(Kind.HUNG_AFTER, times=6 + 1))
        github = GitHub(GITHUB_TOKEN, world.github_url, REPOSITORY, timeout=1, now=clock)
        discourse = Discourse(world.discourse_url, DISCOURSE_USER, DISCOURSE_KEY, timeout=0.1, now=clock)
        slack = Slack(SLACK_TOKEN, world.slack_url, timeout=0.1, now=clock)
        places: list[tuple[Place[Any], Any]] = [
            (Comments(github, number), TEXT),
            (Posts(discourse, 7), TEXT),
            (Messages(slack, CHANNEL, since=clock(), now=clock), blocks()),
        ]
        for place, content in places:
            assert outcome(lambda place=place: place.find(KEY)) == "Unavailable"  # type: ignore[misc]
            lost = outcome(lambda place=place, content=content: place.create(Draft(mark(), content)))  # type: ignore[misc]
            assert lost == "Ambiguous"
        github.close()
        discourse.close()
