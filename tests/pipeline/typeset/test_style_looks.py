"""What a style says is kept with it where documents share it, and asked again where not."""

from __future__ import annotations

from typing import Any

import pytest

from hrcpub.pipeline.typeset.engine import load
from hrcpub.pipeline.typeset.shared_styles import Shelf
from hrcpub.pipeline.typeset.style_looks import box_look, text_look
from tests.shared.project import ROOT

CSS = """
    @page { size: 300pt 400pt; margin: 20pt } body { font: 10pt/12pt sans-serif }
    .tall { height: 50pt; overflow: hidden; border-top: 1pt solid; opacity: .5 }
    .apart { position: absolute; top: 1pt; bottom: 2pt; z-index: -1; clip: rect(1pt, auto, 9pt, 0) }
    .columns { columns: 2 } .ruled { border-image: linear-gradient(red, blue) 1 }
    .bold { font-weight: bold; letter-spacing: 1pt; color: #ff0000; visibility: hidden }
"""
BODY = (
    "<p class=tall>A</p><p class=apart>B</p><div class=columns>C</div><p class=ruled>D</p>"
    "<p>E <b class=bold>F</b></p>"
)


@pytest.fixture(scope="module")
def sheet() -> tuple[Any, Any]:
    load(ROOT)
    from weasyprint import CSS as Sheet
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return Sheet(string=CSS, font_config=fonts), fonts


def styles(sheet: tuple[Any, Any], shelf: Shelf) -> dict[str, Any]:
    """Return the styles of a page's boxes by the classes, or the names, of their elements."""
    css, fonts = sheet
    html = load(ROOT).HTML(string=f"<html lang=en><title>Page</title>{BODY}", base_url=str(ROOT))
    with shelf.lent([]):
        document = html.render(stylesheets=[css], font_config=fonts)
    return {
        box.element.get("class") or box.element.tag: box.style
        for box in document.pages[0]._page_box.descendants()
        if box.element is not None and type(box.style).__name__ != "AnonymousStyle"
    }


def test_looks_say_what_styles_declare(sheet: tuple[Any, Any]) -> None:
    looks = {name: box_look(style) for name, style in styles(sheet, Shelf()).items()}
    tall, apart = looks["tall"], looks["apart"]
    assert (tall.is_tall, tall.clips, tall.opacity) == (True, True, 0.5)
    assert tall.rules == (("top", pytest.approx(4 / 3), 1.0),)  # a point
    assert (apart.is_apart, apart.is_tall, apart.is_deep) == (True, True, True)
    assert apart.cut
    assert looks["columns"].columns == 2
    assert {name for name, look in looks.items() if look.has_rulings} == {"columns", "ruled"}
    assert {name for name, look in looks.items() if look.is_plain} >= {"p", "ruled", "bold"}
    assert not {"tall", "apart", "columns"} & {n for n, look in looks.items() if look.is_plain}


def test_looks_say_what_is_seen_of_texts(sheet: tuple[Any, Any]) -> None:
    found = styles(sheet, Shelf())
    plain, bold = text_look(found["p"]), text_look(found["bold"])
    assert (plain.size, plain.is_bold, plain.is_visible, plain.spacing) == (10, False, True, (0, 0))
    assert (bold.is_bold, bold.is_visible, bold.spacing[0]) == (True, False, pytest.approx(1))
    assert bold.colour == ((1.0, 0.0, 0.0), 1.0)
    assert plain.families == bold.families == ("sans-serif",)
    assert plain.face != bold.face


def test_looks_are_kept_with_styles_that_documents_share(sheet: tuple[Any, Any]) -> None:
    shelf = Shelf()
    first, second = styles(sheet, shelf), styles(sheet, shelf)
    for name in ("tall", "bold"):
        assert box_look(first[name]) is box_look(second[name])
        assert text_look(first[name]) is text_look(second[name])
    own = first["tall"].copy()  # what WeasyPrint changes are copies
    assert box_look(own) is not box_look(own)
    assert text_look(own) is not text_look(own)
    own["height"], own["overflow"] = "auto", "visible"
    assert (box_look(own).is_tall, box_look(own).clips) == (False, False)
