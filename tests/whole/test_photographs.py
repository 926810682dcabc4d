"""A photograph in every layout that has a place for one, and what each edition gets of it."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as raw
import pytest
from PIL import Image, ImageStat

from hrcpub.build.batch import BuildWorker
from hrcpub.units import distance
from tests.judges import tools, verapdf
from tests.shared.pages import pictures
from tests.shared.photographs import photograph, saved, with_a_place
from tests.shared.project import ROOT
from tests.whole.test_decorative_pictures import figures
from tests.whole.test_layouts import LAYOUTS, assert_right, build, editions, pdf, sample, slots

SHOWING = [name for name in LAYOUTS if "photo" in slots(name)]
PPI = {"screen": 220, "large-print": 220, "phone": 220, "press": 300, "office": 300}
CAPTION, CREDIT = "Beside the van, on a night in June", "Photograph: Ada Park"


# Of a camera for the largest frame; enough for all others at half the cost, and more than printed.
PIXELS = {"poster": (5600, 4200)}


@cache
def from_a_camera(width: int = 3600, height: int = 2700) -> bytes:
    """Return a file as a camera makes it, that lies on its side."""
    return with_a_place(photograph(width, height), orientation=6)


def with_photo(worker: BuildWorker, layout: str, data: bytes, **said: Any) -> dict[str, Any]:
    """Return a layout's sample with a photograph, whose file it writes."""
    file = Path(worker.options.root) / "materials" / "images" / "van at night.jpg"
    file.write_bytes(data)
    material = sample(layout)
    path = f"materials/images/{file.name}"
    photo = {"file": path, "alt": "A van at night", "consent": "not needed"}
    material["words"]["photo"] = photo | said
    return material


def test_layouts_have_places_for_photographs() -> None:
    assert {"half-sheet", "postcard", "poster", "booklet", "trifold", "brief"} <= set(SHOWING)


@pytest.mark.slow
@pytest.mark.parametrize("sheet", ["letter", "a4"])
@pytest.mark.parametrize("layout", SHOWING)
def test_each_edition_gets_the_pixels_and_inks_that_it_prints(
    worker: BuildWorker, layout: str, sheet: str
) -> None:
    data = from_a_camera(*PIXELS.get(layout, ()))
    material = with_photo(worker, layout, data, caption=CAPTION, credit=CREDIT, focus="60% 30%")
    # On the other family: the form that has another size there. What the press makes of any place
    # does not ask which sheet it is on: two layouts show that.
    on_a4 = ("screen", "press") if layout in ("half-sheet", "poster") else ("screen",)
    ways = editions(layout) if sheet == "letter" else on_a4
    assert_right(build(worker, layout, material, ways, sheet=sheet), made=ways)
    for way in ways:
        pictures = tools.images(pdf(worker, way))
        assert pictures, way
        for picture in pictures:
            assert (picture.kind, picture.colour, picture.encoding) == ("image", "gray", "jpeg")
            assert PPI[way] - 1 <= min(picture.ppi) <= max(picture.ppi) <= PPI[way] + 2, way
        assert CAPTION.replace(" ", "") in "".join(tools.text(pdf(worker, way)).split())
    assert "A van at night" in figures(pdf(worker, "screen"))


@pytest.mark.slow
def test_nothing_of_a_camera_gets_into_a_file_and_judges_pass_it(worker: BuildWorker) -> None:
    data = with_a_place(photograph(1200, 900))
    assert b"47 deg" in data
    assert b"Camera of Somebody" in data
    material = with_photo(worker, "half-sheet", data, caption=CAPTION)
    assert_right(build(worker, "half-sheet", material))
    for way in editions("half-sheet"):
        with pikepdf.open(pdf(worker, way)) as file:
            streams = [thing for thing in file.objects if isinstance(thing, pikepdf.Stream)]
            raw = b"".join(stream.read_raw_bytes() for stream in streams)
            images = [s for s in streams if s.get("/Subtype") == "/Image"]
            assert images
            for said in (b"Exif", b"47 deg", b"Camera", b"Copyright S", b"taken at home", b"GPS"):
                assert said not in raw + pdf(worker, way).read_bytes()
            for image in images:
                with Image.open(io.BytesIO(image.read_raw_bytes())) as jpeg:
                    assert not jpeg.getexif()
                    assert "comment" not in jpeg.info
    assert_judges_pass(worker)


def assert_judges_pass(worker: BuildWorker) -> None:
    rules = {
        "screen": verapdf.PDF_UA_1,
        "large-print": verapdf.PDF_UA_1,
        "press": verapdf.PDF_A_2B,
    }
    assert [tools.qpdf_complaints(pdf(worker, way)) for way in rules] == [""] * len(rules)
    verdicts = verapdf.judge((rules[way], pdf(worker, way)) for way in rules)
    assert len(verdicts) == len(rules)
    assert [verdict for verdict in verdicts if not verdict.is_compliant] == []


@pytest.mark.slow
def test_a_photograph_of_48_million_pixels_adds_little_to_a_screens_file(
    worker: BuildWorker,
) -> None:
    plain = build(worker, "postcard", sample("postcard"), ("screen", "large-print"))
    assert not plain.failed
    before = pdf(worker, "screen").stat().st_size
    data = saved(photograph(2000, 1500).resize((8000, 6000), Image.Resampling.NEAREST), quality=92)
    material = with_photo(worker, "postcard", data, colour="yes")
    assert_right(build(worker, "postcard", material, ("screen", "large-print")))
    assert 5_000 < pdf(worker, "screen").stat().st_size - before < 300_000


@pytest.mark.slow
def test_in_colour_where_its_author_says_so_and_the_same_bytes_each_time(
    worker: BuildWorker,
) -> None:
    material = with_photo(worker, "half-sheet", saved(photograph(1200, 900)), colour="yes")
    assert_right(build(worker, "half-sheet", material))
    spaces = {"screen": "rgb", "large-print": "rgb", "press": "cmyk", "office": "gray"}
    for way, colour in spaces.items():
        assert {picture.colour for picture in tools.images(pdf(worker, way))} == {colour}
    files = {way: pdf(worker, way).read_bytes() for way in editions("half-sheet")}
    for way in files:
        pdf(worker, way).unlink()
    build(worker, "half-sheet", material)
    for way, before in files.items():
        assert pdf(worker, way).read_bytes() == before, way


@pytest.mark.slow
def test_in_lines_it_is_ink_or_paper_on_paper_and_soft_on_a_screen(worker: BuildWorker) -> None:
    material = with_photo(worker, "alert", saved(photograph(1200, 900)), lines="yes")
    assert_right(build(worker, "alert", material))
    ways = {"press": (1, 848), "office": (1, 848), "screen": (8, 212)}
    for way, (bits, ppi) in ways.items():
        for picture in tools.images(pdf(worker, way)):
            assert (picture.bits, picture.colour) == (bits, "gray"), way
            assert max(abs(side - ppi) for side in picture.ppi) <= 2, way
    (whole,) = {picture.encoding for picture in tools.images(pdf(worker, "large-print"))}
    assert whole == "jpeg"  # without lines, for those who look closely
    levels = a_part_of_it(pdf(worker, "press"), 848).histogram()
    ink, paper = sorted(levels)[-2:]
    assert ink > 0.1 * sum(levels)
    assert ink + paper > 0.9 * sum(levels)  # no third, but at edges
    verdicts = verapdf.judge([(verapdf.PDF_A_2B, pdf(worker, "press"))])
    assert [str(verdict) for verdict in verdicts if not verdict.is_compliant] == []


def a_part_of_it(press: Path, dpi: int) -> Image.Image:
    """Return half an inch of a first page's photograph, drawn as fine as its lines.

    Drawn less fine, lines run together.
    """
    document = pypdfium2.PdfDocument(press)
    try:
        page = document[0]
        (picture,) = page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,))
        left, bottom, right, top = picture.get_bounds()
        origin, _, _, head = page.get_mediabox()
    finally:
        document.close()
    middle = ((left + right) / 2 - origin, head - (bottom + top) / 2)
    x, y = (round(at * dpi / 72) for at in middle)
    side, file = dpi // 2, press.with_suffix("")
    shown = ("-gray", "-r", dpi, "-x", x, "-y", y, "-W", side, "-H", side, "-singlefile")
    tools.say("pdftoppm", *shown, press, file)
    with Image.open(file.with_suffix(".pgm")) as part:
        return part.copy()


def test_lines_take_more_pixels_and_no_colours(worker: BuildWorker) -> None:
    small = with_photo(worker, "half-sheet", saved(photograph(800, 600)), lines="yes")
    report = build(worker, "half-sheet", small, ("screen",))
    (told,) = [problem for problem in report.all_problems if problem.code == "photo-coarse"]
    assert told.source
    assert told.source.path == "materials/piece.yaml"
    both = with_photo(worker, "half-sheet", saved(photograph(900, 600)), lines="yes", colour="yes")
    report = build(worker, "half-sheet", both, ("screen",))
    assert "slot-shape" in {problem.code for problem in report.all_problems}


@pytest.mark.slow
@pytest.mark.parametrize("colour", ["yes", "no"])
def test_on_stock_a_photograph_is_on_the_black_plate_alone(
    worker: BuildWorker, colour: str
) -> None:
    material = with_photo(worker, "half-sheet", saved(photograph(1200, 900)), colour=colour)
    assert_right(build(worker, "half-sheet", material, ("screen", "large-print", "press"), "stock"))
    plates = tools.plates(pdf(worker, "press"))[0]
    with Image.open(io.BytesIO(saved(plates["Cyan"], "PNG"))) as cyan:
        middle = (cyan.width // 4, cyan.height // 4, 3 * cyan.width // 4, 3 * cyan.height // 4)
    for name in ("Cyan", "Magenta", "Yellow"):
        assert plates[name].crop(middle).getextrema() == (0, 0), name
    assert ImageStat.Stat(plates["Black"].crop(middle)).stddev[0] > 20


@pytest.mark.slow
def test_the_colour_of_the_paper_shines_through(worker: BuildWorker) -> None:
    light = Image.new("RGB", (1200, 900), "white")
    material = with_photo(worker, "half-sheet", saved(light), caption=CAPTION)
    assert_right(build(worker, "half-sheet", material, ("screen", "large-print", "press")))
    for way in ("screen", "press"):
        for page in (
            tools.drawn_by_poppler(pdf(worker, way))[0],
            tools.drawn_by_ghostscript(pdf(worker, way))[0],
        ):
            whites = page.convert("L").histogram()[250]
            paper = max(page.getcolors(1 << 24) or [], key=lambda entry: entry[0])[1]
            assert paper != (255, 255, 255), way
            inner = page.crop(
                (page.width // 4, page.height // 4, page.width // 2, page.height // 2)
            )
            assert (255, 255, 255) not in {colour for _, colour in inner.getcolors(1 << 20) or []}
            assert whites < page.width * page.height


@pytest.mark.slow
def test_judges_pass_files_with_photographs_of_four_inks(worker: BuildWorker) -> None:
    data = saved(photograph(1200, 900).convert("CMYK"))
    material = with_photo(worker, "half-sheet", data, colour="yes", caption=CAPTION)
    assert_right(build(worker, "half-sheet", material))
    assert_judges_pass(worker)


def test_too_few_pixels_are_counted_in_what_is_left_of_them(worker: BuildWorker) -> None:
    """A tall picture of 700 pixels, cut to a strip, has few of them left."""
    material = with_photo(worker, "half-sheet", saved(photograph(700, 2400)))
    report = build(worker, "half-sheet", material, ("press",))
    (problem,) = [p for p in report.all_problems if p.code == "image-resolution"]
    numbers = r"is ([\d,]+) px (?:wide|high) as shown; at .+ it takes ([\d,]+) "
    found = re.search(numbers, problem.message)
    assert found, problem.message
    has, takes = (int(number.replace(",", "")) for number in found.groups())
    assert has < takes < 1200
    assert "van at night.jpg" in problem.message
    assert problem.source is not None
    assert problem.source.path == "materials/piece.yaml"
    assert problem.source.line


@pytest.mark.slow(but=["office"])
@pytest.mark.parametrize("way", ["office", "large-print", "press"])
def test_each_paper_edition_says_how_large_a_small_photograph_prints_well(
    worker: BuildWorker, way: str
) -> None:
    material = with_photo(worker, "half-sheet", saved(photograph(120, 80)))
    report = build(worker, "half-sheet", material, (way,))
    (problem,) = [p for p in report.all_problems if p.code == "image-resolution"]
    assert "van at night.jpg is 120 px wide as shown; at " in problem.message
    least = 225 if way == "press" else 150
    assert f" ppi instead of {least})" in problem.message
    assert f"prints well up to {distance(120 / least * 72)}" in problem.message
    assert "a larger one" in str(problem.hint)
    assert problem.is_error is (way == "press")
    assert bool(report.outputs) is not problem.is_error
    assert str(problem.source).startswith("materials/piece.yaml:")


def test_pieces_without_photographs_have_no_picture(built: Path) -> None:
    assert tools.images(built / "screen" / "why-in-short.pdf") == []
    assert (ROOT / "materials" / "why-in-short.yaml").exists()


def test_a_posters_last_opening_is_clear_of_the_rule_under_it(worker: BuildWorker) -> None:
    material = with_photo(worker, "poster", saved(photograph(2000, 1500)), caption=CAPTION)
    principles = material["words"]["principles"]
    principles[-1] |= {"opening": "Stops gypsy", "text": "before the end."}
    assert not build(worker, "poster", material, ("screen",), sheet="a4").failed
    [page] = pictures(pdf(worker, "screen"))
    left, right = page.width // 10, page.width - page.width // 10
    dark = page.convert("L").point(lambda level: 255 if level < 90 else 0)
    full = [
        y
        for y in range(page.height // 2, page.height)
        if dark.crop((left, y, right, y + 1)).getextrema() == (255, 255)
    ]
    assert full, "no rule across the poster"
    above = dark.crop((0, full[0] - 8, page.width, full[0] - 1))
    assert above.getbbox() is None  # 3.5 pt of paper between the tail and the rule
