"""What a separator sheet says to lines and a tab: it is found in a pile from the side.

Lengths are points; x and y of lines count from the page's upper left corner, y downwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrcpub.events.imprint import blocks
from hrcpub.events.imprint.imprint import ImprintLine
from hrcpub.pipeline.setting import Face
from hrcpub.units import Rect, Size, pdf_numbers

# Of a Letter sheet; smaller pages have less in proportion.
LETTER = Size(612, 792)
MARGIN, TAB, TAB_LENGTH = 27.0, 27.0, 90.0
BEYOND = 9.0  # that a tab goes on beyond the page: no knife leaves a white edge
LARGEST, COUNT, TEXT, NOTE = 96.0, 200.0, 24.0, 8.0  # sizes of type
RISE = 0.74  # of a size: how high capitals and figures of the bold face stand
LEAST = 5.0  # of type, on a card's separator


def separator_lines(
    lines: Sequence[str], page: Size, faces: Mapping[str, Face]
) -> tuple[ImprintLine, ...]:
    """Return a separator's lines: the site's name across the page, how many, of what, and a note.

    The note stands at the foot; a line that is left out takes no place.
    """
    scale = min(page.width / LETTER.width, page.height / LETTER.height)
    margin = MARGIN * scale
    measure = page.width - 2 * margin
    y, set_lines = margin, []
    for text, face, most, after in zip(
        lines, ("bold", "bold", "text"), (LARGEST, COUNT, TEXT), (0.5, 0.12, 0.0), strict=False
    ):
        size = _fitted(text, faces[face], most * scale, measure)
        y += size * _rise(text, faces[face])
        from_right = blocks.is_from_the_right(text, "en")
        set_lines.append(ImprintLine(text, face, size, margin, y, None, from_right))
        y += size * max(after, blocks.depth(text, faces[face]) - blocks.TAIL) + 9 * scale
    for text in lines[3:]:
        size = _fitted(text, faces["text"], max(LEAST, NOTE * scale), measure)
        set_lines.append(ImprintLine(text, "text", size, margin, page.height - margin))
    return tuple(line for line in set_lines if line.text)


def _rise(text: str, face: Face) -> float:
    """Return how high a line of 1 pt stands; letters in stacks are higher than capitals."""
    return max(RISE, face.display_ink(text).top) if blocks.has_stacks(text) else RISE


def _fitted(text: str, face: Face, most: float, measure: float) -> float:
    """Return the size at which a text is as wide as the measure, or the most that it may be."""
    em_widths = face.display_width(text)
    return min(most, measure / em_widths) if em_widths else most


def tab(page: Size, number: int) -> str:
    """Return the operators of a bar that runs off the fore-edge, y upwards."""
    left, foot, right, top = tab_box(page, number)
    box = (left, foot, right - left, top - foot)
    return f"{pdf_numbers(box)} re f"


def tab_box(page: Size, number: int) -> Rect:
    """Return where the bar is that runs off the fore-edge.

    It stands lower with each site, so that the sheets of a pile are counted from the side. Below
    the name: a pile of many sites begins again at the head.
    """
    scale = min(page.width / LETTER.width, page.height / LETTER.height)
    high, long = TAB * scale, TAB_LENGTH * scale
    head, foot = page.height * 0.5, MARGIN * scale + 2 * high
    places = max(1, int((head - foot) // (high * 4 / 3)))
    y = head - (number % places + 1) * high * 4 / 3
    return Rect(page.width - long, y, page.width + BEYOND, y + high)
