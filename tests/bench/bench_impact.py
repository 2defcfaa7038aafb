"""How many records a second are judged, ours beside the `jsonschema` library, and how much memory a long feed takes.

Both validate the same generated records against the same entities of the bundled standard, base and head alike.
`RECORDS` says how long the feed of the memory measurement is; a million by default.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
RECORDS = int(os.environ.get("RECORDS", "1000000"))
SAMPLE = 2_000
TURNS = 5
OURS = str(Path(sys.executable).with_name("standards-bot"))


def record(number: int) -> dict[str, object]:
    """A service as a page of an API lists it, with what it holds."""
    identifier = f"{number:08x}-0000-4000-8000-000000000000"
    phones = [{"id": identifier, "number": f"0800 {number}"}]
    organization = {"id": identifier, "name": f"Organisation {number % 97}", "description": "What it does."}
    return {
        "id": identifier,
        "name": f"Service {number}",
        "status": ("active", "inactive")[number % 2],
        "description": "What is offered, to whom, where and when. " * 4,
        **({"url": f"http://example.org/{number}"} if number % 3 else {}),
        "phones": phones,
        "organization": organization,
    }


def write(path: Path, records: int) -> None:
    """A feed of so many records, one a line."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(records):
            file.write(json.dumps(record(number)) + "\n")


def ours(feed: Path) -> float:
    """Seconds of the whole command on a feed, without what it takes on an empty one."""
    empty = feed.with_name("empty.jsonl")
    empty.write_text("", encoding="utf-8")
    return _run(feed)[0] - _run(empty)[0]


def _run(feed: Path) -> tuple[float, int]:
    """Seconds, and the most memory (KiB) that any process begun here ever had."""
    words = [OURS, "impact", "--data", str(feed), "--source", str(ROOT), "--base", str(ROOT), "--head", str(ROOT)]
    words += ["--entity", "service", "--profile", "core", "--format", "json", "--output", os.devnull]
    began = time.perf_counter()
    subprocess.run(words, check=True, capture_output=True)
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def library(feed: Path) -> float:
    """Seconds for the same records with the library: reading, and judging by base and head alone."""
    from jsonschema import Draft202012Validator

    from bot.generate.views import compiled_views
    from bot.standard.profiles import apply_profile
    from tests.worlds import read_source

    standard = read_source(ROOT)
    structure = apply_profile(standard, next(each for each in standard.profiles if each.id == "core"))
    # Without references, which take the library longer.
    schema = dict(compiled_views(structure.entities, standard.views))["service"]
    checker = Draft202012Validator.FORMAT_CHECKER
    judges = [Draft202012Validator(schema, format_checker=checker) for _ in range(2)]
    assert all(judge.is_valid(value) for value in _read(feed) for judge in judges[:1])
    began = time.perf_counter()
    for value in _read(feed):
        for judge in judges:
            judge.is_valid(value)
    return time.perf_counter() - began


def _read(feed: Path) -> Iterator[object]:
    with feed.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        feed = Path(scratch) / "services.jsonl"
        write(feed, SAMPLE)
        peers: dict[str, Callable[[Path], float]] = {"impact": ours, "jsonschema library": library}
        many = Path(scratch) / "many.jsonl"
        write(many, SAMPLE * 10)
        sizes = {"impact": (many, SAMPLE * 10), "jsonschema library": (feed, SAMPLE)}
        rates: dict[str, list[float]] = {name: [] for name in peers}
        for _ in range(TURNS):
            for name, peer in peers.items():
                file, count = sizes[name]
                rates[name].append(count / peer(file))
        print("Published records held against base and head")
        for name, each in rates.items():
            print(f"{name:24} {statistics.median(each):12,.0f} records a second")
        ratio = statistics.median(rates["impact"]) / statistics.median(rates["jsonschema library"])
        print(f"impact is {ratio:.1f} times as fast, and counts the terms that are filled besides", flush=True)
        for count in (RECORDS // 100, RECORDS):
            write(feed, count)
            took, memory = _run(feed)
            print(f"{count:12,} records: {took:8.1f} s, at most {memory / 1024:6.1f} MiB of memory", flush=True)


if __name__ == "__main__":
    main()
