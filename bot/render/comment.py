"""The bot's comment on a pull request: one, kept true, for whoever reads it first, furthest or fastest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.compat.bump import Bump
from bot.render import sections
from bot.render.advice import advice
from bot.render.fitting import Section, fit, fixed
from bot.render.flips import flipped
from bot.render.markdown import facts, left_out
from bot.render.occasion import Occasion
from bot.render.problems import SEVERITIES
from bot.render.promise import promise
from bot.render.repairs import offered, repairs
from bot.render.rows import MEANINGS, Row, cell, rows
from bot.render.safety import code, link, name, prose
from bot.render.verdict import headline
from bot.render.wording import count
from bot.report.model import Outcome, Report, Side
from bot.report.subject import State
from bot.standard.problems import Severity

LIMIT = 60_000
HIDDEN = 1_500
"""What hidden lines, by which the bot knows its comment again, may take of it."""
MOST_OPEN = 20
"""Rows that are shown before one asks for more."""


def comment(report: Report, occasion: Occasion, room: int | None = None) -> str:
    """The comment, without hidden lines. `room`: the bytes that these leave it, where they are many."""
    most = LIMIT - HIDDEN
    return fit(list(_sections(report, occasion)), most if room is None else min(room, most), left_out(occasion))


def flip(before: Outcome, report: Report, occasion: Occasion) -> str:
    """The short new comment when the verdict has changed: an edit of the first one notifies nobody."""
    return f"{prose(flipped(before, report, occasion))} The bot's first comment here says what it means."


def _sections(report: Report, occasion: Occasion) -> Iterator[Section]:
    verdict = prose(headline(report, occasion))
    yield fixed(_state(occasion))
    if _is_one_line(report):
        yield fixed(promise(report, occasion))
        yield fixed(f"{verdict} {_fine_print(report, occasion)}")
        yield from _files(report)
        yield _in_no_profile(report)
        return
    yield fixed(f"## {verdict.removesuffix('.')}")
    yield fixed(promise(report, occasion))
    if report.outcome is Outcome.INVALID:
        yield from _files(report)
        yield repairs(report, (), occasion)
        yield fixed(_what_next(report, occasion))
    else:
        yield from _judged(report, occasion)
    yield fixed(_fine_print(report, occasion))


def _judged(report: Report, occasion: Occasion) -> Iterator[Section]:
    found = rows(report)
    effects = [row for row in found if row.matters]
    yield fixed(facts(report, occasion))
    yield from _changes(report, effects)
    yield sections.undecided(report, found)
    yield sections.examples(report, found)
    yield repairs(report, found, occasion)
    yield sections.worth_knowing(report)
    yield from _files(report)
    yield sections.harmless(report, [row for row in found if not row.matters])
    yield _in_no_profile(report)
    yield fixed(_what_next(report, occasion))
    yield fixed(_legend(report, effects))


def _is_one_line(report: Report) -> bool:
    return report.outcome is Outcome.COMPATIBLE and report.bump in (Bump.NONE, Bump.PATCH)


def _state(occasion: Occasion) -> str:
    match occasion.pull_request.state:
        case State.MERGED:
            return "*This pull request was merged. What it means stays here for the record.*"
        case State.CLOSED:
            return "*This pull request was closed without being merged. What it would have meant stays here.*"
        case State.OPEN:
            return ""


def _changes(report: Report, effects: Sequence[Row]) -> Iterator[Section]:
    yield sections.changes(report, effects[:MOST_OPEN])
    rest = effects[MOST_OPEN:]
    yield sections.folded(sections.changes(report, rest), count(len(rest), "more change"))


def _files(report: Report) -> Iterator[Section]:
    yield sections.titled(sections.problems(report, (Severity.ERROR,)), "Problems in the files")
    minor = (Severity.WARNING, Severity.NOTICE)
    told = [count(_new(report, severity), SEVERITIES[severity]) for severity in minor if _new(report, severity)]
    yield sections.folded(sections.problems(report, minor), f"{' and '.join(told)} about the files")
    yield fixed(sections.counted(report))


def _new(report: Report, severity: Severity) -> int:
    return sum(finding.problem.severity is severity and not finding.in_base for finding in report.findings)


def _in_no_profile(report: Report) -> Section:
    summary = f"{count(len(report.unselected), 'change')} without effect on any profile"
    return sections.folded(sections.unselected(report), summary)


def _what_next(report: Report, occasion: Occasion) -> str:
    said = advice(report, code)
    words = " ".join(filter(None, [f"{said}." if said else "", offered(rows(report), report, occasion)]))
    lines = [f"**What you can do** {words}"] if words else []
    if occasion.discuss_url:
        lines.append(f"**Discuss** {link('in the forum', occasion.discuss_url)} (no GitHub account needed)")
    return "\\\n".join(lines)


def _legend(report: Report, effects: Sequence[Row]) -> str:
    words = {cell(row, profile) for row in effects for profile in report.profiles}
    meant = [f"- **{word}**: {meaning}" for word, meaning in MEANINGS.items() if word in words]
    if not meant:
        return ""
    return "\n".join(["<details><summary>How to read this</summary>\n", *meant, "\n</details>"])


def _fine_print(report: Report, occasion: Occasion) -> str:
    request = occasion.pull_request
    head, base = report.head.commit or request.head_sha, report.base.commit or request.base_sha
    said = [f"Compared {_commit(head, report.head)} with {_commit(base, report.base, f'{request.base_ref}@')}"]
    if occasion.report_url:
        said.append(link("full report", occasion.report_url))
    return f"<sub>{' · '.join(said)}</sub>"


def _commit(commit: str, side: Side, branch: str = "") -> str:
    """A commit as people write it; what was compared instead, where there is none."""
    return code(name(f"{branch}{commit[:7]}" if commit.strip("0") else side.label))
