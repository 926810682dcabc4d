"""Blocks that are given back are those that WeasyPrint would lay out again."""

from __future__ import annotations

import importlib
import itertools
from typing import Any

import pytest

from hrcpub.pipeline.typeset import kept_blocks, shared_styles
from hrcpub.pipeline.typeset.engine import load
from hrcpub.pipeline.typeset.shared_styles import Shelf
from tests.shared.boxes import boxes_of, told
from tests.shared.project import ROOT

CSS = """
    @page { size: 300pt 200pt; margin: 20pt }
    body { font: 10pt/12pt sans-serif; orphans: 2; widows: 2 } p { margin: 6pt 0 }
    .set { white-space: pre } .grid { display: grid; grid-template-columns: 1fr 1fr }
    .fixed { position: fixed; bottom: 0; left: 10pt; right: 0 } .last { break-after: page }
    .shut { background: tan } .flush { margin: 0 }
    .foot { position: absolute; bottom: 0; left: 10pt; right: 0 } .near { position: relative }
    .framed { border: 1pt solid; padding: 2pt 3% } .flow { display: flow-root }
    .float { float: left; width: 40pt } .columns { column-count: 2 } .right { direction: rtl }
    .few { max-lines: 1; continue: discard } .shut { break-inside: avoid }
    .cap::first-letter { font-size: 2em } .named::before { content: "No. " counter(no) ". " }
    .named { counter-increment: no } .just { text-align: justify } .end { text-align: end }
    .high { min-height: 30pt } .far { margin: -3pt 0 20pt } table { border-collapse: collapse }
    .note { float: footnote } .paged p::after { content: counter(page) " of " counter(pages) }
    .see::after { content: target-counter("#there", page) " " target-text("#there") }
"""
WORDS = "Words of which there are enough for two or three lines of a block that is not wide"
OFFICE = f"<div><p><b>Office</b><br>12 Main Street<p>{WORDS} <a href='tel:+1212'>212</a></div>"
BLOCKS = {
    "paragraphs": f"<div><p>{WORDS}<p>{WORDS}</div>",
    "margins that collapse": f"<div class=far><div><p>{WORDS}<div></div></div></div><p>{WORDS}",
    "an empty block": "<div class=far><div></div><div></div><p></p><p></p><p></p><p></p></div>",
    "a grid": f"<div class=grid>{OFFICE}{OFFICE}</div>",
    "a grid from the right": f"<div class='grid right'>{OFFICE}{OFFICE}</div>",
    "a foot": f"<div class=foot><div class=grid>{OFFICE}{OFFICE}</div></div>",
    "a frame": f"<div class=framed><p>{WORDS}<p>{WORDS}<div class=flow><p>{WORDS}</div></div>",
    "something placed": f"<div class=near><p>{WORDS}<p class=foot>{WORDS}</div>",
    "numbers": f"<div><p class=named>{WORDS}<p class=named>{WORDS}</div>",
    "lists": f"<ol><li>{WORDS}<li>{WORDS}<ul><li>{WORDS}</ul></ol>",
    "a float": f"<div><p class=float>Aside and more<p>{WORDS}</div>",
    "columns": f"<div class=columns><p>{WORDS}<p>{WORDS}</div>",
    "a table": f"<table><tr><td>{WORDS}<td>{WORDS}</table>",
    "few lines": f"<div class=few><p>{WORDS}<p>{WORDS}</div>",
    "a large letter": f"<div><p class=cap>{WORDS}<p>{WORDS}</div>",
    "aligned": f"<div class=just><p>{WORDS}</div><div class=end><p>{WORDS}<p>{WORDS}</div>",
    "height": f"<div class=high><p>{WORDS}</div><div class='shut high'><p>{WORDS}</div>",
    "a note": f"<div><p>{WORDS}<span class=note>Note {WORDS}</span><p>{WORDS}</div>",
    "page numbers": f"<div class=paged><p>{WORDS}<p>{WORDS}</div><p class=see><p id=there>{WORDS}",
    "pictures": "<div><p>One <svg width=9 height=9></svg><p>two<p>three<p>four</div>",
}
# Of these nothing but words stands in blocks, lines and grids.
PLAIN = ("paragraphs", "a grid", "a grid from the right", "a foot", "a frame", "numbers")

load(ROOT)


@pytest.fixture(scope="module")
def sheet() -> tuple[Any, Any]:
    from weasyprint import CSS as Sheet
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return Sheet(string=CSS, font_config=fonts), fonts


def laid(body: str, sheet: tuple[Any, Any], shelf: Shelf) -> Any:
    css, fonts = sheet
    text = f"<html lang=en><title>Page</title>{body}"
    page = load(ROOT).HTML(string=text, base_url=str(ROOT))
    with shelf.lent([]):
        return page.render(stylesheets=[css], font_config=fonts)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return the blocks that were given back."""
    found: list[Any] = []
    give = kept_blocks._given_back
    monkeypatch.setattr(
        kept_blocks, "_given_back", lambda *of: found.append(of[1].element) or give(*of)
    )
    return found


def test_every_module_of_weasyprint_has_ours() -> None:
    for name in ("block", "page"):
        module = importlib.import_module(f"weasyprint.layout.{name}")
        assert module.block_container_layout.__module__ == kept_blocks.__name__


@pytest.mark.slow(but=["a table", "a float", "paragraphs"])
@pytest.mark.parametrize("name", BLOCKS)
def test_pages_are_those_of_weasyprint(name: str, sheet: tuple[Any, Any], given: list[Any]) -> None:
    # What is above comes to three heights, so that blocks move, break over pages, and come back.
    bodies = [f"<p>{above}{BLOCKS[name]}<p>After" for above in ("", WORDS, f"{WORDS}<br>" * 12)]
    shelf = Shelf()
    fresh = [laid(body, sheet, Shelf()) for body in bodies]
    assert not given
    wanted = [(told(page), page.write_pdf()) for page in fresh]
    for _ in range(4):
        for body, first in zip(bodies, wanted, strict=True):
            again = laid(body, sheet, shelf)
            assert (told(again), again.write_pdf()) == first
    assert given or name not in PLAIN


def test_all_together_are_those_of_weasyprint(sheet: tuple[Any, Any], given: list[Any]) -> None:
    # Where a note waits for the foot of its page, nothing is given back.
    body, shelf = "".join(BLOCKS[name] for name in BLOCKS if name != "a note"), Shelf()
    fresh = told(laid(body, sheet, Shelf()))
    for _ in range(4):
        assert told(laid(body, sheet, shelf)) == fresh
    assert len(given) > 10


def test_boxes_are_those_of_their_own_document(sheet: tuple[Any, Any], given: list[Any]) -> None:
    shelf, body = Shelf(), BLOCKS["a foot"]
    pages = [laid(body, sheet, shelf) for _ in range(5)]
    assert given
    elements = [{id(box.element) for box in boxes_of(page) if box.element_tag} for page in pages]
    assert all(a.isdisjoint(b) for a, b in itertools.pairwise(elements))
    boxes = [{id(box) for box in boxes_of(page)} for page in pages]
    assert boxes[3].isdisjoint(boxes[4])
    pages[3].write_pdf()  # which changes its boxes
    assert told(pages[4]) == told(laid(body, sheet, Shelf()))


THREE = f"<div class=shut><p>{WORDS}<p>{WORDS}<p>{WORDS}</div>"
PAGES = {
    # At the head of a page, margins are left out, but not of the first, nor after a forced break.
    "at the heads of pages": THREE * 5,
    "after a break": f"{THREE * 2}<p class=last>Last{THREE}",
    # On pages beside its own, it is laid out when all else is.
    "a foot of all pages": f"<div class=fixed>{THREE}</div>{THREE * 3}",
}


@pytest.mark.parametrize("name", PAGES)
def test_blocks_of_other_pages_are_those_of_weasyprint(
    name: str, sheet: tuple[Any, Any], given: list[Any]
) -> None:
    body, shelf = f"<body class=flush>{PAGES[name]}", Shelf()
    fresh = laid(body, sheet, Shelf())
    assert len(fresh.pages) > 1
    for _ in range(4):
        assert laid(body, sheet, shelf).write_pdf() == fresh.write_pdf()
    assert given


CHANGES = {
    "a word": (WORDS, WORDS.replace("enough", "plenty")),
    "a link": ("tel:+1212", "tel:+1213"),
    "a style": ("<b>", "<b style='letter-spacing: 1pt'>"),
    "a part less": ("<p><b>Office</b><br>12 Main Street", "<p>12 Main Street"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_block_that_differs_is_laid_out(
    change: str, sheet: tuple[Any, Any], given: list[Any]
) -> None:
    shelf, body = Shelf(), f"<div class=foot>{OFFICE}</div>"
    for _ in range(4):
        laid(body, sheet, shelf)
    assert given
    other = body.replace(*CHANGES[change])
    assert told(laid(other, sheet, shelf)) == told(laid(other, sheet, Shelf()))
    assert told(laid(body, sheet, shelf)) == told(laid(body, sheet, Shelf()))


def test_what_is_met_once_is_not_kept(sheet: tuple[Any, Any]) -> None:
    shelf = Shelf()
    for number in range(5):
        laid(BLOCKS["paragraphs"].replace("Words", f"Words {number}"), sheet, shelf)
    assert shelf.blocks
    assert not any(shelf.blocks.values())


@pytest.mark.parametrize("most", ["_MOST_SHAPES", "_MOST_BLOCKS", "_MOST_KEPT"])
def test_blocks_are_forgotten_when_there_are_many(
    most: str, sheet: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf()
    for _ in range(3):
        laid(BLOCKS["a foot"], sheet, shelf)
    assert any(shelf.blocks.values())
    monkeypatch.setattr(shared_styles, most, 1)
    laid(BLOCKS["a foot"], sheet, shelf)
    assert shelf.kept
    assert not shelf.blocks
    assert not shelf.shapes


def test_what_is_kept_holds_nothing_of_its_document(sheet: tuple[Any, Any]) -> None:
    shelf = Shelf()
    for _ in range(3):
        laid(BLOCKS["a foot"], sheet, shelf)
    (kept, *_) = filter(None, shelf.blocks.values())
    todo = [kept.box]
    while todo:
        own = vars(todo.pop())
        todo += own.get("children", ())
        assert isinstance(own["element"], int)
        assert "hrcpub_shape" not in own  # it has boxes, which have elements
