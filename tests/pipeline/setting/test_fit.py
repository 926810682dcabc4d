"""A line's ink fills its measure: by arithmetic for many, in a PDF for those that print."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.setting import Face, counter, fit
from hrcpub.pipeline.setting.face import DISPLAY_FEATURES
from hrcpub.pipeline.stages import Html, Stylesheet
from hrcpub.pipeline.typeset import typeset
from hrcpub.units import Size
from tests.shared.pages import pictures
from tests.shared.project import ROOT

FILE = "fonts/league-gothic/LeagueGothic-Regular.ttf"
GOTHIC = Face((ROOT / FILE).read_bytes())
LETTERS = "".join(c for c in map(chr, range(33, 0x17F)) if c.isprintable() and not c.isspace())
SIGNS = ["-", "_", "…", ".", ",", "–", "_-_"]
DRAWN = "".join(c for c in LETTERS if not GOTHIC.missing(c) and c != "\u00ad")
TEXTS = st.lists(st.text(DRAWN, min_size=1, max_size=9), min_size=1, max_size=5).map(" ".join)
LINES = TEXTS.filter(lambda text: any(map(str.isalnum, text)))
LOWEST = (GOTHIC.ascent - GOTHIC.descent) / 2
MEASURES = st.floats(min_value=20, max_value=2000)


def test_the_face_has_letters_to_try() -> None:
    assert len(DRAWN) > 250


@given(LINES, MEASURES)
def test_the_ink_of_any_line_fills_the_measure(text: str, measure: float) -> None:
    line = fit(text, GOTHIC, measure)
    ink = GOTHIC.ink(text, DISPLAY_FEATURES)
    assert (ink.right - ink.left) * line.size == pytest.approx(measure)
    assert ink.left * line.size - line.left == pytest.approx(0, abs=1e-6)
    assert line.rise == pytest.approx(max(ink.top, LOWEST) * line.size)
    assert line.depth >= 0


@given(LINES, MEASURES, st.floats(min_value=10, max_value=400))
def test_no_line_is_taller_than_it_may_be(text: str, measure: float, tallest: float) -> None:
    line = fit(text, GOTHIC, measure, tallest)
    assert line.rise <= tallest + 1e-6
    assert line.measure <= measure + 1e-6
    assert line.rise == pytest.approx(tallest) or line.measure == pytest.approx(measure)


@pytest.mark.parametrize("signs", SIGNS)
def test_signs_alone_are_no_larger_than_a_word_and_have_a_box(signs: str) -> None:
    line, word = fit(signs, GOTHIC, 100), fit("Signs", GOTHIC, 100)
    assert line.size <= word.size
    assert line.rise > 0
    height = re.search("line-height:([-0-9.]+)", line.style)
    assert height is not None
    assert float(height[1]) >= 0


@given(LINES, MEASURES)
def test_a_line_twice_as_long_is_twice_as_large(text: str, measure: float) -> None:
    once, twice = fit(text, GOTHIC, measure), fit(text, GOTHIC, 2 * measure)
    assert twice.size == pytest.approx(2 * once.size)


def test_a_line_without_ink_is_refused() -> None:
    with pytest.raises(ValueError, match="no ink"):
        fit(" ", GOTHIC, 100)


PRINTED = (
    "What",
    "Why",
    "Harm Reduction Coalition",
    "Is Harm Reduction?",
    "Accepts,",
    "Tel: (212) 213-6376",
    "affirm fluffy office",
    "AVAToTy",
    "“Quote”—dash",
    "jolly",
    "ÀÉÎÕÜ",
    "W. J. (f)",
    "1/2 & 7%",
    "//slanted\\\\",
)
MARGIN, MEASURE, WIDTH, SCALE = 50.0, 200.0, 300.0, 8.0


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[Image.Image]:
    """Return each line as printed on a page of its own, ink white, its baseline 220 pt down."""
    root: Path = tmp_path_factory.mktemp("fit")
    font = root / "fonts" / "font.ttf"
    font.parent.mkdir()
    font.write_bytes((ROOT / FILE).read_bytes())
    lines = [fit(text, GOTHIC, MEASURE, 200) for text in PRINTED]
    body = "".join(
        f'<p style="margin-top:{220 - line.rise}pt"><span style="{line.style}">'
        f"{html.escape(line.text)}</span></p>"
        for line in lines
    )
    css = f"""
        @font-face {{ font-family: "Test Gothic"; src: url(fonts/font.ttf) }}
        @page {{ size: {WIDTH}pt 300pt; margin: 0 {MARGIN}pt 0 }}
        * {{ margin: 0; padding: 0 }}
        p {{ break-before: page; overflow: hidden; padding-bottom: 80pt }}
        p:first-child {{ break-before: auto }}
        span {{ display: block; white-space: pre; font-family: "Test Gothic";
                font-variant-ligatures: none }}
    """
    document = Html(
        text=f"<!doctype html><html lang=en><title>Lines</title><body>{body}",
        stylesheets=(Stylesheet("style.css", css),),
        base=".",
        words=(),
        families=frozenset({"Test Gothic"}),
        sides=len(PRINTED),
        trim=Size(WIDTH, 300),
        bleed=0,
        safe=0,
    )
    pdf = typeset(document, Project(Sources(root))).document.write_pdf()
    return [
        picture.convert("L").point(lambda level: 255 if level < 128 else 0)
        for picture in pictures(pdf, SCALE)
    ]


@pytest.mark.parametrize("page", range(len(PRINTED)), ids=lambda page: PRINTED[page])
def test_the_ink_of_a_printed_line_meets_both_margins_and_its_baseline(
    printed: list[Image.Image], page: int
) -> None:
    box = printed[page].getbbox()
    assert box, "nothing was printed"
    line = fit(PRINTED[page], GOTHIC, MEASURE, 200)
    left, top, right, bottom = (edge / SCALE for edge in box)
    assert left == pytest.approx(MARGIN, abs=0.15)
    assert right == pytest.approx(MARGIN + line.measure, abs=0.15)
    assert top == pytest.approx(220 - line.rise, abs=0.15)
    assert bottom == pytest.approx(220 + line.depth, abs=0.15)


def test_only_the_title_with_one_letter_stays_short_of_the_measure() -> None:
    measures = {text: round(fit(text, GOTHIC, MEASURE, 200).measure) for text in ("I", *PRINTED)}
    assert [text for text, measure in measures.items() if measure != MEASURE] == ["I"]


@pytest.mark.parametrize(
    ("text", "free"),
    # The share of the measure that is free below the baseline, up to the first tail.
    [
        ("What", 1.0),
        ("Coalition", 1.0),
        ("Why", 0.74),
        ("Type", 0.27),
        ("y", 0.0),
        ("Accepts,", 0.58),
    ],
)
def test_the_counter_ends_at_the_first_tail(text: str, free: float) -> None:
    line = fit(text, GOTHIC, 100)
    assert counter(text, GOTHIC, line) == pytest.approx(100 * free, abs=1)


def test_the_counter_from_the_right_ends_at_the_last_tail() -> None:
    text = "yHHH"
    line = fit(text, GOTHIC, 100)
    tail = GOTHIC.display_ink("y").width * line.size
    assert counter(text, GOTHIC, line) == pytest.approx(0, abs=1)
    assert counter(text, GOTHIC, line, True) == pytest.approx(100 - tail, abs=3)
    assert counter("HHHH", GOTHIC, line, True) == line.measure


def test_what_is_free_beside_the_ink_is_known_at_both_ends() -> None:
    line = fit("Why", GOTHIC, 100)
    whole = GOTHIC.display_width("Why") * line.size
    assert line.left + line.measure + line.right == pytest.approx(whole)


def test_the_counter_of_why_is_free_of_ink(printed: list[Image.Image]) -> None:
    dark = printed[PRINTED.index("Why")]
    line = fit("Why", GOTHIC, MEASURE, 200)
    free = counter("Why", GOTHIC, line)
    # What is round overshoots the baseline a little.
    top, foot = 220 + 0.03 * line.size, 220 + line.depth
    above, below = round(top * SCALE), round(foot * SCALE)
    under = dark.crop((0, above, round((MARGIN + free - 0.2) * SCALE), below))
    tail = dark.crop((round((MARGIN + free) * SCALE), above, round(WIDTH * SCALE), below))
    assert under.getbbox() is None
    assert tail.getbbox() is not None


def test_the_style_of_a_line_positions_nothing() -> None:
    """What is positioned is painted last, and a title is to be met first."""
    style = fit("Why", GOTHIC, 558).style
    assert set(re.findall(r"([a-z-]+):", style)) == {
        "font-size",
        "line-height",
        "height",
        "text-indent",
        "--right",
    }
