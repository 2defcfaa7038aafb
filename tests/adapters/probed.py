"""What tests of the probes share: what was found, and answers of services made other than the sandbox's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from bot.community.checkup import Check, State
from bot.sandbox.exchange import Request, Response

STAMP = "25 Nov 04:31:57"


def found(checks: Iterable[Check]) -> dict[str, State]:
    """What was found, by its sentence. Whatever is wrong says what to do."""
    collected = list(checks)
    assert all(check.hint for check in collected if check.state is State.WRONG)
    assert not any("sandbox-" in check.what + check.hint for check in collected)
    made = {check.what: check.state for check in collected}
    assert len(made) == len(collected)
    return made


def wrong(checks: Iterable[Check]) -> list[str]:
    """What is to be mended."""
    return [what for what, state in found(checks).items() if state is State.WRONG]


def hint(checks: Iterable[Check], part: str) -> str:
    """What to do about the one thing whose sentence has this part."""
    (check,) = (each for each in checks if part in each.what)
    return check.hint


def altered(
    monkeypatch: pytest.MonkeyPatch, service: Any, method: str, path: str, change: Callable[[Any], Any]
) -> None:
    """Have a service answer a request with something else: what `change` makes of the answer's JSON."""
    handle = service.handle

    def instead(request: Request) -> Response:
        response: Response = handle(request)
        if (request.method, request.path) != (method, path):
            return response
        return Response(response.status, json.dumps(change(response.json())).encode(), response.headers)

    monkeypatch.setattr(service, "handle", instead)


def refused(monkeypatch: pytest.MonkeyPatch, service: Any, method: str, path: str, status: int) -> None:
    """Have a service refuse a request."""
    handle = service.handle

    def instead(request: Request) -> Response:
        if (request.method, request.path) != (method, path):
            response: Response = handle(request)
            return response
        return Response(status, b'{"errors": ["No."], "message": "No."}', {"Content-Type": "application/json"})

    monkeypatch.setattr(service, "handle", instead)
