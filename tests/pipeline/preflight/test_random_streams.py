"""Texts stand where PDFium sees them, however streams are nested: forms, patterns, clips, states.

A random page is a tree of `Block`s. Each text is one letter, repeated, that no other text has, so
that both readers can be asked where that letter stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from hrcpub.pipeline.preflight.page.marks import PaintedText
from hrcpub.pipeline.preflight.page.matrices import moved
from hrcpub.units import Rect
from tests.shared.press_files import font
from tests.shared.streams import SIDE, checked, form, one_page, pattern

WIDE = b"-3000 -3000 6000 6000 re"  # covers the page, wherever the origin has gone
NEAR = 0.25  # points: PDFium rounds the edges of glyphs to thousandths of an em
# PDFium begins a form with the defaults, the standard with the state around it.
BEGIN = b"/F 12 Tf 0 Tc 0 Tw 100 Tz 0 TL 0 Ts 0 Tr 0 g 0 G "
MATRICES = [b"1 0 0 1", b".5 0 0 .5", b"1.5 0 0 1", b"0 1 -1 0", b"1 0 .3 1", b"1 0 0 -1"]

Block = tuple[object, ...]
numbers = st.integers(-20, 60)
places = st.tuples(st.sampled_from(MATRICES), numbers, numbers)
PAGE = Rect(0, 0, SIDE, SIDE)


@dataclass
class Page:
    """A page that is being written; every stream has the same resources."""

    pdf: pikepdf.Pdf = field(default_factory=pikepdf.new)
    resources: Any = field(init=False)  # a dictionary of the file
    letters: list[str] = field(default_factory=lambda: list(ascii_uppercase))
    unseen: set[str] = field(default_factory=set)  # letters that leave no ink

    def __post_init__(self) -> None:
        letters = font(self.pdf)
        letters.LastChar, letters.Widths = 90, Array([400] * 26)
        fonts = Dictionary(F=letters, D=drawings(self.pdf))
        spaces = Dictionary(Uncoloured=Array([Name.Pattern, Name.DeviceGray]))
        folders = Dictionary(
            Font=fonts, ColorSpace=spaces, XObject=Dictionary(), Pattern=Dictionary()
        )
        self.resources = self.pdf.make_indirect(folders)

    def named(self, kind: str, made: pikepdf.Object) -> bytes:
        """Put an object among the resources; return its name."""
        name = f"/N{len(self.resources[kind])}"
        self.resources[kind][name] = made
        return name.encode()

    def word(self, length: int, *, is_seen: bool = True) -> bytes:
        """Return a letter of its own, repeated; nothing when all are taken."""
        letter = self.letters.pop() if self.letters else ""
        if not is_seen:
            self.unseen.add(letter)
        return (letter * length).encode()


def drawings(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return a font whose one letter, a, is drawn by operators, texts among them."""
    glyph = b"500 0 d0 q BT /F 9 Tf 3 Tr 40 Tz 7 7 Td (Z) Tj ET 0 0 400 400 re f"
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, 0, 500, 500]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=Dictionary(a=pdf.make_stream(glyph)),
            Encoding=Dictionary(Differences=Array([97, Name.a])),
            FirstChar=97,
            LastChar=97,
            Widths=Array([500]),
            Resources=Dictionary(Font=Dictionary(F=font(pdf))),
        )
    )


def stream(page: Page, blocks: list[Block]) -> bytes:
    return BEGIN + b"\n".join(written(page, block) for block in blocks)


def written(page: Page, block: Block) -> bytes:
    """Return a block as operators."""
    match block:
        case "save", list(blocks):
            return b"q " + b"\n".join(written(page, inner) for inner in blocks) + b" Q"
        case "move", (bytes(matrix), int(x), int(y)):
            return b"%b %d %d cm" % (matrix, x, y)
        case ("clip",):
            return WIDE + b" W n"
        case ("path",):
            return b"10 20 m 30 40 l 50 0 l h f"
        case "text clip", int(length):
            word = page.word(length, is_seen=False)
            return b"q BT 7 Tr 30 30 Td (%b) Tj ET 0 0 99 99 re f Q" % word
        case "form", (bytes(matrix), x, y), list(blocks):
            content = stream(page, blocks)
            place = Array([*map(float, matrix.split()), x, y])
            wide = (-3000, -3000, 3000, 3000)
            made = form(page.pdf, content, wide, Matrix=place, Resources=page.resources)
            return page.named("/XObject", made) + b" Do"
        case "text", list(shows):
            return b"BT " + b" ".join(shown(page, show) for show in shows) + b" ET"
    raise AssertionError(block)


def shown(page: Page, show: Block) -> bytes:
    """Return what stands between BT and ET as operators."""
    match show:
        case "show", int(length):
            return b"(%b) Tj" % page.word(length)
        case "kern", list(steps):
            return b"[%b] TJ" % b" ".join(b"(%b) %d" % (page.word(3), by) for by in steps)
        case "unseen", int(length):
            return b"3 Tr (%b) Tj 0 Tr" % page.word(length, is_seen=False)
        case "next", int(length):
            return b"(%b) '" % page.word(length)
        case "at", (bytes(matrix), int(x), int(y)):
            return b"%b %d %d Tm" % (matrix, x, y)
        case "set", bytes(operator), int(value):
            return b"%d %b" % (value, operator)
        case "go", bytes(operator), int(x), int(y):
            return b"%d %d %b" % (x, y, operator)
        case "size", int(size):
            return b"/F %d Tf" % size
        case ("drawing",):
            return b"/D 10 Tf (a) Tj /F 12 Tf"
        case ("plain",):
            return b"0 g 0 G"
        case "pattern", int(paint), list(blocks):
            cell = pattern(page.pdf, stream(page, blocks), page.resources, paint, 20)
            name = page.named("/Pattern", cell)
            space = b"/Uncoloured" if paint == 2 else b"/Pattern"
            return b"%b cs %b%b scn" % (space, b".5 " if paint == 2 else b"", name)
    raise AssertionError(show)


word = st.tuples(st.sampled_from(["show", "next", "unseen"]), st.integers(1, 4))
show = st.one_of(
    word,
    st.tuples(st.just("kern"), st.lists(st.integers(-3000, 3000), min_size=3, max_size=4)),
    st.tuples(st.just("at"), places),
    st.tuples(st.just("set"), st.sampled_from([b"Tc", b"TL", b"Ts"]), st.integers(-3, 9)),
    st.tuples(st.just("set"), st.just(b"Tz"), st.integers(50, 150)),
    st.tuples(st.just("set"), st.just(b"Tr"), st.integers(0, 2)),
    st.tuples(st.just("go"), st.sampled_from([b"Td", b"TD"]), numbers, numbers),
    st.tuples(st.just("size"), st.integers(6, 24)),
    st.sampled_from([("drawing",), ("plain",)]),
)
text = st.tuples(st.just("text"), st.lists(show, min_size=1, max_size=6))


def around(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    """Return what holds blocks: a state, a form, or words painted with a pattern."""
    several = st.lists(blocks, min_size=1, max_size=4)
    coloured = st.tuples(
        st.tuples(st.just("at"), places),
        st.tuples(st.just("pattern"), st.integers(1, 2), several),
        word,
        show,
        word,
    ).map(list)
    return st.one_of(
        st.tuples(st.just("save"), several),
        st.tuples(st.just("form"), places, several),
        st.tuples(st.just("text"), coloured),
    )


simple = st.one_of(
    text,
    text,
    st.tuples(st.just("move"), places),
    st.tuples(st.just("text clip"), st.integers(1, 3)),
    st.sampled_from([("clip",), ("path",)]),
)
pages = st.lists(st.recursive(simple, around, max_leaves=12), min_size=1, max_size=6)


def by_pdfium(data: bytes) -> dict[str, Rect]:
    """Return the box around each letter on the page."""
    boxes: dict[str, Rect] = {}
    with pypdfium2.PdfDocument(data) as document:
        read = document[0].get_textpage()
        for at in range(read.count_chars()):
            letter, seen = read.get_text_range(at, 1), Rect(*read.get_charbox(at))
            if letter in ascii_uppercase:
                boxes[letter] = joined(boxes.get(letter, seen), seen)
    return boxes


def by_preflight(data: bytes) -> dict[str, Rect]:
    """Return the box around each letter on the page, as if nothing clipped it."""
    boxes: dict[str, Rect] = {}
    for mark in checked(data).marks:
        text = mark.painted
        if isinstance(text, PaintedText) and not mark.is_pattern:
            for glyph in text.glyphs:
                seen, whole = letter_box(text, glyph), text.box()
                assert whole is not None
                assert whole.holds(seen, 0.001)
                letter = text.font.words([glyph[0]])
                boxes[letter] = joined(boxes.get(letter, seen), seen)
    return boxes


def letter_box(text: PaintedText, glyph: tuple[int, float, float]) -> Rect:
    """Return the box around one letter of a line, by its own ink and where its pen is."""
    code, x, y = glyph
    ink = text.font.letters.extent(code)
    assert ink is not None
    wide = text.size * text.stretch
    left, right = sorted((x + ink.left * wide, x + ink.right * wide))
    foot, head = sorted((y + ink.bottom * text.size, y + ink.top * text.size))
    return moved(text.matrix, Rect(left, foot, right, head))


def joined(a: Rect, b: Rect) -> Rect:
    return Rect(min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@example([("text", [("at", (b"1 0 0 1", 50, 50)), ("kern", [3000, -3000, 0])])])
@given(pages)
def test_texts_stand_where_pdfium_sees_them(blocks: list[Block]) -> None:
    page = Page()
    content = stream(page, blocks)
    folders = {kind.lstrip("/"): page.resources[kind] for kind in page.resources}
    data = one_page(page.pdf, content, folders)
    ours, theirs = by_preflight(data), by_pdfium(data)
    assert not page.unseen & set(ours)
    assert set(ours) <= set(theirs)
    for letter, seen in theirs.items():
        if letter not in page.unseen and PAGE.meet(seen) is not None:
            edges = zip(ours[letter], seen, strict=True)
            assert all(abs(a - b) < NEAR for a, b in edges), (letter, ours[letter], seen)
