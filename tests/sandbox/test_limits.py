"""Limits that slide."""

from __future__ import annotations

from bot.sandbox.limits import Limit, Limiter


def test_a_limit_slides() -> None:
    limiter, limit = Limiter(), Limit(2, 60)
    limiter.spend("me", limit, 0)
    limiter.spend("me", limit, 20)
    assert limiter.wait("me", limit, 30) == 30
    assert limiter.wait("you", limit, 30) == 0
    assert limiter.wait("me", limit, 60) == 0
    assert limiter.left("me", limit, 60) == 1


def test_points_are_waited_for_together() -> None:
    limiter, limit = Limiter(), Limit(10, 60)
    for at in (0, 10, 20):
        limiter.spend("me", limit, at, 3)
    assert limiter.wait("me", limit, 30, 1) == 0
    assert limiter.wait("me", limit, 30, 4) == 30
    assert limiter.wait("me", limit, 30, 5) == 40
    assert limiter.wait("me", limit, 30, 99) == 60
