"""`rules`: all that the bot can say of a change or of a file."""

from __future__ import annotations

from bot.compat.rules.catalogue import catalogue
from bot.compat.rules.model import Rule


def run() -> tuple[Rule, ...]:
    """The rules, those about changes before those about files."""
    return tuple(sorted(catalogue().values(), key=lambda rule: rule.is_about_files))
