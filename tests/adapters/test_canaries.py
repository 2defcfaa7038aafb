"""Feeds as they are fetched: from a server on this machine that does what it is told."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.adapters import canaries as module
from bot.adapters.canaries import CanaryCache, Refreshed
from bot.community.canaries import Canary
from bot.conformance.records import Record


@dataclass
class Answer:
    """What the server says; `body` in parts."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: tuple[bytes, ...] = (b'{"id": 1}\n',)


class Server:
    """Answers of a feed's server, and what it was asked."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.asked: list[dict[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append({"path": self.path, **{name.lower(): value for name, value in self.headers.items()}})
                answer = outer.answers.pop(0) if outer.answers else Answer()
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for part in answer.body if answer.status != 304 else ():
                    self.wfile.write(part)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library calls it
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


PORTS = range(1, 1 << 16)


def cache(directory: Path, clock: Callable[[], float] = time.monotonic) -> CanaryCache:
    """One that may ask this machine."""
    agent = "https://example.org/us"
    return CanaryCache(
        directory / "cache", agent, permitted=lambda _: True, schemes=("http",), ports=PORTS, clock=clock
    )


def canary(server: Server, path: str = "/services.jsonl", **more: str) -> Canary:
    return Canary("Leeds", server.url + path, **more)


def refreshed(made: CanaryCache, *canaries: Canary) -> list[Refreshed]:
    return list(made.refresh(canaries))


def held(made: CanaryCache, which: Canary) -> list[object]:
    """The records of a feed as it is kept."""
    (feed,) = made.feeds([which])
    return [item.value for item in feed.items() if isinstance(item, Record)]


def test_a_feed_is_fetched_and_kept(server: Server, tmp_path: Path) -> None:
    made, leeds = cache(tmp_path), canary(server)
    assert refreshed(made, leeds) == [Refreshed("Leeds", "new")]
    assert held(made, leeds) == [{"id": 1}]
    assert made.feeds([leeds])[0].name == "Leeds"


def test_who_asks_says_who_it_is_and_brings_no_credentials(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    refreshed(cache(tmp_path), canary(server))
    (asked,) = server.asked
    assert asked["user-agent"] == "open-standards-publisher (+https://example.org/us)"
    assert asked["accept-encoding"] == "identity"
    assert "authorization" not in asked
    assert "cookie" not in asked


def test_a_feed_that_has_not_changed_is_not_sent_again(server: Server, tmp_path: Path) -> None:
    made, leeds = cache(tmp_path), canary(server)
    modified = "Tue, 24 Nov 2026 05:00:00 GMT"
    server.answers = [Answer(headers={"ETag": '"abc"', "Last-Modified": modified}), Answer(304)]
    assert [each.state for _ in range(2) for each in refreshed(made, leeds)] == ["new", "same"]
    assert server.asked[1]["if-none-match"] == '"abc"'
    assert server.asked[1]["if-modified-since"] == modified
    assert held(made, leeds) == [{"id": 1}]


def test_a_feed_that_is_gone_from_the_directory_is_asked_for_whole(server: Server, tmp_path: Path) -> None:
    made, leeds = cache(tmp_path), canary(server)
    server.answers = [Answer(headers={"ETag": '"abc"'})]
    refreshed(made, leeds)
    (made.place(leeds) / "feed.jsonl").unlink()
    assert [each.state for each in refreshed(made, leeds)] == ["new"]
    assert "if-none-match" not in server.asked[1]


@pytest.mark.parametrize("about", ["{", "[]", '{"etag": 5}', '{"etag": "a\\r\\nX: y", "modified": ""}'])
def test_a_damaged_memory_of_an_answer_asks_for_nothing_odd(server: Server, tmp_path: Path, about: str) -> None:
    made, leeds = cache(tmp_path), canary(server)
    refreshed(made, leeds)
    (made.place(leeds) / "about.json").write_text(about)
    assert [each.state for each in refreshed(made, leeds)] == ["new"]
    assert not {"if-none-match", "if-modified-since", "x"} & server.asked[1].keys()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(404), "it answered 404"),
        (Answer(429, {"Retry-After": "3600"}), "it answered 429"),
        (Answer(500), "it answered 500"),
        (Answer(302, {"Location": "ftp://example.org/x"}), "it is not at an https address, or the address holds a password"),
        (Answer(302, {"Location": "http://me:secret@127.0.0.1/"}), "it is not at an https address, or the address holds a password"),
        (Answer(302, {"Location": "http://["}), "it leads to what is no address"),
        (Answer(302, {"Location": "http://127.0.0.1:99999/"}), "it leads to what is no address"),
        (Answer(302, {"Location": "http://127.0.0.1:port/"}), "it leads to what is no address"),
        (Answer(302, {"Location": "http://\xff..\x80/"}), "it leads to what is no address"),
        (Answer(200, {"Content-Type": "text/html; charset=utf-8"}, (b"id\n1\n",)), "it answered with a page, and not with data"),
        (Answer(200, {"Content-Type": "text/csv"}, (b"<!DOCTYPE html>\n<p>Sorry\n",)), "it answered with a page, and not with data"),
        (Answer(200, body=(b"<!DOCTYPE html>\n<p>Sorry\n",)), "it answered with a page, and not with data"),
        (Answer(200, {"Content-Type": "application/json"}, (b"\xef\xbb\xbf <html>",)), "it answered with a page, and not with data"),
        (Answer(200, {"Content-Type": "application/json"}, (b"5",)), "what it answered holds no record"),
        (Answer(200, body=(b'{"error": "out of order"}',)), "it answered with an error, and not with data"),
        (
            Answer(200, body=(b'{"status": 500, "Message": "Internal", "errors": [{"id": 1}], "data": null}',)),
            "it answered with an error, and not with data",
        ),
        (Answer(200, {"Content-Type": "application/json"}, ()), "what it answered holds no record"),
        (Answer(200, body=(b"\n\n",)), "what it answered holds no record"),
        (Answer(200, {"Content-Type": "text/csv"}, ()), "what it answered holds no record"),
        (Answer(200, {"Content-Encoding": "gzip"}), "it is compressed, though asked not to be"),
        (Answer(200, {"Content-Length": "1000"}), "no whole answer came (ProtocolError)"),
    ],
)  # fmt: skip
def test_a_feed_that_cannot_be_had_stays_as_it_was(server: Server, tmp_path: Path, answer: Answer, reason: str) -> None:
    made, leeds = cache(tmp_path), canary(server)
    server.answers = [Answer(), answer]
    refreshed(made, leeds)
    assert refreshed(made, leeds) == [Refreshed("Leeds", "kept", reason)]
    assert held(made, leeds) == [{"id": 1}]
    assert sorted(file.name for file in made.place(leeds).iterdir()) == ["about.json", "feed.jsonl"]


def test_redirects_are_followed_a_few_times(server: Server, tmp_path: Path) -> None:
    made, leeds = cache(tmp_path), canary(server)
    server.answers = [Answer(302, {"Location": "/elsewhere"}), Answer()]
    assert refreshed(made, leeds) == [Refreshed("Leeds", "new")]
    server.answers = [Answer(302, {"Location": "/round"}) for _ in range(10)]
    assert refreshed(made, leeds) == [Refreshed("Leeds", "kept", "it redirects too often")]


def test_a_feed_that_is_too_large_is_not_kept(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 2_000_000)
    server.answers = [Answer(body=(b"x" * 1_000_000,) * 3)]
    (found,) = refreshed(cache(tmp_path), canary(server))
    assert (found.state, found.reason) == ("kept", "it is larger than 2 MB")


def test_a_feed_that_takes_too_long_is_not_kept(server: Server, tmp_path: Path) -> None:
    ticks = iter(range(0, 10_000, 50))
    made = cache(tmp_path, clock=lambda: next(ticks))
    server.answers = [Answer(body=(b"x" * 200_000,) * 2)]
    (found,) = refreshed(made, canary(server))
    assert (found.state, found.reason) == ("kept", "it took longer than 60 seconds")


@pytest.mark.parametrize("sent", [b"", b"HTTP/1.1 200 OK\r\nA: b\r\n", b'HTTP/1.1 200 OK\r\n\r\n{"id": 1}\n'])
def test_what_never_comes_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    monkeypatch.setattr(module, "MOST_SECONDS", 0.3)
    over = threading.Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as slow:

        def serve() -> None:
            connected, _ = slow.accept()
            with connected:
                connected.sendall(sent)
                over.wait(10)

        serving = threading.Thread(target=serve)
        serving.start()
        leeds = Canary("Leeds", f"http://127.0.0.1:{slow.getsockname()[1]}/x.jsonl")
        made = cache(tmp_path, clock=lambda: 0.0)
        (found,) = refreshed(made, leeds)
        over.set()
        serving.join()
    assert (found.state, found.reason) == ("kept", "it took longer than 60 seconds")
    assert held(made, leeds) == []


def test_a_redirect_without_sense_is_of_that_feed_alone(server: Server, tmp_path: Path) -> None:
    server.answers = [Answer(302, {"Location": "http://["})]
    york = Canary("York", f"{server.url}/york.jsonl")
    assert [each.state for each in refreshed(cache(tmp_path), canary(server), york)] == ["kept", "new"]


def test_a_list_without_records_is_a_feed(server: Server, tmp_path: Path) -> None:
    made, leeds = cache(tmp_path), canary(server, "/services.json")
    server.answers = [Answer(), Answer(body=(b"[]",))]
    assert [each.state for _ in range(2) for each in refreshed(made, leeds)] == ["new", "new"]
    assert held(made, leeds) == []


@pytest.mark.parametrize("port", ["", ":22", ":8443"])
def test_by_default_one_port_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", 443))])
    (found,) = refreshed(CanaryCache(tmp_path / "cache"), Canary("Leeds", f"https://feeds.example.org{port}/x"))
    assert found.reason == ("it is at a port that is not asked" if port else "it is at an address that is not public")


def test_a_server_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    (found,) = refreshed(cache(tmp_path), Canary("Leeds", "http://127.0.0.1:9/x"))
    assert (found.state, found.reason) == ("kept", "no whole answer came (ConnectionError)")


def test_a_directory_that_cannot_be_written_to_is_no_fault(server: Server, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    (found,) = refreshed(cache(tmp_path), canary(server))
    assert (found.state, found.reason) == ("kept", "it cannot be written down: Not a directory")


def test_nothing_that_is_said_names_an_address(server: Server, tmp_path: Path) -> None:
    server.answers = [Answer(500), Answer(302, {"Location": "gopher://x"})]
    for _ in range(2):
        (found,) = refreshed(cache(tmp_path), canary(server, "/x?key=secret"))
        assert "secret" not in found.reason
        assert "127.0.0.1" not in found.reason


@pytest.mark.parametrize(
    ("path", "kind", "named", "ending"),
    [
        ("/x", "", "", "json"),
        ("/x", "text/csv; charset=utf-8", "", "csv"),
        ("/x.csv", "", "", "csv"),
        ("/x.csv", "application/json", "", "json"),
        ("/x.csv", "application/json", "jsonl", "jsonl"),
        ("/../../x.sh", "text/x-sh", "", "json"),
    ],
)
def test_the_form_of_a_feed_is_what_is_said_of_it(
    server: Server, tmp_path: Path, path: str, kind: str, named: str, ending: str
) -> None:
    server.answers = [Answer(headers={"Content-Type": kind} if kind else {})]
    made, leeds = cache(tmp_path), canary(server, path, format=named)
    refreshed(made, leeds)
    assert (made.place(leeds) / f"feed.{ending}").is_file()


def test_a_feed_that_is_no_longer_watched_is_let_go_of_and_nothing_else(server: Server, tmp_path: Path) -> None:
    made, leeds = cache(tmp_path), canary(server)
    refreshed(made, leeds)
    (tmp_path / "cache" / "mine").mkdir()
    (tmp_path / "cache" / "mine" / "letter.txt").write_text("dear")
    (tmp_path / "cache" / "link").symlink_to(made.place(leeds))
    refreshed(made)
    assert sorted(each.name for each in (tmp_path / "cache").iterdir()) == ["link", "mine"]


def test_a_feed_that_was_never_fetched_holds_nothing(server: Server, tmp_path: Path) -> None:
    assert held(cache(tmp_path), canary(server)) == []


def test_by_default_this_machine_is_not_asked(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: Callable[..., list[object]] = lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", 80))]  # noqa: E731 - short
    monkeypatch.setattr("socket.getaddrinfo", looked)
    made = CanaryCache(tmp_path / "cache", schemes=("http",), ports=PORTS)
    port = server.url.rpartition(":")[2]
    (found,) = refreshed(made, Canary("Leeds", f"http://feeds.example.org:{port}/x"))
    assert (found.state, found.reason) == ("kept", "it is at an address that is not public")
    assert server.asked == []


def test_by_default_only_https_is_asked(server: Server, tmp_path: Path) -> None:
    (found,) = refreshed(CanaryCache(tmp_path / "cache"), canary(server))
    assert found.reason == "it is not at an https address, or the address holds a password"
    assert server.asked == []


def test_a_name_that_nobody_answers_for_is_waited_for_no_longer_than_a_feed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: answered.wait(20) and [])
    monkeypatch.setattr(module, "MOST_SECONDS", 0.2)
    began = time.monotonic()
    (found,) = CanaryCache(tmp_path, permitted=lambda _: True).refresh([Canary("Leeds", "https://feeds.example/x")])
    answered.set()
    assert (found.state, found.reason) == ("kept", "it took longer than 60 seconds")
    assert time.monotonic() - began < 10


def test_a_name_that_leads_nowhere_says_so_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", nowhere)
    (found,) = CanaryCache(tmp_path, permitted=lambda _: True).refresh([Canary("Leeds", "https://feeds.example/x")])
    assert (found.state, found.reason) == ("kept", "no whole answer came (ConnectionError)")
