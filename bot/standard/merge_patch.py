"""JSON Merge Patch (RFC 7386): how a profile changes a schema."""

from __future__ import annotations

from bot.standard.values import JSON


def merge(target: JSON, patch: JSON) -> JSON:
    """The target after the patch, as a new value. Arrays are replaced whole; null removes a member."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge(merged.get(name), value)
    return merged
