"""Collects what is wrong with the files of both sides, and marks what base had already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.compat.due import UNKNOWN, Now
from bot.compat.obsolete import obsolete
from bot.generate.datapackage import package_of
from bot.report.changed_lines import ChangedLines
from bot.report.left_out import left_out
from bot.report.model import Finding, ProfileReport
from bot.report.pairing import ProfilePair
from bot.standard.checks import check_entities
from bot.standard.dialects import prevailing
from bot.standard.model import Kind, Profile, Standard
from bot.standard.package_checks import check_package
from bot.standard.pointers import pointer
from bot.standard.problems import Problem, error, notice
from bot.standard.profiles import Structure
from bot.standard.snapshot import STANDARD
from bot.standard.soundness import fault_of


def findings(
    base: Standard, head: Standard, pairs: list[ProfilePair], reports: list[ProfileReport], now: Now = UNKNOWN
) -> list[Finding]:
    """The findings, most serious first, those that base had already after the new ones. What keeps a verdict from
    being given counts as new, since when it may have been there: it is what has to be mended first. `now`: the day,
    and the version that is worked on where a standard does not name its own."""
    deciding = {(each.file, each.place) for pair in pairs for each in pair.doubts}
    deciding |= {(problem.file, problem.pointer) for problem in head.problems if problem.file in head.unreadable}
    ours = {_identity(problem) for problem in _problems(base, [pair.structures[0] for pair in pairs], now)}
    # Profiles share most of their terms: what is wrong with one of them in each is one problem.
    theirs = {_identity(problem): problem for problem in _problems(head, [pair.structures[1] for pair in pairs], now)}
    found = [
        Finding(_located(problem, head), key in ours and (problem.file, problem.pointer) not in deciding)
        for key, problem in theirs.items()
    ]
    # What could not be read of base is said even where head has mended it: nothing can be proved against it.
    mine = {_identity(finding.problem) for finding in found}
    lost = [problem for problem in base.problems if problem.file in base.unreadable and _identity(problem) not in mine]
    if head.kind is Kind.NOTHING and not head.unreadable:
        found.append(Finding(_nothing(head)))
    if head.kind is Kind.TABULAR and base.kind in (Kind.EXTENDED, Kind.CHECKOUT):
        found.append(Finding(_schemas_gone(head)))
    if head.kind is Kind.CHECKOUT and base.kind is Kind.EXTENDED:
        found.append(Finding(_declaration_gone()))
    found += [
        Finding(problem) for report, pair in zip(reports, pairs, strict=True) for problem in _gains(report, pair.head)
    ]
    built = [pair.structures[1] for pair in pairs]
    unselected = left_out(base, head, [each for each in built if each is not None])
    found += [Finding(_located(problem, head)) for problem in unselected]
    lines = ChangedLines(base, head)
    found = [replace(each, on_change=lines.wrote(each.problem)) for each in found]
    found += [Finding(replace(problem, message=f"in base: {problem.message}"), on_change=False) for problem in lost]
    return sorted(found, key=seriousness)


def _identity(problem: Problem) -> tuple[str, str, str, str]:
    # Not the line: it moves with every edit above.
    return problem.rule, problem.file, problem.pointer, problem.message


def seriousness(finding: Finding) -> tuple[bool, int, str, int, str]:
    """The key by which findings are sorted: the most serious first, what base has last."""
    problem = finding.problem
    return finding.in_base, problem.severity.rank, problem.file, problem.line, problem.pointer


def _problems(standard: Standard, structures: list[Structure | None], now: Now) -> Iterator[Problem]:
    yield from standard.problems
    yield from check_entities(standard)
    yield from obsolete(standard, replace(now, version=standard.version or now.version))
    if standard.package is not None:
        yield from check_package(standard.package, standard.profiles[0].file)
    for structure in structures:
        if structure is not None:
            yield from structure.problems
            yield from _of_tables(structure)


def _of_tables(structure: Structure) -> Iterator[Problem]:
    """The problems of the generated data package, at the properties that its columns come from."""
    # Of a schema that is none, its table would only repeat what is wrong.
    draft = prevailing(entity.schema for entity in structure.entities.values())
    sound = {name: entity for name, entity in structure.entities.items() if fault_of(entity.schema, draft) is None}
    package = package_of(replace(structure, entities=sound), {})
    entities = {str(entity.schema.get("name", name)): entity for name, entity in sound.items()}
    for problem in check_package(package, ""):
        steps = problem.pointer.split("/")[2:]
        table = package.tables[int(steps[0])]
        entity = entities[str(table["name"])]
        place = "/path" if steps[1:2] == ["path"] else ""
        if steps[1:3] == ["schema", "fields"]:
            place = pointer(("properties", table["schema"]["fields"][int(steps[3])]["name"]))
        yield replace(problem, file=entity.file, pointer=place)


def _located(problem: Problem, standard: Standard) -> Problem:
    if problem.line or problem.file not in standard.readings:
        return problem
    steps = tuple(step.replace("~1", "/").replace("~0", "~") for step in problem.pointer.split("/")[1:])
    return replace(problem, line=standard.line(problem.file, steps))


def _nothing(head: Standard) -> Problem:
    message = f"there is no standard in {head.label}"
    hint = "A standard has schema/standard.yml, schema/*.json or datapackage.json. Name its directory with --source."
    return error("standard-missing", "", "", message, hint)


def _schemas_gone(head: Standard) -> Problem:
    message = "base has schemas and head none: both are compared as tables, and of data in JSON nothing is said"
    return error("schemas-missing", head.profiles[0].file, "", message, "Put the directory schema/ back.")


def _declaration_gone() -> Problem:
    message = "base has this file and head none: the name, the profiles and the views that it declares are gone with it"
    return error("declaration-missing", STANDARD, "", message, "Put the file back.")


def _gains(report: ProfileReport, profile: Profile | None) -> Iterator[Problem]:
    """What a profile made of patches gains because the structure under it grew: nobody decided it."""
    if profile is None or profile.selects or not profile.patches:
        return
    own = {patch.file for patch in profile.patches.values()}
    for reported in report.changes:
        if reported.change.rule in ("entity-added", "term-added") and reported.file not in own:
            what = "entity" if reported.change.rule == "entity-added" else "term"
            message = f"the profile {profile.id} gains the {what} {reported.change.term}"
            hint = "The profile gets these automatically; no patch mentions them. Keep them, or remove them with null."
            yield notice("term-gained", reported.file, reported.pointer, message, hint, reported.line)
