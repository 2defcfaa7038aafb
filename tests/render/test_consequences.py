from __future__ import annotations

from dataclasses import replace

import pytest

from bot.compat.bump import Bump
from bot.compat.verdicts import COMPATIBLE, Verdict, breaking, unknown
from bot.render.consequences import affected, version_needed
from bot.report.model import Outcome, ProfileReport, Report
from tests.render.reports import UK, addition, judged, profile, question, removal, reported, rewording

OPEN = unknown("pattern", "/a", "it has look-around")


def readers(each: ProfileReport, consumers: Verdict) -> ProfileReport:
    """The profile, with what tools that read it meet."""
    verdicts = each.verdicts
    return replace(each, verdicts=judged(verdicts.publishers if verdicts else COMPATIBLE, consumers))


BREAKS = profile("uk", "Open Referral UK", removal("a"))
STAYS = profile("core", "Core", addition("a"))
ALSO_STAYS = profile("classic", "Classic HSDS", addition("a"))
UNDECIDED = profile("au", "Australia", question("a"))


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (reported(STAYS), "Nobody."),
        (reported(BREAKS), "Publishers of Open Referral UK. Tools that read the data are not."),
        (
            reported(BREAKS, STAYS),
            "Publishers of Open Referral UK. Publishers of Core and tools that read the data are not.",
        ),
        (
            reported(BREAKS, STAYS, ALSO_STAYS),
            "Publishers of Open Referral UK. Publishers of Core and Classic HSDS, and tools that read the data, are not.",
        ),
        (
            reported(readers(BREAKS, breaking({})), STAYS),
            (
                "Publishers of Open Referral UK. Tools that read Open Referral UK may meet data they did not expect. "
                "Publishers of Core are not."
            ),
        ),
        (
            reported(readers(BREAKS, breaking({}))),
            "Publishers of Open Referral UK. Tools that read Open Referral UK may meet data they did not expect.",
        ),
        (
            reported(readers(STAYS, breaking({})), ALSO_STAYS),
            "No publisher. Tools that read Core may meet data they did not expect.",
        ),
        (reported(readers(STAYS, OPEN)), "No publisher. Perhaps tools that read Core."),
        (
            reported(UNDECIDED),
            "Perhaps publishers of Australia and tools that read their data.",
        ),
        (
            reported(UNDECIDED, profile("nz", "New Zealand", question("a")), STAYS),
            (
                "Perhaps publishers of Australia and New Zealand, and tools that read their data. "
                "Publishers of Core are not."
            ),
        ),
        (
            reported(readers(UNDECIDED, COMPATIBLE), BREAKS),
            ("Publishers of Open Referral UK. Perhaps publishers of Australia. Tools that read the data are not."),
        ),
        (
            reported(*(replace(BREAKS, id=f"p{at}", title=f"P{at}") for at in range(10))),
            "Publishers of P0, P1, P2 and 7 more. Tools that read the data are not.",
        ),
    ],
)
def test_who_is_affected(report: Report, said: str) -> None:
    assert affected(report) == said


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (
            reported(replace(BREAKS, id="core", title="Core"), replace(STAYS, id="uk", title="Open Referral UK")),
            "Nobody. Elsewhere: publishers of Core.",
        ),
        (
            reported(BREAKS, STAYS),
            "Publishers of Open Referral UK. Tools that read the data are not. Elsewhere: nobody.",
        ),
    ],
)
def test_who_is_affected_here_and_elsewhere(report: Report, said: str) -> None:
    assert affected(report, UK) == said


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (reported(BREAKS), "A new major version"),
        (reported(STAYS, ALSO_STAYS), "A new minor version"),
        (reported(profile("core", "Core", rewording("a"))), "A patch version"),
        (reported(profile("core", "Core")), "No new version"),
        (reported(profile("core", "Core"), unselected=(addition("a"),)), "A patch version"),
        (reported(STAYS, BREAKS), "A new major version for Open Referral UK, a new minor version for Core"),
        (reported(profile("core", "Core"), BREAKS), "A new major version for Open Referral UK"),
        (reported(UNDECIDED), "Not known yet"),
        (
            reported(UNDECIDED, STAYS),
            "A new minor version for Core, not known yet for Australia",
        ),
    ],
)
def test_which_version_is_needed(report: Report, said: str) -> None:
    assert version_needed(report) == said


def test_which_version_is_needed_here_and_elsewhere() -> None:
    here = replace(STAYS, id="uk", title="Open Referral UK")
    there = replace(BREAKS, id="core", title="Core")
    assert version_needed(reported(here, there), UK) == "A new minor version; elsewhere a new major version"
    assert version_needed(reported(here, STAYS), UK) == "A new minor version"
    open_ = replace(here, outcome=Outcome.UNKNOWN, bump=Bump.MAJOR)
    assert version_needed(reported(open_, STAYS), UK) == ("Not known yet; elsewhere a new minor version")
    assert version_needed(reported(here, UNDECIDED), UK) == ("A new minor version; elsewhere not known yet")


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (reported(STAYS, live="3.0"), "A new minor version, 3.1"),
        (reported(BREAKS, live="2.0.1"), "A new major version, 3.0.0"),
        (reported(profile("core", "Core", rewording("a")), live="3.0"), "A patch version, 3.0.1"),
        (reported(profile("core", "Core"), live="3.0"), "No new version"),
        (reported(UNDECIDED, live="3.0"), "Not known yet"),
        (
            reported(STAYS, BREAKS, live="3.0"),
            "A new major version for Open Referral UK, a new minor version for Core (the standard: 4.0)",
        ),
    ],
)
def test_the_version_has_a_number_where_the_live_one_is_known(report: Report, said: str) -> None:
    assert version_needed(report) == said


def test_readers_of_a_profile_hear_the_number_of_the_standard() -> None:
    report = reported(STAYS, BREAKS, live="3.0")
    said = version_needed(report, replace(UK, profiles=("core",)))
    assert said == "A new minor version; elsewhere a new major version (the standard: 4.0)"
