"""Edits that keep published data valid, as people take them over: what they do, the lines, and where to edit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from urllib.parse import quote

from bot.compat.verdicts import Answer
from bot.render import sections
from bot.render.advice import advised, numbers, spans
from bot.render.fitting import Part, Section
from bot.render.occasion import Occasion
from bot.render.place import repository_path
from bot.render.rows import Row
from bot.render.safety import LONGEST_PROSE as LONGEST
from bot.render.safety import block, code, link, name, one_line, prose, shortened
from bot.render.wording import listing
from bot.report.model import Repair, Report
from bot.report.repair_words import MOST
from bot.report.subject import PullRequest, State

BELOW = "Commit the suggestion below"
MOST_LINES = 40
"""Lines of an edit that are shown."""
MOST_OF_A_FILE = 8
"""Lines of a file that comes back as it was: whoever took it away has them."""
LONGEST_LINE = 200
_PIECE = re.compile(r"[^,{\[]*[,{\[]|[^,{\[]+")
"""What stands on a line of its own where a file is not written on one."""
NEIGHBOURS = 40
"""Characters on both sides of what differs in a longer line."""


def repair_of(row: Row) -> Repair | None:
    """The edit that repairs a change; profiles that share a row have the same."""
    return next((cell.repair for cell in row.cells.values() if cell.repair is not None), None)


def repairs(report: Report, rows: Sequence[Row], occasion: Occasion | None = None) -> Section:
    """Each edit behind the numbers of its changes; those of files that cannot be read after them. What a comment (it
    has an occasion) says at its end is not said twice."""
    told = advised(rows) if occasion else set()
    made = [_of_changes(report, group, occasion, told) for group in edits(rows)]
    made += [_of_file(report, each, occasion) for each in mending(report)]
    more = "" if occasion else beyond(rows)
    return Section([Part(each, sections.EXAMPLES) for each in made], "edit", closing=f"\n\n{more}" if more else "")


def edits(rows: Sequence[Row]) -> list[list[Row]]:
    """The changes that are repaired, those that share an edit together."""
    found: list[list[Row]] = []
    for row in rows:
        if (repair := repair_of(row)) is None:
            continue
        group = next((each for each in found if (one := repair_of(each[0])) and is_same_edit(one, repair)), None)
        if group is None:
            found.append([row])
        else:
            group.append(row)
    return found


def beyond(rows: Sequence[Row]) -> str:
    """That not every change was looked at; "" where each was."""
    breaking = [row for row in rows if row.answer is Answer.BREAKING]
    if len(breaking) <= MOST or all(repair_of(row) for row in breaking):
        return ""
    return f"So many changes break data that edits were looked for only for the first {MOST}."


def _of_changes(report: Report, group: Sequence[Row], occasion: Occasion | None, told: set[int]) -> str:
    found = [(row.number, repair) for row in group if (repair := repair_of(row)) is not None]
    said = [f"- {number}: {_words(repair)}" for number, repair in found if number not in told]
    repair = found[0][1]
    lines = [_in_place(repair)] if len(found) == 1 and said else [_where(repair), "\n".join(said)]
    title = f"{listing(spans(group))}: an edit that keeps published data valid"
    return _folded(report, title, lines, repair, occasion)


def _of_file(report: Report, repair: Repair, occasion: Occasion | None) -> str:
    return _folded(report, "an edit that makes a file readable", [_in_place(repair)], repair, occasion)


def _in_place(repair: Repair) -> str:
    said = _words(repair)
    where = f", in {_place(repair)}." if repair.start_line else f". {_where(repair)}"
    return f"{said[:1].upper()}{said[1:]}{where}"


def _where(repair: Repair) -> str:
    return f"In {_place(repair)}:" if repair.start_line else f"The file {_place(repair)} comes back:"


def _words(repair: Repair) -> str:
    return prose(shortened(repair.words, LONGEST))


def _place(repair: Repair) -> str:
    return code(name(place(repair), LONGEST))


def _folded(report: Report, title: str, lines: Sequence[str], repair: Repair, occasion: Occasion | None) -> str:
    shown = block("\n".join(diff(repair)), "diff")
    taken = _way(report, repair, occasion) if occasion else ""
    beside = (f"And in {_place(each)}:\n\n{block(chr(10).join(diff(each)), 'diff')}" for each in repair.beside)
    parts = [f"<details><summary>{title}</summary>", *lines, shown, *beside, taken, "</details>"]
    return "\n\n".join(filter(None, parts))


def _way(report: Report, repair: Repair, occasion: Occasion) -> str:
    """How the author takes the edit over: with a click where it is suggested on its lines, else by hand."""
    if suggested := suggestion_of(repair, occasion):
        return link(BELOW, suggested)
    address = edit_address(report, repair, occasion.pull_request)
    return link("Edit the file", address) if address else ""


def suggestion_of(repair: Repair | None, occasion: Occasion | None) -> str:
    """Where an edit stands as a suggestion; "" where it does not. One may repair several changes."""
    known = occasion.suggested if occasion is not None and repair is not None else ()
    return next((address for each, address in known if repair is not None and is_same_edit(each, repair)), "")


def is_same_edit(one: Repair, other: Repair) -> bool:
    """Whether two repairs write the same over the same lines, for whatever reason."""
    wheres = {(each.file, each.start_line, each.end_line) for each in (one, other)}
    return len(wheres) == 1 and one.replacement == other.replacement


def place(repair: Repair) -> str:
    """Where an edit is made: the file, and the first line that it changes."""
    return f"{repair.file}:{repair.start_line}" if repair.start_line else repair.file


def diff(repair: Repair) -> list[str]:
    """The lines of an edit as a difference: what stays, goes and comes."""
    made = list(_compared(repair.replaced.splitlines(), repair.replacement.splitlines()))
    most = MOST_LINES if repair.start_line else MOST_OF_A_FILE
    more = len(made) - most
    shown = [shortened(line, LONGEST_LINE) for line in made[:most]]
    return [*shown, f"  … and {more} more lines"] if more > 0 else shown


def _compared(ours: list[str], theirs: list[str]) -> Iterator[str]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        gone, come = ours[i1:i2], theirs[j1:j2]
        if tag == "equal":
            yield from (f"  {line}" for line in gone)
        elif len(gone) == len(come) == 1 and max(len(gone[0]), len(come[0])) > LONGEST_LINE:
            yield from _inside(_PIECE.findall(gone[0]), _PIECE.findall(come[0]))
        else:
            yield from _replaced(gone, come)


def _replaced(gone: list[str], come: list[str]) -> Iterator[str]:
    if len(gone) == len(come) == 1:
        gone, come = ([line] for line in _around(gone[0], come[0]))
    yield from (f"- {line}" for line in gone)
    yield from (f"+ {line}" for line in come)


def _inside(ours: list[str], theirs: list[str]) -> Iterator[str]:
    """Of a line that holds a whole file, what differs, each time with what stands before and after it."""
    # What is everywhere in a long line (a bracket) is no sign of what belongs together: the matcher leaves it aside.
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs).get_opcodes():
        gone, come = ([piece.strip() for piece in side] for side in (ours[i1:i2], theirs[j1:j2]))
        if tag != "equal":
            yield from _replaced(gone, come)
            continue
        before, behind = gone[:1] if i1 else [], gone[-1:] if i2 < len(ours) or j2 < len(theirs) else []
        yield from (f"  {piece}" for piece in before)
        yield from ["  …"] if len(gone) > len(before) + len(behind) else []
        yield from (f"  {piece}" for piece in (behind if len(gone) > len(before) else []))


def _around(ours: str, theirs: str) -> tuple[str, str]:
    """Two lines; of such as hold a whole file, no more than stands around what differs."""
    if max(len(ours), len(theirs)) <= LONGEST_LINE:
        return ours, theirs
    start = max(_alike(ours, theirs) - NEIGHBOURS, 0)
    end = max(_alike(ours[start:][::-1], theirs[start:][::-1]) - NEIGHBOURS, 0)
    before, after = "… " if start else "", " …" if end else ""
    one, other = (f"{before}{line[start : len(line) - end]}{after}" for line in (ours, theirs))
    return one, other


def _alike(ours: str, theirs: str) -> int:
    """How many characters two texts begin with alike."""
    most = min(len(ours), len(theirs))
    return next((at for at in range(most) if ours[at] != theirs[at]), most)


def edit_address(report: Report, repair: Repair, request: PullRequest) -> str:
    """The page on which the author edits the file in the branch of the pull request; "" where there is none."""
    path = repository_path(report, repair.file)
    server = request.url.removesuffix(f"/{request.repository}/pull/{request.number}")
    known = request.head_repository and request.head_ref and server != request.url
    if request.state is not State.OPEN or not known or not path or not repair.start_line:
        return ""
    return f"{server}/{request.head_repository}/edit/{quote(request.head_ref)}/{quote(path)}"


def offered(rows: Sequence[Row], report: Report, occasion: Occasion | None = None) -> str:
    """That there are edits, and for which changes; "" where there is none."""
    repaired = [(row, repair) for row in rows if (repair := repair_of(row)) is not None]
    below = [(row, address) for row, repair in repaired if (address := suggestion_of(repair, occasion))]
    above = [row for row, repair in repaired if not suggestion_of(repair, occasion)]
    said = [_below(below)] if below else []
    if above:
        too = " too" if below else ""
        said.append(f"Edits that keep published data valid{too} stand above, for {numbers(above)}.")
    said += filter(None, [beyond(rows)])
    return " ".join(said) or _unread(report, occasion)


def _below(found: Sequence[tuple[Row, str]]) -> str:
    addresses = {address for _, address in found}
    if len(addresses) == 1:
        return f"{link(BELOW, found[0][1])}, for {numbers([row for row, _ in found])}."
    linked = [link(str(row.number), address) for row, address in found]
    return f"Commit the suggestions below, for changes {listing(linked)}."


def _unread(report: Report, occasion: Occasion | None) -> str:
    edits = mending(report)
    address = next(filter(None, (suggestion_of(each, occasion) for each in edits)), "")
    if address:
        return f"{link(BELOW, address)}: it makes the file readable."
    return "An edit that makes the file readable stands above." if edits else ""


def mending(report: Report) -> list[Repair]:
    """The edits that make files readable."""
    return [each.repair for each in report.findings if each.repair is not None]


def instead(repair: Repair | None) -> str:
    """What can be done instead, as a sentence in plain text; "" where nothing is known."""
    return f"Instead, you can {one_line(shortened(repair.words, LONGEST))}." if repair is not None else ""
