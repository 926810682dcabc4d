"""Three programs that copy the text of a file, and a page of text in each of many languages."""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pypdf
import pypdfium2

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Html, Stylesheet
from hrcpub.project.languages import direction_of
from hrcpub.units import Size
from tests.judges import tools
from tests.shared.project import ROOT

FACES = {
    "am": "noto-sans-ethiopic/NotoSansEthiopic-Regular.ttf",
    "ar": "vazirmatn/Vazirmatn-Medium.ttf",
    "bn": "hind-siliguri/HindSiliguri-Regular.ttf",
    "fa": "vazirmatn/Vazirmatn-Medium.ttf",
    "gu": "noto-sans-gujarati/NotoSansGujarati-Regular.ttf",
    "he": "assistant/Assistant-Regular.ttf",
    "hi": "hind/Hind-Regular.ttf",
    "km": "noto-sans-khmer/NotoSansKhmer-Regular.ttf",
    "lo": "noto-sans-lao/NotoSansLao-Regular.ttf",
    "my": "noto-sans-myanmar/NotoSansMyanmar-Regular.ttf",
    "pa": "noto-sans-gurmukhi/NotoSansGurmukhi-Regular.ttf",
    "ta": "hind-madurai/HindMadurai-Regular.ttf",
    "te": "noto-sans-telugu/NotoSansTelugu-Regular.ttf",
    "th": "sarabun/Sarabun-Regular.ttf",
    "vi": "libre-franklin/LibreFranklin-Regular.ttf",
    "yo": "libre-franklin/LibreFranklin-Regular.ttf",
}
FROM_THE_RIGHT = ("ar", "fa", "he")
SIZE = Size(1800, 400)
# Marks of direction, and the sign of PDFium where it joins two lines.
_UNREAD = dict.fromkeys([0xAD, 0x200E, 0x200F, *range(0x202A, 0x202F), 0xFFFE])


def project_with_faces() -> Project:
    """Return this project, which has the faces of all languages here."""
    return Project(Sources(ROOT), ParsedCache())


def text_pages(texts: dict[str, Iterable[str]]) -> Html:
    """Return a document with the paragraphs of each language on pages of their own.

    The pages are wide, since WeasyPrint breaks no lines of Lao, Khmer or Burmese.
    """
    faces = "".join(
        f"@font-face {{ font-family: F-{language}; src: url(/fonts/{FACES[language]}) }}"
        f"section:lang({language}) {{ font-family: F-{language} }}"
        for language in texts
    )
    body = "".join(
        f"<section lang={language} dir={direction_of(language)}>"
        + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        + "</section>"
        for language, paragraphs in texts.items()
    )
    css = (
        f"@page {{ size: {SIZE.width}pt {SIZE.height}pt; margin: 20pt }}"
        "html { font-size: 10pt; line-height: 2 } section { break-after: page }"
        "section:last-child { break-after: auto }"
    )
    return Html(
        text=f"<!doctype html><html lang=en><title>Page</title><body>{body}",
        stylesheets=(Stylesheet("layout.css", css + faces),),
        base=".",
        words=(),
        families=frozenset(f"F-{language}" for language in texts),
        sides=None,
        trim=SIZE,
        bleed=0,
        safe=9,
    )


def by_poppler(data: bytes, folder: Path) -> list[str]:
    """Return what pdftotext reads on each page."""
    (folder / "page.pdf").write_bytes(data)
    # Not -raw, as `tools.text` has it: that has words from right to left in the order of drawing.
    said = tools.say("pdftotext", "-enc", "UTF-8", folder / "page.pdf", "-")
    return said.removesuffix("\f").split("\f")


def by_pdfium(data: bytes, _: Path) -> list[str]:
    """Return what PDFium reads on each page."""
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def by_pypdf(data: bytes, _: Path) -> list[str]:
    """Return what pypdf reads on each page."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


READERS = (by_poppler, by_pdfium, by_pypdf)


def composed(text: str) -> str:
    """Return a text as programs compare it: composed, without what shows nothing."""
    return unicodedata.normalize("NFC", text.translate(_UNREAD))


def letters(text: str) -> str:
    """Return a text's letters, without spaces."""
    return "".join(composed(text).split())


def share_of_words(set_: str, read: str) -> float:
    """Return how many of the words that were set are read, from 0 to 1."""
    words = Counter(composed(set_).split())
    return (words & Counter(composed(read).split())).total() / words.total()
