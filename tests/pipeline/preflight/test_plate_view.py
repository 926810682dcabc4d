"""A page's plates as a person looks at them: by Ghostscript, by us, with overprint and spots."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat

from hrcpub.pipeline.preflight.ink import ghostscript
from hrcpub.pipeline.preflight.plate_view import PlateView, plate_view
from hrcpub.project.condition import CONDITIONS, DEFAULT
from tests.judges import tools

Find = Callable[[], ghostscript.Ghostscript | None]
CONDITION = CONDITIONS[DEFAULT]
SIDE = 72  # points: 100 dots
SPOT = "Sign Red"
# A square of cyan, and one of a spot ink half over it; then the letters of a small line.
SHAPES = "1 0 0 0 k 9 18 36 36 re f {overprint} gs /Spot cs 1 scn 27 18 36 36 re f"


def page_with(overprint: str) -> bytes:
    """Return a file with a spot ink over cyan, which is there below it or knocked out."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(SIDE, SIDE))
    tint = pikepdf.Stream(pdf, b"{0 exch dup 0 exch 0}")
    tint.stream_dict = pikepdf.Dictionary(
        FunctionType=4, Domain=[0, 1], Range=[0, 1, 0, 1, 0, 1, 0, 1]
    )
    space = pikepdf.Array(
        [pikepdf.Name.Separation, pikepdf.Name(f"/{SPOT}"), pikepdf.Name.DeviceCMYK, tint]
    )
    page.Resources = pikepdf.Dictionary(
        ColorSpace=pikepdf.Dictionary(Spot=space),
        ExtGState=pikepdf.Dictionary(
            Over=pikepdf.Dictionary(OP=True, op=True, OPM=1),
            Knock=pikepdf.Dictionary(OP=False, op=False),
        ),
    )
    page.Contents = pikepdf.Stream(pdf, SHAPES.format(overprint=overprint).encode())
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def level(view: PlateView, ink: str, x: float, y: float) -> int:
    """Return an ink's level at a point, in points from the upper left."""
    width, height = view.size
    return view.levels[ink][int(y / SIDE * height) * width + int(x / SIDE * width)]


def seen(view: PlateView, x: float, y: float) -> tuple[int, ...]:
    width, height = view.size
    at = int(y / SIDE * height) * width + int(x / SIDE * width)
    return tuple(view.together[3 * at : 3 * at + 3])


FINDERS: dict[str, Find] = {"Ghostscript": ghostscript.installed, "hrcpub": ghostscript.none}


@pytest.mark.parametrize("by", FINDERS)
def test_a_spot_ink_that_overprints_leaves_the_ink_below_it(by: str) -> None:
    if by == "Ghostscript":
        tools.find("gs")
    over, knocked = (
        plate_view(page_with(how), 1, CONDITION, {SPOT: "#ff0000"}, FINDERS[by])
        for how in ("/Over", "/Knock")
    )
    assert over.drawn_by.startswith(by)
    assert list(over.levels) == ["Cyan", "Magenta", "Yellow", "Black", SPOT]
    assert over.size == (100, 100)
    places = {"cyan alone": (15, 36), "both": (36, 36), "spot alone": (55, 36), "paper": (4, 4)}
    inks = {name: (level(over, "Cyan", *at), level(over, SPOT, *at)) for name, at in places.items()}
    assert inks == {
        "cyan alone": (255, 0), "both": (255, 255), "spot alone": (0, 255), "paper": (0, 0),
    }  # fmt: skip
    assert level(knocked, "Cyan", *places["both"]) == 0
    # As a press shows it: red on cyan is nearly black, red alone is red, paper is white.
    assert seen(over, *places["paper"]) == (255, 255, 255)
    assert seen(over, *places["spot alone"]) == (255, 0, 0)
    assert seen(knocked, *places["both"]) == (255, 0, 0)
    assert sum(seen(over, *places["both"])) < 60


def test_what_ghostscript_separates_is_what_is_shown(tmp_path: Path) -> None:
    tools.find("gs")
    data = page_with("/Over")
    file = tmp_path / "file.pdf"
    file.write_bytes(data)
    [theirs] = tools.plates(file, 400, "-dDownScaleFactor=4")
    view = plate_view(data, 1, CONDITION, {})
    assert set(theirs) == set(view.levels)
    for name, plate in theirs.items():
        ours = Image.frombytes("L", view.size, view.levels[name])
        assert plate.size == view.size
        assert ImageStat.Stat(ImageChops.difference(plate, ours)).extrema[0][1] <= 1, name


def test_a_page_that_is_very_large_is_drawn_more_coarsely() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(3000, 3000))
    out = io.BytesIO()
    pdf.save(out)
    view = plate_view(out.getvalue(), 1, CONDITION, {}, ghostscript.none)
    assert 3_000_000 < view.size[0] * view.size[1] <= 5_000_000
