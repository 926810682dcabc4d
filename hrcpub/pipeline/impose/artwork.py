"""PDFs to their pages as imposing needs them: upright, with their sizes, bleed and content."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from hrcpub.pipeline.impose import problems as impose_problems
from hrcpub.pipeline.impose.annotations import has_printed_annotations
from hrcpub.pipeline.impose.mixed_sizes import Mixed, even
from hrcpub.pipeline.impose.pypdf_values import (
    PdfValue,
    PypdfEntries,
    box_of,
    number_of,
    resolved,
)
from hrcpub.pipeline.impose.repair import Doubts, Rewritten, is_damaged, rewritten
from hrcpub.problems import HrcpubError, Problem
from hrcpub.units import Rect, Size

if TYPE_CHECKING:
    from pypdf import PdfReader

LETTER = Rect(0.0, 0.0, 612.0, 792.0)  # what viewers take a page for that has no size
LEAST, MOST = 1.0, 200 * 72.0  # points: less is not a page; the largest that PDF 1.x allows

TupleT = TypeVar("TupleT", bound=tuple[float, ...])

# pypdf logs each slip of a file that it could work around. A person who prints cannot use that.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class ArtPage:
    """One page of a file as a viewer shows it: upright, its origin the lower left of its trim."""

    file: int  # from 0
    size: Size  # of the trim
    bleed: float  # beyond the trim, on the edge that has most of it
    box: Rect  # what may be drawn of it, in its own coordinates
    matrix: tuple[float, float, float, float, float, float]  # from its own coordinates to points
    # As pypdf reads them: references, or what they refer to.
    contents: PdfValue
    resources: PdfValue
    group: PdfValue  # its transparency group; None: it has none


@dataclass(frozen=True, slots=True)
class Artwork:
    """All pages that are to be imposed, of one file or several."""

    names: tuple[str, ...]
    readers: tuple[PdfReader, ...]
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


_FileRead = tuple["PdfReader", list[ArtPage], list[Problem]]


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
    readers, pages, problems = [], [], []
    for index, (name, file) in enumerate(files):
        reader, its_pages, its_problems = _read(name, index, file, are_rewritten)
        readers.append(reader)
        pages += its_pages
        problems += its_problems
    names = tuple(name for name, _ in files)
    evened, told = even(names, pages, mixed)
    return Artwork(names, tuple(readers), evened, (*problems, *told))


def _read(name: str, index: int, file: BinaryIO, is_rewritten: bool) -> _FileRead:
    plain, error = (None, None) if is_rewritten else _plain(name, index, file)
    if plain and not error:
        return plain
    copy = rewritten(name, file)
    mended, its_error = _plain(name, index, copy.file) if copy else (None, None)
    if copy and mended and (not plain or len(mended[1]) >= len(plain[1])):
        reader, pages, problems = mended
        return reader, pages, [*_of_the_copy(name, copy, is_rewritten, len(pages)), *problems]
    if plain:
        reader, pages, problems = plain
        return reader, pages, [impose_problems.damaged(name, len(pages)), *problems]
    raise error or its_error or _unreadable(name, "it is damaged")


def _plain(name: str, index: int, file: BinaryIO) -> tuple[_FileRead | None, HrcpubError | None]:
    """Return what pypdf reads of a file, and what speaks against it."""
    try:
        with Doubts() as doubts:
            file_read = _read_as_it_is(name, index, file)
    except HrcpubError as error:
        return None, error
    except Exception as error:  # whatever pypdf stumbles over, encryption too
        return None, _unreadable(name, reason(error))
    is_doubtful = doubts.any and is_damaged(file)
    return file_read, _unreadable(name, "it is damaged") if is_doubtful else None


def _unreadable(name: str, said: str) -> HrcpubError:
    return HrcpubError(impose_problems.unreadable(name, said))


def _of_the_copy(name: str, copy: Rewritten, is_asked: bool, pages: int) -> Iterator[Problem]:
    """Yield why a file was written anew; `is_asked`: all were, and it may have had no need."""
    if copy.was_damaged or not (copy.was_encrypted or is_asked):
        yield impose_problems.damaged(name, pages)
    if copy.was_encrypted:
        yield impose_problems.unlocked(name, copy.may_print)


def _read_as_it_is(name: str, index: int, file: BinaryIO) -> _FileRead:
    import pypdf

    reader = pypdf.PdfReader(file)
    if "/Encrypt" in reader.trailer:
        raise ValueError("the file is encrypted")
    return reader, *_pages(name, index, reader)


def reason(error: BaseException) -> str:
    """Return what a library says of its error, in one line."""
    return " ".join(str(error).split())[:120] or type(error).__name__


# --- Pages ---------------------------------------------------------------------------------------


def _pages(name: str, index: int, reader: PdfReader) -> tuple[list[ArtPage], list[Problem]]:
    pages: list[ArtPage] = []
    without_trim: list[Size] = []
    annotated: list[int] = []
    unsized: list[int] = []
    for number, entries in enumerate(_leaves(reader), 1):
        page = _page(name, index, number, entries)
        if box_of(entries.get("/MediaBox")) is None:
            unsized.append(number)
        if "/TrimBox" not in entries:
            without_trim.append(page.size)
        if has_printed_annotations(entries):
            annotated.append(number)
        pages.append(page)
    if not pages:
        raise HrcpubError(impose_problems.empty(name))
    _forget_object_streams(reader)
    problems = [impose_problems.no_trim(name, without_trim[0])] if without_trim else []
    if unsized:
        problems.append(impose_problems.no_media(name, unsized))
    if annotated:
        problems.append(impose_problems.annotations_dropped(name, annotated))
    return pages, problems


def _forget_object_streams(reader: PdfReader) -> None:
    """Let go of the streams that objects were packed in: pypdf keeps them, and they are read."""
    cached: list[tuple[tuple[int, int], PdfValue]] = list(reader.resolved_objects.items())
    for key, value in cached:
        if isinstance(value, dict) and value.get("/Type") == "/ObjStm":
            del reader.resolved_objects[key]


INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")


def _leaves(reader: PdfReader) -> Iterator[PypdfEntries]:
    """Yield each page's entries, with those that it inherits (ISO 32000-2 §7.7.3.4)."""
    stack: list[tuple[PdfValue, PypdfEntries]] = [(reader.root_object.raw_get("/Pages"), {})]
    seen: set[int] = set()
    while stack:
        reference, above = stack.pop()
        number = getattr(reference, "idnum", None)
        if number is not None and "/Kids" in (node := resolved(reference) or {}):
            # A damaged tree may lead into itself.
            if number in seen:
                continue
            seen.add(number)
        node = resolved(reference)
        if not isinstance(node, dict):
            continue
        entries = above | {key: node.raw_get(key) for key in node}  # type: ignore[attr-defined]
        if "/Kids" in node:
            inherited = {key: value for key, value in entries.items() if key in INHERITED}
            stack += [(kid, inherited) for kid in reversed(list(resolved(node["/Kids"])))]
        else:
            yield entries
            if number is not None:  # a page is not asked for again, and there may be thousands
                reader.resolved_objects.pop((0, number), None)


def _page(name: str, file: int, number: int, entries: PypdfEntries) -> ArtPage:
    """Return a page as a viewer shows it; raise HrcpubError when its size is impossible."""

    def broken(message: str) -> HrcpubError:
        return HrcpubError(impose_problems.page_broken(name, number, message))

    media = box_of(entries.get("/MediaBox")) or LETTER
    trim, shown = _trim_and_bleed(entries, media)
    unit = number_of(entries.get("/UserUnit"), 1.0)
    turn = int(number_of(entries.get("/Rotate"), 0.0)) % 360
    if turn % 90:
        raise broken(f"the page is turned by {turn}°")
    size = Size(trim.width * unit, trim.height * unit)
    if not all(LEAST <= length <= MOST for length in size):
        raise broken(f"the page is {size.width:g} × {size.height:g} pt")
    return ArtPage(
        file=file,
        size=_once(Size(size.height, size.width) if turn % 180 else size),
        bleed=_reach(shown, trim) * unit,
        box=_once(shown),
        matrix=_once(_upright(trim, turn, unit)),
        contents=entries.get("/Contents"),
        resources=entries.get("/Resources"),
        group=entries.get("/Group"),
    )


def _trim_and_bleed(entries: PypdfEntries, media: Rect) -> tuple[Rect, Rect]:
    """Return the trim, and what may be drawn: the same for a page without a TrimBox."""
    crop, trim, bleed = (
        _shared(box_of(entries.get(f"/{name}Box")), media) for name in ("Crop", "Trim", "Bleed")
    )
    if trim is None:
        return crop or media, crop or media
    return trim, _around(bleed, trim)


def _reach(outer: Rect, inner: Rect) -> float:
    """Return how far a rectangle reaches beyond another, on the edge where it is most."""
    return max(
        0.0,
        inner.left - outer.left,
        inner.bottom - outer.bottom,
        outer.right - inner.right,
        outer.top - inner.top,
    )


@lru_cache(maxsize=64)
def _once(value: TupleT) -> TupleT:
    """Return the equal value that was there before: thousands of pages share their boxes."""
    return value


def _upright(trim: Rect, turn: int, unit: float) -> tuple[float, float, float, float, float, float]:
    """Return the matrix from a page's own coordinates; `turn` is clockwise, as /Rotate is."""
    left, foot, right, top = (edge * unit for edge in trim)
    return {
        0: (unit, 0.0, 0.0, unit, -left, -foot),
        90: (0.0, -unit, unit, 0.0, -foot, right),
        180: (-unit, 0.0, 0.0, -unit, right, top),
        270: (0.0, unit, -unit, 0.0, top, -left),
    }[turn]


def _shared(box: Rect | None, other: Rect) -> Rect | None:
    """Return the overlap of two boxes; None when there is none."""
    if box is None:
        return None
    low = (max(box.left, other.left), max(box.bottom, other.bottom))
    high = (min(box.right, other.right), min(box.top, other.top))
    return Rect(*low, *high) if low[0] < high[0] and low[1] < high[1] else None


def _around(box: Rect | None, other: Rect) -> Rect:
    """Return the box around both."""
    if box is None:
        return other
    return Rect(
        min(box.left, other.left),
        min(box.bottom, other.bottom),
        max(box.right, other.right),
        max(box.top, other.top),
    )
