"""Requests and answers as values."""

from __future__ import annotations

import json

import pytest

from bot.sandbox.exchange import Request, json_answer


def test_parameters_of_query_and_form_come_together() -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    request = Request("POST", "/", "a=1&b=", form, b"a=2&c%5B%5D=x&c%5B%5D=y")
    assert request.parameters == {"a": ["1", "2"], "b": [""], "c[]": ["x", "y"]}
    assert (request.first("a"), request.first("d", "none")) == ("1", "none")
    assert request.header("Content-Type") == request.header("content-type")


@pytest.mark.parametrize("body", [b"", b"NaN", b'"\\udc00"', b"\xff"])
def test_a_strict_reader_refuses(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - many kinds, one base
        Request("POST", "/", body=body).json()


def test_an_answer_keeps_its_own_headers() -> None:
    answer = json_answer({"a": "é"}, 201, {"A": "own"}).adding({"A": "other", "B": "more"})
    assert (answer.status, answer.headers["A"], answer.headers["B"]) == (201, "own", "more")
    assert json.loads(answer.body) == {"a": "é"}
