"""Font programs made by hand, a few bytes each, and what is read of their glyphs."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import pytest

from hrcpub.pipeline.preflight.page.font_programs import Cff, FontProgram, enclosed, flattened

# Type 2 charstrings: a width (TN 5177), then a box of 500 by 700 that stands 100 to the right.
BOX = bytes([139, 239, 139, 21, 248, 136, 249, 80, 252, 136, 6, 14])
EMPTY = bytes([14])
NAMES = (b"A", b"B", b"box")


def index(items: Sequence[bytes], size: int = 1) -> bytes:
    """Return an INDEX, whose offsets have so many bytes (TN 5176, §5)."""
    if not items:
        return struct.pack(">H", 0)
    ends = [1]
    for item in items:
        ends.append(ends[-1] + len(item))
    offsets = b"".join(end.to_bytes(size, "big") for end in ends)
    return struct.pack(">HB", len(items), size) + offsets + b"".join(items)


def long(number: int) -> bytes:
    """Return a number of a DICT, in five bytes whatever it is."""
    return b"\x1d" + struct.pack(">i", number)


def cff(
    charset: bytes | int = 0, encoding: bytes | int = 0, glyphs: int = 3, more: bytes = b""
) -> bytes:
    """Return a program with a box for all glyphs but the first.

    Charset and encoding are what stands in the font, or the number of a predefined one. `more` are
    further entries of the Top DICT.
    """

    def top(places: Sequence[int]) -> bytes:
        return b"".join(
            long(number) + bytes([operator])
            for number, operator in zip(places, (15, 16, 17), strict=True)
        ) + long(0) + long(0) + bytes([18]) + more  # fmt: skip

    def head(places: Sequence[int]) -> bytes:
        return bytes([1, 0, 4, 1]) + index([b"F"]) + index([top(places)]) + index(NAMES) + index([])

    parts, places, at = [], [], len(head((0, 0, 0)))
    shapes = index([EMPTY, *[BOX] * (glyphs - 1)], 2)
    for part in (charset, encoding, shapes):
        if isinstance(part, int):
            places.append(part)
            continue
        places.append(at)
        parts.append(part)
        at += len(part)
    return head(places) + b"".join(parts)


def ranges(form: int, *found: tuple[int, int]) -> bytes:
    kind = ">HB" if form == 1 else ">HH"
    return bytes([form]) + b"".join(struct.pack(kind, *each) for each in found)


@pytest.mark.parametrize(
    ("charset", "cids"),
    [
        (0, {0: 0, 1: 1, 2: 2}),
        (b"\x00" + struct.pack(">2H", 34, 900), {0: 0, 34: 1, 900: 2}),
        (ranges(1, (34, 1)), {0: 0, 34: 1, 35: 2}),
        (ranges(1, (34, 0), (90, 0)), {0: 0, 34: 1, 90: 2}),
        (ranges(2, (391, 1)), {0: 0, 391: 1, 392: 2}),
        (ranges(2, (7, 0), (7, 0)), {0: 0, 7: 1}),
    ],
)
def test_a_charset_numbers_the_glyphs(charset: bytes | int, cids: dict[int, int]) -> None:
    known = Cff(cff(charset)).glyphs_by_cid()
    assert {cid: known.get(cid) for cid in cids} == cids


def test_a_charset_that_breaks_off_names_what_it_has() -> None:
    data = cff(glyphs=9, charset=0)
    whole = data + b"\x00" + struct.pack(">2H", 34, 35)
    # What is read of a Top DICT is its last entry of a kind: this one is behind the end.
    cut = whole.replace(long(0) + b"\x0f", long(len(data)) + b"\x0f", 1)
    assert Cff(cut).glyphs_by_cid() == {0: 0, 34: 1, 35: 2}


@pytest.mark.parametrize(
    ("encoding", "codes"),
    [
        (0, {}),
        (1, {}),
        (bytes([0, 2, 65, 97]), {65: 1, 97: 2}),
        (bytes([128, 2, 65, 97]), {65: 1, 97: 2}),  # with a supplement, which is not read
        (bytes([1, 2, 65, 1, 97, 0]), {65: 1, 66: 2, 97: 3}),
    ],
)
def test_an_encoding_of_its_own_leads_to_glyphs(
    encoding: bytes | int, codes: dict[int, int]
) -> None:
    assert Cff(cff(encoding=encoding)).glyphs_by_code() == codes


def real(digits: str) -> bytes:
    """Return a real number of a DICT, each sign half a byte (TN 5176, table 5)."""
    nibbles = ["0123456789.E_ -".index(sign) if sign != "e" else 12 for sign in digits] + [15]
    nibbles += [15] * (len(nibbles) % 2)
    pairs = zip(nibbles[::2], nibbles[1::2], strict=True)
    return b"\x1e" + bytes(high << 4 | low for high, low in pairs)


@pytest.mark.parametrize(
    ("number", "scale"),
    [
        (real("0.0005"), 0.0005),
        (real("-.5E1"), -5),
        (real("1e3"), 0.001),  # e: times ten to a negative power
        (real("0"), 0.001),  # nothing would have a size
        (real("9E999"), 0.001),
        (b"\x1c" + struct.pack(">h", -300), -300),
        (long(70000), 70000),
        (bytes([32]), -107),
        (bytes([246]), 107),
        (bytes([247, 0]), 108),
        (bytes([250, 255]), 1131),
        (bytes([251, 0]), -108),
        (bytes([254, 255]), -1131),
    ],
)
def test_a_number_is_read_in_all_its_forms(number: bytes, scale: float) -> None:
    font = Cff(cff(more=number + bytes([139]) * 5 + bytes([12, 7])))
    assert font.scale == pytest.approx(scale)


def test_a_font_with_cids_says_so() -> None:
    assert not Cff(cff()).is_keyed
    assert Cff(cff(more=long(391) + long(391) + long(0) + bytes([12, 30]))).is_keyed


def test_a_bare_program_has_its_glyphs_outlines() -> None:
    font = FontProgram(cff(), is_cff=True)
    assert font.count == 3
    box = font.shape(1)
    assert (box.left, box.bottom, box.right, box.top) == pytest.approx((0.1, 0, 0.6, 0.7))
    assert box.area == pytest.approx(0.35)
    assert tuple(font.extent(1)) == pytest.approx((0.1, 0, 0.6, 0.7))
    assert (font.shape(0), font.extent(0)) == (None, None)


def test_a_glyph_of_a_bare_program_is_found_by_its_name() -> None:
    charset = b"\x00" + struct.pack(">2H", 34, 393)  # A of the standard names, and the font's third
    font = FontProgram(cff(charset), is_cff=True)
    assert [font.of_name(name) for name in ("A", "box", "nothing")] == [1, 2, 0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\1\0\4\1",
        cff()[:40],
        cff().replace(struct.pack(">HB", 1, 1), struct.pack(">HB", 1, 9)),
        cff().replace(long(0) + bytes([18]), b"\x1d"),
    ],
    ids=["nothing", "a header", "cut short", "offsets of nine bytes", "a DICT cut short"],
)
def test_what_is_no_program_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"broken CFF font|impossible offsets"):
        FontProgram(data, is_cff=True)


@pytest.mark.parametrize(
    ("data", "is_cff"),
    [(cff().replace(index([EMPTY, BOX, BOX], 2), index([])), True), (b"", False)],
    ids=["bare", "TrueType"],
)
def test_a_program_without_glyphs_is_refused(data: bytes, *, is_cff: bool) -> None:
    with pytest.raises(ValueError, match="without glyphs"):
        FontProgram(data, is_cff)


def test_an_outline_runs_on_its_curve_and_encloses_its_area() -> None:
    assert flattened((0, 0), [(1, 2), (2, 0)], 2) == [(1, 1), (2, 0)]
    assert flattened((0, 0), [(0, 4), (4, 4), (4, 0)], 2) == [(2, 3), (4, 0)]
    square = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]
    assert [enclosed(square), enclosed(square[::-1])] == [4, -4]
