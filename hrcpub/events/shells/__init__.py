"""Shells, pieces that wait for an imprint, and the imprints that join them, on the level of PDF.

A piece is typeset once; `prepare` makes its file the template of all copies. `join` makes a site's
copy of it, `gather` one file of all sites' copies; `ProvenCopies` and `verify_run` read these
again.
`layered` stamps pages of papers on others, `cell_pages` makes those of a contact sheet, and
`reworded` says of a ticket what the last build has changed.
"""

from __future__ import annotations

from hrcpub.events.shells.binding import bind
from hrcpub.events.shells.cells import (
    CellPages,
    CopyCell,
    CopyImprint,
    FormerCells,
    cell_pages,
    former_cells,
    imprint_corner,
    packed_cells,
    verify_cells,
)
from hrcpub.events.shells.join import JoinedCopy, Joiner, KeyedCopy, gather, gather_run, join
from hrcpub.events.shells.layers import Stamp, StampedPages, layered
from hrcpub.events.shells.packing import behind, deflated, inflated
from hrcpub.events.shells.problems import CODES, shell_unreadable
from hrcpub.events.shells.proven_copies import ProvenCopies
from hrcpub.events.shells.proven_runs import GatheredRun, prove_run
from hrcpub.events.shells.reworded import reworded
from hrcpub.events.shells.run_blocks import FormerRun, former_run, packed_run
from hrcpub.events.shells.shell_template import (
    ImprintArea,
    ImprintSpot,
    ShellTemplate,
    blank,
    preload,
    prepare,
    unpack,
)
from hrcpub.events.shells.update import (
    GatheredCopy,
    ImprintForm,
    ImprintFormFont,
    LogoImage,
    SeparatorPage,
)
from hrcpub.events.shells.verify_copy import verify_copy, verify_run

__all__ = [
    "CODES",
    "CellPages",
    "CopyCell",
    "CopyImprint",
    "FormerCells",
    "FormerRun",
    "GatheredCopy",
    "GatheredRun",
    "ImprintArea",
    "ImprintForm",
    "ImprintFormFont",
    "ImprintSpot",
    "JoinedCopy",
    "Joiner",
    "KeyedCopy",
    "LogoImage",
    "ProvenCopies",
    "SeparatorPage",
    "ShellTemplate",
    "Stamp",
    "StampedPages",
    "behind",
    "bind",
    "blank",
    "cell_pages",
    "deflated",
    "former_cells",
    "former_run",
    "gather",
    "gather_run",
    "imprint_corner",
    "inflated",
    "join",
    "layered",
    "packed_cells",
    "packed_run",
    "preload",
    "prepare",
    "prove_run",
    "reworded",
    "shell_unreadable",
    "unpack",
    "verify_cells",
    "verify_copy",
    "verify_run",
]
