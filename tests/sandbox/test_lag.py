"""Lists that lag."""

from __future__ import annotations

from bot.sandbox.lag import hide_newest, seen


class Item:
    def __init__(self) -> None:
        self.unseen = 0


def test_what_lags_is_the_newest_and_shows_after_so_many_reads() -> None:
    items = [Item(), Item()]
    hide_newest(items, 2)
    assert [len(seen(items)) for _ in range(4)] == [1, 1, 2, 2]
    hide_newest([], 2)
