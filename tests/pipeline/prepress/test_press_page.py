"""One page of all that CSS can colour, through the press edition, plate by plate."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.pipeline.prepress import (
    Demands,
    Identity,
    InkConversion,
    PaletteInk,
    Press,
    identity,
    prepress,
)
from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.stages import Html, Stylesheet
from hrcpub.pipeline.typeset import typeset
from hrcpub.project.condition import CONDITIONS
from hrcpub.project.edition import EDITIONS, PaperColour
from hrcpub.units import Size
from tests.judges import tools, verapdf
from tests.shared.pages import level
from tests.shared.project import ROOT

SIDE = 400.0  # of the page, in points
SPOT = "PANTONE 227 C"
PALETTE = {
    "#ffe14a": PaletteInk((0.0, 0.06, 0.8, 0.0)),
    "#141414": PaletteInk((0.0, 0.0, 0.0, 1.0)),
    "#cc0066": PaletteInk((0.1, 1.0, 0.2, 0.0), SPOT),
}
CSS = """
@font-face {
  font-family: "HRC Franklin";
  src: url(/fonts/libre-franklin/LibreFranklin-Regular.ttf);
}
@page { size: 400pt 400pt; margin: 20pt; bleed: 9pt; background: #fff }
html { font: 10pt "HRC Franklin"; color: #141414 }
.box { position: absolute; width: 30pt; height: 20pt }
img { position: absolute; width: 30pt; height: 20pt }
"""
PICTURES = ("grey.png", "rgb.png", "rgb.jpg", "rgba.png", "l.jpg", "one.png", "cmyk.jpg", "p.png")
# Greys of one lightness, as CSS can write them.
GREYS = {
    "grey": "background: #777",
    "lab grey": "background: lab(50% 0 0)",
    "lch grey": "background: lch(50% 0 0)",
    "oklab grey": "background: oklab(57% 0 0)",
    "oklch grey": "background: oklch(57% 0 180)",
    "xyz grey": "background: color(xyz 0.1751 0.1842 0.2006)",
    "srgb grey": "background: color(srgb .466 .466 .466)",
    "hwb grey": "background: hwb(0 46.6% 53.4%)",
    "grey gradient": "background: linear-gradient(lab(50% 0 0), oklch(57% 0 0))",
}
# Name: (column, row, style of the box).
BOXES = {
    "gradient": "background: linear-gradient(90deg, #f00, #00f)",
    "radial": "background: radial-gradient(circle, #0f0, #fff 60%, #000)",
    "fading": "background: linear-gradient(#f008, #00f0)",
    "repeating": "background: repeating-linear-gradient(45deg, #123, #456 10px)",
    "shadow": "box-shadow: 3px 3px 6px #800",
    "see-through": "opacity: .4; background: #08c",
    "paper": "background: #ffe14a",
    "spot": "background: #cc0066",
    "black": "background: #000",
    "lab": "background: lab(60 40 20)",
    "oklch": "background: oklch(70% .15 200)",
    "rich": "background: rgb(2 1 30)",
    "lab border": "width: 0; border-left: 30pt outset lab(50% 0 0)",
    "oklch shadow": "box-shadow: 3px 3px 6px oklch(50% .2 30)",
    **GREYS,
} | {
    style: f"border: 4pt {style} #38a"
    for style in ("solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset")
}


def place(index: int) -> str:
    """Return where the index-th box lies."""
    return f"left: {(index % 8) * 44}pt; top: {40 + index // 8 * 34}pt"


def page() -> str:
    """Return the page's HTML."""
    boxes = "".join(
        f'<div class="box" style="{place(i)}; {style}"></div>'
        for i, style in enumerate(BOXES.values())
    )
    images = "".join(
        f'<img alt="{name}" src="/materials/images/{name}" style="{place(i + 32)}">'
        for i, name in enumerate(PICTURES)
    )
    return f"""<!doctype html><html lang="en"><title>All</title><body>
<p>Black <a href="https://example.org">link</a> <u>under</u> <mark>mark</mark></p><hr>
{boxes}{images}
<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40" style="position:absolute;top:220pt;
color:#cc0066"><defs><linearGradient id="a"><stop offset="0" stop-color="#f80"/>
<stop offset="1" stop-color="#08f"/></linearGradient></defs>
<rect width="30" height="40" fill="url(#a)"/>
<rect x="30" width="30" height="40" fill="currentColor"/>
</svg>
<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40" style="position:absolute;
left:100pt;top:300pt;width:60pt;height:40pt" viewBox="0 0 60 40">
<rect width="60" height="40" fill="#ff8fc8"/>
<rect x="13" y="13" width="34" height="14" fill="#141414" stroke="#ffe14a" stroke-width="6"/>
</svg></body></html>"""


def write_pictures(folder: Path) -> None:
    """Write a picture of every mode that WeasyPrint reads."""
    folder.mkdir(exist_ok=True)
    across, around = Image.linear_gradient("L"), Image.radial_gradient("L")
    colour = Image.merge("RGB", [across, around, Image.new("L", across.size, 90)]).resize((90, 60))
    grey, mask = across.resize((90, 60)), around.resize((90, 60))
    faded = colour.copy()
    faded.putalpha(mask)
    for name, picture in {
        "grey.png": grey.convert("RGB"),
        "rgb.png": colour,
        "rgb.jpg": colour,
        "rgba.png": faded,
        "l.jpg": grey,
        "one.png": grey.convert("1"),
        "cmyk.jpg": colour.convert("CMYK"),
        "p.png": colour.convert("P", palette=Image.Palette.ADAPTIVE),
    }.items():
        picture.save(folder / name)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page as a press file."""
    root = tmp_path_factory.mktemp("press")
    for folder in ("materials", "layouts", "fonts"):
        shutil.copytree(ROOT / folder, root / folder)
    write_pictures(root / "materials" / "images")
    worker = BuildWorker(BatchOptions(str(root), str(root / "output")))
    html = Html(
        text=page(),
        stylesheets=(Stylesheet("layouts/system/all.css", CSS),),
        base="layouts/system",
        words=(),
        families=frozenset({"HRC Franklin"}),
        sides=1,
        trim=Size(SIDE, SIDE),
        bleed=9.0,
        safe=0.0,
    )
    pages = typeset(html, worker.project)
    condition = CONDITIONS["gracol2006-coated"]
    face = Face(worker.project.sources.read("fonts/libre-franklin/LibreFranklin-Regular.ttf"))
    press = Press(
        condition=condition,
        inks=InkConversion(condition.profile, PALETTE, condition.ink_limit),
        identity=Identity(
            "All & <more>", "Nobody", "en", datetime.date(2026, 1, 1), identity.identifier(["x"])
        ),
        facts=("A1 All", "revision 1"),
        face=face,
    )
    demands = Demands(EDITIONS["press"], PaperColour.FLOOD, 9.0, {}, press)
    path = root / "all.pdf"
    path.write_bytes(prepress(pages, demands))
    assert path.read_bytes() == prepress(pages, demands), "written twice, it is the same file"
    return path


@pytest.fixture(scope="module")
def plates(everything: Path) -> dict[str, Image.Image]:
    """Return the page's plates at 2 pixels to the point, cut to the trim."""
    separated = tools.plates(everything, 144)[0]
    reach = round((9.0 + 27.0) * 2)
    box = (reach, reach, reach + round(SIDE * 2), reach + round(SIDE * 2))
    return {name: plate.crop(box) for name, plate in separated.items()}


def ink_at(plates: dict[str, Image.Image], name: str) -> dict[str, float]:
    """Return each plate's ink in the middle of a box, in per cent."""
    index = list(BOXES).index(name)
    x = 20 + (index % 8) * 44 + 15
    y = 20 + 40 + index // 8 * 34 + 10
    return {plate: round(level(p, x * 2, y * 2) / 2.55) for plate, p in plates.items()}


@pytest.mark.slow
def test_verapdf_finds_pdf_a_2b(everything: Path) -> None:
    (verdict,) = verapdf.judge([(verapdf.PDF_A_2B, everything)])

    assert verdict.rules > 50
    assert verdict.is_compliant, verdict


def test_qpdf_finds_no_mistake(everything: Path) -> None:
    assert tools.qpdf_complaints(everything) == ""


def test_nothing_is_left_in_the_screens_colours(everything: Path) -> None:
    with pikepdf.open(everything) as pdf:
        said = b"".join(
            thing.read_bytes() if isinstance(thing, pikepdf.Stream) else thing.unparse()
            for thing in pdf.objects
            if not (isinstance(thing, pikepdf.Stream) and ("/N" in thing or "/Width" in thing))
        )
        names = {str(space) for thing in pdf.objects for space in colour_spaces(thing)}
    assert b"DeviceRGB" not in said
    assert b"lab-d50" not in said
    assert names <= {"/DeviceCMYK", "/DeviceGray", "/Separation"}
    assert "/DeviceCMYK" in names


def colour_spaces(thing: object) -> list[object]:
    """Return the colour spaces that an object names."""
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return []
    spaces = [thing[key] for key in ("/ColorSpace", "/CS") if key in thing]
    return [s for s in spaces if isinstance(s, pikepdf.Name)]


@pytest.mark.parametrize(
    ("name", "ink"),
    [
        ("black", {"Cyan": 0, "Magenta": 0, "Yellow": 0, "Black": 100}),
        ("paper", {"Cyan": 0, "Magenta": 6, "Yellow": 80, "Black": 0}),
        ("spot", {"Cyan": 0, "Magenta": 0, "Yellow": 0, "Black": 0, SPOT: 100}),
    ],
)
def test_the_palettes_colours_are_their_builds(
    plates: dict[str, Image.Image], name: str, ink: dict[str, int]
) -> None:
    measured = ink_at(plates, name)

    assert {plate: measured[plate] for plate in ink} == pytest.approx(ink, abs=1)


@pytest.mark.parametrize("name", GREYS)
def test_a_grey_is_k_alone(plates: dict[str, Image.Image], name: str) -> None:
    measured = ink_at(plates, name)

    assert (measured["Cyan"], measured["Magenta"], measured["Yellow"]) == (0, 0, 0)
    assert 40 < measured["Black"] < 75


def test_a_shaded_border_is_lighter_than_its_colour(plates: dict[str, Image.Image]) -> None:
    measured = ink_at(plates, "lab border")

    assert (measured["Cyan"], measured["Magenta"], measured["Yellow"]) == (0, 0, 0)
    assert 30 < measured["Black"] < 42


@pytest.mark.parametrize("name", ["lab", "oklch", "see-through", "gradient", "radial", "repeating"])
def test_other_colours_are_printed_in_inks(plates: dict[str, Image.Image], name: str) -> None:
    assert sum(ink_at(plates, name).values()) > 10


@pytest.mark.parametrize("name", BOXES)
def test_no_box_has_more_ink_than_the_limit(plates: dict[str, Image.Image], name: str) -> None:
    assert sum(ink_at(plates, name).values()) <= CONDITIONS["gracol2006-coated"].ink_limit + 2


def test_text_stands_on_the_black_plate_alone(plates: dict[str, Image.Image]) -> None:
    line = (52, 60, 52 + 50, 60 + 36)  # "Black", at the page's head
    inked = {name: plate.crop(line).getextrema()[1] for name, plate in plates.items()}

    assert inked.pop("Black") == 255
    assert set(inked.values()) == {0}


def test_pictures_become_what_a_press_prints(everything: Path) -> None:
    images = [(p.kind, p.colour, p.bits, p.encoding) for p in tools.images(everything)]

    assert images == [
        ("image", "gray", 8, "jpeg"),
        ("image", "cmyk", 8, "jpeg"),
        ("image", "cmyk", 8, "jpeg"),
        ("image", "cmyk", 8, "jpeg"),
        ("smask", "gray", 8, "image"),
        ("image", "gray", 8, "jpeg"),
        ("image", "gray", 1, "image"),
        ("image", "cmyk", 8, "jpeg"),
        ("image", "cmyk", 8, "jpeg"),
    ]
    assert not any(picture.is_interpolated for picture in tools.images(everything))


def test_black_overprints_and_everything_else_knocks_out(everything: Path) -> None:
    with pikepdf.open(everything) as pdf:
        steps = list(pikepdf.parse_content_stream(pdf.pages[0]))
        states = pdf.pages[0].Resources.ExtGState
        assert bool(states.OverprintK.op)
        assert int(states.OverprintK.OPM) == 1
        assert not bool(states.Knockout.op)
    current, outer, seen = "", [], set()
    for step in steps:
        operator = str(step.operator)
        if operator == "q":
            outer.append(current)
        if operator == "Q":
            current = outer.pop()
        if operator == "gs" and str(step.operands[0])[1:] in FILLS_OVERPRINT:
            current = str(step.operands[0])[1:]
        if operator == "k" and current:
            inks = tuple(float(part) for part in step.operands)
            seen.add((FILLS_OVERPRINT[current], inks == (0, 0, 0, 1)))
    assert seen == {(True, True), (False, False)}


# By the state: the last two are for shapes whose line has another colour.
FILLS_OVERPRINT = {
    "OverprintK": True,
    "Knockout": False,
    "OverprintFill": True,
    "OverprintLine": False,
}


def test_black_lies_on_a_ground_and_its_coloured_line_does_not(
    plates: dict[str, Image.Image],
) -> None:
    """Of one shape the fill overprints and the line knocks out, whichever colour is set last."""
    left, top = 120 * 2, 320 * 2  # of the pink ground, in pixels

    def inks(x: int, y: int) -> list[int]:
        return [round(level(plate, left + x * 2, top + y * 2) / 2.55) for plate in plates.values()]

    names = list(plates)
    ground, line, fill = (dict(zip(names, inks(*at), strict=True)) for at in SPOTS_OF_THE_SHAPE)
    assert ground["Magenta"] > 30
    assert (ground["Black"], fill["Black"], line["Black"]) == (0, 100, 0)
    assert fill["Magenta"] == ground["Magenta"]
    assert (line["Magenta"], line["Yellow"]) == pytest.approx((6, 80), abs=1)


SPOTS_OF_THE_SHAPE = ((4, 4), (12, 20), (30, 20))  # the ground alone, the line, the fill


def test_two_renderers_draw_the_same_page(everything: Path) -> None:
    # Left out: the SVG gradient and masks, in which Poppler 22 and Ghostscript 10 differ by nature.
    one, other = tools.drawn_by_poppler(everything)[0], tools.drawn_by_ghostscript(everything)[0]

    assert tools.mean_difference(one, other) < 12
