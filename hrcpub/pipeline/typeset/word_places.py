"""Laid-out pages to the places of their authors' texts: which slot is where on which page."""

from __future__ import annotations

from typing import NamedTuple

from hrcpub.pipeline.stages import Typeset
from hrcpub.pipeline.typeset import tree
from hrcpub.pipeline.typeset.laid_page import LaidPage, LaidRect, LaidText
from hrcpub.pipeline.typeset.laid_text import turned
from hrcpub.pipeline.typeset.text_owners import TextOwners
from hrcpub.pipeline.typeset.written_html import own_texts

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


class Places(NamedTuple):
    """Where the authors' texts and pictures are, in the order of the pages, and the panels."""

    words: list[WordPlace]
    panels: list[PanelPlace]


def places_on(pages: Typeset) -> Places:
    """Return what is where; the pages are read once for all of it."""
    laid = tree.pages(pages.document)
    return Places(_words(pages, laid), _panels(laid))


def _words(pages: Typeset, laid: list[LaidPage]) -> list[WordPlace]:
    owners = TextOwners(pages.html.words, list(own_texts(tree.body(pages.document))))
    pictures = {owed.text: owed.slot for owed in pages.html.owed_pictures}
    places: list[WordPlace] = []
    for page in laid:
        last = None
        for text in page.texts:
            owner = owners.of(text.element, text.text) if text.is_written else None
            if owner is None or not text.is_painted:
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


def _panels(laid: list[LaidPage]) -> list[PanelPlace]:
    return [
        PanelPlace(page.number, area.panel, turned(area.padding, area.matrix))
        for page in laid
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
