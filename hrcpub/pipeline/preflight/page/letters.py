"""The letters of a font by their codes: how wide they are, and where their ink is, in ems.

`FontLetters` hold nothing of a file. Those of a composite font go by plain values (`KeyedSource`),
so files that have the same font share them: the editions of a piece, and its copies for other
places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from hrcpub.patterns import pattern
from hrcpub.pipeline.preflight.page.bounded import ODD
from hrcpub.pipeline.preflight.page.content import NUMBER
from hrcpub.pipeline.preflight.page.font_programs import Extent, FontProgram, GlyphShape
from hrcpub.pipeline.preflight.page.steps import Steps

_SMALL = 1 << 18  # bytes of a program that is kept: subsets have some thousands
_MOST_LINES = 512  # of one font that are kept as they were measured: a piece has some hundred
_MOST_SIZES = 32  # of one font for which the steps of its letters are kept


class FontLetters:
    """What is known of each code that is shown; what is worked out is kept."""

    def __init__(
        self,
        face: FontProgram | None,
        widths: Mapping[int, float],
        default: float,
        glyph_of: Callable[[int], int],
        is_missing: Callable[[int], bool],
        is_guessed: Callable[[int], bool],
    ) -> None:
        """Begin with nothing worked out.

        `face` is the program, None when there is none that can be read; `glyph_of` a code's glyph
        in it, 0 when it has none; `is_missing` whether a code certainly draws .notdef;
        `is_guessed` whether ink is guessed of a code for which there is no program.
        """
        self.face = face
        self.missing: set[int] = set()  # codes that were shown and certainly draw .notdef
        self._widths, self._default = widths, default
        self._glyph_of, self._is_missing, self._is_guessed = glyph_of, is_missing, is_guessed
        self._extents: dict[int, Extent | GlyphShape | None] = {}
        self._steps: dict[tuple[float, float, float], Steps] = {}
        self._room = _MOST_LINES

    def width(self, code: int) -> float:
        """Return a letter's advance."""
        return self._widths.get(code, self._default)

    def extent(self, code: int) -> Extent | GlyphShape | None:
        """Return the box of a letter's ink, None when it has none or it is not known."""
        if code not in self._extents:
            try:
                extent = self._read_extent(code)
            except ODD:
                extent = None
            self._extents[code] = extent
            # Noted here, since every code that is shown comes by; whether a letter is missing is
            # asked later.
            if self._is_missing(code):
                self.missing.add(code)
        return self._extents[code]

    def _read_extent(self, code: int) -> Extent | GlyphShape | None:
        # Most pages are judged by boxes alone, for which no outline need be drawn.
        if self.face is None:
            return self._guess(code)
        glyph = self._glyph_of(code)
        return self.face.extent(glyph) if glyph < self.face.count else None

    def shape(self, code: int) -> GlyphShape | None:
        """Return a letter's ink, drawn; None when it has none or it is not known."""
        try:
            if self.face is None:
                return self._guess(code)
            glyph = self._glyph_of(code)
            return self.face.shape(glyph) if glyph < self.face.count else None
        except ODD:
            return None

    def _guess(self, code: int) -> GlyphShape | None:
        """Return a box that covers as much as letters usually do: the program cannot be read."""
        wide = self.width(code)
        if wide <= 0 or not self._is_guessed(code):
            return None
        # About the ink of a text face: it counts only in the sum over many letters.
        return GlyphShape(0.05 * wide, 0.0, 0.95 * wide, 0.6, 0.25 * wide, ())

    def steps(self, size: float, gap: float, word: float) -> Steps:
        """Return how the pen steps from code to code, at a size.

        `gap` is what comes behind each, `word` what comes behind a space, too.
        """
        key = (size, gap, word)
        steps = self._steps.get(key)
        if steps is None:
            # A page has a few sizes; one that has hundreds is not kept by all of them.
            if len(self._steps) >= _MOST_SIZES:
                self._steps.clear()
            steps = self._steps[key] = Steps(self, *key)
        return steps

    def make_room_for_line(self) -> None:
        """Have all sizes forget their lines where they have as many as may be kept."""
        if not self._room:
            self._room = _MOST_LINES
            for steps in self._steps.values():
                steps.forget_lines()
        self._room -= 1


class KeyedSource(NamedTuple):
    """All that the letters of a composite font come from (ISO 32000-2 §9.7)."""

    program: bytes | None  # None when there is none that can be read
    is_cff: bool
    glyphs: bytes | None  # /CIDToGIDMap, where it is a stream
    is_identical: bool  # whether codes are CIDs
    widths: bytes | tuple[tuple[int, float], ...]  # /W as `listed_widths` takes it, or read
    default: float


def keyed_letters(source: KeyedSource) -> FontLetters:
    """Return the letters of a composite font; those of a small one are made once."""
    return _kept(source) if len(source.program or b"") <= _SMALL else _made(source)


@lru_cache(maxsize=16)  # a piece has some four fonts, and its editions come one after the other
def _kept(source: KeyedSource) -> FontLetters:
    return _made(source)


def _made(source: KeyedSource) -> FontLetters:
    face, glyph_of = None, None
    with suppress(*ODD):
        if source.program is not None:
            read = FontProgram(source.program, source.is_cff)
            glyph_of = _keyed_mapping(read, source.glyphs)
            face = read
    listed = source.widths
    widths = listed_widths(listed) if isinstance(listed, bytes) else dict(listed)
    is_told = source.is_identical and face is not None
    known = glyph_of or no_glyph
    return FontLetters(
        face,
        widths,
        source.default,
        known,
        is_missing=lambda code: is_told and known(code) == 0,
        is_guessed=lambda code: True,
    )


def no_glyph(code: int) -> int:
    """Return the glyph of any code in no program."""
    return 0


def _keyed_mapping(face: FontProgram, glyphs: bytes | None) -> Callable[[int], int]:
    """Return how CIDs become glyphs (§9.7.4.2)."""
    if glyphs is not None:
        return lambda cid: int.from_bytes(glyphs[2 * cid : 2 * cid + 2], "big")
    if face.cff is not None and face.cff.is_keyed:
        known = face.cff.glyphs_by_cid()
        return lambda cid: known.get(cid, 0)
    return lambda cid: cid


_SCALE = 0.001  # widths are given in thousandths of an em
_GROUP = (
    rb"(\d{1,9}+)\s*+(?:\[((?:\s*+" + NUMBER + rb"(?=[\s\]]))*+)\s*+\]"  # c [w1 w2 …]
    rb"|(?<=\s)(\d{1,9}+)\s++(" + NUMBER + rb")(?=[\s\]]))"  # first last w
)
_GROUPS = pattern(_GROUP)
_LISTED = pattern(rb"\[\s*+(?:" + _GROUP + rb"\s*+)*+\]")
_LONGEST = 1 << 20  # bytes of a list that is read in one step


def is_listed(widths: bytes) -> bool:
    """Return whether a /W has nothing but numbers in it, in one of its two forms (§9.7.4.3)."""
    return len(widths) <= _LONGEST and _is_list(widths)


@lru_cache(maxsize=16)
def _is_list(widths: bytes) -> bool:
    return _LISTED.fullmatch(widths) is not None


@lru_cache(maxsize=16)
def listed_widths(widths: bytes) -> Mapping[int, float]:
    """Return the advances by CID of a /W that `is_listed`, in ems."""
    known: dict[int, float] = {}
    for first, each, last, wide in _GROUPS.findall(widths):
        if len(known) >= 70_000:
            break
        start = int(first)
        if last:
            stop = min(int(last), start + 65535) + 1
            known.update(dict.fromkeys(range(start, stop), float(wide) * _SCALE))
        else:
            known.update((start + at, float(one) * _SCALE) for at, one in enumerate(each.split()))
    return known
