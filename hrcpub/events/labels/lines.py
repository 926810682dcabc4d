"""A label's name, address and contents to lines: each as a block whose top is at 0.

Lengths are points; x counts from the area's left edge, y downwards from the block's top.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hrcpub.events.imprint import ImprintLine, blocks, columns
from hrcpub.events.imprint.blocks import LEADING, Group
from hrcpub.events.labels.words import LabelContent
from hrcpub.pipeline.setting import Face

NARROWER = (0.55, 0.65, 0.75, 0.85, 0.93)  # of the width, to make lines even
NAME_LINES = 3
RULE = 1.5
TAIL = 0.17  # of the size: how far its letters hang below a large line
CLEAR = 0.1  # of the size, between large lines
DISPLAY = "display"


class LabelBlock(NamedTuple):
    """Lines and rules, and how high they are together."""

    lines: tuple[ImprintLine, ...]
    height: float
    rules: tuple[tuple[float, float, float], ...] = ()

    def moved_down(self, by: float) -> LabelBlock:
        """Return the block so much lower."""
        lines = tuple(line._replace(y=line.y + by) for line in self.lines)
        return LabelBlock(lines, self.height, tuple((x, y + by, w) for x, y, w in self.rules))


def name_block(
    text: str, faces: Mapping[str, Face], size: float, width: float
) -> LabelBlock | None:
    """Return the name in as few large lines as it takes; None where it takes too many."""
    role = _role(text, faces)
    face = faces[role]
    lines = blocks.broken(text, face, size, width, Group((text,)))
    if lines is None or len(lines) > NAME_LINES:
        return None
    return stacked(_evened(lines, text, face, size, width), role, face, size)


def _evened(lines: list[str], text: str, face: Face, size: float, width: float) -> list[str]:
    """Return as many lines as there are, none much shorter than the others."""
    for share in NARROWER:
        tried = blocks.broken(text, face, size, width * share, Group((text,)))
        if tried and len(tried) == len(lines):
            return tried
    return lines


def _role(text: str, faces: Mapping[str, Face]) -> str:
    """Return the face of a large line: where the display face lacks a letter, the bold one."""
    return blocks.BOLD if faces[DISPLAY].missing(text) or blocks.has_stacks(text) else DISPLAY


def stacked(texts: Sequence[str], role: str, face: Face, size: float) -> LabelBlock:
    """Return lines as close as their ink lets them be; the first one's top is the block's."""
    lines: list[ImprintLine] = []
    y = deep = 0.0
    for text in texts:
        ink = face.display_ink(text)
        y += ink.top * size if not lines else max(0.92 * size, (ink.top + deep + CLEAR) * size)
        deep = -ink.bottom
        from_right = blocks.is_from_the_right(text, face.language)
        # The ink's edge is at the margin, not the letter's side bearing.
        lines.append(ImprintLine(text, role, size, -ink.left * size, y, None, from_right))
    return LabelBlock(tuple(lines), y + max(deep, TAIL) * size)


def ruled(parts: Sequence[LabelBlock], size: float, width: float) -> LabelBlock:
    """Return parts below each other, under a rule."""
    if not parts:
        return LabelBlock((), 0.0)
    gap = 0.55 * size
    lines: list[ImprintLine] = []
    y = gap + RULE + gap  # space over the rule, the rule, space under it
    for number, part in enumerate(parts):
        y += gap if number else 0.0
        lines += part.moved_down(y).lines
        y += part.height
    return LabelBlock(tuple(lines), y, ((0.0, gap, width),))


def text_block(
    texts: Sequence[str],
    faces: Mapping[str, Face],
    size: float,
    width: float,
    role: str = blocks.TEXT,
) -> LabelBlock | None:
    """Return texts that begin a line each."""
    if not texts:
        return LabelBlock((), 0.0)
    groups, endless = [Group(tuple(texts), role)], float("inf")
    widest = columns.block(groups, faces, size, width, 0.0, endless)
    if widest is None:
        return None
    if len(widest.lines) > len(texts):  # no word is left alone on a line, if that can be helped
        for share in NARROWER:
            narrower = columns.block(groups, faces, size, share * width, 0.0, endless)
            if narrower and len(narrower.lines) == len(widest.lines):
                return LabelBlock(narrower.lines, narrower.height)
    return LabelBlock(widest.lines, widest.height)


def contents_block(
    listed: Sequence[LabelContent], faces: Mapping[str, Face], size: float, width: float
) -> LabelBlock | None:
    """Return what is in a box: quantities in a column of their own, set to the right."""
    bold = faces[blocks.BOLD]
    widest = max(bold.display_width(one.quantity) for one in listed) * size
    left = widest + 0.6 * size
    lines: list[ImprintLine] = []
    y = 0.0
    for one in listed:
        text = text_block((one.what,), faces, size, width - left)
        if text is None or not text.lines:
            return None
        first = text.lines[0].y + y
        x = widest - bold.display_width(one.quantity) * size
        lines.append(ImprintLine(one.quantity, blocks.BOLD, size, x, first))
        lines += [line._replace(x=line.x + left, y=line.y + y) for line in text.lines]
        y += (len(text.lines) * LEADING + 0.12) * size
    return LabelBlock(tuple(lines), lines[-1].y + blocks.TAIL * size)
