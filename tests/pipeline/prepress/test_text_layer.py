"""What is copied from a file: the words as they were typed, with three programs that copy."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.prepress import Demands, prepress
from hrcpub.pipeline.typeset import lay_out
from hrcpub.project.edition import EDITIONS, PaperColour
from tests.judges import tools
from tests.shared.css_pages import make_root, page

STYLE = "p{font-family:'Libre Franklin';hyphens:manual}"
BROKEN = (
    "<style>p{width:44pt}</style><p>coun\u00adter\u00adrev\u00ado\u00adlu\u00adtion\u00adaries</p>"
)
# Letters without a glyph of their own with this accent, met with and without it.
ACCENTS = "g g\u0303 n n\u0308 \u1eb9\u0300 m\u0304 i\u0308\u0301 G\u0303uarani e ing"
EDITIONS_COPIED = ("screen", "office")


def by_poppler(data: bytes, folder: Path) -> str:
    (folder / "page.pdf").write_bytes(data)
    return tools.text(folder / "page.pdf")


def by_pdfium(data: bytes, _: Path) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(leaf.get_textpage().get_text_range() for leaf in document)


def by_pypdf(data: bytes, _: Path) -> str:
    return "\n".join(leaf.extract_text() for leaf in pypdf.PdfReader(io.BytesIO(data)).pages)


# pypdf 7.1 reads the codes of some fonts with this hyphen for letters, whatever it is mapped to.
READERS = (by_poppler, by_pdfium, by_pypdf)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(Sources(make_root(tmp_path_factory.mktemp("copied"))), ParsedCache())


def made(project: Project, body: str, edition: str) -> bytes:
    pages = lay_out(page(f"<style>{STYLE}</style>{body}", sides=None), project)
    return prepress(pages, Demands(EDITIONS[edition], PaperColour.FLOOD))


@pytest.mark.parametrize("edition", EDITIONS_COPIED)
@pytest.mark.parametrize("read", READERS[:2])
def test_a_hyphen_at_a_lines_end_is_soft(
    project: Project, tmp_path: Path, read: Callable[[bytes, Path], str], edition: str
) -> None:
    copied = read(made(project, BROKEN, edition), tmp_path)
    assert "\u2010" not in copied
    assert "-" not in copied
    # PDFium has a sign of its own for where it joins two lines.
    parts = [part.strip() for part in copied.replace("\ufffe", "\u00ad").split("\u00ad")]
    assert len(parts) > 1
    assert "".join(parts) == "counterrevolutionaries"


@pytest.mark.parametrize("read", READERS[:2])
def test_a_hyphen_that_is_typed_stays(
    project: Project, tmp_path: Path, read: Callable[[bytes, Path], str]
) -> None:
    copied = read(made(project, "<p>a well-known \u2010 a\u2010b</p>", "screen"), tmp_path)
    assert copied.split() == ["a", "well-known", "\u2010", "a\u2010b"]


@pytest.mark.parametrize("edition", EDITIONS_COPIED)
@pytest.mark.parametrize("read", READERS)
def test_an_accent_stays_with_its_letter(
    project: Project, tmp_path: Path, read: Callable[[bytes, Path], str], edition: str
) -> None:
    copied = read(made(project, f"<p>{ACCENTS}</p><p>end</p>", edition), tmp_path)
    # pypdf sees a space where an accent is moved over its letter.
    between = "" if read is by_pypdf else " "
    words = unicodedata.normalize("NFC", f"{ACCENTS} end")
    assert between.join(unicodedata.normalize("NFC", copied).split()) == words.replace(" ", between)


def test_a_line_from_right_to_left_is_not_spelled_out(project: Project) -> None:
    with pikepdf.open(io.BytesIO(made(project, "<p>\u05e9\u05b8 a\u0303</p>", "office"))) as pdf:
        assert b"ActualText" not in pdf.pages[0].Contents.read_bytes()


def test_a_line_with_accents_is_spelled_out(project: Project) -> None:
    with pikepdf.open(io.BytesIO(made(project, f"<p>{ACCENTS}</p>", "office"))) as pdf:
        assert pdf.pages[0].Contents.read_bytes().count(b"ActualText") == 1


def test_a_line_that_is_spelled_out_keeps_its_space(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(made(project, "<p>g n\u0308<br>end</p>", "screen"))
    spoken = tools.say("pdfinfo", "-struct-text", path)
    assert '"g n\u0308 "' in spoken
