"""Texts to those that the round corner of a box cuts off, where `overflow: hidden` follows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset import laid_text
from hrcpub.pipeline.typeset.laid_page import Area, LaidPage, LaidRect, LaidText
from hrcpub.pipeline.typeset.letterforms import letters
from hrcpub.pipeline.typeset.misplaced import SLACK, Misplaced


def rounded_off(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Texts with ink in a corner that is cut round."""
    if not any(area.radii for area in page.areas):
        return
    for text in texts:
        for area in text.area.around():
            # What is turned once more inside of it would have to be turned back.
            is_alike = area.matrix is text.area.matrix
            if area.radii and is_alike and "overflow" not in text.area.may:
                over = _over(text, area)
                if over > SLACK:
                    yield Misplaced("clipped", (text,), over, area)
                    break


def _over(text: LaidText, area: Area) -> float:
    """Return how far the ink of a text is out of round corners, in points; 0 where it is not."""
    ink = laid_text.ink(text)
    corners = [corner for corner in _corners(area) if corner.box.meets(ink)]
    if not corners:
        return 0.0
    upright = replace(text, area=replace(text.area, matrix=None))
    points = [
        point for letter in letters(upright) for contour in letter.contours() for point in contour
    ]
    return max((corner.past(*point) for corner in corners for point in points), default=0.0)


class _Corner:
    """A corner of a box that is a quarter of an ellipse."""

    def __init__(self, box: LaidRect, middle: tuple[float, float]) -> None:
        self.box, self._middle = box, middle

    def past(self, x: float, y: float) -> float:
        """Return how far a point in the corner is beyond its curve, about; 0 where it is not."""
        if not self.box.holds(x, y):
            return 0.0
        width, height = self.box.right - self.box.left, self.box.height
        across, down = (x - self._middle[0]) / width, (y - self._middle[1]) / height
        return float(max(0.0, (across**2 + down**2) ** 0.5 - 1) * min(width, height))


def _corners(area: Area) -> Iterator[_Corner]:
    left, top, right, bottom = area.padding
    for index, (across, down) in enumerate(area.radii):  # clockwise, from the upper left
        if across > 0 and down > 0:
            is_right, is_low = index in (1, 2), index in (2, 3)
            x = right - across if is_right else left + across
            y = bottom - down if is_low else top + down
            outer_x, outer_y = right if is_right else left, bottom if is_low else top
            box = LaidRect(min(x, outer_x), min(y, outer_y), max(x, outer_x), max(y, outer_y))
            yield _Corner(box, (x, y))
