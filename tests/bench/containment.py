"""What tools decide of the corpus of schema pairs, side by side: decided, wrong, with an example, seconds.

Every tool answers the same questions in a process of its own (`answering`); what takes longer than PATIENCE seconds
for one question counts as not decided. CASES bounds how many pairs are asked (all without it).
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.adapters.jsonschema_library import JsonSchemaConfirmer
from bot.adapters.worker import Worker
from bot.compat.confirming import Confirmer, Judged
from bot.standard.dialects import Draft, named
from tests.bench.answering import DIRECTIONS, FAILED, TOOLS

ROOT = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("STANDARDS_DATA", ROOT.parent / "shared" / "data")) / "compat-corpus.jsonl"
PEERS = str(ROOT / ".venv-peers" / "bin" / "python")
OF_OURS = ("ours", "jsonschema-rs")
"""What is installed beside the bot; the others are in an environment of their own."""
ANSWERING = Path(__file__).with_name("answering.py")
PATIENCE = os.environ.get("PATIENCE", "5")
TRUSTED = ("witness-verified", "constructed-unfalsified")

NOTES = """\
Asked are the questions whose answer is certain. Examples: of the answers "breaking", how many came with a value that
the jsonschema library accepts by the one schema and rejects by the other. Seconds are of whole processes, and of those
they began. jsonsubschema knows draft 4 alone: most of what it leaves open is newer. jsoncompat knows 2020-12 alone; it
takes it that nobody uses a name that no schema declares, and most of what it wrongly calls compatible is so by that."""


@dataclass(frozen=True)
class Answered:
    """What a tool said of each pair, and the seconds it took: of a processor, and by the clock."""

    answers: list[dict[str, Any]]
    processor: float
    clock: float


def asked(command: Sequence[str], cases: Sequence[str]) -> Answered | str:
    """Put all cases (a line of JSON each) to a tool. One that a tool falls over counts as failed, and the tool is
    begun anew; a text says why it cannot be asked at all."""
    answers: list[dict[str, Any]] = []
    processor, began = _processor(), time.perf_counter()
    while len(answers) < len(cases):
        given = "\n".join(cases[len(answers) :])
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
        found = list(_lines(done.stdout))
        if not found:
            return done.stderr.strip().rpartition("\n")[2] or f"it ended with {done.returncode}"
        answers += found[1:]  # the first says that the tool is loaded
        if len(answers) < len(cases):
            answers.append({direction: FAILED for direction, _, _ in DIRECTIONS})
    return Answered(answers, _processor() - processor, time.perf_counter() - began)


def _lines(text: str) -> Iterator[dict[str, Any]]:
    """What a tool printed, but for what a peer says besides and what was cut off."""
    for line in text.splitlines():
        try:
            value = json.loads(line)
        except ValueError:
            continue
        if isinstance(value, dict):
            yield value


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def score(cases: Sequence[dict[str, Any]], answers: Sequence[dict[str, Any]], confirmer: Confirmer) -> Counter[str]:
    """How the answers to trusted questions stand to what is expected."""
    counted: Counter[str] = Counter()
    for case, answer in zip(cases, answers, strict=True):
        for direction, inner, outer in DIRECTIONS:
            expected = case.get(f"expected_{direction}")
            if expected is None or case[f"trust_{direction}"] not in TRUSTED:
                continue
            said = answer[direction]["said"]
            counted["asked"] += 1
            counted["decided"] += said in ("compatible", "breaking")
            counted["false compatible"] += said == "compatible" and not expected
            counted["false breaking"] += said == "breaking" and expected
            if said == "breaking":
                counted["refuted"] += 1
                counted["shown"] += _shows(answer[direction], case[inner], case[outer], case["draft"], confirmer)
    return counted


def _shows(answer: dict[str, Any], inner: Any, outer: Any, draft: str, confirmer: Confirmer) -> bool:
    """Whether there is an example, and it is one."""
    if "example" not in answer:
        return False
    made = (Judged({"s": each}, "s", named(draft) or Draft.DRAFT2020, formats=False) for each in (inner, outer))
    return [confirmer.accepts(each, answer["example"]) for each in made] == [True, False]


def row(tool: str, found: Counter[str], took: Answered) -> str:
    """A line of the table."""
    share = f"{found['decided'] / max(found['asked'], 1):.1%}"
    examples = f"{found['shown']:,} of {found['refuted']:,}"
    wrong = f"{found['false compatible']:12,} {found['false breaking']:12,}"
    return f"{tool:14} {found['asked']:8,} {share:>8} {wrong} {examples:>16} {took.processor:8.1f} {took.clock:8.1f}"


HEADING = (
    f"{'':14} {'':8} {'':8} {'wrongly':>12} {'wrongly':>12} {'':16} {'seconds':>8} {'seconds':>8}\n"
    f"{'tool':14} {'asked':>8} {'decided':>8} {'compatible':>12} {'breaking':>12} {'examples':>16} "
    f"{'CPU':>8} {'clock':>8}"
)


def main() -> None:
    """Ask all tools and print a table."""
    if not CORPUS.exists():
        print("skipped: what tools decide of the corpus of schema pairs (the published data is not here)")
        return
    lines = CORPUS.read_text(encoding="utf-8").splitlines()[: int(os.environ.get("CASES", "0")) or None]
    cases = [json.loads(line) for line in lines]
    confirmer = JsonSchemaConfirmer(worker := Worker())
    print(f"What tools decide of {len(cases):,} pairs of schemas: is every value of the one a value of the other?")
    print(HEADING, flush=True)
    for tool in TOOLS:
        python = sys.executable if tool in OF_OURS else PEERS
        if not Path(python).exists():
            print(f"{tool:14} skipped: the peers are not installed", flush=True)
            continue
        took = asked([python, str(ANSWERING), tool, PATIENCE], lines)
        if isinstance(took, str):
            print(f"{tool:14} skipped: {took}" + ", which needs Python 3.12" * (tool == "jsoncompat"), flush=True)
        else:
            print(row(tool, score(cases, took.answers, confirmer), took), flush=True)
    worker.close()
    print(f"{NOTES}\n")


if __name__ == "__main__":
    main()
