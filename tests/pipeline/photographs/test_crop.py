"""A frame and a focus, to the part of a picture that is shown."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.photographs import PictureView, framed, view_of
from hrcpub.project.words import Focus
from hrcpub.units import Size

WIDE, TALL, SAME = Size(200, 50), Size(50, 200), Size(200, 100)
MIDDLE = Focus(0.5, 0.5)


@pytest.mark.parametrize(
    ("frame", "focus", "part"),
    [
        (None, MIDDLE, (0, 0, 400, 200)),
        (SAME, Focus(0.1, 0.9), (0, 0, 400, 200)),
        (WIDE, MIDDLE, (0, 50, 400, 150)),
        (WIDE, Focus(0.5, 0.3), (0, 10, 400, 110)),
        (WIDE, Focus(0.5, 0.0), (0, 0, 400, 100)),
        (WIDE, Focus(0.5, 1.0), (0, 100, 400, 200)),
        (TALL, Focus(0.6, 0.3), (215, 0, 265, 200)),
        (TALL, Focus(1.0, 0.3), (350, 0, 400, 200)),
    ],
)
def test_the_part_is_the_largest_about_the_focus(
    frame: Size | None, focus: Focus, part: tuple[float, ...]
) -> None:
    assert framed(400, 200, PictureView(frame, focus)) == pytest.approx(part)


@pytest.mark.parametrize(
    "view",
    [
        PictureView(),
        PictureView(is_black=True),
        PictureView(Size(270.5, 180)),
        PictureView(Size(270, 180), Focus(0.6, 0.305), is_black=True),
    ],
)
def test_an_address_says_how_a_picture_is_shown(view: PictureView) -> None:
    assert view_of(view.query.removeprefix("?")) == view


@pytest.mark.parametrize(
    "query", ["frame=wide&focus=here&x=1", "frame=1.2.3x9", "frame=.x9", "frame=0x9", "focus=.,."]
)
def test_an_address_of_another_kind_shows_all(query: str) -> None:
    assert view_of(query) == PictureView()
