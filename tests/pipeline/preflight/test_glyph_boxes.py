"""TrueType programs as they are, and damaged: each box is HarfBuzz's, or nothing is read."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from hrcpub.pipeline.preflight.page.font_programs import FontProgram
from hrcpub.pipeline.preflight.page.glyph_boxes import glyph_boxes

FONTS = sorted((Path(__file__).parents[3] / "fonts").rglob("*.ttf"))
FRANKLIN = next(font for font in FONTS if font.name == "LibreFranklin-Bold.ttf")
READ = (b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp")
Row = tuple[int, int]  # where a table is, and how many bytes it has


def boxes_by_harfbuzz(data: bytes) -> tuple[int, list[tuple[int, ...] | None]]:
    """Return the units of an em, and each glyph's box; None where it has no ink."""
    font = hb.Font(hb.Face(hb.Blob(data)))
    each = [font.get_glyph_extents(glyph) for glyph in range(font.face.glyph_count)]
    return font.face.upem, [box if box and box.width and box.height else None for box in each]


def boxes(data: bytes) -> tuple[int, list[tuple[int, ...] | None]] | None:
    """Return the same as it is read here."""
    if (read := glyph_boxes(data)) is None:
        return None
    each = [read.of(glyph) for glyph in range(read.glyphs)]
    assert read.of(read.glyphs) is None
    return read.em, [box if box and box.width and box.height else None for box in each]


def rows(data: bytes) -> dict[bytes, Row]:
    (count,) = struct.unpack_from(">4xH", data)
    each = (struct.unpack_from(">4s4xII", data, 12 + 16 * row) for row in range(count))
    return {tag: (at, size) for tag, at, size in each}


def test_every_glyph_has_the_box_that_harfbuzz_says() -> None:
    assert len(FONTS) > 10
    for font in FONTS:
        data = font.read_bytes()
        assert boxes(data) == boxes_by_harfbuzz(data), font.name


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_program_has_harfbuzzs_boxes_or_none(seed: int) -> None:
    """Where both read it they agree; what is read here of most is more than nothing."""
    whole = FRANKLIN.read_bytes()
    tables, chance = rows(whole), random.Random(seed)
    read = 0
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 1, 3))):
            at, size = chance.choice([tables[tag] for tag in READ] + [(0, 12 + 16 * len(tables))])
            data[at + chance.randrange(size)] = chance.choice((0, 1, 255, chance.randrange(256)))
        found = boxes(bytes(data))
        read += found is not None
        assert found in (None, boxes_by_harfbuzz(bytes(data)))
    assert read > 10


def renamed(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(old, new, 1)


def cut_to(tag: bytes, keep: int) -> Callable[[bytes], bytes]:
    """Return what lets the directory say that a table is shorter."""

    def change(data: bytes) -> bytes:
        at = data.index(tag) + 12
        return data[:at] + struct.pack(">I", keep) + data[at + 4 :]

    return change


def written(tag: bytes, at: int, value: bytes) -> Callable[[bytes], bytes]:
    """Return what writes bytes at a place of a table."""

    def change(data: bytes) -> bytes:
        place = rows(data)[tag][0] + at
        return data[:place] + value + data[place + len(value) :]

    return change


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"",
        lambda data: data[:100],
        lambda data: data[: rows(data)[b"loca"][0] + 4],
        lambda data: b"OTTO" + data[4:],
        renamed(b"prep", b"sbix"),
        renamed(b"GDEF", b"COLR"),
        renamed(b"hmtx", b"hmtz"),
        cut_to(b"loca", 40),
        cut_to(b"hmtx", 40),
        cut_to(b"maxp", 6),
        written(b"head", 12, b"\0\0\0\0"),  # not the magic number
        written(b"head", 18, b"\0\1"),  # one unit to the em
        written(b"head", 50, b"\0\2"),  # offsets of a size that nobody knows
        written(b"head", 52, b"\0\1"),  # outlines of another kind
        written(b"hhea", 0, b"\0\2"),
        written(b"hhea", 34, b"\0\0"),  # no advances
        written(b"hhea", 34, b"\xff\xff"),
        written(b"maxp", 4, b"\xff\xff"),
    ],
)
def test_what_is_not_plain_is_left_to_harfbuzz(change: Callable[[bytes], bytes]) -> None:
    data = FRANKLIN.read_bytes()
    assert glyph_boxes(data) is not None
    changed = change(data)
    assert changed != data
    assert glyph_boxes(changed) is None


def test_a_font_of_cff_outlines_or_of_bitmaps_alone_is_left_to_harfbuzz(tmp_path: Path) -> None:
    font = TTFont(FRANKLIN)
    del font["glyf"], font["loca"]
    font.save(tmp_path / "none.ttf")
    assert glyph_boxes((tmp_path / "none.ttf").read_bytes()) is None


def test_boxes_are_told_without_harfbuzz_and_agree_with_what_it_draws() -> None:
    glyph = FontProgram(FRANKLIN.read_bytes(), is_cff=False).of_character("g")
    program = FontProgram(FRANKLIN.read_bytes(), is_cff=False)
    box = program.extent(glyph)
    assert box is not None
    assert program.count > glyph > 0
    assert "font" not in vars(program)  # where HarfBuzz's is kept
    shape = program.shape(glyph)
    assert shape is not None
    assert (box.left, box.right) == pytest.approx((shape.left, shape.right), abs=2e-3)
    assert box.bottom < 0 < box.top
