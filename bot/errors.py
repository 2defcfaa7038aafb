"""Errors that a user can mend: each says what, where and what to do, and knows its exit status."""

from __future__ import annotations


class BotError(Exception):
    """An error to be shown to the user as it is, without a stack trace."""

    exit_status = 3

    def __init__(self, message: str, hint: str = "") -> None:
        """`message` says what is wrong and where; `hint` what to do."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(BotError):
    """The command was asked for something that makes no sense."""

    exit_status = 2


class InputError(BotError):
    """What was to be read cannot be read."""


class GitError(BotError):
    """Git cannot answer: no repository, an unknown ref, no git."""
