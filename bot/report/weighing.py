"""Makes a report as serious as the settings say; what it found stays what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bot.report.model import Finding, Report
from bot.standard.problems import Severity

SETTINGS: Mapping[str, Severity | None] = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "note": Severity.NOTICE,
    "off": None,
}
"""How serious a rule can be made, as the settings call it; None is not at all."""


def setting_of(severity: Severity | None) -> str:
    """The word of the settings."""
    return next(word for word, each in SETTINGS.items() if each is severity)


def weighed(report: Report, rules: Mapping[str, Severity | None]) -> Report:
    """The report by these settings. Problems of files that are switched off are left out; changes are told all the
    same, and it is the exit status alone that goes by their settings. Nothing makes a head readable that is not."""
    if not rules:
        return report
    findings = sorted(_weighed(report.findings, rules), key=_seriousness)
    return replace(report, findings=tuple(findings), rules=dict(_settings(report, rules)))


def _settings(report: Report, rules: Mapping[str, Severity | None]) -> Iterator[tuple[str, Severity | None]]:
    """The settings that say something of this report, each by the id that stands in it."""
    # The words of all rules are needed where there are settings, which most projects have none of.
    from bot.compat.rules.catalogue import catalogue, generic

    named = {each.problem.rule for each in report.findings}
    named |= {reported.change.rule for profile in report.profiles for reported in profile.changes}
    for id_ in sorted(named):
        shared = generic(id_) if id_ not in catalogue() else None
        key = id_ if id_ in rules or shared is None else shared.id
        if key in rules:
            yield id_, rules[key]


def _weighed(findings: Iterable[Finding], rules: Mapping[str, Severity | None]) -> Iterator[Finding]:
    for finding in findings:
        severity = rules.get(finding.problem.rule, finding.problem.severity)
        if severity is not None:
            yield replace(finding, problem=replace(finding.problem, severity=severity))


def _seriousness(finding: Finding) -> tuple[bool, int]:
    # Sorting is stable: among equals, the order in which they were found stays.
    return finding.in_base, finding.problem.severity.rank
