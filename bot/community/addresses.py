"""Addresses of forum topics, as people copy them."""

from __future__ import annotations

from urllib.parse import urlsplit


def topic_address(address: str) -> tuple[str, int]:
    """Host and number of a topic, of `…/t/name/1234`, `…/t/1234`, or either with the number of a post behind."""
    parts = urlsplit(address)
    first, *rest = parts.path.rpartition("/t/")[2].split("/")
    # A name is never all digits: where one stands first, it is the number, and a post's may follow.
    return parts.netloc.lower(), int(first if first.isdecimal() else rest[0])
