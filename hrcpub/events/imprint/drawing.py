"""An `Imprint` to the operators that draw it in a Form XObject (ISO 32000-2 §8.10)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from hrcpub.events.imprint.codes import runs
from hrcpub.events.imprint.fonts import FontName, Fonts
from hrcpub.events.imprint.imprint import Code, Imprint, ImprintLine, PlacedLogo
from hrcpub.events.manifest.event import Logo
from hrcpub.pipeline.setting import DISPLAY_FEATURES, Face
from hrcpub.units import pdf_number

SCREEN = "0 g"
OVERPRINT = "/Overprint gs 0 0 0 1 k"  # black alone lies over what is printed before it


class Drawn(NamedTuple):
    """What an imprint draws: operators, y upwards from the area's lower left corner."""

    operators: bytes
    fonts: tuple[tuple[str, FontName], ...]  # by their names in the operators
    picture: Logo | None  # drawn as /Logo

    @property
    def overprints(self) -> bool:
        """Return whether the state /Overprint is asked for."""
        return self.operators.startswith(b"/Overprint")

    def inked(self, ink: str) -> Drawn:
        """Return the same in another ink."""
        _, _, rest = self.operators.partition(b"\n")
        return self._replace(operators=ink.encode() + b"\n" + rest)


def draw(imprint: Imprint, fonts: Fonts, ink: str) -> Drawn:
    """Return what draws an imprint; `ink` is the operator that sets its one colour."""
    height = imprint.area.height
    names = _font_names(imprint.lines, fonts)
    known = {face: key for key, (face, _) in names}
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
    return Drawn("\n".join(parts).encode(), names, imprint.logo.picture if imprint.logo else None)


def _font_names(lines: tuple[ImprintLine, ...], fonts: Fonts) -> tuple[tuple[str, FontName], ...]:
    faces = dict.fromkeys(line.face for line in lines)
    return tuple(
        (f"F{number}", fonts.needed(face, (line.text for line in lines if line.face == face)))
        for number, face in enumerate(faces, 1)
    )


def _line(line: ImprintLine, height: float, names: Mapping[str, str], face: Face) -> str:
    """Return one line: glyphs by their numbers, and where the pen does not stand by itself."""
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
