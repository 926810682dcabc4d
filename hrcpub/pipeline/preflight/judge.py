"""A file and what it is to be, to all that is wrong with it: the checks in their order.

One walk a page; nothing of a page is kept when it is done, so that a thousand pages take no more
memory than one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pikepdf

from hrcpub.pipeline.preflight.checks import colours, document, geometry, pictures, texts, total_ink
from hrcpub.pipeline.preflight.checks.document import CheckedFile
from hrcpub.pipeline.preflight.checks.limits import Wanted
from hrcpub.pipeline.preflight.page.bounded import ODD, SECONDS, Budget, BudgetSpent
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage
from hrcpub.pipeline.preflight.page.interpreter import Library
from hrcpub.pipeline.preflight.page.operators import OPERATORS
from hrcpub.problems import Problem, Severity

PageCheck = Callable[[CheckedPage, Wanted], Iterator[Problem]]

PAGE_CHECKS: tuple[PageCheck, ...] = (
    *document.PAGE_CHECKS,
    *geometry.CHECKS,
    *colours.CHECKS,
    *pictures.CHECKS,
    *texts.CHECKS,
    *total_ink.CHECKS,
)
_ON_A_PAGE, _IN_ALL = 5, 60  # findings of one kind that are told one by one
_NO_TRANSPARENCY = ("PDF/X-1", "PDF/X-3")


def judge(data: bytes, wanted: Wanted, seconds: float = SECONDS) -> list[Problem]:
    """Return what is wrong with a file; nothing when it may leave. Raises nothing."""
    try:
        pdf, warnings = _opened(data, wanted)
    except pikepdf.PasswordError:
        return [locked()]
    except (*ODD, MemoryError, UnicodeError) as error:
        return [unreadable(_one_line(error))]
    with pdf:
        return list(_told(_found(pdf, warnings, wanted, Budget(seconds))))


def _opened(data: bytes, wanted: Wanted) -> tuple[pikepdf.Pdf, list[str]]:
    """Return a file, mended where it is somebody else's and broken, and what was said of it."""
    if not data.strip():
        raise ValueError("the file is empty")
    try:
        return pikepdf.open(io.BytesIO(data), attempt_recovery=False), []
    except pikepdf.PasswordError:
        raise
    except pikepdf.PdfError as error:
        if wanted.ours or b"%PDF-" not in data[:1024]:
            raise
        pdf = pikepdf.open(io.BytesIO(data), attempt_recovery=True)
        return pdf, [f"the file is damaged and had to be mended: {_one_line(error)}"]


_STREAM = re.compile(
    r"(?:stream )?<_io\.BytesIO object(?: at \w+)?>:? ?"
)  # what pikepdf calls a file


def _one_line(error: object) -> str:
    words = _STREAM.sub("", " ".join(str(error).split()))
    return words[:200] or error.__class__.__name__


def _found(
    pdf: pikepdf.Pdf, warnings: list[str], wanted: Wanted, budget: Budget
) -> Iterator[Problem]:
    try:
        file = document.opened(pdf, budget, warnings)
        yield from _of_file(file, wanted)
        library = Library(budget, OPERATORS, document.hidden_layers(pdf))
        sizes: dict[tuple[float, float], int] = {}
        checks = _page_checks(file)
        for number, thing in enumerate(pdf.pages, 1):
            budget.page()
            page = CheckedPage(number, thing.obj, library)
            key = (round(page.trim.width * 2) / 2, round(page.trim.height * 2) / 2)
            sizes[key] = sizes.get(key, 0) + 1
            for check in checks:
                yield from _safely(check, page, wanted)
        yield from document.same_sizes(sizes, wanted)
        later = [_one_line(w) for w in pdf.get_warnings()] if not warnings else []
        yield from document.syntax(file._replace(warnings=tuple(later)), wanted)
    except BudgetSpent as error:
        yield too_much(str(error))
    except (MemoryError, RecursionError) as error:
        yield too_much("more memory" if isinstance(error, MemoryError) else "nesting without end")
    except ODD as error:
        yield unreadable(_one_line(error))


def _of_file(file: CheckedFile, wanted: Wanted) -> Iterator[Problem]:
    for check in document.FILE_CHECKS:
        try:
            yield from check(file, wanted)
        except ODD as error:
            yield odd_object(_one_line(error))


def _page_checks(file: CheckedFile) -> tuple[PageCheck, ...]:
    version = file.info.get("/GTS_PDFXVersion", "")
    if version.startswith(_NO_TRANSPARENCY):
        return (*PAGE_CHECKS, colours.transparency)
    return PAGE_CHECKS


def _safely(check: PageCheck, page: CheckedPage, wanted: Wanted) -> Iterator[Problem]:
    """Yield what a check finds; an object that is not what it should be costs that check alone."""
    page.library.budget.clock()
    try:
        yield from check(page, wanted)
    except ODD as error:
        yield replace(odd_object(_one_line(error)), source=page.at())


def _told(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield Problems, of many that are alike the first few and how many more there are."""
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
    return Problem("pdf-unreadable", f"this is no PDF that can be read: {said}")


def locked() -> Problem:
    """The file opens only with a password.

    Fix: send a file without one. No shop can place or print it otherwise. (ISO 15930-7 §6.1.)
    """
    return Problem("pdf-locked", "the file asks for a password", None, "save it without one")


def too_much(said: str) -> Problem:
    """The file takes more time or memory than any page that is meant to be printed.

    Fix: export it again. If it is a map or drawing of very many parts, send it as a picture.
    Otherwise it is damaged, or made to do harm. Preflight stopped there, so there may be more
    to find.
    """
    return Problem("pdf-too-much", f"the file takes {said}: it was not read to the end")


def odd_object(said: str) -> Problem:
    """An object in the file is of the wrong kind for its place, so programs show it differently.

    Fix: export the file again from the program that made it.
    """
    return Problem(
        "pdf-object", f"an object is not what it should be: {said}", severity=Severity.WARNING
    )


CODES = {
    "pdf-unreadable": unreadable,
    "pdf-locked": locked,
    "pdf-too-much": too_much,
    "pdf-object": odd_object,
}
