"""What glyphs say: each letter once, in the order of reading, one code for each glyph and text."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.setting.glyph_texts import (
    GlyphCodes,
    actual_text,
    glyph_texts,
    needs_spelling,
)


@pytest.mark.parametrize(
    ("text", "clusters", "said"),
    [
        ("abc", [0, 1, 2], ["a", "b", "c"]),
        ("fit", [0, 2], ["fi", "t"]),  # a ligature
        ("हिन", [0, 0, 2], ["ह", "ि", "न"]),  # drawn: ि ह न
        ("क्ष", [0], ["क्ष"]),
        ("g\u0303n", [0, 0, 2], ["g", "\u0303", "n"]),
        ("\u01f9a", [0, 0, 1], ["n", "\u0300", "a"]),  # an accented letter, drawn in two parts
        ("n\u0303a", [0, 2], ["\u00f1", "a"]),  # and the other way round
        ("কো", [0, 0, 0], ["ক", "ে", "া"]),  # ো is ে and া
        ("កើ", [0, 0, 0], ["ក", "ើ", ""]),  # no character is one half of ើ
        ("a\u00adb", [0, 2], ["a", "b"]),
        ("a\u200cb", [0, 2], ["a\u200c", "b"]),  # a joiner that is not drawn
        ("", [], []),
    ],
)
def test_the_letters_of_a_cluster_are_dealt_out(
    text: str, clusters: list[int], said: list[str]
) -> None:
    assert glyph_texts(text, clusters) == said


@pytest.mark.parametrize(
    ("text", "clusters", "said"),
    [
        ("\u05d0\u05d1", [1, 0], ["\u05d1", "\u05d0"]),
        ("\u0633\u0644\u0627\u0645", [3, 1, 0], ["\u0645", "\u0644\u0627", "\u0633"]),  # lam-alef
        ("\u0634\u0651\u0628", [2, 0, 0], ["\u0628", "\u0651", "\u0634"]),  # shadda over sheen
    ],
)
def test_from_right_to_left_the_rightmost_glyph_has_the_first_letter(
    text: str, clusters: list[int], said: list[str]
) -> None:
    assert glyph_texts(text, clusters, is_right_to_left=True) == said


def test_a_run_ends_where_it_is_said_to() -> None:
    assert glyph_texts("one two", [4, 5, 6][:2], end=6) == ["t", "w"]


@pytest.mark.parametrize(
    ("text", "clusters", "is_needed"),
    [
        ("plain — text’s", range(14), False),
        ("fit", [0, 2], False),
        ("g\u0303", [0, 0], True),
        ("हि", [0, 0], True),
        ("\u01f9", [0, 0], True),
        ("מָ", [0, 0], False),
        ("السلام ě", range(8), False),
        ("中文", [0, 1], False),
    ],
)
def test_marks_and_split_letters_are_spelled_out(
    text: str, clusters: list[int], is_needed: bool
) -> None:
    assert needs_spelling(text, clusters) is is_needed


def test_actual_text_is_utf_16() -> None:
    assert actual_text("हि") == b"<feff0939093f>"


def test_a_glyph_has_a_code_for_each_thing_that_it_says() -> None:
    codes = GlyphCodes(100)
    assert [codes.code(7, "ि"), codes.code(7, "ह"), codes.code(7, "ि"), codes.code(7, "ह")] == [
        7,
        100,
        7,
        100,
    ]
    assert codes.code(8, "ह") == 8
    assert codes.texts == {7: "ि", 100: "ह", 8: "ह"}
    assert codes.others == {100: 7}


def test_all_spaces_are_one() -> None:
    codes = GlyphCodes(100)
    assert [codes.code(3, "\u00a0"), codes.code(3, " ")] == [3, 3]


def test_codes_after_the_last_two_bytes_are_not_given() -> None:
    codes = GlyphCodes(0xFFFF)
    assert [codes.code(1, "a"), codes.code(1, "b"), codes.code(1, "c")] == [1, 0xFFFF, 1]


def test_what_is_silent_has_the_number_of_a_control() -> None:
    codes = GlyphCodes(100)
    codes.code(2, "a")
    assert [codes.silent(7), codes.silent(8), codes.silent(7)] == [3, 0x93, 3]
    assert (codes.texts[3], codes.others[3]) == ("", 7)
    assert codes.code(3, "b") == 100  # whose number is taken
    assert codes.others[100] == 3
    given = [codes.silent(glyph) for glyph in range(10, 15)]
    assert given == [0x94, 0x96, 0x97, 0x98, None]


def test_the_map_has_the_glyph_of_each_code_that_is_used() -> None:
    codes = GlyphCodes(4)
    for glyph, text in ((2, "a"), (2, "b"), (1, "c")):
        codes.code(glyph, text)
    assert codes.glyph_map().hex(" ", 2) == "0000 0001 0002 0000 0002"
    assert GlyphCodes(4).glyph_map() == b""
