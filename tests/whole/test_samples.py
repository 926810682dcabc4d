"""The sample translations: each is made, says that it is a draft, and has its English's numbers."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pikepdf
import pytest

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.project.material import read_material
from tests.shared.once import made_once, made_together
from tests.shared.pages import texts
from tests.shared.project import NEIGHBOURS, ROOT, Hrcpub, copy_project

LANGUAGES = ("am", "ar", "es", "ht", "km", "ru", "vi", "zh-Hans")
MATERIALS = ("contact-card", "overdose", "principles-card")
NAMES = [f"{material}-{language.lower()}" for material in MATERIALS for language in LANGUAGES]
SIGNED = "Harm Reduction Coalition"


def _build(root: Path, name: str) -> None:
    worker = BuildWorker(BatchOptions(str(root), str(root / "output")))
    report = worker.do(Job(name, ("screen",)))
    assert not report.failed, report.problems
    assert "not-reviewed" in {problem.code for problem in report.all_problems}
    assert "figure-speechless" not in {problem.code for problem in report.all_problems}


@pytest.fixture
def sample(name: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sample's file."""
    root = made_once(tmp_path_factory, "samples", copy_project)
    made_together(tmp_path_factory, "sample", [name], partial(_build, root))
    return root / f"output/screen/{name}.pdf"


def digits(text: str) -> list[str]:
    return sorted(re.findall(r"\d+", text))


def words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]+|\d+", text))


@pytest.mark.slow(but=["contact-card-ar", "overdose-zh-hans", "principles-card-es"])
@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_a_draft_in_its_language(name: str, sample: Path) -> None:
    material = read_material(Project(Sources(ROOT)), name)
    assert material.is_draft
    with pikepdf.open(sample) as pdf:
        assert str(pdf.Root.Lang) == material.language
        assert len(pdf.pages) == material.layout.sides
        assert all(b"/Watermark" in page.Contents.read_bytes() for page in pdf.pages)
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert any("Gothic" in font for font in fonts)  # who signs, and telephones, in any script
    # PDFium turns the words of a Latin line about, where it takes a page for one from the right.
    said = words(" ".join(texts(sample)))
    assert words(SIGNED) <= said
    assert all(words(contact.call.words.text) <= said for contact in material.contacts)


@pytest.mark.parametrize("material", MATERIALS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_the_numbers_of_its_original(material: str, language: str) -> None:
    project = Project(Sources(ROOT))
    theirs = read_material(project, f"{material}-{language.lower()}")
    ours = read_material(project, material)
    assert [text.slot for text in theirs.texts] == [text.slot for text in ours.texts]
    for one, other in zip(theirs.texts, ours.texts, strict=True):
        assert digits(one.plain()) == digits(other.plain()), one.slot


@pytest.mark.slow
def test_an_event_in_six_languages_is_made_but_for_the_press(project: Path, hrcpub: Hrcpub) -> None:
    path = project / NEIGHBOURS.relative_to(ROOT)
    path.write_bytes(NEIGHBOURS.read_bytes())
    done = hrcpub("event", "build", "neighbours", "--only", "overdose-office", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    folder = project / "output/events/neighbours/office/overdose-office"
    made = {path.parent.name for path in folder.glob("*/lakeside-night-van.pdf")}
    assert made == {"ar", "en", "es", "ht", "vi", "zh-Hans"}
    (page,) = texts(folder / "ar/nha-van-hoa.pdf")
    assert {"Nhà", "Văn", "Hóa"} <= set(page.split())
    cards, other, _ = path.read_text("utf-8").partition("  - material: overdose\n")
    assert other
    path.write_text(cards.replace("edition: office", "edition: press"), "utf-8")
    checked = hrcpub("event", "check", "neighbours")
    assert "review-missing" in checked.stderr
