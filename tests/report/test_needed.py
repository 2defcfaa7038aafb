from __future__ import annotations

import pytest

from bot.compat.bump import Bump
from bot.report.needed import next_version


@pytest.mark.parametrize(
    ("live", "bump", "said"),
    [
        ("3.0", Bump.MINOR, "3.1"),
        ("3.0", Bump.MAJOR, "4.0"),
        ("3.0", Bump.PATCH, "3.0.1"),
        ("2.0.1", Bump.PATCH, "2.0.2"),
        ("2.0.1", Bump.MINOR, "2.1.0"),
        ("2.0.1", Bump.MAJOR, "3.0.0"),
        ("2.0.1", Bump.NONE, ""),
        ("", Bump.MAJOR, ""),
    ],
)
def test_the_version_that_follows(live: str, bump: Bump, said: str) -> None:
    assert next_version(live, bump) == said
