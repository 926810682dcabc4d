"""Any PDF and an `Edition` to `Problem`s: whether the file is what it is to be. Changes nothing.

It reads with pikepdf what pydyf and pypdf wrote, and shares no code with them. A check is one
function and its line in `CHECKS`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from hrcpub.edition import Edition
from hrcpub.problems import Problem, Source
from hrcpub.units import Size

if TYPE_CHECKING:
    import pikepdf

NEAR = 0.05  # points: rounding of a box


class Wanted(NamedTuple):
    """What a file is to be. `size` is its pages' trim, in points."""

    edition: Edition
    pages: int
    size: Size
    bleed: float
    families: frozenset[str] = frozenset()  # that may be drawn; empty: any


def preflight(data: bytes, wanted: Wanted) -> list[Problem]:
    """Return what is wrong with a file; nothing when it may leave."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
            return [problem for check in CHECKS for problem in check(pdf, wanted)]
    except pikepdf.PdfError as error:
        return [unreadable(str(error))]


def syntax(pdf: pikepdf.Pdf, wanted: Wanted) -> Iterator[Problem]:
    """The file breaks PDF's syntax: some programs repair that, others print a blank page.

    In a file that hrcpub made this is our mistake, not the author's: please report it.
    """
    for said in pdf.check_pdf_syntax():
        yield Problem("pdf-syntax", said)


def pages(pdf: pikepdf.Pdf, wanted: Wanted) -> Iterator[Problem]:
    """The file has another number of pages than the piece has sides.

    Our mistake, not the author's: please report it.
    """
    if len(pdf.pages) != wanted.pages:
        yield Problem("pdf-pages", f"{len(pdf.pages)} pages instead of {wanted.pages}")


def boxes(pdf: pikepdf.Pdf, wanted: Wanted) -> Iterator[Problem]:
    """A page's TrimBox is not the finished size, or its BleedBox not where the edition asks.

    A shop cuts by the TrimBox, and needs colour to the BleedBox (ISO 32000-2 §14.11.2).
    """
    for number, page in enumerate(pdf.pages, 1):
        trim = [float(edge) for edge in page.trimbox]
        size = (trim[2] - trim[0], trim[3] - trim[1])
        if any(abs(a - b) > NEAR for a, b in zip(size, wanted.size, strict=True)):
            said = f"the TrimBox is {size[0]:g} x {size[1]:g} pt"
            yield Problem("pdf-boxes", said, Source(page=number))
        bleed = [float(edge) for edge in page.obj.get("/BleedBox", page.trimbox)]
        reach = (trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3])
        if any(abs(edge - wanted.bleed) > NEAR for edge in reach):
            said = f"the bleed is {min(reach):g} pt instead of {wanted.bleed:g}"
            yield Problem("pdf-boxes", said, Source(page=number))


def fonts(pdf: pikepdf.Pdf, wanted: Wanted) -> Iterator[Problem]:
    """A font is not in the file, or is none of the layout's.

    One that is not embedded is replaced by another at the shop. One that nobody chose was taken
    for a letter that the chosen one lacks: write the letter another way, or add a font that has it.
    """
    names = tuple(family.replace(" ", "-") for family in wanted.families)
    for number, page in enumerate(pdf.pages, 1):
        for font in _fonts(page.obj.get("/Resources"), 0):
            inner = font.get("/DescendantFonts", [font])[0]
            descriptor = inner.get("/FontDescriptor")
            files = ("/FontFile", "/FontFile2", "/FontFile3")
            name = str(font.get("/BaseFont", "/?")).lstrip("/").rpartition("+")[2]
            if descriptor is None or not any(file in descriptor for file in files):
                yield Problem("pdf-font", f"{name} is not embedded", Source(page=number))
            if names and not name.startswith(names):
                yield Problem("pdf-font", f"{name} is no font of the layout", Source(page=number))


def _fonts(resources: Any, depth: int) -> Iterator[Any]:
    """Yield the fonts of a page and of the forms that it draws."""
    if resources is None or depth > 4:
        return
    yield from resources.get("/Font", {}).values()
    for form in resources.get("/XObject", {}).values():
        if form.get("/Subtype") == "/Form":
            yield from _fonts(form.get("/Resources"), depth + 1)


def tags(pdf: pikepdf.Pdf, wanted: Wanted) -> Iterator[Problem]:
    """A tagged edition lacks what a screen reader goes by: tags, language, title (PDF/UA-1 §7).

    The language and the title are a material's own; the tags come from its layout's template.
    """
    if not wanted.edition.is_tagged:
        return
    root = pdf.Root
    has = {
        "tags": "/StructTreeRoot" in root and "/MarkInfo" in root,
        "a language": bool(root.get("/Lang")),
        "a title": "/Title" in pdf.docinfo,
        "PDF/UA-1's mark": _metadata(root).find("pdfuaid:part") >= 0,
    }
    for name, there in has.items():
        if not there:
            yield Problem("pdf-tags", f"the file has not {name}")


def _metadata(root: Any) -> str:
    stream = root.get("/Metadata")
    return "" if stream is None else stream.read_bytes().decode("utf-8", "replace")


def links(pdf: pikepdf.Pdf, wanted: Wanted) -> Iterator[Problem]:
    """A printed edition has links or other annotations, which shops refuse (PDF/X-4).

    In a file that hrcpub made this is our mistake, not the author's: please report it.
    """
    if wanted.edition.has_links:
        return
    for number, page in enumerate(pdf.pages, 1):
        if "/Annots" in page.obj:
            yield Problem("pdf-annotation", "the page has annotations", Source(page=number))


def unreadable(said: str) -> Problem:
    """The file cannot be read as PDF: it is damaged, or it is something else.

    Export or download it again, and open it in a viewer first.
    """
    return Problem("pdf-unreadable", f"this is no PDF that can be read: {said}")


CHECKS: tuple[Callable[[Any, Wanted], Iterator[Problem]], ...] = (
    syntax,
    pages,
    boxes,
    fonts,
    tags,
    links,
)

CODES: dict[str, Callable[..., object]] = {
    "pdf-syntax": syntax,
    "pdf-pages": pages,
    "pdf-boxes": boxes,
    "pdf-font": fonts,
    "pdf-tags": tags,
    "pdf-annotation": links,
    "pdf-unreadable": unreadable,
}
