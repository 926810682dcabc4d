"""An event's boxes and sites to labels on die-cut sheets: black on white, each as large as it goes.

`words` says what stands on a label, `setting` where: the largest setting that fits, as numbers.
`sheets` puts labels into the places of a sheet, and prints them.
"""

from __future__ import annotations

from hrcpub.events.labels.setting import CODES, set_labels
from hrcpub.events.labels.sheets import LabelOrder, label_document, sheets_for
from hrcpub.events.labels.words import LabelWords, address_labels, box_labels

__all__ = [
    "CODES",
    "LabelOrder",
    "LabelWords",
    "address_labels",
    "box_labels",
    "label_document",
    "set_labels",
    "sheets_for",
]
