"""Laid-out pages to the places of their authors' texts: which slot is where on which page."""

from __future__ import annotations

from typing import NamedTuple

from hrcpub.pipeline.stages import Typeset
from hrcpub.pipeline.typeset import tree
from hrcpub.pipeline.typeset.laid_page import LaidRect, LaidText
from hrcpub.pipeline.typeset.laid_text import is_painted, turned
from hrcpub.pipeline.typeset.text_owners import TextOwners

# Of a text's size: how far its tallest letters rise above its baseline, its deepest fall below.
ASCENT, DESCENT = 0.8, 0.25


class WordPlace(NamedTuple):
    """A line of an author's text, or a part of it in one style; a picture has one place.

    `box` is in points from the upper left corner of the page's trim, y downwards.
    """

    page: int  # 1-based
    slot: str  # as slots are named: words.points.2.text
    text: str
    box: LaidRect


class PanelPlace(NamedTuple):
    """A panel that a layout names, where it lies; `box` is as a WordPlace's."""

    page: int
    panel: str
    box: LaidRect


def word_places(pages: Typeset) -> list[WordPlace]:
    """Return the places of all texts and pictures of the authors, in the order of the pages."""
    document = pages.document
    owners = TextOwners(pages.html.words, list(tree.own_texts(tree.body(document))))
    pictures = {owed.text: owed.slot for owed in pages.html.owed_pictures}
    places: list[WordPlace] = []
    for page in tree.pages(document):
        last = None
        for text in page.texts:
            owner = owners.of(text.element, text.text) if text.is_written else None
            if owner is None or not is_painted(text):
                last = None
                continue
            box = _box(text)
            if last is text.line and places[-1].slot == owner.slot:
                before = places.pop()
                places.append(
                    WordPlace(
                        page.number, owner.slot, before.text + text.text, _around(before.box, box)
                    )
                )
            else:
                places.append(WordPlace(page.number, owner.slot, text.text, box))
            last = text.line
        for picture in page.pictures:
            source = picture.element.get("src", "") if picture.element is not None else ""
            slot = next((slot for path, slot in pictures.items() if path in source), None)
            if slot:
                box = turned(picture.rect, picture.area.matrix)
                places.append(WordPlace(page.number, slot, "", box))
    return places


def panel_places(pages: Typeset) -> list[PanelPlace]:
    """Return the panels that the layout names, where they lie."""
    return [
        PanelPlace(page.number, area.panel, turned(area.padding, area.matrix))
        for page in tree.pages(pages.document)
        for area in page.areas
        if area.is_panel and area.panel
    ]


def _box(text: LaidText) -> LaidRect:
    top, foot = text.baseline - ASCENT * text.size, text.baseline + DESCENT * text.size
    return turned(LaidRect(text.left, top, text.left + text.width, foot), text.area.matrix)


def _around(one: LaidRect, other: LaidRect) -> LaidRect:
    """Return the smallest rectangle that has two."""
    return LaidRect(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )
