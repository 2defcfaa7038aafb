"""Occasions and reports for the tests of what each place is told: real ones, long ones, hostile ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.adapters.files import read_directory
from bot.compat.bump import Bump
from bot.compat.changes import ABSENT, Change
from bot.compat.confirming import Fault
from bot.compat.verdicts import COMPATIBLE, Verdict, Verdicts, breaking, unknown
from bot.render.occasion import Occasion
from bot.report.model import Finding, Outcome, ProfileReport, Repair, Report, ReportedChange, Side
from bot.report.subject import PullRequest, State
from bot.standard.merge_patch import merge
from bot.standard.problems import Problem, Severity
from bot.standard.snapshot import belongs, on_the_way
from tests.worlds import ROOT

PULL_REQUEST = PullRequest(
    "openreferral/specification",
    12,
    "Require a web address",
    "jo",
    "https://github.com/openreferral/specification/pull/12",
    head_sha="1a2b3c4" + "0" * 33,
    base_sha="5d6e7f8" + "0" * 33,
    base_ref="main",
)
OCCASION = Occasion(
    PULL_REQUEST,
    report_url="https://github.com/openreferral/specification/actions/runs/7",
    discuss_url="https://forum.example.org/t/standard/312",
)
UK = replace(OCCASION, profiles=("uk",), place="United Kingdom")


def ended(state: State, occasion: Occasion = OCCASION) -> Occasion:
    """The same, merged or closed."""
    return replace(occasion, pull_request=replace(occasion.pull_request, state=state))


def sample_change() -> tuple[dict[str, Any], dict[str, Any]]:
    """The bundled structure, and the same with the change that the demonstration makes."""
    base: dict[str, Any] = dict(read_directory(ROOT, belongs, on_the_way).files)
    patches = ROOT / "bot" / "commands" / "sample_change"
    head = dict(base)
    for patch in sorted(patches.rglob("*.json")):
        path = f"schema/{patch.relative_to(patches).as_posix()}"
        head[path] = merge(json.loads(base.get(path, b"{}")), json.loads(patch.read_text()))
        head[path] = (json.dumps(head[path], indent=2, ensure_ascii=False) + "\n").encode()
    return base, head


def judged(publishers: Verdict = COMPATIBLE, consumers: Verdict = COMPATIBLE, strict: Verdict = COMPATIBLE) -> Verdicts:
    return Verdicts(strict, strict, publishers, consumers)


def removal(name: str, *, witness: Mapping[str, Any] | None = None, line: int = 3) -> ReportedChange:
    """A term of the entity service that goes."""
    change = Change("term-removed", "service", ("properties", name), "", {"type": "string"}, ABSENT)
    fault = Fault(f"/{name}", "", None, "no such term")
    verdict = breaking(witness or {"id": "1", name: "x"}, (fault,))
    place = "schema/service.json", f"/properties/{name}", line
    return ReportedChange(change, *place, 4, judged(verdict, strict=verdict), Bump.MAJOR)


def addition(name: str) -> ReportedChange:
    """A term of the entity service that comes."""
    change = Change("term-added", "service", ("properties", name), "", ABSENT, {"type": "string"})
    return ReportedChange(change, "schema/service.json", f"/properties/{name}", 5, 1, judged(), Bump.MINOR)


def rewording(name: str) -> ReportedChange:
    """A term of the entity service that is described anew."""
    change = Change("description-changed", "service", ("properties", name), "description", "a", "b")
    return ReportedChange(change, "schema/service.json", f"/properties/{name}", 6, 1, judged(), Bump.PATCH)


def question(name: str, reason: str = "it has look-around") -> ReportedChange:
    """A change that nobody could decide."""
    change = Change("pattern-changed", "service", ("properties", name), "pattern", "^a$", "^b$")
    verdict = unknown("pattern", f"/properties/{name}", reason)
    place = "schema/service.json", f"/properties/{name}/pattern", 7
    return ReportedChange(change, *place, 1, judged(verdict, verdict, verdict), Bump.MAJOR)


def profile(id_: str, title: str, *changes: ReportedChange, **more: Any) -> ProfileReport:
    """A profile with the verdict that its changes have."""
    answers = [each.verdicts.publishers for each in changes if each.verdicts]
    readers = [each.verdicts.consumers for each in changes if each.verdicts]
    worst = max(answers, key=lambda each: each.answer.rank, default=COMPATIBLE)
    read = max(readers, key=lambda each: each.answer.rank, default=COMPATIBLE)
    bump = max((each.bump for each in changes), key=lambda each: each.rank, default=Bump.NONE)
    outcome = Outcome(worst.answer.value)
    return ProfileReport(id_, title, outcome, bump, judged(worst, read), changes, **more)


def reported(*profiles: ProfileReport, **more: Any) -> Report:
    """A report of these profiles."""
    kind = "extended structure"
    sides = Side("base", kind, commit="5d6e7f8" + "0" * 33), Side("head", kind, commit="1a2b3c4" + "0" * 33)
    return Report(*sides, profiles, **more)


def problem(severity: Severity, message: str, line: int = 4, **more: Any) -> Finding:
    """A problem of a file; `more`: of the finding."""
    hint = "Mend it."
    return Finding(Problem("some-rule", severity, "schema/service.json", "/properties", message, hint, line), **more)


def long(number: int) -> Report:
    """A report of as many changes, each with an example."""
    return reported(profile("core", "Core", *(removal(f"term_{at:03}") for at in range(number))))


def saying(text: str) -> tuple[Report, Occasion]:
    """A report and an occasion that say this text wherever strangers have the word."""
    place = f"{text}.json", f"/{text}", 3
    gone = Change("enum-value-removed", text, ("properties", text), "enum", [text, [text]], ABSENT)
    fault = Fault("", text, text, text)
    witness = {text: [text, {"b": text}], "c": None}
    edit = Repair(text, *place[:2], text, 2, 2, f"{text}\n", f"{text}{text}\n")
    broken = ReportedChange(gone, *place, 2, judged(breaking(witness, (fault,))), Bump.MAJOR, edit)
    kind = Change("type-changed", text, ("properties", text), "type", text, [text, text])
    open_ = unknown(text, f"/{text}", text)
    undecided = ReportedChange(kind, *place, 2, judged(open_, open_), Bump.MAJOR)
    new = Change("minLength-added", text, ("properties", text), text, ABSENT, text)
    added = ReportedChange(new, *place, 1, judged(COMPATIBLE, breaking(witness)), Bump.MINOR)
    own = ReportedChange(Change("metadata-changed", "", (), text, text, ABSENT), *place, 0, judged(), Bump.PATCH)
    both = {text: judged(breaking(witness, (fault,)))}
    profiles = (
        profile(f"{text}1", f"{text} one", broken, added, own, combined=both),
        profile(f"{text}2", f"{text} two", undecided, own),
        profile(f"{text}3", f"{text} three"),
    )
    findings = tuple(
        Finding(Problem(f"rule-{severity.value}", severity, f"{text}.json", f"/{text}", text, text, 2))
        for severity in Severity
    )
    old = Finding(Problem("rule-old", Severity.ERROR, f"{text}.json", "", text, text, 2), in_base=True)
    side = Side(text, "extended structure", text, text)
    report = Report(side, side, profiles, (added,), (*findings, old))
    request = replace(PULL_REQUEST, title=text, author=text, base_ref=text, labels=(text,))
    return report, replace(OCCASION, pull_request=request)
