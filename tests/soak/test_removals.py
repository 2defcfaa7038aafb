"""Random removals of several entities and fields at once from real standards. As many as SOAK says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.generate.consistency import built, contradictions, in_profile, removals, sources_of, with_removals
from tests.worlds import ROOT

pytestmark = pytest.mark.skipif("SOAK" not in os.environ, reason="long: run it by make soak")
SEEDS = min(int(os.environ.get("SOAK", "0")), 40)


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("profile", ["core", "classic", "uk"])
def test_of_a_bundled_profile(profile: str, seed: int) -> None:
    files, _ = sources_of(ROOT)
    gone = removals(built(files, None, profile), seed)
    assert contradictions(built(in_profile(files, profile, gone), None, profile)) == [], gone


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("patched", [False, True], ids=["hsds", "uk"])
def test_of_hsds_3(data: Path, seed: int, patched: bool) -> None:
    files, patches = sources_of(data / "hsds-3.0", data / "oruk-3.0" / "profile" if patched else None)
    gone = removals(built(files, patches), seed)
    assert contradictions(built(files, with_removals(patches, gone))) == [], gone
