"""Checks of overprint: what vanishes on the press, and black that should print over colours."""

from __future__ import annotations

from collections.abc import Iterator

from hrcpub.pipeline.preflight.checks.colours import picture_space
from hrcpub.pipeline.preflight.checks.geometry import what
from hrcpub.pipeline.preflight.checks.limits import Expected
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage
from hrcpub.pipeline.preflight.page.marks import Mark, PaintedImage, PaintedPath, PaintedText
from hrcpub.pipeline.preflight.page.spaces import Space
from hrcpub.problems import Problem, Severity
from hrcpub.units import Rect

_SMALL_TEXT, _THIN_LINE = 12.0, 2.0  # points: GWG's black that should overprint
# Each text is compared with each ground: of a map's thousands the first will do.
_GROUNDS = 200  # grounds on a page that texts are compared with


def white_overprint(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """Something white is set to overprint what is beneath it: it vanishes on the press.

    Fix: set it to knock out. White is where no ink is, and overprinting keeps what is beneath.
    (GWG 2022: of text an error, of other objects a warning.)
    """
    if not expected.is_press:
        return
    grounds: list[Rect] = []
    for mark in page.product:
        # On bare paper white is nothing, with overprint or without.
        if _is_white_overprinting(mark) and (len(grounds) >= _GROUNDS or _is_over(mark, grounds)):
            is_text = isinstance(mark.painted, PaintedText)
            weight = Severity.ERROR if is_text else Severity.WARNING
            said = f"{what(mark)} is white and overprints: it will vanish"
            yield Problem("overprint-white", said, page.at(mark.box), None, weight)
        if len(grounds) < _GROUNDS and mark.is_inked:
            grounds.append(mark.box)


def _is_white_overprinting(mark: Mark) -> bool:
    state = mark.state
    if not (state.fill_overprint or state.stroke_overprint):
        return False
    return any(
        inks.is_white and (state.stroke_overprint if is_stroke else state.fill_overprint)
        for inks, is_stroke in mark.inks()
    )


def black_overprint(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """Small black text, or a thin black line, knocks out the colours beneath it.

    Fix: set K 100 to overprint, with overprint mode 1; black as DeviceGray cannot. If the
    plates are off by a hair, the text gets a white or coloured edge. (GWG 2022: text under
    12 pt, lines under 2 pt.)
    """
    if expected.limits is None or not expected.limits.overprint:
        return
    grounds: list[Rect] = []
    for mark in page.placed:
        if grounds and _knocks_out(mark) and _is_over(mark, grounds):
            said = f"{what(mark)} is black and knocks out the colour beneath it"
            yield Problem("overprint-black", said, page.at(mark.box), None, Severity.WARNING)
        if len(grounds) < _GROUNDS and _is_coloured(page, mark):
            grounds.append(mark.box)


def _knocks_out(mark: Mark) -> bool:
    if isinstance(mark.painted, PaintedText):
        if mark.painted.height >= _SMALL_TEXT:
            return False
    elif not isinstance(mark.painted, PaintedPath) or mark.is_fill or mark.line >= _THIN_LINE:
        return False
    state = mark.state
    for inks, is_stroke in mark.inks():
        space = state.stroke_space if is_stroke else state.fill_space
        is_on = state.stroke_overprint if is_stroke else state.fill_overprint
        # These let what is beneath shine through, so nothing is knocked out.
        if state.blend in ("Multiply", "Darken"):
            continue
        if inks.is_black and not (is_on and _leaves_others(space, state.overprint_mode)):
            return True
    return False


def _leaves_others(space: Space, mode: int) -> bool:
    """Return whether overprinting black of this space leaves the other plates (§11.7.4)."""
    if space.kind == "DeviceCMYK":
        return mode == 1
    return space.kind in ("Separation", "DeviceN")


def _is_coloured(page: CheckedPage, mark: Mark) -> bool:
    """Return whether a mark lays down other inks than black."""
    if isinstance(mark.painted, PaintedText):
        return False
    if isinstance(mark.painted, PaintedImage) and not mark.is_fill:
        space = picture_space(page, mark.painted)
        return space is None or space.root.family != "DeviceGray"
    painted_inks = mark.inks()
    return not painted_inks or any(
        max(*inks.process[:3], *(t for _, t in inks.spots), 0) > 0.05 for inks, _ in painted_inks
    )


def _is_over(mark: Mark, grounds: list[Rect]) -> bool:
    inner = mark.box.outset(-0.1)
    return any(ground.touches(inner) for ground in grounds)


CHECKS = (white_overprint, black_overprint)

CODES = {"overprint-white": white_overprint, "overprint-black": black_overprint}
