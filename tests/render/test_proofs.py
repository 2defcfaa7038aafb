from __future__ import annotations

from dataclasses import replace

from bot.compat.bump import Bump
from bot.compat.changes import ABSENT, Change
from bot.compat.confirming import Fault
from bot.compat.verdicts import breaking
from bot.render.proofs import caveat
from bot.report.model import ReportedChange
from tests.render.reports import addition, judged, profile, removal, reported


def test_that_validators_let_terms_pass_is_said_where_a_term_is_said_to_be_gone() -> None:
    assert caveat(reported(profile("core", "Core", removal("url")))).startswith(
        "Where it says “this version has no such"
    )
    assert not caveat(reported(profile("core", "Core", addition("url"))))


def test_it_is_not_said_of_words_that_stand_nowhere() -> None:
    gone = Change("entity-removed", "review", (), "", {"type": "object"}, ABSENT)
    faults = Fault("", "", None, "no"), Fault("/id", "", None, "no")
    made = ReportedChange(gone, "schema/review.json", "", 1, 1, judged(breaking({"id": "a"}, faults)), Bump.MAJOR)
    assert not caveat(reported(profile("uk", "UK", made)))
    below = replace(made, verdicts=judged(breaking({"id": "a"}, faults[1:])))
    assert caveat(reported(profile("uk", "UK", below)))
