"""What a change does to published records, as a Markdown document."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conformance.impact import Impact, ProfileImpact
from bot.conformance.records import Shape
from bot.render import impact as words
from bot.render.safety import cell_code, code, name, prose


def document(impact: Impact) -> str:
    """Everything that there is to say: under each profile, then what could not be read."""
    parts = ["## What the change does to published data"]
    for profile in impact.profiles:
        parts += _profile(profile)
    parts += _troubles(impact)
    parts.append(f"Compared {code(impact.head)} with {code(impact.base)}.")
    if any(sort.shape is Shape.ROW for each in impact.profiles for feed in each.feeds for sort in feed.sorts):
        parts.append(words.NOT_CHECKED)
    return "\n\n".join(parts) + "\n"


def _profile(profile: ProfileImpact) -> Iterator[str]:
    yield f"### {prose(name(profile.title or profile.id))}"
    yield f"**{prose(words.headline(profile))}**"
    said = [f"- {what}: {prose(number)}" for what, number in words.facts(profile)]
    if said:
        yield "\n".join(said)
    yield from _rows("Breaks on", "records", words.causes(profile, cell_code), profile)
    if len(profile.judged) > 1:
        yield _feeds(profile)
    yield from _rows("Term that changes", "filled by records", _marked(words.touched(profile)), profile)
    rows = list(_rows("Term", "filled by records", _marked(words.used(profile)), profile))
    if rows:
        yield _folded("How often each term is filled, the rarest first", rows[0])
    unused = [
        f"- {code(entity)}: {', '.join(code(term) for term in terms)}"
        for entity, terms in words.unused(profile).items()
    ]
    if unused:
        yield _folded("Terms that no feed fills", "\n".join(unused))


def _marked(rows: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    return [(cell_code(what), records, feeds) for what, records, feeds in rows]


def _rows(title: str, second: str, rows: list[tuple[str, int, int]], profile: ProfileImpact) -> Iterator[str]:
    if rows:
        lines = [f"| {title} | {second} | feeds |", "|---|--:|--:|"]
        lines += [f"| {what} | {records:,} | {words.of_feeds(feeds, profile)} |" for what, records, feeds in rows]
        yield "\n".join(lines)


def _feeds(profile: ProfileImpact) -> str:
    lines = ["| Feed | records | would break | not valid before | not recognised |", "|---|--:|--:|--:|--:|"]
    for feed in sorted(profile.feeds, key=lambda feed: -feed.broken):
        numbers = (feed.recognised, feed.broken, feed.invalid, feed.unrecognised)
        lines.append(f"| {cell_code(name(feed.name))} | {' | '.join(f'{each:,}' for each in numbers)} |")
    return "\n".join(lines)


def _folded(title: str, content: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{content}\n\n</details>"


def _troubles(impact: Impact) -> Iterator[str]:
    said = [
        f"- {code(name(feed))}: {trouble.count:,} times {prose(trouble.what)}: {prose(where)}"
        for feed, trouble, where in words.troubles(impact)
    ]
    if said:
        yield "### What could not be read"
        yield "\n".join(said)
