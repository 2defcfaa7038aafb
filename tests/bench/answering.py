"""Asks one tool about the pairs of a corpus, in a process of its own and with nothing of ours beside it: prints one
line of JSON when the tool is loaded, then one for each pair."""

from __future__ import annotations

import atexit
import json
import signal
import sys
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

DIRECTIONS = (("backward", "base", "head"), ("forward", "head", "base"))
FAILED = {"said": "failed"}

Answer: TypeAlias = dict[str, Any]
"""What a tool said: compatible, breaking or unknown; and its example, where it gave one."""
Ask: TypeAlias = Callable[[Any, Any, str], Answer]
"""Is every value of one schema a value of the other, both of a draft?"""


def ours() -> Ask:
    """This engine."""
    from bot.adapters.jsonschema_library import JsonSchemaConfirmer
    from bot.adapters.worker import Worker
    from bot.compat.engine import Engine, Side
    from bot.compat.verdicts import Answer as Said
    from bot.standard.dialects import Draft, named
    from bot.standard.documents import Documents

    worker = Worker()
    atexit.register(worker.close)  # the time of a process that was waited for counts
    confirmer = JsonSchemaConfirmer(worker)

    def ask(inner: Any, outer: Any, draft: str) -> Answer:
        sides = (Side(Documents({"s": each}, named(draft) or Draft.DRAFT2020), "s") for each in (inner, outer))
        found = Engine(confirmer).pair(*sides).strict_backward()
        said: Answer = {"said": found.answer.value}
        return {**said, "example": found.witness} if found.answer is Said.BREAKING else said

    return ask


def rust() -> Ask:
    """The algebra of jsonschema-rs: yes, no or unknown. It has a schema of the difference, and no example."""
    import jsonschema_rs

    drafts = {
        "draft4": jsonschema_rs.Draft4,
        "draft6": jsonschema_rs.Draft6,
        "draft7": jsonschema_rs.Draft7,
        "2019-09": jsonschema_rs.Draft201909,
        "2020-12": jsonschema_rs.Draft202012,
    }

    def ask(inner: Any, outer: Any, draft: str) -> Answer:
        part, whole = (
            jsonschema_rs.canonicalize(each, draft=drafts[draft], validate_formats=False) for each in (inner, outer)
        )
        said = str(whole.covers(part).value).lower()
        return {"said": {"yes": "compatible", "no": "breaking"}.get(said, "unknown")}

    return ask


def subschema() -> Ask:
    """jsonsubschema, which says yes or no, or fails; it knows draft 4."""
    from jsonsubschema import isSubschema  # type: ignore[import-not-found]

    return lambda inner, outer, _: {"said": "compatible" if isSubschema(inner, outer) else "breaking"}


def compat() -> Ask:
    """jsoncompat, which asks whether who reads by one schema can read by the other; it knows 2020-12 alone, and
    refuses what names another draft."""
    import jsoncompat  # type: ignore[import-not-found]

    said = {"compatible": "compatible", "incompatible": "breaking"}

    def ask(inner: Any, outer: Any, _: str) -> Answer:
        schemas = (json.dumps(each) for each in (inner, outer))
        found = jsoncompat.analyze_compat(*schemas, "deserializer", options={"assert_formats": False})
        answer: Answer = {"said": said.get(found["status"], "unknown")}
        shown = found.get("counterexample_json")
        return answer if shown is None else {**answer, "example": json.loads(shown)}

    return ask


TOOLS: dict[str, Callable[[], Ask]] = {
    "ours": ours,
    "jsonschema-rs": rust,
    "jsonsubschema": subschema,
    "jsoncompat": compat,
}


def answered(case: dict[str, Any], ask: Ask, patience: int) -> dict[str, Answer]:
    """Both directions of a pair. What takes too long is stopped; a tool that runs on all the same, where no handler
    of Python's is called, ends with its process."""
    answers = {}
    for direction, inner, outer in DIRECTIONS:
        signal.alarm(patience)
        signal.setitimer(signal.ITIMER_PROF, 2 * patience)
        try:
            answers[direction] = ask(case[inner], case[outer], case["draft"])
        except BaseException as problem:  # not Exception: a panic in Rust ends a question, and no more
            if isinstance(problem, KeyboardInterrupt):
                raise
            answers[direction] = FAILED
        signal.alarm(0)
        signal.setitimer(signal.ITIMER_PROF, 0)
    return answers


def _late(*_: object) -> None:
    raise TimeoutError


def main(tool: str, patience: str, lines: Iterable[str]) -> None:
    """Answer the pairs that stand on the lines."""
    ask = TOOLS[tool]()
    signal.signal(signal.SIGALRM, _late)
    print(json.dumps({"ready": tool}), flush=True)
    for line in lines:
        print(json.dumps(answered(json.loads(line), ask, int(patience))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.stdin)
