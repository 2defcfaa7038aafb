"""`demo`: the main job on a sample change: check it, and build the releases it would lead to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from bot.commands import build, check
from bot.commands.publish import PublishRequest, news_of
from bot.community.channels import Kind
from bot.community.configuration import Configuration
from bot.errors import InputError
from bot.ports import Clock, Confirmer, Output, Progress, Sources
from bot.publish.destinations import destinations, situation
from bot.render.occasion import Occasion
from bot.report.model import Report
from bot.report.subject import PullRequest
from bot.standard.json_reading import read_json
from bot.standard.merge_patch import merge
from bot.standard.snapshot import STANDARD, Snapshot

CHANGED = "changed"
RELEASES = "releases"


@dataclass(frozen=True, slots=True)
class Demonstrated:
    """The report on the sample change, the files it touches with what they said before (None where they were not
    there) and say now, and the profiles that were built."""

    report: Report
    touched: Mapping[str, tuple[str | None, str]]
    profiles: tuple[str, ...]


def run(
    directory: str, sources: Sources, output: Output, releases: Output, confirmer: Confirmer, progress: Progress
) -> Demonstrated:
    """Change a copy of the standard, which `output` writes below `directory`; check the copy and build it."""
    snapshot = sources.named("WORKTREE").standard()
    changes = dict(_sample(files("bot.commands") / "sample_change", "schema"))
    changed = _changed(snapshot, changes)
    output.replace(CHANGED, changed.items())
    head = f"{directory}/{CHANGED}"
    report = check.run(check.CheckRequest("WORKTREE", head), sources, confirmer, progress)
    built = build.run(build.BuildRequest(head), sources, releases)
    before = {path: content.decode("utf-8", "replace") for path, content in snapshot.files.items()}
    touched = {path: (before.get(path), changed[path]) for path in changes}
    return Demonstrated(report, touched, built.profiles)


def shown(
    request: PublishRequest, pull_request: PullRequest, configuration: Configuration, clock: Clock
) -> tuple[Occasion, dict[str, Occasion]]:
    """On what occasion everybody is told, and each chat of its own, by the name of its channel."""
    news = news_of(request.report, pull_request, configuration, request.links, clock.now(), "")
    found = destinations(request.report, news.channels, situation(request.report, pull_request, 0, quiet=False))
    chats = {each.channel.id: news.occasion(each) for each in found if each.channel.kind is Kind.SLACK}
    return news.occasion(), chats


def _sample(directory: Traversable, path: str) -> Iterator[tuple[str, str]]:
    """The merge patches of the sample change, by the path of the file that each one changes."""
    for entry in sorted(directory.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _sample(entry, f"{path}/{entry.name}")
        elif entry.name.endswith(".json"):
            yield f"{path}/{entry.name}", entry.read_text(encoding="utf-8")


def _changed(snapshot: Snapshot, changes: dict[str, str]) -> dict[str, str]:
    if STANDARD not in snapshot.files:
        message = f"there is no extended structure in {snapshot.label}"
        raise InputError(message, "The demonstration changes the bundled one: run it in the project's own directory.")
    texts = {path: content.decode("utf-8", "replace") for path, content in snapshot.files.items()}
    for path, patch in changes.items():
        reading = read_json(path, snapshot.files.get(path, b"{}"))
        if not reading.readable:
            raise InputError(f"{path} cannot be read", reading.problems[-1].message)
        texts[path] = json.dumps(merge(reading.value, json.loads(patch)), indent=2, ensure_ascii=False) + "\n"
    return texts
