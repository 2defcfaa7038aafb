from __future__ import annotations

import time

import pytest

from bot.adapters.clock import SystemClock


def test_it_tells_the_time_of_the_machine() -> None:
    before = time.time()
    assert before <= SystemClock().now() <= time.time()


def test_it_waits_as_long_as_it_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    SystemClock().sleep(7.5)
    assert waited == [7.5]
