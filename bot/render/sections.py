"""The parts of a report in Markdown, in reading order, each ranked by how much it matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.compat.verdicts import Answer, Verdict
from bot.render.example import excerpt
from bot.render.fitting import Part, Section
from bot.render.problems import SEVERITIES, Group, groups, known
from bot.render.problems import place as location
from bot.render.proofs import place, proofs, reach
from bot.render.remarks import remarks, told
from bot.render.rows import BREAKS, UNDECIDED, Row, cell, combined
from bot.render.safety import LONGEST_PROSE as LONGEST
from bot.render.safety import block, cell_code, code, html_code, name, one_line, prose, shortened
from bot.render.sentences import Mark, sentence
from bot.render.wording import MOST_ALIKE, MOST_COLUMNS, count, together
from bot.report.model import ProfileReport, Report
from bot.standard.problems import Severity

SERIOUS, ERRORS, EXAMPLES, HARMLESS, WARNINGS, WORDS = range(1, 7)
"""In what order parts are left out where there is no room, the last first."""
_SEVERITIES = {Severity.ERROR: ERRORS, Severity.WARNING: WARNINGS, Severity.NOTICE: WORDS}


def titled(section: Section, title: str) -> Section:
    """A section under a title."""
    return replace(section, opening=f"**{title}**\n\n{section.opening}")


def folded(section: Section, summary: str) -> Section:
    """A section that shows when it is asked for."""
    opening = f"<details><summary>{summary}</summary>\n\n{section.opening}"
    return replace(section, opening=opening, closing=f"{section.closing}\n\n</details>")


def changes(report: Report, rows: Sequence[Row]) -> Section:
    """A table of changes and profiles; a list where there are more profiles than columns."""
    if len(report.profiles) > MOST_COLUMNS:
        return Section([Part(_item(row, report.profiles), _rank(row)) for row in rows], "change", joint="\n")
    head = ["#", "Change", *(cell_code(name(profile.id)) for profile in report.profiles)]
    opening = f"{_line(head)}\n{_line(['---:', *['---'] * (len(head) - 1)])}\n"
    return Section([Part(_row(row, report.profiles), _rank(row)) for row in rows], "change", opening, joint="\n")


def _rank(row: Row) -> int:
    if row.together or row.answer is not Answer.COMPATIBLE:
        return SERIOUS
    return HARMLESS if row.matters else WORDS


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _row(row: Row, profiles: Sequence[ProfileReport]) -> str:
    words = [_stressed(cell(row, profile)) for profile in profiles]
    return _line([str(row.number), told(row.reported, cell_code), *words])


def _stressed(words: str) -> str:
    return f"**{words}**" if words in (BREAKS, UNDECIDED) else words


def _item(row: Row, profiles: Sequence[ProfileReport]) -> str:
    by_word: dict[str, list[str]] = {}
    for profile in profiles:
        by_word.setdefault(cell(row, profile), []).append(code(name(profile.id)))
    means = [f"   - {_stressed(word)}: {', '.join(names)}" for word, names in by_word.items()]
    return "\n".join([f"{row.number}. {told(row.reported, code)}", *means])


def harmless(report: Report, rows: Sequence[Row]) -> Section:
    """Changes that affect nobody, folded away."""
    what = "change of wording" if all(row.is_wording for row in rows) else "change"
    return folded(changes(report, rows), f"{count(len(rows), what)} without effect on documents and tools")


def undecided(report: Report, rows: Sequence[Row]) -> Section:
    """What a person has to look at: where it is, and why the bot could not decide."""
    parts = [
        Part(f"- {row.number}: {_made(row)} ({_names(proof.profiles)}). {_reason(proof.verdict)}", SERIOUS)
        for row in rows
        for proof in proofs(report, row)
        if proof.verdict.answer is Answer.UNKNOWN
    ]
    return titled(Section(parts, "question", joint="\n"), "A person has to look")


def _made(row: Row) -> str:
    where = code(name(place(row.reported), LONGEST))
    return f"{told(row.reported, code)}, in {where}{reach(row.reported)}"


def _names(ids: Sequence[str], mark: Mark = code) -> str:
    return ", ".join(mark(name(each)) for each in ids)


def _reason(verdict: Verdict) -> str:
    if verdict.obstacle is None:
        return ""
    at = f" of {code(name(verdict.obstacle.keyword))}" if verdict.obstacle.keyword else ""
    return f"Not decided because{at}: {prose(shortened(verdict.obstacle.reason, LONGEST))}."


def examples(report: Report, rows: Sequence[Row]) -> Section:
    """The examples that break, each behind its number; then those of changes that break only together."""
    return Section([*_of_rows(report, rows), *_together(report)], "example")


def _of_rows(report: Report, rows: Sequence[Row]) -> Iterator[Part]:
    for row in rows:
        for proof in proofs(report, row):
            if proof.verdict.answer is Answer.BREAKING:
                summary = f"{row.number}: an example that breaks ({_names(proof.profiles, html_code)})"
                shown = f"{_made(row)}.\n\n{example(proof.verdict)}"
                yield Part(f"<details><summary>{summary}</summary>\n\n{shown}\n\n</details>", EXAMPLES)


def _together(report: Report) -> Iterator[Part]:
    said: dict[tuple[str, str], list[str]] = {}
    for profile in report.profiles:
        for entity, verdicts in combined(profile).items():
            verdict = verdicts.publishers
            shown = example(verdict) if verdict.answer is Answer.BREAKING else _reason(verdict)
            said.setdefault((together(entity, code, profile), shown), []).append(profile.id)
    for (words, shown), ids in said.items():
        yield Part(f"{words} ({_names(ids)}):\n\n{shown}", EXAMPLES)


def example(verdict: Verdict) -> str:
    """An example that breaks, its faults as comments."""
    marked = (f"{line.text}  // {one_line(line.fault)}" if line.fault else line.text for line in excerpt(verdict))
    return block("\n".join(marked), "jsonc" if verdict.faults else "json")


def worth_knowing(report: Report) -> Section:
    """What is in no verdict: renames, and names that may be taken."""
    parts = [Part(f"- {said}", WORDS) for said in remarks(report, code)]
    return titled(Section(parts, "remark", joint="\n"), "Worth knowing")


def unselected(report: Report) -> Section:
    """What changed that no profile has."""
    parts = [Part(f"- {sentence(each.change, code)}", WORDS) for each in report.unselected]
    return Section(parts, "change", joint="\n")


def problems(report: Report, severities: Sequence[Severity] = tuple(Severity)) -> Section:
    """What is wrong with the files and was not so before, in groups that share a remedy."""
    return _listed(groups(report.findings, severities))


def known_problems(report: Report) -> Section:
    """What is wrong with the files and was so before."""
    return _listed(known(report))


def _listed(found: Sequence[Group]) -> Section:
    parts = [Part(_group(group), _SEVERITIES[group.severity]) for group in found]
    return Section(parts, "kind of problem", joint="\n")


def _group(group: Group) -> str:
    said = [_problem(location(each), each.message) for each in group.problems[:MOST_ALIKE]]
    more = len(group.problems) - len(said)
    said += [f"and {more} more"] if more else []
    hint = prose(shortened(group.hint, LONGEST))
    if len(said) == 1:
        return f"- {SEVERITIES[group.severity]}: {said[0]}. {hint}".rstrip()
    remedy = [f"  - What to do: {hint}"] if hint else []
    return "\n".join([f"- {SEVERITIES[group.severity]}:", *(f"  - {each}" for each in said), *remedy])


def _problem(where: str, message: str) -> str:
    said = prose(shortened(message, LONGEST))
    return f"{code(name(where, LONGEST))}: {said}" if where else said


def counted(report: Report) -> str:
    """The problems that were there before, which are counted alone."""
    old = sum(finding.in_base for finding in report.findings)
    if not old:
        return ""
    verbs = ("was", "does") if old == 1 else ("were", "do")
    return f"{count(old, 'problem')} in the files {verbs[0]} there before and {verbs[1]} not count here."
