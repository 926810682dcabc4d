"""Any PDF and what it is to be, to `Problem`s: whether a print shop can take it. Changes nothing.

It reads with pikepdf what pydyf and impose wrote, and shares no code with them. `page/` interprets
a page once: what is painted, where, in which colours. A check in `checks/` is one function and its
line in a table. `ink/` draws a page's plates, with Ghostscript or alone, where a sum does not
settle how much ink it has. `judge` runs the checks, `guard` in a process of its own, and `proof`
draws what they found.
"""

from __future__ import annotations

from hrcpub.pipeline.preflight.checks.limits import (
    BINDINGS,
    DEFAULT,
    VARIANTS,
    Expected,
    Limits,
    limits_of,
)
from hrcpub.problems import Problem

__all__ = ["BINDINGS", "DEFAULT", "VARIANTS", "Expected", "Limits", "limits_of", "preflight"]


def preflight(data: bytes, expected: Expected) -> list[Problem]:
    """Return what is wrong with a file; nothing when it may leave."""
    from hrcpub.pipeline.preflight.judge import judge

    return judge(data, expected)
