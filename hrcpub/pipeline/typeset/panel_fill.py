"""Laid-out pages to how full their panels and slots are.

How much a layout holds is known only when it is laid out. How many words still fit is estimated
from the mean width of those that are there, so the figures say "about".
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from hrcpub.pipeline.stages import Fill, LaidSlot, Typeset
from hrcpub.pipeline.typeset import tree
from hrcpub.pipeline.typeset.laid_page import LaidPage


def fills(pages: Typeset) -> list[Fill]:
    """Return the Fill of each panel, and after it those of the slots in it.

    Texts that are in no panel come last. Empty where there are as many pages as the words need.
    """
    html = pages.html
    if html.sides is None:
        return []
    laid_out = tree.pages(pages.document)
    panels = panel_fills(pages, laid_out)
    names = [*panels, *(text.panel for text in html.texts if text.panel not in panels)]
    all_fills = []
    for name in dict.fromkeys(names):
        panel = panels.get(name)
        all_fills += [panel] if panel else []
        columns = _columns(laid_out, name)
        texts = [text for text in html.texts if text.panel == name]
        all_fills += [_slot(text, panel, columns) for text in texts]
    return all_fills


def panel_fills(pages: Typeset, laid_out: list[LaidPage]) -> dict[str | None, Fill]:
    """Return the Fill of each panel by its name."""
    # A panel that is on several pages is as full as its fullest one.
    panels = {fill.panel: fill for fill in sorted(_panels(laid_out), key=lambda fill: fill.share)}
    # A stack always reaches to the foot of its panel: the Setter noted how full it really is.
    return panels | {fill.panel: fill for fill in pages.html.fills}


def _panels(pages: list[LaidPage]) -> Iterable[Fill]:
    """Yield to what height each panel is filled, measured to its lowest line."""
    for page in pages:
        for area in page.areas:
            texts = [t for t in page.texts if t.text.strip() and area in t.area.around()]
            if area.is_panel and texts:
                lowest = max(text.baseline for text in texts)
                yield Fill(area.panel, None, lowest - area.rect.top, area.rect.height)


def _columns(pages: list[LaidPage], panel: str | None) -> int:
    """Return how many columns the text of a panel flows over."""
    texts = (text for page in pages for text in page.texts if text.area.panel == panel)
    return max((text.area.columns for text in texts), default=1)


def _slot(text: LaidSlot, panel: Fill | None, columns: int) -> Fill:
    """Return how full the place of a text is, by the widths of its lines and of those that fit."""
    spare = text.spare
    if spare is None:
        spare = (panel.holds - panel.used) * columns if panel else 0.0
    # A hundredth: rounding must not cost a line.
    lines = math.floor(max(0.0, spare) / text.leading + 0.01)
    free = max(0.0, text.free) + lines * text.measure
    words = int(free / text.word) if text.word else 0
    return Fill(text.panel, text.slot, text.used, text.used + free, words)
