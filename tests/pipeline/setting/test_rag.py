"""The best breaks of a ragged paragraph, and that WeasyPrint breaks where they are."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose import compose
from hrcpub.pipeline.setting import Face, balance, hang, rag
from hrcpub.pipeline.setting.rag import SAFE
from hrcpub.pipeline.typeset import typeset
from hrcpub.project.material import read_material
from tests.shared.pages import texts
from tests.shared.project import PIECES, ROOT

FRANKLIN = Face((ROOT / "fonts/libre-franklin/LibreFranklin-Regular.ttf").read_bytes())
# A typewriter's letters are as wide as each other, so that tables can be read.
MEASURE = 20.0 + SAFE


def typed(text: str, measure: float = MEASURE) -> list[str] | None:
    """Return the lines of a text in letters one point wide."""
    breaks = rag(text, [1.0] * len(text), measure)
    return None if breaks is None else [text[start:end] for start, end in breaks]


def greedy(text: str, width: Callable[[str], float], measure: float) -> list[str]:
    """Return the lines as WeasyPrint would break them: each takes what it can."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer) <= measure:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("one", ["one"]),
        ("exactly twenty wide.", ["exactly twenty wide."]),
        # Even lines, where greedy breaking would leave "end" alone.
        ("all of these words go to an end", ["all of these words", "go to an end"]),
        # No line ends in a word that leans on the next one.
        (
            "it was said once that the river ran dry",
            ["it was said once", "that the river", "ran dry"],
        ),
        ("longlonglonglonglo a short word", ["longlonglonglonglo", "a short word"]),
        # Unless its line would be a hole in the rag without it.
        ("longlonglonglong the short word", ["longlonglonglong the", "short word"]),
    ],
)
def test_a_paragraph_is_broken_as_a_whole(text: str, lines: list[str]) -> None:
    assert typed(text) == lines


@pytest.mark.parametrize("word", ["x" * 21, "x" * 500])
def test_a_word_wider_than_the_measure_has_no_best_breaks(word: str) -> None:
    assert typed(f"short {word} words") is None


def test_a_word_as_wide_as_the_measure_still_has() -> None:
    assert typed("short " + "x" * 20) == ["short", "x" * 20]


TEXTS = st.lists(st.text("abcdefghij", min_size=1, max_size=20), min_size=1, max_size=40).map(
    " ".join
)


@given(TEXTS)
def test_every_word_stays_and_no_line_is_wider_or_more_than_greedy_takes(text: str) -> None:
    lines = typed(text)
    assert lines is not None
    assert " ".join(lines) == text
    assert max(map(len, lines)) <= 20
    assert len(lines) <= len(greedy(text, len, 20))


SENTENCES = st.lists(
    st.sampled_from(
        [
            "the",
            "of",
            "a",
            "harm",
            "reduction",
            "strategies",
            "drug",
            "users",
            "and",
            "communities",
            "in",
        ]
    ),
    min_size=1,
    max_size=60,
).map(" ".join)


@given(SENTENCES, st.floats(min_value=80, max_value=400))
def test_words_set_in_the_text_face_keep_to_the_measure(text: str, measure: float) -> None:
    advances = [width * 10.75 for width in FRANKLIN.advances(text)]
    breaks = rag(text, advances, measure)
    assert breaks is not None
    assert " ".join(text[start:end] for start, end in breaks) == text
    assert all(sum(advances[start:end]) <= measure for start, end in breaks)

    def width(line: str) -> float:
        return sum(FRANKLIN.advances(line)) * 10.75

    assert len(breaks) <= len(greedy(text, width, measure - SAFE))


@pytest.mark.parametrize("leaning", ["the", "of", "a", "and", "to"])
def test_no_line_ends_in_a_leaning_word_where_it_can_be_avoided(leaning: str) -> None:
    words = f"wide enough {leaning} next ones here {leaning} last words of all that there are"
    lines = typed(words)
    assert lines is not None
    assert not any(line.split()[-1] == leaning for line in lines[:-1])


class Lines(HTMLParser):
    """Collects the lines of each `<span class="set-lines">`."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ("class", "set-lines") in attrs:
            self.texts.append("")
            self.depth = 1
        elif self.depth:
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth = max(0, self.depth - 1)

    def handle_data(self, data: str) -> None:
        if self.depth:
            first, *others = data.split("\n")
            self.texts[-1] += first
            self.texts += others


@pytest.mark.slow(but=["principles", "why-in-short"])
@pytest.mark.parametrize("name", [name for name in PIECES if PIECES[name].lines > 4])
def test_weasyprint_breaks_where_the_best_rag_does(name: str, sources: Sources) -> None:
    html = compose(read_material(Project(sources), name), Project(sources))
    parser = Lines()
    parser.feed(html.text)
    assert len(parser.texts) > 20
    pdf = typeset(html, Project(sources)).document.write_pdf()
    printed = [line.strip() for text in texts(pdf) for line in text.splitlines()]
    # An opening may stand on the same line as the text that goes on beside it, a tab after one.
    first = [line for line in parser.texts if line in printed]
    beside = [line for line in parser.texts if line not in first]
    lone = [
        line
        for line in beside
        if not any(f" {line}" in shown or shown.startswith(f"{line} ") for shown in printed)
    ]
    assert lone == []
    assert len(beside) <= 10


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        # A number and its unit are one word.
        (
            "all take at most 15 mg of it each day now",
            ["all take at most", "15 mg of it each", "day now"],
        ),
        ("call them at (212) 213-6376", ["call them at", "(212) 213-6376"]),
        # A line may end after a dash, and no line begins with one.
        ("of health and well-being—not cure", ["of health and", "well-being—not cure"]),
        ("it is wellbeing—notwithstanding", ["it is wellbeing—", "notwithstanding"]),
        ("“a word in quotes”—so it is", ["“a word in quotes”—", "so it is"]),
        # Too wide together: then they part after all.
        ("Suite 510000000000000000", ["Suite", "510000000000000000"]),
    ],
)
def test_what_belongs_together_stands_on_one_line(text: str, lines: list[str]) -> None:
    assert typed(text) == lines


def test_an_opening_quotation_mark_hangs_and_leaves_its_room_to_the_words() -> None:
    assert typed("“exactly twenty wide.") == ["“exactly twenty wide."]
    assert typed("xexactly twenty wide.") != ["xexactly twenty wide."]
    assert hang("“Words", [2.0, 1, 1, 1, 1, 1]) == 2
    assert hang("Words", [2.0, 1, 1, 1, 1]) == 0
    assert hang("", []) == 0


def balanced(text: str, measure: float = MEASURE) -> list[str] | None:
    """Return a headline's lines in letters one point wide."""
    breaks = balance(text, [1.0] * len(text), measure)
    return None if breaks is None else [text[start:end] for start, end in breaks]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("One Word", ["One Word"]),
        ("What Everyone Should Know", ["What Everyone", "Should Know"]),
        ("Where to Find the Nearest Place", ["Where to Find", "the Nearest Place"]),
        ("Unbreakablybroadheadline", None),
    ],
)
def test_a_headline_is_balanced(text: str, lines: list[str] | None) -> None:
    assert balanced(text) == lines


@given(st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=14).map(" ".join))
def test_a_balanced_headline_takes_no_more_lines_than_greedy_breaking(text: str) -> None:
    lines = balanced(text)
    assert lines is not None
    assert " ".join(lines) == text
    assert len(lines) == len(greedy(text, len, MEASURE - SAFE))
