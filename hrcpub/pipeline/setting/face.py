"""Font files to a `Face`: the ink and the advances of shaped text, measured by HarfBuzz.

A face may be a stack of files: each letter comes from the first one that has it. It shapes in a
language, as Pango does when the page is laid out, so that both get the same widths.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import uharfbuzz as hb

from hrcpub.pipeline.setting.bidi import in_visual_order
from hrcpub.pipeline.setting.itemising import Run, goes_along, language_of_run, runs
from hrcpub.project.languages import is_right_to_left, letters_of, main_part

# Display lines have no ligatures (system.css says so too), so they are measured without.
DISPLAY_FEATURES = {"liga": False, "clig": False, "dlig": False, "hlig": False, "calt": False}
# But where letters join or stack, these features are part of writing: there they stay on.
PLAIN_SCRIPTS = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Geor", "Cher", "Hang", "Hani"})
# The scripts that Pango knows Japanese and Korean to be written in, besides that of `letters_of`.
_MORE = {"ja": ("Hira", "Kana"), "ko": ("Hani",)}


class InkBox(NamedTuple):
    """The box of a shaped line's ink, for type of 1 pt; y grows upwards from the baseline."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """Return the ink's width."""
        return self.right - self.left


class SetGlyph(NamedTuple):
    """A glyph of a shaped line: its number in a font of the stack, and its origin.

    Lengths are in units of the first font of the stack.
    """

    font: int
    number: int
    x: float
    y: float
    advance: float
    cluster: int  # where in the text its letters begin


_Extents = tuple[float, float, float, float]  # bearings of x and y, width, height (downwards: < 0)
_Placed = tuple[int, int, float, float, float, int]  # the fields of a SetGlyph
# The operators that draw a glyph, with `%d` for each number; all of x and all of y, in font units.
GlyphPath = tuple[str, list[float], list[float]]
_ADVANCE = SetGlyph._fields.index("advance")


class FaceFont:
    """One font file of a face."""

    def __init__(self, data: bytes) -> None:
        """Read a static TrueType or OpenType file."""
        face = hb.Face(hb.Blob(data))
        self.font = hb.Font(face)
        self.scale = 1 / face.upem
        self.characters = frozenset(face.unicodes)
        # Of the glyphs that were asked for.
        self._extents: dict[int, _Extents | None] = {}
        self._advances: dict[int, float] = {}
        self.paths: dict[int, GlyphPath] = {}  # of those that were drawn (outline.py)

    def extents(self, glyph: int) -> _Extents | None:
        """Return where a glyph has ink, in font units; None for one without."""
        if glyph not in self._extents:
            found = self.font.get_glyph_extents(glyph)
            has_ink = found is not None and found.width
            self._extents[glyph] = tuple(found) if has_ink else None
        return self._extents[glyph]

    def advance(self, glyph: int) -> float:
        """Return the advance of a single glyph, in font units, as a PDF's font states it."""
        if glyph not in self._advances:
            self._advances[glyph] = float(self.font.get_glyph_h_advance(glyph))
        return self._advances[glyph]


class Face:
    """One font file, or several as a stack. Lengths are for type of 1 pt, if not in font units."""

    def __init__(
        self,
        *files: bytes,
        language: str = "en",
        sits_as: Face | None = None,
        family: str = "",
        lends_signs: bool = False,
    ) -> None:
        """Read static TrueType or OpenType files.

        `sits_as` is the face whose place in a line box this one takes. `family` is how CSS asks for
        it, where a line must say so itself. With `lends_signs`, only signs are taken from files
        behind the first: no letter of a word is from another face.
        """
        self.family = family
        self.fonts = tuple(map(FaceFont, files))
        self.font, self.scale = self.fonts[0].font, self.fonts[0].scale
        sets = [font.characters for font in self.fonts]
        lent = sets[:1] + [frozenset(c for c in s if not chr(c).isalpha()) for s in sets[1:]]
        self._sets = tuple(lent if lends_signs else sets)
        self.characters = frozenset().union(*self._sets)
        self.language = language
        self._is_rtl = is_right_to_left(language)
        letters = letters_of(language)
        self._scripts = frozenset({letters, *_MORE.get(main_part(language), ())})
        self.has_plain_letters = letters in PLAIN_SCRIPTS
        extents = self.font.get_font_extents("ltr")
        # Above the baseline, as Pango reads it, and below it, positive.
        self.ascent: float = sits_as.ascent if sits_as else extents.ascender * self.scale
        self.descent: float = sits_as.descent if sits_as else -extents.descender * self.scale
        self.is_moved = sits_as is not None  # in its line box, to where another face sits
        # A line is measured, then its ink is, and then it is drawn.
        self._display = lru_cache(maxsize=128)(
            lambda text: tuple(self._placed(text, DISPLAY_FEATURES))
        )
        # To cut an opening, the same few words are measured in many lines.
        self.display_ink = lru_cache(maxsize=1024)(lambda text: self.ink(text, DISPLAY_FEATURES))
        # To keep tails clear of what is under them, a few lines are looked at glyph by glyph.
        self.display_inks = lru_cache(maxsize=256)(
            lambda text: tuple(self.glyph_inks(text, DISPLAY_FEATURES))
        )
        # To find the size at which a few lines fit, the same ones are measured again and again.
        self.display_width = lru_cache(maxsize=1024)(
            lambda text: sum(glyph[_ADVANCE] for glyph in self._display(text)) * self.scale
        )

    @property
    def count(self) -> int:
        """How many characters the face can draw; none when a file is not a font."""
        return len(self.characters) if all(self._sets) else 0

    def missing(self, text: str) -> str:
        """Return the characters of `text` that the face cannot draw, each once.

        Spaces, and format characters such as joiners and soft hyphens, need no glyph.
        """
        if self.characters.issuperset(map(ord, text)):  # as nearly always
            return ""
        return "".join(
            dict.fromkeys(
                c
                for c in text
                if ord(c) not in self.characters and not (c.isspace() or goes_along(c))
            )
        )

    def glyph_inks(self, text: str, features: dict[str, bool] | None = None) -> list[InkBox]:
        """Return the ink of each glyph of a shaped line, in visual order; some have none."""
        scale = self.scale
        return [
            InkBox(left * scale, right * scale, top * scale, bottom * scale)
            for left, right, top, bottom in self._edges(text, features)
        ]

    def ink(self, text: str, features: dict[str, bool] | None = None) -> InkBox:
        """Return the ink of a shaped line; raise ValueError when it has none."""
        edges = list(self._edges(text, features))
        if not edges:
            raise ValueError(f"{text!r} has no ink")
        lefts, rights, tops, bottoms = zip(*edges, strict=True)
        scale = self.scale
        return InkBox(
            min(lefts) * scale, max(rights) * scale, max(tops) * scale, min(bottoms) * scale
        )

    def _edges(self, text: str, features: dict[str, bool] | None) -> Iterator[_Extents]:
        """Yield left, right, top and bottom of each glyph with ink, in units of the first font."""
        for number, glyph, x, y, _, _ in self._line(text, features):
            font = self.fonts[number]
            if extents := font.extents(glyph):
                bearing_x, bearing_y, width, height = extents
                unit = font.scale / self.scale
                left, top = x + bearing_x * unit, y + bearing_y * unit
                yield left, left + width * unit, top, top + height * unit

    def advances(self, text: str) -> list[float]:
        """Return the advance of each character; that of a cluster goes to its first one."""
        widths, scale = [0.0] * len(text), self.scale
        for _, unit, glyphs in self._shaped_runs(text):
            for info, at in glyphs:
                widths[info.cluster] += at.x_advance * unit * scale
        return widths

    def shaped(
        self,
        text: str,
        features: dict[str, bool] | None = None,
        is_right_to_left: bool | None = None,
    ) -> list[SetGlyph]:
        """Return the glyphs of a shaped line, in visual order: from left to right.

        `is_right_to_left` is the line's direction; None: the language's.
        """
        return list(map(SetGlyph._make, self._line(text, features, is_right_to_left)))

    def _line(
        self,
        text: str,
        features: dict[str, bool] | None = None,
        is_right_to_left: bool | None = None,
    ) -> Sequence[_Placed]:
        """Return the glyphs of a line as `_placed` does; of a display line as they are known."""
        if features is DISPLAY_FEATURES and is_right_to_left in (None, self._is_rtl):
            return self._display(text)
        return self._placed(text, features, is_right_to_left)

    def _placed(
        self,
        text: str,
        features: dict[str, bool] | None = None,
        is_right_to_left: bool | None = None,
    ) -> list[_Placed]:
        """Return the glyphs of a shaped line as `shaped` does, each as a plain tuple."""
        placed: list[_Placed] = []
        pen = 0.0
        for font, unit, glyphs in self._shaped_runs(text, features, is_right_to_left):
            for info, at in glyphs:
                advance = at.x_advance * unit
                x, y = pen + at.x_offset * unit, at.y_offset * unit
                placed.append((font, info.codepoint, x, y, advance, info.cluster))
                pen += advance
        return placed

    def _shaped_runs(
        self,
        text: str,
        features: dict[str, bool] | None = None,
        is_right_to_left: bool | None = None,
    ) -> Iterator[tuple[int, float, Iterator[tuple[hb.GlyphInfo, hb.GlyphPosition]]]]:
        """Yield a line's runs from left to right: font, its unit in the first's, and the glyphs."""
        pieces = self.runs(text, is_right_to_left)
        codes = list(map(ord, text))
        for number in in_visual_order([run.level for run in pieces]):
            run = pieces[number]
            buffer = self._shape(codes, run, features)
            # None for an empty text.
            glyphs = zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True)
            yield run.font, self.fonts[run.font].scale / self.scale, glyphs

    def runs(self, text: str, is_right_to_left: bool | None = None) -> list[Run]:
        """Return the pieces of a line that are shaped by themselves, in their order in the text.

        `is_right_to_left` is the line's direction; None: the language's.
        """
        is_rtl = self._is_rtl if is_right_to_left is None else is_right_to_left
        return runs(text, self._sets, is_rtl)

    def _shape(self, codes: list[int], run: Run, features: dict[str, bool] | None) -> hb.Buffer:
        """Return a run's glyphs; the rest of its line stands about it, since letters may join."""
        buffer = hb.Buffer()
        buffer.add_codepoints(codes, run.start, run.end - run.start)
        buffer.direction = "rtl" if run.level % 2 else "ltr"
        if run.script:
            buffer.script = run.script
        buffer.language = language_of_run(run.script, self.language, self._scripts)
        is_plain = run.script is None or run.script in PLAIN_SCRIPTS
        hb.shape(self.fonts[run.font].font, buffer, features if is_plain else None)
        return buffer

    def glyph_width(self, glyph: int) -> float:
        """Return the advance of a single glyph, in font units, as a PDF's font states it."""
        return self.fonts[0].advance(glyph)

    def glyph_of(self, character: int) -> int | None:
        """Return the glyph of a character by itself, None when there is none."""
        glyph: int | None = self.font.get_nominal_glyph(character)
        return glyph
