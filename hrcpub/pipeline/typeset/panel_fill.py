"""Laid-out pages to how full their panels and slots are.

How much a layout holds is known only when it is laid out. How many words still fit is estimated
from the mean width of those that are there, so the figures say "about".
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from hrcpub.pipeline.stages import Fill, Html, LaidSlot
from hrcpub.pipeline.typeset.laid_page import Area, LaidPage


def fills(pages: list[LaidPage], html: Html) -> list[Fill]:
    """Return the Fill of each panel, and after it those of the slots in it.

    Texts that are in no panel come last.
    """
    panels = _panel_fills(pages, html)
    names = [*panels, *(text.panel for text in html.texts if text.panel not in panels)]
    columns, all_fills = _columns(pages), []
    for name in dict.fromkeys(names):
        panel = panels.get(name)
        all_fills += [panel] if panel else []
        texts = [text for text in html.texts if text.panel == name]
        all_fills += [_slot(text, panel, columns.get(name, 1)) for text in texts]
    return all_fills


def _panel_fills(pages: list[LaidPage], html: Html) -> dict[str | None, Fill]:
    """Return the Fill of each panel by its name."""
    # A panel that is on several pages is as full as its fullest one.
    panels = {fill.panel: fill for fill in sorted(_panels(pages), key=lambda fill: fill.share)}
    # A stack always reaches to the foot of its panel: the Setter noted how full it really is.
    return panels | {fill.panel: fill for fill in html.fills}


def _panels(pages: list[LaidPage]) -> Iterable[Fill]:
    """Yield to what height each panel is filled, measured to its lowest line."""
    for page in pages:
        lowest = _lowest(page)
        for area in page.areas:
            if area in lowest:
                yield Fill(area.panel, None, lowest[area] - area.rect.top, area.rect.height)


def _lowest(page: LaidPage) -> dict[Area, float]:
    """Return the baseline of the lowest line in each panel of a page that has a text."""
    lowest: dict[Area, float] = {}
    for text in page.texts:
        if text.text.strip():
            for area in text.area.around():
                if area.is_panel:
                    lowest[area] = max(lowest.get(area, -math.inf), text.baseline)
    return lowest


def _columns(pages: list[LaidPage]) -> dict[str | None, int]:
    """Return how many columns the text of each panel flows over."""
    columns: dict[str | None, int] = {}
    for page in pages:
        for text in page.texts:
            panel = text.area.panel
            columns[panel] = max(columns.get(panel, 1), text.area.columns)
    return columns


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
