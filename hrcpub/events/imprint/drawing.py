"""An `Imprint` to the operators that draw it in a Form XObject (ISO 32000-2 §8.10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from hrcpub.events.imprint.fonts import FontName, Fonts
from hrcpub.events.imprint.imprint import Code, Imprint, ImprintLine, PlacedLogo
from hrcpub.events.shells import ImprintForm
from hrcpub.pipeline.setting import DISPLAY_FEATURES, Face
from hrcpub.pipeline.setting.codes import runs
from hrcpub.units import pdf_number

OVERPRINT = "/Overprint gs 0 0 0 1 k"  # black alone lies over what is printed before it


def draw(imprint: Imprint, fonts: Fonts, ink: str) -> ImprintForm:
    """Return the form that draws an imprint; `ink` is the operator that sets its one colour.

    y grows upwards from the area's lower left corner. A logo is drawn as /Logo, whose picture is
    left for whoever knows the press's inks.
    """
    height = imprint.area.height
    names = _font_names(imprint.lines, fonts)
    known = {font.face: name for name, font in names}
    parts = [ink]
    if imprint.lines:
        parts += [
            "BT",
            *(_line(line, height, known, fonts.faces[line.face]) for line in imprint.lines),
            "ET",
        ]
    if imprint.code:
        parts.append(_code(imprint.code, height))
    if imprint.logo:
        parts.append(_logo(imprint.logo, height))
    embedded = tuple((name, font, fonts.font(font).objects) for name, font in names)
    return ImprintForm("\n".join(parts).encode(), embedded, overprints=_overprints(ink))


def in_ink(form: ImprintForm, ink: str) -> ImprintForm:
    """Return a form that `draw` made in another ink, which is its first line."""
    _, _, rest = form.operators.partition(b"\n")
    return replace(form, operators=ink.encode() + b"\n" + rest, overprints=_overprints(ink))


def _overprints(ink: str) -> bool:
    """Return whether an ink asks for the graphics state /Overprint."""
    return ink.startswith("/Overprint")


def _font_names(lines: tuple[ImprintLine, ...], fonts: Fonts) -> tuple[tuple[str, FontName], ...]:
    faces = dict.fromkeys(line.face for line in lines)
    return tuple(
        (f"F{number}", fonts.needed(face, (line.text for line in lines if line.face == face)))
        for number, face in enumerate(faces, 1)
    )


def _line(line: ImprintLine, height: float, names: Mapping[str, str], face: Face) -> str:
    """Return one line: glyphs by number, and moves of the pen where widths alone are not right."""
    shown: list[str] = []
    pen = 0.0  # in thousandths, as the reader of the file counts it
    for glyph, place, _ in face.glyphs(line.text, DISPLAY_FEATURES):
        apart = round(pen - place * face.scale * 1000)
        if apart:
            shown.append(f">{apart}<")
            pen -= apart
        shown.append(f"{glyph:04x}")
        pen += face.glyph_width(glyph) * face.scale * 1000
    at = f"{pdf_number(line.x)} {pdf_number(height - line.y)}"
    size = f"/{names[line.face]} {pdf_number(line.size)} Tf"
    return f"{size} 1 0 0 1 {at} Tm[<{''.join(shown)}>]TJ"


def _code(code: Code, height: float) -> str:
    """Return a QR code as one path, in modules."""
    module, top = pdf_number(code.module), pdf_number(height - code.y)
    return f"q {module} 0 0 {module} {pdf_number(code.x)} {top} cm {_boxes(code.rows)} f Q"


@lru_cache(maxsize=64)  # a site's code is in each of its pieces
def _boxes(rows: tuple[bytes, ...]) -> str:
    return " ".join(f"{column} {-row - 1} {length} 1 re" for column, row, length in runs(rows))


def _logo(logo: PlacedLogo, height: float) -> str:
    foot = height - logo.y - logo.height
    size = f"{pdf_number(logo.width)} 0 0 {pdf_number(logo.height)}"
    return f"q {size} {pdf_number(logo.x)} {pdf_number(foot)} cm /Logo Do Q"
