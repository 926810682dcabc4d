"""The local site's details in the place that a piece keeps for them.

`arrange` finds the largest setting that fits the reserved area, as numbers; `draw` makes PDF
operators of it, which join a finished piece, and `as_html` the same in HTML, for pieces that are
typeset whole.
"""

from __future__ import annotations

from hrcpub.events.imprint import blocks, columns
from hrcpub.events.imprint.arrange import Style, arrange
from hrcpub.events.imprint.columns import BrokenGroups
from hrcpub.events.imprint.drawing import OVERPRINT, draw, in_ink
from hrcpub.events.imprint.fonts import OBJECTS, FaceStack, FontName, Fonts
from hrcpub.events.imprint.html import as_html
from hrcpub.events.imprint.imprint import Imprint, ImprintLine, PlacedLogo
from hrcpub.events.imprint.problems import CODES
from hrcpub.events.imprint.remarks import remarks
from hrcpub.events.imprint.separator import separator_lines, tab, tab_box

__all__ = [
    "CODES",
    "OBJECTS",
    "OVERPRINT",
    "BrokenGroups",
    "FaceStack",
    "FontName",
    "Fonts",
    "Imprint",
    "ImprintLine",
    "PlacedLogo",
    "Style",
    "arrange",
    "as_html",
    "blocks",
    "columns",
    "draw",
    "in_ink",
    "remarks",
    "separator_lines",
    "tab",
    "tab_box",
]
