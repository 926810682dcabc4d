"""PDFs to their pages as imposing needs them: upright, with their sizes, bleed and content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import BinaryIO, NamedTuple

from hrcpub.pipeline.impose import problems as impose_problems
from hrcpub.pipeline.impose.annotations import has_printed_annotations
from hrcpub.pipeline.impose.mixed_sizes import Mixed, even
from hrcpub.pipeline.impose.page_shape import SHAPE, ImpossiblePage, PageShape, page_shape
from hrcpub.pipeline.impose.pdf_file import PdfFile
from hrcpub.pipeline.impose.pdf_syntax import (
    DamagedPdf,
    PdfValue,
    UnusualPdf,
    entries,
    items,
)
from hrcpub.pipeline.impose.repair import Rewritten, rewritten
from hrcpub.problems import HrcpubError, Problem
from hrcpub.records import record
from hrcpub.units import Size


class ArtPage(NamedTuple):
    """One page of a file. Of thousands, most have one shape and share their resources."""

    file: int  # from 0
    shape: PageShape
    # References as a rule, or what they would refer to.
    contents: PdfValue  # empty, as the others are: there is none
    resources: PdfValue
    group: PdfValue  # its transparency group

    @property
    def size(self) -> Size:
        """Return the size of its trim."""
        return self.shape.size

    @property
    def bleed(self) -> float:
        """Return how far it reaches beyond its trim, on the edge where it is most."""
        return self.shape.bleed


@record
class Artwork:
    """All pages that are to be imposed, of one file or several."""

    names: tuple[str, ...]
    files: tuple[PdfFile, ...]
    pages: tuple[ArtPage, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def piece(self) -> Size:
        """Return the trim of every page."""
        return self.pages[0].size

    @property
    def bleed(self) -> float:
        """Return how far colour may reach beyond the trim."""
        return max(page.bleed for page in self.pages)


_FileRead = tuple[PdfFile, list[ArtPage], list[Problem]]


def read(
    files: Sequence[tuple[str, BinaryIO]],
    mixed: Mixed = Mixed.REFUSE,
    *,
    are_rewritten: bool = False,
) -> Artwork:
    """Return the pages of files, in their order, each under the name that people know it by.

    A damaged file is repaired where that is possible, one that opens without a password is
    unlocked, and a Problem says so. `are_rewritten`: qpdf writes every file anew before it is read.
    Raises HrcpubError when a file cannot be read, needs a password or is empty, or when pages
    differ in size and `mixed` does not say what to do with them.
    """
    pdfs, pages, problems = [], [], []
    for index, (name, file) in enumerate(files):
        pdf, its_pages, its_problems = _read(name, index, file, are_rewritten)
        pdfs.append(pdf)
        pages += its_pages
        problems += its_problems
    names = tuple(name for name, _ in files)
    evened, told = even(names, pages, mixed)
    return Artwork(names, tuple(pdfs), evened, (*problems, *told))


def _read(name: str, index: int, file: BinaryIO, is_rewritten: bool) -> _FileRead:
    """Return what is read of a file, written anew where that is needed, and what is said of it."""
    error: Exception = UnusualPdf("it is damaged")
    if not is_rewritten:
        try:
            return _plain(name, index, file)
        except (HrcpubError, DamagedPdf, UnusualPdf) as first:
            error = first
    is_right = isinstance(error, UnusualPdf)
    for copy in rewritten(name, file):
        try:
            pdf, pages, problems = _plain(name, index, copy.file)
        except (HrcpubError, DamagedPdf, UnusualPdf) as second:
            error = error if isinstance(error, HrcpubError) else second
            continue
        return pdf, pages, [*_of_the_copy(name, copy, is_right, len(pages)), *problems]
    raise _refusal(name, error)


def _refusal(name: str, error: Exception) -> HrcpubError:
    if isinstance(error, HrcpubError):
        return error
    return HrcpubError(impose_problems.unreadable(name, str(error)))


def _of_the_copy(name: str, copy: Rewritten, is_right: bool, pages: int) -> Iterator[Problem]:
    """Yield why a file was written anew; `is_right`: it may have had no damage."""
    if copy.was_damaged or not (copy.was_encrypted or is_right):
        yield impose_problems.damaged(name, pages)
    if copy.was_encrypted:
        yield impose_problems.unlocked(name, copy.may_print)


# --- Pages ---------------------------------------------------------------------------------------


def _plain(name: str, index: int, file: BinaryIO) -> _FileRead:
    """Return what is read of a file as it is.

    Raises DamagedPdf or UnusualPdf, and HrcpubError for pages that cannot be imposed.
    """
    pdf = PdfFile(file)
    pages: list[ArtPage] = []
    without_trim: list[Size] = []
    annotated: list[int] = []
    unsized: list[int] = []
    oddly_trimmed: list[int] = []
    for number, its in enumerate(_leaves(pdf), 1):
        try:
            page = _page(index, pdf, its)
        except ImpossiblePage as error:
            raise HrcpubError(impose_problems.page_broken(name, number, str(error))) from None
        if not page.shape.has_media:
            unsized.append(number)
        if b"/TrimBox" not in its:
            without_trim.append(page.size)
        elif page.shape.has_odd_trim:
            oddly_trimmed.append(number)
        if has_printed_annotations(pdf, its):
            annotated.append(number)
        pages.append(page)
    if not pages:
        raise HrcpubError(impose_problems.empty(name))
    problems = [impose_problems.no_trim(name, without_trim[0])] if without_trim else []
    if unsized:
        problems.append(impose_problems.no_media(name, unsized))
    if oddly_trimmed:
        size = pages[oddly_trimmed[0] - 1].size
        problems.append(impose_problems.odd_trim(name, oddly_trimmed, size))
    if annotated:
        problems.append(impose_problems.annotations_dropped(name, annotated))
    return pdf, pages, problems


INHERITED = (b"/Resources", b"/MediaBox", b"/CropBox", b"/Rotate")


def _leaves(pdf: PdfFile) -> Iterator[dict[bytes, PdfValue]]:
    """Yield each page's entries, with those that it inherits (ISO 32000-2 §7.7.3.4)."""
    stack: list[tuple[PdfValue, dict[bytes, PdfValue]]] = [(pdf.root.get(b"/Pages", b""), {})]
    seen: set[PdfValue] = set()
    while stack:
        value, above = stack.pop()
        node = entries(pdf.resolved(value))
        if not node:
            raise DamagedPdf("a page is missing")
        its = above | node
        if b"/Kids" not in node:
            yield its
        elif value not in seen:  # a damaged tree may lead into itself
            seen.add(value)
            inherited = {key: its[key] for key in INHERITED if key in its}
            kids = list(items(pdf.resolved(node[b"/Kids"])))
            stack += [(kid, inherited) for kid in reversed(kids)]


def _page(file: int, pdf: PdfFile, its: dict[bytes, PdfValue]) -> ArtPage:
    """Return a page; raise ImpossiblePage when its size is impossible."""
    shape = page_shape(*(_plain_box(pdf, its.get(key, b"")) for key in SHAPE))
    contents, resources, group = (
        its.get(key, b"") for key in (b"/Contents", b"/Resources", b"/Group")
    )
    return ArtPage(file, shape, contents, _once(resources), _once(group))


def _plain_box(pdf: PdfFile, value: PdfValue) -> PdfValue:
    """Return a value, and in an array the numbers to which it refers."""
    if b"R" not in value:
        return value
    value = pdf.resolved(value)
    if b"R" not in value:
        return value
    return b"[%b]" % b" ".join(pdf.resolved(edge) for edge in items(value))


@lru_cache(maxsize=64)
def _once(value: PdfValue) -> PdfValue:
    """Return the equal value that was there before: thousands of pages share their resources."""
    return value
