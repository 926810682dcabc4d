"""A press file's plates, folds and sheets, as the studio's worker gives them to a window."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from hrcpub.studio.preview import Laid, Lay, PreviewWorker
from hrcpub.studio.separating import SeparatedPage, SeparatePage
from tests.judges import tools
from tests.shared.project import copy_project

FOLDER, WALLET, ZINE, CARD = "why-folder", "overdose-wallet", "two-please", "contact-card"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("plates") / "project")


@pytest.fixture(scope="module")
def worker(root: Path) -> PreviewWorker:
    return PreviewWorker(str(root))


def laid(worker: PreviewWorker, number: int, piece: str, edition: str) -> Laid:
    answer = worker.do(Lay(number, piece, edition, {}))
    assert isinstance(answer, Laid)
    assert answer.pages
    return answer


def separated(worker: PreviewWorker, number: int, page: int = 1) -> SeparatedPage:
    answer = worker.do(SeparatePage(number, page))
    assert isinstance(answer, SeparatedPage)
    return answer


def levels(page: SeparatedPage) -> dict[str, bytes]:
    data, dots = zlib.decompress(page.packed), page.size[0] * page.size[1]
    assert len(data) == dots * (len(page.inks) + 3)
    return {ink.name: data[at * dots : (at + 1) * dots] for at, ink in enumerate(page.inks)}


def test_a_press_page_has_its_plates_with_black_over_the_paper_s_colour(
    worker: PreviewWorker,
) -> None:
    tools.find("gs")
    sheet = laid(worker, 1, FOLDER, "press").pages[0]
    page = separated(worker, 1)
    assert page.drawn_by.startswith("Ghostscript")
    assert [ink.name for ink in page.inks] == ["Cyan", "Magenta", "Yellow", "Black"]
    assert page.limit == 300
    scale = page.size[0] / sheet.size.width
    assert scale == pytest.approx(100 / 72, rel=0.01)
    assert page.size[1] == pytest.approx(sheet.size.height * scale, abs=2)
    plates = levels(page)
    solid = [at for at, level in enumerate(plates["Black"]) if level == 255]
    assert len(solid) > 5000
    # Most black is letters on pink: there the pink goes on below it.
    over = [at for at in solid if plates["Magenta"][at] > 100]
    assert len(over) > len(solid) / 2


@pytest.mark.slow
def test_plates_are_kept_for_the_file_that_they_are_of(worker: PreviewWorker) -> None:
    laid(worker, 11, FOLDER, "press")
    first = separated(worker, 11, 2)
    laid(worker, 12, FOLDER, "press")
    again = separated(worker, 12, 2)
    assert again.number == 12
    assert again.packed is first.packed
    fine = worker.do(SeparatePage(12, 2, is_fine=True))
    assert isinstance(fine, SeparatedPage)
    assert fine.size == (2 * first.size[0], 2 * first.size[1])


def test_a_file_for_screens_has_no_plates_and_says_why(worker: PreviewWorker) -> None:
    laid(worker, 21, FOLDER, "screen")
    page = separated(worker, 21)
    assert not page.inks
    assert [problem.code for problem in page.problems] == ["no-plates"]
    laid(worker, 22, FOLDER, "press")
    assert [problem.code for problem in separated(worker, 22, 99).problems] == ["not-separated"]


@pytest.mark.slow
def test_pieces_say_how_they_are_folded_or_turned(worker: PreviewWorker) -> None:
    found: dict[tuple[str, str], tuple[str | None, str]] = {}
    cases = [(FOLDER, "screen"), (FOLDER, "press"), (WALLET, "office"), (ZINE, "screen"),
             (CARD, "screen"), (FOLDER, "phone")]  # fmt: skip
    for number, (piece, edition) in enumerate(cases, 31):
        answer = laid(worker, number, piece, edition)
        folding = answer.folding.name if answer.folding else None
        found[piece, edition] = folding, answer.spine
    assert found == {
        (FOLDER, "screen"): ("letter", ""),
        (FOLDER, "press"): ("letter", ""),
        (WALLET, "office"): (None, ""),
        (ZINE, "screen"): (None, "left"),
        (CARD, "screen"): (None, "left"),
        (FOLDER, "phone"): (None, ""),
    }


def test_words_are_found_on_the_sheets_that_they_are_imposed_on(
    worker: PreviewWorker, root: Path
) -> None:
    import pypdfium2

    answer = laid(worker, 41, WALLET, "office")
    assert answer.is_imposed
    titles = [word for word in answer.words if word.slot == "words.title"]
    assert [word.page for word in titles] == [1, 1]  # two pieces on a sheet
    file = worker._shown[41].file
    document = pypdfium2.PdfDocument(file.data)
    page = document[0]
    text, height = page.get_textpage(), page.get_height()
    for word in titles:
        left, top, right, bottom = word.box
        inside = text.get_text_bounded(left, height - bottom, right, height - top)
        assert inside.strip() == word.text.strip()
        assert bottom - top > right - left  # it lies on its side
    document.close()
