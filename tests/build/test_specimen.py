"""The specimen book: all of the design is in it, on both families of paper, by other programs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hrcpub.files.sources import Sources
from hrcpub.project.figures import figure_names
from hrcpub.project.layout import layout_names, read_system
from tests.shared.pages import judge, read_aloud
from tests.shared.project import ROOT, Hrcpub

SIZES = {"letter": (612, 792), "a4": (595.28, 841.89)}


@pytest.mark.slow
@pytest.mark.parametrize("sheet", SIZES)
def test_the_book_has_every_paper_face_grid_and_figure(
    sheet: str, project: Path, hrcpub: Hrcpub
) -> None:
    done = hrcpub("build", "--specimen", "--sheet", sheet)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("output/specimen/specimen.pdf  ")
    path = project / "output/specimen/specimen.pdf"
    text = "\n".join(read_aloud(path))
    sources = Sources(project)
    system = read_system(sources)
    for paper in system.papers.values():
        assert paper.screen in text
    for face in system.faces.values():
        assert face.file in text
    for name in (*system.grids, *figure_names(sources)):
        assert re.search(rf"(?m)\b{name}\b", text), name
    judge("qpdf", "--check", path)
    sizes = set(
        re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", judge("pdfinfo", "-l", "-1", path))
    )
    assert [(float(wide), float(high)) for wide, high in sizes] == [
        pytest.approx(SIZES[sheet], abs=0.01)
    ]
    if sheet == "a4":  # one is enough: nothing that could differ is of a sheet
        first = path.read_bytes()
        assert hrcpub("build", "--specimen", "--sheet", sheet).returncode == 0
        assert path.read_bytes() == first


# Parts of a side, or of another component; a panel is one of layout.yaml, and the book has none.
NOT_ALONE = {"band", "week", "scene_of", "panel", "colophon"}


def macros(path: Path) -> set[str]:
    """Return the components that a file defines; those that return a value end in `-%}`."""
    text = path.read_text("utf-8")
    return set(re.findall(r"\{% macro (\w+)\([^%]*\) %\}", text)) - NOT_ALONE


def test_every_component_of_its_own_file_is_in_the_book() -> None:
    plates = "".join(
        (ROOT / f"layouts/{name}/specimen.html").read_text("utf-8")
        for name in layout_names(Sources(ROOT))
        if (ROOT / f"layouts/{name}/specimen.html").exists()
    )
    shared = {"components.html", "large-print-components.html", "specimen-components.html"}
    files = (ROOT / "layouts/system").glob("*-components.html")
    for path in sorted(path for path in files if path.name not in shared):
        for name in macros(path):
            assert f".{name}(" in plates, f"{path.name}: {name} is on no plate"


def test_the_book_stands_alone(hrcpub: Hrcpub) -> None:
    done = hrcpub("build", "principles", "--specimen")
    assert done.returncode == 2
    assert "cannot be used together" in done.stderr
