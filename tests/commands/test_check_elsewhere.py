"""Profiles that live in other repositories, judged beside a standard's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from bot.commands.check import CheckRequest, ElsewhereProfile, run
from bot.compat.confirming import Confirmer
from bot.errors import GitError, UsageError
from bot.report.model import Outcome, Report
from bot.standard.problems import Problem, Severity
from bot.standard.snapshot import Snapshot
from bot.standard.values import JSON
from tests.worlds import GivenSources, entity, quietly, snapshot

KINDS = {"number": {}, "kind": {"enum": ["voice", "fax", "text"], "example": "voice"}}
CORE = {"schema/phone.json": entity("phone", KINDS)}
NARROWED = {"schema/phone.json": entity("phone", {**KINDS, "kind": {"enum": ["voice"], "example": "voice"}})}
WIDENED = {"schema/phone.json": entity("phone", {**KINDS, "extension": {}})}
FAX_ALONE = {"phone.json": {"properties": {"kind": {"enum": ["fax"], "example": "fax"}}}}

YAML = b"""\
name: here
title: Here
version: 1.0.0
state: development
base_uri: https://example.org/here
entities: [phone]
views: []
"""
UK = b"{id: uk, title: United Kingdom, uri: 'https://example.org/uk', version: 1.0.0, countries: [GB], select: {add: [phone.number]}}"
OWN = b"{id: core, title: Core, uri: 'https://example.org/core', version: 1.0.0}"


def extended(properties: Mapping[str, JSON]) -> dict[str, Any]:
    chosen = {name: {**each, "profiles": {"core": "must"}} for name, each in properties.items()}
    made = entity("phone", chosen)
    made["properties"]["id"]["profiles"] = {"core": "must", "uk": "must"}
    return {"schema/standard.yml": YAML, "schema/profiles/core/profile.yml": OWN, "schema/phone.json": made}


@dataclass
class Directory:
    """A directory of another repository, made of values."""

    content: Mapping[str, JSON | bytes] | GitError
    label: str = "acme/profile@v1:profile"
    asked: int = 0

    def files(self) -> Snapshot:
        self.asked += 1
        if isinstance(self.content, GitError):
            raise self.content
        return snapshot(self.content, self.label)


def guest(content: Mapping[str, JSON | bytes] | GitError, id_: str = "uk", **more: Any) -> ElsewhereProfile:
    return ElsewhereProfile(id_, "acme/profile", Directory(content), **more)


def checked(
    confirmer: Confirmer,
    base: Mapping[str, Any],
    head: Mapping[str, Any],
    *elsewhere: ElsewhereProfile,
    profile: str = "",
) -> Report:
    request = CheckRequest(profile=profile, elsewhere=elsewhere)
    return run(request, GivenSources(base, head, {}), confirmer, quietly)


def outcomes(report: Report) -> dict[str, Outcome]:
    return {each.id: each.outcome for each in report.profiles}


def told(report: Report) -> list[Problem]:
    """What is new, notices apart."""
    new = (each.problem for each in report.findings if not each.in_base)
    return [each for each in new if each.severity is not Severity.NOTICE]


# Judged.


def test_a_profile_of_patches_is_judged_beside_the_core(confirmer: Confirmer) -> None:
    report = checked(confirmer, CORE, NARROWED, guest({"phone.json": {"title": "UK"}}))
    assert outcomes(report) == {"hsds": Outcome.BREAKING, "uk": Outcome.BREAKING}


def test_a_change_that_the_profiles_own_patch_hides_is_none_there(confirmer: Confirmer) -> None:
    report = checked(confirmer, CORE, NARROWED, guest(FAX_ALONE))
    assert outcomes(report) == {"hsds": Outcome.BREAKING, "uk": Outcome.COMPATIBLE}
    assert report.exit_status == 1


def test_a_change_that_breaks_there_alone_counts(confirmer: Confirmer) -> None:
    # The core adds an optional term that the profile demands: its patch had waited for it.
    waiting = guest({"phone.json": {"required": ["id", "extension"]}})
    report = checked(confirmer, CORE, WIDENED, waiting)
    assert outcomes(report)["hsds"] is Outcome.COMPATIBLE
    assert outcomes(report)["uk"] is Outcome.BREAKING
    assert report.exit_status == 1


def test_what_it_gains_without_a_word_is_noticed(confirmer: Confirmer) -> None:
    report = checked(confirmer, CORE, WIDENED, guest({"phone.json": {"title": "UK"}}))
    gained = [each.problem.message for each in report.findings if each.problem.rule == "term-gained"]
    assert gained == ["the profile uk gains the term phone.extension"]


def test_a_patch_that_loses_its_aim_is_said_with_the_place_there(confirmer: Confirmer) -> None:
    removing = guest({"phone.json": {"properties": {"extension": None}}})
    report = checked(confirmer, WIDENED, CORE, removing)
    [aimless] = [each for each in told(report) if each.rule == "patch-aimless"]
    assert aimless.file == "acme/profile@v1:profile/phone.json"
    assert "'extension'" in aimless.message


def test_title_and_countries_come_from_the_settings(confirmer: Confirmer) -> None:
    report = checked(confirmer, CORE, NARROWED, guest(FAX_ALONE, title="Open Referral UK", countries=("GB",)))
    [_, uk] = report.profiles
    assert (uk.title, uk.countries) == ("Open Referral UK", ("GB",))


def test_a_profile_that_selects_is_judged_on_an_extended_structure(confirmer: Confirmer) -> None:
    head = extended({**KINDS, "kind": {"enum": ["voice"], "example": "voice"}})
    report = checked(confirmer, extended(KINDS), head, guest({"profile.yml": UK}))
    assert outcomes(report) == {"core": Outcome.BREAKING, "uk": Outcome.COMPATIBLE}
    [_, uk] = report.profiles
    assert (uk.title, uk.countries) == ("United Kingdom", ("GB",))


def test_no_change_is_said_to_be_made_elsewhere(confirmer: Confirmer) -> None:
    # A property that the core removes, and that a patch of the profile brings half back, changes by the core's hand.
    half = guest({"phone.json": {"properties": {"extension": {"title": "Extension"}}}})
    report = checked(confirmer, WIDENED, CORE, half)
    files = {change.file for profile in report.profiles for change in profile.changes}
    assert files == {"schema/phone.json"}


def test_one_profile_alone_may_be_asked_for(confirmer: Confirmer) -> None:
    other = guest({"phone.json": None}, "us")
    report = checked(confirmer, CORE, NARROWED, guest(FAX_ALONE), other, profile="uk")
    assert list(outcomes(report)) == ["uk"]
    assert isinstance(other.directory, Directory)
    assert other.directory.asked == 0
    with pytest.raises(UsageError, match="no profile 'nz'"):
        checked(confirmer, CORE, NARROWED, guest(FAX_ALONE), profile="nz")


def test_both_sides_see_one_version(confirmer: Confirmer) -> None:
    uk = guest(FAX_ALONE)
    checked(confirmer, CORE, NARROWED, uk)
    assert isinstance(uk.directory, Directory)
    assert uk.directory.asked == 1


# Not judged, and the end of nothing.


def test_where_nothing_changes_nothing_is_fetched(confirmer: Confirmer) -> None:
    away = guest(GitError("no network", "Wait."))
    report = checked(confirmer, CORE, CORE, away)
    assert isinstance(away.directory, Directory)
    assert away.directory.asked == 0
    assert not report.says_something


@pytest.mark.parametrize(
    ("elsewhere", "rule", "said"),
    [
        (guest(GitError("https://forge.example/acme/profile.git did not answer", "Run it again later.")), "profile-unfetched", "acme/profile.git did not answer"),
        (guest({}), "profile-missing", "no profile there"),
        (guest(FAX_ALONE, "hsds"), "profile-taken", "already a profile called 'hsds'"),
        (guest({"phone.json": b"{"}), "json-invalid", "cannot be judged"),
        (guest({"phone.json": [1]}), "patch-invalid", "not a merge patch"),
        (guest({"profile.yml": UK}), "profile-unfitting", "a profile of an extended structure, and base is an HSDS 3 checkout"),
        (guest({"profile.yml": UK}, "us"), "profile-misnamed", "the bot's settings call it 'us'"),
        (guest({"profile.yml": b"{id: uk}"}), "profile-invalid", "cannot be judged"),
        (guest({"profile.yml": b"&a [*a]"}), "yaml-alias-used", "cannot be judged"),
    ],
)  # fmt: skip
def test_a_profile_that_cannot_be_judged_is_a_warning_that_says_where(
    confirmer: Confirmer, elsewhere: ElsewhereProfile, rule: str, said: str
) -> None:
    report = checked(confirmer, CORE, WIDENED, elsewhere)
    assert outcomes(report) == {"hsds": Outcome.COMPATIBLE}
    assert report.exit_status == 0
    found = told(report)
    assert rule in {each.rule for each in found}
    assert any(said in each.message for each in found)
    for each in found:
        assert each.severity is Severity.WARNING
        assert each.file.startswith("acme/profile@v1:profile")
        assert each.hint


def test_merge_patches_alone_are_no_profile_of_an_extended_structure(confirmer: Confirmer) -> None:
    report = checked(confirmer, extended(KINDS), extended({**KINDS, "extension": {}}), guest(FAX_ALONE))
    assert [each.rule for each in told(report) if each.file.startswith("acme")] == ["profile-unfitting"]
    assert list(outcomes(report)) == ["core"]


def test_two_of_one_name_are_judged_once(confirmer: Confirmer) -> None:
    report = checked(confirmer, CORE, WIDENED, guest(FAX_ALONE), guest(FAX_ALONE))
    assert list(outcomes(report)) == ["hsds", "uk"]
    assert [each.rule for each in told(report)] == ["profile-taken"]


def test_a_link_in_a_profile_is_refused(confirmer: Confirmer) -> None:
    from bot.standard.snapshot import symlink

    class Linked(Directory):
        def files(self) -> Snapshot:
            return Snapshot(self.label, {}, (symlink("phone.json"),))

    report = checked(confirmer, CORE, WIDENED, ElsewhereProfile("uk", "acme/profile", Linked({})))
    assert [(each.rule, each.file, each.severity) for each in told(report)] == [
        ("symlink-refused", "acme/profile@v1:profile/phone.json", Severity.WARNING)
    ]


def test_a_head_without_a_standard_says_that_alone(confirmer: Confirmer) -> None:
    report = checked(confirmer, CORE, {}, guest(FAX_ALONE))
    assert report.outcome is Outcome.INVALID
    assert [each.rule for each in told(report)] == ["standard-missing"]
