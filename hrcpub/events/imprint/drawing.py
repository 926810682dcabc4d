"""An `Imprint` to the operators that draw it in a Form XObject (ISO 32000-2 §8.10)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from hrcpub.events.imprint.fonts import OWN, FaceStack, FontName, Fonts, codes_of
from hrcpub.events.imprint.imprint import Code, Imprint, ImprintLine, PlacedLogo
from hrcpub.events.shells import ImprintForm
from hrcpub.pipeline.setting import DISPLAY_FEATURES, Face, said_line
from hrcpub.pipeline.setting.codes import drawn_runs
from hrcpub.pipeline.setting.glyph_texts import GlyphCodes, actual_text
from hrcpub.pipeline.setting.said import SaidGlyph
from hrcpub.units import pdf_number

OVERPRINT = "/Overprint gs 0 0 0 1 k"  # black alone lies over what is printed before it


def draw(
    imprint: Imprint, fonts: Fonts, ink: str, stacks: Mapping[str, FaceStack] | None = None
) -> ImprintForm:
    """Return the form that draws an imprint; `ink` is the operator that sets its one colour.

    y grows upwards from the area's lower left corner. A logo is drawn as /Logo, whose picture is
    left for whoever knows the press's inks. `stacks` are the faces of other scripts, by the names
    that lines call them; without them lines are set in the design system's.
    """
    height = imprint.area.height
    stacks = stacks or {name: FaceStack(face, (name,)) for name, face in fonts.faces.items()}
    lines = [
        _shaped(line.text, stacks[line.face].face, from_the_right=line.is_right_to_left)
        for line in imprint.lines
    ]
    known = _known(imprint.lines, lines, fonts, stacks)
    parts = [ink]
    if imprint.lines:
        drawn = [
            _line(line, shaped, height, known, stacks[line.face].face)
            for line, shaped in zip(imprint.lines, lines, strict=True)
        ]
        parts += ["BT", *drawn, "ET"]
    if imprint.code:
        parts.append(_code(imprint.code, height))
    if imprint.logo:
        parts.append(_logo(imprint.logo, height))
    embedded = tuple(
        (part.name, part.font, fonts.font(part.font).objects) for part in known.values()
    )
    return ImprintForm("\n".join(parts).encode(), embedded, overprints=_overprints(ink))


def in_ink(form: ImprintForm, ink: str) -> ImprintForm:
    """Return a form that `draw` made in another ink, which is its first line."""
    _, _, rest = form.operators.partition(b"\n")
    return replace(form, operators=ink.encode() + b"\n" + rest, overprints=_overprints(ink))


def _overprints(ink: str) -> bool:
    """Return whether an ink asks for the graphics state /Overprint."""
    return ink.startswith("/Overprint")


class _Known(NamedTuple):
    """A font of an imprint: what operators call it, and its codes; None: glyphs' own numbers."""

    name: str
    font: FontName
    codes: GlyphCodes | None


class _GlyphRun(NamedTuple):
    """Glyphs of one font on one height, for type of 1 pt."""

    font: int  # of the face's stack
    start: float  # where the pen begins, from the line's left end
    rise: float
    said: tuple[SaidGlyph, ...]
    shown: str  # by the glyphs' own numbers


class _ShapedLine(NamedTuple):
    """A line of text in a face, in whatever size and place."""

    runs: tuple[_GlyphRun, ...]
    pairs: tuple[tuple[int, tuple[tuple[int, str], ...]], ...]  # what glyphs say, font by font
    needs_spelling: bool


def _font_of(said: SaidGlyph) -> int:
    return said.glyph.font


@lru_cache(maxsize=64)  # a site's lines are in each of its pieces
def _shaped(text: str, face: Face, *, from_the_right: bool) -> _ShapedLine:
    """Return a line's glyphs, font by font; they are the same in each area and size."""
    said = said_line(text, face, DISPLAY_FEATURES, from_the_right=from_the_right)
    pieces = itertools.groupby(said.glyphs, key=lambda one: (one.glyph.font, one.glyph.y))
    runs = tuple(_run(tuple(group), face, number) for number, (_, group) in enumerate(pieces))
    pairs = tuple(
        (font, tuple((glyph.number, text) for glyph, text in group))
        for font, group in itertools.groupby(said.glyphs, key=_font_of)
    )
    return _ShapedLine(runs, pairs, said.needs_spelling)


def _known(
    lines: Sequence[ImprintLine],
    shaped: Sequence[_ShapedLine],
    fonts: Fonts,
    stacks: Mapping[str, FaceStack],
) -> dict[tuple[str, int], _Known]:
    """Return the fonts that lines need, by their face and their place in its stack."""
    said: dict[tuple[str, int], list[tuple[tuple[int, str], ...]]] = {}
    for line, glyphs in zip(lines, shaped, strict=True):
        for font, pairs in glyphs.pairs:
            said.setdefault((line.face, font), []).append(pairs)
    known = {}
    for number, ((face, place), parts) in enumerate(said.items(), 1):
        file = stacks[face].files[place] if place else face
        name = fonts.needed(file, parts, is_first=place == 0)
        codes = codes_of(fonts.source(name)[0], name.said) if name.repertoire == OWN else None
        known[face, place] = _Known(f"F{number}", name, codes)
    return known


def _line(
    line: ImprintLine,
    shaped: _ShapedLine,
    height: float,
    known: Mapping[tuple[str, int], _Known],
    face: Face,
) -> str:
    """Return one line, font by font; its text beside it where readers need that."""
    drawn = " ".join(
        [_placed(line, run, height, known[line.face, run.font], face) for run in shaped.runs]
    )
    if not shaped.needs_spelling:
        return drawn
    return f"/Span<</ActualText{actual_text(line.text).decode()}>>BDC {drawn} EMC"


def _placed(line: ImprintLine, run: _GlyphRun, height: float, known: _Known, face: Face) -> str:
    """Return glyphs of one font in their place."""
    shown = _shown(run.said, face, run.start, known.codes) if known.codes else run.shown
    x, y = line.x + run.start * line.size, height - line.y + run.rise * line.size
    size = f"/{known.name} {pdf_number(line.size)} Tf"
    return f"{size} 1 0 0 1 {pdf_number(x)} {pdf_number(y)} Tm[<{shown}>]TJ"


def _run(said: tuple[SaidGlyph, ...], face: Face, number: int) -> _GlyphRun:
    """Return glyphs of one font; `number` counts a line's runs."""
    first = said[0].glyph
    # A line's own pen begins at its left end, wherever its first glyph lies.
    start = first.x * face.scale if number else 0.0
    return _GlyphRun(first.font, start, first.y * face.scale, said, _shown(said, face, start, None))


def _shown(said: Sequence[SaidGlyph], face: Face, start: float, codes: GlyphCodes | None) -> str:
    """Return glyphs by their codes, and moves of the pen where widths are not right."""
    font = face.fonts[said[0].glyph.font]
    shown: list[str] = []
    pen = start * 1000  # in thousandths, as the reader of the file counts it
    for glyph, text in said:
        apart = round(pen - glyph.x * face.scale * 1000)
        if apart:
            shown.append(f">{apart}<")
            pen -= apart
        code = codes.code(glyph.number, text) if codes else glyph.number
        shown.append(f"{code:04x}")
        pen += font.advance(glyph.number) * font.scale * 1000
    return "".join(shown)


def _code(code: Code, height: float) -> str:
    """Return a QR code as one path, in modules."""
    module, top = pdf_number(code.module), pdf_number(height - code.y)
    return f"q {module} 0 0 {module} {pdf_number(code.x)} {top} cm {_boxes(code.rows)} f Q"


@lru_cache(maxsize=64)  # a site's code is in each of its pieces
def _boxes(rows: tuple[bytes, ...]) -> str:
    return " ".join(drawn_runs(rows, _box))


def _box(column: int, row: int, length: int) -> str:
    return f"{column} {-row - 1} {length} 1 re"


def _logo(logo: PlacedLogo, height: float) -> str:
    foot = height - logo.y - logo.height
    size = f"{pdf_number(logo.width)} 0 0 {pdf_number(logo.height)}"
    return f"q {size} {pdf_number(logo.x)} {pdf_number(foot)} cm /Logo Do Q"
