"""A grid's arithmetic: what it works out, and what it says of what cannot be worked out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcpub.project.layout.formulas import FormulaError, read_formula, worked_out

GIVEN = {"width": 612.0, "height": 792.0}
WORTH = {
    "27 pt": 27,
    "0.25 in": 18,
    "(width - 2 * 27 pt) / 2": 279,
    "width - 27 pt - 27 pt": 558,
    "height * 405 / 792": 405,
    "2 * (3 + 1) * 1 pt": 8,
    "width / 2 / 2": 153,
    "(height - round(height - 54 pt, 4.5 pt)) / 2": 27,
    "min(width, height)": 612,
    "max(width / 2, 400 pt)": 400,
    "text-size - 1 pt": 9.75,
    "width*2": 1224,
}
FAULTS = {
    "27": "a number without a unit",
    "2 * width * height": "a length times a length",
    "width + 2": "has no unit here",
    "1 / width": "divided by a length",
    "width / 0": "divides by nothing",
    "width / (height - height)": "divides by nothing",
    "(width": "not closed",
    "width)": "is too much",
    "width -": "its end is missing",
    "* 2": "something is missing",
    "widht": 'no "widht" in this grid',
    "value - 1 pt": "made from itself",
    "10 pt - width": "less than nothing",
    "round(width, 0 pt)": "more than nothing",
    "round(width)": "two lengths",
    "min(width, 2)": "two lengths",
    "(" * 30 + "1 pt" + ")" * 30: "too many brackets",
}


@pytest.mark.parametrize("text", WORTH)
def test_a_formula_is_worth(text: str) -> None:
    formulas = {"value": read_formula(text), "text-size": read_formula("10.75 pt")}
    values, faults = worked_out(formulas, GIVEN)
    assert faults == {}
    assert values["value"] == pytest.approx(WORTH[text], abs=1e-9)


@pytest.mark.parametrize("text", FAULTS)
def test_what_cannot_be_worked_out_is_told(text: str) -> None:
    values, faults = worked_out({"value": read_formula(text), "gap": read_formula("3 pt")}, GIVEN)
    assert FAULTS[text] in faults["value"]
    assert values["gap"] == 3


@pytest.mark.parametrize("text", ["27 px", "27 points", "é", "width $ 2", "WIDTH"])
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(FormulaError, match="cannot be read"):
        read_formula(text)


def test_values_may_name_each_other_in_any_order_and_keep_theirs() -> None:
    written = {"column": "(measure - gutter) / 2", "measure": "width - 54 pt", "gutter": "18 pt"}
    formulas = {name: read_formula(text) for name, text in written.items()}
    values, faults = worked_out(formulas, GIVEN)
    assert (list(values), faults) == (list(written), {})
    assert values == {"column": 270, "measure": 558, "gutter": 18}


def test_a_fault_is_told_once_and_not_for_each_value_that_needs_it() -> None:
    circle = {"a": read_formula("b + 1 pt"), "b": read_formula("a + 1 pt")}
    assert worked_out(circle, GIVEN) == ({}, {"b": '"a" is made from itself'})
    bare = {"column": read_formula("width - gutter"), "gutter": read_formula("18")}
    assert set(worked_out(bare, GIVEN)[1]) == {"gutter"}


@given(st.text("0123456789.+-*/(), abmin", max_size=40))
def test_no_text_ends_in_anything_but_a_length_or_a_fault(text: str) -> None:
    try:
        formula = read_formula(text)
    except FormulaError:
        return
    values, faults = worked_out({"a": formula}, {"b": 3.0})
    assert len(values) + len(faults) == 1
