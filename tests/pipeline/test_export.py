"""Pages as pictures with their words: what a viewer draws, and what a screen reader says."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.export import FORMATS, export
from hrcpub.problems import HrcpubError
from hrcpub.project.material import read_material
from tests.judges import tools
from tests.shared.project import MATERIALS, ROOT


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.slow(but=["two-please-screen", "principles-phone"])
@pytest.mark.parametrize("edition", ["screen", "phone"])
@pytest.mark.parametrize("name", MATERIALS)
def test_the_words_beside_the_pictures_are_all_that_the_piece_says(
    built: Path, name: str, edition: str
) -> None:
    pages = list(export((built / edition / f"{name}.pdf").read_bytes(), (), "png", 200))
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    said = squeezed("".join(page.words for page in pages))
    material = read_material(Project(Sources(ROOT)), name)
    offices = {office.id for office in material.contacts}
    texts = [words.plain(material.language) for words in material.texts]
    texts = [text for text in texts if text not in offices]
    assert len(texts) > 0
    # An article that goes on over a page's end has that page's number between its words.
    lost = [text for text in texts if squeezed(text) not in said]
    assert lost == [] if edition == "screen" else len(lost) <= 3


def test_words_are_apart_at_the_ends_of_lines_and_entries_have_lines(built: Path) -> None:
    front, back = export((built / "screen/principles.pdf").read_bytes(), (), "png", 200)
    assert front.words.startswith("What Is Harm Reduction?\nHarm reduction is a set of practical")
    lines = back.words.splitlines()
    assert lines[0] == "Accepts,"
    assert "well-being—not necessarily cessation" in back.words
    assert lines[-1] == "P1 · November 2026"


def test_a_pictures_alternative_text_is_among_the_words(project: Path) -> None:
    template = project / "layouts/card/large-print.html"
    text = template.read_text(encoding="utf-8")
    (project / "layouts/card/dot.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    picture = '<p><img src="/layouts/card/dot.svg" alt="A dot" style="width: 9pt"></p>\n'
    assert "{{ large.offices() }}" in text
    shown = text.replace("{{ large.offices() }}", picture + "{{ large.offices() }}")
    template.write_text(shown, encoding="utf-8")
    worker = BuildWorker(BatchOptions(str(project), str(project / "output")))
    assert not worker.do(Job("contact-card", ("large-print",))).failed
    pdf = (project / "output/large-print/contact-card.pdf").read_bytes()
    lines = [line for page in export(pdf, (), "png", 200) for line in page.words.splitlines()]
    assert lines.count("A dot") == 1
    offices = [number for number, line in enumerate(lines) if "East Coast Office:" in line]
    assert lines.index("A dot") < offices[0]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_is_what_another_program_draws(built: Path, kind: str) -> None:
    pdf = built / "screen/why-harm-reduction.pdf"
    (page,) = export(pdf.read_bytes(), (1,), kind, 612)
    picture = Image.open(io.BytesIO(page.picture))
    assert picture.format == FORMATS[kind].name
    assert picture.size == page.size == (612, 792)
    drawn = tools.drawn_by_poppler(pdf)[0]
    assert tools.mean_difference(picture.convert("RGB"), drawn) < 0.06
    profile = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
    assert "sRGB" in ImageCms.getProfileDescription(profile)


def test_the_same_page_has_the_same_bytes(built: Path) -> None:
    pdf = (built / "screen/contact-card.pdf").read_bytes()
    assert list(export(pdf, (), "png", 300)) == list(export(pdf, (), "png", 300))


def test_a_page_that_is_not_there_is_told(built: Path) -> None:
    with pytest.raises(HrcpubError) as caught:
        list(export((built / "screen/contact-card.pdf").read_bytes(), (1, 3), "png", 200))
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("page-missing", "there is no page 3: it has 2 pages")
