"""Output conditions: which press and paper the inks of a file are meant for.

A condition names the characterisation data by which shops know it (ISO 15930-7 §6.2.2). The
profile made from that data goes into every press file.
"""

from __future__ import annotations

from hrcpub.records import record

REGISTRY = "http://www.color.org"


@record
class OutputCondition:
    """A printing condition. `ink_limit` is the most ink that all plates together lay down, in %."""

    name: str
    identifier: str  # in the ICC's registry of characterisation data
    about: str
    ink_limit: float

    @property
    def profile(self) -> bytes:
        """The ICC profile of the condition."""
        from importlib.resources import files

        return (files("hrcpub.project") / "icc" / f"{self.name}.icc").read_bytes()


CONDITIONS = {
    condition.name: condition
    for condition in (
        OutputCondition(
            "gracol2006-coated", "CGATS TR 006", "GRACoL 2006, sheetfed on coated paper", 300
        ),
        OutputCondition(
            "swop2006-coated3", "CGATS TR 003", "SWOP 2006, web on coated grade 3", 300
        ),
        OutputCondition("fogra39-coated", "FOGRA39", "ISO 12647-2, sheetfed on coated paper", 300),
    )
}
DEFAULT = "gracol2006-coated"
