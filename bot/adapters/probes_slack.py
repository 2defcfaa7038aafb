"""Tries Slack for `doctor`: the token, its scopes, and each channel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.adapters.probing import UNREACHABLE, Answer, Http
from bot.community.channels import Channel
from bot.community.channels import Slack as SlackChannel
from bot.community.checkup import Check, fine, left_open, wrong
from bot.settings import Slack

SCOPES = {
    "chat:write": "to write",
    "channels:read": "to see whether a channel is there",
    "channels:history": "to find its own messages again",
}
"""What the app has to be allowed, and what for."""
_PRIVATE = ("groups:read", "groups:history")
_INSTALL = "Add what is missing under “OAuth & Permissions” and install the app again (SETUP.md, “Slack”)."
_ERROR = re.compile("[a-z_]{1,60}")
_TOKENS = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"})


@dataclass(frozen=True, slots=True)
class SlackProbe:
    """The workspace, and the channels of it. `post`: also write a message in each and take it away; `stamp` makes
    it one of its kind."""

    settings: Slack
    channels: tuple[Channel, ...]
    post: bool
    stamp: str
    title: str = "Slack"

    def checks(self) -> Iterator[Check]:
        """From the token to each channel."""
        places = [(channel, channel.place) for channel in self.channels if isinstance(channel.place, SlackChannel)]
        with Http(self.settings.api_url, {"Authorization": f"Bearer {self.settings.token.reveal()}"}) as http:
            whoami = http.post("/auth.test", form={})
            yield _signed_in(whoami)
            if whoami.get("ok") is not True:
                return
            scopes = _scopes(whoami)
            yield _allowed(scopes)
            if not places:
                yield left_open("the token is set, and no channel in bot.yml is one of Slack")
            for channel, place in places:
                yield from _ChannelExamination(self, http, scopes, channel, place).checks()


def _signed_in(answer: Answer) -> Check:
    if answer.get("ok") is True:
        return fine(f"the token is valid, and writes as {answer.text('user')} in {answer.text('team')}")
    if _error(answer) in _TOKENS:
        hint = "Set SLACK_BOT_TOKEN to the “Bot User OAuth Token” of the app: it begins with xoxb-."
        return wrong(f"the token is not valid ({_error(answer)})", hint)
    return wrong(f"Slack cannot be read: {_said(answer)}", "Check SLACK_API_URL and Slack's status page.")


def _scopes(answer: Answer) -> frozenset[str] | None:
    """What the app may do; None where Slack does not say."""
    header = answer.headers.get("x-oauth-scopes")
    return None if header is None else frozenset(each.strip() for each in header.split(","))


def _allowed(scopes: frozenset[str] | None) -> Check:
    if scopes is None:
        return left_open("what the app may do could not be told")
    missing = [f"{scope} ({purpose})" for scope, purpose in SCOPES.items() if scope not in scopes]
    if missing:
        return wrong(f"the app lacks {', '.join(missing)}", _INSTALL)
    return fine(f"the app may do what it needs: {', '.join(SCOPES)}")


class _ChannelExamination:
    def __init__(
        self, probe: SlackProbe, http: Http, scopes: frozenset[str] | None, channel: Channel, place: SlackChannel
    ) -> None:
        self._http, self._scopes, self._id = http, scopes, place.channel
        self._post, self._stamp = probe.post, probe.stamp
        self._name = f"{channel.id} ({place.channel})"

    def checks(self) -> Iterator[Check]:
        answer = self._call("conversations.info")
        channel = answer.get("channel")
        if answer.get("ok") is not True or not isinstance(channel, dict):
            yield self._unseen(answer)
            return
        yield self._joined(channel)
        if channel.get("is_member") is not True or channel.get("is_archived") is True:
            return
        yield self._history()
        if self._post:
            yield self._tried()

    def _unseen(self, answer: Answer) -> Check:
        match _error(answer):
            case "channel_not_found":
                hint = "Check the id at the bottom of the channel's details. A private channel: invite the app first."
                return wrong(f"{self._name} is not there, or private without the app in it", hint)
            case "missing_scope":
                return wrong(f"{self._name}: the app may not look at channels", _INSTALL)
        return wrong(f"{self._name} cannot be read: {_said(answer)}", "Run it again later.")

    def _joined(self, channel: Mapping[str, object]) -> Check:
        shown = f"{self._name}, #{channel.get('name')}"
        if channel.get("is_archived") is True:
            return wrong(f"{shown}, is archived", "Take it out of the archive, or name another channel in bot.yml.")
        if channel.get("is_member") is not True:
            return wrong(f"{shown}: the app is not in it", "In the channel, type /invite @standards-bot (or its name).")
        missing = [each for each in _PRIVATE if self._scopes is not None and each not in self._scopes]
        if channel.get("is_private") is True and missing:
            return wrong(f"{shown} is private, and the app lacks {', '.join(missing)}", _INSTALL)
        return fine(f"{shown}: the app is in it")

    def _history(self) -> Check:
        answer = self._call("conversations.history", limit="1")
        if answer.get("ok") is not True:
            hint = _INSTALL if _error(answer) == "missing_scope" else "Run it again later."
            return wrong(f"{self._name}: its history cannot be read: {_said(answer)}", hint)
        if answer.get("is_limited") is True:
            words = f"{self._name}: the plan hides messages after 90 days"
            return left_open(words, "Nothing to do: the bot keeps the ids of its messages in the pull request.")
        return fine(f"{self._name}: its history can be read")

    def _tried(self) -> Check:
        text = f"Setup check {self._stamp}: the bot tries whether it can write here, and takes this away at once."
        answer = self._call("chat.postMessage", text=text)
        ts = answer.text("ts")
        if answer.get("ok") is True and ts:
            if self._call("chat.delete", ts=ts).get("ok") is True:
                return fine(f"{self._name}: a test message was written and taken away")
            hint = "Delete it in Slack by hand."
            return wrong(f"{self._name}: a test message was written and could not be taken away", hint)
        if not _error(answer):
            return wrong(f"{self._name}: nobody knows whether a test message was written", "Look there; run it again.")
        hint = "Let the app post there: in the channel's settings, and by chat:write."
        return wrong(f"{self._name}: a test message was refused ({_error(answer)})", hint)

    def _call(self, method: str, **form: str) -> Answer:
        return self._http.post(f"/{method}", form={"channel": self._id, **form})


def _error(answer: Answer) -> str:
    """The word by which Slack says what is wrong."""
    word = answer.text("error")
    return word if _ERROR.fullmatch(word) else ""


def _said(answer: Answer) -> str:
    if answer.status == UNREACHABLE:
        return "no answer came"
    return _error(answer) or f"it answers {answer.status}, and nothing that makes sense"
