"""The whole report as a Markdown document: the same order as everywhere, first a sentence, then who, what and proof."""

from __future__ import annotations

import sys

from bot.render import sections
from bot.render.between import between
from bot.render.consequences import affected, version_needed
from bot.render.fitting import More, Section, fit, fixed
from bot.render.occasion import Occasion
from bot.render.rows import rows
from bot.render.safety import code, link, prose
from bot.render.verdict import headline
from bot.render.wording import count
from bot.report.model import Outcome, Report


def document(report: Report, limit: int = sys.maxsize, occasion: Occasion | None = None) -> str:
    """The report, in at most so many bytes."""
    return fit(whole(report, occasion), limit - 1, left_out(occasion)) + "\n"


def whole(report: Report, occasion: Occasion | None = None) -> list[Section]:
    """Everything that there is to say."""
    found = rows(report)
    return [
        fixed(f"## {prose(headline(report, occasion)).removesuffix('.')}"),
        fixed(facts(report, occasion, compared=f"{code(report.head.label)} with {code(report.base.label)}")),
        sections.changes(report, found),
        *details(report),
        fixed(sections.counted(report)),
    ]


def details(report: Report) -> list[Section]:
    """What stands behind the table: open questions, examples, what is in no profile, problems of the files."""
    found = rows(report)
    return [
        sections.undecided(report, found),
        sections.examples(report, found),
        sections.titled(sections.unselected(report), "Changed, and in no profile"),
        sections.titled(sections.problems(report), "Problems in the files"),
    ]


def facts(report: Report, occasion: Occasion | None = None, compared: str = "") -> str:
    """Who is affected, which version is needed and, where asked for, what was compared."""
    lines = [f"**Compared** {compared}"] if compared else []
    if report.outcome is not Outcome.INVALID:
        lines = [
            f"**Who is affected** {prose(affected(report, occasion))}",
            f"**Version needed** {prose(version_needed(report, occasion))}",
            *([f"**Between profiles** {prose(between(report))}"] if report.interop else []),
            *lines,
        ]
    return "\\\n".join(lines)


def left_out(occasion: Occasion | None) -> More:
    """Says what was left out, and where it is."""
    address = occasion.report_url if occasion else ""
    where = f"see {link('the full report', address)}" if address else "there is no room for them here"
    return lambda left, noun: f"… and {count(left, f'more {noun}')}: {where}."
