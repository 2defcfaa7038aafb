from __future__ import annotations

import pytest

from bot.standard.versions import coming_version, followed, is_number, live_version


def refs(*names: str) -> dict[str, str]:
    return {f"refs/{name}": f"commit of {name}" for name in names}


@pytest.mark.parametrize(
    ("names", "live"),
    [
        ((), None),
        (("heads/main", "tags/latest", "tags/v2"), None),
        (("tags/v1.9", "tags/v1.10", "tags/v1.2.3"), "tags/v1.10"),
        (("tags/v2.0.1", "tags/v2.0"), "tags/v2.0.1"),
        (("tags/3.0", "tags/v2.0.1"), "tags/3.0"),
        (("heads/3.0", "heads/3.1-dev", "tags/v2.0.1"), "heads/3.0"),
        (("heads/3.0", "tags/v3.0"), "tags/v3.0"),
        (("tags/v3.0", "heads/3.0"), "tags/v3.0"),
        (("tags/standard-2.0.1", "tags/v9.0"), "tags/standard-2.0.1"),
        (("tags/v3.0-rc1", "tags/v3.0.0.1", "heads/v3.0", "tags/v2.0"), "tags/v2.0"),
        (("tags/v1.٣", "tags/v1.0\n"), None),
    ],
)  # fmt: skip
def test_the_newest_version_is_live(names: tuple[str, ...], live: str | None) -> None:
    found = live_version(refs(*names))
    assert (found and found.commit) == (live and f"commit of {live}")


def test_what_is_live_is_before_what_is_coming() -> None:
    names = refs("heads/2.0", "heads/3.0", "heads/3.1", "heads/3.1-dev")
    found = live_version(names, below=(3, 1, 0))
    assert found is not None
    assert found.name == "3.0"


@pytest.mark.parametrize(
    ("names", "default", "coming"),
    [
        (("heads/main", "tags/v1.0"), "main", "main"),
        (("heads/3.0", "heads/3.1-dev", "heads/2.0-dev", "heads/3.0.1-dev"), "3.0", "3.1-dev"),
        (("heads/3.0", "heads/2.0-dev"), "3.0", None),
        (("heads/3.0", "heads/3.1-dev"), "3.1-dev", "3.1-dev"),
        (("heads/main",), "gone", None),
    ],
)  # fmt: skip
def test_the_default_branch_is_coming_unless_it_is_live(
    names: tuple[str, ...], default: str, coming: str | None
) -> None:
    found = coming_version(refs(*names), default)
    assert (found and found.name) == coming


@pytest.mark.parametrize(
    ("names", "branch", "declared", "number"),
    [
        ((), "main", "", ""),
        (("tags/v2.0.1", "tags/v3.0"), "main", "", "3.0"),
        (("tags/standard-2.0.1", "tags/v9.0"), "main", "", "2.0.1"),
        (("heads/3.0", "heads/3.1", "heads/3.1-dev"), "3.1-dev", "", "3.0"),
        (("heads/3.0", "heads/3.1"), "3.0", "", "3.0"),
        (("tags/v2.0.1", "tags/v3.0"), "main", "3.0-dev", "2.0.1"),
        (("tags/v2.0.1", "tags/v3.0"), "main", "REQUIRED -- a version", "3.0"),
        (("tags/v1.2.0",), "main", "0.1.0", ""),
    ],
)
def test_the_version_that_another_follows(names: tuple[str, ...], branch: str, declared: str, number: str) -> None:
    assert followed(refs(*names), branch, declared) == number


def test_what_is_the_number_of_a_version() -> None:
    assert [text for text in ("3.0", "2.0.1", "3.1-dev", "", "3", "v3.0", "3.0\n") if is_number(text)] == [
        "3.0",
        "2.0.1",
    ]
