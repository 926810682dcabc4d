"""A laid-out text to its letters as they are inked: how far they reach, their boxes and outlines.

Like `tree`, this file uses private names of WeasyPrint, and those of Pango that it knows;
`tests/pipeline/typeset/test_letterforms.py` fails when one of them changes. Faces are kept as long
as the fonts of a layout are.
"""

from __future__ import annotations

import itertools
import unicodedata
from bisect import insort
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast
from weakref import WeakKeyDictionary

from hrcpub.pipeline.typeset import laid_text
from hrcpub.pipeline.typeset.glyph_runs import INFO
from hrcpub.pipeline.typeset.laid_page import LaidRect, LaidText
from hrcpub.pipeline.typeset.shapes import XY, Contour
from hrcpub.units import POINTS_PER_PIXEL

if TYPE_CHECKING:
    from hrcpub.pipeline.setting import Face
    from hrcpub.pipeline.typeset.weasyprint_box import PangoGlyphs, PangoItem

# Scripts whose letters change with their neighbours or carry marks: from Hebrew to the Vedic signs.
_JOINED = range(0x590, 0x1D00)
_UNKNOWN = float("inf")
_FURTHEST = 16  # letters that are looked for before all of a text's
_OVERHANG = 0.15  # of the size: how far ink may be beside where its text begins and ends


class Letter(NamedTuple):
    """One glyph of a text, on the page: most often one letter."""

    text: str  # what it stands for; "" where another glyph stands for it too
    box: LaidRect  # the upright rectangle around its ink
    contours: Callable[[], list[Contour]]  # its outline


class _InkFace:
    """What is known of a font file: its glyphs' outlines, and how far its characters reach."""

    def __init__(self, data: bytes) -> None:
        from hrcpub.pipeline.setting import Face

        self.face: Face = Face(data)
        self.tops, self.depths = _Reaches(self.face, top=True), _Reaches(self.face, top=False)
        self._met: set[str] = set()  # characters whose reach is known
        self._most = 0.0, 0.0  # how far any of them reaches above the baseline, and below it
        self._contours: dict[int, list[Contour]] = {}

    def most(self, text: str) -> tuple[float, float] | None:
        """Return as what a text reaches at most: what any of those reaches that were asked for.

        None: it has a character of which it is unknown.
        """
        if not self._met.issuperset(text):
            new = set(text) - self._met
            top = max(self._most[0], *(self.tops[character] for character in new))
            depth = max(self._most[1], *(self.depths[character] for character in new))
            if _UNKNOWN in (top, depth):
                return None
            self._met |= new
            self._most = top, depth
        return self._most

    def box(self, glyph: int) -> LaidRect | None:
        """Return the ink of a glyph, for type of 1 pt, y downwards; None for one without ink."""
        extents = self.face.font.get_glyph_extents(glyph)
        if extents is None or not extents.width:
            return None
        left, top = extents.x_bearing, -extents.y_bearing
        box = (left, top, left + extents.width, top - extents.height)
        return LaidRect(*(edge * self.face.scale for edge in box))

    def contours(self, glyph: int) -> list[Contour]:
        """Return the outline of a glyph as polygons, for type of 1 pt, y downwards."""
        if glyph not in self._contours:
            from hrcpub.pipeline.setting.outline import polygons

            scale = self.face.scale
            self._contours[glyph] = [
                [(x * scale, -y * scale) for x, y in contour]
                for contour in polygons(glyph, self.face)
            ]
        return self._contours[glyph]


class _Reaches(dict[str, float]):
    """How far each character reaches above the baseline, or below it, for type of 1 pt."""

    def __init__(self, face: Face, *, top: bool) -> None:
        super().__init__()
        self._face, self._is_top = face, top
        # The characters that were asked for, each behind how far it does not reach.
        self._order: list[tuple[float, str]] = []
        self._known: set[str] = set()

    def furthest(self, text: str) -> float:
        """Return how far a text reaches; infinite where it has a character of which it is unknown.

        Nearly every text has one of the few letters that reach furthest, so those are looked for.
        """
        if not self._known.issuperset(text):
            for character in set(text) - self._known:
                insort(self._order, (-self[character], character))
                self._known.add(character)
        for back, character in self._order[:_FURTHEST]:
            if character in text:
                return -back
        return max(map(self.__getitem__, set(text)), default=0.0)

    def __missing__(self, character: str) -> float:
        self[character] = reach = self._reach(character)
        return reach

    def _reach(self, character: str) -> float:
        if character.isspace():
            return 0.0
        is_mark = unicodedata.category(character).startswith("M")
        glyph = self._face.glyph_of(ord(character))
        if is_mark or ord(character) in _JOINED or not glyph:
            return _UNKNOWN
        extents = self._face.font.get_glyph_extents(glyph)
        if extents is None:
            return 0.0
        top = extents.y_bearing
        edge = top if self._is_top else -(top + extents.height)
        return float(max(0.0, edge * self._face.scale))


_FACES: WeakKeyDictionary[object, dict[object, _InkFace]] = WeakKeyDictionary()


def _faces(fonts: object) -> dict[object, _InkFace]:
    """Return the faces of a layout's fonts: by their files, and by what styles ask for."""
    return _FACES.setdefault(fonts, {})


def outer(text: LaidText) -> LaidRect:
    """Return a rectangle on the page that holds a text's `reach`: it is quicker to have."""
    if text.outer is None:
        face = _first_face(text)
        most = face.most(text.text) if face else None
        own = _around(text, *most) if most else None
        text.outer = laid_text.turned(own, text.area.matrix) if own else reach(text)
    return text.outer


def reach(text: LaidText) -> LaidRect:
    """Return a rectangle on the page that holds all ink of a text, and hardly more in height."""
    if text.reach is None:
        text.reach = laid_text.turned(_reach(text), text.area.matrix)
    return text.reach


def _reach(text: LaidText) -> LaidRect:
    face = _first_face(text)
    if face is None:
        return laid_text.ink(text)
    top, depth = face.tops.furthest(text.text), face.depths.furthest(text.text)
    if _UNKNOWN in (top, depth):  # marks, joined letters, letters of another font
        return laid_text.ink(text)
    return _around(text, top, depth)


def _around(text: LaidText, top: float, depth: float) -> LaidRect:
    """Return the rectangle around a text that reaches so far, for type of 1 pt."""
    size, beside = text.size, text.size * _OVERHANG
    return LaidRect(
        text.left - beside,
        text.baseline - top * size,
        text.left + text.width + beside,
        text.baseline + depth * size,
    )


def letters(text: LaidText) -> Iterator[Letter]:
    """Yield the letters of a text that have ink."""
    for glyph in _glyphs(text):
        box = glyph.face.box(glyph.number)
        if box is not None:
            left, top, right, bottom = (edge * text.size for edge in box)
            x, y = glyph.place
            own = LaidRect(left + x, top + y, right + x, bottom + y)
            draw = partial(_outline, text, glyph)
            yield Letter(glyph.characters, laid_text.turned(own, text.area.matrix), draw)


def _outline(text: LaidText, glyph: _PlacedGlyph) -> list[Contour]:
    left, foot = glyph.place
    return [
        [laid_text.point(text, left + x * text.size, foot + y * text.size) for x, y in contour]
        for contour in glyph.face.contours(glyph.number)
    ]


def _first_face(text: LaidText) -> _InkFace | None:
    """Return the face that most of a text is set in, as its style asks for it."""
    look = text.look
    if look.ink_face is None:
        faces = _faces(text.box.style.font_config)
        if look.face not in faces:
            first = next(iter(_glyphs(text)), None)
            if first is None:
                return None
            faces[look.face] = first.face
        look.ink_face = faces[look.face]
    return cast("_InkFace", look.ink_face)


class _PlacedGlyph(NamedTuple):
    face: _InkFace
    number: int
    place: XY  # of its origin, before the area's matrix
    characters: str


def _glyphs(text: LaidText) -> list[_PlacedGlyph]:
    """Return a text's glyphs as Pango places them, from left to right."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    layout, unit = text.box.pango_layout, FROM_UNITS * POINTS_PER_PIXEL
    layout.reactivate(text.box.style)
    line, _ = layout.get_first_line()
    encoded, x, placed = layout.text.encode(), text.left, []
    empty, unknown = pango.PANGO_GLYPH_EMPTY, pango.PANGO_GLYPH_UNKNOWN_FLAG
    run = line.runs
    while run != ffi.NULL:
        glyphs: PangoGlyphs = run.data.glyphs
        face = _face(run.data.item.analysis.font, text.box.style.font_config)
        characters = _characters(encoded, run.data.item, glyphs)
        read = ffi.buffer(glyphs.glyphs, glyphs.num_glyphs * INFO.size)
        for (number, width, across, up), shown in zip(
            INFO.iter_unpack(read), characters, strict=True
        ):
            place = (x + across * unit, text.baseline + up * unit)
            if number != empty and not number & unknown:
                placed.append(_PlacedGlyph(face, number, place, shown))
            x += width * unit
        run = run.next
    layout.deactivate()
    return placed


def _characters(encoded: bytes, item: PangoItem, glyphs: PangoGlyphs) -> list[str]:
    """Return what each glyph of a run stands for; "" for the further glyphs of a cluster."""
    from weasyprint.text.ffi import ffi

    starts = ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)
    edges = [*sorted(set(starts)), item.length]
    ends = dict(itertools.pairwise(edges))
    return [
        ""
        if index and starts[index - 1] == start
        else encoded[item.offset + start : item.offset + ends[start]].decode(errors="replace")
        for index, start in enumerate(starts)
    ]


def _face(font: object, fonts: object) -> _InkFace:
    """Return what is known of a font of Pango, which is one of a layout's `fonts`."""
    from weasyprint.text.ffi import ffi, harfbuzz, pango
    from weasyprint.text.fonts import get_hb_object_data

    file = harfbuzz.hb_font_get_face(pango.pango_font_get_hb_font(font))
    key = int(ffi.cast("uintptr_t", file))  # Pango keeps it as long as its fonts
    faces = _faces(fonts)
    if key not in faces:
        faces[key] = _InkFace(get_hb_object_data(file))
    return faces[key]
