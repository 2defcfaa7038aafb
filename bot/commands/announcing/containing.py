"""Keeps what nobody foresaw to the one place, or the one pull request, that it happened at."""

from __future__ import annotations

import logging
from traceback import extract_tb

from bot.errors import BotError
from bot.publish.places import DeliveryError, Refused

_LOG = logging.getLogger(__name__)


def contained(what: str, problem: Exception) -> DeliveryError:
    """Any error as a failure to deliver. Of one that is not the bot's own only its kind and its place in the bot's code
    are told and logged: its words may hold anything, secrets and the words of strangers too."""
    if isinstance(problem, DeliveryError):
        return problem
    if isinstance(problem, BotError):
        return Refused(problem.message, problem.hint)
    kind, frames = type(problem).__name__, extract_tb(problem.__traceback__)
    where = f"{frames[-1].name}, line {frames[-1].lineno}" if frames else "nowhere"
    _LOG.error("%s: %s in %s", what, kind, where)
    message = f"the bot failed ({kind} in {where})"
    return Refused(message, "This is a fault of the bot and not of your files: report it with this line.")
