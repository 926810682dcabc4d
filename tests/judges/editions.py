"""The files of every edition to veraPDF's verdicts, which are asked for once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.judges import verapdf

FLAVOURS = {
    "press": verapdf.PDF_A_2B,
    "screen": verapdf.PDF_UA_1,
    "large-print": verapdf.PDF_UA_1,
    "phone": verapdf.PDF_UA_1,
}


@cache
def verdicts(output: Path) -> dict[str, list[verapdf.Verdict]]:
    """Return the verdicts on each edition's files, in the order of their names.

    Why cached: one virtual machine judges them all, whichever test comes first.
    """
    files = {edition: sorted((output / edition).glob("*.pdf")) for edition in FLAVOURS}
    said = verapdf.judge((FLAVOURS[edition], file) for edition in files for file in files[edition])
    return {edition: [v for v in said if v.file in files[edition]] for edition in files}
