"""Regular expressions that are compiled when they are first used.

A start loads hundreds, for languages, units and slips that most runs never meet. To compile all of
them took a quarter of what it takes to load an event's build.
"""

from __future__ import annotations

import re
from typing import AnyStr, cast


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what stands for `re.compile(source, flags)`, for a module's own names.

    It has all that a compiled pattern has; but `re`'s functions do not take it in the place of one.
    """
    return cast("re.Pattern[AnyStr]", _Late(source, flags))


class _Late:
    """A pattern that is compiled as soon as something is asked of it."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self.pattern = source  # which needs no compiling: some are parts of others
        self._flags = flags
        self._compiled: re.Pattern[str] | re.Pattern[bytes] | None = None

    def __getattr__(self, name: str) -> object:
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self._flags)
        found: object = getattr(self._compiled, name)
        setattr(self, name, found)  # where it is found at once from now on
        return found

    def __repr__(self) -> str:
        return f"pattern({self.pattern!r}, {self._flags})"

    def __reduce__(self) -> tuple[object, ...]:
        return re.compile, (self.pattern, self._flags)
