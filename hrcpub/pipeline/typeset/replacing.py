"""A function of WeasyPrint to ours, in each of its modules that has imported it by name."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def put_in_place(theirs: Callable[..., Any], ours: Callable[..., Any]) -> None:
    """Let all modules of WeasyPrint that have one function have another under its name.

    They must be loaded. A module that is loaded later imports ours from theirs' own module.
    """
    for name, module in list(sys.modules.items()):
        is_weasyprint = name.partition(".")[0] == "weasyprint"
        if is_weasyprint and vars(module).get(theirs.__name__) is theirs:
            setattr(module, theirs.__name__, ours)
