"""The whole report as a Markdown document: the same order as everywhere, first a sentence, then who, what and proof."""

from __future__ import annotations

import sys

from bot.render import sections
from bot.render.between import between
from bot.render.by_settings import by_settings
from bot.render.consequences import affected, version_needed
from bot.render.extent import WHOLE, Extent
from bot.render.fitting import More, Section, fit, fixed
from bot.render.occasion import Occasion
from bot.render.problems import MINOR
from bot.render.proofs import caveat
from bot.render.repairs import repairs
from bot.render.rows import rows
from bot.render.safety import code, link, prose
from bot.render.verdict import headline
from bot.render.watched import watched
from bot.render.wording import KNOWN, MENDED_FIRST, UNSELECTED, count
from bot.report.model import Outcome, Report
from bot.standard.problems import Severity


def document(report: Report, limit: int = sys.maxsize, occasion: Occasion | None = None, extent: Extent = WHOLE) -> str:
    """The report, in at most so many bytes."""
    return fit(whole(report, occasion, extent), limit - 1, left_out(occasion)) + "\n"


def whole(report: Report, occasion: Occasion | None = None, extent: Extent = WHOLE) -> list[Section]:
    """Everything that there is to say: errors first, since the verdict may only come of them."""
    return [
        errors(report),
        fixed(f"## {prose(headline(report, occasion)).removesuffix('.')}"),
        fixed(facts(report, occasion, compared=f"{code(report.head.label)} with {code(report.base.label)}")),
        sections.changes(report, rows(report)),
        *([] if extent.brief else behind(report)),
        _known(report, extent),
    ]


def details(report: Report) -> list[Section]:
    """What stands behind the table, and before it what has to be mended first."""
    return [errors(report), *behind(report)]


def errors(report: Report) -> Section:
    """What is wrong with the files and not allowed."""
    return sections.titled(sections.problems(report, (Severity.ERROR,)), MENDED_FIRST)


def behind(report: Report) -> list[Section]:
    """Open questions, examples, what is in no profile, smaller problems of the files."""
    found = rows(report)
    return [
        sections.undecided(report, found),
        sections.examples(report, found),
        fixed(caveat(report)),
        repairs(report, found),
        sections.worth_knowing(report),
        sections.titled(sections.unselected(report), UNSELECTED),
        sections.titled(sections.problems(report, MINOR), "Problems in the files"),
    ]


def _known(report: Report, extent: Extent) -> Section:
    if extent.known:
        return sections.titled(sections.known_problems(report), KNOWN)
    counted = sections.counted(report)
    return fixed(f"{counted} `standards-bot check --known` lists them." if counted else "")


def facts(report: Report, occasion: Occasion | None = None, compared: str = "") -> str:
    """Who is affected, which version is needed and, where asked for, what was compared."""
    lines = [f"**Compared** {compared}"] if compared else []
    if report.outcome is not Outcome.INVALID:
        lines = [
            f"**Who is affected** {prose(affected(report, occasion))}",
            f"**Version needed** {prose(version_needed(report, occasion))}",
            *([f"**Between profiles** {prose(between(report))}"] if report.interop else []),
            *([f"**Settings** {said}"] if (said := by_settings(report, code)) else []),
            *([f"**Published data** {prose(watched(report))}"] if report.watched else []),
            *lines,
        ]
    return "\\\n".join(lines)


def left_out(occasion: Occasion | None) -> More:
    """Says what was left out, and where it is."""
    address = occasion.report_url if occasion else ""
    where = f"see {link('the full report', address)}" if address else "there is no room for them here"
    return lambda left, noun: f"… and {count(left, f'more {noun}')}: {where}."
