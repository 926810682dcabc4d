"""Golden pages: pieces look, and say, what somebody has looked at and accepted.

The files in `golden/` were made by `pytest tests/whole/test_golden_pages.py --accept`. They are
compared as people's approvals are: by hrcpub's one comparer. A difference is written beside the
test's report as pictures: look at each before you accept it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.build.batch import BuildWorker
from hrcpub.build.comparing import Compared
from hrcpub.build.job import Job
from hrcpub.cli.comparison_files import write_pictures
from hrcpub.cli.comparison_text import comparison_lines
from hrcpub.pipeline.compare import compare
from tests.shared.project import MATERIALS

GOLDEN = Path(__file__).parent / "golden"
# One of each kind that goes wrong in its own way: a sheet, a folder, a card, what is cut and folded
# from one sheet, figures, a map and a table, a reflowed page; letters of four scripts.
PAGES = (
    "principles-screen",
    "why-folder-screen",
    "two-please-office",
    "where-sheet-screen",
    "overdose-screen",
    "overdose-large-print",
    "contact-card-ar-screen",
    "contact-card-am-screen",
    "contact-card-km-screen",
    "contact-card-press",
)
EDITIONS = ("large-print", "screen", "office", "press")


def parts(name: str) -> tuple[str, str]:
    """Return a piece and its edition."""
    edition = next(edition for edition in EDITIONS if name.endswith(f"-{edition}"))
    return name.removesuffix(f"-{edition}"), edition


@pytest.mark.parametrize("name", PAGES)
def test_a_piece_is_as_it_was_accepted(
    name: str, built: Path, worker: BuildWorker, pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    piece, edition = parts(name)
    path = built / edition / f"{piece}.pdf"
    if piece not in MATERIALS:  # a translation
        report = worker.do(Job(piece, (edition,)))
        assert not report.failed, report.problems
        path = worker.project.sources.root / "output" / edition / f"{piece}.pdf"
    golden = GOLDEN / f"{name}.pdf"
    if pytestconfig.getoption("accept"):
        if not golden.exists() or not compare(golden.read_bytes(), path.read_bytes()).is_same:
            golden.write_bytes(path.read_bytes())
        return
    before, after = golden.read_bytes(), path.read_bytes()
    found = Compared(name, before, after, "what was accepted", name, compare(before, after))
    if not found.comparison.is_same:
        pictures = write_pictures([found], tmp_path)
        said = "\n".join((*comparison_lines(found), *map(str, pictures)))
        pytest.fail(f"{said}\nIf it is right: pytest {Path(__file__).name} --accept")


def test_every_golden_page_is_of_a_piece_that_is_looked_at() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.pdf")) == sorted(PAGES)
    assert sum(path.stat().st_size for path in GOLDEN.glob("*.pdf")) < 700_000


def test_a_golden_page_that_is_not_right_is_seen(built: Path) -> None:
    """Or all of the above could pass on anything."""
    one, other = (GOLDEN / f"{name}.pdf" for name in ("principles-screen", "why-folder-screen"))
    assert not compare(one.read_bytes(), other.read_bytes()).is_same
    assert (built / "screen/principles.pdf").stat().st_size > 10_000
