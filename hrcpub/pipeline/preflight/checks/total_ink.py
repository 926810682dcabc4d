"""How much ink is on a page: in any square of 15 mm inside its trim, all plates together.

Most pages need no drawing: where the most that any object lays down stays under the limit, so does
the page (`ink/ceiling.py`). The others are drawn: by Ghostscript, whose plates are exact, or,
where it is not installed or cannot draw the page, by us. Ours names what it had to guess. What
draws is loaded when a page is to be drawn: it takes as long as most files take to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.pipeline.preflight.checks.limits import Expected
from hrcpub.pipeline.preflight.ink.ceiling import BLENDED_ELSEWHERE, bound, is_blended_elsewhere
from hrcpub.pipeline.preflight.ink.ghostscript import Separations
from hrcpub.pipeline.preflight.page.bounded import ODD
from hrcpub.pipeline.preflight.page.checked_page import MM, CheckedPage
from hrcpub.pipeline.preflight.page.marks import Mark, TransparencyGroup
from hrcpub.problems import Problem, Severity
from hrcpub.units import Rect

if TYPE_CHECKING:
    from PIL import Image

    from hrcpub.pipeline.preflight.ink.raster import Raster

SQUARE = 15 / MM  # points: GWG 2022 R0026
CELL = 1.0  # points: 0.35 mm
_MOST_CELLS = 4_000_000


class InkPeak(NamedTuple):
    """The most ink, in per cent, and the square that has it; what could not be drawn."""

    total: float
    place: Rect
    unknown: frozenset[str] = frozenset()


class DrawnPage(NamedTuple):
    """A page's plates, of the view alone, 255 where an ink is solid; a `cell` in the page's units.

    `unknown` names what was guessed, or left out.
    """

    plates: list[Image.Image]
    view: Rect
    cell: float
    unknown: frozenset[str] = frozenset()


def ink_peak(
    page: CheckedPage, cell: float = CELL, separations: Separations | None = None
) -> InkPeak:
    """Return the most ink in any square of 15 mm inside the trim, drawn on a grid.

    A page that is smaller than the square is taken as a whole. `cell` is in points.
    """
    drawn = _drawn(page, cell, separations)
    view, cell = drawn.view, drawn.cell
    side = SQUARE / page.unit / cell
    wide, high = drawn.plates[0].size
    if min(wide, high) <= side:
        return _whole(drawn)
    from PIL import ImageFilter

    radius = (side - 1) / 2
    # Pillow's box of radius r is 2 r + 1 wide.
    means = [plate.filter(ImageFilter.BoxBlur(radius)) for plate in drawn.plates]
    edge = int(radius) + 1
    # A square must be in the page whole: nearer to the edge the mean would count the edge again and
    # again.
    inner = (edge, edge, max(wide - edge, edge + 1), max(high - edge, edge + 1))
    total = _sum([mean.crop(inner) for mean in means])
    top = _greatest(total)
    x, y = _where(total, top)
    left, upper = (x + edge + 0.5) * cell, (y + edge + 0.5) * cell
    half = SQUARE / page.unit / 2
    place = Rect(
        view.left + left - half,
        view.top - upper - half,
        view.left + left + half,
        view.top - upper + half,
    )
    return InkPeak(top / 2.55, place, drawn.unknown)


def _drawn(page: CheckedPage, cell: float, separations: Separations | None) -> DrawnPage:
    """Return the page's plates: Ghostscript's where they can be had."""
    from hrcpub.pipeline.preflight.ink.painting import draw_mark
    from hrcpub.pipeline.preflight.ink.raster import Raster
    from hrcpub.pipeline.preflight.ink.soft_masks import GREY_LEVELS

    view = page.trim.meet(page.media) or page.media
    # A cell is in points, and the page in its own units.
    cell /= page.unit
    while view.width * view.height / cell**2 > _MOST_CELLS:
        cell *= 2
    raster = Raster(view, cell, page.library, draw_mark)
    # Ghostscript would show what these pages hide: ours is nearer.
    if separations is not None and not page.walk.shown_elsewhere:
        plates = separations.plates(page, view, cell, page.library.budget.left())
        if plates is not None:
            _look_at_masks(raster, page.walk.tree)
            return DrawnPage(plates, view, cell, frozenset(raster.unknown & {GREY_LEVELS}))
    raster.draw(page.walk.tree)
    if is_blended_elsewhere(page):
        raster.unknown.add(BLENDED_ELSEWHERE)
    plates = [plate for _, plate in raster.layer.named()]
    return DrawnPage(plates, view, cell, frozenset(raster.unknown))


def _look_at_masks(raster: Raster, parts: Sequence[Mark | TransparencyGroup]) -> None:
    """Draw a page's soft masks alone: Ghostscript has levels of its own for some of them."""
    for part in parts:
        if part.state.mask is not None:
            with suppress(*ODD):
                raster.soft_mask(part.state)
        if isinstance(part, TransparencyGroup):
            _look_at_masks(raster, part.parts)


def _whole(drawn: DrawnPage) -> InkPeak:
    total = 0.0
    for plate in drawn.plates:
        histogram = plate.histogram()
        total += sum(level * count for level, count in enumerate(histogram)) / sum(histogram)
    return InkPeak(total / 2.55, drawn.view, drawn.unknown)


def _sum(plates: list[Image.Image]) -> Image.Image:
    """Return plates added up, in whole levels."""
    from PIL import ImageMath

    total = plates[0].convert("I")
    for plate in plates[1:]:
        total = ImageMath.lambda_eval(lambda of: of["a"] + of["b"], a=total, b=plate.convert("I"))
    return total


def _greatest(total: Image.Image) -> int:
    _, top = total.getextrema()
    assert not isinstance(top, tuple)
    return int(top)


def _where(total: Image.Image, top: int) -> tuple[int, int]:
    densest = total.point(lambda level: level * 1 - (top - 1)).convert("L").getbbox()
    return (densest[0], densest[1]) if densest else (0, 0)


def total_ink(
    page: CheckedPage, expected: Expected, separations: Separations | None = None
) -> Iterator[Problem]:
    """There is more ink in one place than the paper takes: it does not dry, smears and sets off.

    Fix: separate pictures for the shop's condition, and build dark colours with less ink. (GWG
    2022 R0026: the mean of any 15 mm square, all plates together; sheetfed 320 %, newspapers
    245 %; shops ask for 280 to 300: `ink-limit` in materials/printers.yaml. Not asked of
    digital presses.)
    """
    if expected.limits is None or expected.limits.total_ink is None:
        return
    limit = expected.limits.total_ink
    ceiling = bound(page)
    if ceiling is not None and ceiling <= limit:
        return
    peak = ink_peak(page, separations=separations)
    # A point is what rounding to 8 bits adds up to over a few plates.
    if peak.total > limit + 1:
        said = f"a square of 15 mm has {peak.total:.0f} % of ink, more than {limit:.0f} %"
        yield Problem("ink-total", said, page.at(peak.place), None, Severity.WARNING)
    if peak.unknown:
        yield unknown_ink(page, peak.unknown)


def unknown_ink(page: CheckedPage, unknown: frozenset[str]) -> Problem:
    """Preflight cannot measure the ink of some objects, such as mesh gradients.

    Fix: install Ghostscript, which measures them too; or ask the shop, or look at the separations
    in a viewer. The rest of the page was measured.
    """
    what = ", ".join(sorted(unknown)[:3])
    said = f"the ink of some objects could not be measured: {what}"
    return Problem("ink-unknown", said, page.at(), None, Severity.NOTE)


CHECKS = (total_ink,)

CODES = {"ink-total": total_ink, "ink-unknown": unknown_ink}
