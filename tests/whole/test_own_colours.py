"""A group's own papers and accent reach the screen, the plates, the office and the phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from hrcpub.build.batch import BatchOptions, BuildWorker
from tests.judges import tools, verapdf
from tests.shared.logos import write_logos
from tests.shared.once import made_once
from tests.shared.pages import colours, highest, level, pictures
from tests.shared.project import copy_project
from tests.whole.test_layouts import assert_right, build, pdf, sample
from tests.whole.test_logos import NAME, backs

SAND, MINT, BLUE = (243, 222, 166), (181, 234, 215), (11, 83, 148)
COLOURS = """colours:
  yellow: {name: sand, screen: "#f3dea6", press: 3 10 40 0}
  mint: "#b5ead7"
  accent: {screen: "#0b5394", press: 95 70 5 10}
"""
TAGGED = ("screen", "large-print", "phone")
SIGNED = (13, 200, 131, 240)  # of the card's back: where it is signed


@pytest.fixture
def coloured(worker: BuildWorker) -> BuildWorker:
    """Return a worker whose project has its own colours."""
    write(worker, COLOURS)
    return worker


def write(worker: BuildWorker, entries: str) -> None:
    """Write who signs, with entries of its own."""
    path = Path(worker.options.root) / "materials/organisation.yaml"
    path.write_text(f"paper-size: letter\nname: {NAME}\n{entries}", encoding="utf-8")


Plates = dict[tuple[str, str], dict[str, Image.Image]]


def inks(plates: dict[str, Image.Image], x: int, y: int) -> tuple[int, ...]:
    """Return the inks of a place, in per cent."""
    names = ("Cyan", "Magenta", "Yellow", "Black")
    return tuple(round(level(plates[name], x, y) / 2.55) for name in names)


# A card's colour and paper, and its editions.
CARDS = {
    ("sand", "flood"): (*TAGGED, "press", "office"),
    ("yellow", "flood"): TAGGED,
    ("mint", "flood"): (*TAGGED, "press"),
    ("sand", "stock"): ("press", "office"),
    ("sand", "white"): ("press", "office"),
}


def _make(root: Path) -> None:
    worker = BuildWorker(BatchOptions(str(copy_project(root)), str(root / "output")))
    write(worker, COLOURS)
    for (colour, paper), tried in CARDS.items():
        report = build(worker, "card", card(colour), tried, paper)
        assert_right(report, "sample-words", made=tried)
        for edition in tried:
            pdf(worker, edition).rename(root / f"{colour}-{paper}-{edition}.pdf")


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of cards in a group's own colours; only to be read."""
    return made_once(tmp_path_factory, "cards-in-own-colours", _make)


@pytest.fixture(scope="module")
def plates(cards: Path, tmp_path_factory: pytest.TempPathFactory) -> Plates:
    """Return the plates of the backs of cards for the press, by their colour and paper."""
    made = [which for which, tried in CARDS.items() if "press" in tried]
    files = [cards / f"{colour}-{paper}-press.pdf" for colour, paper in made]
    return dict(zip(made, backs(tmp_path_factory.mktemp("backs"), *files), strict=True))


def card(colour: str) -> dict[str, object]:
    return sample("card") | {"colour": colour}


@pytest.mark.slow
@pytest.mark.parametrize(("colour", "rgb"), [("sand", SAND), ("yellow", SAND), ("mint", MINT)])
def test_an_own_paper_is_on_the_screen_in_large_print_and_on_a_phone(
    cards: Path, colour: str, rgb: tuple[int, ...]
) -> None:
    for way in TAGGED:
        for page in pictures(cards / f"{colour}-flood-{way}.pdf", 1.0):
            assert rgb in colours(page), way


@pytest.mark.slow
def test_an_own_build_is_on_the_plates_and_the_accent_is_who_signs(
    cards: Path, plates: Plates
) -> None:
    back = plates["sand", "flood"]
    assert inks(back, 4, 4) == (3, 10, 40, 0)
    assert round(highest(back["Cyan"]) / 2.55) == 95
    name = back["Cyan"].point([255 * (tint > 128) for tint in range(256)]).getbbox()
    assert name
    assert highest(back["Black"].crop(name)) < 30, "the name is in the accent alone"
    [verdict] = verapdf.judge([(verapdf.PDF_A_2B, cards / "sand-flood-press.pdf")])
    assert verdict.is_compliant, verdict


def test_a_paper_without_a_build_is_what_the_profile_makes_of_it(plates: Plates) -> None:
    cyan, magenta, yellow, black = inks(plates["mint", "flood"], 4, 4)
    assert 25 <= cyan <= 40
    assert magenta <= 5
    assert 10 <= yellow <= 30
    assert black <= 2


def test_a_spot_colour_has_a_plate_of_its_own(coloured: BuildWorker, tmp_path: Path) -> None:
    spot = "press: 95 70 5 10, spot: PANTONE 286 U"
    text = COLOURS.replace("press: 95 70 5 10", spot)
    write_logos(Path(coloured.options.root) / "materials/images")
    logos = ("", "logo: materials/images/wide.svg\n", "logo: materials/images/alpha.png\n")
    for number, logo in enumerate(logos):
        write(coloured, text + logo)
        build(coloured, "card", card("sand"), ("press",), "flood")
        pdf(coloured, "press").rename(tmp_path / f"{number}.pdf")
    made = backs(tmp_path, *(tmp_path / f"{number}.pdf" for number in range(len(logos))))
    for logo, back in zip(logos, made, strict=True):
        assert highest(back["PANTONE 286 U"]) > 200, logo
        assert round(highest(back["Cyan"]) / 2.55) == 3, logo


@pytest.mark.parametrize("paper", ["stock", "white"])
def test_where_paper_has_its_colour_all_is_black(cards: Path, plates: Plates, paper: str) -> None:
    back = plates["sand", paper]
    for name in ("Cyan", "Magenta", "Yellow"):
        assert highest(back[name]) == 0, name
    assert highest(back["Black"].crop(SIGNED)) == 255
    for page in tools.drawn_by_poppler(cards / f"sand-{paper}-office.pdf"):
        red, green, blue = page.split()
        assert highest(ImageChops.difference(red, green)) <= 2
        assert highest(ImageChops.difference(green, blue)) <= 2


def test_the_office_floods_an_own_paper_when_asked_to(cards: Path, coloured: BuildWorker) -> None:
    assert SAND in colours(pictures(cards / "sand-flood-office.pdf")[0])
    [output] = build(coloured, "sheet", sample("sheet"), ("office",), "stock").outputs
    assert output.note is not None
    assert "on sand paper" in output.note


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


def test_where_the_accent_does_not_stand_out_who_signs_is_black(
    worker: BuildWorker, tmp_path: Path
) -> None:
    path = Path(worker.options.root) / "materials/organisation.yaml"
    text = f'paper-size: letter\nname: {NAME}\ncolours: {{accent: "#2f8fbf"}}\n'
    path.write_text(text, encoding="utf-8")
    build(worker, "card", card("light blue"), ("press",), "flood")
    [back] = backs(tmp_path, pdf(worker, "press"))
    assert highest(back["Black"].crop(SIGNED)) == 255
    assert highest(back["Magenta"]) == 0
