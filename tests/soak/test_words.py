"""Every bundled structure in other words, and every pair of versions in a knot: the tests beside take a few of them."""

from __future__ import annotations

import os

import pytest

from tests.compat.containment.test_other_words import (
    test_a_change_in_other_words_breaks_as_much,
    test_a_structure_in_other_words_is_the_same,
    test_a_structure_is_not_twice_what_it_is_not,
)
from tests.compat.containment.test_versions import test_a_proof_survives_every_value

__all__ = [
    "test_a_change_in_other_words_breaks_as_much",
    "test_a_proof_survives_every_value",
    "test_a_structure_in_other_words_is_the_same",
    "test_a_structure_is_not_twice_what_it_is_not",
]
pytestmark = pytest.mark.skipif("SOAK" not in os.environ, reason="long: run it by make soak")
