from __future__ import annotations

import pytest

from bot.community.promise import promised

TICKED = "- [x] This changes wording only: descriptions, titles, examples."


@pytest.mark.parametrize(
    "body",
    [
        TICKED,
        TICKED.replace("[x]", "[X]"),
        "Some words\r\n\r\n  * [x] **This changes wording only**\r\nMore",
        f"```\ncode\n```\n{TICKED}",
        f"<!-- a note -->\n{TICKED}",
        "+ [x] this changes wording only",
        "1. [x] This  changes wording only.",
        "- [x] _This changes wording only_",
        f"- [ ] What kind of change is it?\n    {TICKED}",
        f"1. What kind of change is it?\n\n    {TICKED}",
        f"- Kind\n  - Of change\n\n      {TICKED}",
        f"- Kind\n\t{TICKED}",
        f"- {TICKED}",
        f"- ```\n  code\n\n{TICKED}",
    ],
)
def test_a_ticked_box_promises(body: str) -> None:
    assert promised((), body)


@pytest.mark.parametrize(
    "body",
    [
        "",
        TICKED.replace("[x]", "[ ]"),
        "This changes wording only",
        "- [x] I think that this changes wording only",
        "- [x] This changes wording onlyish",
        f"> {TICKED}",
        f"```\n{TICKED}\n```",
        f"~~~~ markdown\n{TICKED}\n~~~\n{TICKED}\n~~~~",
        f"<!-- {TICKED} -->",
        f"<!--\n{TICKED}",
        f"    {TICKED}",
        f"Some words.\n\n    {TICKED}",
        f"- Kind\n\n      {TICKED}",
        f"- Kind\n\nSome words.\n\n    {TICKED}",
        f"- Kind\n\n    ```\n    {TICKED}\n    ```",
        f"- ```\n  code\n\n```\n{TICKED}\n```",
        f"-     {TICKED}",
        f"- > {TICKED}",
        f"<!-- x --{TICKED}",
        "- [y] This changes wording only",
        "- [x] This changes wording only in part; it also drops a field",
    ],
)
def test_what_nobody_sees_ticked_promises_nothing(body: str) -> None:
    assert not promised((), body)


def test_a_label_promises_by_its_whole_name() -> None:
    assert promised(("bug", "Wording-Only"), "")
    assert promised(("wording only",), "")
    assert promised(("wording_only",), "")
    assert not promised(("not wording-only", "wording"), "")


def test_a_body_that_was_made_to_be_slow_is_not() -> None:
    assert not promised((), "<!--" * 20_000)
    assert not promised((), "- [x] " + "*" * 100_000)
    assert not promised((), "`" * 100_000 + "\n" + "- " * 50_000)
