"""The private names of WeasyPrint that copyfit leans on are still there, and mean what they did.

When one of these fails after an upgrade, `typeset/tree.py` must be looked at before anything that
hrcpub says of pages is trusted.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.typeset import laid_text, lay_out, tree
from hrcpub.pipeline.typeset.laid_page import LaidPage, LaidText
from hrcpub.pipeline.typeset.paint_order import painted
from hrcpub.pipeline.typeset.screen_colour import CssColour
from hrcpub.pipeline.typeset.written_html import own_texts
from tests.shared.css_pages import make_root, page

BODY = """
<section class="side">
  <p>Words</p>
  <p style="position: absolute; top: 60pt; left: 10pt">More</p>
  <ol><li>Item</li></ol>
  <div style="height: 30pt; overflow: hidden; background: #fff" data-panel="front" data-may="hide">
    <p>Inside</p>
  </div>
  <p style="transform: translate(10pt, 5pt); opacity: 0.9">Moved</p>
  <p style="opacity: 0">Hidden</p>
  <p style="direction: rtl">Right</p>
  <img src="/dot.png" alt="A dot" style="width: 10pt; height: 10pt">
</section>
"""


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = make_root(tmp_path_factory.mktemp("tree"))
    return lay_out(page(BODY), Project(Sources(Path(root)))).document


@pytest.fixture(scope="module")
def first(document: Any) -> LaidPage:
    (found,) = tree.pages(document)
    return found


def text(first: LaidPage, words: str) -> LaidText:
    (found,) = [text for text in first.texts if text.text == words]
    return found


def test_the_boxes_of_texts_have_what_is_read_of_them(document: Any, first: LaidPage) -> None:
    for text in first.texts:
        for name in ("position_x", "position_y", "width", "baseline"):
            assert isinstance(getattr(text.box, name), int | float), name
        assert text.box.style["font_size"] > 0
        for name in ("reactivate", "deactivate", "get_first_line"):
            assert callable(getattr(text.box.pango_layout, name)), name
    assert any(hasattr(b, "_box") for b in _tree(document.pages[0]._page_box))


def _tree(box: Any) -> list[Any]:
    inner = getattr(box, "_box", box)
    return [
        box,
        *(inner_box for child in getattr(inner, "children", ()) for inner_box in _tree(child)),
    ]


def test_the_documents_html_can_be_walked(document: Any) -> None:
    body = tree.body(document)
    texts = "".join(text for _, text in own_texts(body)).split()
    assert texts == ["Words", "More", "Item", "Inside", "Moved", "Hidden", "Right"]


def test_texts_stand_where_css_puts_them(first: LaidPage) -> None:
    more = text(first, "More")
    assert (more.left, more.size) == (pytest.approx(30), pytest.approx(10))
    assert 80 < more.baseline < 92
    words = text(first, "Words")
    assert words.line.block == pytest.approx((20, 20, 180, 32))


def test_generated_texts_are_told_apart(first: LaidPage) -> None:
    assert {text.text for text in first.texts if not text.is_written} == {"1. "}


def test_areas_tell_what_bounds_clips_names_and_paints(first: LaidPage) -> None:
    (panel,) = [area for area in first.areas if area.is_panel]
    assert (panel.panel, panel.may) == ("front", {"hide"})
    assert panel.is_tall
    assert panel.clips
    assert panel.rect.height == pytest.approx(30)
    assert panel.colour == CssColour((1, 1, 1), 1)
    inside = text(first, "Inside")
    assert panel in inside.area.around()
    assert inside.area.panel == "front"
    assert text(first, "More").area.is_apart


def test_transforms_move_what_lies_in_them(first: LaidPage) -> None:
    moved = text(first, "Moved")
    assert laid_text.on_page(moved).left - moved.band.left == pytest.approx(10)
    assert laid_text.on_page(moved).bottom - moved.band.bottom == pytest.approx(5)


def test_what_is_not_painted_is_known(first: LaidPage) -> None:
    assert [text.text for text in first.texts if not text.is_painted] == ["Hidden"]


def test_lines_know_where_they_begin(first: LaidPage) -> None:
    assert text(first, "Right").line.is_rtl
    assert not text(first, "Words").line.is_rtl


def test_pictures_have_their_place(first: LaidPage) -> None:
    (picture,) = first.pictures
    rect = picture.rect
    assert (rect.right - rect.left, rect.height) == (pytest.approx(10), pytest.approx(10))


def test_a_pages_paper_is_known(first: LaidPage) -> None:
    assert first.colour == CssColour((1, 0.882, 0.29), 1)


def test_ink_lies_within_a_letters_reach(first: LaidPage) -> None:
    ink = laid_text.ink(text(first, "Words"))
    band = text(first, "Words").band
    assert ink.left == pytest.approx(band.left, abs=1)
    assert ink.bottom == pytest.approx(band.bottom, abs=0.5)
    assert 5 < ink.height < 9


def test_painting_goes_in_the_order_of_css(first: LaidPage) -> None:
    order = painted(first)
    (panel,) = [area for area in first.areas if area.is_panel]
    inside, more = text(first, "Inside"), text(first, "More")
    assert order[id(panel.ground)] < order[id(inside.box)]
    assert order[id(text(first, "Words").box)] < order[id(more.box)]  # positioned boxes come last
    assert id(first.pictures[0].box) in order


def test_no_other_module_reads_weasyprints_boxes() -> None:
    folder = Path(inspect.getfile(tree)).parent.parent
    private = ("._page_box", "._html", "pango_layout", "element_tag", "position_x", "descendants")
    readers = {
        path.name
        for path in folder.rglob("*.py")
        if any(name in path.read_text(encoding="utf-8") for name in private)
    }
    # Prepress reads the order of words for its tags; these and letterforms have their own tests.
    prepress = {"reading_order.py", "source_order.py"}
    own = {"tree.py", "laid_text.py", "weasyprint_box.py", "letterforms.py"}
    own |= {"mirrored_grid.py", "coded_text.py", "kept_lines.py", "kept_blocks.py", "glyph_runs.py"}
    assert readers == own | prepress
