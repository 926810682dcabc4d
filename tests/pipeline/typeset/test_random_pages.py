"""Random pages against what poppler reads in the PDF: nothing lost untold, nothing told untrue.

Every word on a page is another, so each can be looked for. Frames stand at known places; a word is
where it should be when poppler finds it inside its frame and apart from other frames' words.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.typeset import lay_out
from hrcpub.problems import Problem
from tests.shared.css_pages import make_root, page

SIZE, LEADING = 10.0, 12.0
DOUBT = 3.5  # points at a frame's edge, within which either verdict is right
WORD = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.+?)</word>')

# How words stand in a frame of a given height: CSS of the frame, and what is put around the words.
KINDS = {
    "block": ("", "<p>{}</p>"),
    "bare": ("", "{}"),
    "two paragraphs": ("", "<p>{}</p><p>{}</p>"),
    "float": ("", '<div style="float: left; width: 100%">{}</div>'),
    "inline block": ("", '<span style="display: inline-block; width: 100%">{}</span>'),
    "flex": ("display: flex", "<p>{}</p>"),
    "grid": ("display: grid", "<p>{}</p>"),
    "table": ("", "<table><tr><td>{}</td></tr></table>"),
    "columns": ("columns: 2; column-gap: 4pt", "<p>{}</p>"),
    "inner height": ("", '<div style="height: 100%">{}</div>'),
    "absolute": ("", '<div style="position: absolute; inset: 0">{}</div>'),
    "nested": ("", "<div><section><div><p>{}</p></div></section></div>"),
    "clipped": ("overflow: hidden", "<p>{}</p>"),
    "clamped": ("", '<p style="line-clamp: 2">{}</p>'),
    "hidden": ("", '<p style="visibility: hidden">{}</p>'),
    "gone": ("", '<p style="display: none">{}</p>'),
    "no break": ("", '<p style="white-space: nowrap">{}</p>'),
    "right to left": ("direction: rtl", "<p>{}</p>"),
    "shifted": ("", '<p style="position: relative; left: 30pt">{}</p>'),
    "moved": ("", '<p style="transform: translate(0, 25pt)">{}</p>'),
    "shrunk": ("", '<p style="transform: scale(0.5); transform-origin: 0 0">{}</p>'),
}


class Frame(NamedTuple):
    """A panel at a known place, with so many words."""

    kind: str
    left: int
    top: int
    width: int
    height: int
    number_of_words: int

    def words(self, number: int) -> list[str]:
        return [f"q{number}x{word:03}" for word in range(self.number_of_words)]

    def html(self, number: int) -> str:
        css, around = KINDS[self.kind]
        box = f"left:{self.left}pt;top:{self.top}pt;width:{self.width}pt;height:{self.height}pt"
        words, parts = self.words(number), around.count("{}")
        each = -(-len(words) // parts)
        texts = (" ".join(words[at * each : (at + 1) * each]) for at in range(parts))
        inner = around.format(*texts)
        return f'<div data-panel="f{number}" style="position:absolute;{box};{css}">{inner}</div>'


FRAMES = st.builds(
    Frame,
    st.sampled_from(list(KINDS)),
    st.integers(0, 100),
    st.integers(0, 110),
    st.integers(40, 120),
    st.integers(12, 120),
    st.integers(1, 60),
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("random"))


@pytest.fixture(scope="module")
def cache() -> ParsedCache:
    return ParsedCache()


Box = tuple[float, float, float, float]


def read_words(pdf: bytes) -> dict[str, Box]:
    """Return where poppler finds each word on the first page, from the trim's top left corner."""
    command = ["pdftotext", "-bbox", "-f", "1", "-l", "1", "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    found: dict[str, Box] = {}
    for match in WORD.finditer(done.stdout.decode()):
        left, top, right, bottom = (float(number) for number in match.groups()[:4])
        for word in re.findall(r"q\dx\d{3}", match[5]):
            found[word] = (left, top, right, bottom)
    return found


def past(box: Box, frame: Frame) -> float:
    """Return how far a word reaches out of its frame, the air above and below its letters apart."""
    left, top, right, bottom = box
    air = (bottom - top) * 0.25
    x, y = frame.left + 20, frame.top + 20  # the page's margins
    return max(x - left, right - x - frame.width, y - top - air, bottom - air - y - frame.height)


def meet(box: Box, other: Box, share: float = 0.25) -> float:
    """Return how much two words share, in the direction in which they share less.

    Of their height, a `share` above and below is air, where only tails and accents are.
    """
    across = min(box[2], other[2]) - max(box[0], other[0])
    air = (box[3] - box[1]) * share
    down = min(box[3], other[3]) - max(box[1], other[1]) - 2 * air
    return min(across, down)


@pytest.mark.slow
@settings(max_examples=200)
@given(frames=st.lists(FRAMES, min_size=1, max_size=3))
def test_a_page_is_judged_as_poppler_reads_it(
    root: Path, cache: ParsedCache, frames: list[Frame]
) -> None:
    body = "".join(frame.html(number) for number, frame in enumerate(frames))
    pages = lay_out(page(f'<section class="side">{body}</section>'), Project(Sources(root), cache))
    told = [*pages.problems, *(overset.problem for overset in pages.oversets)]
    facts = Facts(frames, read_words(pages.document.write_pdf()))
    said = [problem.message for problem in told]
    assert facts.is_doubtful or bool(told) == facts.is_wrong, (body, said)
    for problem in told:
        assert facts.bears_out(problem), (body, problem.message)


class Facts:
    """What poppler says of frames: how many words are missing, how far others are out of place."""

    def __init__(self, frames: list[Frame], found: dict[str, Box]) -> None:
        asked = {w: frame for n, frame in enumerate(frames) for w in frame.words(n)}
        there = {word: box for word, box in found.items() if word in asked}
        self.missing = len(asked) - len(there)
        self.past = max((past(box, asked[word]) for word, box in there.items()), default=-99.0)
        safe = Frame("", 9 - 20, 9 - 20, 182, 182, 0)
        self.outside = max((past(box, safe) for box in there.values()), default=-99.0)
        pairs = [
            (box, other)
            for word, box in there.items()
            for one, other in there.items()
            if word < one and asked[word] is not asked[one]
        ]
        self.meets = max((meet(*pair) for pair in pairs), default=-99.0)
        self.touches = max((meet(*pair, share=0.0) for pair in pairs), default=-99.0)
        self.is_narrow = any(f.kind == "columns" and f.width < 72 for f in frames)

    @property
    def is_wrong(self) -> bool:
        return self.missing > 0 or max(self.past, self.outside, self.meets) > DOUBT

    @property
    def is_doubtful(self) -> bool:
        near = max(self.past, self.outside, self.meets)
        return self.is_narrow or (not self.missing and -DOUBT < near <= DOUBT)

    def bears_out(self, problem: Problem) -> bool:
        """Return whether there is a cause for what was told."""
        match problem.code:
            case "text-lost" | "text-hidden" | "text-ellipsis":
                return self.missing > 0
            case "text-overset" | "text-clipped" | "text-wide":
                return self.is_narrow or self.past > -DOUBT or self.missing > 0
            case "text-outside":
                # poppler leaves out what is off the page
                return self.outside > -DOUBT or self.missing > 0
            case "text-overlap":
                return self.meets > -DOUBT
            case "text-touching":
                return self.touches > -DOUBT
        return False
