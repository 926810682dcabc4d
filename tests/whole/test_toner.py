"""`toner: low`: the office edition has frames where all others have black panels."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.build.batch import BuildWorker
from tests.shared.measures import grey_pages
from tests.shared.pages import texts
from tests.whole.test_layouts import build, pdf, sample


def black(file: Path) -> float:
    """Return the share of black in all pages of a file."""
    shares = []
    for page in grey_pages(file, 2):
        levels = page.histogram()
        shares.append(sum(levels[:110]) / sum(levels))
    return sum(shares) / len(shares)


@pytest.mark.slow(but=["brochure"])
@pytest.mark.parametrize("layout", ["steps", "zine", "brochure"])
def test_panels_are_frames_in_the_office_alone(worker: BuildWorker, layout: str) -> None:
    ways = ("office", "screen")
    assert not build(worker, layout, sample(layout), ways).failed
    full = {way: (black(pdf(worker, way)), texts(pdf(worker, way))) for way in ways}
    organisation = Path(worker.options.root) / "materials/organisation.yaml"
    said = organisation.read_text(encoding="utf-8")
    organisation.write_text(f"{said}toner: low\n", encoding="utf-8")
    assert not build(worker, layout, sample(layout), ways).failed
    low = {way: (black(pdf(worker, way)), texts(pdf(worker, way))) for way in ways}
    assert low["screen"] == full["screen"]
    assert low["office"][0] < 0.97 * full["office"][0]
    assert low["office"][1] == full["office"][1]
