from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.adapters import probing
from bot.adapters.probing import UNREACHABLE, Answer, Http
from bot.sandbox.exchange import Response
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.world import FORK_TOKEN, GITHUB_TOKEN, REPOSITORY, World
from tests.adapters.outside import Script


def test_a_request_carries_the_key_and_no_password_file_replaces_it(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login somebody password else")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with Http(world.github_url, {"Authorization": f"Bearer {GITHUB_TOKEN}"}) as http:
        assert http.get(f"/repos/{REPOSITORY}").text("full_name") == REPOSITORY
    assert world.log[0].request.header("authorization") == f"Bearer {GITHUB_TOKEN}"
    assert "bot" not in world.log[0].request.header("user-agent")


def test_redirects_are_answers(world: World) -> None:
    world.github.rename("renamed")
    with Http(world.github_url, {}) as http:
        answer = http.get(f"/repos/{REPOSITORY}")
    assert answer.status == 301
    assert len(world.log) == 1


@pytest.mark.parametrize("nowhere", ["http://[bad", "//[", "http://127.0.0.1:99999999/x"])
def test_a_redirect_that_leads_to_no_address_ends_nothing(script: Script, served: str, nowhere: str) -> None:
    script.answers = [Response(301, b"", {"Location": nowhere})]
    with Http(served, {}) as http:
        assert http.get("/x").status in (UNREACHABLE, 301)


@pytest.mark.parametrize("kind", [Kind.RESET_BEFORE, Kind.RESET_AFTER, Kind.HUNG_BEFORE, Kind.REFUSED])
def test_no_answer_is_an_answer_too(world: World, kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "TIMEOUT", 0.2)
    world.faults.add(Fault(kind))
    with Http(world.github_url, {}) as http:
        assert http.get(f"/repos/{REPOSITORY}") == Answer(UNREACHABLE)


@pytest.mark.parametrize("kind", [Kind.ERROR_502, Kind.TRUNCATED_AFTER, Kind.EMPTY_AFTER])
def test_what_is_no_json_says_nothing(world: World, kind: Kind) -> None:
    world.faults.add(Fault(kind))
    with Http(world.github_url, {}) as http:
        assert http.get(f"/repos/{REPOSITORY}").value == {}


@pytest.mark.parametrize(
    ("send", "method", "body"),
    [
        (lambda http: http.post("/x", {}), "POST", b"{}"),
        (lambda http: http.post("/x", form={"raw": "a b&c"}), "POST", b"raw=a+b%26c"),
        (lambda http: http.delete("/x"), "DELETE", b""),
        (lambda http: http.get("/x", {"q": "a&b"}), "GET", b""),
    ],
)
def test_what_is_sent(world: World, send: Callable[[Http], Answer], method: str, body: bytes) -> None:
    with Http(f"{world.github_url}/", {"Authorization": f"Bearer {FORK_TOKEN}"}) as http:
        assert send(http).status == 404
    request = world.log[0].request
    assert (request.method, request.path, request.body) == (method, "/x", body)


def test_values_inside_are_taken_with_care() -> None:
    answer = Answer(200, {"a": {"b": "c", "n": 1}, "l": [{"x": 1}, 2, None]})
    assert (answer.text("a", "b"), answer.text("a", "n"), answer.text("a", "z", "y")) == ("c", "", "")
    assert answer.items("l") == [{"x": 1}]
    assert answer.items("a") == Answer(200, "text").items() == []
    assert Answer(200, [{"x": 1}]).items() == [{"x": 1}]
    assert Answer(200, ["no object"]).get("a") is None
