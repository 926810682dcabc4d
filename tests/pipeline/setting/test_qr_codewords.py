"""Codewords and their places are segno's in every version."""

from __future__ import annotations

import pytest
import segno

from hrcpub.pipeline.setting.qr_codewords import codewords, places, version_for
from hrcpub.pipeline.setting.qr_patterns import side

# Bytes that each version holds at level M (ISO/IEC 18004, Table 7).
MOST = (
    14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666,
    711, 779, 857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989,
    2099, 2213, 2331,
)  # fmt: skip


def by_segno(text: str, version: int) -> list[int]:
    """Return the modules of a code with the first mask, in the order of its bits."""
    code = segno.make(
        text, error="m", boost_error=False, micro=False, encoding="utf-8", mask=0, version=version
    )
    return [code.matrix[y][x] for x, y in places(version)]


def ours(text: str, version: int) -> list[int]:
    """Return the same by our codewords."""
    said = codewords(text.encode(), version)
    at = places(version)
    bits = f"{int.from_bytes(said):0{8 * len(said)}b}".ljust(len(at), "0")
    return [int(bit) ^ ((x + y) % 2 == 0) for bit, (x, y) in zip(bits, at, strict=True)]


@pytest.mark.slow(but=["1", "2", "7", "10", "14", "27"])
@pytest.mark.parametrize("version", range(1, 41))
def test_codewords_are_those_of_segno(version: int) -> None:
    """Full, and nearly empty: blocks of two lengths, and what fills a code up."""
    for text in ("x" * MOST[version - 1], "é"):
        assert ours(text, version) == by_segno(text, version)


def test_a_version_holds_what_the_standard_says() -> None:
    for version, most in enumerate(MOST, 1):
        assert version_for(most) == version
        assert version_for(most + 1) == (version + 1 if version < 40 else None)
    assert [side(1), side(40)] == [21, 177]
