"""Labels that are drawn after patterns are those that WeasyPrint sets, glyph by glyph."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest

from hrcpub.events.paperwork import PrintedPaper, print_packing_list, printed
from hrcpub.events.paperwork.box_pages import FEW
from hrcpub.events.paperwork.label_patterns import (
    LATIN,
    MARKED,
    SIZES,
    LabelLook,
    LabelPatterns,
    LabelShape,
    PatternLabel,
    look_of,
    shapes_of,
    trial,
)
from hrcpub.events.paperwork.packing_list import Carton, Part, packing_list
from hrcpub.events.shells import PatternPage, read_patterns
from hrcpub.events.shells.patterns import PatternFont
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose import compose_face, compose_paperwork
from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.stages import Html
from hrcpub.problems import HrcpubError
from hrcpub.project.layout import read_system
from tests.events.paperwork.test_papers import finished
from tests.shared import events
from tests.shared.project import ROOT, copy_project

WORDS = [
    *("St.", "Anthony’s", "(West)", "&", "Fluffy", "Office", "Pacific", "Río", "Nuño", "Café"),
    *("Free", "Clinic", "AVATAR", "Ty", "Wave", "711", "of", "Center", "Program-East", "A/B"),
    *("fjord", "LT,", "P.A.", "#4", "Å", "gjpqy", "Ökologie", "Þing", "¿Qué?"),
]
MANY = FEW + 2  # boxes, whose labels are drawn after patterns
SHOWN = re.compile(rb"\[((?:<[0-9a-f]+>(?:-?\d+)?)+)\] TJ")
# A row of glyphs, and how far the last one of it moves the next.
ROW = re.compile(rb"<([0-9a-f]+)>(-?\d+)?")


@pytest.fixture(scope="module")
def opened() -> Project:
    return Project(Sources(ROOT))


@pytest.fixture(scope="module")
def faces(opened: Project) -> tuple[Face, ...]:
    system = read_system(opened.sources)
    names = ("display", "text", "medium", "bold")
    return tuple(compose_face(name, system, opened) for name in names)


def document(labels: Sequence[object], opened: Project, css: str = "") -> Html:
    said = {"event": {"name": "A fair"}, "boxes": labels, "others": ""}
    html = compose_paperwork("labels", said, opened)
    *first, last = html.stylesheets
    return replace(html, stylesheets=(*first, replace(last, text=last.text + css)))


@pytest.fixture(scope="module")
def tried(opened: Project, faces: tuple[Face, ...]) -> PrintedPaper:
    return printed(document(trial(faces), opened), opened)


@pytest.fixture(scope="module")
def look(tried: PrintedPaper, faces: tuple[Face, ...]) -> LabelLook:
    return LabelLook(tried, faces)


def box(name: str, *address: str, driver: str | None = None) -> Carton:
    return Carton(name, (Part(name, address, ()),), False, driver)


class SetLabelPage(NamedTuple):
    """What a label draws, but for its glyphs, and these with where each of them stands."""

    drawn: bytes
    lines: tuple[tuple[tuple[int, int], ...], ...]

    def is_like(self, other: SetLabelPage | None) -> bool:
        """Return whether another one is the same, but for a thousandth of a glyph's size.

        WeasyPrint rounds fonts' widths at the first size that a document sets.
        """
        if other is None or self.drawn != other.drawn or len(self.lines) != len(other.lines):
            return False
        return all(
            [glyph for glyph, _ in one] == [glyph for glyph, _ in two]
            and all(abs(a[1] - b[1]) <= 1 for a, b in zip(one, two, strict=True))
            for one, two in zip(self.lines, other.lines, strict=True)
        )


def set_page(page: PatternPage, fonts: Mapping[str, PatternFont]) -> SetLabelPage:
    """Return a page to be compared."""
    lines = tuple(
        tuple(_glyphs(SHOWN.match(b"[%b] TJ" % line.shown), fonts[line.font].widths))
        for line in page.lines
    )
    return SetLabelPage(SHOWN.sub(b"", page.drawn), lines)


def _glyphs(
    shown: re.Match[bytes] | None, widths: Mapping[int, float]
) -> Iterator[tuple[int, int]]:
    """Yield glyphs, and how far each one moves the next, in thousandths."""
    assert shown is not None
    for row, moved in ROW.findall(shown[1]):
        glyphs = [int(row[at : at + 4], 16) for at in range(0, len(row), 4)]
        yield from ((glyph, round(widths[glyph])) for glyph in glyphs[:-1])
        yield glyphs[-1], round(widths[glyphs[-1]]) - int(moved or 0)


def patterns_of(look: LabelLook, shapes: Sequence[LabelShape]) -> list[PatternLabel]:
    return [label for shape in shapes for label in look.patterns(shape)]


def drawn_by(
    look: LabelLook, boxes: Sequence[Carton], opened: Project
) -> dict[Carton, SetLabelPage]:
    """Return what draws the labels of those boxes that patterns are right for."""
    lines = {one: known for one in boxes if (known := look.lines(one))}
    shapes = shapes_of(lines)
    paper = printed(document(patterns_of(look, shapes), opened), opened)
    patterns = LabelPatterns(look, shapes, paper)
    found = {one: patterns.drawn(known) for one, known in lines.items()}
    fonts = read_patterns(look.paper.pdf).fonts
    pages = read_patterns(paper.pdf).pages
    return {
        one: set_page(
            _page(label.form.drawn or b"", pages[2 * shapes.index(lines[one].shape)]), fonts
        )
        for one, label in found.items()
        if label
    }


def _page(drawn: bytes, pattern: PatternPage) -> PatternPage:
    """Return a page that was drawn after another one."""
    shown = [found[1] for found in SHOWN.finditer(drawn)]
    pairs = zip(pattern.lines, shown, strict=True)
    return PatternPage(drawn, tuple(line._replace(shown=one) for line, one in pairs))


def typeset(box: Carton, opened: Project) -> SetLabelPage | None:
    """Return what a label draws that is typeset; None where that is refused."""
    try:
        paper = printed(document([box], opened), opened)
    except HrcpubError:
        return None
    found = read_patterns(paper.pdf)
    (page,) = found.pages
    return set_page(page, found.fonts)


def made_up(chance: random.Random) -> Carton:
    """Return a box of someone's: words as they come, some long, some with marks."""

    def some(least: int, most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(least, most)))

    address = [some(1, 7) for _ in range(chance.randint(1, 4))]
    return box(some(1, 9), *address, driver=some(1, 3) if chance.random() < 0.3 else None)


@pytest.mark.slow
def test_labels_are_drawn_as_they_are_typeset(look: LabelLook, opened: Project) -> None:
    """Whatever they say: or they are left to be typeset."""
    chance = random.Random(7)
    boxes = list(dict.fromkeys(made_up(chance) for _ in range(90)))
    drawn = drawn_by(look, boxes, opened)
    assert len(drawn) > 30
    assert len({look.lines(one).shape for one in drawn}) > 15
    wrong = [one for one in drawn if not drawn[one].is_like(typeset(one, opened))]
    assert wrong == []


def test_each_letter_of_our_faces_is_drawn_as_it_is_typeset(
    look: LabelLook, opened: Project
) -> None:
    letters = [one for one in LATIN + MARKED if look.address.whole(f"a{one}b")]
    assert len(letters) > 140
    texts = ["".join(letters[at : at + 26]) for at in range(0, len(letters), 26)]
    # Letters with marks over an address that is by itself.
    boxes = [one for text in texts for one in (box(text, "x"), box("x", text, driver=text))]
    drawn = drawn_by(look, boxes, opened)
    assert len(drawn) == len(boxes)
    assert [one for one in boxes if not drawn[one].is_like(typeset(one, opened))] == []


IN_DOUBT = {
    "letters of another script": "Центр",
    "a letter that is not tried": "Ł",
    "a space that does not break": "A\u00a0B",
    "two spaces": "A  B",
    "a soft hyphen": "A\u00adB",
    "a mark by itself": "e\u0301",
    "nothing": "",
}


@pytest.mark.parametrize("text", IN_DOUBT.values(), ids=IN_DOUBT.keys())
def test_what_is_in_doubt_is_left_to_be_typeset(text: str, look: LabelLook) -> None:
    assert look.lines(box("Center", "1 Mill Street"))
    assert look.lines(box(text, "1 Mill Street")) is None
    assert look.lines(box("Center", text)) is None


def test_a_long_name_is_broken_between_words_alone(look: LabelLook) -> None:
    long = "Center of a Long Name that Takes More Lines"
    assert look.lines(box(long, "x")).shape.names == 2
    assert look.lines(box(long.replace("Name that", "Name/that"), "x")) is None
    assert look.lines(box("A" * 60, "x")) is None
    assert look.lines(box("Center", "An address line that is wider than a label " * 2)) is None


def test_a_line_about_as_wide_as_its_measure_is_typeset(look: LabelLook) -> None:
    """Where a line ends is known from lines of the narrowest words, and not to the point."""
    style = look.names["middle"]
    fits = [bool(style.whole("i" * count)) for count in range(40, 120)]
    assert fits == sorted(fits, reverse=True)
    assert fits.count(True) > 10
    narrow = [f"{'i' * count} {'.' * dots}n" for count in range(1, 60) for dots in range(1, 8)]
    doubtful = [one for one in narrow if style.broken(one) is None]
    assert 0 < len(doubtful) < len(narrow) / 20


def test_letters_that_may_touch_are_left_to_be_typeset(look: LabelLook, opened: Project) -> None:
    """Which of them do is for typesetting to say: it would refuse the label."""
    apart = box("gggggggg ggggggggg gggggggggggg nnnnnnnnnnnn nnnnnnn nnn nnnnnnnnn nnn", "x")
    close = box("gggggggg ggggggggg gggggggggggg ÅÅÅÅÅÅÅÅÅÅÅ ÅÅÅÅÅÅÅ ÅÅÅ ÅÅÅÅÅÅÅÅÅ nnn", "x")
    assert [one.size for one in (apart, close)] == ["small", "small"]
    drawn = drawn_by(look, [apart, close], opened)
    assert list(drawn) == [apart]
    assert typeset(close, opened) is None


@pytest.mark.parametrize(
    "css",
    [
        ".address { letter-spacing: 0.2pt }",
        ".to h1 { text-transform: uppercase }",
        ".driver { word-spacing: 1pt }",
        ".to { columns: 2 }",
        ".to .small { font-size: 90pt; line-height: 90pt }",  # over the page
    ],
)
def test_a_look_that_cannot_be_followed_is_not(
    css: str, opened: Project, faces: tuple[Face, ...]
) -> None:
    try:
        paper = printed(document(trial(faces), opened, css), opened)
    except HrcpubError:  # as a label of its own would be
        return
    assert look_of(paper, faces) is None


@pytest.mark.slow(but=[".to h1 { text-align: right }"])
@pytest.mark.parametrize(
    "css",
    [
        ".address { text-align: center }",
        ".to h1 { text-align: right }",
        ".driver { text-decoration: underline }",
        ".to { background: linear-gradient(#fff, #eee) }",
        ".to h1 { display: table; border-bottom: 1pt solid }",
        ".to h1 + .address { max-width: 300pt } .to .small + .address { max-width: none }",
    ],
)
def test_what_depends_on_how_long_lines_are_is_left_to_be_typeset(
    css: str, opened: Project, faces: tuple[Face, ...]
) -> None:
    look = look_of(printed(document(trial(faces), opened, css), opened), faces)
    assert look is not None
    one = box("Center", "1 Mill Street", driver="Sam")
    lines = look.lines(one)
    assert lines is not None
    shown = printed(document(patterns_of(look, [lines.shape]), opened, css), opened)
    assert LabelPatterns(look, [lines.shape], shown).drawn(lines) is None


def test_lines_below_the_first_may_have_less_room(opened: Project, faces: tuple[Face, ...]) -> None:
    """The trial has one line of an address: of others their patterns tell."""
    css = ".address + .address { max-width: 200pt }"
    look = look_of(printed(document(trial(faces), opened, css), opened), faces)
    assert look is not None
    long = "1 International Boulevard at the Mill"
    boxes = [box("Center", long), box("Center", "1 Mill Street", long)]
    lines = {one: known for one in boxes if (known := look.lines(one))}
    shapes = shapes_of(lines)
    shown = printed(document(patterns_of(look, shapes), opened, css), opened)
    patterns = LabelPatterns(look, shapes, shown)
    assert [bool(patterns.drawn(lines[one])) for one in boxes] == [True, False]


def test_what_is_told_of_labels_is_told_of_them(tmp_path: Path) -> None:
    """A label that something is to be told of is typeset, which tells it."""
    project = copy_project(tmp_path / "project")
    sheet = project / "layouts/system/paperwork/paperwork.css"
    sheet.write_text(f"{sheet.read_text('utf-8')} .address {{ color: #bbb }}", encoding="utf-8")
    opened = Project(Sources(project))
    sites = tuple(events.site(number) for number in range(MANY))
    item = events.item(opened, 1, "principles", sites)
    packing = packing_list(events.event(sites, (item,)), [events.run(item)])
    made = finished(print_packing_list(packing, opened), opened)
    told = {problem.message for problem in made.problems if problem.code == "text-contrast"}
    streets = [site.lines[0] for site in sites]
    assert [one for one in streets if not any(str(one) in message for message in told)] == []


def test_names_that_a_stylesheet_knows_apart_are_typeset(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    sheet = project / "layouts/system/paperwork/paperwork.css"
    rule = " h1[ data-short*=Berkeley] { text-decoration: underline }"
    sheet.write_text(sheet.read_text("utf-8") + rule, encoding="utf-8")
    opened, asked = Project(Sources(project)), list[Html]()
    sites = tuple(events.site(number) for number in range(MANY))
    item = events.item(opened, 1, "principles", sites)
    packing = packing_list(events.event(sites, (item,)), [events.run(item)])
    finished(print_packing_list(packing, opened), opened, asked)
    texts = [unescape(html.text) for html in asked]
    assert all(any(f">{one.name}<" in text for text in texts) for one in sites)


def test_a_look_of_a_designers_is_followed(opened: Project, faces: tuple[Face, ...]) -> None:
    css = (
        ".to h1 { padding-right: 90pt; font-variant-ligatures: normal }"
        ".address { font: 700 15pt/20pt var(--text-face) }"
    )
    paper = printed(document(trial(faces), opened, css), opened)
    look = LabelLook(paper, faces)
    boxes = [box("Fluffy Office of the Pacific, Center for All", "1 Mill Street", "Fresno")]
    lines = {one: look.lines(one) for one in boxes}
    shapes = shapes_of({one: known for one, known in lines.items() if known})
    shown = printed(document(patterns_of(look, shapes), opened, css), opened)
    drawn = LabelPatterns(look, shapes, shown).drawn(lines[boxes[0]])
    alone = printed(document(boxes, opened, css), opened)
    assert drawn is not None
    assert drawn.form.drawn == read_patterns(alone.pdf).pages[0].drawn  # one size each
    assert drawn.place.bottom == alone.kept[0].bottom


def test_all_sizes_of_names_are_tried(faces: tuple[Face, ...]) -> None:
    assert {label.size for label in trial(faces)} == set(SIZES)
    assert {box(name).size for name in ("a", "a" * 30, "a" * 60)} == set(SIZES)


TEMPLATE = "layouts/system/paperwork/label.html"
SEVENTEEN = '{% if "r 17" in box.name %}'
DRIVER = '{% if box.driver %}<p class="driver">Driver'


@pytest.mark.slow(but=["--26"])
@pytest.mark.parametrize(
    ("old", "new", "drawn"),
    [
        ("", "", MANY),
        (
            DRIVER,
            '{% if "r 17" in box.name %}<p class="driver">seven</p>{% endif %}' + DRIVER,
            MANY - 1,
        ),
        (DRIVER, '{% if "r 17" in box.name %}<p class="stop"></p>{% endif %}' + DRIVER, MANY - 1),
        ('<div class="to">', '<div class="to {{ box.name|length }}">', 0),
        ("{{ box.name }}</h1>", "{{ box.name|upper }}</h1>", 0),
        ('<div class="to">', '<section class="box" data-imprint></section><div class="to">', 0),
    ],
)
def test_a_template_may_say_more_of_some_boxes(
    old: str, new: str, drawn: int, tmp_path: Path
) -> None:
    """What it says is on their labels, whether these are drawn or typeset."""
    project = copy_project(tmp_path / "project")
    text = (project / TEMPLATE).read_text(encoding="utf-8")
    assert old in text
    (project / TEMPLATE).write_text(text.replace(old, new, 1), encoding="utf-8")
    opened = Project(Sources(project))
    sites = tuple(
        replace(events.site(number), name=events.words(f"Center {number:02}"))
        for number in range(MANY)
    )
    sheet = events.item(opened, 1, "principles", sites)
    event, asked = events.event(sites, (sheet,)), list[Html]()
    packing = packing_list(event, [events.run(sheet)])
    made = finished(print_packing_list(packing, opened), opened, asked)
    assert made.pages == MANY
    typeset = {
        f"Center {number:02}"
        for number in range(MANY)
        for html in asked
        if f">Center {number:02}<".casefold() in html.text.casefold()
    }
    assert MANY - len(typeset) == drawn
    document = pypdfium2.PdfDocument(made.pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    if "seven" in new:
        assert [number for number, said in enumerate(texts) if "seven" in said] == [17]
    assert all(f"CENTER {number:02}" in said.upper() for number, said in enumerate(texts))


def test_another_telephone_needs_no_document_that_is_set_again(opened: Project) -> None:
    sites = tuple(events.site(number) for number in range(MANY))
    texts = []
    for tel in ("(510) 555-0199", "(510) 555-0198"):
        called = (*sites[:7], replace(sites[7], tel=events.words(tel)), *sites[8:])
        sheet = events.item(opened, 1, "principles", called)
        event, asked = events.event(called, (sheet,)), list[Html]()
        packing = packing_list(event, [events.run(sheet)])
        made = finished(print_packing_list(packing, opened), opened, asked)
        assert made.pages == MANY
        texts.append([html.text for html in asked])
    assert texts[0] == texts[1]
