"""Boxes without borders are passed, and all others are drawn as WeasyPrint draws them."""

from __future__ import annotations

from typing import Any

import pytest

from hrcpub.pipeline.typeset import borderless
from hrcpub.pipeline.typeset.engine import load
from tests.shared.boxes import own
from tests.shared.project import ROOT

DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
    "WjR9awAAAABJRU5ErkJggg=="
)
DRAWN = {
    "side": "<p style='border-left: 2px solid red'>One side",
    "sides": "<p style='border: 2px dotted; border-radius: 4px'>All sides",
    "rules": "<div style='columns: 2; column-rule: 1px solid'>Words <p>in two <p>columns</div>",
    "picture": f"<p style='border-image: url({DOT}) 1; border: 3px solid'>A picture",
    "slim": f"<p style='border-image: url({DOT}) 1 / 4px; border-style: solid; border-width: 0'>A",
    "table": "<table style='border-collapse: collapse'><td style='border: 1px solid'>Cell</table>",
    "hidden": "<p style='border: 2px solid; visibility: hidden'>Not seen",
}
BARE = "<p>Words <b>and</b> more</p><table><tr><td>Cell</table><div style='columns: 2'>Two</div>"


@pytest.fixture
def draw() -> Any:
    load(ROOT)
    from weasyprint.draw import border

    ours = border.draw_border
    assert ours.__module__ == borderless.__name__
    return own(ours, "draw")


def written(body: str) -> bytes:
    page = load(ROOT).HTML(string=f"<html lang=en><title>Page</title>{body}", base_url=str(ROOT))
    file: bytes = page.write_pdf(uncompressed_pdf=True)
    return file


@pytest.mark.parametrize("name", DRAWN)
def test_borders_are_drawn_as_weasyprint_draws_them(
    name: str, draw: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import weasyprint.draw as drawing

    file = written(BARE + DRAWN[name])
    monkeypatch.setattr(drawing, "draw_border", draw)
    assert written(BARE + DRAWN[name]) == file


def test_only_what_may_have_a_border_is_left_to_weasyprint(
    draw: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import weasyprint.draw as drawing

    ours, left = drawing.draw_border, list[str]()
    cell = next(c for c in ours.__closure__ if c.cell_contents is draw)
    cell.cell_contents = lambda stream, box: left.append(box.element_tag)
    try:
        written(BARE)
        assert set(left) == {"div"}  # it has columns, which may have rules between them
        left.clear()
        written(DRAWN["side"])
        assert left == ["p"]
    finally:
        cell.cell_contents = draw
