"""An event's runs to its papers: what the shop prints, what is in each box, what was made.

Every function is pure: facts in, bytes or `Html` out. `arithmetic` counts. `job_ticket`,
`packing_list` and `contact_sheet` put facts in the order in which their templates show them.
`print_paper` prints those; `box_pages` and `imprint_pages` stamp what boxes and sites have of their
own on what they share.
`manifest_json` and `xjdf` say the same to programs; `archive` zips what goes to a printer.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from hrcpub.events.paperwork.arithmetic import Count, Counts, counted, total
from hrcpub.events.paperwork.file_list import files_csv
from hrcpub.events.paperwork.manifest_json import manifest_json
from hrcpub.events.paperwork.missing import INCOMPLETE, Missing
from hrcpub.events.paperwork.packing_list import packing_list
from hrcpub.events.paperwork.printed_paper import (
    KeptPlace,
    Printed,
    PrintedPaper,
    Printing,
    bound,
    printed_together,
)
from hrcpub.events.paperwork.xjdf import XjdfTicket, xjdf, xjdf_bytes, xjdf_ticket

if TYPE_CHECKING:
    from hrcpub.events.paperwork.archive import ZipEntry, write_archive
    from hrcpub.events.paperwork.box_pages import print_packing_list
    from hrcpub.events.paperwork.contact_sheet import Thumb, contact_document
    from hrcpub.events.paperwork.imprint_pages import Letters, print_contact_sheet
    from hrcpub.events.paperwork.job_ticket import ticket_document
    from hrcpub.events.paperwork.kept_cells import KeptCells
    from hrcpub.events.paperwork.print_paper import printed
    from hrcpub.events.paperwork.ticket_pages import print_ticket

__all__ = [
    "INCOMPLETE",
    "Count",
    "Counts",
    "KeptCells",
    "KeptPlace",
    "Letters",
    "Missing",
    "Printed",
    "PrintedPaper",
    "Printing",
    "Thumb",
    "XjdfTicket",
    "ZipEntry",
    "bound",
    "contact_document",
    "counted",
    "files_csv",
    "manifest_json",
    "packing_list",
    "print_contact_sheet",
    "print_packing_list",
    "print_ticket",
    "printed",
    "printed_together",
    "ticket_document",
    "total",
    "write_archive",
    "xjdf",
    "xjdf_bytes",
    "xjdf_ticket",
]

# Loaded when they are asked for. A build asks when its pieces are made, and these take as long to
# load as some of its pieces take to be made.
_HOMES = {
    "KeptCells": "kept_cells",
    "Letters": "imprint_pages",
    "Thumb": "contact_sheet",
    "ZipEntry": "archive",
    "contact_document": "contact_sheet",
    "print_contact_sheet": "imprint_pages",
    "print_packing_list": "box_pages",
    "print_ticket": "ticket_pages",
    "printed": "print_paper",
    "ticket_document": "job_ticket",
    "write_archive": "archive",
}


def __getattr__(name: str) -> object:
    """Return what one of the modules has (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = importlib.import_module(f"{__name__}.{_HOMES[name]}")
    found: object = getattr(home, name)
    return found
