"""What a label says to where it stands: the largest setting that fits, as numbers.

The name is a large line, or two or three; under it the address, a rule, and what is in the box. At
the right are the box's number and its QR code. What a small label has no room for goes in this
order: the titles of what is in the box, then their kinds, for which there is the number of pieces;
the notes; the code; the number of pieces. Lengths are points; x and y count from the area's upper
left corner, y downwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hrcpub.events.imprint import ImprintLine, blocks
from hrcpub.events.imprint.imprint import Code
from hrcpub.events.labels.corner import GUTTER, LabelArea, LabelAside, aside
from hrcpub.events.labels.lines import (
    LabelBlock,
    contents_block,
    name_block,
    ruled,
    text_block,
)
from hrcpub.events.labels.words import LabelWords
from hrcpub.pipeline.setting import Face
from hrcpub.problems import HrcpubError, Problem, Source

LEAST = 7.0  # points: of an address, as on a card
# The largest size of text: in points, and in shares of the area's height and width.
BOX = (20.0, 0.058, 0.046)
ALONE = (14.0, 0.17, 0.062)  # where there is an address and nothing else
STEP = 0.5  # points, between sizes that are tried
# Of the text's size: how large a name may be set.
NAMES = (5.2, 4.7, 4.3, 3.9, 3.5, 3.2, 2.9, 2.6, 2.3, 2.0, 1.8, 1.6, 1.35)
ALONE_NAME = 2.6  # the most, over an address alone
FLOOR = 2.0  # times the text: a name is so large, if there is any way
NOTES = 0.86  # of the text's size


class SetLabel(NamedTuple):
    """A label's lines and code in their places; `rules` are left, top and width."""

    lines: tuple[ImprintLine, ...]
    rules: tuple[tuple[float, float, float], ...] = ()
    code: Code | None = None
    size: float = 0.0  # of its text


class _Told(NamedTuple):
    """How much a label tells: one of the ways that are tried."""

    contents: str  # "titles", "kinds", "total"; empty: nothing
    notes: bool
    code: bool


_WAYS = (
    _Told("titles", notes=True, code=True),
    _Told("kinds", notes=True, code=True),
    _Told("total", notes=True, code=True),
    _Told("total", notes=False, code=True),
    _Told("total", notes=False, code=False),
    _Told("", notes=False, code=False),
)


def set_labels(
    all_words: Sequence[LabelWords], area: LabelArea, faces: Mapping[str, Face], label: str
) -> list[SetLabel]:
    """Return labels that go together: most have text of one size.

    Raises HrcpubError with all that have no room.
    """
    first = [_tried(words, area, faces, label) for words in all_words]
    problems = [one for one in first if isinstance(one, Problem)]
    if problems:
        raise HrcpubError(*problems)
    sizes = sorted(one.size for one in first if isinstance(one, SetLabel))
    common = sizes[len(sizes) // 4] if sizes else BOX[0]  # those with much to say are set smaller
    return [set_label(words, area, faces, label, common) for words in all_words]


def _tried(
    words: LabelWords, area: LabelArea, faces: Mapping[str, Face], label: str
) -> SetLabel | Problem:
    try:
        return set_label(words, area, faces, label)
    except HrcpubError as error:
        return error.problems[0]


def set_label(
    words: LabelWords,
    area: LabelArea,
    faces: Mapping[str, Face],
    label: str,
    most: float = BOX[0],
) -> SetLabel:
    """Return a label at the largest size that fits; its text is `most` points at the most.

    `faces` are the design system's `display`, `text` and `bold`; `label` is its size, for who reads
    that it has no room. Raises HrcpubError when it has none at the least size.
    """
    for is_large in (True, False):  # whose it is comes before what is in it
        for way in _WAYS:
            for size in _sizes(words, area, most):
                if found := _at_size(words, area, faces, way, size, is_large=is_large):
                    return found
    raise HrcpubError(label_overset(words.name, label, words.source))


def _sizes(words: LabelWords, area: LabelArea, most: float) -> Iterator[float]:
    """Yield sizes of text, the largest first; an address alone is larger."""
    largest, high, across = ALONE if words.number is None else BOX
    size = max(LEAST, min(most, largest, high * area.height, across * area.width))
    while size > LEAST:
        yield size
        size -= STEP
    yield LEAST


def _at_size(
    words: LabelWords,
    area: LabelArea,
    faces: Mapping[str, Face],
    way: _Told,
    size: float,
    *,
    is_large: bool,
) -> SetLabel | None:
    """Return a label whose text has a size; None where that has no room."""
    right = aside(words, area, faces, size, has_code=way.code)
    width = area.width - (right.width + GUTTER if right.width else 0.0)
    if width <= 0:
        return None
    below = _below(words, area, faces, way, size, width)
    if below is None:
        return None
    address, rest = below
    taken = (address.height if address.lines else 0.0) + (rest.height if rest.lines else 0.0)
    most = NAMES[0] if words.number else ALONE_NAME
    for scale in (scale for scale in NAMES if scale <= most):
        if is_large and scale < FLOOR:
            break
        name = name_block(words.name, faces, scale * size, width)
        gap = 0.35 * size
        if name is None or name.height + gap + taken > area.height:
            continue
        parts = (name, address.moved_down(name.height + gap), rest)
        return _put(parts, right, area, size)
    return None


def _put(
    parts: tuple[LabelBlock, LabelBlock, LabelBlock],
    right: LabelAside,
    area: LabelArea,
    size: float,
) -> SetLabel:
    """Return the parts in their places: what is in the box stands at the foot."""
    name, address, rest = parts
    foot = rest.moved_down(area.height - rest.height)
    lines = (*name.lines, *address.lines, *foot.lines, *right.lines)
    return SetLabel(lines, foot.rules, right.code, size)


def _below(
    words: LabelWords,
    area: LabelArea,
    faces: Mapping[str, Face],
    way: _Told,
    size: float,
    width: float,
) -> tuple[LabelBlock, LabelBlock] | None:
    """Return the address, and what stands under the rule; None where a word is too wide."""
    address = text_block(words.address, faces, size, width)
    if address is None:
        return None
    parts: list[LabelBlock] = []  # under the rule
    listed = {"titles": words.contents, "kinds": words.kinds}.get(way.contents)
    if listed:
        contents = contents_block(listed, faces, size, width)
        if contents is None:
            return None
        parts.append(contents)
    if way.contents == "total" and words.total:
        total = text_block((words.total,), faces, size, width, blocks.BOLD)
        if total is None:
            return None
        parts.append(total)
    if way.notes and words.notes:
        notes = text_block(words.notes, faces, max(LEAST, NOTES * size), width)
        if notes is None:
            return None
        parts.append(notes)
    return address, ruled(parts, size, width)


def label_overset(name: str, label: str, source: Source | None) -> Problem:
    """A site's name and address have no room on a label, at the least size of type.

    Fix: take a sheet with larger labels, or shorten the name or the address in the table of sites.
    What is in the box, the notes and the QR code were left out already: they need not be there.
    """
    return Problem(
        "label-overset",
        f'the name and address of "{name}" do not fit on a label of {label}',
        source,
        "take larger labels, or shorten the name or the address",
    )


CODES = {"label-overset": label_overset}
