"""What two sequences have in common at their ends is counted once, never for both ends."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.compare.common_ends import common_ends


@pytest.mark.parametrize(
    ("before", "after", "ends"),
    [
        ("", "", (0, 0)),
        ("abc", "abc", (3, 0)),
        ("abXcd", "abYcd", (2, 2)),
        ("aba", "aba aba", (3, 0)),
        ("aa", "aaa", (2, 0)),
        ("xab", "yab", (0, 2)),
        ("ab", "ba", (0, 0)),
    ],
)
def test_ends_do_not_overlap(before: str, after: str, ends: tuple[int, int]) -> None:
    assert common_ends(before, after) == ends
    head, tail = common_ends(after, before)
    assert (head, tail) == ends
