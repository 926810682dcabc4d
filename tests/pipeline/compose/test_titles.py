"""The parts of a title: what leads, what follows, and what its author marked."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.compose.titles import parts, weights
from hrcpub.problems import Source
from hrcpub.project.words import Words

TITLES = {
    "Why Do We Need a Van?": ("Why", "Do We Need a Van?", []),
    "Naloxone": ("Naloxone", "", []),
    "*Naloxone* Saves Lives": ("Naloxone", "Saves Lives", [0]),
    "*Harm Reduction* Works": ("Harm Reduction", "Works", [0, 1]),
    "We Carry *Naloxone*": ("We", "Carry *Naloxone*", [2]),
    "We **Carry It** Here": ("We", "**Carry It** Here", [1, 2]),
    "*Stop* and *Go*": ("Stop", "and Go", [0, 2]),
    "*All of It*": ("All", "of It", [0, 1, 2]),
    r"A \* Sign": ("A", "* Sign", []),
}


@pytest.mark.parametrize(("title", "said"), TITLES.items(), ids=TITLES)
def test_a_title_has_what_leads_it_and_the_rest(
    title: str, said: tuple[str, str, list[int]]
) -> None:
    first, rest = parts(Words(title, Source("x.yaml", 1)), "en")
    assert (first.text, rest.text) == said[:2]
    marks = weights(title, "en")
    assert [number for number, mark in enumerate(marks) if mark] == said[2]
