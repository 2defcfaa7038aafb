"""What it means when a forum says no, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.adapters.trouble import Asked, Effect, Trouble, retry_after, wait_of
from bot.publish.places import Declined, DeliveryError, Held, Unfit
from bot.standard.values import JSON

INVALID = 422
"""The status of what breaks a rule; some breaches are told in an answer of success."""
APPROVE = (
    "Approve it in the forum, and take the bot's user out of approval: the category must not queue its posts, nor may "
    "watched words."
)
_NOT_THERE = "It was deleted, or the bot's user may not see it: check the number of the topic, and its category."
_MAY_NOT = (
    "Check DISCOURSE_API_KEY and DISCOURSE_API_USERNAME, that the key may read and write posts, and that the bot's "
    "user may write in this category."
)
_MODERATE = "Make the bot's user a moderator of the category: it is then exempt from this rule."
# A part of what the forum says, in lower case, and what to do; the first that fits.
_RULES = (
    ("too long ago", f"{_MODERATE} Or raise the site setting for how long a post can be edited."),
    ("consecutive replies", _MODERATE),
    ("new users", "Give the bot's user trust level 4, or make it a moderator of the category."),
    ("is limited to", "Raise the site setting max_post_length."),
    ("no_bump", _MODERATE),
)
_AGAINST_A_RULE = (
    "A rule of the forum refuses this. Make the bot's user a moderator of the category, or relax the rule."
)


def refusal(
    trouble: Trouble, asked: Asked, status: int, headers: Mapping[str, str], answer: JSON, now: float
) -> DeliveryError | None:
    """The error that an answer is; None for one of success."""
    if status < 300:
        return None
    said = f"{status} {_said(answer)}".strip()
    match status:
        case 429:
            return trouble.limited(asked, _wait(headers, answer, now))
        case 401 | 403:
            return trouble.refused(asked, said, _MAY_NOT)
        case 404 | 410:
            return trouble.gone(asked, said, _NOT_THERE)
        case 409:
            return trouble.conflict(asked, said)
        case 408 | _ if status == 408 or status >= 500:
            return trouble.undecided(asked, said)
    return _against_a_rule(trouble, asked, said, status)


def problem_of(trouble: Trouble, asked: Asked, answer: JSON) -> DeliveryError | None:
    """The error in an answer that calls itself a success: a list of errors, or a post that nobody sees yet."""
    if not isinstance(answer, dict):
        return None
    if answer.get("action") == "enqueued":
        return Held(trouble.words(asked, "the post waits for a moderator's approval"), APPROVE)
    said = _said(answer)
    return _against_a_rule(trouble, asked, said) if said else None


def _against_a_rule(trouble: Trouble, asked: Asked, said: str, status: int = INVALID) -> DeliveryError:
    """Forums speak their own languages: an English one is advised more closely. That the same was written a moment
    ago, perhaps by the request whose answer was lost, is one of the rules."""
    hint = next((hint for part, hint in _RULES if part in said.lower()), _AGAINST_A_RULE)
    if asked.effect is Effect.CREATE and status == INVALID:
        return Declined(trouble.words(asked, said), hint)
    if asked.effect is Effect.CHANGE and status == INVALID:
        return Unfit(trouble.words(asked, said), hint)
    return trouble.refused(asked, said, hint)


def _wait(headers: Mapping[str, str], answer: JSON, now: float) -> float | None:
    extras = answer.get("extras") if isinstance(answer, dict) else None
    seconds = extras.get("wait_seconds") if isinstance(extras, dict) else None
    if isinstance(seconds, (int, float)) and seconds >= 0:
        return wait_of(seconds + 1)  # it rounds down
    return retry_after(headers, now)


def _said(answer: JSON) -> str:
    """The errors of an answer, which come as a list, as an object or as a text."""
    if isinstance(answer, list):
        return _joined(answer)
    if not isinstance(answer, dict):
        return ""
    match answer.get("errors"):
        case list() as errors:
            return _joined(errors)
        case dict() as errors:
            return _joined(
                f"{name}: {_joined(each if isinstance(each, list) else [each])}" for name, each in errors.items()
            )
        case str() as errors:
            return errors
    return ""


def _joined(parts: Iterable[JSON]) -> str:
    return "; ".join(str(part) for part in parts)
