"""Where WeasyPrint places the cells of a grid whose lines begin at the right."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.pipeline.typeset import tree
from hrcpub.pipeline.typeset.engine import load
from tests.shared.project import ROOT

STYLE = """
@page { size: 300pt 400pt; margin: 20pt }
* { margin: 0; font: 1pt/10pt sans-serif }
div { display: grid; column-gap: 10pt; grid-template-columns: 50pt 1fr 40pt }
div div { grid-template-columns: 20pt 30pt }
"""
CELLS = '<p id="a">a</p><p id="b">b</p><p id="c">c</p><p id="d">d</p>'


def lefts(body: str) -> dict[str, float]:
    """Return where the letters of a page begin, in points from its left edge."""
    html = load(ROOT).HTML(string=f"<style>{STYLE}</style>{body}", base_url=str(Path(ROOT)))
    return {text.text: round(text.left, 1) for text in tree.pages(html.render())[0].texts}


def test_columns_run_from_the_left_in_lines_from_the_left() -> None:
    assert lefts(f"<div>{CELLS}</div>") == {"a": 20.0, "b": 80.0, "c": 240.0, "d": 20.0}


def test_columns_run_from_the_right_in_lines_from_the_right() -> None:
    # A letter is half a point wide, and stands at the right of its cell.
    found = lefts(f'<div dir="rtl">{CELLS}</div>')
    edges = {"a": 280.0, "b": 220.0, "c": 60.0, "d": 280.0}
    assert found == {letter: pytest.approx(edge - 0.5, abs=0.5) for letter, edge in edges.items()}


def test_a_grid_in_a_cell_has_its_own_direction() -> None:
    inner = '<div dir="ltr"><p>x</p><p>y</p></div><div><p>u</p><p>v</p></div>'
    found = lefts(f'<div dir="rtl"><p>a</p>{inner}</div>')
    assert found["x"] == 70.0  # the second column goes from 70 to 220
    assert found["y"] == 100.0
    assert found["u"] > found["v"]
