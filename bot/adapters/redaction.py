"""Keeps secrets out of what people read: error messages and log records."""

from __future__ import annotations

import logging
import re
from urllib.parse import quote

HIDDEN = "[hidden]"
_SHORTEST = 6
"""A shorter secret would hide half of every text."""

# By their form: tokens of GitHub and Slack, headers that carry a secret, credentials in addresses, parameters.
_FORMS = (
    (re.compile(r"\b(?:gh[oprsu]_|github_pat_)\w+"), HIDDEN),
    (re.compile(r"\bx(?:ox[a-z]|app)[-.][\w.%-]+"), HIDDEN),
    (
        re.compile(r"(?i)\b((?:authorization|api-key)['\"]?\s*[:=]\s*['\"]?)(?:(?:bearer|token|basic)\s+)?[^\s'\",}]+"),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://)[^/\s'\"@]+@"), rf"\1{HIDDEN}@"),
    (re.compile(r"(?i)([?&](?:access_token|token|api_key)=)[^&\s'\"]+"), rf"\1{HIDDEN}"),
)


class Redactor:
    """Hides the secrets it was given, and what has the form of one, in any text."""

    def __init__(self, *secrets: str) -> None:
        """`secrets`: the tokens and keys in use; they are hidden as they are and as they stand in an address."""
        spellings = {form for secret in secrets if len(secret) >= _SHORTEST for form in (secret, quote(secret, ""))}
        # The longest first: one secret may begin another.
        self._known = sorted(spellings, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """The text without secrets."""
        for secret in self._known:
            text = text.replace(secret, HIDDEN)
        for form, instead in _FORMS:
            text = form.sub(instead, text)
        return text


class RedactingFilter(logging.Filter):
    """Cleans each record that passes a handler. On a handler, since filters of loggers miss what comes from below."""

    def __init__(self, redactor: Redactor) -> None:
        """`redactor`: what it cleans with."""
        super().__init__()
        self._redactor = redactor

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean a record; none is held back."""
        record.msg, record.args = self._redactor(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        record.exc_text = self._redactor(record.exc_text) if record.exc_text else None
        record.stack_info = self._redactor(record.stack_info) if record.stack_info else None
        return True
