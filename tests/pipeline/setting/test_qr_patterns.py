"""What codes of a version have in common is segno's in every version."""

from __future__ import annotations

import pytest
import segno

from hrcpub.pipeline.setting.qr_patterns import MASKS, dark_patterns, names, patterns, side


def by_segno(version: int, mask: int) -> list[bytes]:
    code = segno.make(
        "a", error="m", boost_error=False, micro=False, encoding="utf-8", mask=mask, version=version
    )
    return [bytes(row) for row in code.matrix]


@pytest.mark.parametrize("version", range(1, 41))
def test_patterns_and_names_are_those_of_segno(version: int) -> None:
    """Each mask's name is there in several versions."""
    mask = version % len(MASKS)
    rows, named = by_segno(version, mask), names(version, mask)
    dark = dark_patterns(version) | {place for place, is_dark in named.items() if is_dark}
    assert not dark_patterns(version) & named.keys()
    assert dark <= patterns(version)
    assert dark == {(x, y) for x, y in patterns(version) if rows[y][x]}
    assert all(0 <= x < side(version) and 0 <= y < side(version) for x, y in patterns(version))


def test_each_mask_changes_what_segnos_does() -> None:
    first = by_segno(2, 0)
    free = [(x, y) for x in range(25) for y in range(25) if (x, y) not in patterns(2)]
    for mask, is_dark in enumerate(MASKS):
        rows = by_segno(2, mask)
        changed = [rows[y][x] != first[y][x] for x, y in free]
        assert changed == [is_dark(x, y) != MASKS[0](x, y) for x, y in free]
