"""The local site's details in the place that a piece keeps for them.

`arrange` finds the largest setting that fits the reserved area, as numbers; `draw` makes PDF
operators of it, which join a finished piece, and `as_html` the same in HTML, for pieces that are
typeset whole.
"""

from __future__ import annotations

from hrcpub.imprint.arrange import Style, arrange, remarks
from hrcpub.imprint.drawing import OVERPRINT, Drawn, draw
from hrcpub.imprint.fonts import OBJECTS, FontName, Fonts
from hrcpub.imprint.page import as_html
from hrcpub.imprint.records import Imprint, Line, Local, Picture
from hrcpub.imprint.troubles import CODES

__all__ = [
    "CODES",
    "OBJECTS",
    "OVERPRINT",
    "Drawn",
    "FontName",
    "Fonts",
    "Imprint",
    "Line",
    "Local",
    "Picture",
    "Style",
    "arrange",
    "as_html",
    "draw",
    "remarks",
]
