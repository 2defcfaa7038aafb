"""The check run: the verdict beside the commit, and notes at the lines that cause it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.compat.confirming import Fault
from bot.compat.verdicts import Answer
from bot.render import sections
from bot.render.advice import advice
from bot.render.contents import Annotation, CheckRun, Conclusion, Level
from bot.render.fitting import Section, fit, fixed
from bot.render.markdown import details, facts, left_out
from bot.render.occasion import Occasion
from bot.render.place import repository_path
from bot.render.promise import TITLE, broken, promise
from bot.render.proofs import proofs
from bot.render.repairs import instead, repair_of
from bot.render.rows import Row, rows
from bot.render.safety import code, link, one_line, prose, shortened
from bot.render.sentences import sentence
from bot.render.verdict import headline
from bot.render.wording import listing, titles
from bot.report.faults import explained
from bot.report.model import Finding, Outcome, Report, ReportedChange
from bot.standard.problems import Problem, Severity

LIMIT = 65_535
MARKER = 300
"""Room for the line by which the run is known again."""
LONGEST_TITLE = 255
LONGEST_MESSAGE = 16_000
"""Characters: GitHub takes 64 KB, and a character may be four bytes."""
MOST_FAULTS = 3
_LEVELS = {Severity.ERROR: Level.FAILURE, Severity.WARNING: Level.WARNING}


def check_run(report: Report, occasion: Occasion, *, advisory: bool, doubt: Problem | None = None) -> CheckRun:
    """The run; where it only advises, nothing fails (the title says what is wrong) but the promise to change wording
    only, which nobody has to make. `doubt`: why nobody knows whether it only advises; it fails then."""
    found = rows(report)
    doubtful = [] if doubt is None else [fixed(_doubtful(doubt))]
    summary = [*doubtful, *_summary(report, occasion, found), fixed(_next(report, occasion, advisory=advisory))]
    unkept = broken(report, occasion)
    reasons = [*([_unread(doubt)] if doubt else []), *([TITLE] if unkept else [])]
    title = " ".join([*reasons, headline(report, occasion)])
    notes = [*_on_findings(report), *_on_changes(report, found), *_on_promise(report, unkept)]
    return CheckRun(
        shortened(one_line(title).removesuffix("."), LONGEST_TITLE),
        fit(summary, LIMIT - MARKER, left_out(occasion)),
        fit(list(_text(report, found)), LIMIT - MARKER, left_out(occasion)),
        Conclusion.FAILURE if unkept or doubt else _conclusion(report, advisory=advisory),
        tuple(sorted(notes, key=_order)),
    )


def _unread(doubt: Problem) -> str:
    return f"The settings cannot be read ({doubt.file}:{doubt.line}:{doubt.column})."


def _doubtful(doubt: Problem) -> str:
    said = f"{code(doubt.file)}, line {doubt.line}, column {doubt.column}: {prose(doubt.message)}. {prose(doubt.hint)}"
    return (
        f"**The settings cannot be read** {said}\n\nNobody can tell whether this check is required, so it does not "
        "pass until they are mended on the default branch. A pull request that mends them is judged as any other."
    )


def _summary(report: Report, occasion: Occasion, found: list[Row]) -> Iterator[Section]:
    if report.outcome is not Outcome.INVALID:
        yield fixed(facts(report, occasion))
        yield sections.changes(report, [row for row in found if row.matters])
        yield fixed(_unnoted(found))


def _unnoted(found: Sequence[Row]) -> str:
    """Which changes stand here alone: what they take away has left no line for a note."""
    numbers = [str(row.number) for row in found if row.answer is not Answer.COMPATIBLE and not row.reported.line]
    if not numbers:
        return ""
    which = f"change{'' if len(numbers) == 1 else 's'} {listing(numbers)}"
    return f"In the files there is no note on {which}: no line is left there to put one at."


def _text(report: Report, found: list[Row]) -> Iterator[Section]:
    if report.outcome is Outcome.INVALID:
        yield sections.titled(sections.problems(report), "Problems in the files")
        return
    yield from details(report)
    yield fixed(sections.counted(report))
    yield sections.harmless(report, [row for row in found if not row.matters])


def _conclusion(report: Report, *, advisory: bool) -> Conclusion:
    if report.exit_status == 0:
        return Conclusion.SUCCESS
    return Conclusion.NEUTRAL if advisory else Conclusion.FAILURE


def _next(report: Report, occasion: Occasion, *, advisory: bool) -> str:
    said = advice(report, code)
    lines = [each for each in (promise(report, occasion), f"**What you can do** {said}." if said else "") if each]
    if report.outcome is Outcome.INVALID:
        lines.append("What has to be mended, and where, stands below.")
    if advisory:
        lines.append("This check advises; it does not stand in the way of merging.")
    if occasion.report_url:
        lines.append(f"The whole is in {link('the full report', occasion.report_url)}.")
    return "\n\n".join(lines)


def _order(note: Annotation) -> tuple[int, str, int]:
    return [Level.FAILURE, Level.WARNING, Level.NOTICE].index(note.level), note.path, note.line


def _on_findings(report: Report) -> Iterator[Annotation]:
    for finding in report.findings:
        problem = finding.problem
        path = repository_path(report, problem.file)
        if _is_shown(finding) and path and problem.line:
            said = one_line(problem.message)
            # The title says what is wrong, as far as it holds it.
            rest = [f"{said}."] if len(said) > LONGEST_TITLE or not problem.hint else []
            message = "\n".join([*rest, one_line(problem.hint)]).strip()
            yield _note(path, problem.line, _LEVELS[problem.severity], said, message)


def _is_shown(finding: Finding) -> bool:
    return finding.on_change and not finding.in_base and finding.problem.severity in _LEVELS


def _on_changes(report: Report, found: list[Row]) -> Iterator[Annotation]:
    for row in found:
        made = row.reported
        path = _path(report, row)
        if row.answer is Answer.COMPATIBLE or not path:
            continue
        level = Level.FAILURE if row.answer is Answer.BREAKING else Level.WARNING
        title = f"Change {row.number}: {sentence(made.change)}"
        yield _note(path, made.line, level, title, "\n".join(_said(report, row)))


def _on_promise(report: Report, unkept: Sequence[ReportedChange]) -> Iterator[Annotation]:
    for made in unkept:
        path = repository_path(report, made.file) if made.line else ""
        if path:
            message = "This pull request says that it changes wording only."
            yield _note(path, made.line, Level.FAILURE, f"More than wording: {sentence(made.change)}", message)


def _said(report: Report, row: Row) -> Iterator[str]:
    yield from _meanings(report, row)
    yield from filter(None, [instead(repair_of(row))])


def _meanings(report: Report, row: Row) -> Iterator[str]:
    for proof in proofs(report, row):
        under = titles(profile for profile in report.profiles if profile.id in proof.profiles)
        if proof.verdict.answer is Answer.BREAKING:
            faults = "; ".join(dict.fromkeys(map(_seen, proof.verdict.faults[:MOST_FAULTS]))) or "it is not valid"
            yield f"Breaks data published under {under}. A publisher would see: {faults}."
        else:
            reason = one_line(proof.verdict.reason)
            yield f"What it means under {under} is not decided; a person has to look. {reason}".strip()


def _seen(fault: Fault) -> str:
    said = explained(fault)
    # What the value must be follows its place as one sentence; all else is a sentence of its own.
    joint = " " if said.startswith(("must ", "is ")) else ": "
    return one_line(f"{fault.pointer}{joint}{said}" if fault.pointer else said)


def _note(path: str, line: int, level: Level, title: str, message: str) -> Annotation:
    return Annotation(path, line, level, shortened(one_line(title), LONGEST_TITLE), shortened(message, LONGEST_MESSAGE))


def _path(report: Report, row: Row) -> str:
    """The file that a note on a change stands in; "" where it can stand in none."""
    return repository_path(report, row.reported.file) if row.reported.line else ""
