"""Separator sheets: lines inside the page, and tabs that are counted from the side."""

from __future__ import annotations

import pytest

from hrcpub.events.imprint import separator_lines, tab
from hrcpub.pipeline.setting import Face
from hrcpub.units import Size
from tests.shared.project import ROOT

LETTER, CARD = Size(612, 792), Size(144, 252)
LINES = ("Fruitvale Corner", "200", "Principles sheet, English", "principles, on white paper")


@pytest.fixture(scope="module")
def faces() -> dict[str, Face]:
    """Return the text's faces."""
    folder = ROOT / "fonts/libre-franklin"
    return {
        name: Face((folder / f"LibreFranklin-{file}.ttf").read_bytes())
        for name, file in (("text", "Regular"), ("bold", "Bold"))
    }


def test_the_name_fills_the_measure_and_the_number_is_200_points(faces: dict[str, Face]) -> None:
    name, count, what, note = separator_lines(LINES, LETTER, faces)
    assert name.size * faces["bold"].display_width(name.text) == pytest.approx(558)
    assert count.size == 200
    assert what.size == 24
    assert note.y == pytest.approx(792 - 27)


@pytest.mark.parametrize("page", [LETTER, CARD, Size(792, 612)])
@pytest.mark.parametrize("name", ["A", "", "Centro de Salud Comunitaria Esperanza " * 2])
def test_all_lines_lie_inside_the_page_and_below_each_other(
    faces: dict[str, Face], page: Size, name: str
) -> None:
    lines = separator_lines((name, "1,200", *LINES[2:]), page, faces)
    assert all(
        line.x + line.size * faces[line.face].display_width(line.text) <= page.width
        for line in lines
    )
    tops = [line.y - 0.74 * line.size for line in lines]
    assert min(tops) > 0
    assert all(top > line.y for top, line in zip(tops[1:], lines, strict=False))


@pytest.mark.parametrize("page", [LETTER, CARD, Size(792, 612)])
def test_tabs_go_down_the_fore_edge_one_site_after_another(page: Size) -> None:
    tabs = [[float(part) for part in tab(page, number).split()[:4]] for number in range(9)]
    for x, y, wide, high in tabs:
        assert x + wide > page.width  # it runs off the page
        assert 0 < y < y + high < page.height * 0.5
    (_, first, _, high), (_, second, _, _) = tabs[:2]
    assert second + high <= first
    assert len({y for _, y, _, _ in tabs}) >= 5
