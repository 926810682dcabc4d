"""Letters as Pango places them and as their font draws them: where they have ink on the page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.typeset import laid_text, lay_out, tree
from hrcpub.pipeline.typeset.laid_page import LaidRect, LaidText
from hrcpub.pipeline.typeset.letterforms import Letter, letters, outer, reach
from tests.shared.css_pages import make_root, page


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("letters"))


def laid(root: Path, words: str, style: str = "") -> LaidText:
    html = page(f"<section class=side><p style='{style}'>{words}</p></section>")
    document = lay_out(html, Project(Sources(root), ParsedCache())).document
    return tree.pages(document)[0].texts[0]


def around(parts: list[LaidRect]) -> LaidRect:
    lefts, tops, rights, bottoms = zip(*parts, strict=True)
    return LaidRect(min(lefts), min(tops), max(rights), max(bottoms))


TEXTS = ("Why give", "ÉÅ, j(Q)", "fi ffi AV To", "cafe\u0301 E\u0302", "0123 [|]")


@pytest.mark.parametrize("words", TEXTS)
@pytest.mark.parametrize("style", ["", "letter-spacing: 2pt", "font-size: 33pt; line-height: 40pt"])
def test_letters_are_where_pango_inks_them(root: Path, words: str, style: str) -> None:
    text = laid(root, words, style)
    boxes = around([letter.box for letter in letters(text)])
    assert boxes == pytest.approx(laid_text.ink(text), abs=0.06)


@pytest.mark.parametrize("words", TEXTS)
def test_what_a_text_reaches_holds_its_ink(root: Path, words: str) -> None:
    text = laid(root, words)
    room, ink = reach(text), laid_text.ink(text)
    assert room.left <= ink.left + 0.01
    assert room.right >= ink.right - 0.01
    assert room.top <= ink.top + 0.01
    assert room.bottom >= ink.bottom - 0.01
    assert room.height < ink.height + 0.5 * text.size
    assert outer(text).surrounds(room)


def test_what_is_quick_to_know_of_a_text_holds_what_it_reaches_whatever_came_before(
    root: Path,
) -> None:
    words = [*TEXTS, "ace", "x ة", "ace", *TEXTS]
    spans = "".join(f"<span>{part}</span><br>" for part in words)
    html = page(f"<section class=side><p>{spans}</p></section>")
    document = lay_out(html, Project(Sources(root), ParsedCache())).document
    texts = [text for text in tree.pages(document)[0].texts if text.text.strip()]
    assert len(texts) >= len(words)
    rooms = [outer(text) for text in texts]
    assert all(room.surrounds(reach(text)) for room, text in zip(rooms, texts, strict=True))
    # Low letters have the room of high ones once those were met, and it is never less.
    lows = [outer(text).height for text in texts if text.text == "ace"]
    assert lows[0] <= lows[1]
    assert lows[1] > reach(texts[len(TEXTS)]).height


@pytest.mark.parametrize("transform", ["rotate(90deg)", "scale(1.4)", "translate(5pt, 3pt)"])
def test_an_outline_fills_its_box_on_the_page(root: Path, transform: str) -> None:
    for letter in letters(laid(root, "Rag?", f"margin: 50pt; transform: {transform}")):
        points = [point for contour in letter.contours() for point in contour]
        assert around([LaidRect(x, y, x, y) for x, y in points]) == pytest.approx(
            letter.box, abs=0.05
        )


def test_a_letter_knows_what_it_stands_for(root: Path) -> None:
    assert names(letters(laid(root, "Où va-t-on?"))) == list("Oùva-t-on?")
    # A letter with its accent is one cluster, whether it is drawn by one glyph or by two.
    assert "".join(names(letters(laid(root, "cafe\u0301")))) == "cafe\u0301"


def names(found: Iterable[Letter]) -> list[str]:
    return [letter.text for letter in found]
