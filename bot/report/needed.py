"""The number of the version that a change needs, where it is known which one is live."""

from __future__ import annotations

from bot.compat.bump import Bump


def next_version(live: str, bump: Bump) -> str:
    """The number that follows a live one by a step, written with as many parts; "" where there is none to say."""
    if not live or bump is Bump.NONE:
        return ""
    parts = [int(part) for part in live.split(".")]
    major, minor, patch = [*parts, 0, 0][:3]
    match bump:
        case Bump.MAJOR:
            made = [major + 1, 0, 0]
        case Bump.MINOR:
            made = [major, minor + 1, 0]
        case _:
            return f"{major}.{minor}.{patch + 1}"
    return ".".join(map(str, made[: len(parts)]))
