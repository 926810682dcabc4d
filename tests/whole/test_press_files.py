"""The press edition of the project's own pieces: what a print shop checks first."""

from __future__ import annotations

import datetime
import itertools
from pathlib import Path

import pikepdf
import pytest

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from tests.judges import tools
from tests.judges.editions import press_plates
from tests.shared.pages import frame, highest
from tests.shared.project import MATERIALS, PIECES

SLUG, BLEED = 27.0, 9.0
INKS = ("Cyan", "Magenta", "Yellow")


@pytest.fixture(scope="module")
def files(built: Path) -> dict[str, Path]:
    """Return each material's press file."""
    return {name: built / "press" / f"{name}.pdf" for name in MATERIALS}


@pytest.mark.parametrize("name", MATERIALS)
def test_boxes_nest_trim_in_bleed_in_media(files: dict[str, Path], name: str) -> None:
    for page in tools.boxes(files[name]):
        assert page["bleed"] == pytest.approx(page["trim"].outset(BLEED))
        assert page["media"] == pytest.approx(page["trim"].outset(BLEED + SLUG))
        assert page["crop"] == page["media"]


@pytest.mark.parametrize("name", MATERIALS)
def test_it_says_that_it_is_pdf_x_4_and_names_its_condition(
    files: dict[str, Path], name: str
) -> None:
    day = PIECES[name].written["revised"]
    with pikepdf.open(files[name]) as pdf:
        created = str(pdf.docinfo.CreationDate)  # pikepdf writes it anew with the XMP's
        with pdf.open_metadata() as xmp:
            assert xmp["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "B")
            assert xmp["dc:title"] == str(pdf.docinfo.Title)
            assert xmp["pdf:Producer"] == str(pdf.docinfo.Producer)
            assert xmp["xmp:CreateDate"].startswith(day)
            assert xmp["pdf:Trapped"] == "False"
        assert created == f"D:{day.replace('-', '')}000000Z"
        profiles = {i.DestOutputProfile.objgen for i in pdf.Root.OutputIntents}
        conditions = {str(i.OutputConditionIdentifier) for i in pdf.Root.OutputIntents}
        assert str(pdf.Root.Lang) == "en"
        assert "/Annots" not in pdf.pages[0]
        assert str(pdf.pages[0].Group.CS) == "/DeviceCMYK"
    assert len(profiles) == 1
    assert conditions == {"CGATS TR 006"}


@pytest.mark.parametrize("name", MATERIALS)
def test_the_profile_is_in_the_file_once_and_small(files: dict[str, Path], name: str) -> None:
    with pikepdf.open(files[name]) as pdf:
        streams = [t for t in pdf.objects if isinstance(t, pikepdf.Stream) and "/N" in t]
        profiles = [stream for stream in streams if stream.get("/Type") != "/ObjStm"]
        assert len(profiles) == 1
        assert len(profiles[0].read_raw_bytes()) < 180_000


@pytest.mark.parametrize("name", MATERIALS)
def test_the_paper_alone_reaches_the_bleeds_edge_and_black_is_all_that_is_drawn_on_it(
    built: Path, files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    reach, slug, coloured = round(SLUG + BLEED), round(SLUG), []
    separated = press_plates(built, tmp_path_factory, name)
    for plates, page in zip(separated, tools.boxes(files[name]), strict=True):
        width = round(page["trim"].right - page["trim"].left)
        height = round(page["trim"].top - page["trim"].bottom)
        inner = (reach + 1, reach + 1, reach + width - 1, reach + height - 1)
        # Where black is solid, the paper lies under it: black overprints. So the colours' plates
        # are flat, and all that is drawn is on the black one.
        for plate in INKS:
            levels = plates[plate].crop(inner).getcolors(4096) or []
            white = {level for count, level in levels if count > 8}
            assert len(white) <= 3, f"{plate}: {sorted(white)}"  # paper, imprint, their edge
        assert plates["Black"].crop(inner).getextrema()[1] == 255
        ring = (slug + 1, slug + 1, width + slug + 17, height + slug + 17)
        bled = {plate: frame(plates[plate].crop(ring), round(BLEED) - 2) for plate in INKS}
        most = {plate: max(map(highest, strips)) for plate, strips in bled.items()}
        # A mark would be on every plate; no paper has all three inks.
        assert min(most.values()) == 0, "a mark is in the bleed"
        coloured.append(max(most.values()) > 60)
    assert any(coloured) == (PIECES[name].design.paper != "bare")


def test_every_plate_has_the_marks(files: dict[str, Path]) -> None:
    for plates in tools.plates(files["contact-card"], 144):
        for plate in plates.values():
            # The left crop mark at the trim's head: 3 pt off the bleed, 15 pt long, 0.25 pt wide.
            row = plate.height - round((SLUG + BLEED + 252) * 2)
            mark = plate.crop((2, row - 2, round((SLUG - 4) * 2), row + 3))
            assert highest(mark) > 20


# From the trim's left: the inner panel of three is narrower by 1/16 in, and lies at the other side
# of the inside.
FOLDS = ((261.0, 526.5), (265.5, 531.0))


def test_no_word_of_the_slug_line_stands_on_a_folds_mark(files: dict[str, Path]) -> None:
    scale = 2
    for plates, folds in zip(tools.plates(files["why-folder"], 72 * scale), FOLDS, strict=True):
        for plate, fold in itertools.product(plates.values(), folds):
            head, foot = plate.height - round((SLUG - 3) * scale), plate.height
            middle = (SLUG + BLEED + fold) * scale
            mark = plate.crop((round(middle - 2), head, round(middle + 2), foot))
            assert highest(mark) > 100, "there is no mark"
            for left in (middle - 2.5 * scale, middle + 0.5 * scale):
                beside = plate.crop((round(left), head, round(left + 2 * scale), foot))
                assert highest(beside) == 0


def test_it_is_the_same_on_any_day_and_in_any_time_zone(project: Path) -> None:
    def made(today: datetime.date) -> bytes:
        worker = BuildWorker(BatchOptions(str(project), str(project / f"output-{today}")))
        worker.project = Project(Sources(project, today=today))
        report = worker.do(Job("contact-card", ("press",)))
        assert not report.failed, report.problems
        return (project / f"output-{today}" / "press" / "contact-card.pdf").read_bytes()

    assert made(datetime.date(2026, 12, 1)) == made(datetime.date(2027, 1, 9))
