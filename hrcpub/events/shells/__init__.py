"""Stock pieces and the imprints that join them, on the level of PDF.

A piece is typeset once; `open_kit` takes its file apart into what all copies share. `join` makes
a site's copy of it, `gather` one file of all sites' copies, `look_over` reads a copy again, and
`lift` takes the imprint out of it.
"""

from __future__ import annotations

from hrcpub.events.shells.binding import bind
from hrcpub.events.shells.extract import lift
from hrcpub.events.shells.join import (
    ImprintForm,
    ImprintFormFont,
    LogoImage,
    SeparatorPage,
    gather,
    join,
    pack,
)
from hrcpub.events.shells.problems import CODES, stock_unreadable
from hrcpub.events.shells.shell_template import ImprintSpot, ShellTemplate, open_kit, unpack
from hrcpub.events.shells.verify_copy import look_over, look_over_run

__all__ = [
    "CODES",
    "ImprintForm",
    "ImprintFormFont",
    "ImprintSpot",
    "LogoImage",
    "SeparatorPage",
    "ShellTemplate",
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
