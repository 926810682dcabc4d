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
from hrcpub.pipeline.setting import DISPLAY_FEATURES, Face, SaidLine, said_line
from hrcpub.pipeline.setting.codes import runs
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
    lines = [_shaped(line, stacks[line.face].face) for line in imprint.lines]
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


def _font_of(said: SaidGlyph) -> int:
    return said.glyph.font


def _shaped(line: ImprintLine, face: Face) -> SaidLine:
    return said_line(line.text, face, DISPLAY_FEATURES, from_the_right=line.is_right_to_left)


def _known(
    lines: Sequence[ImprintLine],
    shaped: Sequence[SaidLine],
    fonts: Fonts,
    stacks: Mapping[str, FaceStack],
) -> dict[tuple[str, int], _Known]:
    """Return the fonts that lines need, by their face and their place in its stack."""
    said: dict[tuple[str, int], list[tuple[int, str]]] = {}
    for line, glyphs in zip(lines, shaped, strict=True):
        for font, group in itertools.groupby(glyphs.glyphs, key=_font_of):
            pairs = said.setdefault((line.face, font), [])
            pairs += [(glyph.number, text) for glyph, text in group]
    known = {}
    for number, ((face, place), pairs) in enumerate(said.items(), 1):
        file = stacks[face].files[place] if place else face
        name = fonts.needed(file, pairs, is_first=place == 0)
        codes = codes_of(fonts.source(name)[0], name.said) if name.repertoire == OWN else None
        known[face, place] = _Known(f"F{number}", name, codes)
    return known


def _line(
    line: ImprintLine,
    shaped: SaidLine,
    height: float,
    known: Mapping[tuple[str, int], _Known],
    face: Face,
) -> str:
    """Return one line, font by font; its text beside it where readers need that."""
    pieces = itertools.groupby(shaped.glyphs, key=lambda said: (said.glyph.font, said.glyph.y))
    drawn = " ".join(
        _run(line, list(group), height, known[line.face, font], face, is_later=number > 0)
        for number, ((font, _), group) in enumerate(pieces)
    )
    if not shaped.needs_spelling:
        return drawn
    return f"/Span<</ActualText{actual_text(line.text).decode()}>>BDC {drawn} EMC"


def _run(
    line: ImprintLine,
    said: Sequence[SaidGlyph],
    height: float,
    known: _Known,
    face: Face,
    *,
    is_later: bool,
) -> str:
    """Return glyphs of one font: by number, and moves of the pen where widths are not right."""
    font = face.fonts[said[0].glyph.font]
    # A line's own pen begins at its left end, wherever its first glyph lies.
    start = said[0].glyph.x * face.scale if is_later else 0.0
    rise = said[0].glyph.y * face.scale
    shown: list[str] = []
    pen = start * 1000  # in thousandths, as the reader of the file counts it
    for glyph, text in said:
        apart = round(pen - glyph.x * face.scale * 1000)
        if apart:
            shown.append(f">{apart}<")
            pen -= apart
        code = known.codes.code(glyph.number, text) if known.codes else glyph.number
        shown.append(f"{code:04x}")
        pen += font.advance(glyph.number) * font.scale * 1000
    x, y = line.x + start * line.size, height - line.y + rise * line.size
    size = f"/{known.name} {pdf_number(line.size)} Tf"
    return f"{size} 1 0 0 1 {pdf_number(x)} {pdf_number(y)} Tm[<{''.join(shown)}>]TJ"


def _code(code: Code, height: float) -> str:
    """Return a QR code as one path, in modules."""
    module, top = pdf_number(code.module), pdf_number(height - code.y)
    return f"q {module} 0 0 {module} {pdf_number(code.x)} {top} cm {_boxes(code.rows)} f Q"


@lru_cache(maxsize=64)  # a site's code is in each of its pieces
def _boxes(rows: tuple[bytes, ...]) -> str:
    return " ".join([f"{column} {-row - 1} {length} 1 re" for column, row, length in runs(rows)])


def _logo(logo: PlacedLogo, height: float) -> str:
    foot = height - logo.y - logo.height
    size = f"{pdf_number(logo.width)} 0 0 {pdf_number(logo.height)}"
    return f"q {size} {pdf_number(logo.x)} {pdf_number(foot)} cm /Logo Do Q"
