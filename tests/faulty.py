"""Runs of publishing under faults, and what must hold afterwards whatever happened."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.publish.marks import read_marker
from bot.report.model import Outcome, Report
from bot.report.serialising import as_json
from bot.sandbox.faults import Arrival, Fault, Kind
from bot.sandbox.world import DISCOURSE_KEY, GITHUB_TOKEN, SLACK_TOKEN
from tests.scene import BRITONS, EVERYBODY, Scene, report, scene

SECRETS = (GITHUB_TOKEN, DISCOURSE_KEY, SLACK_TOKEN)
SERVICES = ("github", "discourse", "slack")
FINAL = "f" * 40
"""The commit that is the head in the end."""


@dataclass(frozen=True)
class Point:
    """A fault at the n-th request to a service."""

    kind: Kind
    service: str
    at: int

    def __str__(self) -> str:
        return f"{self.kind.value} at request {self.at} to {self.service}"

    @property
    def fault(self) -> Fault:
        return Fault(self.kind, at=self.at, service=self.service)


def counted() -> dict[str, int]:
    """How many requests to each service a first publish makes when nothing goes wrong."""
    with scene() as here:
        here.publish()
        return {name: sum(entry.service == name for entry in here.world.log) for name in SERVICES}


def points() -> list[Point]:
    """Every single fault at every request of a publishing run."""
    requests = counted()
    return [Point(kind, name, at) for name in SERVICES for at in range(1, requests[name] + 1) for kind in Kind]


def single(point: Point) -> list[str]:
    """A run with one fault, and a clean one after it: what is wrong in the end."""
    with scene() as here:
        here.world.faults.add(point.fault)
        problems = _tried(here, report())
        problems += doubles(here)
        if point.kind.hides_outcome or not here.world.faults.left:
            problems += _too_many_posts(here, ambiguous=1)
        here.world.faults.clear()
        problems += _tried(here, report())
        return [f"{point}: {each}" for each in (*problems, *wrong(here, Outcome.BREAKING))]


def several(seed: int, most: int = 2) -> list[str]:
    """A run with faults drawn by a seed, another verdict after it, and a clean run: what is wrong in the end."""
    drawn = random.Random(seed)  # noqa: S311 - a seed is what is wanted here
    requests = counted_once()
    with scene() as here:
        for _ in range(most):
            name = drawn.choice(SERVICES)
            here.world.faults.add(Point(drawn.choice(list(Kind)), name, drawn.randint(1, 2 * requests[name])).fault)
        problems = _tried(here, report())
        here.world.github.push(here.number, FINAL)
        problems += _tried(here, report(Outcome.COMPATIBLE))
        problems += doubles(here)
        here.world.faults.clear()
        problems += _tried(here, report(Outcome.COMPATIBLE))
        return [f"seed {seed}: {each}" for each in (*problems, *wrong(here, Outcome.COMPATIBLE))]


def overlapping(seed: int) -> list[str]:
    """Two to four runs at once while the pull request moves on, with faults: what is wrong once they end, before
    any other run has come by."""
    drawn = random.Random(seed)  # noqa: S311 - likewise
    with scene() as here:
        here.time.limit = 10_000.0
        for _ in range(drawn.randint(0, 3)):
            name = drawn.choice(SERVICES)
            here.world.faults.add(Fault(drawn.choice(HARMLESS), at=drawn.randint(1, 25), service=name))
        problems: list[str] = []
        runs = [threading.Thread(target=_run, args=(here, problems)) for _ in range(drawn.randint(2, 4))]
        pushes_after = drawn.randint(0, len(runs) - 1)
        for at, run in enumerate(runs):
            run.start()
            if at == pushes_after:
                threading.Event().wait(drawn.random() * 0.05)
                here.world.github.push(here.number, FINAL)
        for run in runs:
            run.join()
        return [f"seed {seed}: {each}" for each in (*problems, *wrong(here, Outcome.COMPATIBLE))]


def held(at: int, service: str, reads: int) -> list[str]:
    """A run that is held before its n-th request while another runs from beginning to end, and the lists of a service
    do not show at first what was written last before that: what is wrong in the end."""
    with scene() as here:
        here.publish()
        here.world.github.push(here.number, FINAL)
        begun = here.world.front.count()
        went = threading.Event()

        def hold(arrival: Arrival) -> None:
            if arrival.overall == begun + at and not went.is_set():
                went.set()
                getattr(here.world, service).lag(reads)
                here.publish(report(Outcome.COMPATIBLE))

        here.world.front.before = hold
        here.publish(report(Outcome.COMPATIBLE))
        problems = wrong(here, Outcome.COMPATIBLE) if went.is_set() else ["there is no such request"]
        return [f"held at {at} while {service} lags for {reads} reads: {each}" for each in problems]


def skewed(seed: int) -> list[str]:
    """Runs one after another whose clocks are up to six hours off, with faults, while the pull request moves on; and
    a clean one with some clock after them: what is wrong in the end."""
    drawn = random.Random(seed)  # noqa: S311 - likewise
    with scene() as here:
        here.time.limit = 10_000.0
        problems: list[str] = []
        for at in range(drawn.randint(2, 4)):
            here.ahead = drawn.uniform(-6, 6) * 3600
            for _ in range(drawn.randint(0, 1)):
                name = drawn.choice(SERVICES)
                here.world.faults.add(Fault(drawn.choice(HARMLESS), at=drawn.randint(1, 50), service=name))
            if drawn.random() < 0.5:
                here.world.github.push(here.number, f"{at:040}")
            problems += _tried(here, report(drawn.choice((Outcome.BREAKING, Outcome.COMPATIBLE))))
            problems += doubles(here)
        here.world.faults.clear()
        here.ahead = drawn.uniform(-6, 6) * 3600
        here.time.sleep(2)  # the forge tells whole seconds
        for service in SERVICES:
            getattr(here.world, service).lag(0)  # by now what was made last stands in all lists
        problems += _tried(here, report(Outcome.COMPATIBLE))
        return [f"seed {seed}: {each}" for each in (*problems, *wrong(here, Outcome.COMPATIBLE))]


def sharing(seed: int) -> list[str]:
    """Two pull requests that are told of for the first time at once, while the forum's lists lag; and once more one
    after the other, when they do not: what is wrong with the post that they share."""
    drawn = random.Random(seed)  # noqa: S311 - likewise
    with scene() as here:
        here.time.limit = 10_000.0
        other = replace(here, number=here.world.github.open_pull_request("Another change"), runs=[])
        at, reads = drawn.randint(1, 6), drawn.randint(1, 20)

        def lag(arrival: Arrival) -> None:
            if arrival.service == "discourse" and arrival.number >= at:
                here.world.discourse.lag(reads)

        here.world.front.before = lag
        runs = [threading.Thread(target=each.publish, args=(report(),)) for each in (here, other)]
        for run in runs:
            run.start()
        for run in runs:
            run.join()
        here.world.front.before = None
        for post in here.world.discourse.forum.posts.values():
            post.unseen = 0
        for each in drawn.sample([here, other], 2):
            each.publish(report(Outcome.COMPATIBLE))
        posts = here.posts()
        problems = [f"{len(posts)} posts"] if len(posts) != 1 else []
        problems += [
            f"no line of {each.number}" for each in (here, other) if f"[Pull request {each.number}]" not in posts[0]
        ]
        return [f"seed {seed}: {each}" for each in problems]


HARMLESS = [
    kind
    for kind in Kind
    # These end a run by right: only a later run makes up for them.
    if kind
    not in (Kind.UNAUTHORISED, Kind.NOT_FOUND, Kind.GONE, Kind.LIMITED_LONG, Kind.LIMITED_UNTIL, Kind.REDIRECTED)
]


def _run(here: Scene, problems: list[str]) -> None:
    """As `run` does: as long as the pull request moves on, tell of its present head."""
    for again in range(10):
        head = here.head
        said = report(Outcome.COMPATIBLE if head == FINAL else Outcome.BREAKING)
        try:
            done = here.publish(replace(said, head=replace(said.head, commit=head)), anew=again > 0)
        except Exception as problem:  # noqa: BLE001 - whatever gets out is what the test is about
            problems.append(f"{type(problem).__name__}: {problem}")
            return
        if not done.superseded:
            return


def _tried(here: Scene, said: Report) -> list[str]:
    from bot.publish.places import DeliveryError

    try:
        announcement = here.publish(said)
    except DeliveryError as problem:
        return _leaks(str(problem) + problem.hint)
    except Exception as problem:  # noqa: BLE001 - whatever gets out is what the test is about
        return [f"unhandled {type(problem).__name__}: {problem}"]
    return [leak for told in announcement.told if told.error for leak in _leaks(told.error.message + told.error.hint)]


def _leaks(text: str) -> list[str]:
    return [f"a secret is told: {text}" for secret in SECRETS if secret in text]


def _too_many_posts(here: Scene, ambiguous: int) -> Iterator[str]:
    creations = [entry for entry in here.world.log if entry.writes and entry.method == "POST"]
    made = [entry for entry in creations if "chat.update" not in entry.path and "chat.delete" not in entry.path]
    # One comment, one suggestion, one check run, one post, one message in each of two channels.
    if len(made) > 6 + 2 * ambiguous:
        yield f"{len(made)} creations"


def doubles(here: Scene) -> list[str]:
    """Messages that stand twice."""
    found = {
        "comment": len(here.comments()),
        "suggestion": len(here.suggestions()),
        "post": len(here.posts()),
        "message": len(here.messages(EVERYBODY)),
        "message to the UK": len(here.messages(BRITONS)),
    }
    return [f"{number} times the same {what}" for what, number in found.items() if number > 1]


def wrong(here: Scene, outcome: Outcome) -> list[str]:
    """What does not stand as it should: one message a key, each with the newest content."""
    word = {Outcome.BREAKING: "would break", Outcome.COMPATIBLE: "stays valid"}[outcome]
    standing = {
        "comment": here.comments(),
        "post": here.posts(),
        "message": here.messages(EVERYBODY),
        "message to the UK": here.messages(BRITONS),
        "check": [_shown(here)],
    }
    problems = [f"{len(each)} of {what}" for what, each in standing.items() if len(each) != 1]
    problems += [f"old {what}: {each[0][:80]}" for what, each in standing.items() if each and word not in each[0]]
    keys = [mark.key for each in here.world.github.comments(here.number) if (mark := read_marker(each.body))]
    problems += [f"{key} stands twice" for key in set(keys) if keys.count(key) > 1]
    problems += _suggested(here, outcome)
    for channel in (EVERYBODY, BRITONS):
        for parent in [each for each in here.world.slack.messages(channel) if not each.parent]:
            replies = here.world.slack.messages(channel, parent.ts)
            told = [each.metadata["event_payload"]["key"] for each in replies if each.metadata]
            problems += [f"{key} stands twice" for key in set(told) if told.count(key) > 1]
    return problems


def _suggested(here: Scene, outcome: Outcome) -> Iterator[str]:
    """What is wrong with the suggestion: where data breaks there is one, on its lines, and the comment leads to it."""
    standing = here.suggestions()
    if len(standing) != (outcome is Outcome.BREAKING):
        yield f"{len(standing)} suggestions"
    for each in standing:
        if each.end != 6 or "```suggestion" not in each.body:
            yield f"an old suggestion: {each.body[:80]}"
        if f"#discussion_r{each.id})" not in "".join(here.comments()):
            yield "the comment leads to no suggestion"
    if not standing and "Commit the suggestion" in "".join(here.comments()):
        yield "the comment leads to a suggestion that is not there"


def _shown(here: Scene) -> str:
    runs = here.world.github.check_runs(here.head)
    return str(max(runs, key=lambda run: run.id).given["output"]["title"]) if runs else "none"


_COUNTED: dict[str, int] = {}


def counted_once() -> dict[str, int]:
    """`counted`, found once."""
    if not _COUNTED:
        _COUNTED.update(counted())
    return _COUNTED


def sampled(found: list[Point], most: int) -> list[Point]:
    """Some of the points, the same each time: every kind of fault is among them where there is room."""
    drawn = random.Random(1).sample(found, len(found))  # noqa: S311 - a seed is what is wanted here
    first = {point.kind: point for point in drawn}
    rest = [point for point in drawn if point not in first.values()]
    return [*first.values(), *rest][:most]


SETTINGS = """version: 1
channels:
  - {{id: forum, discourse: {{topic: {topic}}}}}
  - {{id: slack, slack: {{channel: C0000EVERY}}}}
  - {{id: slack-uk, slack: {{channel: C00BRITONS}}, countries: [GB]}}
"""


def killed(at: int, directory: Path, *, applied: bool) -> list[str]:
    """A run in a process of its own, killed at its n-th request, before that is applied or once it is; and a
    clean run after it: what is wrong in the end."""
    (directory / "report.json").write_text(json.dumps(as_json(report())))
    (directory / ".github").mkdir()
    with scene(seconds=time.time()) as here:
        (directory / ".github" / "bot.yml").write_text(SETTINGS.format(topic=here.topic))
        words = ["publish", "--report", "report.json", "--pull-request", str(here.number)]
        environment = {**os.environ, **here.world.environment(), "PYTHONPATH": str(Path(__file__).parent.parent)}
        command = [sys.executable, "-m", "bot", *words]
        with subprocess.Popen(command, cwd=directory, env=environment, stdout=subprocess.DEVNULL) as process:

            def kill(_: object) -> None:
                if len(here.world.log) == at:
                    process.kill()
                    process.wait()

            setattr(here.world.front, "after" if applied else "before", kill)
            status = process.wait()
        here.world.front.before = here.world.front.after = None
        here.time.seconds = time.time()  # the next run is a later one
        problems = doubles(here) if status == -signal.SIGKILL else [f"it ended with {status} before it was killed"]
        here.publish()
        return [f"killed at {at}: {each}" for each in (*problems, *wrong(here, Outcome.BREAKING))]
