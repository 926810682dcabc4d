"""Laid-out pages to texts that are too small for the distance from which a layout is to be read.

A letter is read from afar by its height: with common eyesight (20/40) an x-height has to be 10
minutes of arc wide, which in the text's face is 15.5 pt a metre.
"""

from __future__ import annotations

from collections.abc import Iterator

from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset import laid_text
from hrcpub.pipeline.typeset.laid_page import LaidPage, LaidText
from hrcpub.pipeline.typeset.misplaced import Misplaced
from hrcpub.pipeline.typeset.text_owners import TextOwners

PER_METRE = 15.5  # points
_ROUNDED = 0.05  # points
_NEAR = frozenset(("near", "small"))  # what a template marks as read from near


def far_texts(pages: list[LaidPage], html: Html, owners: TextOwners) -> Iterator[Misplaced]:
    """Yield the texts that cannot be read from as far as their layout says, by page and size."""
    least = html.far * PER_METRE
    for page in pages if least else ():
        groups: dict[float, list[LaidText]] = {}
        for text in page.texts:
            size = laid_text.printed_size(text)
            if size < least - _ROUNDED and not _is_near(text, html, owners):
                groups.setdefault(round(size, 1), []).append(text)
        for size, members in groups.items():
            yield Misplaced("far", tuple(members), size, least=least)


def _is_near(text: LaidText, html: Html, owners: TextOwners) -> bool:
    if text.element is None or text.area.may & _NEAR or not text.text.strip(" \n\t\u200b"):
        return True
    owner = owners.of(text.element, text.text)
    return bool(owner and html.near and _without_numbers(owner.slot) in html.near)


def _without_numbers(slot: str) -> str:
    return ".".join(name for name in slot.split(".") if not name.isdigit())
