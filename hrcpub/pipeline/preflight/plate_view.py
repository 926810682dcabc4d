"""A page of a press file to its plates as a person looks at them: each ink, and all together.

The plates are Ghostscript's where it is installed, else ours (`ink/`), with every letter drawn.
Both know overprint, which PDFium's pictures leave out. What all inks look like together is worked
out from the plates by the profile of the press, so that it is what the press would show.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import pikepdf

from hrcpub.pipeline.preflight.ink import ghostscript
from hrcpub.pipeline.preflight.ink.coverage import CellRange, filled, outlines
from hrcpub.pipeline.preflight.ink.painting import draw_mark
from hrcpub.pipeline.preflight.ink.plates import PLATES
from hrcpub.pipeline.preflight.ink.raster import Raster
from hrcpub.pipeline.preflight.page.bounded import Budget
from hrcpub.pipeline.preflight.page.bounds import BOUNDS
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage
from hrcpub.pipeline.preflight.page.interpreter import Library
from hrcpub.pipeline.preflight.page.marks import PaintedText
from hrcpub.pipeline.preflight.page.operators import OPERATORS
from hrcpub.project.condition import OutputCondition

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsTransform

CELL = 0.72  # points: 100 dots per inch
_MOST_CELLS = 5_000_000  # a poster's are larger
_SECONDS = BOUNDS._replace(seconds=20.0, page_seconds=20.0)  # somebody waits for it


class PlateView(NamedTuple):
    """A page's plates, of its crop box. Rows begin at the head; a level of 255 is solid ink."""

    size: tuple[int, int]
    levels: Mapping[str, bytes]  # by ink: Cyan, Magenta, Yellow, Black, then the spots
    together: bytes  # as RGB, three bytes a dot
    drawn_by: str  # "Ghostscript 10.05.1", or "hrcpub"
    unknown: tuple[str, ...] = ()  # what was guessed


class LetterRaster(Raster):
    """A raster that draws the smallest letters too, since a person looks at it."""

    def letters(self, shown: PaintedText, cells: CellRange) -> Image:
        """Return how much of each cell letters cover."""
        if shown.font.face is None:
            return super().letters(shown, cells)
        return filled(self.matrix, outlines(shown), cells, False)


def plate_view(
    data: bytes,
    page: int,
    condition: OutputCondition,
    spots: Mapping[str, str],
    find: Callable[[], ghostscript.Ghostscript | None] = ghostscript.installed,
    cell: float = CELL,
) -> PlateView:
    """Return the plates of a page, which counts from 1.

    `spots` has the colour on a screen, as #rrggbb, of inks beside the four. `find` looks for
    Ghostscript. Raises ODD, or BudgetSpent, for a page that no part of hrcpub would write.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        library = Library(Budget(_SECONDS), OPERATORS)
        checked = CheckedPage(page, pdf.pages[page - 1].obj, library)
        with ghostscript.Separations(data, condition, find) as separations:
            plates, unknown = _plates(checked, cell, separations)
    program = find() if separations.drawn else None
    first = next(iter(plates.values()))
    return PlateView(
        first.size,
        {ink: plate.tobytes() for ink, plate in plates.items()},
        _together(plates, condition.profile, spots).tobytes(),
        f"Ghostscript {program.version}" if program else "hrcpub",
        unknown,
    )


def _plates(
    page: CheckedPage, cell: float, separations: ghostscript.Separations
) -> tuple[dict[str, Image], tuple[str, ...]]:
    view = page.crop
    cell /= page.unit
    while view.width * view.height / cell**2 > _MOST_CELLS:
        cell *= 1.25
    left = page.library.budget.left()
    if (named := separations.named_plates(page, view, cell, left)) is not None:
        return _in_order(named), ()
    raster = LetterRaster(view, cell, page.library, draw_mark)
    raster.draw(page.walk.tree)
    names: dict[int | str, str] = {number: name for name, number in PLATES.items()}
    drawn = {names.get(key, str(key)): plate for key, plate in raster.layer.named()}
    return _in_order(drawn), tuple(sorted(raster.unknown))


def _in_order(plates: Mapping[str, Image]) -> dict[str, Image]:
    """Return plates as presses have them: the four, then the spots by name."""
    spots = sorted(name for name in plates if name not in PLATES)
    return {name: plates[name] for name in (*PLATES, *spots)}


def _together(plates: Mapping[str, Image], profile: bytes, spots: Mapping[str, str]) -> Image:
    """Return what inks over each other look like on a screen."""
    from PIL import Image, ImageChops, ImageCms, ImageColor

    process = Image.merge("CMYK", [plates[name] for name in PLATES])
    seen = ImageCms.applyTransform(process, _to_screen(profile))
    assert seen is not None
    for name, plate in plates.items():
        if name in PLATES:
            continue
        colour = ImageColor.getrgb(spots.get(name, "#808080"))
        # Inks are glazes: each takes its share of the light that is left.
        glaze = [
            plate.point([round(255 - level * (255 - part) / 255) for level in range(256)])
            for part in colour[:3]
        ]
        seen = ImageChops.multiply(seen, Image.merge("RGB", glaze))
    return seen


@lru_cache(maxsize=4)
def _to_screen(profile: bytes) -> ImageCmsTransform:
    from PIL import ImageCms

    return ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        "CMYK",
        "RGB",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
