from __future__ import annotations

from typing import Any

import pytest

from bot.adapters.redaction import Redactor
from bot.adapters.trouble import LONGEST, Asked, Effect, Trouble, led_to, parsed, retry_after, wait_of, whole
from bot.publish.places import Ambiguous, Unavailable

NOW = 1_760_000_000.0
TROUBLE = Trouble("Forum", Redactor("secret-key"))
CREATION = Asked("POST /posts", Effect.CREATE)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("5", 5),
        (" 0 ", 0),
        ("Thu, 09 Oct 2025 08:53:30 GMT", 10),
        ("Thu, 09 Oct 2025 08:53:10 GMT", 0),
        ("99999999999999999999", 86_400),
        ("Fri, 09 Oct 2099 08:53:30 GMT", 86_400),
        ("soon", None),
        ("-1", None),
        ("1.5", None),
        ("٣", None),
        ("", None),
        ("9" * 5000, 86_400),
        ("Mon, 01 Jan 2020 00:00:99999999999 GMT", None),
        ("Mon, 01 Jan 2020 00:00:00 +99999999999", None),
        ("Mon, 01 Jan 99999 00:00:00 GMT", None),
        ("Mon, 01 Jan 0001 00:00:00 +2359", 0),
    ],
)
def test_what_a_service_asks_to_wait(header: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": header}, NOW) == seconds


def test_without_the_header_nothing_is_asked() -> None:
    assert retry_after({}, NOW) is None


@pytest.mark.parametrize(
    ("effect", "kind"), [(Effect.READ, Unavailable), (Effect.CHANGE, Unavailable), (Effect.CREATE, Ambiguous)]
)
def test_a_lost_answer_leaves_only_creations_undecided(effect: Effect, kind: type) -> None:
    assert type(TROUBLE.undecided(Asked("x", effect), "no answer came")) is kind


def test_an_error_says_where_and_what_in_one_short_line_without_secrets() -> None:
    error = TROUBLE.refused(CREATION, "no:\r\n\x1b[31m secret-key\t" + 1000 * "x", "Ask an admin.")
    assert error.message.startswith("Forum, POST /posts: no: [31m [hidden] xxx")
    assert len(error.message) <= LONGEST + len("Forum, POST /posts: ")
    assert error.hint == "Ask an admin."


def test_a_limit_without_a_time_is_a_minute() -> None:
    assert TROUBLE.limited(CREATION, None).wait == 60
    assert TROUBLE.limited(CREATION, 3).wait == 3


@pytest.mark.parametrize("answer", [None, [], "text", {}, {"id": None}, {"id": "x"}, {"id": 1e999}, 5])
def test_an_answer_without_what_is_needed_is_as_good_as_none(answer: Any) -> None:
    with pytest.raises(Ambiguous, match="has not the form"):
        TROUBLE.understood(CREATION, answer, lambda given: int(given["id"]))


@pytest.mark.parametrize("text", ["", "{", "[" * 200_000, b'{"a": "\xff"}', "9" * 5000])
def test_what_nobody_means_by_json_is_none(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"Expecting|nested|decode|Exceeds"):
        parsed(text)


def test_a_reader_that_finds_no_end_found_nothing() -> None:
    def endless(answer: Any) -> Any:
        return endless(answer)

    with pytest.raises(Ambiguous, match="has not the form"):
        TROUBLE.understood(CREATION, {}, endless)


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("", None), ("-1", None), ("1.5", None), ("٣", None), ("9" * 400, 10**18 - 1)]
)
def test_whole_numbers_have_an_end(text: str, number: int | None) -> None:
    assert whole(text) == number


@pytest.mark.parametrize(("seconds", "wait"), [(3, 3), (-1, 0), (10**400, 86_400), (float("inf"), 86_400)])
def test_every_wait_has_an_end(seconds: float, wait: float) -> None:
    assert wait_of(seconds) == wait


@pytest.mark.parametrize("target", ["http://[bad", "http://[bad/x", "//[", "http://127.0.0.1:99999999/x"])
def test_what_is_no_address_leads_nowhere(target: str) -> None:
    assert led_to("https://forum.example/t/5", target) is None


def test_an_address_may_be_relative() -> None:
    found = led_to("https://forum.example/t/5", "/t/slug/5?page=2")
    assert found is not None
    assert found.geturl() == "https://forum.example/t/slug/5?page=2"
