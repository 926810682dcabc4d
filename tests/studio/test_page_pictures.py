"""A page's picture, and the rows of it that are sent again."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from hrcpub.studio.page_pictures import MOST_KEPT, Draw, PageDrawer, changed_rows, drawn

ROWS = {
    ("aabbcc", "aabbcc"): (0, 0),
    ("aabbcc", "aabXcc"): (1, 2),
    ("aabbcc", "Xabbcc"): (0, 1),
    ("aabbcc", "aXbbcX"): (0, 3),
}


@pytest.mark.parametrize("pair", ROWS, ids=str)
def test_rows_that_differ_are_found_from_both_ends(pair: tuple[str, str]) -> None:
    before, after = (text.encode() for text in pair)
    assert changed_rows(before, after, 2) == ROWS[pair]


def black_box(top: int) -> bytes:
    """Return a page of 100 x 100 pt with a box so far below its upper edge, 10 pt high."""
    writer, stream = PdfWriter(), DecodedStreamObject()
    page = writer.add_blank_page(100, 100)
    stream.set_data(f"0 g 20 {90 - top} 60 10 re f".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_picture_has_red_green_blue_and_no_holes() -> None:
    found = drawn(black_box(0), 1, 100)
    assert found
    size, pixels = found
    assert size == (100, 100)
    assert set(pixels[3::4]) == {255}
    assert pixels[4 * 50 : 4 * 50 + 3] == b"\0\0\0"
    assert drawn(black_box(0), 2, 100) is None


def test_a_window_is_sent_what_it_does_not_have() -> None:
    drawer = PageDrawer()
    whole = drawer.made(Draw(1, 1, 100, "one"), black_box(10))
    assert whole
    assert (whole.top, len(whole.rows), whole.base) == (0, 40_000, 0)
    moved = drawer.made(Draw(2, 1, 100, "one", 1), black_box(30))
    assert moved
    assert (moved.top, len(moved.rows) // 400, moved.base) == (10, 30, 1)
    other = drawer.made(Draw(3, 1, 100, "other", 2), black_box(30))
    assert other
    assert other.base == 0
    late = drawer.made(Draw(4, 1, 100, "one", 1), black_box(30))  # it was sent 2 meanwhile
    assert late
    assert late.base == 0
    wider = drawer.made(Draw(5, 1, 120, "one", 4), black_box(30))
    assert wider
    assert wider.base == 0


def test_a_page_that_is_not_there_has_no_picture() -> None:
    assert PageDrawer().made(Draw(1, 2, 100, "one"), black_box(0)) is None


def test_no_more_pictures_are_kept_than_windows_show() -> None:
    drawer = PageDrawer()
    for window in range(2 * MOST_KEPT):
        drawer.made(Draw(1, 1, 10, str(window)), black_box(0))
    assert len(drawer._kept) == MOST_KEPT
