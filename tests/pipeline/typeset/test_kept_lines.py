"""Lines that are kept are those that Pango would set again, and each is set once."""

from __future__ import annotations

import importlib
import random
from typing import Any, cast

import pytest

from hrcpub.pipeline.typeset import kept_lines
from hrcpub.pipeline.typeset.engine import load
from hrcpub.pipeline.typeset.shared_styles import Shelf
from tests.shared.boxes import own
from tests.shared.project import ROOT

CSS = """
    @page { size: 300pt 400pt; margin: 20pt }
    body { font: 10pt/12pt sans-serif } p { margin: 0 }
    .line { white-space: nowrap } .pre { white-space: pre }
    .grid { display: grid; grid-template-columns: 1fr 1fr } .just { text-align: justify }
    .tracked { letter-spacing: 1pt; word-spacing: 2pt }
    .cut { white-space: nowrap; overflow: hidden; width: 50pt; text-overflow: ellipsis }
    .clamp { width: 60pt; block-ellipsis: auto; max-lines: 1; continue: discard }
    u { text-decoration: underline } .rtl { direction: rtl }
    .caps { font-variant: small-caps; font-feature-settings: "ss01"; font-kerning: none }
"""
LINES = """
    <p><span class=line>One line of words </span> <span class=line>and <u>another</u></span>
    <div class=grid><p class=line>Words in a grid<p class=line>or <em>more</em> of them</div>
    <p class="line tracked">Wide words here, and more<p class="line rtl">שלום 12 words
    <p><span class=pre>Lines that are</span> <span class=pre>each <em>a span</em> — “end”</span>
    <p class="pre caps" lang=tr>Small letters<p class="pre rtl">אחת 1</p>
"""
OTHERS = """
    <p class=pre>Two\nlines\ttabbed<p class="pre rtl">אחת 1\nשתיים 2
    <p class=just>Words that are set to the width of the page, line
    after line, as long as there are some of them left to set<p class=cut>Too many words for it
    <p class=clamp>Too many words for one line of it<p>Soft\u00adhyphens
    <svg width="90" height="20" viewBox="0 0 90 20"><text y="9" font-size="9">In a drawing</text>
    </svg>
"""
WRAPPED = """
    <p>Words that are set to the width of the page, line after line, as long as any are left <b>to
    be set</b>, and  two  spaces <p class=tracked>Wide words that have no room in a line of the page
    <div style="display: flex; overflow-wrap: anywhere"><h1>Heads</h1><p>and
    interminably-long-words-of-them</div><p style="text-indent: 2em; hyphens: auto">Hyphenation
    notwithstanding, incomprehensibilities are considerably longer <p style="width: 30pt">A
    considerably long word<p style="overflow-wrap: anywhere; width: 30pt">Considerably long<p
    class=rtl>שלום 12 words שלום of several lines, of which שלום some are from the right, some not
    <table><tr><td>Cells with words<td>that are broken as there is room for the words of others,
    which are longer than all the others<td>1</table><p style="white-space: pre-line">Two
    lines<div style="width: 50pt; font-variant: small-caps"><u>Lines</u> under lines of it</div>
"""
METHODS = ("setup", "set_text", "deactivate", "reactivate")


@pytest.fixture(scope="module")
def line_break() -> Any:
    load(ROOT)
    return importlib.import_module("weasyprint.text.line_break")


@pytest.fixture(scope="module")
def sheet(line_break: Any) -> tuple[Any, Any]:
    from weasyprint import CSS as Sheet
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return Sheet(string=CSS, font_config=fonts), fonts


def theirs(ours: Any) -> list[Any]:
    """Return WeasyPrint's own functions, which ours has in its closure."""
    cells = dict(zip(ours.__code__.co_freevars, ours.__closure__, strict=True))
    names = ("split", "measure", *METHODS)
    return [cells[name].cell_contents for name in names if name in cells]


def written(body: str, sheet: tuple[Any, Any], shelf: Shelf | None = None) -> bytes:
    """Return a page as PDF; the second of two that are written of it must be the same."""
    css, fonts = sheet
    page = load(ROOT).HTML(string=f"<html lang=en><title>Page</title>{body}", base_url=str(ROOT))
    if shelf:
        with shelf.lent([]):
            document = page.render(stylesheets=[css], font_config=fonts)
    else:
        document = page.render(stylesheets=[css], font_config=fonts)
    first: bytes = document.write_pdf(uncompressed_pdf=True)
    if "clamp" not in body:  # to which WeasyPrint adds another ellipsis
        document.fonts.clear()
        assert document.write_pdf(uncompressed_pdf=True) == first
    return first


def test_every_module_of_weasyprint_has_ours(line_break: Any) -> None:
    for module in ("layout.inline", "layout.preferred", "layout.block", "css.units"):
        having = vars(importlib.import_module(f"weasyprint.{module}"))
        for name in ("split_first_line", "strut"):
            assert name not in having or having[name].__module__ == kept_lines.__name__
    assert {getattr(line_break.Layout, name).__module__ for name in METHODS} == {
        kept_lines.__name__
    }


@pytest.mark.parametrize("body", [LINES, OTHERS, WRAPPED, LINES + WRAPPED + OTHERS])
def test_pages_are_those_of_weasyprint(
    body: str, line_break: Any, sheet: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf()
    kept = [written(body, sheet, shelf) for _ in range(3)]
    for name in METHODS:
        (stock,) = theirs(getattr(line_break.Layout, name))
        monkeypatch.setattr(line_break.Layout, name, stock)
    assert set(kept) == {written(body, sheet)}


FONT_STYLES = (
    *("font-size: 7pt", "font-size: 2em", "font-family: serif", "font-weight: 700"),
    *("font-style: italic", "font-stretch: condensed", "font-variant: small-caps", "color: red"),
    *("font-feature-settings: 'ss01'", "font-kerning: none", "font-variant-ligatures: none"),
    *("font-variation-settings: 'wght' 300", "font-language-override: 'TRK'", "direction: rtl"),
    *("line-height: 3", "line-height: 9pt", "font: 8pt/2 monospace", "letter-spacing: 1pt"),
    *("text-decoration: underline", "width: 3em", "font-variant-numeric: oldstyle-nums"),
)


class Asked:
    """A style that notes what it is asked for."""

    def __init__(self, style: Any) -> None:
        self.style, self.font_config, self.told = style, style.font_config, dict[str, str]()

    def __getitem__(self, name: str) -> Any:
        self.told[name] = repr(self.style[name])
        return self.style[name]


@pytest.mark.parametrize("seed", range(10))
def test_what_pango_is_told_of_a_parent_is_what_it_would_be_told(
    seed: int, line_break: Any, sheet: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.css import get_all_computed_styles
    from weasyprint.css.targets import TargetCollector

    chance = random.Random(seed)

    def body(depth: int) -> str:
        declared = "; ".join(chance.sample(FONT_STYLES, chance.randint(0, 2)))
        tongue = chance.choice(("", "", "", " lang=tr", " lang=ar"))
        inner = "".join(body(depth - 1) for _ in range(2)) if depth else "word"
        return f'<div style="{declared}"{tongue}>{inner}</div>'

    page = load(ROOT).HTML(string=f"<html lang=en>{body(5)}", base_url=str(ROOT))
    set_of, measure, of = kept_lines._setting, own(line_break.strut, "measure"), dict[int, Any]()

    def told(style: Any) -> dict[str, str]:
        asked = Asked(style)
        set_of(cast(Any, asked))
        return asked.told

    def noted(style: Any) -> Any:
        setting = set_of(style)
        of[id(setting)] = style
        return setting

    monkeypatch.setattr(kept_lines, "_setting", noted)
    with Shelf().lent([]):
        found = get_all_computed_styles(
            page, [sheet[0]], font_config=sheet[1], target_collector=TargetCollector()
        )
        styles = [found(element) for element in page.etree_element.iter("div")]
        styles += [style.anonymous_style for style in styles]
        chance.shuffle(styles)
        for style in styles:
            if style["text_decoration_line"] == "none":
                line_break.Layout(style)
                assert told(of[id(style.hrcpub_setting)]) == told(style)
            sheet[1].strut_layouts.clear()
            assert line_break.strut(style) == measure(style)
    assert 3 < len(of) < len(styles) / 2


@pytest.fixture
def texts(cold: None, line_break: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what Pango is given to set, from now on."""
    texts = list[str]()
    set_text = line_break.Layout.set_text

    def noted(layout: Any, text: str, justify: bool = False) -> None:
        texts.append(text)
        set_text(layout, text, justify)

    monkeypatch.setattr(line_break.Layout, "set_text", noted)
    return texts


def test_a_line_is_set_once(sheet: tuple[Any, Any], texts: list[str]) -> None:
    shelf = Shelf()
    written(LINES, sheet, shelf)
    words = [text for text in texts if text.strip()]
    assert "Words in a grid" in words
    assert len(words) == len(set(words))
    texts.clear()
    written(LINES.replace("Wide", "New"), sheet, shelf)
    assert [text for text in texts if text.strip()] == ["New words here, and more"]


def test_a_line_that_is_broken_is_set_once_for_each_width(
    sheet: tuple[Any, Any], texts: list[str]
) -> None:
    shelf = Shelf()
    line = "<p style='width: {0}pt'>Words that have no room in one line of the page"
    written(line.format(90), sheet, shelf)
    assert texts
    texts.clear()
    written(line.format(90), sheet, shelf)
    assert [text for text in texts if text.strip()] == []
    assert written(line.format(60), sheet, shelf) == written(line.format(60), sheet)


def test_lines_are_forgotten_when_there_are_many(
    sheet: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from hrcpub.pipeline.typeset import shared_styles

    shelf = Shelf()
    written(LINES, sheet, shelf)
    assert shelf.lines
    monkeypatch.setattr(shared_styles, "_MOST_LINES", 3)
    written(LINES, sheet, shelf)
    assert shelf.kept
    assert not shelf.lines


def test_a_line_with_an_ellipsis_does_not_cut_the_next(sheet: tuple[Any, Any]) -> None:
    # Both have the same style of text: only the box around it differs.
    cut, whole = "<div class=cut>{0}</div>", "<div class=line>{0}</div>"
    line = "<span class=line>A line that is cut</span>"
    shelf = Shelf()
    alone = written(whole.format(line), sheet)
    written(cut.format(line), sheet, shelf)
    assert written(whole.format(line), sheet, shelf) == alone
