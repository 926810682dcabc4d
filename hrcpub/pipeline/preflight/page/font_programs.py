"""An embedded font program to outlines: TrueType, OpenType and bare CFF, by HarfBuzz.

Lengths are ems; y grows upwards from the baseline.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.pipeline.preflight.page.glyph_boxes import glyph_boxes

if TYPE_CHECKING:
    from uharfbuzz import DrawFuncs, Font

Point = tuple[float, float]
DictKey = int | tuple[int, int]  # operators of a DICT: 12 begins those of two bytes


class Extent(NamedTuple):
    """The box of a glyph's ink."""

    left: float
    bottom: float
    right: float
    top: float


class GlyphShape(NamedTuple):
    """A glyph's ink: its box, what of an em² it covers, and its contours as polygons."""

    left: float
    bottom: float
    right: float
    top: float
    area: float
    contours: tuple[tuple[Point, ...], ...]


class FontProgram:
    """A font program's glyphs; each is read whenever it is asked for."""

    def __init__(self, data: bytes, is_cff: bool) -> None:
        """Read a program; raise ValueError when it is none."""
        self._data = data
        self.cff = Cff(data) if is_cff else None
        self._boxes = None if is_cff else glyph_boxes(data)
        if self._boxes:
            self.count, em = self._boxes.glyphs, self._boxes.em
        else:
            face = self.font.face
            self.count, em = self.cff.count if self.cff else face.glyph_count, face.upem
        if not self.count:
            raise ValueError("a font without glyphs")
        self.scale = 1 / (em or 1000)

    @cached_property
    def font(self) -> Font:
        """The program as HarfBuzz has it, loaded when it is asked for."""
        import uharfbuzz as hb

        if not self.cff:
            return hb.Font(hb.Face(hb.Blob(self._data)))
        # HarfBuzz reads CFF only as a table of an OpenType font, so the other tables are made up.
        tables = _tables(self._data, self.cff.count)
        face = hb.Face.create_for_tables(lambda face, tag, _: tables.get(tag), None)
        face.upem = 1000
        return hb.Font(face)

    def shape(self, glyph: int) -> GlyphShape | None:
        """Return a glyph's ink, None when it has none."""
        pen = _GlyphPen(self.scale)
        self.font.draw_glyph(glyph, _pen_functions(), pen)
        contours = tuple(tuple(c) for c in pen.contours if len(c) > 2)
        if not contours:
            return None
        xs = [x for contour in contours for x, _ in contour]
        ys = [y for contour in contours for _, y in contour]
        area = abs(sum(enclosed(contour) for contour in contours))
        return GlyphShape(min(xs), min(ys), max(xs), max(ys), area, contours)

    def extent(self, glyph: int) -> Extent | None:
        """Return the box of a glyph's ink, without drawing it; None when it has none."""
        boxes = self._boxes
        extents = boxes.of(glyph) if boxes else self.font.get_glyph_extents(glyph)
        if extents is None or not extents.width or not extents.height:
            return None
        left, top = extents.x_bearing * self.scale, extents.y_bearing * self.scale
        right, bottom = left + extents.width * self.scale, top + extents.height * self.scale
        return Extent(left, bottom, right, top)

    def of_character(self, character: str) -> int:
        """Return a character's glyph, 0 when it has none."""
        return self.font.get_nominal_glyph(ord(character)) or 0 if len(character) == 1 else 0

    def of_name(self, name: str) -> int:
        """Return a glyph by its name, 0 when there is none."""
        try:
            return self.font.get_glyph_from_name(name) or 0
        except (ValueError, TypeError):
            return 0


def enclosed(contour: Sequence[Point]) -> float:
    """Return the area in a polygon, positive when it runs counter-clockwise."""
    total = 0.0
    x0, y0 = contour[-1]
    for x, y in contour:
        total += x0 * y - x * y0
        x0, y0 = x, y
    return total / 2


def flattened(start: Point, handles: Sequence[Point], steps: int) -> list[Point]:
    """Return points on a Bézier curve of degree 2 or 3 behind its start, its end the last."""
    points = []
    (x0, y0), (x1, y1), (x2, y2) = start, handles[0], handles[1]
    for step in range(1, steps + 1):
        t = step / steps
        s = 1 - t
        if len(handles) == 2:
            points.append(
                (s * s * x0 + 2 * s * t * x1 + t * t * x2, s * s * y0 + 2 * s * t * y1 + t * t * y2)
            )
        else:
            x3, y3 = handles[2]
            a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
            points.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return points


class _GlyphPen:
    """Gathers contours as polygons."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.contours: list[list[Point]] = []

    def move(self, x: float, y: float) -> None:
        self.contours.append([(x * self.scale, y * self.scale)])

    def line(self, x: float, y: float) -> None:
        self.contours[-1].append((x * self.scale, y * self.scale))

    def curve(self, *numbers: float) -> None:
        s = self.scale
        handles = [(x * s, y * s) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        # Four chords to a curve are enough for the area and the box of ink.
        self.contours[-1] += flattened(self.contours[-1][-1], handles, 4)


@lru_cache(maxsize=1)
def _pen_functions() -> DrawFuncs:
    import uharfbuzz as hb

    functions = hb.DrawFuncs()
    functions.set_move_to_func(lambda x, y, pen: pen.move(x, y))
    functions.set_line_to_func(lambda x, y, pen: pen.line(x, y))
    functions.set_quadratic_to_func(lambda a, b, x, y, pen: pen.curve(a, b, x, y))
    functions.set_cubic_to_func(lambda a, b, c, d, x, y, pen: pen.curve(a, b, c, d, x, y))
    functions.set_close_path_func(lambda pen: None)
    return functions


def _tables(cff: bytes, count: int) -> dict[str, bytes]:
    """Return the tables that HarfBuzz wants around a bare CFF program."""
    # Of `head` HarfBuzz reads the magic number and the units of an em; the rest may be 0.
    head = struct.pack(">IIIIHHQQhhhhHHhhh", 0x10000, 0, 0, 0x5F0F3CF5, 0, 1000, 0, 0, *[0] * 9)
    return {"CFF ": cff, "head": head, "maxp": struct.pack(">IH", 0x5000, count)}


class Cff:
    """What a bare CFF program says of its glyphs (Adobe Technical Note 5176)."""

    def __init__(self, data: bytes) -> None:
        """Read header, Top DICT, charset and encoding; raise ValueError when they are broken."""
        try:
            self._read(data)
        except (IndexError, struct.error, KeyError, TypeError, OverflowError) as error:
            raise ValueError(f"a broken CFF font: {error}") from None

    def _read(self, data: bytes) -> None:
        self._data = data
        _, at = self._index(data[2])
        tops, at = self._index(at)
        _, _ = self._index(at)
        # Operators of the Top DICT (TN 5176, table 9): 15 charset, 16 Encoding, 17 CharStrings, 12
        # 7 FontMatrix, 12 30 ROS, which only fonts with CIDs have.
        top = _dict(data[tops[0][0] : tops[0][1]])
        glyphs, _ = self._index(int(top[17][0]))
        self.count = len(glyphs)
        self.is_keyed = (12, 30) in top
        self._charset = int(top.get(15, [0])[0])
        self._encoding = int(top.get(16, [0])[0])
        matrix = top.get((12, 7))
        self.scale = matrix[0] if matrix and matrix[0] else 0.001

    def _index(self, at: int) -> tuple[list[tuple[int, int]], int]:
        """Return an INDEX's items, as where they begin and end, and where it ends."""
        data = self._data
        (count,) = struct.unpack_from(">H", data, at)
        if not count:
            return [], at + 2
        size = data[at + 2]
        if not 1 <= size <= 4:
            raise ValueError("an INDEX of impossible offsets")
        first = at + 3
        edges = [
            int.from_bytes(data[first + i * size : first + (i + 1) * size], "big")
            for i in range(count + 1)
        ]
        base = first + (count + 1) * size - 1
        items = [(base + a, base + b) for a, b in pairwise(edges)]
        return items, base + edges[-1]

    def glyphs_by_cid(self) -> dict[int, int]:
        """Return glyphs by CID, or by string number where the font has names."""
        # 0 to 2 are predefined (TN 5176, §13). In the first, ISOAdobe, a glyph has the number of
        # its name.
        if self._charset < 3:
            return {number: number for number in range(self.count)}
        data, at = self._data, self._charset
        form, at = data[at], at + 1
        glyphs = {0: 0}
        try:
            while len(glyphs) < self.count:
                (first,) = struct.unpack_from(">H", data, at)
                # Form 0 lists all glyphs; 1 and 2 list ranges, with one or two bytes for their
                # length.
                left = 0 if form == 0 else data[at + 2] if form == 1 else 0
                if form == 2:
                    (left,) = struct.unpack_from(">H", data, at + 2)
                at += 2 + form
                for cid in range(first, first + left + 1):
                    glyphs.setdefault(cid, len(glyphs))
        except (IndexError, struct.error):
            pass
        return glyphs

    def glyphs_by_code(self) -> dict[int, int]:
        """Return glyphs by code where the font has an encoding of its own."""
        # Standard and Expert: of these the names decide (`glyph_names`).
        if self._encoding < 2:
            return {}
        data, at = self._data, self._encoding
        form, count = data[at] & 127, data[at + 1]
        at += 2
        if form == 0:
            return {data[at + i]: i + 1 for i in range(min(count, len(data) - at))}
        glyphs, glyph = {}, 1
        for i in range(count):
            first, left = data[at + 2 * i], data[at + 2 * i + 1]
            for code in range(first, first + left + 1):
                glyphs[code] = glyph
                glyph += 1
        return glyphs


def _dict(data: bytes) -> dict[DictKey, list[float]]:
    """Return a DICT's operands by their operators."""
    entries: dict[DictKey, list[float]] = {}
    operands: list[float] = []
    at = 0
    while at < len(data):
        byte = data[at]
        at += 1
        # Numbers and operators: TN 5176, §4.
        if byte <= 21:
            key: DictKey = byte
            if byte == 12:
                key = (12, data[at])
                at += 1
            entries[key] = operands
            operands = []
        elif byte == 28:
            operands.append(struct.unpack_from(">h", data, at)[0])
            at += 2
        elif byte == 29:
            operands.append(struct.unpack_from(">i", data, at)[0])
            at += 4
        elif byte == 30:
            real, at = _real(data, at)
            operands.append(real)
        elif 32 <= byte <= 246:
            operands.append(byte - 139)
        elif 247 <= byte <= 254:
            sign, base = (1, byte - 247) if byte < 251 else (-1, byte - 251)
            operands.append(sign * (base * 256 + data[at] + 108))
            at += 1
    return entries


def _real(data: bytes, at: int) -> tuple[float, int]:
    words: list[str] = []
    while True:
        byte = data[at]
        at += 1
        for nibble in (byte >> 4, byte & 15):
            if nibble == 15:
                value = float("".join(words) or 0)
                return (value if math.isfinite(value) else 0.0), at
            words.append("0123456789.EE -"[nibble] if nibble != 12 else "E-")
