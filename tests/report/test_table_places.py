"""Places in the files of data packages, and that what goes wrong with a repair costs that repair alone."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from bot.compat.confirming import Confirmer
from bot.report import repairing
from bot.report.model import Outcome, Report
from tests.worlds import checked


def package(**more: Any) -> bytes:
    schema = {"fields": [{"name": "id", "type": "string"}, {"name": "day", "type": "date"}], **more}
    made = {"name": "test", "resources": [{"name": "visit", "path": "visits.csv", "schema": schema}]}
    return (json.dumps(made, indent=1) + "\n").encode()


def checked_packages(confirmer: Confirmer, base: bytes, head: bytes) -> Report:
    return checked(confirmer, {"datapackage.json": base}, {"datapackage.json": head})


def test_what_a_table_no_longer_says_comes_back_where_it_stood(confirmer: Confirmer) -> None:
    report = checked_packages(confirmer, package(missingValues=["", "NA"]), package())
    assert report.outcome is Outcome.BREAKING
    [change] = report.profiles[0].changes
    assert change.repair is not None
    assert (change.repair.pointer, change.repair.value) == ("/resources/0/schema/missingValues", ["", "NA"])


@pytest.mark.repair_lost
def test_a_repair_that_nobody_foresaw_costs_itself_alone(
    confirmer: Confirmer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> bool:
        raise TypeError

    monkeypatch.setattr(repairing, "keeps_valid", fails)
    with caplog.at_level(logging.ERROR):
        report = checked_packages(confirmer, package(missingValues=["", "NA"]), package())
    assert report.outcome is Outcome.BREAKING
    assert [each.repair for each in report.profiles[0].changes] == [None]
    assert "TypeError" in caplog.text
