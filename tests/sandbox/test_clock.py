"""Times as the services write them."""

from __future__ import annotations

from bot.sandbox import clock


def test_times_are_written_as_each_service_does() -> None:
    moment = 1_760_000_000.25
    assert clock.to_the_second(moment) == "2025-10-09T08:53:20Z"
    assert clock.to_the_millisecond(moment) == "2025-10-09T08:53:20.250Z"
    assert clock.read("2025-10-09T08:53:20.250Z") == moment
