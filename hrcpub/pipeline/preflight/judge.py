"""A file and what it is to be, to all its Problems: the checks in their order.

One walk a page; nothing of a page is kept when it is done, so that a thousand pages take no more
memory than one.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import pikepdf

from hrcpub.patterns import pattern
from hrcpub.pipeline.preflight.checks import (
    colours,
    document,
    forms,
    geometry,
    mail,
    overprint,
    pdfx_identity,
    pictures,
    remarks,
    text_layer,
    texts,
    total_ink,
)
from hrcpub.pipeline.preflight.checks.document import CheckedFile
from hrcpub.pipeline.preflight.checks.layers import hidden_layers
from hrcpub.pipeline.preflight.checks.limits import Expected
from hrcpub.pipeline.preflight.ink import ghostscript
from hrcpub.pipeline.preflight.page.bounded import ODD, Budget, BudgetSpent
from hrcpub.pipeline.preflight.page.bounds import BOUNDS, Bounds
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage
from hrcpub.pipeline.preflight.page.interpreter import Library
from hrcpub.pipeline.preflight.page.operators import OPERATORS
from hrcpub.pipeline.preflight.read_back import ReadBack
from hrcpub.problems import Problem, Severity
from hrcpub.project.condition import CONDITIONS, DEFAULT

Find = Callable[[], ghostscript.Ghostscript | None]
PageCheck = Callable[[CheckedPage, Expected], Iterator[Problem]]


def _accessible(file: CheckedFile, expected: Expected) -> Iterator[Problem]:
    """Hold a tagged edition to the rules of its tree, which are loaded for no other one."""
    if expected.edition.is_tagged:
        from hrcpub.pipeline.preflight.checks import tagging

        yield from tagging.accessible(file)


FILE_CHECKS = (
    *remarks.FILE_CHECKS,
    *document.FILE_CHECKS,
    *forms.FILE_CHECKS,
    *pdfx_identity.FILE_CHECKS,
    _accessible,
)
PAGE_CHECKS: tuple[PageCheck, ...] = (
    *document.PAGE_CHECKS,
    *geometry.CHECKS,
    *mail.CHECKS,
    *colours.CHECKS,
    *overprint.CHECKS,
    *pictures.CHECKS,
    *texts.CHECKS,
    *text_layer.CHECKS,
    *total_ink.CHECKS,
)


class Helpers(NamedTuple):
    """Other programs that look at a file, each only where a check asks."""

    separations: ghostscript.Separations
    reader: ReadBack


_ON_A_PAGE, _IN_ALL = 5, 60  # problems of one code that are listed; the rest are counted
_NO_TRANSPARENCY = ("PDF/X-1", "PDF/X-3")


def judge(
    data: bytes,
    expected: Expected,
    bounds: Bounds = BOUNDS,
    find: Find = ghostscript.installed,
) -> list[Problem]:
    """Return what is wrong with a file; nothing when it may leave. Raises nothing.

    `find` looks for the Ghostscript that draws pages whose ink is in doubt.
    """
    try:
        pdf, warnings = _opened(data, expected)
    except pikepdf.PasswordError:
        return [locked()]
    except (*ODD, MemoryError, UnicodeError) as error:
        return [unreadable(_one_line(error))]
    with (
        pdf,
        ghostscript.Separations(data, CONDITIONS[DEFAULT], find) as separations,
        ReadBack(data) as reader,
    ):
        helpers = Helpers(separations, reader)
        return list(_shortened(_problems(pdf, warnings, expected, Budget(bounds), helpers)))


def _opened(data: bytes, expected: Expected) -> tuple[pikepdf.Pdf, list[str]]:
    """Return a file, repaired if it is broken and not ours, and what was said of it."""
    if not data.strip():
        raise ValueError("the file is empty")
    try:
        # First without recovery: qpdf repairs most damage and says nothing. Then it is said.
        return pikepdf.open(io.BytesIO(data), attempt_recovery=False), []
    except pikepdf.PasswordError:
        raise
    except pikepdf.PdfError as error:
        # Readers look for the header in the first 1024 bytes. A file of ours must not be broken.
        if expected.ours or b"%PDF-" not in data[:1024]:
            raise
        pdf = pikepdf.open(io.BytesIO(data), attempt_recovery=True)
        return pdf, [f"the file is damaged and had to be repaired: {_one_line(error)}"]


# What pikepdf calls a file, and what stands around it: before "object 3 0 at offset 115: …".
_STREAM = pattern(r"(?:stream )?<_io\.BytesIO object(?: at \w+)?>:?(?: ?, ?| )?")
_OBJECT = pattern(r"^\((object \d+ \d+)(?:, offset \d+)?\): ")


def _one_line(error: object) -> str:
    words = _OBJECT.sub(r"\1: ", _STREAM.sub("", " ".join(str(error).split())))
    return words[:200] or error.__class__.__name__


def _problems(
    pdf: pikepdf.Pdf,
    warnings: list[str],
    expected: Expected,
    budget: Budget,
    helpers: Helpers,
) -> Iterator[Problem]:
    try:
        file = document.opened(pdf, budget, warnings)
        yield from _of_file(file, expected)
        library = Library(budget, OPERATORS, hidden_layers(pdf))
        sizes: dict[tuple[float, float], int] = {}
        checks = _page_checks(file, helpers)
        for number, leaf in enumerate(pdf.pages, 1):
            budget.page()
            page = CheckedPage(number, leaf.obj, library)
            # To half a point, so that rounding does not make two sizes of one.
            key = (round(page.trim.width * 2) / 2, round(page.trim.height * 2) / 2)
            sizes[key] = sizes.get(key, 0) + 1
            for check in checks:
                yield from _safely(check, page, expected)
        yield from document.same_sizes(sizes, expected)
        later = [_one_line(w) for w in pdf.get_warnings()] if not warnings else []
        yield from remarks.syntax(file._replace(warnings=tuple(later)), expected)
    except BudgetSpent as error:
        yield too_much(str(error))
    except (MemoryError, RecursionError) as error:
        yield too_much(
            "too much memory" if isinstance(error, MemoryError) else "nesting without end"
        )
    except ODD as error:
        yield unreadable(_one_line(error))


def _of_file(file: CheckedFile, expected: Expected) -> Iterator[Problem]:
    for check in FILE_CHECKS:
        try:
            yield from check(file, expected)
        except ODD as error:
            yield odd_object(_one_line(error))


def _page_checks(file: CheckedFile, helpers: Helpers) -> tuple[PageCheck, ...]:
    # The checks that need more than the page and what is expected of it.
    helped: dict[PageCheck, PageCheck] = {
        total_ink.total_ink: partial(total_ink.total_ink, separations=helpers.separations),
        text_layer.text_layer: partial(text_layer.text_layer, read=helpers.reader.text),
    }
    checks = tuple(helped.get(check, check) for check in PAGE_CHECKS)
    version = file.info.get("/GTS_PDFXVersion", "")
    return (*checks, colours.transparency) if version.startswith(_NO_TRANSPARENCY) else checks


def _safely(check: PageCheck, page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """Yield what a check finds; an object that is not what it should be costs that check alone."""
    page.library.budget.clock()
    try:
        yield from check(page, expected)
    except ODD as error:
        yield replace(odd_object(_one_line(error)), source=page.at())


def _shortened(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield Problems; of those that are alike, the first few and how many more there are."""
    on_page: dict[tuple[str, int | None], int] = {}
    in_all: dict[str, int] = {}
    more: dict[tuple[str, int | None], tuple[Problem, int]] = {}
    seen: set[Problem] = set()
    for problem in problems:
        if problem in seen:
            continue
        page = problem.source.page if problem.source else None
        key = (problem.code, page)
        on_page[key] = on_page.get(key, 0) + 1
        is_full = in_all.get(problem.code, 0) >= _IN_ALL
        if not is_full and (page is None or on_page[key] <= _ON_A_PAGE):
            in_all[problem.code] = in_all.get(problem.code, 0) + 1
            seen.add(problem)
            yield problem
            continue
        key = (problem.code, None) if is_full else key
        worst, count = more.get(key, (problem, 0))
        is_worse = problem.is_error and not worst.is_error
        more[key] = (problem if is_worse else worst, count + 1)
    for (_, page), (problem, count) in more.items():
        where = "on this page" if page is not None else "in the file"
        said = f"{problem.message} (and {count - 1} more {where})" if count > 1 else problem.message
        yield replace(problem, message=said)


def unreadable(said: str) -> Problem:
    """The file is not a readable PDF: it is damaged, or of another kind.

    Fix: export or download it again, and open it in a viewer first.
    """
    return Problem("pdf-unreadable", f"this is not a readable PDF: {said}")


def locked() -> Problem:
    """The file opens only with a password.

    Fix: send a file without one. No shop can place or print it otherwise. (ISO 15930-7 §6.1.)
    """
    return Problem(
        "pdf-locked", "the file needs a password to open", None, "save it without a password"
    )


def too_much(said: str) -> Problem:
    """The file takes more time or memory than any page that is meant to be printed.

    Fix: export it again. If it is a map or drawing of very many parts, send it as a picture.
    Otherwise it is damaged, or made to do harm. Preflight stopped there, so there may be more
    to find.
    """
    return Problem("pdf-too-much", f"the file needs {said}: checking stopped before its end")


def odd_object(said: str) -> Problem:
    """An object in the file is of the wrong kind for its place, so programs show it differently.

    Fix: export the file again from the program that made it.
    """
    return Problem(
        "pdf-object", f"an object is of the wrong kind: {said}", severity=Severity.WARNING
    )


CODES = {
    "pdf-unreadable": unreadable,
    "pdf-locked": locked,
    "pdf-too-much": too_much,
    "pdf-object": odd_object,
}
