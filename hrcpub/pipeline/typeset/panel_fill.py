"""How full the panels and slots of laid-out pages are: what authors would like to know first.

A layout's real capacity is known only by laying out. Words are estimated from the mean width of
those that stand there, so the figures say "about".
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from hrcpub.pipeline.stages import Fill, LaidSlot, Typeset
from hrcpub.pipeline.typeset import tree
from hrcpub.pipeline.typeset.laid_page import LaidPage


def rooms(pages: Typeset) -> list[Fill]:
    """Return the Room of each panel, and after it those of the slots that stand in it.

    Texts in no panel come last; where pages are as many as the words need, nothing is full.
    """
    html = pages.html
    if html.sides is None:
        return []
    laid_out = tree.pages(pages.document)
    # A panel on several pages is as full as the fullest of its places.
    measured = {room.panel: room for room in sorted(_panels(laid_out), key=lambda r: r.share)}
    measured |= {room.panel: room for room in html.rooms}
    # A stack shares its spare height out: how full it is was told before.
    names = [*measured, *(one.panel for one in html.texts if one.panel not in measured)]
    found = []
    for name in dict.fromkeys(names):
        panel = measured.get(name)
        found += [panel] if panel else []
        columns = _columns(laid_out, name)
        texts = [text for text in html.texts if text.panel == name]
        found += [_slot(text, panel, columns) for text in texts]
    return found


def _panels(pages: list[LaidPage]) -> Iterable[Fill]:
    """Yield how high each panel is filled, by its lowest line, of its height."""
    for page in pages:
        for area in page.areas:
            texts = [t for t in page.texts if t.text.strip() and area in t.area.around()]
            if area.is_panel and texts:
                lowest = max(text.baseline for text in texts)
                yield Fill(area.panel, None, lowest - area.rect.top, area.rect.height)


def _columns(pages: list[LaidPage], panel: str | None) -> int:
    """Return over how many columns the text of a panel flows."""
    texts = (text for page in pages for text in page.texts if text.area.panel == panel)
    return max((text.area.columns for text in texts), default=1)


def _slot(text: LaidSlot, panel: Fill | None, columns: int) -> Fill:
    """Return how full a text's place is: its lines' widths, of those that it could have."""
    spare = text.spare
    if spare is None:
        spare = (panel.holds - panel.used) * columns if panel else 0.0
    lines = math.floor(max(0.0, spare) / text.leading + 0.01)
    free = max(0.0, text.free) + lines * text.measure
    words = int(free / text.word) if text.word else 0
    return Fill(text.panel, text.slot, text.used, text.used + free, words)
