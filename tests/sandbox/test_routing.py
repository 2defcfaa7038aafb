"""Which handler answers a path."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.routing import Router


@pytest.mark.parametrize(
    ("method", "path", "found"),
    [
        ("GET", "issues", ("all", {})),
        ("GET", "issues/7", ("one", {"number": "7"})),
        ("POST", "issues", None),
        ("GET", "issues/7/8", None),
        ("GET", "contents/a/b.json", ("file", {"path": "a/b.json"})),
        ("GET", "labels/a%2Fb", ("label", {"name": "a/b"})),
        ("GET", "xissues", None),
    ],
)
def test_a_route_fits_a_whole_path(method: str, path: str, found: Any) -> None:
    router = Router(
        [
            ("GET", "issues", "all"),
            ("GET", "issues/{number}", "one"),
            ("GET", "contents/{path:path}", "file"),
            ("GET", "labels/{name}", "label"),
        ]
    )
    match = router.find(method, path)
    assert (match and (match.handler, dict(match.names))) == found
