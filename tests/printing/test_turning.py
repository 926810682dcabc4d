"""The order of backs, played through with sheets of paper."""

from __future__ import annotations

import pytest

from hrcpub.printing.order import Sides
from hrcpub.printing.turning import PICTURES, Reload, backs_in_order, how_to_turn


@pytest.mark.parametrize("is_face_down", [True, False], ids=["face down", "face up"])
@pytest.mark.parametrize("reload", list(Reload))
def test_each_sheet_gets_its_own_back(reload: Reload, is_face_down: bool) -> None:
    """A tray feeds its uppermost sheet first; what comes out lies on what came out before."""
    out = list(reversed(range(4)))  # from above: the first sheet is at the bottom
    is_printed_up = not is_face_down
    must_turn = is_printed_up is not (reload is Reload.UP)
    tray = list(reversed(out)) if must_turn else out
    assert backs_in_order(4, reload, is_face_down) == tuple(tray)


@pytest.mark.parametrize("is_face_down", [True, False], ids=["face down", "face up"])
@pytest.mark.parametrize("reload", list(Reload))
def test_a_person_turns_the_pile_only_where_the_other_side_must_be_up(
    reload: Reload, is_face_down: bool
) -> None:
    steps = " ".join(how_to_turn(Sides.LONG, reload, is_face_down))
    is_up_already = (not is_face_down) is (reload is Reload.UP)
    assert ("Do not turn it over" in steps) is is_up_already
    assert f"the printed side is {reload}" in steps


def test_pictures_show_which_end_stays_up() -> None:
    assert PICTURES[Sides.LONG].count("head") == 2
    assert "over foot" in " ".join(how_to_turn(Sides.SHORT, Reload.UP, is_face_down=True))
    for picture in PICTURES.values():
        assert picture.isascii()
        assert max(map(len, picture.splitlines())) < 60
