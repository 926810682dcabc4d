"""What a designer would measure on the pages: ink, baselines, sizes, colours, by PDFium's eyes."""

from __future__ import annotations

import itertools
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest
import yaml
from PIL import Image, ImageChops

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.project.layout import Layout
from hrcpub.project.material import read_material
from tests.shared.measures import grey_pages
from tests.shared.pages import Glyph, frame, glyphs, highest, pictures, read_aloud
from tests.shared.project import LARGER, MATERIALS, PIECES, ROOT

SYSTEM = yaml.load((ROOT / "layouts/system/system.yaml").read_bytes(), yaml.CSafeLoader)
OFFICE = [name for name in MATERIALS if name not in LARGER]  # what its printer can print
DARK = 110  # between the ink's luminance and that of the darkest paper
SIX_MM = 6 * 72 / 25.4


def grid(name: str) -> dict[str, float]:
    """Return a piece's measures in points."""
    return dict(layout_of(name).grid)


@cache
def layout_of(name: str) -> Layout:
    return read_material(Project(Sources(ROOT)), name).layout


class Line(NamedTuple):
    """Glyphs on one baseline, one after the other."""

    text: str
    size: float
    x: float
    y: float
    foot: float  # of its ink
    right: float
    top: float


@cache
def page_glyphs(pdf: Path) -> list[list[Glyph]]:
    return glyphs(pdf)


def lines_of(drawn: list[Glyph]) -> list[Line]:
    """Return the lines of one font and size, in the order in which they are drawn."""
    groups = itertools.groupby(drawn, key=lambda g: (g.font, round(g.size, 2), round(g.y, 2)))
    found = []
    for _, group in groups:
        line = list(group)
        _, feet, rights, tops = zip(*(glyph.ink for glyph in line), strict=True)
        text, first = "".join(glyph.text for glyph in line), line[0]
        edges = (min(feet), max(rights), max(tops))
        found.append(Line(text, first.size, first.x, first.y, *edges))
    return found


def display_lines(pdf: Path, side: int) -> list[Line]:
    drawn = page_glyphs(pdf)[side]
    assert drawn, "nothing is drawn"
    return lines_of([glyph for glyph in drawn if "Gothic" in glyph.font])


def running_lines(pdf: Path, side: int) -> list[Line]:
    """Return the lines of running text; what is bold stands where it is told to."""
    names = ("Gothic", "Bold")
    return lines_of(
        [one for one in page_glyphs(pdf)[side] if not any(name in one.font for name in names)]
    )


def text_lines(pdf: Path, side: int) -> list[Line]:
    return lines_of([glyph for glyph in page_glyphs(pdf)[side] if "Gothic" not in glyph.font])


# Side, display lines without their spaces, from the margin over which of the grid's measures.
DISPLAY = [
    ("principles", 0, "What IsHarmReduction?", "measure"),
    ("principles", 1, "HarmReductionCoalition", "stack"),
    ("why-harm-reduction", 0, "Why", "measure"),
    ("why-harm-reduction", 1, "HarmReductionCoalition", "measure"),
    ("contact-card", 0, "(212)213-6376 (510)444-6969 (212)683-2334", "measure"),
    ("contact-card", 1, "HarmReductionCoalition", "measure"),
    ("principles-card", 0, "What IsHarm Reduction? HarmReductionCoalition", "measure"),
    ("what-postcard", 0, "WhatIs HarmReduction?", "measure"),
    ("what-postcard", 1, "HarmReductionCoalition (212)213-6376", "message"),
    ("principles-poster", 0, "HarmReduction", "measure"),
    ("why-in-short", 0, "Why", "measure"),
    ("why-in-short", 1, "HarmReductionCoalition", "column"),
    ("harm-reduction", 0, "What IsHarm Reduction? HarmReductionCoalition", "measure"),
    ("overdose", 0, "HarmReductionCoalition", "third"),
    ("medetomidine-alert", 0, "Nov24 Medetomidine 510-555-0101", "measure"),
    ("medetomidine-alert", 1, "HarmReductionCoalition", "column"),
]


@pytest.mark.parametrize(("name", "side", "texts", "measure"), DISPLAY)
def test_the_ink_of_every_display_line_fills_its_measure(
    built: Path, name: str, side: int, texts: str, measure: str
) -> None:
    pdf, sizes = built / "screen" / f"{name}.pdf", grid(name)
    lines = {line.text: line for line in display_lines(pdf, side)}
    left = sizes["margin"]
    if measure == "front":
        left += (sizes["measure"] - sizes["front"]) / 2
    for text in texts.split():
        assert_fills(pdf, side, lines[text], left, sizes[measure])


def test_the_booklets_last_title_is_not_torn(built: Path) -> None:
    pdf, sizes = built / "screen/harm-reduction.pdf", grid("harm-reduction")
    title = [line for line in display_lines(pdf, 7) if not line.text.startswith("(")]
    assert [line.text for line in title] == ["HowtoReach", "theHarmReduction", "Coalition"]
    assert max(line.size for line in title) < 2.3 * min(line.size for line in title)
    assert max(line.right for line in title) <= sizes["margin"] + sizes["measure"] + 0.1


_OVER = ("principles-card", "harm-reduction", "why-in-short")  # openings over their texts

# The openings of each list by the page that they are on, and their measure.
LISTS = [
    (
        "principles",
        1,
        "Accepts, Understands Establishes Callsfor Ensures Affirms Recognizes Doesnot",
        "stack",
    ),
    ("principles-card", 1, "Accepts, Callsfor Ensures Doesnot", "measure"),
    ("principles-poster", 0, "Accepts, Establishes Callsfor Doesnot", "stack"),
    ("harm-reduction", 3, "Accepts, Understands Establishes Callsfor", "measure"),
    ("harm-reduction", 4, "Ensures Affirms Recognizes Doesnot", "measure"),
    (
        "harm-reduction",
        5,
        "Thereisashockinglackofbasicservices Alackofuniversalhealthcare",
        "measure",
    ),
    ("harm-reduction", 6, "Thefederalgovernment TheHIVepidemic", "measure"),
    ("why-harm-reduction", 1, "Thereis services government TheHIVepidemic", "stack-narrow"),
    ("why-in-short", 1, "Thefederalgovernment TheHIVepidemic", "measure"),
]


@pytest.mark.parametrize(("name", "side", "texts", "measure"), LISTS)
def test_the_openings_of_a_list_are_of_one_size_and_within_their_measure(
    built: Path, name: str, side: int, texts: str, measure: str
) -> None:
    pdf, sizes = built / "screen" / f"{name}.pdf", grid(name)
    openings = [line for line in display_lines(pdf, side) if line.text in texts.split()]
    assert {line.text for line in openings} == set(texts.split())
    assert len({round(line.size, 2) for line in openings}) == 1
    assert max(line.right for line in openings) <= sizes["margin"] + sizes[measure] + 0.1


@pytest.mark.parametrize(
    ("name", "side", "texts"),
    [(name, side, texts) for name, side, texts, _ in LISTS if name in _OVER],
)
def test_the_texts_of_a_list_stand_alike_under_their_openings(
    built: Path, name: str, side: int, texts: str
) -> None:
    """A tail that is a hair deeper ("government", "services") pushes no text a step lower."""
    pdf = built / "screen" / f"{name}.pdf"
    openings = [line for line in display_lines(pdf, side) if line.text in texts.split()]
    lines = [line.y for line in running_lines(pdf, side)]
    gaps = [one.y - max(y for y in lines if y < one.y) for one in openings]
    assert len(gaps) == len(texts.split()) > 1
    assert max(gaps) - min(gaps) < 1


@pytest.mark.parametrize(
    ("left", "texts"), [(3, "Callsfor Doesnot"), (5, "TheHIVepidemic Alackofuniversalhealthcare")]
)
def test_a_list_over_a_spread_is_set_in_one_size(built: Path, left: int, texts: str) -> None:
    pdf = built / "screen/harm-reduction.pdf"
    pages = [display_lines(pdf, left), display_lines(pdf, left + 1)]
    openings = [[line.size for line in page if line.text in texts.split()] for page in pages]
    assert [len(sizes) for sizes in openings] == [1, 1]
    assert openings[0] == pytest.approx(openings[1], abs=0.01)


# Side, display lines, and the measure's left edge: in the middle of panels of 265.5 pt, or of the
# 261 pt of the one that is folded in.
FOLDER = [
    (0, "(212)213-6376 (510)444-6969 (212)683-2334", 281.25),
    (0, "Why DoWeNeed Harm Reduction?", 546.75),
]


@pytest.mark.parametrize(("side", "texts", "left"), FOLDER)
def test_the_ink_of_the_folders_display_lines_fills_its_panels(
    built: Path, side: int, texts: str, left: float
) -> None:
    pdf, sizes = built / "screen/why-folder.pdf", grid("why-folder")
    lines = {line.text: line for line in display_lines(pdf, side)}
    for text in texts.split():
        assert_fills(pdf, side, lines[text], left, sizes["measure"])


def test_the_folders_openings_are_of_one_size(built: Path) -> None:
    openings = display_lines(built / "screen/why-folder.pdf", 1)
    assert len(openings) >= 6
    assert len({round(line.size, 2) for line in openings}) == 1


@pytest.mark.parametrize(
    "row", ["that,ifinplace spendsapproximately criminalizea", "fordrugusers, haskilledhundreds"]
)
def test_the_folders_texts_begin_in_line_across_its_panels(built: Path, row: str) -> None:
    lines = text_lines(built / "screen/why-folder.pdf", 1)
    starts = [next(line.y for line in lines if line.text.startswith(of)) for of in row.split()]
    assert starts == pytest.approx([starts[0]] * len(starts), abs=0.01)


def test_the_postcard_has_one_rule_and_that_fills_its_measure(built: Path) -> None:
    """A short one over its code hung beside the office's name and belonged to nothing."""
    page = pypdfium2.PdfDocument(built / "screen/what-postcard.pdf")[1]
    paths = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])
    boxes = [path.get_bounds() for path in paths]
    # A rule is the border of a box; what is painted to the edge is paper.
    wide = [right - left for left, _, right, _ in boxes if left > 0]
    assert wide == [pytest.approx(grid("what-postcard")["message"], abs=0.1)]


def test_the_folder_is_signed_once_on_its_back(built: Path) -> None:
    pdf, sizes = built / "screen/why-folder.pdf", grid("why-folder")
    [mark] = [line for line in display_lines(pdf, 0) if line.text == "HarmReductionCoalition"]
    assert_fills(pdf, 0, mark, 281.25, sizes["measure"])


def assert_fills(pdf: Path, side: int, line: Line, left: float, measure: float) -> None:
    """A PDF's letters stand at whole thousandths of their size, so a huge line is less exact."""
    near = 0.15 + line.size / 1000
    found = edges(pdf, side, line, left, measure)
    assert found == pytest.approx((left, left + measure), abs=near), line.text


def edges(pdf: Path, side: int, line: Line, left: float, measure: float) -> tuple[float, float]:
    """Return where a display line's ink begins and ends, looked at 4 pt about both margins."""
    scale = 16.0
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[side]
        width, height = page.get_size()
        found = []
        for middle in (left, left + measure):
            crop = (middle - 4, line.foot, width - middle - 4, height - line.top)
            picture = page.render(scale=scale, crop=crop).to_pil().convert("L")
            box = picture.point(lambda level: 255 if level < DARK else 0).getbbox()
            assert box, f"there is no ink at {middle:g} pt"
            found.append((middle - 4 + box[0] / scale, middle - 4 + box[2] / scale))
    finally:
        document.close()
    return found[0][0], found[1][1]


def test_the_rest_of_why_stands_in_the_counter_of_its_y(built: Path) -> None:
    why, *rest = display_lines(built / "screen/why-harm-reduction.pdf", 0)
    rest = [line for line in rest if not line.text.startswith("(")]  # a telephone
    assert "".join(line.text for line in rest) == "DoWeNeedHarmReduction?"
    y = page_glyphs(built / "screen/why-harm-reduction.pdf")[0][2]
    assert (y.text, y.size) == ("y", why.size)
    for line in rest:
        assert line.top < why.y, "it is not under the baseline"
        assert line.y > why.foot - 0.5, "it hangs lower than the tail"
        assert line.right < y.ink[0]


# The brief's answer has room to grow, and what has grown has a leading of its own.
AS_DESIGNED = [name for name in PIECES if PIECES[name].lines and name != "why-harm-reduction"]


@pytest.mark.parametrize("name", AS_DESIGNED)
def test_text_baselines_lie_on_the_lattice(built: Path, name: str) -> None:
    sizes, checked = grid(name), 0
    height = layout_of(name).trim.height
    read = (sizes["text-size"], sizes.get("lead-size", 0.0))
    for side in range(PIECES[name].design.sides):
        for line in running_lines(built / "screen" / f"{name}.pdf", side):
            if any(line.size == pytest.approx(size, abs=0.02) for size in read):
                steps = (height - sizes["margin"] - line.y) / sizes["step"]
                assert steps == pytest.approx(round(steps), abs=0.01), line
                checked += 1
    assert checked >= PIECES[name].lines


@pytest.mark.parametrize("name", ["principles", "why-harm-reduction"])
def test_small_text_begins_on_the_lattice(built: Path, name: str) -> None:
    """Its leading is not the lattice's; the first line of each block is on it."""
    sizes, checked = grid(name), 0
    for side in (0, 1):
        columns: dict[float, list[float]] = {}
        for line in text_lines(built / "screen" / f"{name}.pdf", side):
            if line.size == pytest.approx(sizes["small-size"], abs=0.02):
                columns.setdefault(round(line.x), []).append(line.y)
        for ys in columns.values():
            firsts = [
                y
                for above, y in zip([9999, *ys], ys, strict=False)
                if above - y > sizes["small-leading"] + 0.5
            ]
            for y in firsts:
                steps = (792 - sizes["margin"] - y) / sizes["step"]
                assert steps == pytest.approx(round(steps), abs=0.03), (side, y)
                checked += 1
    assert checked >= 3


@pytest.mark.parametrize("name", MATERIALS)
def test_no_text_is_too_small_to_read(built: Path, name: str) -> None:
    drawn = [glyph for page in page_glyphs(built / "screen" / f"{name}.pdf") for glyph in page]
    assert len(drawn) > 150
    assert min(glyph.size for glyph in drawn) >= PIECES[name].design.least - 0.005


@pytest.mark.parametrize("name", [name for name in PIECES if PIECES[name].lines])
def test_no_paragraph_ends_in_one_short_word(built: Path, name: str) -> None:
    pages = read_aloud(built / "screen" / f"{name}.pdf")
    lines = [line for page in pages for line in page.splitlines()]
    last = [line for line in lines if line.endswith((".", ":"))]
    assert len(last) >= min(7, PIECES[name].lines - 2)
    assert [line for line in last if " " not in line and len(line) < 12] == []


@pytest.mark.parametrize(("name", "count"), [("principles", 2), ("why-harm-reduction", 1)])
def test_no_column_holds_a_line_alone(built: Path, name: str, count: int) -> None:
    sizes = grid(name)
    columns: dict[int, int] = {}
    for line in text_lines(built / "screen" / f"{name}.pdf", 0):
        least = sizes["lead-size" if name == "principles" else "text-size"]
        if least - 0.02 < line.size < 17 and line.text != "Turnover":  # grown or not
            columns[round(line.x)] = columns.get(round(line.x), 0) + 1
    assert len(columns) == count
    assert min(columns.values()) >= 3


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("paper", SYSTEM["papers"])
def test_ink_can_be_read_on_every_paper(paper: str) -> None:
    ink, ground = SYSTEM["ink"]["screen"], SYSTEM["papers"][paper]["screen"]
    assert (luminance(ground) + 0.05) / (luminance(ink) + 0.05) >= 4.5


def test_the_contrast_of_black_on_white_is_21() -> None:
    assert (luminance("#ffffff") + 0.05) / (luminance("#000000") + 0.05) == pytest.approx(21)


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


# Pixels of cut marks that stand in the printer's margin: two palm cards are nearly a sheet wide.
MARKED = {"principles-card": 50, "what-postcard": 100}


@pytest.mark.parametrize("name", OFFICE)
def test_the_office_edition_leaves_six_millimetres_clear(built: Path, name: str) -> None:
    scale = 2
    sides = grey_pages(built / "office" / f"{name}.pdf", scale)
    assert len(sides) == PIECES[name].design.sheets
    assert {tuple(sorted(side.size)) for side in sides} == {(612 * scale, 792 * scale)}
    for side in sides:
        for strip in frame(side, int(SIX_MM * scale)):
            clear = strip.histogram()[255]
            assert strip.width * strip.height - clear <= MARKED.get(name, 0)


@pytest.mark.parametrize("name", MATERIALS)
def test_flooded_paper_is_painted_to_the_edge(built: Path, name: str) -> None:
    design = PIECES[name].design
    paper, ink = (rgb(SYSTEM["papers"][design.paper]["screen"]), rgb(SYSTEM["ink"]["screen"]))
    sides = pictures(built / "screen" / f"{name}.pdf")
    assert len(sides) == design.sides
    for number, side in enumerate(sides, 1):
        for strip in frame(side, 4):
            found = {colour for _, colour in strip.getcolors()}
            found -= {(255, 255, 255)} if number == design.white_side else set()
            if number == design.white_side and not found:
                continue
            # Of a piece with a black bar, the bar runs off the sheet too.
            assert found == {paper} or (design.has_bar and found <= {paper, ink})


def has_colour(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    apart = (ImageChops.difference(one, other) for one, other in ((red, green), (green, blue)))
    # Solid K is not quite grey to a renderer without our profile.
    return any(highest(strip) > 16 for strip in apart)


@pytest.mark.slow(but=["contact-card", "why-folder"])
@pytest.mark.parametrize("name", OFFICE)
def test_for_coloured_stock_black_alone_is_printed(built: Path, name: str) -> None:
    flooded = pictures(built / "screen" / f"{name}.pdf")
    stock = pictures(built / "office" / f"{name}.pdf")
    assert len(flooded) == PIECES[name].design.sides
    assert len(stock) == PIECES[name].design.sheets
    assert all(has_colour(side) for side in flooded), "there is no colour to leave out"
    assert not any(has_colour(side) for side in stock)
    assert all(side.getpixel((306, 30)) == (255, 255, 255) for side in stock)


@pytest.mark.slow(but=["flood"])
@pytest.mark.parametrize("paper", ["flood", "stock", "white"])
def test_paper_is_coloured_as_the_build_says(project: Path, paper: str) -> None:
    worker = BuildWorker(BatchOptions(str(project), str(project / "output")))
    editions = ("office", "screen", "press")
    for name in ("principles", "contact-card"):
        report = worker.do(Job(name, editions, paper))
        assert not report.failed, report.problems
        for edition in editions:
            sides = pictures(project / "output" / edition / f"{name}.pdf", 1.0)
            assert len(sides) == 2
            if edition == "press":  # without its slug, where the colour bar lies
                sides = [side.crop((27, 27, side.width - 27, side.height - 27)) for side in sides]
            assert [has_colour(side) for side in sides] == [paper == "flood"] * 2, edition


def test_the_imprint_is_white_on_coloured_paper(built: Path) -> None:
    front = pictures(built / "screen/principles.pdf")[0]
    white = front.point(lambda level: 255 if level == 255 else 0).convert("L")
    box = white.point(lambda level: 255 if level == 255 else 0).getbbox()
    assert box, "there is no white panel"
    left, top, right, bottom = (edge / 2 for edge in box)
    sizes = grid("principles")
    assert right <= sizes["margin"] + sizes["measure"]
    assert right - left == pytest.approx(sizes["column"], abs=3)
    assert bottom - top > 40, "too low for a stamp"


@pytest.mark.parametrize(("name", "side"), [("contact-card", 0), ("principles-card", 1)])
def test_in_the_hand_the_numbers_are_louder_than_all_else(
    built: Path, name: str, side: int
) -> None:
    lines = lines_of(page_glyphs(built / f"screen/{name}.pdf")[side])
    numbers = [line.size for line in lines if re.match(r"\(\d{3}\)", line.text)]
    others = [line.size for line in lines if not re.match(r"\(\d{3}\)", line.text)]

    assert len(numbers) == 3
    assert min(numbers) > 1.04 * max(others)
