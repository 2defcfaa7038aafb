from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from bot.adapters.redaction import HIDDEN, RedactingFilter, Redactor

KEY = "0123456789abcdef+/="


@pytest.mark.parametrize(
    "text",
    [
        f"the key is {KEY}",
        "GET /posts?api_key=0123456789abcdef%2B%2F%3D failed",
        "Authorization: Bearer abcdefgh",
        "{'Authorization': 'token abcdefgh', 'Accept': '*/*'}",
        "authorization=Basic abcdefgh",
        "headers: {'Api-Key': 'abcdefgh'}",
        "ghp_abcdefgh and github_pat_11abcdefgh_x and ghs_abcdefgh",
        "xoxb-123-abcdefgh, xoxe.xoxp-1-abcdefgh, xapp-1-abcdefgh",
        "https://me:abcdefgh@example.org/x and https://abcdefgh@example.org",
        "https://slack.com/api?token=abcdefgh&x=1",
    ],
)
def test_secrets_are_hidden(text: str) -> None:
    shown = Redactor(KEY)(text)
    assert HIDDEN in shown
    for secret in (KEY, "0123456789abcdef", "abcdefgh"):
        assert secret not in shown


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/@somebody is a page",
        "the authorization of the app is missing",
        "user@example.org wrote",
        "schema/service.json: the api-key of the profile",
        "",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert Redactor(KEY)(text) == text


def test_a_secret_that_begins_another_leaves_nothing_of_it() -> None:
    assert Redactor("secret-one", "secret-one-and-two")("secret-one-and-two") == HIDDEN


def test_too_short_a_secret_does_not_hide_every_text() -> None:
    assert Redactor("", "a")("an apple") == "an apple"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(RedactingFilter(Redactor(KEY)))
    logger = logging.getLogger("test of redaction")
    logger.addHandler(handler)
    yield logger, stream
    logger.removeHandler(handler)


def test_log_records_are_cleaned_whatever_part_holds_the_secret(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = log
    logger.warning("one %s", KEY)
    logger.warning("two %(key)s", {"key": {"Api-Key": "abcdefgh"}}, stack_info=True)
    try:
        int(KEY)
    except ValueError:
        logger.exception("three")
    shown = stream.getvalue()
    assert all(word in shown for word in ("one", "two", "three", "ValueError", "Stack"))
    assert KEY not in shown.replace('KEY = "', "")
    assert "abcdefgh" not in shown.replace('"abcdefgh"', "")
