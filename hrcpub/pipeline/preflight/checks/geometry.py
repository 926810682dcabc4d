"""Checks of a page's boxes, and of what reaches over their edges."""

from __future__ import annotations

from collections.abc import Iterator

from hrcpub.pipeline.preflight.checks.limits import Expected
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage, inch, mm
from hrcpub.pipeline.preflight.page.marks import (
    Mark,
    PaintedImage,
    PaintedPath,
    PaintedShading,
    PaintedText,
)
from hrcpub.problems import Problem, Severity
from hrcpub.units import Rect, Size

NEAR = 0.05  # points: rounding of a box
SLACK = 0.5  # points: what proof readers and shops let pass
BLEED_SLACK = 0.57  # points: 0.2 mm, shops' tolerance for a bleed


def trim_box(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A page has no TrimBox, has an ArtBox beside it, or its boxes are not inside each other.

    Fix: export as PDF/X-4 with the document's bleed: programs then write the boxes. The shop
    cuts by the TrimBox; the BleedBox is around it, the MediaBox around both. (ISO 15930-7
    §6.4; limit: 0.5 pt.)
    """
    if not expected.is_press:
        return
    said = None
    if not page.has_media:
        said = "there is no MediaBox"
    elif page.own_trim is None and page.own_art is None:
        said = "there is no TrimBox, so it is not known where to cut"
    elif page.own_trim is not None and page.own_art is not None:
        said = "the page has a TrimBox and an ArtBox: only one is allowed"
    elif not page.media.holds(page.trim, SLACK):
        said = "the TrimBox extends beyond the MediaBox"
    elif page.own_bleed and not page.own_bleed.holds(page.trim, SLACK):
        said = "the TrimBox extends beyond the BleedBox"
    elif page.own_bleed and not page.media.holds(page.own_bleed, SLACK):
        said = "the BleedBox extends beyond the MediaBox"
    elif page.trim.width < 1 or page.trim.height < 1:
        said = "the TrimBox has no area"
    if said:
        yield Problem("box-trim", said, page.at())


def crop_box(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A page's CropBox is not its MediaBox, so programs show and place only a part of it.

    Fix: remove the CropBox, or export again without cropping. An imposition program that goes
    by the CropBox would lose the bleed. (GWG 2022 R0003.)
    """
    if expected.is_press and any(
        abs(a - b) > NEAR for a, b in zip(page.crop, page.media, strict=True)
    ):
        size = f"{mm(page.crop.width)} x {mm(page.crop.height)}"
        said = f"the CropBox ({size}) is not the MediaBox"
        yield Problem("box-crop", said, page.at())


def user_unit(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A page does not measure in points, and not every program at a print shop knows that.

    Fix: export at actual size, or agree with the shop on a scale. With a UserUnit of 2, a page
    that says A4 is A2 to one program and A4 to the next. (GWG 2022 R0002; large format: a
    warning.)
    """
    if expected.limits and page.unit != 1.0:
        said = f"the page has a UserUnit of {page.unit:g}"
        yield Problem("box-unit", said, page.at(), severity=expected.limits.unit)


def rotation(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A page is turned by /Rotate. Viewers turn it, but imposition programs may not.

    Fix: turn the page in the program that made it, or export again. (GWG 2022 R0004 asks for
    pages of one orientation.)
    """
    if expected.is_press and page.rotation:
        said = f"the page is rotated by {page.rotation} degrees (/Rotate)"
        yield Problem("box-rotated", said, page.at(), severity=Severity.WARNING)


def exact_boxes(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A page's TrimBox is not the finished size, or its BleedBox is not where the edition wants it.

    Fix: export with the finished size of the layout, or of `--size`. A shop cuts by the
    TrimBox, and needs colour out to the BleedBox. (ISO 32000-2 §14.11.2.)
    """
    # As it is seen: /Rotate turns the finished size too.
    width, height = page.trim.width * page.unit, page.trim.height * page.unit
    if page.rotation in (90, 270):
        width, height = height, width
    near = NEAR if expected.ours else 0.85  # 0.3 mm, from programs that round
    if expected.size and not _is_of(expected.size, (width, height), near, turns=not expected.ours):
        asked = f"{expected.size.width:g} x {expected.size.height:g} pt"
        said = f"the TrimBox is {width:g} x {height:g} pt instead of {asked}"
        yield Problem("pdf-boxes", said, page.at())
    if expected.bleed is None:
        return
    trim, bleed = page.trim, page.own_bleed or page.trim
    reach = _reach(trim, bleed)
    if any(abs(edge - expected.bleed) > NEAR for edge in reach):
        said = f"the bleed is {min(reach):g} pt instead of {expected.bleed:g}"
        yield Problem("pdf-boxes", said, page.at())


def _is_of(size: Size, actual: tuple[float, float], near: float, *, turns: bool) -> bool:
    """Return whether a page has a size; `turns`: upright or on its side."""
    ways = [(size.width, size.height), (size.height, size.width)]
    return any(
        abs(actual[0] - wide) <= near and abs(actual[1] - high) <= near
        for wide, high in (ways if turns else ways[:1])
    )


def _reach(trim: Rect, bleed: Rect) -> tuple[float, float, float, float]:
    """Return how far a box reaches beyond another: left, bottom, right, top."""
    return (
        trim.left - bleed.left,
        trim.bottom - bleed.bottom,
        bleed.right - trim.right,
        bleed.top - trim.top,
    )


def bleed_box(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A page has less room for bleed around its trim than the printer asks for.

    Fix: export with the document's bleed settings: 3 mm, or 0.125 in. Without bleed, a cut that
    is off by a hair leaves a white edge. Where nothing is printed up to the trim, paper shows
    there anyway: then it is a warning. (Print shops' pages; tolerance 0.2 mm; `bleed` in
    materials/printers.yaml.)
    """
    if expected.limits is None or expected.bleed is not None or not expected.limits.bleed:
        return
    least = min(_reach(page.trim, page.bleed)) * page.unit
    if least < expected.limits.bleed - BLEED_SLACK:
        said = (
            f"the page has {mm(max(least, 0.0))} of bleed instead of {inch(expected.limits.bleed)}"
        )
        weight = Severity.ERROR if any(_ends_at_trim(page)) else Severity.WARNING
        yield Problem("bleed-box", said, page.at(), severity=weight)


def _ends_at_trim(page: CheckedPage) -> Iterator[bool]:
    """Yield for each mark whether it is art that reaches an edge of the trim, or goes beyond."""
    well_inside = page.trim.outset(-2 * SLACK)
    for mark in page.art:
        if not well_inside.holds(mark.box) and mark.is_inked:
            yield any(inside <= SLACK for inside, _ in _edges(page.trim, mark.box))


_MOST = 100  # pieces of art at the trim for which a neighbour is looked for
_SIDES = ("left", "lower", "right", "upper")


def bleed_art(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """Art reaches the trim, but not the edge of the bleed.

    Fix: draw the background or picture out to the bleed's edge. Wherever the knife falls a hair
    outside, paper shows between the art and the cut. (Print shops' pages; limit: 0.5 pt.)
    """
    if expected.limits is None or not expected.limits.bleed:
        return
    asked = expected.limits.bleed if expected.bleed is None else expected.bleed
    trim, need = page.trim, max(asked / page.unit - SLACK, 0.0)
    inner = trim.outset(-SLACK)
    well_inside = trim.outset(-2 * SLACK)
    asked_of = 0  # each is compared with all others: a page may have a hundred thousand
    for mark in page.art:
        if well_inside.holds(mark.box) or not mark.is_inked or not inner.touches(mark.box):
            continue
        # Only art that ends near an edge is meant to bleed there: what ends well inside of it is
        # not.
        for side, (inside, reach) in enumerate(_edges(trim, mark.box)):
            if inside > SLACK or reach >= need:
                continue
            asked_of += 1
            if asked_of > _MOST or not _goes_on(page, mark, side, need):
                edge = f"the {_SIDES[side]} edge"
                said = f"{what(mark)} ends {mm(max(reach, 0.0) * page.unit)} beyond {edge}"
                hint = f"extend it to {inch(asked)} beyond the trim"
                yield Problem("bleed-art", said, page.at(mark.box), hint)
                break


def _edges(trim: Rect, box: Rect) -> list[tuple[float, float]]:
    """Return for each side how far inside the trim a box ends, and how far beyond it."""
    return [(-reach, reach) for reach in _reach(trim, box)]


def _goes_on(page: CheckedPage, mark: Mark, side: int, need: float) -> bool:
    """Return whether the same ink goes on over the trim, in another piece beside it."""
    own = mark.inks()
    if not own:
        return False
    for other in page.marks:
        if other is mark or not isinstance(other.painted, PaintedPath):
            continue
        # A background is often drawn in pieces: the one at the trim need not bleed if its neighbour
        # of the same ink goes on over it.
        if other.inks() == own:
            overlaps = other.box.touches(mark.box.outset(SLACK))
            along = 1 - side % 2  # the axis along the edge
            covers = (
                other.box[along] <= mark.box[along] + SLACK
                and other.box[along + 2] >= mark.box[along + 2] - SLACK
            )
            if overlaps and covers and _reach(page.trim, other.box)[side] >= need:
                return True
    return False


def what(mark: Mark) -> str:
    """Return a mark in words: a picture by its name, a text by its beginning."""
    painted = mark.painted
    if isinstance(painted, PaintedImage):
        return f"the picture {painted.name}"
    if isinstance(painted, PaintedText):
        words = " ".join(painted.words.split())
        short = words if len(words) <= 30 else words[:29] + "…"
        return f'"{short}" in {painted.font.family}'
    if isinstance(painted, PaintedShading):
        return f"the shading {painted.name}"
    return "a line" if mark.is_stroke and not mark.is_fill else "an area"


def safe_area(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """Text is nearer to the trim than the knife is exact.

    Fix: move it inwards. Knives and folds are off by up to 1 mm, so text that near the edge
    looks askew or is cut. (Print shops' pages: 3 mm or 0.125 in; `safe` in
    materials/printers.yaml.)
    """
    if expected.limits is None:
        return
    safe = page.trim.outset(-(expected.limits.safe - SLACK) / page.unit)
    inside = page.trim.outset(0.2)
    for mark, _ in page.texts:
        if safe.holds(mark.box) or not mark.is_inked or not inside.holds(mark.box):
            continue
        least = min(reach for reach in _reach(mark.box, page.trim)) * page.unit
        said = f"{what(mark)} is {mm(max(least, 0))} from the trim"
        hint = f"keep text {inch(expected.limits.safe)} inside the trim"
        yield Problem("safe-area", said, page.at(mark.box), hint, Severity.WARNING)


def text_cut(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """Text goes across the trim: the knife will cut through it.

    Fix: move it inwards. If the letters are meant to run off the page, turn them into outlines,
    so that everybody can see that it is meant.
    """
    if not expected.is_press:
        return
    inside = page.trim.outset(0.2)
    for mark, _ in page.texts:
        if not inside.holds(mark.box) and mark.is_inked:
            yield Problem("text-trimmed", f"{what(mark)} is cut by the trim", page.at(mark.box))


def text_fold(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """Text goes across a fold, or is nearer to it than folding machines are exact.

    Fix: keep it to one panel. A folded line of text breaks along the fold's crack, and is off
    by up to 1 mm. (Print shops' pages; limit: a third of the safe area.)
    """
    folds = expected.folds_on(page.number)
    if expected.limits is None or not folds:
        return
    near = expected.limits.safe / 3
    for mark, _ in page.texts:
        if not mark.is_inked:
            continue
        for fold in folds:
            x = page.trim.left + fold / page.unit
            if mark.box.left - near < x < mark.box.right + near:
                said = f"{what(mark)} is on the fold at {mm(fold)}"
                yield Problem("text-folded", said, page.at(mark.box), None, Severity.WARNING)


def sheet_size(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A page with its bleed does not fit on any of the printer's sheets.

    Fix: ask the shop for a larger press, or make the piece smaller. (`sheets` in
    materials/printers.yaml.)
    """
    if not expected.sheets or expected.limits is None:
        return
    around = 2 * expected.limits.bleed
    wide, high = page.trim.width * page.unit + around, page.trim.height * page.unit + around
    for sheet in expected.sheets:
        if min(wide, high) <= min(sheet) and max(wide, high) <= max(sheet):
            return
    said = f"{mm(wide)} x {mm(high)} with bleed does not fit on any of the printer's sheets"
    yield Problem("box-sheet", said, page.at())


CHECKS = (
    trim_box,
    crop_box,
    user_unit,
    rotation,
    exact_boxes,
    bleed_box,
    bleed_art,
    safe_area,
    text_cut,
    text_fold,
    sheet_size,
)

CODES = {
    "box-trim": trim_box,
    "box-crop": crop_box,
    "box-unit": user_unit,
    "box-rotated": rotation,
    "pdf-boxes": exact_boxes,
    "bleed-box": bleed_box,
    "bleed-art": bleed_art,
    "safe-area": safe_area,
    "text-trimmed": text_cut,
    "text-folded": text_fold,
    "box-sheet": sheet_size,
}
