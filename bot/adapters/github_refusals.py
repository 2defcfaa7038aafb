"""What it means when GitHub says no, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.adapters.trouble import Asked, Trouble, parsed, retry_after, wait_of, whole
from bot.publish.places import DeliveryError
from bot.standard.values import JSON

NOT_IMPLEMENTED = 501
"""What a server that is not GitHub's own says of a part of the API that it does not have."""
_SIGN_IN = "GITHUB_TOKEN is not valid, or not any more: give the job a token that is."
_NOT_THERE = "It was deleted, or the token may not see it: check the number, the repository and the token's access."
_GRANTS = (
    "Grant the job `pull-requests: write`, `issues: write` and `checks: write`. A `pull_request` run from a fork "
    "cannot write at all: use `pull_request_target`. In a locked conversation no app can write: unlock it."
)
# A part of what GitHub says, in lower case, and what to do; the first that fits.
_FORBIDDEN = (
    (
        "must authenticate via a github app",
        "A personal token cannot write check runs: use the token that Actions gives each job, or that of a GitHub App.",
    ),
    (
        "not accessible by integration",
        _GRANTS,
    ),
    (
        "not accessible by personal access token",
        "Give the token read and write access to issues and pull requests of this repository.",
    ),
    ("locked", "The conversation is locked: unlock it, or let the bot's user collaborate on the repository."),
    ("archived", "The repository is archived and takes no messages: take the workflow out of it."),
)
_MAY_NOT = "Check what the token may do in this repository."
_MOVED = "The repository was renamed or moved: use its new name, or check GITHUB_API_URL."
_INVALID = "GitHub does not accept what was sent. Please report it with this message."


def refusal(
    trouble: Trouble, asked: Asked, status: int, headers: Mapping[str, str], text: str, now: float
) -> DeliveryError | None:
    """The error that an answer is; None for one that is none."""
    if status < 300:
        return None
    said = f"{status} {_said(text)}".strip()
    match status:
        case 429 | 403 if status == 429 or _limits(headers, said):
            return trouble.limited(asked, _wait(headers, now))
        case 401:
            return trouble.refused(asked, said, _SIGN_IN)
        case 403:
            return trouble.refused(
                asked, said, next((hint for part, hint in _FORBIDDEN if part in said.lower()), _MAY_NOT)
            )
        case 404 | 410:
            return trouble.gone(asked, said, _NOT_THERE)
        case 422:
            return trouble.unfit(asked, said, _INVALID)
        case 408 | _ if status == 408 or (status >= 500 and status != NOT_IMPLEMENTED):
            return trouble.undecided(asked, said)
    return trouble.refused(asked, said, _MOVED if status < 400 else _INVALID)


def _limits(headers: Mapping[str, str], said: str) -> bool:
    """Whether a 403 means "slower" and not "no"."""
    spent = headers.get("x-ratelimit-remaining") == "0"
    return spent or "retry-after" in headers or "rate limit" in said.lower() or "abuse detection" in said.lower()


def _wait(headers: Mapping[str, str], now: float) -> float | None:
    asked = retry_after(headers, now)
    reset = whole(headers.get("x-ratelimit-reset", ""))
    if asked is None and headers.get("x-ratelimit-remaining") == "0" and reset is not None:
        return wait_of(max(reset - now, 0) + 1)  # its clock counts whole seconds
    return asked


def _said(text: str) -> str:
    try:
        answer = parsed(text)
    except ValueError:
        return ""
    if not isinstance(answer, dict):
        return ""
    errors = answer.get("errors")
    details = [_detail(each) for each in errors] if isinstance(errors, list) else []
    return ": ".join([str(answer.get("message", "")), *filter(None, details)])


def _detail(error: JSON) -> str:
    if not isinstance(error, dict):
        return str(error)
    return str(error.get("message") or f"{error.get('field', '')} {error.get('code', '')}".strip())
