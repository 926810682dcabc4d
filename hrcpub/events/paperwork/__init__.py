"""An event's runs to its papers: what the shop prints, what is in each box, what was made.

Every function is pure: facts in, bytes or `Html` out. `arithmetic` counts. `job_ticket`,
`packing_list` and `contact_sheet` put facts in the order in which their templates show them.
`print_paper` prints those; `box_pages` and `imprint_pages` stamp what boxes and sites have of their
own on what they share.
`manifest_json` and `xjdf` say the same to programs; `archive` zips what goes to a printer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrcpub.loading import homes_of

if TYPE_CHECKING:
    from hrcpub.events.paperwork.archive import ZipEntry, write_archive
    from hrcpub.events.paperwork.arithmetic import Count, Counts, counted, total
    from hrcpub.events.paperwork.box_pages import print_packing_list
    from hrcpub.events.paperwork.contact_sheet import Thumb, contact_document
    from hrcpub.events.paperwork.file_list import files_csv
    from hrcpub.events.paperwork.imprint_pages import Letters, print_contact_sheet
    from hrcpub.events.paperwork.job_ticket import ticket_document
    from hrcpub.events.paperwork.kept_cells import KeptCells
    from hrcpub.events.paperwork.missing import INCOMPLETE, Missing
    from hrcpub.events.paperwork.print_paper import printed
    from hrcpub.events.paperwork.printed_paper import (
        KeptPlace,
        Printed,
        PrintedPaper,
        Printing,
        bound,
        printed_together,
    )
    from hrcpub.events.paperwork.ticket_pages import print_ticket
    from hrcpub.events.paperwork.xjdf import XjdfTicket, xjdf_bytes, xjdf_ticket

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
    "print_contact_sheet",
    "print_packing_list",
    "print_ticket",
    "printed",
    "printed_together",
    "ticket_document",
    "total",
    "write_archive",
    "xjdf_bytes",
    "xjdf_ticket",
]

# Loaded when they are asked for: to count an event's pieces nothing of what prints is wanted.
_HOMES = {
    "Count": "arithmetic",
    "Counts": "arithmetic",
    "INCOMPLETE": "missing",
    "KeptCells": "kept_cells",
    "KeptPlace": "printed_paper",
    "Letters": "imprint_pages",
    "Missing": "missing",
    "Printed": "printed_paper",
    "PrintedPaper": "printed_paper",
    "Printing": "printed_paper",
    "Thumb": "contact_sheet",
    "XjdfTicket": "xjdf",
    "ZipEntry": "archive",
    "bound": "printed_paper",
    "contact_document": "contact_sheet",
    "counted": "arithmetic",
    "files_csv": "file_list",
    "print_contact_sheet": "imprint_pages",
    "print_packing_list": "box_pages",
    "print_ticket": "ticket_pages",
    "printed": "print_paper",
    "printed_together": "printed_paper",
    "ticket_document": "job_ticket",
    "total": "arithmetic",
    "write_archive": "archive",
    "xjdf_bytes": "xjdf",
    "xjdf_ticket": "xjdf",
}

__getattr__ = homes_of(__name__, _HOMES)
