"""Who made a document: what its Info dictionary says (ISO 32000-2 §14.3.3).

Title, author, language and dates come from the material through WeasyPrint; the dates are the
revision's, never the clock's, so that the same words give the same bytes on any day.
"""

from __future__ import annotations

import pydyf

from hrcpub import __version__


def name_creator(pdf: pydyf.PDF) -> None:
    """Name this program as the one that the document was written with."""
    pdf.info["Creator"] = pydyf.String(f"hrcpub {__version__}")
