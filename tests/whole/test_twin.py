"""A piece in two languages: both say the same, beside each other or front and back."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from hrcpub.build.batch import BuildWorker
from hrcpub.build.job import Job
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose import compose
from hrcpub.pipeline.stages import Report
from hrcpub.problems import HrcpubError
from hrcpub.project.material import read_material
from tests.shared.pages import texts
from tests.shared.project import ROOT

HEADS = (
    ("What is it?", "¿Qué es?"),
    ("Can it do harm?", "¿Puede hacer daño?"),
    ("Who can carry it?", "¿Quién puede llevarla?"),
    ("How do I keep it?", "¿Cómo se guarda?"),
    ("Where do I get it?", "¿Dónde se consigue?"),
)


def places(pdf: Path, number: int, *said: str) -> list[tuple[float, float]]:
    """Return the left edge and the baseline's foot of each of some texts on a page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number - 1].get_textpage()
        found = []
        for text in said:
            first, _ = page.search(text).get_next()
            _, bottom, *_ = page.get_charbox(first + len(text) - 1)
            found.append((page.get_charbox(first)[0], bottom))
        return found
    finally:
        document.close()


def edit(root: Path, path: str, *changes: tuple[str, str]) -> None:
    text = (root / path).read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, (path, old)
        text = text.replace(old, new)
    (root / path).write_text(text, "utf-8")


def two_sided(worker: BuildWorker, languages: str = "[en, es]") -> Path:
    root = Path(worker.options.root)
    edit(root, "materials/overdose.yaml", ("language: en", f"language: en\nlanguages: {languages}"))
    return root


def made(worker: BuildWorker, name: str, *editions: str) -> Report:
    report = worker.do(Job(name, editions))
    assert not report.failed, report.problems
    return report


def codes(root: Path, name: str) -> set[str]:
    with pytest.raises(HrcpubError) as caught:
        read_material(Project(Sources(root)), name)
    return {problem.code for problem in caught.value.problems if problem.is_error}


def languages_in(pdf: Path) -> dict[str, str]:
    """Return what is said in which language, by the tags; a file's own under ""."""
    said: dict[str, str] = {}

    def walk(element: pikepdf.Object, tongue: str) -> None:
        tongue = str(element.get("/Lang", tongue))
        said[tongue] = said.get(tongue, "") + str(element.get("/Alt", ""))
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary):
                walk(kid, tongue)

    with pikepdf.open(pdf) as opened:
        assert opened.Root.Lang == "en"
        walk(opened.Root.StructTreeRoot, "")
    return said


@pytest.mark.slow
def test_rows_of_two_languages_stand_in_line_and_numbers_once(worker: BuildWorker) -> None:
    made(worker, "carry-lleve", "screen", "office", "large-print")
    output = Path(worker.options.root) / "output"
    pdf = output / "screen/carry-lleve.pdf"
    rows = [places(pdf, 2, *pair) for pair in HEADS]
    assert [round(left[1] - right[1], 1) for left, right in rows] == [0.0] * 5
    assert {round(right[0] - left[0]) for left, right in rows} <= {395, 396, 397}  # a panel apart
    outside, inside = texts(pdf)
    assert [inside.count(number) for number in ("2–3 min", "30 min", "90 min")] == [1, 1, 1]
    assert outside.count("1-800-662-4357") == 1
    for said in ("Carry", "Lleve", "Línea Nacional de Ayuda", "Distribuido por", "noviembre"):
        assert said in outside
    alts = languages_in(pdf)
    assert "A van" in alts[""]
    assert "Una furgoneta" in alts["es"]
    with pikepdf.open(pdf) as opened:
        assert str(opened.docinfo.Title).endswith("Carry naloxone / Lleve naloxona")
    large = texts(output / "large-print/carry-lleve.pdf")
    half = next(number for number, page in enumerate(large) if "Lleve" in page)
    assert "What is it?" in large[0]
    assert "¿Qué es?" in large[half]
    assert not any("¿" in page for page in large[:half])


def test_a_sheet_with_one_side_has_the_second_language_on_its_back(worker: BuildWorker) -> None:
    root = two_sided(worker)
    report = made(worker, "overdose", "screen", "office")
    assert [output.sides for output in report.outputs] == [2, 2]
    front, back = texts(root / "output/screen/overdose.pdf")
    assert "Overdose?" in front
    assert "Distributed by" in front
    assert "Sobredosis" not in front
    assert "Distribuido por" in back
    assert "Free and private" not in back
    assert re.search(r"Gratis y\s+confidencial", back)
    alts = languages_in(root / "output/screen/overdose.pdf")
    assert "shouts and shakes" in alts[""]
    assert "grita y sacude" in alts["es"]


def test_the_first_readers_language_comes_first(worker: BuildWorker) -> None:
    root = two_sided(worker, "[es, en]")
    material = read_material(Project(Sources(root)), "overdose")
    assert (material.name, material.language) == ("overdose", "es")
    assert material.twin
    assert material.twin.language == "en"
    html = compose(material, Project(Sources(root)))
    assert html.text.index("Sobredosis") < html.text.index("Overdose")
    assert '<html lang="es"' in html.text
    assert '<div class="voice" lang="en" dir="ltr">' in html.text


def test_a_second_language_in_another_script_has_its_own_faces_and_sizes(
    worker: BuildWorker,
) -> None:
    project = Project(Sources(two_sided(worker, "[en, ar]")))
    html = compose(read_material(project, "overdose"), project)
    assert '<div class="voice" lang="ar" dir="rtl">' in html.text
    values = html.stylesheets[0].text.partition('[lang="ar"]{')[2].partition("}")[0]
    assert "--text-size:" in values
    assert "HRC Arabic" in values
    assert "--paper:" not in values  # which is the same
    assert html.sides == 2


@pytest.mark.slow
def test_a_language_behind_one_from_the_right_has_its_own_margins_and_italics(
    worker: BuildWorker,
) -> None:
    root = two_sided(worker, "[ar, en]")
    made(worker, "overdose", "screen", "large-print")
    project = Project(Sources(root))
    css = compose(read_material(project, "overdose"), project).stylesheets[0].text
    margins = re.findall(r"@page ?(?:from-the-left|second)?\{[^}]*margin:([\d.]+)pt", css)
    assert len(set(margins)) == 2
    assert '[lang="en"] em{font-style:italic' in css


def test_another_number_in_one_language_is_an_error(worker: BuildWorker) -> None:
    root = two_sided(worker)
    edit(
        root, "materials/i18n/es/overdose.po", ("después de 2 a 3 minutos", "después de 5 minutos")
    )
    assert codes(root, "overdose") & {"twin-differs", "translation-differs"}


def test_two_languages_need_a_place_a_translation_and_the_pieces_own(worker: BuildWorker) -> None:
    root = two_sided(worker, "[en, haw]")
    assert codes(root, "overdose") == {"twin-missing"}
    edit(root, "materials/overdose.yaml", ("[en, haw]", "[fr, es]"))
    assert codes(root, "overdose") == {"languages-wrong"}
    edit(root, "materials/contact-card.yaml", ("language: en", "language: en\nlanguages: [en, es]"))
    assert codes(root, "contact-card") == {"languages-no-place"}


def test_this_repositorys_two_languages_are_read() -> None:
    material = read_material(Project(Sources(ROOT)), "carry-lleve")
    assert [one.language for one in material.voices] == ["en", "es"]
    assert material.is_draft
