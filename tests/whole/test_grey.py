"""The grey of text in every language: the share of black in a line, against English, by PDFium."""

from __future__ import annotations

from functools import cache

import pypdfium2
import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose.faces import stacked_faces
from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.setting.outline import outline
from hrcpub.project.languages import script_of
from hrcpub.project.layout import NUMBERS, absent_files, read_layout
from tests.shared.project import ROOT
from tests.shared.sentences import SENTENCES

SIZE, FINER = 24, 2  # points; pixels to a point
REACH = 0.15  # by which a language's text may be lighter or darker than English
SOURCES = Sources(ROOT)
LAYOUT = read_layout(SOURCES, "brief")
OWNS = {tag: LAYOUT.system.own_faces(tag) for tag in SENTENCES}
LANGUAGES = [tag for tag, own in OWNS.items() if not (own and absent_files(own, SOURCES))]


def line_pdf(path: str, width: int, height: int, scale: float) -> bytes:
    """Return a page with a path on it, whose baseline is in the middle."""
    drawing = f"{scale} 0 0 {scale} 4 {height / 2} cm\n{path}".encode()
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R>>" % (width, height),
        b"<</Length %d>>\nstream\n%b\nendstream" % (len(drawing), drawing),
    )
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + (
        b"xref\n0 5\n0000000000 65535 f \n%btrailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (table, len(data))
    )


def black(text: str, face: Face) -> float:
    """Return the black of a line in squares of its size, for each size that it is long."""
    line = outline(text, face)
    width, scale = line.advance * line.scale, line.scale * SIZE
    page = pypdfium2.PdfDocument(line_pdf(line.path, int(width * SIZE) + 8, SIZE * 4, scale))[0]
    counts = page.render(scale=FINER, grayscale=True).to_pil().histogram()
    pixels: float = sum((255 - value) / 255 * count for value, count in enumerate(counts))
    return pixels / (FINER * SIZE) ** 2 / width


@cache
def grey(language: str, role: str) -> float:
    """Return the share of black in the lines of a language's text."""
    suited = LAYOUT.suited(language)
    stacks = LAYOUT.system.faces_for(language)
    faces = stacked_faces(stacks, language, LAYOUT.system, Project(SOURCES))
    size, leading = suited.grid["text-size"], suited.grid["text-leading"]
    return black(SENTENCES[language], faces[role]) * size / leading


def test_there_are_languages_to_look_at() -> None:
    assert len(LANGUAGES) > 40
    assert 0.1 < grey("en", "text") < 0.2


@pytest.mark.slow(but=["en", "es", "ar", "vi", "zh-Hans", "hi"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_text_is_as_grey_as_english(language: str) -> None:
    assert grey(language, "text") / grey("en", "text") == pytest.approx(1, abs=REACH)
    # Of some families the boldest is a little lighter than ours, and so is Arabic's blackest.
    reach = 0.19 if script_of(language) == "Arab" else 0.17
    assert grey(language, "bold") / grey("en", "bold") == pytest.approx(1, abs=reach)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_letters_of_a_language_are_there(language: str) -> None:
    stacks = LAYOUT.system.faces_for(language)
    faces = stacked_faces(stacks, language, LAYOUT.system, Project(SOURCES))
    texts = {role: face for role, face in faces.items() if role != NUMBERS}
    lacks = {role: face.missing(SENTENCES[language]) for role, face in texts.items()}
    assert lacks == dict.fromkeys(texts, "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_size_falls_under_the_least_of_its_format(language: str) -> None:
    grid = LAYOUT.suited(language).grid
    assert all(grid[name] >= LAYOUT.grid[name] for name in grid if name.endswith("-size"))
    assert grid["step"] * 3 == pytest.approx(grid["text-leading"])
