"""Stock pieces and the imprints that join them, on the level of PDF.

A piece is typeset once; `open_kit` takes its file apart into what all copies share. `join` makes
a site's copy of it, `gather` one file of all sites' copies, `look_over` reads a copy again, and
`lift` takes the imprint out of it.
"""

from __future__ import annotations

from hrcpub.stock.binding import bind
from hrcpub.stock.join import Mark, MarkFont, Raster, Slip, gather, join, pack
from hrcpub.stock.kit import Kit, Spot, open_kit, unpack
from hrcpub.stock.lifting import lift
from hrcpub.stock.looking import look_over, look_over_run
from hrcpub.stock.troubles import CODES, stock_unreadable

__all__ = [
    "CODES",
    "Kit",
    "Mark",
    "MarkFont",
    "Raster",
    "Slip",
    "Spot",
    "bind",
    "gather",
    "join",
    "lift",
    "look_over",
    "look_over_run",
    "open_kit",
    "pack",
    "stock_unreadable",
    "unpack",
]
