"""Any PDF and what it is to be, to `Problem`s: whether a print shop can take it. Changes nothing.

It reads with pikepdf what pydyf and pypdf wrote, and shares no code with them. A file is walked
through once: `content` cuts, `walk` interprets by the operators in `painting`, `lettering` and
`placing`, `marks` are what is painted. A check is one function and its line in a table: of the file
and its fonts in `document`, of boxes in `geometry`, of `colours`, `pictures`, `texts` (and lines),
and of ink in `inking`, which draws the page's plates with `raster` and `tones` where it must.
`judge` runs them, `guard` in a process of its own, `proof` draws what they found.
"""

from __future__ import annotations

from hrcpub.pipeline.preflight.checks.limits import (
    BINDINGS,
    DEFAULT,
    VARIANTS,
    Limits,
    Wanted,
    limits_of,
)
from hrcpub.problems import Problem

__all__ = ["BINDINGS", "DEFAULT", "VARIANTS", "Limits", "Wanted", "limits_of", "preflight"]


def preflight(data: bytes, wanted: Wanted) -> list[Problem]:
    """Return what is wrong with a file; nothing when it may leave."""
    from hrcpub.pipeline.preflight.judge import judge

    return judge(data, wanted)
