"""Values as a PDF has them: where each ends, what is in it, and what is none."""

from __future__ import annotations

import math

import pytest

from hrcpub.pipeline.impose.pdf_syntax import (
    DEEPEST,
    DamagedPdf,
    box_of,
    entries,
    items,
    number_of,
    reference,
    string_of,
    value_end,
    with_references,
)


@pytest.mark.parametrize(
    "value",
    [
        b"12",
        b"-.5",
        b"4.",
        b"12 0 R",
        b"/Name",
        b"/A#42",
        b"/",
        b"true",
        b"null",
        b"(a (b (c)) \\) \\( d)",
        b"<48 65\n6c>",
        b"[]",
        b"[0 0 612 792]",
        b"[ 1 0 R/Name(text)<00>[true]<</K 1>> ]",
        b"<<>>",
        b"<</A/B/C 1 0 R/D[1 2]/E<</F(])>>>>",
        b"<< % a remark >> \n /A 1 >>",
        b"<</A\x001>>",
        b"[" * DEEPEST + b"]" * DEEPEST,
    ],
)
@pytest.mark.parametrize("after", [b"", b" 7", b"/Next", b">>", b"\nendobj", b"endobj"])
def test_a_value_ends_where_it_ends(value: bytes, after: bytes) -> None:
    is_one_word = after[:1].isalpha() and value[-1:] not in b">])"
    if is_one_word and value[-1:] in b"/ebA2":  # a name would go on
        return
    assert value_end(b"  " + value + after, 2) == 2 + len(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"12x",
        b"--5",
        b"truely",
        b"(open",
        b"<4g>",
        b"[1 2",
        b"[1 2>>",
        b"<</A 1]",
        b"<</A>>",
        b"<<1 /A>>",
        b"<</A 1 2>>",
        b"<</A [>>]",
        b"]",
        b">>",
        b"endobj",
        b"[" * (DEEPEST + 2) + b"]" * (DEEPEST + 2),
    ],
)
def test_what_is_no_value_is_damage(data: bytes) -> None:
    with pytest.raises(DamagedPdf):
        value_end(data, 0)


def test_a_dictionary_gives_its_values_as_they_are_written() -> None:
    value = b"<< /Type /Page/Box[0 0 1 2] /Kids [1 0 R 2 0 R] /A#42 << /C (>>) >> /L 3 0 R >>"
    assert entries(value) == {
        b"/Type": b"/Page",
        b"/Box": b"[0 0 1 2]",
        b"/Kids": b"[1 0 R 2 0 R]",
        b"/AB": b"<< /C (>>) >>",
        b"/L": b"3 0 R",
    }
    assert entries(b"[/A 1]") == entries(b"12 0 R") == entries(b"") == {}


def test_an_array_gives_its_items() -> None:
    assert list(items(b"[ 1 0 R 2 [3 4] <</A 1>> /N (]) ]")) == [
        b"1 0 R",
        b"2",
        b"[3 4]",
        b"<</A 1>>",
        b"/N",
        b"(])",
    ]
    assert list(items(b"[ ]")) == list(items(b"<</A 1>>")) == list(items(b"")) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"5 0 R", b"105 0 R"),
        (b"[5 0 R 6 0 R 7]", b"[105 0 R 106 0 R 7]"),
        (b"[1 2 5 0 R]", b"[1 2 105 0 R]"),
        (b"<</A 5 0 R/B/5 /C (6 0 R) /D <60> /E[8 0\nR]>>",
         b"<</A 105 0 R/B/5 /C (6 0 R) /D <60> /E[108 0 R]>>"),
        (b"[120 R 5 0 Rx]", b"[120 R 5 0 Rx]"),
        (b"<</A 1 % 5 0 R\n/B 5 0 R>>", b"<</A 1 % 5 0 R\n/B 105 0 R>>"),
    ],
)  # fmt: skip
def test_references_and_they_alone_get_other_numbers(value: bytes, expected: bytes) -> None:
    assert with_references(value, lambda old: old[0] + 100) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (b"(a\\(b\\)\\\\\\n\\101\\7z)", b"a(b)\\\nA\x07z"),
        (b"(one \\\ntwo)", b"one two"),
        (b"<48 656>", b"He`"),
        (b"<</A 1>>", None),
        (b"/Name", None),
        (b"null", None),
    ],
)
def test_strings_are_read_however_they_are_written(value: bytes, text: bytes | None) -> None:
    assert string_of(value) == text


def test_numbers_boxes_and_references_are_told_from_other_values() -> None:
    assert number_of(b"-.5", 1.0) == -0.5
    assert number_of(b"/N", 1.0) == number_of(None, 1.0) == number_of(b"", 1.0) == 1.0
    assert reference(b"12 3 R") == (12, 3)
    assert reference(b"[12 3 R]") is None
    assert box_of(b"[200 300 0 -1]") == (0, -1, 200, 300)
    assert box_of(b"[0 0 1]") is box_of(b"[0 0 1 /A]") is box_of(b"null") is None
    assert math.isnan(number_of(b"x", math.nan))
