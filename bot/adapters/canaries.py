"""Fetches the feeds that a project watches into a directory: politely, bounded, and from public addresses alone."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from bot.adapters.public_only import NotPublic, Permitted, is_public, session
from bot.adapters.records import FileFeed
from bot.adapters.time_limit import TimeLimit
from bot.adapters.transport import MOST_HOPS, TIMEOUT, USER_AGENT
from bot.community.canaries import Canary
from bot.conformance.records import Record
from bot.standard.json_reading import read_json
from bot.standard.values import JSON

MOST_BYTES = 50_000_000
MOST_SECONDS = 60.0
"""For one feed, from the first byte asked for to the last one read."""
ENDINGS = {"json": "json", "jsonl": "jsonl", "csv": "csv"}
_TYPES = {"text/csv": "csv", "application/x-ndjson": "jsonl", "application/jsonl": "jsonl", "application/json": "json"}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"https": 443, "http": 80}
_META = "about.json"
_TOO_SLOW = f"it took longer than {MOST_SECONDS:.0f} seconds"
_PAGE = "it answered with a page, and not with data"
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
MOST_TRIED = 100
"""Items of which one has to be a record, else what is fetched is no feed."""


class NotFetched(Exception):
    """Why a feed could not be had, in words that name no address."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of one feed: `new`, `same` as before, or `kept` as it was because of `reason`."""

    name: str
    state: str
    reason: str = ""


class CanaryCache:
    """A directory of feeds, one below it each."""

    def __init__(
        self,
        directory: Path,
        agent: str = "",
        *,
        permitted: Permitted = is_public,
        schemes: Iterable[str] = ("https",),
        ports: Iterable[int] = (443,),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`agent`: who asks, so that whoever is asked can find us. `permitted`: addresses that may be asked, at some
        ports."""
        self._directory = directory
        self._agent = f"{USER_AGENT} (+{agent})" if agent else USER_AGENT
        self._permitted = permitted
        self._schemes, self._ports = frozenset(schemes), frozenset(ports)
        self._clock = clock

    def refresh(self, canaries: Iterable[Canary]) -> Iterator[Refreshed]:
        """Ask for each feed once, unless it is as it was; feeds that are no longer named are let go of."""
        wanted = list(canaries)
        self._let_go({_key(each) for each in wanted})
        for each in wanted:
            limit = TimeLimit()
            try:
                with session(self._permitted, limit) as opened, limit.of(MOST_SECONDS):
                    became = Refreshed(each.name, self._refresh(each, opened, limit))
            except NotFetched as problem:
                became = Refreshed(each.name, "kept", str(problem))
            yield became

    def feeds(self, canaries: Iterable[Canary]) -> list[FileFeed]:
        """Each feed as it was fetched last; one that never was has nothing to read."""
        return [FileFeed(each.name, self._file(each) or self.place(each)) for each in canaries]

    def place(self, canary: Canary) -> Path:
        """The directory of a feed."""
        return self._directory / _key(canary)

    def _file(self, canary: Canary) -> Path | None:
        directory = self.place(canary)
        return next((file for ending in ENDINGS if (file := directory / f"feed.{ending}").is_file()), None)

    def _refresh(self, canary: Canary, opened: requests.Session, limit: TimeLimit) -> str:
        try:
            return self._asked(canary, opened, limit)
        except (requests.RequestException, HTTPError) as problem:
            if limit.is_over:
                raise NotFetched(_TOO_SLOW) from problem
            raise NotFetched(f"no whole answer came ({type(problem).__name__})") from problem
        except NotPublic as problem:
            raise NotFetched("it is at an address that is not public") from problem
        except OSError as problem:
            raise NotFetched(f"it cannot be written down: {problem.strerror}") from problem
        except ValueError as problem:
            raise NotFetched("it leads to what is no address") from problem

    def _asked(self, canary: Canary, opened: requests.Session, limit: TimeLimit) -> str:
        began = self._clock()
        with self._answer(canary, opened, self._conditions(canary)) as answer:
            if answer.status_code == requests.codes.not_modified:
                return "same"
            if answer.status_code != requests.codes.ok:
                raise NotFetched(f"it answered {answer.status_code}")
            self._keep(canary, self._parts(answer, began, limit), answer)
            return "new"

    def _answer(self, canary: Canary, opened: requests.Session, conditions: dict[str, str]) -> requests.Response:
        """The answer at the end of all redirects, of which the body is still to be read."""
        url = canary.url
        for _ in range(MOST_HOPS + 1):
            place = urlsplit(url)
            if place.scheme not in self._schemes or "@" in place.netloc:
                raise NotFetched("it is not at an https address, or the address holds a password")
            if (place.port or _PORTS[place.scheme]) not in self._ports:
                raise NotFetched("it is at a port that is not asked")
            headers = {"User-Agent": self._agent, "Accept-Encoding": "identity", **conditions}
            answer = opened.get(url, headers=headers, timeout=TIMEOUT, stream=True, allow_redirects=False)
            if answer.status_code not in _REDIRECTS:
                return answer
            url = urljoin(url, answer.headers.get("Location", ""))
            answer.close()
        raise NotFetched("it redirects too often")

    def _conditions(self, canary: Canary) -> dict[str, str]:
        """What has the server say that nothing is new."""
        file = self.place(canary) / _META
        if self._file(canary) is None or not file.is_file():
            return {}
        reading = read_json(_META, file.read_bytes())
        known = reading.value if isinstance(reading.value, dict) else {}
        asked = {"If-None-Match": known.get("etag"), "If-Modified-Since": known.get("modified")}
        return {
            name: value for name, value in asked.items() if isinstance(value, str) and value.isprintable() and value
        }

    def _keep(self, canary: Canary, parts: Iterable[bytes], answer: requests.Response) -> None:
        """Write the body in place of the one before, once it is complete and holds anything."""
        if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise NotFetched("it is compressed, though asked not to be")
        if _type(answer) in _PAGES:
            raise NotFetched(_PAGE)
        directory = self.place(canary)
        directory.mkdir(parents=True, exist_ok=True)
        ending = _ending(canary, answer)
        with NamedTemporaryFile(dir=directory, prefix=".new-", suffix=f".{ending}", delete=False) as file:
            try:
                for part in parts:
                    file.write(part)
                file.flush()
                _expect_records(Path(file.name))
            except BaseException:
                Path(file.name).unlink()
                raise
        for old in directory.glob("feed.*"):
            old.unlink()
        Path(file.name).replace(directory / f"feed.{ending}")
        about = {"etag": answer.headers.get("ETag", ""), "modified": answer.headers.get("Last-Modified", "")}
        (directory / _META).write_text(json.dumps(about), encoding="utf-8")

    def _parts(self, answer: requests.Response, began: float, limit: TimeLimit) -> Iterator[bytes]:
        size = 0
        # One part is what has come: waiting for a full one would let a slow server hold us for ever.
        while part := answer.raw.read1(1 << 16):
            size += len(part)
            if size > MOST_BYTES:
                raise NotFetched(f"it is larger than {MOST_BYTES // 1_000_000} MB")
            if self._clock() - began > MOST_SECONDS:
                raise NotFetched(_TOO_SLOW)
            yield part
        if limit.is_over:  # what was cut off looks like an end
            raise NotFetched(_TOO_SLOW)

    def _let_go(self, wanted: set[str]) -> None:
        if not self._directory.is_dir():
            return
        for directory in self._directory.iterdir():
            if directory.name not in wanted and _is_ours(directory):
                for file in directory.iterdir():
                    file.unlink()
                directory.rmdir()


def _is_ours(directory: Path) -> bool:
    """Whether a directory holds nothing but what is kept here."""
    if directory.is_symlink() or not directory.is_dir():
        return False
    names = [each.name for each in directory.iterdir()]
    return all(name == _META or name.startswith((".new-", "feed.")) for name in names)


def _key(canary: Canary) -> str:
    """The name of a feed's directory: another address is another feed."""
    return hashlib.sha256(f"{canary.name}\n{canary.url}\n{canary.format}".encode()).hexdigest()[:16]


def _expect_records(file: Path) -> None:
    """Refuse what is no feed, such as a page for people or nothing: the one from before is better. A list without
    records is one."""
    with file.open("rb") as opened:
        start = opened.read(1_000).lstrip(_BLANK)
    if start.startswith(b"<"):
        raise NotFetched(_PAGE)
    items = list(islice(FileFeed("", file).items(), MOST_TRIED))
    records = [each for each in items if isinstance(each, Record)]
    if not start or (items and not records):
        raise NotFetched("what it answered holds no record")
    if len(items) == 1 and records and _is_error(records[0].value):
        raise NotFetched("it answered with an error, and not with data")


def _is_error(value: Mapping[str, JSON]) -> bool:
    """Whether an answer of success says that something went wrong: it speaks of nothing else."""
    names = {name.lower() for name in value if value[name]}
    return bool(names & _ERRORS) and names <= _ERRORS | _OF_ERRORS


_ERRORS = {"error", "errors", "message", "detail", "details", "fault", "exception", "error_description", "reason"}
_OF_ERRORS = {
    *("code", "error_code", "errorcode", "error_type", "instance", "path", "request_id", "requestid", "result"),
    *("status", "status_code", "statuscode", "success", "timestamp", "title", "trace", "trace_id", "traceid", "type"),
}
"""What answers say beside an error, in lower case."""
_BLANK = b" \t\r\n\xef\xbb\xbf"


def _type(answer: requests.Response) -> str:
    return answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def _ending(canary: Canary, answer: requests.Response) -> str:
    kind = _type(answer)
    named = Path(urlsplit(canary.url).path).suffix.lstrip(".").lower()
    return ENDINGS.get(canary.format) or _TYPES.get(kind) or ENDINGS.get(named) or "json"
