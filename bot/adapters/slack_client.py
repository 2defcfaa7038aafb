"""Slack's Web API over slack_sdk: each request is sent once, and its outcome told as delivery needs it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http.client import HTTPException
from socket import gaierror
from typing import Any, TypeVar
from urllib.error import URLError
from urllib.request import Request

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.adapters.redaction import Redactor
from bot.adapters.slack_refusals import Answer, refusal
from bot.adapters.trouble import Asked, Effect, Trouble
from bot.standard.values import JSON

T = TypeVar("T")


class _Web(WebClient):
    """A client whose token stays with the host it is meant for, also where that redirects."""

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        # urllib copies the headers of a request to the redirected one, all but these.
        token = req.headers.pop("Authorization", None)
        if token is not None:
            req.add_unredirected_header("Authorization", token)
        return super()._perform_urllib_http_request_internal(url, req)


class Client:
    """What the bot asks of Slack."""

    def __init__(self, token: str, url: str, timeout: float, now: Callable[[], float]) -> None:
        """`url`: of the Web API, as SLACK_API_URL has it; "" for Slack's own."""
        self._trouble = Trouble("Slack", Redactor(token))
        self._now = now
        # A logger of its own: slack_sdk logs whole answers as errors, which we tell in our words.
        silent = logging.Logger("slack", logging.CRITICAL)  # noqa: LOG001 - nobody else is to find it
        self._web = _Web(
            token,
            base_url=url or WebClient.BASE_URL,
            timeout=timeout,  # type: ignore[arg-type]  # urllib takes fractions
            retry_handlers=[],
            logger=silent,
        )

    def who(self, read: Callable[[JSON], T]) -> T:
        """Who the bot is."""
        return self._ask(Asked("auth.test", Effect.READ), self._web.auth_test, read)

    def history(self, read: Callable[[JSON], T], **arguments: JSON) -> T:
        """A page of the messages of a channel, the newest first."""
        asked = Asked("conversations.history", Effect.READ)
        return self._ask(asked, lambda: self._web.conversations_history(include_all_metadata=True, **arguments), read)

    def replies(self, read: Callable[[JSON], T], **arguments: JSON) -> T:
        """A page of the messages of a thread, its first message and then the oldest first."""
        asked = Asked("conversations.replies", Effect.READ)
        return self._ask(asked, lambda: self._web.conversations_replies(include_all_metadata=True, **arguments), read)

    def post(self, read: Callable[[JSON], T], **arguments: JSON) -> T:
        """Write a message, once."""
        # The text is plain, as are the blocks: should any of it slip through our escapes, Slack is not to format it.
        arguments |= {"unfurl_links": False, "unfurl_media": False, "mrkdwn": False}
        return self._ask(
            Asked("chat.postMessage", Effect.CREATE), lambda: self._web.chat_postMessage(**arguments), read
        )

    def update(self, **arguments: JSON) -> None:
        """Write over a message."""
        self._ask(Asked("chat.update", Effect.CHANGE), lambda: self._web.chat_update(**arguments), _nothing)

    def delete(self, channel: str, ts: str) -> None:
        """Delete a message."""
        asked = Asked("chat.delete", Effect.CHANGE)
        self._ask(asked, lambda: self._web.chat_delete(channel=channel, ts=ts), _nothing)

    def _ask(self, asked: Asked, send: Callable[[], SlackResponse], read: Callable[[JSON], T]) -> T:
        return self._trouble.understood(asked, self._send(asked, send).data, read)

    def _send(self, asked: Asked, send: Callable[[], SlackResponse]) -> SlackResponse:
        try:
            return send()
        except SlackApiError as problem:
            raise refusal(self._trouble, asked, _answer(problem.response), self._now()) from None
        except URLError as problem:
            reason = type(problem.reason).__name__
            if isinstance(problem.reason, ConnectionRefusedError | gaierror):
                raise self._trouble.unsent(asked, f"it cannot be reached ({reason})") from None
            raise self._trouble.undecided(asked, f"no answer came ({reason})") from None
        except (OSError, HTTPException, SlackClientError) as problem:
            raise self._trouble.undecided(asked, f"no answer came ({type(problem).__name__})") from None
        except (
            ValueError,
            AttributeError,
            LookupError,
            TypeError,
            ArithmeticError,
            RecursionError,
        ) as problem:  # slack_sdk, of an answer it cannot read
            raise self._trouble.undecided(asked, f"the answer makes no sense ({type(problem).__name__})") from None


def _answer(response: SlackResponse) -> Answer:
    data = response.data if isinstance(response.data, dict) else {}
    headers = {str(name).lower(): str(value) for name, value in response.headers.items()}
    return Answer(int(response.status_code), headers, data)


def _nothing(_: JSON) -> None:
    """Of a change that Slack confirms nothing more is needed."""
