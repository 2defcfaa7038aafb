"""A process that validates under limits: what runs away there is stopped, and nothing else is harmed."""

from __future__ import annotations

import json
import os
import resource
import selectors
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import astuple
from typing import IO

from bot.compat.confirming import Fault, Judged
from bot.standard.dialects import Draft, named
from bot.standard.values import JSON

SECONDS = 3.0
PATIENCE = 4
"""So many times as long one waits for it: a machine that is busy is no reason to go without an answer."""
MEMORY = 1 << 30


class Worker:
    """Starts the process when it is first needed, and anew after it was stopped."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """`seconds`: how much of a processor's time one validation may take."""
        self._seconds = seconds
        self._process: subprocess.Popen[str] | None = None

    def accepts(self, schema: Judged, instance: JSON) -> bool | None:
        """Whether the instance is valid; None where the worker failed or was stopped."""
        answer: bool | None = self._ask("accepts", schema, instance)
        return answer

    def faults(self, schema: Judged, instance: JSON) -> tuple[Fault, ...]:
        """Why the instance is not valid; none where the worker failed or was stopped."""
        return tuple(Fault(*each) for each in self._ask("faults", schema, instance) or ())

    def _ask(self, what: str, schema: Judged, instance: JSON) -> JSON:
        question = {
            "what": what,
            "documents": dict(schema.documents),
            "root": schema.root,
            "draft": schema.draft.value,
            "formats": schema.formats,
            "instance": instance,
            "seconds": self._seconds,
        }
        answer = self._answer(json.dumps(question))
        return json.loads(answer) if answer else None

    def close(self) -> None:
        """Stop the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _answer(self, question: str) -> str:
        process = self._process = self._process or self._started()
        answer = ""
        if process.stdin is not None and process.stdout is not None:
            with suppress(OSError):
                process.stdin.write(question + "\n")
                process.stdin.flush()
                answer = self._read(process.stdout)
        if not answer:
            self.close()
        return answer

    def _read(self, stream: IO[str]) -> str:
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            return stream.readline() if selector.select(self._seconds * PATIENCE) else ""

    def _started(self) -> subprocess.Popen[str]:
        # -P: nothing is imported from the working directory, which may be a stranger's checkout.
        command = [sys.executable, "-P", "-m", "bot.adapters.worker"]
        environment = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "SYSTEMROOT") if name in os.environ}
        return subprocess.Popen(  # noqa: S603 - this very program, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )


def serve(questions: IO[str], answers: IO[str]) -> None:
    """Answer questions, one JSON a line, until there are none."""
    from bot.adapters.jsonschema_library import ask, validator, why

    for line in questions:
        question = json.loads(line)
        draft = named(question["draft"]) or Draft.DRAFT2020
        schema = Judged(question["documents"], question["root"], draft, question["formats"])
        judge, instance = validator(schema), question["instance"]
        # A pattern that runs away holds the interpreter: only a signal without a handler ends it, and the process.
        signal.setitimer(signal.ITIMER_PROF, question.get("seconds", 0))  # 0: no limit
        answer = (
            ask(judge, instance) if question["what"] == "accepts" else [astuple(each) for each in why(judge, instance)]
        )
        signal.setitimer(signal.ITIMER_PROF, 0)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    serve(sys.stdin, sys.stdout)
