"""Checks of forms to fill in: what a print shop cannot print as it is meant."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pikepdf

from hrcpub.pipeline.preflight.checks.document import CheckedFile
from hrcpub.pipeline.preflight.checks.limits import Expected
from hrcpub.problems import Problem


def forms(file: CheckedFile, expected: Expected) -> Iterator[Problem]:
    """The file is a form to fill in. Its fields print differently in each program, or not at all.

    Fix: flatten the form before you send it. Do it in a program that shows the fields as they are
    to be: one without an appearance of its own is blank in every other. (ISO 15930-7 §6.6.)
    """
    if not expected.is_press:
        return
    form = file.pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and (len(form.get("/Fields", [])) or "/XFA" in form):
        bare = sum(islice(_filled_but_bare(form), 1000))
        lost = f"; {bare} with a value but no appearance: they print blank" if bare else ""
        yield Problem("pdf-form", f"the file has form fields{lost}")


def _filled_but_bare(form: pikepdf.Object) -> Iterator[bool]:
    """Yield for each field of a form whether it has a value and no look (§12.7.4.3)."""
    todo = list(islice(form.get("/Fields", []), 1000))
    seen: set[tuple[int, int]] = set()
    while todo and len(seen) < 10_000:
        field = todo.pop()
        if not isinstance(field, pikepdf.Dictionary) or field.objgen in seen:
            continue
        if field.objgen != (0, 0):  # fields may be their own children
            seen.add(field.objgen)
        kids = field.get("/Kids")
        if isinstance(kids, pikepdf.Array):
            todo += list(islice(kids, 1000))
        else:
            parent = field.get("/Parent")
            holders = (field, parent) if isinstance(parent, pikepdf.Dictionary) else (field,)
            values = [holder["/V"] for holder in holders if "/V" in holder]
            yield bool(values) and values[0] not in ("", "/Off") and "/AP" not in field


FILE_CHECKS = (forms,)

CODES = {"pdf-form": forms}
