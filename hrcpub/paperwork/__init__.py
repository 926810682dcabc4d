"""An event's runs to its papers: what the shop prints, what is in each box, what was made.

Every function is pure: facts in, bytes out. `arithmetic` counts; `ticket`, `packing` and `contact`
put facts in the order in which their templates show them, and `paper` prints those; `manifest` and
`xjdf` say the same to programs; `archive` zips what goes to a printer.
"""

from __future__ import annotations

from hrcpub.paperwork.archive import Entry, write_archive
from hrcpub.paperwork.arithmetic import Count, Counts, counted, total
from hrcpub.paperwork.contact import Thumb, contact_documents, contact_sheet
from hrcpub.paperwork.manifest import manifest_json
from hrcpub.paperwork.packing import packing_documents, packing_list
from hrcpub.paperwork.paper import Printed, bound, printed
from hrcpub.paperwork.ticket import job_ticket, ticket_document
from hrcpub.paperwork.xjdf import xjdf

__all__ = [
    "Count",
    "Counts",
    "Entry",
    "Printed",
    "Thumb",
    "bound",
    "contact_documents",
    "contact_sheet",
    "counted",
    "job_ticket",
    "manifest_json",
    "packing_documents",
    "packing_list",
    "printed",
    "ticket_document",
    "total",
    "write_archive",
    "xjdf",
]
