"""PDFs to their pages as imposing needs them: upright, with their sizes, bleed and content."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from hrcpub.pipeline.impose import problems as impose_problems
from hrcpub.pipeline.impose.repair import repaired
from hrcpub.problems import HrcpubError, Problem
from hrcpub.units import Rect, Size

if TYPE_CHECKING:
    from pypdf import PdfReader

LETTER = Rect(0.0, 0.0, 612.0, 792.0)  # what viewers take a page for that has no size
SAME = 0.75  # points: pages whose trims differ by less are of one size; a knife is off by more
LEAST, MOST = 1.0, 200 * 72.0  # points: less is not a page; the largest that PDF 1.x allows

# What pypdf reads: a reference, or what it refers to. A broken file has any kind in any place, so
# each use looks at what it is (`isinstance`, `hasattr`) before it takes it for that.
PdfValue = Any
PypdfEntries = dict[str, PdfValue]

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


def read(files: Sequence[tuple[str, BinaryIO]]) -> Artwork:
    """Return the pages of files, in their order, each under the name that people know it by.

    A damaged file is repaired where that is possible, and a Problem says so. Raises HrcpubError
    when a file cannot be read, is encrypted or empty, or when pages differ in size.
    """
    readers, pages, problems = [], [], []
    for index, (name, file) in enumerate(files):
        reader, its_pages, its_problems = _read(name, index, file)
        readers.append(reader)
        pages += its_pages
        problems += its_problems
    names = tuple(name for name, _ in files)
    _check_sizes(names, pages)
    return Artwork(names, tuple(readers), tuple(pages), tuple(problems))


def _read(name: str, index: int, file: BinaryIO) -> _FileRead:
    try:
        return _read_as_it_is(name, index, file)
    except HrcpubError:
        raise
    except Exception as error:  # whatever pypdf stumbles over
        unreadable = HrcpubError(impose_problems.unreadable(name, reason(error)))
        copy = repaired(name, file)
        if copy is None:
            raise unreadable from error
    try:
        reader, pages, problems = _read_as_it_is(name, index, copy)
    except Exception:
        raise unreadable from None
    return reader, pages, [impose_problems.damaged(name, len(pages)), *problems]


def _read_as_it_is(name: str, index: int, file: BinaryIO) -> _FileRead:
    import pypdf
    from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

    try:
        reader = pypdf.PdfReader(file)
    except (DependencyError, FileNotDecryptedError, WrongPasswordError):
        raise HrcpubError(impose_problems.encrypted(name)) from None
    if "/Encrypt" in reader.trailer:
        raise HrcpubError(impose_problems.encrypted(name))
    return reader, *_pages(name, index, reader)


def reason(error: BaseException) -> str:
    """Return what a library says of its error, in one line."""
    return " ".join(str(error).split())[:120] or type(error).__name__


def _check_sizes(names: Sequence[str], pages: Sequence[ArtPage]) -> None:
    counts = dict.fromkeys(range(len(names)), 0)
    first = pages[0].size
    for page in pages:
        counts[page.file] += 1
        if any(abs(a - b) > SAME for a, b in zip(page.size, first, strict=True)):
            name = names[page.file]
            raise HrcpubError(
                impose_problems.mixed_sizes(name, counts[page.file], page.size, first)
            )


# --- Pages ---------------------------------------------------------------------------------------


def _pages(name: str, index: int, reader: PdfReader) -> tuple[list[ArtPage], list[Problem]]:
    pages: list[ArtPage] = []
    without_trim: list[Size] = []
    annotated: list[int] = []
    unsized: list[int] = []
    for number, entries in enumerate(_leaves(reader), 1):
        page = _page(name, index, number, entries)
        if _box(entries.get("/MediaBox")) is None:
            unsized.append(number)
        if "/TrimBox" not in entries:
            without_trim.append(page.size)
        if _has_printed_annotations(entries):
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

    media = _box(entries.get("/MediaBox")) or LETTER
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
        _shared(_box(entries.get(f"/{name}Box")), media) for name in ("Crop", "Trim", "Bleed")
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


def _box(value: PdfValue) -> Rect | None:
    """Return a box, its edges in order (ISO 32000-2 §7.9.5); None when the value is not a box."""
    edges = resolved(value)
    if not isinstance(edges, list) or len(edges) != 4:
        return None
    numbers = [number_of(edge, math.nan) for edge in edges]
    if not all(math.isfinite(number) for number in numbers):
        return None
    (left, right), (foot, top) = sorted(numbers[::2]), sorted(numbers[1::2])
    return Rect(left, foot, right, top)


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


def number_of(value: PdfValue, otherwise: float) -> float:
    """Return a number; `otherwise` when the value is something else."""
    number = resolved(value)
    return float(number) if isinstance(number, int | float) else otherwise


def resolved(value: PdfValue) -> PdfValue:
    """Return what a reference refers to, and anything else as it is."""
    return value.get_object() if value is not None and hasattr(value, "get_object") else value


UNPRINTED = {"/Link", "/Popup", "/TrapNet", "/PrinterMark"}
HIDDEN, PRINTED = 2, 4  # flags of an annotation (ISO 32000-2 §12.5.3)


def _has_printed_annotations(entries: PypdfEntries) -> bool:
    array = resolved(entries.get("/Annots"))
    for reference in array if isinstance(array, list) else ():
        annotation = resolved(reference)
        if not isinstance(annotation, dict) or annotation.get("/Subtype") in UNPRINTED:
            continue
        flags = int(number_of(annotation.get("/F"), 0.0))
        if "/AP" in annotation and flags & PRINTED and not flags & HIDDEN:
            return True
    return False
