"""Puts the mark of a message under its text, where the place has room for both."""

from __future__ import annotations

from bot.publish.marks import OPENING, Mark, marker
from bot.publish.places import Refused


def signed(text: str, mark: Mark, most: int, where: str, *, empty_lines: int = 1, shared: bool = False) -> str:
    """The text with the mark as its last line; raises Refused where that has more than `most` characters.
    `shared`: others write there under the bot's name, so that its text is marked at both ends."""
    # At least one empty line between, so that the mark never becomes part of a table or a list.
    gap = "\n" * (1 + empty_lines)
    opening = f"{OPENING}\n" if shared else ""
    whole = f"{opening}{text.rstrip()}{gap}{marker(mark)}"
    if len(whole) > most:
        hint = "Nothing that you can mend: the message should have been shortened. Please report it."
        raise Refused(f"{where} would have {len(whole):,} characters; there is room for {most:,}", hint)
    return whole
