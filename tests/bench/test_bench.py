from __future__ import annotations

from tests.bench.bench import table


def test_a_profile_more_costs_what_ten_more_do_in_a_processors_time() -> None:
    few, many = (f"check the bundled standard, {number} profiles" for number in (3, 13))
    lines = table({few: [(9.0, 1.0), (1.0, 1.0), (2.0, 1.0)], many: [(30.0, 2.0), (3.0, 2.0), (4.0, 2.0)]}).splitlines()
    assert lines[2].split()[-4:] == ["1.000", "2.000", "9.000", "1.000"]
    assert lines[-1] == "One profile more costs 0.100 s of CPU, 10% of a check of three."
