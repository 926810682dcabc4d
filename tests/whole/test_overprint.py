"""Black overprints the papers: it lies on their ink, no white shows, and viewers show the same."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops

from hrcpub.pipeline.preflight.checks.total_ink import ink_peak
from hrcpub.pipeline.preflight.ink.ceiling import bound
from hrcpub.pipeline.preflight.page.bounded import Budget
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage
from hrcpub.pipeline.preflight.page.interpreter import Library
from hrcpub.pipeline.preflight.page.operators import OPERATORS
from tests.judges import tools
from tests.judges.editions import press_plates
from tests.shared.pages import pictures
from tests.shared.project import PIECES, read_yaml

SYSTEM = read_yaml("layouts/system/system.yaml")
COLOURS = ("Cyan", "Magenta", "Yellow")


@pytest.fixture(scope="module", params=["principles", "overdose"])
def name(request: pytest.FixtureRequest) -> str:
    """Return a piece: one with a white imprint, one with a black bar and words that reverse."""
    return str(request.param)


@pytest.fixture(scope="module")
def file(built: Path, name: str) -> Path:
    return built / "press" / f"{name}.pdf"


@pytest.fixture(scope="module")
def twin(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same file, where nothing overprints."""
    path = tmp_path_factory.mktemp("twin") / file.name
    with pikepdf.open(file) as pdf:
        for resources in pdf.objects:
            if isinstance(resources, pikepdf.Dictionary) and "/ExtGState" in resources:
                for state in resources.ExtGState.values():
                    state["/op"] = state["/OP"] = False
        pdf.save(path)
    return path


def solid(page: dict[str, Image.Image]) -> Image.Image:
    """Return where a page's black is solid, as white."""
    return page["Black"].point(lambda level: 255 if level == 255 else 0)


@pytest.mark.slow
def test_where_black_stands_the_papers_inks_are_printed_too(
    built: Path, twin: Path, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    paper = [float(part) for part in SYSTEM["papers"][PIECES[name].design.paper]["press"].split()]
    strongest = max(range(3), key=lambda ink: paper[ink])
    shares = []
    for page in (press_plates(built, tmp_path_factory, name)[0], tools.plates(twin)[0]):
        plate, black = page[COLOURS[strongest]], solid(page)
        under = ImageChops.multiply(plate.point(lambda level: 255 if level > 40 else 0), black)
        shares.append(under.histogram()[255] / black.histogram()[255])
    assert shares[0] > 0.9  # all but the marks, and words on white
    assert shares[1] < 0.05


def test_viewers_show_the_page_as_they_would_without(file: Path, twin: Path) -> None:
    for one, other in zip(pictures(file), pictures(twin), strict=True):
        assert one.tobytes() == other.tobytes()
    for one, other in zip(tools.drawn_by_poppler(file), tools.drawn_by_poppler(twin), strict=True):
        assert one.tobytes() == other.tobytes()


def test_preflight_counts_black_and_the_paper_under_it(file: Path, name: str) -> None:
    paper = SYSTEM["papers"][PIECES[name].design.paper]["press"].split()
    with pikepdf.open(file) as pdf:
        page = CheckedPage(1, pdf.pages[0].obj, Library(Budget(), OPERATORS))
        ceiling, drawn = bound(page), ink_peak(page).total
    total = 100 + sum(map(float, paper))
    assert ceiling is not None
    assert ceiling >= total - 0.1
    assert 100 < drawn <= total + 1
