"""What WeasyPrint raises to a Problem of the layout that it could not set."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from hrcpub.pipeline.stages import Html
from hrcpub.problems import HrcpubError, Problem, Source

_LIBRARIES = frozenset(("weasyprint", "tinycss2", "tinyhtml5", "cssselect2", "pydyf", "pyphen"))


@contextlib.contextmanager
def told(html: Html) -> Iterator[None]:
    """Make a Problem of what a library of typesetting raises. What we raise goes on as it is."""
    try:
        yield
    except (HrcpubError, OSError, MemoryError):
        raise
    except Exception as error:
        if _raised_in(error) not in _LIBRARIES:
            raise
        reason = str(error) or type(error).__name__
        raise HrcpubError(layout_failed(reason, html.template)) from error


def _raised_in(error: Exception) -> str:
    """Return the package of the function that raised an error."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    name = trace.tb_frame.f_globals.get("__name__", "") if trace else ""
    return str(name).partition(".")[0]


def layout_failed(reason: str, template: str) -> Problem:
    """WeasyPrint, which sets the pages, fails on something in a template or its stylesheet.

    Fix: take back the last change of the layout, or take parts out until it builds: the last of
    them is what it cannot set. Often it is a block in a running element (`position: running()`), a
    floated `::first-letter`, or `device-cmyk()` in a gradient, a shadow or a 3-D border. It is a
    mistake of WeasyPrint, but there is nearly always another way to write the same.
    """
    return Problem(
        "layout-failed",
        f"WeasyPrint cannot set this layout: {reason}",
        Source(template or None),
        "take parts of the template and stylesheet out until it builds, and write the last another"
        " way; hrcpub explain layout-failed names the usual ones",
    )


CODES = {"layout-failed": layout_failed}
