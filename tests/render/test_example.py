from __future__ import annotations

import pytest

from bot.compat.confirming import Fault
from bot.compat.verdicts import breaking
from bot.render.example import BEFORE, LONGEST_LINE, MOST_LINES, excerpt, lines, shown


def test_each_fault_is_at_the_line_where_its_value_begins() -> None:
    faults = (Fault("/phones/0/type", "enum", ["fax"], "x"), Fault("", "required", [], "'name' is missing"))
    shown = lines(breaking({"id": 1, "phones": [{"type": "pager"}]}, faults))
    assert [(line.text, line.fault) for line in shown] == [
        ("{", "'name' is missing"),
        ('  "id": 1,', ""),
        ('  "phones": [', ""),
        ("    {", ""),
        ('      "type": "pager"', 'must be "fax"'),
        ("    }", ""),
        ("  ]", ""),
        ("}", ""),
    ]


def test_of_what_has_no_place_it_is_said_once() -> None:
    faults = (Fault("/id", "", False, "x"), Fault("", "", False, "x"))
    made = lines(breaking({"id": 1}, faults))
    assert [line.fault for line in made] == ["this version has no place for it", "", ""]
    beside = lines(breaking({"id": 1, "url": 2}, (Fault("/id", "", False, "x"), Fault("/url", "", False, "x"))))
    assert sum(bool(line.fault) for line in beside) == 2


def test_what_is_missing_is_named() -> None:
    (line, *_) = lines(breaking({}, (Fault("", "required", ["id"], "'id' is a required property"),)))
    assert shown(line) == "{}  <- id is missing"
    assert shown(line, "//") == "{}  // id is missing"


@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_an_example_is_for_reading(extra: int) -> None:
    rows = MOST_LINES - 2 + extra
    verdict = breaking({f"k{at:02}": at for at in range(rows)})
    shown = [line.text for line in excerpt(verdict)]
    assert shown[:2] == ["{", '  "k00": 0,']
    assert (shown[-1] == "…") == (extra > 0)
    assert len(shown) == min(rows + 2, MOST_LINES + 1)


def test_of_a_long_example_the_part_around_the_fault_is_shown() -> None:
    verdict = breaking({f"k{at:03}": at for at in range(500)}, (Fault("/k300", "type", "string", "x"),))
    shown = excerpt(verdict)
    assert (shown[0].text, shown[-1].text) == ("…", "…")
    assert [at for at, line in enumerate(shown) if line.fault] == [BEFORE + 1]
    end = excerpt(breaking({f"k{at:03}": at for at in range(500)}, (Fault("/k499", "type", "string", "x"),)))
    assert end[-1].text == "}"


@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_a_line_is_not_endless(extra: int) -> None:
    [line] = excerpt(breaking(("xy" * LONGEST_LINE)[: LONGEST_LINE - 2 + extra]))
    assert len(line.text) == min(LONGEST_LINE, LONGEST_LINE + extra)
    assert line.text.endswith('…"') == (extra > 0)


def test_a_text_that_is_cut_ends_as_a_text_and_not_in_half_an_escape() -> None:
    shown = [line.text for line in excerpt(breaking({"name": '\\"' * LONGEST_LINE, "id": "1"}))]
    assert shown[1].endswith('…",')
    assert not shown[1].removesuffix('…",').endswith("\\")
    assert len(shown[1]) <= LONGEST_LINE


@pytest.mark.parametrize(("length", "said"), [(49, "a" * 49), (50, "aaaaaaaa…"), (5_000, "aaaaaaaa…")])
def test_what_only_fills_a_value_up_is_told_by_a_little(length: int, said: str) -> None:
    [line] = excerpt(breaking("x" + "a" * length + "y"))
    assert line.text == f'"x{said}y"'


def test_what_is_beside_the_way_to_a_fault_of_a_long_example_is_a_line_each() -> None:
    wide = {f"k{at}": {"a": [1, {"b": 2}], "c": "x"} for at in range(8)}
    made = lines(
        breaking(
            {"id": 1, **wide, "at~/x": [wide, {"bad": {"deep": [1, 2]}}]}, (Fault("/at~0~1x/1/bad", "type", "a", ""),)
        )
    )
    texts = [line.text for line in made]
    assert texts[2] == '  "k0": {"a": [1, {"b": 2}], "c": "x"},'
    assert texts[10] == '  "at~/x": ['
    assert [line.text for line in made if line.fault] == ['      "bad": {']
    assert texts[-5:] == ['        "deep": [1, 2]', "      }", "    }", "  ]", "}"]
    assert len(texts) <= MOST_LINES


def test_a_short_example_is_shown_as_it_is() -> None:
    made = lines(breaking({"a": {"b": [1]}}, (Fault("", "required", ["x"], ""),)))
    assert len(made) == 7
