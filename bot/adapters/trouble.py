"""Says of a request that went wrong whether it may have been applied, and when to come back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import TypeVar
from urllib.parse import SplitResult, urljoin, urlsplit

from bot.adapters.redaction import Redactor
from bot.publish.places import Ambiguous, Conflict, DeliveryError, Gone, Refused, Unavailable, Unfit
from bot.standard.values import JSON

T = TypeVar("T")

LONGEST = 300
"""Characters of a service's own words that a message repeats."""
WAIT = 60.0
"""Seconds to wait for a service that says "slower" and not how much."""
MOST_WAIT = 86_400.0
MOST_DIGITS = 18
_UNSHOWN = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


class Effect(Enum):
    """What it means to send a request twice."""

    READ = "read"
    CHANGE = "change"
    CREATE = "create"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as messages speak of it (`POST /posts`), and its effect."""

    what: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class Trouble:
    """Words the errors of one service; nothing secret gets into them."""

    service: str
    redactor: Redactor

    def undecided(self, asked: Asked, reason: str, hint: str = "Run it again later.") -> DeliveryError:
        """No answer, or none that makes sense. A creation may have been applied; all else may be sent again."""
        if asked.effect is Effect.CREATE:
            return Ambiguous(self.words(asked, reason), hint)
        return Unavailable(self.words(asked, reason), hint)

    def unsent(self, asked: Asked, reason: str) -> Unavailable:
        """The service was not reached."""
        return Unavailable(self.words(asked, reason), "Check its address and its status page; run it again later.")

    def limited(self, asked: Asked, wait: float | None) -> Unavailable:
        """The service asks to be slower."""
        seconds = WAIT if wait is None else wait
        message = self.words(asked, f"too many requests; it asks to wait {seconds:.0f} seconds")
        return Unavailable(message, "Run it again later.", seconds)

    def refused(self, asked: Asked, said: str, hint: str) -> Refused:
        """The service will not do it."""
        return Refused(self.words(asked, said), hint)

    def unfit(self, asked: Asked, said: str, hint: str) -> Unfit:
        """The service does not take what was sent."""
        return Unfit(self.words(asked, said), hint)

    def gone(self, asked: Asked, said: str, hint: str) -> Gone:
        """What the request is about is not there."""
        return Gone(self.words(asked, said), hint)

    def conflict(self, asked: Asked, said: str) -> Conflict:
        """Somebody else was faster."""
        return Conflict(self.words(asked, said), "Run it again.")

    def understood(self, asked: Asked, answer: JSON, read: Callable[[JSON], T]) -> T:
        """What `read` takes from an answer; an answer without it is as good as none."""
        try:
            return read(answer)
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError):
            raise self.undecided(asked, "the answer has not the form that it should have") from None

    def words(self, asked: Asked, said: str) -> str:
        """What is wrong, and where."""
        shown = _UNSHOWN.sub(" ", self.redactor(said)).strip()
        return f"{self.service}, {self.redactor(asked.what)}: {shown[:LONGEST]}"


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """The seconds that a Retry-After header asks for, as a number or as a date; names in lower case."""
    value = headers.get("retry-after", "").strip()
    number = whole(value)
    if number is not None:
        return wait_of(number)
    try:
        return wait_of(parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, ArithmeticError):  # no date, or one of no calendar
        return None


# What services write is read here alone, whatever its size: nothing of it ends a run.


def parsed(text: str | bytes) -> JSON:
    """A text as JSON; raises ValueError for every one that is none, or more than anybody means."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("this is nested without measure") from None


def whole(text: str) -> int | None:
    """A whole number of a header, as far as its first digits go; None where it is none."""
    return int(text[:MOST_DIGITS]) if text.isascii() and text.isdigit() else None


def wait_of(seconds: float) -> float:
    """A time to wait, within bounds; whole numbers may be of any size."""
    return float(min(max(seconds, 0), MOST_WAIT))


def led_to(page: str, target: str) -> SplitResult | None:
    """The address that `target` means on a page; None where it is none at all."""
    try:
        found = urlsplit(urljoin(page, target))
        _ = found.port  # a port beyond all ports is noticed only here
    except ValueError:
        return None
    return found
