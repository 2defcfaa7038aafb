"""What the clients that send by `requests` have in common."""

from __future__ import annotations

import requests
from urllib3.exceptions import NewConnectionError

from bot.adapters.trouble import Asked, Trouble
from bot.publish.places import DeliveryError

TIMEOUT = 15
"""Seconds to connect, and between two parts of an answer."""
MOST_HOPS = 3
USER_AGENT = "open-standards-publisher"
"""Without "bot" in it: Discourse shows crawlers other pages."""


def failure(trouble: Trouble, asked: Asked, problem: requests.RequestException) -> DeliveryError:
    """The error that a request without an answer is."""
    reason = type(problem).__name__
    cause = getattr(problem.args[0], "reason", None) if problem.args else None
    if isinstance(problem, requests.ConnectTimeout) or isinstance(cause, NewConnectionError):
        return trouble.unsent(asked, f"it cannot be reached ({reason})")
    return trouble.undecided(asked, f"no answer came ({reason})")
