from __future__ import annotations

from bot.compat.confirming import Confirmer
from bot.report.model import Outcome, Report
from bot.standard.agreeing import agreed
from bot.standard.loading import load
from bot.standard.values import JSON
from tests.standard.test_loading import FILES, PROFILE, STANDARD
from tests.worlds import checked, entity, snapshot

YML, SMALL = "schema/standard.yml", "schema/profiles/small/profile.yml"


def with_file(path: str, content: JSON | bytes) -> dict[str, JSON | bytes]:
    return {**FILES, path: content}


def errors(report: Report) -> list[tuple[str, str]]:
    return [(each.problem.rule, each.problem.file) for each in report.findings if each.gates]


def changes(report: Report) -> list[str]:
    made = [each.change.rule for profile in report.profiles for each in profile.changes]
    return made + [each.change.rule for each in report.unselected]


def test_two_sides_that_can_be_read_stay_as_they_are() -> None:
    base, head = load(snapshot(FILES)), load(snapshot(with_file(YML, STANDARD.replace(b"1.0.0", b"2.0.0"))))
    assert agreed(base, head) == (base, head)


def test_a_declaration_that_cannot_be_read_invents_no_changes(confirmer: Confirmer) -> None:
    broken = with_file(YML, b"name: [")
    report = checked(confirmer, FILES, broken)
    assert (report.exit_status, changes(report)) == (3, [])
    assert errors(report) == [("yaml-invalid", YML)]


def test_a_declaration_that_head_mends_is_the_reason_and_invents_no_changes(confirmer: Confirmer) -> None:
    for bad in (b"name: [", STANDARD.replace(b'"1.0.0"', b"1.0")):
        report = checked(confirmer, with_file(YML, bad), FILES)
        assert (report.outcome, changes(report)) == (Outcome.UNKNOWN, [])
        assert {file for _, file in errors(report)} == {YML}
        verdicts = [profile.verdicts.publishers for profile in report.profiles if profile.verdicts]
        assert verdicts
        assert all(f"{YML}" in verdict.reason for verdict in verdicts)


def test_a_profile_that_cannot_be_read_has_neither_come_nor_gone(confirmer: Confirmer) -> None:
    broken = with_file(SMALL, b"a: [")
    for base, head, outcome in ((FILES, broken, Outcome.INVALID), (broken, FILES, Outcome.UNKNOWN)):
        report = checked(confirmer, base, head)
        assert (report.outcome, changes(report)) == (outcome, [])
        assert errors(report) == [("yaml-invalid", SMALL)]
        assert "small" in [profile.id for profile in report.profiles]


def test_a_misnamed_profile_is_the_one_of_its_directory(confirmer: Confirmer) -> None:
    report = checked(confirmer, FILES, with_file(SMALL, PROFILE.replace(b"id: small", b"id: other")))
    assert errors(report) == [("profile-misnamed", SMALL)]
    assert "profile-removed" not in changes(report)


# A standard that one side alone divides.

UNDIVIDED: dict[str, JSON | bytes] = {
    YML: b"name: stations\ntitle: Station standard\n",
    "schema/station.json": entity("station", {"name": {}}),
}
DIVIDED = {**UNDIVIDED, SMALL: PROFILE}


def test_a_standard_without_profiles_is_judged_as_a_whole(confirmer: Confirmer) -> None:
    report = checked(confirmer, UNDIVIDED, {**UNDIVIDED, "schema/station.json": entity("station", {})})
    assert [(each.id, each.outcome) for each in report.profiles] == [("stations", Outcome.BREAKING)]
    assert report.unselected == ()


def test_a_standard_that_is_divided_later_stays_what_it_was_as_a_whole(confirmer: Confirmer) -> None:
    for base, head in ((UNDIVIDED, DIVIDED), (DIVIDED, UNDIVIDED)):
        report = checked(confirmer, base, head)
        whole = next(each for each in report.profiles if each.id == "stations")
        assert (whole.outcome, whole.changes) == (Outcome.COMPATIBLE, ())


def test_a_declaration_of_the_whole_that_cannot_be_read_is_the_other_sides(confirmer: Confirmer) -> None:
    report = checked(confirmer, UNDIVIDED, {**UNDIVIDED, YML: b"name: ["})
    assert (report.outcome, changes(report)) == (Outcome.INVALID, [])
    assert [each.id for each in report.profiles] == ["stations"]
