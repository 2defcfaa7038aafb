"""What it means when Slack says no, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.adapters.trouble import Asked, Trouble, retry_after
from bot.publish.places import DeliveryError, Frozen
from bot.standard.values import JSON

_INVITE = "Invite the app to the channel: /invite @standards-bot in that channel."
_CHANNEL = (
    "Check the channel's id in .github/bot.yml (C…, not its name). An app sees a private channel once it is in it."
)
_INSTALL = "Install the app again and store its new token as SLACK_BOT_TOKEN (it begins with xoxb-)."
_TOO_LONG = "Nothing that you can mend: the message should have been shortened. Please report it."
_MALFORMED = "Nothing that you can mend. Please report it with this message."
_EDITING = (
    "Let apps edit their messages at any time (Slack: workspace settings, message editing), or delete the message."
)
_HINTS: Mapping[str, str] = {
    "not_in_channel": _INVITE,
    "channel_not_found": _CHANNEL,
    "is_archived": "Unarchive the channel, or take it out of .github/bot.yml.",
    "restricted_action": "Let the app post in this channel (Slack: channel settings, posting permissions).",
    "missing_scope": "Add the scope to the app, install it again, and store its new token as SLACK_BOT_TOKEN.",
    "invalid_auth": _INSTALL,
    "not_authed": _INSTALL,
    "account_inactive": _INSTALL,
    "token_revoked": _INSTALL,
    "token_expired": _INSTALL,
    "edit_window_closed": _EDITING,
    "cant_update_message": "Only the app that wrote a message can edit it: use its token, or delete the message.",
    "cant_delete_message": "Only the app that wrote a message can delete it: use its token, or delete the message.",
    "msg_too_long": _TOO_LONG,
    "msg_blocks_too_long": _TOO_LONG,
}
_GONE = frozenset({"message_not_found", "thread_not_found", "cannot_reply_to_message"})
_FROZEN = frozenset({"edit_window_closed", "cant_update_message"})
_TROUBLED = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})
_CODE = re.compile("[a-z][a-z0-9_]*")
_ADDRESS = "Check SLACK_API_URL, and whether a proxy answers in place of Slack; run it again later."


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is no success; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    data: Mapping[str, JSON]

    @property
    def error(self) -> str:
        """Slack's code of the error; "" where the answer was not Slack's JSON."""
        code = self.data.get("error")
        return code if isinstance(code, str) and _CODE.fullmatch(code) else ""


def refusal(trouble: Trouble, asked: Asked, answer: Answer, now: float) -> DeliveryError:
    """The error that an answer is."""
    wait = retry_after(answer.headers, now)
    if answer.error in ("ratelimited", "rate_limited") or answer.status == 429:
        return trouble.limited(asked, wait)
    if answer.status >= 500 or answer.error in _TROUBLED:
        # With a time to come back at, it says that it did not take the request.
        return trouble.limited(asked, wait) if wait else trouble.undecided(asked, answer.error or str(answer.status))
    if not answer.error:
        return _not_of_slack(trouble, asked, answer.status)
    if answer.error in _GONE:
        return trouble.gone(asked, answer.error, "The message, or the one its thread hangs on, was deleted.")
    if answer.error in _FROZEN:
        return Frozen(trouble.words(asked, answer.error), _HINTS[answer.error])
    return trouble.refused(asked, _said(answer), _HINTS.get(answer.error, _MALFORMED))


def _not_of_slack(trouble: Trouble, asked: Asked, status: int) -> DeliveryError:
    if 300 <= status < 500:
        return trouble.refused(asked, f"{status}, and not from Slack", _ADDRESS)
    return trouble.undecided(asked, f"{status}, and no JSON", _ADDRESS)


def _said(answer: Answer) -> str:
    """The code and what Slack adds to it: the scope that is missing, the block that is wrong."""
    needed = answer.data.get("needed")
    more = answer.data.get("response_metadata")
    messages = more.get("messages") if isinstance(more, dict) else None
    added = [f"needs {needed}"] if needed else []
    added += [str(each) for each in messages] if isinstance(messages, list) else []
    return ": ".join([answer.error, *added])
