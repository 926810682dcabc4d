"""A group's own papers and accent reach the screen, the plates, the office and the phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from hrcpub.build.batch import BuildWorker
from tests.judges import tools, verapdf
from tests.shared.logos import write_logos
from tests.shared.pages import colours, highest, level, pictures
from tests.whole.test_layouts import assert_right, build, pdf, sample
from tests.whole.test_logos import NAME, trimmed

SAND, MINT, BLUE = (243, 222, 166), (181, 234, 215), (11, 83, 148)
COLOURS = """colours:
  yellow: {name: sand, screen: "#f3dea6", press: 3 10 40 0}
  mint: "#b5ead7"
  accent: {screen: "#0b5394", press: 95 70 5 10}
"""
CARD = (144.0, 252.0)
SIGNED = (13, 200, 131, 240)  # of the card's back: where it is signed


@pytest.fixture
def coloured(worker: BuildWorker) -> BuildWorker:
    """Return a worker whose project has its own colours."""
    path = Path(worker.options.root) / "materials/organisation.yaml"
    path.write_text(f"paper-size: letter\nname: {NAME}\n{COLOURS}", encoding="utf-8")
    return worker


def inks(plates: dict[str, Image.Image], x: int, y: int) -> tuple[int, ...]:
    """Return the inks of a place, in per cent."""
    names = ("Cyan", "Magenta", "Yellow", "Black")
    return tuple(round(level(plates[name], x, y) / 2.55) for name in names)


def back(worker: BuildWorker) -> dict[str, Image.Image]:
    """Return the plates of a card's back, cut to its trim."""
    plates = tools.plates(pdf(worker, "press"))[1]
    return {name: trimmed(plate, CARD) for name, plate in plates.items()}


def card(colour: str) -> dict[str, object]:
    return sample("card") | {"colour": colour}


@pytest.mark.parametrize(("colour", "rgb"), [("sand", SAND), ("yellow", SAND), ("mint", MINT)])
def test_an_own_paper_is_on_the_screen_in_large_print_and_on_a_phone(
    coloured: BuildWorker, colour: str, rgb: tuple[int, ...]
) -> None:
    ways = ("screen", "large-print", "phone")
    assert_right(build(coloured, "card", card(colour), ways, "flood"), "sample-words")
    for way in ways:
        for page in pictures(pdf(coloured, way)):
            assert rgb in colours(page), way


def test_an_own_build_is_on_the_plates_and_the_accent_is_who_signs(coloured: BuildWorker) -> None:
    report = build(coloured, "card", card("sand"), ("press",), "flood")
    assert [problem for problem in report.all_problems if problem.is_error] == []
    plates = back(coloured)
    assert inks(plates, 4, 4) == (3, 10, 40, 0)
    assert round(highest(plates["Cyan"]) / 2.55) == 95
    name = plates["Cyan"].point([255 * (tint > 128) for tint in range(256)]).getbbox()
    assert name
    assert highest(plates["Black"].crop(name)) < 30, "the name is in the accent alone"
    [verdict] = verapdf.judge([(verapdf.PDF_A_2B, pdf(coloured, "press"))])
    assert verdict.is_compliant, verdict


def test_a_paper_without_a_build_is_what_the_profile_makes_of_it(coloured: BuildWorker) -> None:
    build(coloured, "card", card("mint"), ("press",), "flood")
    cyan, magenta, yellow, black = inks(back(coloured), 4, 4)
    assert 25 <= cyan <= 40
    assert magenta <= 5
    assert 10 <= yellow <= 30
    assert black <= 2


def test_a_spot_colour_has_a_plate_of_its_own(coloured: BuildWorker) -> None:
    path = Path(coloured.options.root) / "materials/organisation.yaml"
    spot = "press: 95 70 5 10, spot: PANTONE 286 U"
    text = path.read_text(encoding="utf-8").replace("press: 95 70 5 10", spot)
    write_logos(path.parent / "images")
    for logo in ("", "logo: materials/images/wide.svg\n", "logo: materials/images/alpha.png\n"):
        path.write_text(text + logo, encoding="utf-8")
        build(coloured, "card", card("sand"), ("press",), "flood")
        plates = back(coloured)
        assert highest(plates["PANTONE 286 U"]) > 200, logo
        assert round(highest(plates["Cyan"]) / 2.55) == 3, logo


@pytest.mark.parametrize("paper", ["stock", "white"])
def test_where_paper_has_its_colour_all_is_black(coloured: BuildWorker, paper: str) -> None:
    build(coloured, "card", card("sand"), ("press", "office"), paper)
    plates = back(coloured)
    for name in ("Cyan", "Magenta", "Yellow"):
        assert highest(plates[name]) == 0, name
    assert highest(plates["Black"].crop(SIGNED)) == 255
    for page in tools.drawn_by_poppler(pdf(coloured, "office")):
        red, green, blue = page.split()
        assert highest(ImageChops.difference(red, green)) <= 2
        assert highest(ImageChops.difference(green, blue)) <= 2


def test_the_office_floods_an_own_paper_when_asked_to(coloured: BuildWorker) -> None:
    report = build(coloured, "card", card("sand"), ("office",), "flood")
    assert SAND in colours(pictures(pdf(coloured, "office"))[0])
    build(coloured, "sheet", sample("sheet"), ("office",), "stock")
    [output] = build(coloured, "sheet", sample("sheet"), ("office",), "stock").outputs
    assert output.note is not None
    assert "on sand paper" in output.note
    assert report.outputs


@pytest.mark.parametrize("logo", [None, "wide.svg", "alpha.png"])
def test_the_accent_is_the_name_or_the_logo(coloured: BuildWorker, logo: str | None) -> None:
    root = Path(coloured.options.root)
    write_logos(root / "materials/images")
    entry = f"logo: materials/images/{logo}\n" if logo else ""
    path = root / "materials/organisation.yaml"
    path.write_text(f"name: {NAME}\n{entry}{COLOURS}", encoding="utf-8")
    build(coloured, "sheet", sample("sheet"), ("screen",))
    blues = {
        colour
        for colour in colours(pictures(pdf(coloured, "screen"))[-1])
        if colour[2] > colour[0] + 60
    }
    assert any(max(abs(a - b) for a, b in zip(colour, BLUE, strict=True)) < 30 for colour in blues)


def test_where_the_accent_does_not_stand_out_who_signs_is_black(worker: BuildWorker) -> None:
    path = Path(worker.options.root) / "materials/organisation.yaml"
    text = f'paper-size: letter\nname: {NAME}\ncolours: {{accent: "#2f8fbf"}}\n'
    path.write_text(text, encoding="utf-8")
    build(worker, "card", card("light blue"), ("press",), "flood")
    plates = back(worker)
    assert highest(plates["Black"].crop(SIGNED)) == 255
    assert highest(plates["Magenta"]) == 0
