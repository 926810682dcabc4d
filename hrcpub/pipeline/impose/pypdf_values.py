"""What pypdf reads to numbers and boxes."""

from __future__ import annotations

import math
from typing import Any

from hrcpub.units import Rect

# What pypdf reads: a reference, or what it refers to. A broken file has any kind in any place, so
# each use looks at what it is (`isinstance`, `hasattr`) before it takes it for that.
PdfValue = Any
PypdfEntries = dict[str, PdfValue]


def box_of(value: PdfValue) -> Rect | None:
    """Return a box, its edges in order (ISO 32000-2 §7.9.5); None when the value is not a box."""
    edges = resolved(value)
    if not isinstance(edges, list) or len(edges) != 4:
        return None
    numbers = [number_of(edge, math.nan) for edge in edges]
    if not all(math.isfinite(number) for number in numbers):
        return None
    (left, right), (foot, top) = sorted(numbers[::2]), sorted(numbers[1::2])
    return Rect(left, foot, right, top)


def number_of(value: PdfValue, otherwise: float) -> float:
    """Return a number; `otherwise` when the value is something else."""
    number = resolved(value)
    return float(number) if isinstance(number, int | float) else otherwise


def resolved(value: PdfValue) -> PdfValue:
    """Return what a reference refers to, and anything else as it is."""
    return value.get_object() if value is not None and hasattr(value, "get_object") else value
