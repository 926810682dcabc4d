"""`explain`: every Problem's code to the docstring of the function that makes it."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Mapping

from hrcpub.problems import Problem, did_you_mean

MODULES = (
    "sources", "yamlfile", "csvfile", "slots", "layout", "contacts", "printers", "material",
    "event.damage", "event.logos", "event.reachable", "event.sites", "event.desk", "event.items",
    "event.manifest",
    "compose", "typeset", "copyfit",
    "typeset.engine", "typeset.fetcher", "impose", "preflight.judge",
    "preflight.guard", "preflight.document", "preflight.geometry", "preflight.colours",
    "preflight.pictures", "preflight.texts", "preflight.inking", "preflight.thumbnail", "imprint",
    "stock", "store", "batch", "paperwork.archive", "paperwork.packing", "fulfil.troubles",
    "cli.starting", "cli.making", "cli.imposing", "cli.explaining",
)  # fmt: skip


def explanations() -> dict[str, str]:
    """Return every code with its explanation, in order of the alphabet."""
    found: dict[str, str] = {}
    for name in MODULES:
        module = importlib.import_module(f"hrcpub.{name}")
        found |= {code: inspect.getdoc(made_by) or "" for code, made_by in module.CODES.items()}
    return dict(sorted(found.items()))


def unknown_code(code: str, known: Mapping[str, str]) -> Problem:
    """A code was asked for that no Problem has.

    It stands in square brackets at the end of a Problem's first line: `[slot-limit]`. `hrcpub
    explain` without a code lists them all.
    """
    return Problem(
        "code-unknown", f'no Problem has the code "{code}"', None, did_you_mean(code, known)
    )


CODES = {"code-unknown": unknown_code}
