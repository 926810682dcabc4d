"""Openings of a list: one size, within their measure, and no better size is missed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose import compose_face
from hrcpub.pipeline.setting import Face, Openings, fit
from hrcpub.project.layout import read_system
from tests.shared.project import ROOT

WORDS = st.sampled_from(
    ["a", "of", "Accepts,", "the", "Establishes", "government", "health", "care", "y", "HIV"]
)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def face() -> Face:
    sources = Sources(ROOT)
    return compose_face("display", read_system(sources), Project(sources))


def test_the_longest_word_decides_for_all(face: Face) -> None:
    openings = Openings(["Accepts,", "Establishes", "Does not"], face, 176, 6)
    assert openings.largest == pytest.approx(fit("Establishes", face, 176).size)
    lines = openings.lines(openings.largest)
    assert {line.size for row in lines for line in row} == {openings.largest}
    assert [[line.text for line in row] for row in lines] == [
        ["Accepts,"], ["Establishes"], ["Does not"]
    ]  # fmt: skip


def test_lines_are_few_and_no_line_ends_with_a_word_that_leans(face: Face) -> None:
    openings = Openings(["A lack of universal health care"], face, 176, 6)
    size = fit("universal health", face, 176).size
    (lines,) = openings.lines(size)
    assert [line.text for line in lines] == ["A lack", "of universal", "health care"]


def test_lines_of_one_list_have_one_leading_with_tails_or_without(face: Face) -> None:
    both = Openings(["A lack of health", "The federal government"], face, 176, 6)
    alone = Openings(["A lack of health"], face, 176, 6)
    size = fit("government", face, 176).size
    assert [len(row) for row in both.lines(size)] == [2, 2]
    assert both.leading(size) > both.lines(size)[0][1].rise + 6 - 1e-6
    assert both.leading(size) >= alone.leading(size)
    assert both.heights(size)[0] - alone.heights(size)[0] == pytest.approx(
        both.leading(size) - alone.leading(size)
    )
    tailed = Openings(["government of", "health"], face, 176, 6)
    assert tailed.leading(size) > Openings(["health", "of"], face, 176, 6).leading(size)


@given(TEXTS, st.floats(min_value=40, max_value=600))
def test_no_line_is_wider_than_the_measure(face: Face, texts: list[str], measure: float) -> None:
    openings = Openings(texts, face, measure, 6)
    for size in (openings.largest, openings.largest / 2):
        rows = openings.lines(size)
        assert [" ".join(line.text for line in row) for row in rows] == texts
        assert max(line.measure for row in rows for line in row) <= measure + 1e-4
        assert all(high > 0 for high in openings.heights(size))


@given(TEXTS)
def test_a_smaller_size_never_takes_more_lines(face: Face, texts: list[str]) -> None:
    openings = Openings(texts, face, 176, 6)
    counts = [
        [len(row) for row in openings.lines(openings.largest * share)] for share in (1, 0.8, 0.5)
    ]
    assert all(a >= b >= c for a, b, c in zip(*counts, strict=True))
