"""Folds as text pictures: each side from left to right, panels by their order in reading."""

from __future__ import annotations

import pytest

from hrcpub.project.folds import COVER, FOLDS, FoldedSide, fold
from hrcpub.units import PAPER_SIZES, Size

LETTER = Size(792, 612)  # landscape, as it is folded
A4 = Size(PAPER_SIZES["a4"].height, PAPER_SIZES["a4"].width)
WIDE = Size(17 * 72, 11 * 72)


def shown(side: FoldedSide) -> str:
    """Return a side as text: panels in rows, `v` where they stand on their heads."""
    rows: dict[float, list[str]] = {}
    for panel in side.panels:
        text = f"{panel.order}{'v' if panel.rotation else ''}"
        rows.setdefault(-panel.foot, []).append(text)
    return " / ".join(" ".join(row) for _, row in sorted(rows.items()))


@pytest.mark.parametrize(
    ("name", "outside", "inside"),
    [
        ("half", "4 1", "2 3"),
        ("letter", "2 6 1", "3 4 5"),
        ("z", "5 6 1", "2 3 4"),
        ("gate", "2 6 1", "3 4 5"),
        ("double-gate", "3 8 1 2", "4 5 6 7"),
        ("roll", "4 2 8 1", "3 5 6 7"),
        ("accordion", "8 6 7 1", "2 3 4 5"),
        ("french", "3v 2v / 4 1", "5"),
    ],
)
def test_panels_are_read_in_this_order(name: str, outside: str, inside: str) -> None:
    folding = fold(name, LETTER)
    assert shown(folding.outside) == outside
    assert shown(folding.inside) == inside
    assert folding.cover.order == 1
    assert folding.cover in folding.outside.panels


def test_every_fold_was_looked_at() -> None:
    assert len(FOLDS) == 8
    assert set(FOLDS) >= {"half", "letter", "z", "gate", "double-gate", "roll", "accordion"}


@pytest.mark.parametrize(
    ("name", "trim", "caliper", "inches"),
    [
        # What binderies in the US ask for: universalprinting, bindagraphics.
        ("letter", LETTER, 0.3, [3.625, 3.6875, 3.6875]),
        ("letter", LETTER, COVER, [3.58333, 3.70833, 3.70833]),
        ("z", LETTER, 0.3, [3.66667, 3.66667, 3.66667]),
        ("half", LETTER, 0.3, [5.5, 5.5]),
        ("gate", WIDE, 0.3, [4.21875, 8.5625, 4.21875]),
        ("double-gate", WIDE, 0.3, [4.21875, 4.28125, 4.28125, 4.21875]),
        ("accordion", WIDE, 0.3, [4.25, 4.25, 4.25, 4.25]),
        ("roll", WIDE, 0.3, [4.15625, 4.21875, 4.3125, 4.3125]),
    ],
)
def test_panels_that_are_rolled_in_are_narrower(
    name: str, trim: Size, caliper: float, inches: list[float]
) -> None:
    folding = fold(name, trim, caliper)
    widths = [panel.width / 72 for panel in folding.outside.panels]
    assert widths == pytest.approx(inches, abs=1e-4)
    assert sum(widths) * 72 == pytest.approx(trim.width)


def test_a_bindery_may_name_its_own_roll_in() -> None:
    folding = fold("letter", A4, roll_in=2 * 72 / 25.4)
    widths = [round(panel.width * 25.4 / 72, 2) for panel in folding.inside.panels]
    assert widths == [99.67, 99.67, 97.67]  # shops round it to 100, 100 and 97 mm


@pytest.mark.parametrize("is_right_to_left", [False, True])
@pytest.mark.parametrize("name", FOLDS)
def test_the_inside_lies_behind_the_outside(name: str, is_right_to_left: bool) -> None:
    """Turned over sideways, what lay at x lies at the width less x: folds and panels alike."""
    folding = fold(name, LETTER, is_right_to_left=is_right_to_left)
    mirrored = [LETTER.width - x for x in reversed(folding.inside.folds_x)]
    assert folding.outside.folds_x == pytest.approx(mirrored)
    assert folding.outside.folds_y == folding.inside.folds_y
    if name != "french":
        behind = [(LETTER.width - p.right, LETTER.width - p.left) for p in folding.inside.panels]
        edges = [(panel.left, panel.right) for panel in folding.outside.panels]
        assert edges == [pytest.approx(pair) for pair in reversed(behind)]


@pytest.mark.parametrize("name", FOLDS)
def test_panels_fill_their_side_and_are_read_once(name: str) -> None:
    folding = fold(name, LETTER)
    orders = [panel.order for panel in folding.reading]
    assert orders == list(range(1, len(orders) + 1))
    for side in folding.sides:
        area = sum(panel.width * (panel.top - panel.foot) for panel in side.panels)
        assert area == pytest.approx(LETTER.width * LETTER.height)
        assert [panel.order for panel in side.reading] == sorted(p.order for p in side.panels)


def test_the_letter_folds_inner_panel_is_the_one_that_is_read_second() -> None:
    """Its flap is what meets the eye when the cover is opened; on the inside it lies right."""
    folding = fold("letter", LETTER)
    narrow = [side.panels[at].width for side, at in ((folding.outside, 0), (folding.inside, 2))]
    assert narrow == [3.625 * 72, 3.625 * 72]
    assert folding.reading[1] == folding.outside.panels[0]
    assert folding.outside.folds_x == pytest.approx((261, 526.5))
    assert folding.inside.folds_x == pytest.approx((265.5, 531))
    assert folding.folded == Size(265.5, 612)


def test_what_reads_from_right_to_left_folds_the_other_way() -> None:
    folding = fold("letter", LETTER, is_right_to_left=True)
    assert (shown(folding.outside), shown(folding.inside)) == ("1 6 2", "5 4 3")
    assert folding.cover.left == 0


def test_a_trim_that_is_too_narrow_is_refused() -> None:
    with pytest.raises(ValueError, match="too narrow"):
        fold("roll", Size(5, 100))
    with pytest.raises(KeyError):
        fold("crumple", LETTER)
