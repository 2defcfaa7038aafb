"""What a change does to published records, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.conformance.impact import Impact, ProfileImpact
from bot.conformance.records import Shape
from bot.render import impact as words
from bot.render.safety import name, one_line, plain

MOST_ROWS = 30


def show(impact: Impact, console: Console) -> None:
    """Print what happens under each profile, then what could not be read."""
    for profile in impact.profiles:
        for part in _profile(profile, alone=len(impact.profiles) == 1):
            console.print(part)
    for part in _troubles(impact):
        console.print(part)
    console.print(Text(one_line(f"Compared {impact.head} with {impact.base}."), "dim"))
    if any(sort.shape is Shape.ROW for each in impact.profiles for feed in each.feeds for sort in feed.sorts):
        console.print(Text(words.NOT_CHECKED, "dim"))


def _profile(profile: ProfileImpact, *, alone: bool) -> Iterator[RenderableType]:
    said = words.headline(profile)
    title = "" if alone else f"{name(profile.title or profile.id)}: "
    yield Text(f"{title}{said}", "bold red" if profile.total("broken") else "bold")
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for what, number in words.facts(profile):
        grid.add_row(what, plain(number))
    yield Padding(grid, (1, 0, 1, 0)) if grid.rows else Text("")
    yield from _rows("Breaks on", words.causes(profile), profile)
    if len(profile.judged) > 1:
        yield _feeds(profile)
    yield from _rows("Terms that change", words.touched(profile), profile, verb="filled by")
    yield from _unused(profile)


def _rows(
    title: str, rows: list[tuple[str, int, int]], profile: ProfileImpact, verb: str = ""
) -> Iterator[RenderableType]:
    if not rows:
        return
    table = _table(title, f"{verb} records".strip(), f"{verb} feeds".strip())
    for what, records, feeds in rows[:MOST_ROWS]:
        table.add_row(one_line(what), f"{records:,}", words.of_feeds(feeds, profile))
    yield Padding(table, (0, 0, 0 if len(rows) > MOST_ROWS else 1, 0))
    if len(rows) > MOST_ROWS:
        yield Text(f"… and {len(rows) - MOST_ROWS:,} more (all are in --format json)\n", "dim")


def _feeds(profile: ProfileImpact) -> RenderableType:
    table = _table("Feed", "records", "would break", "not valid before", "not recognised")
    ordered = sorted(profile.feeds, key=lambda feed: -feed.broken)
    for feed in ordered[:MOST_ROWS]:
        numbers = (feed.recognised, feed.broken, feed.invalid, feed.unrecognised)
        table.add_row(name(feed.name), *(f"{each:,}" for each in numbers))
    if len(ordered) > MOST_ROWS:
        table.add_row(f"… and {len(ordered) - MOST_ROWS:,} more")
    return Padding(table, (0, 0, 1, 0))


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column(first, overflow="fold")
    for each in others:
        table.add_column(each, justify="right")
    return table


def _unused(profile: ProfileImpact) -> Iterator[RenderableType]:
    found = words.unused(profile)
    if not found:
        return
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for entity, terms in found.items():
        grid.add_row(name(entity), one_line(", ".join(terms)))
    yield Text("Terms that no feed fills (how often the others are filled is in --format json)", "bold")
    yield Padding(grid, (0, 0, 1, 0))


def _troubles(impact: Impact) -> Iterator[RenderableType]:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(overflow="fold", ratio=1)
    grid.add_column(justify="right")
    grid.add_column(overflow="fold", ratio=4)
    for feed, trouble, where in words.troubles(impact):
        grid.add_row(name(feed), f"{trouble.count:,}", one_line(f"{trouble.what}: {where}"))
    if grid.rows:
        yield Text("What could not be read", "bold")
        yield Padding(grid, (0, 0, 1, 0))
