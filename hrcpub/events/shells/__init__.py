"""Shells, pieces that wait for an imprint, and the imprints that join them, on the level of PDF.

A piece is typeset once; `prepare` makes its file the template of all copies. With it a
`Joiner` makes sites' copies, and `gather_run` one file of all; `ProvenCopies` and `verify_run` read
these again.
`layered` stamps pages of papers and a contact sheet's cells on others, and `reworded` says of a
ticket what the last build has changed.
"""

from __future__ import annotations

from hrcpub.events.shells.binding import bind
from hrcpub.events.shells.cells import (
    CellForm,
    CopyForm,
    CopyImprint,
    NamedGroup,
    copied_imprint,
    imprint_corner,
)
from hrcpub.events.shells.join import Joiner, KeyedCopy, gather_run
from hrcpub.events.shells.layers import PageForm, Stamp, StampedPages, layered
from hrcpub.events.shells.packing import behind, deflated, inflated
from hrcpub.events.shells.patterns import PatternFile, PatternLine, PatternPage, read_patterns
from hrcpub.events.shells.problems import CODES, shell_unreadable
from hrcpub.events.shells.proven_copies import ProvenCopies
from hrcpub.events.shells.proven_runs import GatheredRun, prove_run
from hrcpub.events.shells.reworded import reworded
from hrcpub.events.shells.run_blocks import FormerRun, former_run, packed_run
from hrcpub.events.shells.shell_template import (
    ImprintArea,
    ImprintSpot,
    ShellTemplate,
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
from hrcpub.events.shells.written_file import ObjectBody, ObjectGroup, made_group

__all__ = [
    "CODES",
    "CellForm",
    "CopyForm",
    "CopyImprint",
    "FormerRun",
    "GatheredCopy",
    "GatheredRun",
    "ImprintArea",
    "ImprintForm",
    "ImprintFormFont",
    "ImprintSpot",
    "Joiner",
    "KeyedCopy",
    "LogoImage",
    "NamedGroup",
    "ObjectBody",
    "ObjectGroup",
    "PageForm",
    "PatternFile",
    "PatternLine",
    "PatternPage",
    "ProvenCopies",
    "SeparatorPage",
    "ShellTemplate",
    "Stamp",
    "StampedPages",
    "behind",
    "bind",
    "copied_imprint",
    "deflated",
    "former_run",
    "gather_run",
    "imprint_corner",
    "inflated",
    "layered",
    "made_group",
    "packed_run",
    "preload",
    "prepare",
    "prove_run",
    "read_patterns",
    "reworded",
    "shell_unreadable",
    "unpack",
    "verify_copy",
    "verify_run",
]
