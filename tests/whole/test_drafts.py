"""Words with consequences that nobody reviewed: a band across every page, no press at events."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from PIL import ImageChops

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from hrcpub.events.manifest.event import Event
from hrcpub.events.manifest.manifest import read_event
from hrcpub.events.manifest.schema import FOLDER
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import Severity
from hrcpub.project.edition import EDITIONS
from hrcpub.project.material import read_material
from tests.judges import verapdf
from tests.shared.once import made_once
from tests.shared.pages import highest, pictures, read_aloud
from tests.shared.project import Hrcpub, copy_project

BY = "reviewed: {by: Ana Ruiz, role: a nurse of our clinic, on: 2026-11-29}\n"
PHRASE = "Draft, not reviewed"


def review(project: Path, text: str = BY) -> None:
    path = project / "materials/overdose.yaml"
    path.write_text(path.read_text("utf-8").replace("\nwords:\n", f"\n{text}words:\n", 1), "utf-8")


def _build_reviewed(root: Path) -> None:
    copy_project(root)
    review(root)
    worker = BuildWorker(BatchOptions(str(root), str(root / "output")))
    for sheet in (None, "a4"):
        report = worker.do(Job("overdose", tuple(EDITIONS), sheet=sheet))
        assert not report.failed, report.problems
        assert {problem.code for problem in report.all_problems} == {"figure-untested"}
        if sheet:
            (root / "output").rename(root / "output-a4")
        else:
            (root / "output").rename(root / "output-letter")
            (root / "output").mkdir()


@pytest.fixture(scope="module")
def final(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of the piece once it is reviewed, on Letter."""
    return made_once(tmp_path_factory, "reviewed", _build_reviewed) / "output-letter"


def bands(file: Path) -> list[int]:
    """Return how many bands each page has."""
    with pikepdf.open(file) as pdf:
        return [page.Contents.read_bytes().count(b"/Watermark") for page in pdf.pages]


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_band_is_on_every_page_of_every_edition_and_is_gone_with_the_review(
    built: Path, final: Path, edition: str
) -> None:
    draft, done = built / edition / "overdose.pdf", final / edition / "overdose.pdf"
    assert set(bands(draft)) == {1}
    assert set(bands(done)) == {0}
    for one, other in zip(pictures(draft), pictures(done), strict=True):
        box = ImageChops.difference(one, other).convert("L").getbbox()
        assert box, "the band is not seen"
        assert box[2] - box[0] > 0.7 * one.width
        assert box[3] - box[1] > 0.6 * one.height


@pytest.mark.slow(but=["overdose-True"])
@pytest.mark.parametrize(("name", "ascends"), [("overdose", True), ("overdose-ar", False)])
def test_the_band_ascends_as_it_is_read(worker: BuildWorker, name: str, ascends: bool) -> None:
    assert not worker.do(Job(name, ("screen",))).failed
    with pikepdf.open(Path(worker.options.root) / "output/screen" / f"{name}.pdf") as pdf:
        content = pdf.pages[0].Contents.read_bytes()
    turned = re.search(rb"/Watermark.*? RG\s+\S+ (\S+) \S+ \S+ \S+ \S+ cm", content, re.DOTALL)
    assert turned
    assert (float(turned[1]) > 0) == ascends


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_band_hides_nothing(built: Path, final: Path, edition: str) -> None:
    """It is under the art: what was black or in the paper's colour on black is so still."""
    draft, done = built / edition / "overdose.pdf", final / edition / "overdose.pdf"
    assert read_aloud(draft) == read_aloud(done)
    for one, other in zip(pictures(draft), pictures(done), strict=True):
        darker = ImageChops.subtract(one, other).convert("L")
        if edition == "press":  # without its slug, which has the title
            darker = darker.crop((54, 54, darker.width - 54, darker.height - 54))
        assert highest(darker) < 40, "something that was there is lighter"


@pytest.mark.parametrize("edition", [name for name in EDITIONS if EDITIONS[name].is_tagged])
def test_a_draft_says_so_in_its_title_once(built: Path, final: Path, edition: str) -> None:
    for folder, is_draft in ((built, True), (final, False)):
        with pikepdf.open(folder / edition / "overdose.pdf") as pdf:
            title = str(pdf.docinfo["/Title"])
            assert title.startswith(f"{PHRASE}: ") == is_draft
            tags = re.findall(
                rb"/Artifact *<<[^>]*/Watermark *>> *BDC", pdf.pages[0].Contents.read_bytes()
            )
            assert len(tags) == is_draft


@pytest.mark.slow
def test_the_piece_passes_verapdf_once_it_is_reviewed_on_both_families_of_paper(
    final: Path,
) -> None:
    names = [name for name, edition in EDITIONS.items() if edition.is_tagged]
    pairs = [
        (flavour, folder / name / "overdose.pdf")
        for folder in (final, final.parent / "output-a4")
        for flavour, name in [
            *((verapdf.PDF_UA_1, name) for name in names),
            (verapdf.PDF_A_2B, "press"),
        ]
    ]
    assert len(pairs) == 8
    assert [str(verdict) for verdict in verapdf.judge(pairs) if not verdict.is_compliant] == []


def test_check_notes_that_nobody_reviewed_the_words(hrcpub: Hrcpub) -> None:
    done = hrcpub("check", "overdose")
    assert done.returncode == 0
    assert "note: nobody has reviewed these words" in done.stderr
    assert "[not-reviewed]" in done.stderr


def test_a_review_of_older_words_is_none(project: Path) -> None:
    review(project, BY.replace("2026-11-29", "2026-11-27"))
    material = read_material(Project(Sources(project)), "overdose")
    assert material.is_draft
    [note] = [problem for problem in material.problems if problem.code == "not-reviewed"]
    assert note.severity is Severity.NOTE
    assert "the words were changed on 2026-11-28, after their review on 2026-11-27" in note.message
    assert note.source is not None
    assert note.source.quote is not None
    assert note.source.quote.startswith("reviewed:")


def test_a_review_without_its_reader_is_a_mistake(project: Path, hrcpub: Hrcpub) -> None:
    review(project, "reviewed: {role: a nurse, on: 2026-11-29}\n")
    done = hrcpub("check", "overdose")
    assert done.returncode == 1
    assert "slot-missing" in done.stderr


def test_words_without_such_consequences_need_no_review(project: Path) -> None:
    material = read_material(Project(Sources(project)), "contact-card")
    assert not material.is_draft
    assert "not-reviewed" not in {problem.code for problem in material.problems}


EVENT = """\
name: Fair
date: 2026-12-20
place: The park
contact: {name: Ana, tel: (510) 555-0100, email: ana@example.org}
items:
  - {material: overdose, languages: {en: 200}, edition: office}
  - {material: overdose, languages: {en: 200}, edition: press}
"""


def fair(project: Path) -> Event:
    (project / FOLDER / "fair.yaml").write_text(EVENT, "utf-8")
    return read_event(Project(Sources(project)), "fair")


def test_an_event_makes_no_press_file_of_a_draft(project: Path) -> None:
    event = fair(project)
    assert [item.id for item in event.items] == ["overdose-office"]
    [refused] = [problem for problem in event.problems if problem.code == "review-missing"]
    assert refused.is_error
    assert refused.message == "not ready for the press: nobody has reviewed these words"
    review(project)
    event = fair(project)
    assert [item.id for item in event.items] == ["overdose-office", "overdose-press"]
    assert "review-missing" not in {problem.code for problem in event.problems}


def test_event_check_refuses_a_draft_for_the_press(project: Path, hrcpub: Hrcpub) -> None:
    (project / FOLDER / "fair.yaml").write_text(EVENT, "utf-8")
    done = hrcpub("event", "check", "fair")
    assert done.returncode == 1
    assert "[review-missing]" in done.stderr
