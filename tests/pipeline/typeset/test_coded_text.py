"""What is copied of pages in many scripts, by three programs; and that they look as before."""

from __future__ import annotations

import html
import inspect
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from hrcpub.files.project import Project
from hrcpub.pipeline.prepress import Demands, prepress
from hrcpub.pipeline.stages import Stylesheet, Typeset
from hrcpub.pipeline.typeset import lay_out
from hrcpub.project.edition import EDITIONS, PaperColour
from tests.judges import tools, verapdf
from tests.shared.readers import (
    FACES,
    FROM_THE_RIGHT,
    READERS,
    by_poppler,
    by_pypdf,
    composed,
    letters,
    project_with_faces,
    share_of_words,
    text_pages,
)
from tests.shared.sentences import SENTENCES, TITLES

TEXTS = {language: (TITLES[language], SENTENCES[language]) for language in FACES}
LANGUAGES = sorted(TEXTS)
EDITIONS_READ = ("screen", "office")
Read = Callable[[bytes, Path], list[str]]


@pytest.fixture(scope="module")
def project() -> Project:
    return project_with_faces()


@pytest.fixture(scope="module")
def pages(project: Project) -> Typeset:
    return lay_out(text_pages({language: TEXTS[language] for language in LANGUAGES}), project)


def written(pages: Typeset, edition: str) -> bytes:
    return prepress(pages, Demands(EDITIONS[edition], PaperColour.FLOOD))


@pytest.fixture(scope="module", params=EDITIONS_READ)
def file(request: pytest.FixtureRequest, pages: Typeset) -> bytes:
    return written(pages, request.param)


@pytest.mark.parametrize("read", READERS)
def test_all_letters_are_read_from_left_to_right(file: bytes, tmp_path: Path, read: Read) -> None:
    said = dict(zip(LANGUAGES, read(file, tmp_path), strict=True))
    for language in set(LANGUAGES) - set(FROM_THE_RIGHT):
        assert letters(said[language]) == letters("".join(TEXTS[language])), language
        if read is not by_pypdf:  # which sees a space where a mark is moved over its letter
            assert composed(said[language]).split() == composed(" ".join(TEXTS[language])).split()


@pytest.mark.parametrize("read", READERS)
def test_all_words_are_read_from_right_to_left(file: bytes, tmp_path: Path, read: Read) -> None:
    said = dict(zip(LANGUAGES, read(file, tmp_path), strict=True))
    for language in FROM_THE_RIGHT:
        share = share_of_words(" ".join(TEXTS[language]), said[language])
        # poppler has a space on the wrong side of some commas, PDFium spaces within one word: at a
        # mark that stands far from its letter.
        least = {"by_poppler": 0.85, "by_pdfium": 0.95}.get(read.__name__, 1)
        assert share >= (least if language == "ar" or read is by_poppler else 1), language


def made(project: Project, language: str, *paragraphs: str, edition: str = "office") -> bytes:
    return written(lay_out(text_pages({language: paragraphs}), project), edition)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "السلام عليكم والإنسان"),  # lam-alef
        ("fa", "کتاب\u200cها"),  # a joiner that is not drawn
        ("ar", "مُحَمَّدٌ وضميرًا"),  # marks above the line
        ("hi", "र्\u200dया"),
    ],
)
def test_what_one_glyph_hides_is_read(
    project: Project, tmp_path: Path, read: Read, language: str, text: str
) -> None:
    (said,) = read(made(project, language, text), tmp_path)
    assert composed(said).split() == text.split()


@pytest.mark.parametrize("edition", EDITIONS_READ)
def test_a_running_foot_is_read_too(project: Project, tmp_path: Path, edition: str) -> None:
    page = text_pages({"hi": ["मानव"]})
    foot = Stylesheet("foot.css", "@page { @bottom-left { content: 'हिन्दी कि'; font: 9pt F-hi } }")
    laid = lay_out(replace(page, stylesheets=(*page.stylesheets, foot)), project)
    for read in READERS[:2]:
        assert composed(read(written(laid, edition), tmp_path)[0]).split() == [
            "मानव",
            "हिन्दी",
            "कि",
        ]


@pytest.mark.parametrize("read", READERS)
def test_words_side_by_side_are_read_once(project: Project, tmp_path: Path, read: Read) -> None:
    words = ("សិទ្ធិ", "ស្មើភាព", "គ្នា")
    (said,) = read(made(project, "km", "<wbr>".join(words), edition="screen"), tmp_path)
    assert letters(said) == "".join(words)


def test_a_letter_that_is_twice_in_one_glyph_is_read_twice(
    project: Project, tmp_path: Path
) -> None:
    for read in READERS[1:]:  # poppler loses the order of such overlapping letters
        assert read(made(project, "ar", "الله"), tmp_path)[0].strip() == "الله"


ASCII = "".join(map(chr, range(0x21, 0x7F)))


@pytest.mark.parametrize("read", READERS[1:])
def test_glyphs_whose_numbers_are_taken_are_read_and_look_as_before(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Read
) -> None:
    texts = ("مُحَمَّدٌ", html.escape(ASCII))
    laid = lay_out(text_pages({"ar": texts}), project)
    data = written(laid, "screen")
    (said,) = read(data, tmp_path)
    assert sorted(letters(said)) == sorted(letters("".join(("مُحَمَّدٌ", ASCII))))
    # Some are a thousandth of their size aside; poppler draws letters at quarters of a pixel.
    assert_alike(laid, data, tmp_path, monkeypatch, 64)


def test_codes_are_numbered_after_the_last_glyph_and_their_map_is_small(project: Project) -> None:
    with pikepdf.open(io.BytesIO(made(project, "hi", *TEXTS["hi"]))) as pdf:
        (font,) = (dict(pdf.pages[0].Resources.Font)).values()
        table = font.DescendantFonts[0].CIDToGIDMap
        assert len(table.read_raw_bytes()) < 600
        glyphs = table.read_bytes()
        said = re.findall(rb"^<(\w{4})> <(\w*)>$", font.ToUnicode.read_bytes(), re.MULTILINE)
        count = max(int(code, 16) for code, _ in said) + 1
        assert len(glyphs) == 2 * count
        assert b"" not in {text for _, text in said}


def test_plain_lines_and_fonts_stay_as_weasyprint_writes_them(project: Project) -> None:
    data = made(project, "vi", "plain — “quoted” • 5\u00a0mg", "Xin chào")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (font,) = (dict(pdf.pages[0].Resources.Font)).values()
        assert font.DescendantFonts[0].CIDToGIDMap == "/Identity"
        assert b"ActualText" not in pdf.pages[0].Contents.read_bytes()


def test_pages_look_as_weasyprint_draws_them(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid = lay_out(
        text_pages({language: TEXTS[language] for language in ("hi", "km", "ar", "my")}), project
    )
    assert_alike(laid, written(laid, "screen"), tmp_path, monkeypatch)


def test_pdfium_draws_what_follows_a_mark_where_poppler_does(
    project: Project, tmp_path: Path
) -> None:
    data = made(project, "ar", "شخصًا", "نفسًا بطيئًا")
    [theirs] = drawn(data, tmp_path / "poppler")
    page = pypdfium2.PdfDocument(data)[0]
    ours = page.render(scale=60 / 72).to_pil().convert("L")
    boxes = [ImageChops.invert(image).point(_INK).getbbox() for image in (ours, theirs)]
    assert all(boxes)
    edges = zip(*boxes, strict=True)
    assert max(abs(one - other) for one, other in edges) <= 1, boxes


_INK = [255 if grey > 100 else 0 for grey in range(256)]


def assert_alike(
    laid: Typeset, data: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch, rounded: int = 0
) -> None:
    """Hold a file to what WeasyPrint writes itself; greys differ by no more than `rounded`."""
    from weasyprint.draw import text as drawing

    ours = drawn(data, folder / "ours")
    monkeypatch.setattr(drawing, "draw_first_line", inspect.unwrap(drawing.draw_first_line))
    theirs = drawn(written(laid, "screen"), folder / "theirs")
    assert len(ours) == len(theirs) == len(laid.document.pages)
    for one, other in zip(ours, theirs, strict=True):
        assert one.getbbox() is not None
        assert max(ImageChops.difference(one, other).tobytes()) <= rounded


def drawn(data: bytes, folder: Path) -> list[Image.Image]:
    folder.mkdir()
    (folder / "page.pdf").write_bytes(data)
    tools.say("pdftoppm", "-r", "60", "-png", folder / "page.pdf", folder / "page")
    return [Image.open(path).convert("L") for path in sorted(folder.glob("*.png"))]


@pytest.mark.slow
def test_a_tagged_file_stays_accessible(pages: Typeset, tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(written(pages, "screen"))
    (verdict,) = verapdf.judge([(verapdf.PDF_UA_1, path)])
    assert verdict.is_compliant, verdict


def test_editions_do_not_change_each_other(pages: Typeset) -> None:
    first = written(pages, "office")
    written(pages, "screen")
    assert written(pages, "office") == first


def test_weasyprint_draws_lines_as_it_did() -> None:
    """Fails when WeasyPrint changes what `coded_text` uses: look at what it draws then."""
    from weasyprint.draw import text as drawing
    from weasyprint.pdf.fonts import Font

    stock = inspect.unwrap(drawing.draw_first_line)
    assert stock is not drawing.draw_first_line
    assert list(inspect.signature(stock).parameters)[:2] == ["stream", "textbox"]
    source = inspect.getsource(stock)
    for name in ("textbox.pango_layout.get_first_line()", "font.to_unicode", "stream.add_font("):
        assert name in source
    assert "f'{glyph_id:02x}' if font.bitmap else f'{glyph_id:04x}'" in source
    names = inspect.getsource(Font)
    for name in ("glyph_count", "file_content", "to_unicode", "widths", "missing", "bitmap"):
        assert f"self.{name} = " in names
