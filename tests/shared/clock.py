"""A clock that is set, for what asks which day it is."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any


def clock(today: Callable[[], datetime.date]) -> Any:
    """Return what stands for the module `datetime`; `today` says which day it is."""
    date = type("date", (datetime.date,), {"today": staticmethod(today)})
    return SimpleNamespace(date=date, timedelta=datetime.timedelta)
