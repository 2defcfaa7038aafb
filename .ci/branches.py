"""Reads what coverage measured (its JSON, from standard input) and fails where too few branches were taken."""
# ruff: noqa: INP001, T201 - a script, which prints

from __future__ import annotations

import json
import sys

FLOOR = 95.0

totals = json.load(sys.stdin)["totals"]
taken = 100 * totals["covered_branches"] / totals["num_branches"]
print(f"Branches: {totals['covered_branches']} of {totals['num_branches']} taken, {taken:.1f} %")
if taken < FLOOR:
    sys.exit(f"That is fewer than {FLOOR:.0f} %.")
