"""A `Material` and its pages to their `Fullness`: what its panels and slots still hold.

A slot is as full as the narrower of two makes it: its panel's height, or the limit of its layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hrcpub.pipeline.stages import Fill, Fullness, Typeset
from hrcpub.pipeline.typeset.panel_fill import rooms
from hrcpub.project.edition import EDITIONS
from hrcpub.project.markup import WORD
from hrcpub.project.material import Material
from hrcpub.project.slots import Slot
from hrcpub.project.words import Words


def fullness(material: Material, pages: Typeset, form: str) -> Fullness:
    """Return how full the layout is, in the editions of one form that the material has."""
    editions = tuple(name for name in material.editions if EDITIONS[name].form == form)
    limits = dict(_limits(material.words, material.layout.slots))
    found = rooms(pages)
    if pages.html.sides is not None:
        told = {room.slot for room in found}
        found = [_within(room, limits) for room in found]
        found += [_by_limit(None, slot, *limits[slot]) for slot in limits if slot not in told]
    return Fullness(editions, len(pages.document.pages), tuple(found))


def _limits(
    value: Any, fields: Mapping[str, Slot], slot: Slot | None = None
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each text's slot with the characters that it has and may have."""
    if isinstance(value, Words):
        if slot is not None and slot.limit:
            yield value.slot, (len(value.plain()), slot.limit)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if name in fields:
                yield from _limits(inner, fields[name].fields, fields[name])
    elif isinstance(value, tuple):
        for inner in value:
            yield from _limits(inner, fields, slot)


def _within(room: Fill, limits: Mapping[str, tuple[int, int]]) -> Fill:
    """Return a slot's room, or what its limit leaves of it."""
    if room.slot is None or room.slot not in limits:
        return room
    has, most = limits[room.slot]
    is_limited = room.words is None or _words(has, most) < room.words
    return _by_limit(room.panel, room.slot, has, most) if is_limited else room


def _by_limit(panel: str | None, slot: str, has: int, most: int) -> Fill:
    return Fill(panel, slot, has, most, _words(has, most))


def _words(has: int, most: int) -> int:
    return max(0, most - has) // WORD
