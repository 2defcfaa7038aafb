from __future__ import annotations

import pytest

from bot.compat.verdicts import Verdict, breaking, unknown
from bot.render.sections import examples
from bot.render.wording import together
from bot.report.model import ReportedChange
from tests.render.reports import addition, judged, profile, question, removal, reported

BREAKING, UNKNOWN = breaking({"a": 1}), unknown("", "", "too much")


@pytest.mark.parametrize(
    ("changes", "verdict", "said"),
    [
        ([addition("a")], BREAKING, "The changes to service break data together, none of them alone."),
        ([addition("a"), removal("b")], BREAKING, "Other changes to service break data together, none of these alone."),
        (
            [addition("a"), question("b")],
            BREAKING,
            "The changes to service break data together; whether some of them do so alone is not decided.",
        ),
        ([addition("a")], UNKNOWN, "Whether the changes to service break data together is not decided"),
    ],
)
def test_what_breaks_together_is_not_said_of_what_breaks_alone(
    changes: list[ReportedChange], verdict: Verdict, said: str
) -> None:
    core = profile("core", "Core", *changes, combined={"service": judged(verdict)})
    assert together("service", profile=core).startswith(said)
    assert together("service", profile=core).endswith(". An example that breaks") is (verdict is BREAKING)


def test_it_is_said_so_wherever_examples_are_shown() -> None:
    core = profile("core", "Core", removal("b"), combined={"service": judged(BREAKING)})
    report = reported(core)
    [*_, last] = [part.text for part in examples(report, []).parts]
    assert last.startswith("Other changes to `service` break data together, none of these alone.")
