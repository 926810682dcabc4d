"""The schemes by name: in which ways pages can lie on press sheets.

`pipeline.impose` says what each of them does. Their names are here, since layouts, events and
the command line name schemes without imposing anything.
"""

from __future__ import annotations

SCHEMES = (
    "cards",
    "n-up",
    "cut-and-stack",
    "work-and-turn",
    "work-and-tumble",
    "saddle-stitch",
    "perfect-bound",
    "zine",
    "poster",
)
# Those that an office printer's sheets can have, and so a layout's or an event's `scheme:`.
OFFICE_SCHEMES = ("cards", "n-up", "saddle-stitch", "zine")
