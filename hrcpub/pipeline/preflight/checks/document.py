"""Checks of a file as a whole: its pages, fonts, tags, and what it carries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

import pikepdf

from hrcpub.pipeline.preflight.checks.layers import hidden_layers, other_in_print
from hrcpub.pipeline.preflight.checks.limits import BINDINGS, Expected
from hrcpub.pipeline.preflight.page.bounded import ODD, Budget, box, decoded, text
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage, mm
from hrcpub.pipeline.preflight.page.fonts import PdfFont
from hrcpub.pipeline.preflight.page.interpreter import Library
from hrcpub.pipeline.preflight.page.xmp import properties
from hrcpub.problems import Problem, Severity

_MOST_KNOWN = 64  # resources of which it is known whether they have broken fonts


class CheckedFile(NamedTuple):
    """A file that is open, with its metadata.

    `info` is the document information, by key with its slash; `xmp` its metadata, by
    `prefix:name`; `warnings` is what the reader said.
    """

    pdf: pikepdf.Pdf
    budget: Budget
    xmp: Mapping[str, str]
    info: dict[str, str]
    page_count: int
    warnings: tuple[str, ...] = ()


def opened(pdf: pikepdf.Pdf, budget: Budget, warnings: Iterable[str] = ()) -> CheckedFile:
    """Read a file's metadata once, for all checks."""
    xmp: dict[str, str] = {}
    said = list(warnings)
    metadata = pdf.Root.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream):
        try:
            xmp = properties(decoded(metadata, budget, 16 << 20))
        except (*ODD, ValueError) as error:
            said.append(f"the metadata (XMP) cannot be read: {text(str(error), 120)}")
    info: dict[str, str] = {}
    fields = pdf.trailer.get("/Info")
    if isinstance(fields, pikepdf.Dictionary):
        # Bounded: a hostile file has a million entries. Shops look at a dozen.
        info = {key: text(value, 200) for key, value in islice(fields.items(), 100)}
    return CheckedFile(pdf, budget, xmp, info, len(pdf.pages), tuple(said))


def content(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A page draws something that is not in the file, or a form that draws itself.

    Fix: export the page again, since that object will be missing in print. If that does not
    help, rebuild the object that the message names.
    """
    for complaint in page.walk.complaints:
        if complaint.kind == "syntax":
            yield Problem("pdf-syntax", f"in the page's content: {complaint.said}", page.at())
        elif complaint.kind == "resource":
            yield Problem("pdf-resource", complaint.said, page.at())


def pages(file: CheckedFile, expected: Expected) -> Iterator[Problem]:
    """The number of pages does not match the piece's sides, or its binding.

    Fix: add blank pages before the last one, so that the back cover stays in its place. A
    stitched booklet has four pages to a sheet, a bound book two to a leaf. If hrcpub made the
    file, it is our mistake: please report it.
    """
    if expected.pages is not None and file.page_count != expected.pages:
        yield Problem("pdf-pages", f"{file.page_count} pages instead of {expected.pages}")
    if not file.page_count and expected.pages is None:
        yield Problem("pdf-pages", "the file has no pages")
    if expected.binding and file.page_count % BINDINGS[expected.binding]:
        multiple = BINDINGS[expected.binding]
        more = multiple - file.page_count % multiple
        needed = f"{expected.binding} binding, which needs a multiple of {multiple}"
        said = f"{file.page_count} pages for {needed}"
        yield Problem("pdf-pages", said, None, f"add {more} before the last page")


def encryption(file: CheckedFile, expected: Expected) -> Iterator[Problem]:
    """The file is encrypted. PDF/X and most print shops refuse that.

    Fix: remove the password and the restrictions, and export or save it again. (ISO 15930-7
    §6.1.)
    """
    if file.pdf.is_encrypted:
        yield Problem("pdf-encrypted", "the file is encrypted")


def tags(file: CheckedFile, expected: Expected) -> Iterator[Problem]:
    """A tagged edition lacks what a screen reader needs: tags, language or title (PDF/UA-1 §7).

    Fix: set `language` and `title` in the material. The tags come from its layout's template. All
    else that this finds is hrcpub's to write: please report it.
    """
    if not expected.edition.is_tagged:
        return
    root = file.pdf.Root
    has = {
        "tags": "/StructTreeRoot" in root and _is_marked(root),
        "language": bool(root.get("/Lang")),
        "title": "/Title" in file.info and "dc:title" in file.xmp,
        "wish to show its title": _entry(root, "/ViewerPreferences", "/DisplayDocTitle") is True,
        "PDF/UA-1 mark": "pdfuaid:part" in file.xmp,
        "order of tabs": all(p.get("/Tabs") == "/S" for p in file.pdf.pages if "/Annots" in p),
    }
    for name, there in has.items():
        if not there:
            yield Problem("pdf-tags", f"the file has no {name}")


def _is_marked(root: pikepdf.Object) -> bool:
    """Return whether a file says that it is tagged, and that nobody doubts it (§6.2, §7.1)."""
    is_doubted = _entry(root, "/MarkInfo", "/Suspects") is True
    return _entry(root, "/MarkInfo", "/Marked") is True and not is_doubted


def _entry(root: pikepdf.Object, holder: str, key: str) -> object:
    inner = root.get(holder)
    return inner.get(key) if isinstance(inner, pikepdf.Dictionary) else None


def scripts(file: CheckedFile, expected: Expected) -> Iterator[Problem]:
    """The file runs scripts, or acts when it is opened. Print shops' programs refuse that.

    Fix: remove actions and JavaScript, and save again. (ISO 15930-7 §6.7.)
    """
    if not expected.is_press:
        return
    root = file.pdf.Root
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        yield Problem("pdf-script", "the file holds JavaScript")
    opening = root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and opening.get("/S") != "/GoTo":
        yield Problem(
            "pdf-script", f"the file runs the action {text(opening.get('/S'))} when it is opened"
        )
    if "/AA" in root:
        yield Problem("pdf-script", "the file has actions of its own")


def attachments(file: CheckedFile, expected: Expected) -> Iterator[Problem]:
    """Other files are attached. Nobody prints them, and some workflows stop at them.

    Fix: remove the attachments: send only what is to be printed.
    """
    if not expected.is_press:
        return
    root = file.pdf.Root
    names = root.get("/Names")
    has = isinstance(names, pikepdf.Dictionary) and "/EmbeddedFiles" in names
    if has or "/AF" in root or "/Collection" in root:
        said = "other files are attached to the file"
        yield Problem("pdf-attachment", said, None, None, Severity.WARNING)


def layers(file: CheckedFile, expected: Expected) -> Iterator[Problem]:
    """The file has layers, and some are off: what prints depends on who opens it.

    So it does where a layer is for print alone or for the screen alone: Ghostscript and poppler
    print what the screen shows, and browsers do not.

    Fix: flatten the layers, or remove those that must not be printed. (GWG 2022 R0034, R0036;
    large format: an error.)
    """
    if expected.limits is None:
        return
    severity = expected.limits.hidden_layers
    if hidden := hidden_layers(file.pdf):
        said = f"{len(hidden)} of the file's layers {_are(hidden)} switched off"
        yield Problem("pdf-layer", said, None, None, severity)
    if other := other_in_print(file.pdf):
        said = f"{len(other)} of the file's layers {_are(other)} printed otherwise than shown"
        yield Problem("pdf-layer", said, None, None, severity)


def _are(layers: Collection[object]) -> str:
    return "is" if len(layers) == 1 else "are"


def extras(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A printed edition has links or other annotations, which print shops refuse (PDF/X-4).

    Fix: remove notes, links and stamps, or flatten them. Only printer's marks and trap networks
    may be inside the bleed. (ISO 15930-7 §6.6.) If hrcpub made the file, it is our mistake:
    please report it.
    """
    if expected.edition.has_links:
        return
    notes = page.dictionary.get("/Annots")
    for note in islice(notes, 1000) if isinstance(notes, pikepdf.Array) else ():
        if not isinstance(note, pikepdf.Dictionary):
            continue
        place = box(note.get("/Rect"))
        kind = text(note.get("/Subtype", "/?"))
        # PDF/X allows these two, and anything outside the bleed.
        if kind in ("PrinterMark", "TrapNet") or (place and page.bleed.meet(place) is None):
            continue
        said = f"the page has annotations: {kind}"
        yield Problem("pdf-annotation", said, page.at(place))


def same_sizes(sizes: dict[tuple[float, float], int], expected: Expected) -> Iterator[Problem]:
    """The pages have more than one finished size, or some are portrait and some landscape.

    Fix: send the cover, or a fold-out, as a file of its own. Print shops take one size in a
    file. (GWG 2022 R0004; limit: 0.1 mm.)
    """
    if expected.is_press and len(sizes) > 1:
        # The most frequent size is taken for the one that is meant.
        (common, _), *others = sorted(sizes.items(), key=lambda item: -item[1])
        other, _ = others[0]
        said = (
            f"pages of {len(sizes)} sizes: most {mm(common[0])} x {mm(common[1])}, "
            f"{sum(count for _, count in others)} others, such as {mm(other[0])} x {mm(other[1])}"
        )
        yield Problem("box-sizes", said, None, None, Severity.WARNING)


def used_fonts(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A font is not in the file, or is not one of the layout's.

    Fix: embed the font. If it is a font that nobody chose, it was used for a letter that the
    chosen one lacks: write the letter another way, or add a font that has it. The shop's
    program would use another font in place of one that is not embedded. Fonts that a page
    names but draws nothing with, and the invisible text that OCR lays under a scan, do no harm.
    (ISO 15930-7 §6.3.)
    """
    families = tuple(family.replace(" ", "-") for family in expected.families)
    if _has_broken_font(page):
        yield Problem("pdf-font", "a font of the page is broken", page.at())
    for font in page.walk.fonts.values():
        if not font.is_embedded:
            yield Problem("pdf-font", f"{font.family} is not embedded", page.at())
        if families and not font.family.startswith(families):
            yield Problem("pdf-font", f"{font.family} is not a font of the layout", page.at())


def odd_fonts(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """Letters are drawn as pictures (a Type 3 font), or a font is called just "Courier".

    Fix: export with outline fonts, and look whether the right font is there. Type 3 letters
    print coarse on some presses. Courier is what many programs use when a font is missing. (GWG
    2022 R0014.)
    """
    if not expected.is_press:
        return
    for font in page.walk.fonts.values():
        if font.kind == "Type3":
            said = f"{font.family} draws its letters as pictures (Type 3)"
            yield Problem("font-doubtful", said, page.at(), None, Severity.WARNING)
        elif font.family == "Courier":
            said = "the font is called Courier: was another one missing?"
            yield Problem("font-doubtful", said, page.at(), None, Severity.WARNING)


def _has_broken_font(page: CheckedPage) -> bool:
    """Return whether a font is broken that a page or a form of it has, drawn with or not."""
    resources = page.inherited("/Resources")
    if not isinstance(resources, pikepdf.Dictionary):
        return False
    key, known = resources.objgen, page.library.broken_fonts
    if key not in known or key == (0, 0):  # pages mostly share their resources
        if len(known) >= _MOST_KNOWN:
            known.clear()
        known[key] = None in _fonts_of(page.library, resources)
    return known[key]


def _fonts_of(library: Library, of_page: pikepdf.Object) -> Iterator[PdfFont | None]:
    """Yield the fonts of resources and of the forms that they have, each once; None if broken."""
    fonts: set[tuple[int, int]] = set()
    seen: set[tuple[int, int]] = set()
    todo = [(of_page, 0)]
    # Forms may hold forms without end.
    while todo and len(seen) < 2000:
        resources, depth = todo.pop()
        if not isinstance(resources, pikepdf.Dictionary) or depth > 12:
            continue
        named = resources.get("/Font")
        for font in named.values() if isinstance(named, pikepdf.Dictionary) else ():
            if isinstance(font, pikepdf.Dictionary) and font.objgen not in fonts:
                yield library.font(font)
                if font.objgen != (0, 0):
                    fonts.add(font.objgen)
        forms = resources.get("/XObject")
        for form in forms.values() if isinstance(forms, pikepdf.Dictionary) else ():
            if isinstance(form, pikepdf.Stream) and form.objgen not in seen:
                seen.add(form.objgen)
                if "/Resources" in form:
                    todo.append((form["/Resources"], depth + 1))


FILE_CHECKS = (
    pages,
    encryption,
    tags,
    scripts,
    attachments,
    layers,
)
PAGE_CHECKS = (content, extras, used_fonts, odd_fonts)

CODES = {
    "pdf-resource": content,
    "pdf-pages": pages,
    "pdf-encrypted": encryption,
    "pdf-tags": tags,
    "pdf-script": scripts,
    "pdf-attachment": attachments,
    "pdf-layer": layers,
    "pdf-annotation": extras,
    "box-sizes": same_sizes,
    "pdf-font": used_fonts,
    "font-doubtful": odd_fonts,
}
