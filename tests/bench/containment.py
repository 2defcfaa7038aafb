"""What tools decide of the corpus of schema pairs, side by side: decided, wrong, with an example, seconds.

Every tool answers the same questions in a process of its own; what takes longer than PATIENCE seconds for one
question counts as not decided. CASES bounds how many pairs are asked (all without it).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("STANDARDS_DATA", ROOT.parent / "shared" / "data")) / "compat-corpus.jsonl"
PEERS = str(ROOT / ".venv-peers" / "bin" / "python")
PATIENCE = int(os.environ.get("PATIENCE", "5"))
TRUSTED = ("witness-verified", "constructed-unfalsified")
DIRECTIONS = (("backward", "base", "head"), ("forward", "head", "base"))


def ours() -> Callable[[Any, Any, str], Any]:
    """This engine; its examples come with it."""
    from bot.adapters.jsonschema_library import JsonSchemaConfirmer
    from bot.adapters.worker import Worker
    from bot.compat.engine import Engine, Side
    from bot.standard.dialects import Draft, named
    from bot.standard.documents import Documents

    confirmer = JsonSchemaConfirmer(Worker())

    def ask(inner: Any, outer: Any, draft: str) -> Any:
        sides = (Side(Documents({"s": each}, named(draft) or Draft.DRAFT2020), "s") for each in (inner, outer))
        return Engine(confirmer).pair(*sides).strict_backward().answer.value

    return ask


def rust() -> Callable[[Any, Any, str], Any]:
    """The algebra of jsonschema-rs: yes, no (with a schema of the difference, but no example), unknown."""
    import jsonschema_rs

    drafts = {
        "draft4": jsonschema_rs.Draft4,
        "draft6": jsonschema_rs.Draft6,
        "draft7": jsonschema_rs.Draft7,
        "2019-09": jsonschema_rs.Draft201909,
        "2020-12": jsonschema_rs.Draft202012,
    }

    def ask(inner: Any, outer: Any, draft: str) -> Any:
        part, whole = (jsonschema_rs.canonicalize(each, draft=drafts[draft]) for each in (inner, outer))
        said = str(whole.covers(part).value).lower()
        return {"yes": "compatible", "no": "breaking"}.get(said, "unknown")

    return ask


def subschema() -> Callable[[Any, Any, str], Any]:
    """jsonsubschema, which says yes or no, or fails."""
    from jsonsubschema import isSubschema  # type: ignore[import-not-found]

    return lambda inner, outer, _draft: "compatible" if isSubschema(inner, outer) else "breaking"


def compat() -> Callable[[Any, Any, str], Any]:
    """jsoncompat, which asks whether who wrote or read by one schema can by the other."""
    import jsoncompat  # type: ignore[import-not-found]

    return lambda inner, outer, _draft: (
        "compatible" if jsoncompat.check_compat(inner, outer, "serializer") else "breaking"
    )


TOOLS = {"ours": ours, "jsonschema-rs": rust, "jsonsubschema": subschema, "jsoncompat": compat}
WITH_EXAMPLES = ("ours",)
"""Where "breaking" always comes with an example. None of the others gives one."""


def answer(tool: str) -> None:
    """Answer the corpus, one JSON a line, and last how long it took."""
    ask = TOOLS[tool]()
    signal.signal(signal.SIGALRM, _late)
    began = time.process_time()
    for case in _cases():
        answers = {}
        for direction, inner, outer in DIRECTIONS:
            signal.alarm(PATIENCE)
            try:
                answers[direction] = ask(case[inner], case[outer], case["draft"])
            except BaseException as problem:  # not Exception: a panic in Rust ends a question, and no more
                if isinstance(problem, KeyboardInterrupt):
                    raise
                answers[direction] = "failed"
            signal.alarm(0)
        print(json.dumps(answers))
    print(json.dumps({"seconds": time.process_time() - began}))


def _late(*_: object) -> None:
    raise TimeoutError


def _cases() -> list[dict[str, Any]]:
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[: int(os.environ.get("CASES", "0")) or None]]


def score(lines: list[dict[str, Any]]) -> Counter[str]:
    """How the answers to trusted questions stand to what is expected."""
    counted: Counter[str] = Counter()
    for case, answers in zip(_cases(), lines, strict=True):
        for direction, _, _ in DIRECTIONS:
            expected = case.get(f"expected_{direction}")
            if expected is None or case[f"trust_{direction}"] not in TRUSTED:
                continue
            said = answers[direction]
            counted["asked"] += 1
            counted["decided"] += said in ("compatible", "breaking")
            counted["false compatible"] += said == "compatible" and not expected
            counted["false breaking"] += said == "breaking" and expected
            counted["refuted"] += said == "breaking"
    return counted


def main() -> None:
    """Ask all tools and print a table."""
    if not CORPUS.exists():
        print(f"skipped: what tools decide of the corpus ({CORPUS} is not there)")
        return
    print(
        f"{'tool':14}  {'asked':>6} {'decided':>8} {'false comp.':>12} {'false break.':>13} {'examples':>9} {'CPU s':>7}"
    )
    for tool in TOOLS:
        python = sys.executable if tool in ("ours", "jsonschema-rs") else PEERS
        done = subprocess.run([python, __file__, tool], capture_output=True, text=True, check=False)
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        if done.returncode or not lines:
            why = "it needs Python 3.12" if tool == "jsoncompat" else "it cannot be run here"
            print(f"{tool:14}  skipped: {why}")
            continue
        took, found = lines.pop()["seconds"], score(lines)
        numbers = f"{found['asked']:6} {found['decided'] / found['asked']:8.1%} {found['false compatible']:12}"
        examples = found["refuted"] if tool in WITH_EXAMPLES else 0
        print(f"{tool:14}  {numbers} {found['false breaking']:13} {examples:9} {took:7.1f}")


if __name__ == "__main__":
    answer(sys.argv[1]) if len(sys.argv) > 1 else main()
