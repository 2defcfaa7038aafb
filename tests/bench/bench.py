"""How long whole runs take, each beside the others in one go, by the clock and in a processor's time.

Runs of all jobs take turns, so that a slow minute slows them all. A peer that is not installed, and data that
is not there, are skipped with a word.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("STANDARDS_DATA", ROOT.parent / "shared" / "data"))
PEERS = ROOT / ".venv-peers" / "bin"
RUNS = int(os.environ.get("RUNS", "15"))
OURS = str(Path(sys.executable).with_name("standards-bot"))


@dataclass(frozen=True)
class Job:
    """A whole process; `allowed` are the exit statuses of a run that did its work."""

    name: str
    command: list[str]
    needs: Path
    allowed: tuple[int, ...] = (0,)


def jobs(scratch: Path) -> list[Job]:
    """The jobs; the first says how fast a machine is."""
    reference = [sys.executable, "-c", "import jsonschema"]
    changed, more = _copies(scratch)
    patch = ["--patch", f"uk={DATA / 'oruk-3.0/profile'}"]
    both = ["--base", str(DATA / "hsds-3.0"), "--head", str(DATA / "hsds-3.1-dev")]
    build = [OURS, "build", "--source", str(DATA / "hsds-3.0"), "--output", str(scratch / "out")]
    three = sorted((ROOT / "schema").glob("s*.json"))[:3]
    metaschema = [str(PEERS / "check-jsonschema"), "--check-metaschema", *map(str, three)]
    return [
        Job("python -c 'import jsonschema'", reference, ROOT),
        Job("check HSDS 3.0 -> 3.1-dev", [OURS, "check", *both], DATA),
        Job("check HSDS 3.0 -> 3.1-dev with the UK patch", [OURS, "check", *both, *patch], DATA),
        Job("build UK 3.0", [*build, *patch], DATA),
        Job("check the bundled standard, 3 profiles", _check(ROOT, changed), ROOT, (1,)),
        Job("check the bundled standard, 13 profiles", _check(*more), ROOT, (1,)),
        Job(
            "build the bundled standard", [OURS, "build", "--source", str(ROOT), "--output", str(scratch / "own")], ROOT
        ),
        Job("peer: check-jsonschema, metaschema of 3 files", metaschema, Path(metaschema[0])),
    ]


def _check(base: Path, head: Path) -> list[str]:
    return [OURS, "check", "--base", str(base), "--head", str(head), "--format", "json"]


def _copies(scratch: Path) -> tuple[Path, tuple[Path, Path]]:
    """The bundled standard with the sample change; and both versions with ten more profiles like `uk`."""
    _run([OURS, "demo", "--source", str(ROOT), "--output", str(scratch / "demo")])
    changed = scratch / "demo" / "changed"
    more = scratch / "base", scratch / "head"
    for source, copy in zip((ROOT, changed), more, strict=True):
        shutil.copytree(source / "schema", copy / "schema")
        for number in range(10):
            name = f"uk{number}"
            directory = copy / "schema" / "profiles" / name
            shutil.copytree(copy / "schema" / "profiles" / "uk", directory)
            declared = directory / "profile.yml"
            declared.write_text(declared.read_text().replace("id: uk", f"id: {name}"))
        for file in (copy / "schema").glob("*.json"):
            file.write_text(_selected(file.read_text()))
    return changed, more


def _selected(schema: str) -> str:
    for how in ("must", "should", "could"):
        named = ", ".join(f'"uk{number}": "{how}"' for number in range(10))
        schema = schema.replace(f'"uk": "{how}"', f'"uk": "{how}", {named}')
    return schema


def _run(command: list[str], allowed: tuple[int, ...] = (0,)) -> tuple[float, float]:
    """Seconds by the clock, and of a processor."""
    began, used = time.perf_counter(), _processor()
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    took = time.perf_counter() - began, _processor() - used
    if done.returncode not in allowed:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.strip()}")
    return took


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        chosen = []
        for job in jobs(Path(scratch)):
            if job.needs.exists():
                chosen.append(job)
            else:
                print(f"skipped: {job.name} ({job.needs} is not there)")
        print(f"Measuring {len(chosen)} whole processes, {RUNS} runs of each in turns.", file=sys.stderr, flush=True)
        times: dict[str, list[tuple[float, float]]] = {job.name: [] for job in chosen}
        for turn in range(RUNS + 1):
            for job in chosen:
                took = _run(job.command, job.allowed)
                if turn:  # the first turn fills caches
                    times[job.name].append(took)
    print(table(times))


def table(times: dict[str, list[tuple[float, float]]]) -> str:
    """What all runs took; by the clock a busy machine shows, in a processor's time it hardly does."""
    runs = len(next(iter(times.values())))
    lines = [
        f"{'':46}  {'clock':>6}  {'':>6}  {'':>6}  {'CPU':>6}",
        f"{'whole process':46}  {'min':>6}  {'median':>6}  {'max':>6}  {'median':>6}   ({runs} runs, seconds)",
    ]
    for name, each in times.items():
        clock = [took for took, _ in each]
        used = statistics.median(used for _, used in each)
        lines.append(f"{name:46}  {min(clock):6.3f}  {statistics.median(clock):6.3f}  {max(clock):6.3f}  {used:6.3f}")
    few, many = (
        statistics.median(used for _, used in times[f"check the bundled standard, {n} profiles"]) for n in (3, 13)
    )
    more = (many - few) / 10
    return "\n".join([*lines, f"One profile more costs {more:.3f} s of CPU, {more / few:.0%} of a check of three.", ""])


if __name__ == "__main__":
    main()
