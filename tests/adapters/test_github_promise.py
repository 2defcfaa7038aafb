from __future__ import annotations

import pytest

from bot.sandbox.world import GITHUB_TOKEN, World
from tests.adapters.conftest import Open

TICKED = "Words.\r\n\r\n- [x] This changes wording only: descriptions, titles, examples."


@pytest.mark.parametrize(
    ("body", "labels", "promised"),
    [
        ("", (), False),
        ("", ("bug",), False),
        ("", ("wording-only",), True),
        (TICKED, (), True),
        (TICKED.replace("[x]", "[ ]"), (), False),
    ],
)
def test_a_promise_is_read_from_labels_and_body(
    world: World, open_github: Open, body: str, labels: tuple[str, ...], promised: bool
) -> None:
    number = world.github.open_pull_request(body=body, labels=labels)
    github = open_github(GITHUB_TOKEN)
    assert github.pull_request(number).wording_only is promised
    assert [each.wording_only for each in github.open_pull_requests() if each.number == number] == [promised]
