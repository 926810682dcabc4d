"""The parts of a title: what leads, what follows, and what its author marked."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.compose.titles import parts, running, weights
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


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        # A phrase leads; no space is between it and the rest.
        ("ja", "なぜ私たちは", ("なぜ\u200b", "私たちは")),
        ("zh-Hans", "世界人权宣言", ("世界\u200b", "人权宣言")),
        # A word of these may be half of one, so only a space or a mark says what leads.
        ("th", "ปฏิญญาสากลว่าด้วย", ("ปฏิญญาสากลว่าด้วย", "")),
        ("th", "*ปฏิญญา*สากล", ("ปฏิญญา\u200b", "สากล")),
        ("my", "အပြည်ပြည်ဆိုင်ရာ ကြေညာ", ("အပြည်ပြည်ဆိုင်ရာ", "ကြေညာ")),
        ("ko", "세계 인권 선언", ("세계", "인권 선언")),
    ],
)
def test_what_leads_where_no_spaces_are(language: str, title: str, said: tuple[str, str]) -> None:
    first, rest = parts(Words(title, Source("x.yaml", 1)), language)
    assert (first.text, rest.text) == said


def test_marks_count_for_words_without_spaces() -> None:
    assert weights("世界*人权*宣言", "zh-Hans") == [False, True, False]
    assert weights("ปฏิญญา*สากล*", "th") == [False, True]


def test_a_running_head_is_cut_where_a_line_may_end() -> None:
    assert running("Why Do We Need Harm Reduction in Our City?", "en") == (
        "Why Do We Need Harm Reduction in Ou…"
    )
    thai = running("ทำไมเราต้องมีการลดอันตรายจากการใช้สารเสพติดในเมืองของเรา", "th")
    assert thai == "ทำไมเราต้องมีการลดอันตรายจากการใช้สาร…"
    assert running("世界人权宣言", "zh-Hans") == "世界人权宣言"
