"""What Slack is told: a parent message that is kept true, and the few replies that people wait for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from bot.render.consequences import affected, version_needed
from bot.render.contents import Blocks
from bot.render.flips import decided as decision
from bot.render.flips import flipped
from bot.render.occasion import Occasion
from bot.render.remarks import told
from bot.render.rows import BREAKS, SURPRISES, UNDECIDED, Row, cell, rows
from bot.render.safety import chat, name, one_line, plain, shortened, web_address
from bot.render.verdict import headline
from bot.render.wording import small, split, titles
from bot.report.model import Outcome, Report
from bot.report.subject import State

if TYPE_CHECKING:
    from slack_sdk.models.blocks import Block, RichTextElement

MOST_CHANGES = 3
LONGEST_SAYING = 700
"""Characters of one saying: escaped they may be five times as many, and 4,000 is what a text should have."""
_MARK = "\x00"
"""Stands around names in a sentence on its way to a style; no text that is shown has it."""
_STATES = {State.OPEN: "Open", State.MERGED: "Merged", State.CLOSED: "Closed without being merged"}


def parent(report: Report, occasion: Occasion) -> Blocks:
    """The message that is kept true."""
    verdict = headline(report, occasion)
    blocks = [_rich([_text(verdict, bold=True), _text("\n"), *_subject(occasion)])]
    if report.outcome is not Outcome.INVALID:
        blocks.append(_rich(_facts(report, occasion)))
        blocks += [_rich(_changes(report, serious))] if (serious := _most_serious(report, occasion)) else []
    return _message(f"{_called(occasion)}: {verdict}", [*blocks, _context(occasion, _state(occasion))])


def flip(before: Outcome, report: Report, occasion: Occasion) -> Blocks:
    """The reply when the verdict has changed."""
    said = flipped(before, report, occasion)
    return _message(said, [_rich([_text(said)]), _context(occasion)])


def decided(report: Report, occasion: Occasion) -> Blocks:
    """The reply when the pull request is merged or closed."""
    said = decision(occasion)
    parts = [_text(said, bold=True)]
    if occasion.pull_request.state is State.MERGED and report.outcome is not Outcome.INVALID:
        parts.append(_text(f" {headline(report, occasion)} Version needed: {small(version_needed(report, occasion))}."))
    return _message(said, [_rich(parts), _context(occasion)])


def _message(text: str, blocks: Sequence[Block]) -> Blocks:
    return Blocks(chat(shortened(one_line(text), LONGEST_SAYING)), tuple(block.to_dict() for block in blocks))


def _called(occasion: Occasion) -> str:
    return f"Pull request {occasion.pull_request.number} of {name(occasion.pull_request.repository)}"


def _state(occasion: Occasion) -> str:
    request = occasion.pull_request
    return "Draft" if request.draft and request.state is State.OPEN else _STATES[request.state]


def _subject(occasion: Occasion) -> list[RichTextElement]:
    title = name(occasion.pull_request.title)
    return [_link(_called(occasion), occasion.pull_request.url), *([_text(f": {title}")] if title else [])]


def _facts(report: Report, occasion: Occasion) -> list[RichTextElement]:
    return [
        _text("Who is affected ", bold=True),
        _text(affected(report, occasion)),
        _text("\nVersion needed ", bold=True),
        _text(version_needed(report, occasion)),
    ]


def _most_serious(report: Report, occasion: Occasion) -> list[Row]:
    """Changes with an effect, those to the profiles that the readers care for rather than others."""
    ours = {profile.id for profile in split(report, occasion)[0]}
    effects = [row for row in rows(report) if row.matters]
    chosen = sorted(effects, key=lambda row: not ours & row.cells.keys())[:MOST_CHANGES]
    return sorted(chosen, key=lambda row: row.number)


def _changes(report: Report, serious: Sequence[Row]) -> Iterator[RichTextElement]:
    for at, row in enumerate(serious):
        yield _text(("\n" if at else "") + f"{row.number}. ")
        yield from _styled(told(row.reported, lambda each: f"{_MARK}{one_line(each)}{_MARK}"))
        yield _text(_meaning(report, row))
    left = sum(row.matters for row in rows(report)) - len(serious)
    if left:
        yield _text(f"\n… and {left} more in the pull request")


def _styled(words: str) -> Iterator[RichTextElement]:
    for at, part in enumerate(shortened(words, LONGEST_SAYING).split(_MARK)):
        if part:
            yield _text(part, code=at % 2 == 1)


def _meaning(report: Report, row: Row) -> str:
    hit = [profile for profile in report.profiles if cell(row, profile) == BREAKS]
    if hit:
        return f": {BREAKS} of {titles(hit)}"
    open_ = [profile for profile in report.profiles if cell(row, profile) == UNDECIDED]
    if open_:
        return f": {UNDECIDED} ({titles(open_)})"
    if row.together:
        return ": breaks published data together with other changes"
    words = {cell(row, profile) for profile in report.profiles}
    return ": published data stays valid" + (", but it is new to tools" if SURPRISES in words else "")


def _context(occasion: Occasion, state: str = "") -> Block:
    from slack_sdk.models.blocks import ContextBlock, MarkdownTextObject

    address = web_address(occasion.discuss_url) or web_address(occasion.pull_request.url)
    said = [state, f"<{address.replace('&', '&amp;')}|Discuss here>" if address else ""]
    text = " · ".join([*filter(None, said), "Replies in Slack are not counted"])
    return ContextBlock(elements=[MarkdownTextObject(text=text, verbatim=True)])


def _rich(elements: Iterable[RichTextElement]) -> Block:
    from slack_sdk.models.blocks import RichTextBlock, RichTextSectionElement

    return RichTextBlock(elements=[RichTextSectionElement(elements=list(elements))])


def _text(words: str, *, bold: bool = False, code: bool = False) -> RichTextElement:
    from slack_sdk.models.blocks import RichTextElementParts as Parts

    style = Parts.TextStyle(bold=bold or None, code=code or None) if bold or code else None
    return Parts.Text(text=shortened(plain(words), LONGEST_SAYING), style=style)


def _link(words: str, url: str) -> RichTextElement:
    from slack_sdk.models.blocks import RichTextElementParts as Parts

    address = web_address(url)
    return Parts.Link(url=address, text=words) if address else _text(words)
