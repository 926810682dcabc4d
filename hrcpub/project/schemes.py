"""The schemes by name: in which ways pages can lie on press sheets, a line for each.

`pipeline.impose` has what each of them does. Their names are here, since layouts, events and
the command line name schemes without imposing anything.
"""

from __future__ import annotations

SCHEMES = {
    "cards": "as many of each piece as fit; with quantities, several pieces",
    "n-up": "pages side by side, in reading order",
    "cut-and-stack": "pieces that are in order once the pile is cut",
    "work-and-turn": "fronts left, backs right; turn the sheet sideways",
    "work-and-tumble": "fronts above, backs below; turn it head over foot",
    "saddle-stitch": "a booklet: sheets folded into one another",
    "perfect-bound": "a book: folded sections, one after the other",
    "zine": "eight pages from one sheet with one cut",
    "poster": "a large page on many sheets that overlap",
}
# Those that an office printer's sheets can have, and so a layout's or an event's `scheme:`.
OFFICE_SCHEMES = ("cards", "n-up", "saddle-stitch", "zine")
