from __future__ import annotations

from typing import Any

import pytest

from bot.adapters.redaction import Redactor
from bot.adapters.trouble import LONGEST, Asked, Effect, Trouble, retry_after
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


@pytest.mark.parametrize("answer", [None, [], "text", {}, {"id": None}, {"id": "x"}, 5])
def test_an_answer_without_what_is_needed_is_as_good_as_none(answer: Any) -> None:
    with pytest.raises(Ambiguous, match="has not the form"):
        TROUBLE.understood(CREATION, answer, lambda given: int(given["id"]))
