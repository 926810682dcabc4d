"""A `Material` and its pages to their `Fullness`: how much its panels and slots still hold.

A slot has two limits, the height of its panel and the number of characters that the layout allows.
The nearer one counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hrcpub.pipeline.stages import Fill, Fullness, Typeset
from hrcpub.project.edition import EDITIONS
from hrcpub.project.graphemes import letter_count, limit_for
from hrcpub.project.markup import WORD
from hrcpub.project.material import Material
from hrcpub.project.slots import Slot
from hrcpub.project.words import Words


def fullness(material: Material, pages: Typeset, form: str) -> Fullness:
    """Return how full the layout is, in the editions of one form that the material has."""
    editions = tuple(name for name in material.editions if EDITIONS[name].form == form)
    limits = dict(_limits(material.words, material.layout.slots))
    measured: list[Fill] = []
    if pages.html.sides is not None:  # else there are as many pages as the words need
        slots = {fill.slot for fill in pages.fills}
        measured += [_within(fill, limits) for fill in pages.fills]
        measured += [_by_limit(None, slot, *limits[slot]) for slot in limits if slot not in slots]
    return Fullness(editions, len(pages.document.pages), tuple(measured))


def _limits(
    value: object, fields: Mapping[str, Slot], slot: Slot | None = None
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the slot of each text with the characters that it has and that it may have."""
    if isinstance(value, Words):
        if slot is not None and slot.limit:
            text = value.plain()
            yield value.slot, (letter_count(text), limit_for(text, slot.limit))
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if name in fields:
                yield from _limits(inner, fields[name].fields, fields[name])
    elif isinstance(value, tuple):
        for inner in value:
            yield from _limits(inner, fields, slot)


def _within(fill: Fill, limits: Mapping[str, tuple[int, int]]) -> Fill:
    """Return the Fill of a slot, by its limit where that leaves less than its place."""
    if fill.slot is None or fill.slot not in limits:
        return fill
    has, limit = limits[fill.slot]
    is_limited = fill.words is None or _words(has, limit) < fill.words
    return _by_limit(fill.panel, fill.slot, has, limit) if is_limited else fill


def _by_limit(panel: str | None, slot: str, has: int, limit: int) -> Fill:
    return Fill(panel, slot, has, limit, _words(has, limit))


def _words(has: int, limit: int) -> int:
    return max(0, limit - has) // WORD
