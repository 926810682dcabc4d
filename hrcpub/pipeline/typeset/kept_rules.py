"""Stylesheets to tinycss2's rules, once for all commands.

To read the characters of WeasyPrint's own stylesheet, the design system's and a layout's takes 17
of the 680 ms of a build that makes one piece. What tinycss2 has read is plain values, which are
found again in less than half of that.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
from collections.abc import Callable, Iterator
from typing import Any

from hrcpub.files.lasting import made_once

_SHORT = 1000  # characters: as soon read as found
# How the stylesheet begins that WeasyPrint 70 reads at its start for `presentational_hints`, which
# are asked for by nobody here: 10 ms.
HINTS = "/*\n\nPresentational hints "


@contextlib.contextmanager
def kept_rules(unread: str | None = None) -> Iterator[None]:
    """Let tinycss2 find the rules of stylesheets that it has read. While WeasyPrint reads some.

    One that begins with `unread` has none.
    """
    tinycss2: Any = importlib.import_module("tinycss2")
    read = tinycss2.parse_stylesheet

    def rules_of(css: str) -> list[Any]:
        if unread and css.startswith(unread):
            return []
        return _kept(css, read) if len(css) > _SHORT else read(css)

    tinycss2.parse_stylesheet = rules_of
    try:
        yield
    finally:
        tinycss2.parse_stylesheet = read


def _kept(css: str, read: Callable[[str], list[Any]]) -> list[Any]:
    key = hashlib.sha256(css.encode(errors="surrogatepass")).hexdigest()
    try:
        return made_once(f"rules {key}", lambda: read(css))
    except RecursionError:  # brackets in brackets, too deep for what keeps them
        return read(css)
