"""Checks of a file as a whole: its syntax, pages, fonts, tags, identity, and what it carries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

import pikepdf

from hrcpub.pipeline.preflight.checks.limits import BINDINGS, Wanted
from hrcpub.pipeline.preflight.page.bounded import ODD, Budget, box, decoded, text
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage, mm
from hrcpub.problems import Problem, Severity

_X4 = "PDF/X-4"
_MOST_WARNINGS = 20


class CheckedFile(NamedTuple):
    """A file that is open, and what one look at it told."""

    pdf: pikepdf.Pdf
    budget: Budget
    xmp: str
    info: dict[str, str]
    many: int  # pages
    warnings: tuple[str, ...] = ()


def opened(pdf: pikepdf.Pdf, budget: Budget, warnings: Iterable[str] = ()) -> CheckedFile:
    """Return a File."""
    xmp = ""
    metadata = pdf.Root.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream):
        try:
            xmp = decoded(metadata, budget, 16 << 20).decode("utf-8", "replace")
        except ODD:
            xmp = ""
    info: dict[str, str] = {}
    found = pdf.trailer.get("/Info")
    if isinstance(found, pikepdf.Dictionary):
        info = {key: text(value, 200) for key, value in islice(found.items(), 100)}
    return CheckedFile(pdf, budget, xmp, info, len(pdf.pages), tuple(warnings))


def syntax(file: CheckedFile, wanted: Wanted) -> Iterator[Problem]:
    """The file breaks PDF's syntax: some programs repair that, others print a blank page.

    Fix: export it again. If hrcpub made the file, it is our mistake, not the author's: please
    report it.
    """
    for said in islice(dict.fromkeys(file.warnings), _MOST_WARNINGS):
        yield Problem("pdf-syntax", said[:300])


def content(page: CheckedPage, wanted: Wanted) -> Iterator[Problem]:
    """A page draws something that is not in the file, or a form that draws itself.

    Fix: export the page again, since that object will be missing in print. If that does not
    help, rebuild the object that the message names.
    """
    for complaint in page.walk.complaints:
        if complaint.kind == "syntax":
            yield Problem("pdf-syntax", f"in the page's content: {complaint.said}", page.at())
        elif complaint.kind == "resource":
            yield Problem("pdf-resource", complaint.said, page.at())


def pages(file: CheckedFile, wanted: Wanted) -> Iterator[Problem]:
    """The number of pages does not match the piece's sides, or its binding.

    Fix: add blank pages before the last one, so that the back cover stays in its place. A
    stitched booklet has four pages to a sheet, a bound book two to a leaf. If hrcpub made the
    file, it is our mistake: please report it.
    """
    if wanted.pages is not None and file.many != wanted.pages:
        yield Problem("pdf-pages", f"{file.many} pages instead of {wanted.pages}")
    if not file.many and wanted.pages is None:
        yield Problem("pdf-pages", "the file has no pages")
    if wanted.binding and file.many % BINDINGS[wanted.binding]:
        every = BINDINGS[wanted.binding]
        more = every - file.many % every
        said = f"{file.many} pages for {wanted.binding}, which takes them by {every}"
        yield Problem("pdf-pages", said, None, f"add {more} before the last page")


def encryption(file: CheckedFile, wanted: Wanted) -> Iterator[Problem]:
    """The file is encrypted. PDF/X and most print shops refuse that.

    Fix: remove the password and the restrictions, and export or save it again. (ISO 15930-7
    §6.1.)
    """
    if file.pdf.is_encrypted:
        yield Problem("pdf-encrypted", "the file is encrypted")


def tags(file: CheckedFile, wanted: Wanted) -> Iterator[Problem]:
    """A tagged edition lacks what a screen reader needs: tags, language or title (PDF/UA-1 §7).

    Fix: set `language` and `title` in the material. The tags come from its layout's template.
    """
    if not wanted.edition.is_tagged:
        return
    root = file.pdf.Root
    has = {
        "tags": "/StructTreeRoot" in root and "/MarkInfo" in root,
        "a language": bool(root.get("/Lang")),
        "a title": "/Title" in file.info,
        "PDF/UA-1's mark": "pdfuaid:part" in file.xmp,
    }
    for name, there in has.items():
        if not there:
            yield Problem("pdf-tags", f"the file has not {name}")


def intent(file: CheckedFile, wanted: Wanted) -> Iterator[Problem]:
    """The file does not say for which printing its colours are meant, or says it wrongly.

    Fix: export as PDF/X-4 for the shop's printing condition, such as GRACoL 2006 or FOGRA39.
    PDF/X-4 has exactly one output intent of the kind GTS_PDFX, which names a condition and
    holds, or refers to, its CMYK profile. (ISO 15930-7 §6.2.2, GWG 2022 R0035.)
    """
    if wanted.limits is None:
        return
    weight = wanted.limits.identity
    found = file.pdf.Root.get("/OutputIntents")
    array = list(islice(found, 16)) if isinstance(found, pikepdf.Array) else []
    dictionaries = [one for one in array if isinstance(one, pikepdf.Dictionary)]
    intents = [one for one in dictionaries if one.get("/S") == "/GTS_PDFX"]
    said = None
    if len(intents) != 1:
        said = (
            f"the file has {len(intents) or 'no'} output intent{'s' * (len(intents) > 1)} of PDF/X"
        )
    elif not str(intents[0].get("/OutputConditionIdentifier", "")):
        said = "the output intent names no printing condition"
    else:
        said = _profile(intents[0], file.budget)
    if said:
        yield Problem("output-intent", said, None, None, weight)


def _profile(one: Any, budget: Budget) -> str | None:
    """Return what is wrong with an output intent's profile."""
    stream = one.get("/DestOutputProfile")
    if stream is None:
        named = one.get("/RegistryName") is not None or "/DestOutputProfileRef" in one
        return None if named else "the output intent has neither a profile nor a registry"
    try:
        if int(stream.get("/N", 0)) != 4:
            return f"the output intent's profile has {int(stream.get('/N', 0))} colours, not 4"
        head = decoded(stream, budget, 16 << 20)[:128]
    except ODD:
        return "the output intent's profile cannot be read"
    if head[36:40] != b"acsp":
        return "the output intent's profile is no ICC profile"
    if head[12:16] != b"prtr" or head[16:20] != b"CMYK":
        kind = head[12:20].decode("latin-1").strip()
        return f"the output intent's profile is for {kind}, not for a CMYK printer"
    return None


def _in_xmp(xmp: str, name: str) -> str | None:
    """Return a property of the metadata, written as an element or as an attribute."""
    match = re.search(rf"<{name}>\s*([^<]*)</|{name}\s*=\s*[\"']([^\"']*)", xmp)
    return (match[1] or match[2] or "").strip() if match else None


def pdfx(file: CheckedFile, wanted: Wanted) -> Iterator[Problem]:
    """The file does not say that it is PDF/X-4, or lacks what PDF/X-4 must say of itself.

    Fix: export as PDF/X-4. It must have the mark in the metadata, a title, the dates, whether
    it is trapped, and an identifier. (ISO 15930-7 §6.9 and §6.10.)
    """
    if wanted.limits is None:
        return
    weight = wanted.limits.identity
    version = _in_xmp(file.xmp, "pdfxid:GTS_PDFXVersion") or file.info.get("/GTS_PDFXVersion")
    if version is None:
        yield Problem("pdfx-identity", "the file is no PDF/X", None, None, weight)
        return
    if not version.startswith(_X4):
        said = f"the file is {text(version)}, not {_X4}"
        yield Problem("pdfx-identity", said, None, None, Severity.WARNING)
    trapped = file.info.get("/Trapped") or _in_xmp(file.xmp, "pdf:Trapped")
    lacks = {
        "a title": file.info.get("/Title") or "dc:title" in file.xmp,
        "a date": file.info.get("/ModDate") or _in_xmp(file.xmp, "xmp:ModifyDate"),
        "whether it is trapped": trapped in ("True", "False"),
        "an identifier": "/ID" in file.pdf.trailer,
    }
    for name, there in lacks.items():
        if not there:
            yield Problem("pdfx-identity", f"the file does not say {name}", None, None, weight)


def pdfa(file: CheckedFile, wanted: Wanted) -> Iterator[Problem]:
    """A press file of hrcpub's does not say that it is PDF/A-2b, or an encrypted file says so.

    Fix: if hrcpub made the file, please report it: it is our mistake. If not, save it without a
    password; veraPDF says what else PDF/A asks for.
    """
    part = _in_xmp(file.xmp, "pdfaid:part")
    if wanted.is_press and wanted.ours and (part or "") < "2":
        yield Problem("pdfa-identity", "the file is no PDF/A-2b")
    if part and file.pdf.is_encrypted:
        yield Problem("pdfa-identity", f"the file says it is PDF/A-{text(part)}, and is encrypted")


def forms(file: CheckedFile, wanted: Wanted) -> Iterator[Problem]:
    """The file is a form to fill in. Its fields print differently in each program, or not at all.

    Fix: flatten the form before you send it. (ISO 15930-7 §6.6.)
    """
    if not wanted.is_press:
        return
    form = file.pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and (len(form.get("/Fields", [])) or "/XFA" in form):
        yield Problem("pdf-form", "the file has form fields")


def scripts(file: CheckedFile, wanted: Wanted) -> Iterator[Problem]:
    """The file runs scripts, or acts when it is opened. Print shops' programs refuse that.

    Fix: remove actions and JavaScript, and save again. (ISO 15930-7 §6.7.)
    """
    if not wanted.is_press:
        return
    root = file.pdf.Root
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        yield Problem("pdf-script", "the file holds JavaScript")
    opening = root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and opening.get("/S") != "/GoTo":
        yield Problem("pdf-script", f"the file does {text(opening.get('/S'))} when it is opened")
    if "/AA" in root:
        yield Problem("pdf-script", "the file has actions of its own")


def attachments(file: CheckedFile, wanted: Wanted) -> Iterator[Problem]:
    """Other files are attached. Nobody prints them, and some workflows stop at them.

    Fix: remove the attachments: send only what is to be printed.
    """
    if not wanted.is_press:
        return
    root = file.pdf.Root
    names = root.get("/Names")
    has = isinstance(names, pikepdf.Dictionary) and "/EmbeddedFiles" in names
    if has or "/AF" in root or "/Collection" in root:
        said = "other files are attached to the file"
        yield Problem("pdf-attachment", said, None, None, Severity.WARNING)


def layers(file: CheckedFile, wanted: Wanted) -> Iterator[Problem]:
    """The file has layers, and some are off: what prints depends on who opens it.

    Fix: flatten the layers, or remove those that must not be printed. (GWG 2022 R0034, R0036;
    large format: an error.)
    """
    if wanted.limits is None:
        return
    hidden = hidden_layers(file.pdf)
    if hidden:
        said = f"{len(hidden)} of the file's layers are off"
        yield Problem("pdf-layer", said, None, None, wanted.limits.hidden_layers)


def hidden_layers(pdf: pikepdf.Pdf) -> frozenset[tuple[int, int]]:
    """Return the layers that are off as the file is opened (ISO 32000-2 §8.11.4.3)."""
    try:
        properties = pdf.Root.get("/OCProperties")
        if not isinstance(properties, pikepdf.Dictionary):
            return frozenset()
        default: Any = properties.get("/D", {})
        off = {layer.objgen for layer in islice(default.get("/OFF", ()), 10_000)}
        if default.get("/BaseState") == "/OFF":
            off |= {layer.objgen for layer in islice(properties.get("/OCGs", ()), 10_000)}
            off -= {layer.objgen for layer in islice(default.get("/ON", ()), 10_000)}
        return frozenset(off)
    except ODD:
        return frozenset()


def extras(page: CheckedPage, wanted: Wanted) -> Iterator[Problem]:
    """A printed edition has links or other annotations, which print shops refuse (PDF/X-4).

    Fix: remove notes, links and stamps, or flatten them. Only printer's marks and trap networks
    may be inside the bleed. (ISO 15930-7 §6.6.) If hrcpub made the file, it is our mistake:
    please report it.
    """
    if wanted.edition.has_links:
        return
    found = page.thing.get("/Annots")
    for one in islice(found, 1000) if isinstance(found, pikepdf.Array) else ():
        if not isinstance(one, pikepdf.Dictionary):
            continue
        place = box(one.get("/Rect"))
        kind = text(one.get("/Subtype", "/?"))
        if kind in ("PrinterMark", "TrapNet") or (place and page.bleed.meet(place) is None):
            continue
        said = f"the page has annotations: {kind}"
        yield Problem("pdf-annotation", said, page.at(place))


def same_sizes(sizes: dict[tuple[float, float], int], wanted: Wanted) -> Iterator[Problem]:
    """The pages have more than one finished size, or some are portrait and some landscape.

    Fix: send the cover, or a fold-out, as a file of its own. Print shops take one size in a
    file. (GWG 2022 R0004; limit: 0.1 mm.)
    """
    if wanted.is_press and len(sizes) > 1:
        (common, _), *others = sorted(sizes.items(), key=lambda item: -item[1])
        other, _ = others[0]
        said = (
            f"pages of {len(sizes)} sizes: most {mm(common[0])} x {mm(common[1])}, "
            f"{sum(count for _, count in others)} others, such as {mm(other[0])} x {mm(other[1])}"
        )
        yield Problem("box-sizes", said, None, None, Severity.WARNING)


def used_fonts(page: CheckedPage, wanted: Wanted) -> Iterator[Problem]:
    """A font is not in the file, or is not one of the layout's.

    Fix: embed the font. If it is a font that nobody chose, it was used for a letter that the
    chosen one lacks: write the letter another way, or add a font that has it. The shop's
    program would use another font in place of one that is not embedded. (ISO 15930-7 §6.3.)
    """
    families = tuple(family.replace(" ", "-") for family in wanted.families)
    for font in _listed(page):
        if font is None:
            yield Problem("pdf-font", "a font of the page is broken", page.at())
            continue
        if not font.is_embedded:
            yield Problem("pdf-font", f"{font.family} is not embedded", page.at())
        if families and not font.family.startswith(families):
            yield Problem("pdf-font", f"{font.family} is no font of the layout", page.at())


def odd_fonts(page: CheckedPage, wanted: Wanted) -> Iterator[Problem]:
    """Letters are drawn as pictures (a Type 3 font), or a font is called just "Courier".

    Fix: export with outline fonts, and look whether the right font is there. Type 3 letters
    print coarse on some presses. Courier is what many programs use when a font is missing. (GWG
    2022 R0014.)
    """
    if not wanted.is_press:
        return
    for font in _listed(page):
        if font and font.kind == "Type3":
            said = f"{font.family} is a font of pictures (Type 3)"
            yield Problem("font-doubtful", said, page.at(), None, Severity.WARNING)
        elif font and font.family == "Courier":
            said = "the font is called Courier: was another one missing?"
            yield Problem("font-doubtful", said, page.at(), None, Severity.WARNING)


def _listed(page: CheckedPage) -> list[Any]:
    """Return the fonts of a page and of the forms that it has, each once."""
    found: dict[Any, Any] = {}
    seen: set[Any] = set()
    todo = [(page.inherited("/Resources"), 0)]
    while todo and len(seen) < 2000:
        resources, depth = todo.pop()
        if not isinstance(resources, pikepdf.Dictionary) or depth > 12:
            continue
        fonts = resources.get("/Font")
        for font in fonts.values() if isinstance(fonts, pikepdf.Dictionary) else ():
            if isinstance(font, pikepdf.Dictionary):
                key = font.objgen if font.objgen != (0, 0) else id(font)
                if key not in found:
                    found[key] = page.library.font(font)
        forms = resources.get("/XObject")
        for form in forms.values() if isinstance(forms, pikepdf.Dictionary) else ():
            if isinstance(form, pikepdf.Stream) and form.objgen not in seen:
                seen.add(form.objgen)
                if "/Resources" in form:
                    todo.append((form["/Resources"], depth + 1))
    return list(found.values())


FILE_CHECKS = (
    syntax,
    pages,
    encryption,
    tags,
    intent,
    pdfx,
    pdfa,
    forms,
    scripts,
    attachments,
    layers,
)
PAGE_CHECKS = (content, extras, used_fonts, odd_fonts)

CODES = {
    "pdf-syntax": syntax,
    "pdf-resource": content,
    "pdf-pages": pages,
    "pdf-encrypted": encryption,
    "pdf-tags": tags,
    "output-intent": intent,
    "pdfx-identity": pdfx,
    "pdfa-identity": pdfa,
    "pdf-form": forms,
    "pdf-script": scripts,
    "pdf-attachment": attachments,
    "pdf-layer": layers,
    "pdf-annotation": extras,
    "box-sizes": same_sizes,
    "pdf-font": used_fonts,
    "font-doubtful": odd_fonts,
}
