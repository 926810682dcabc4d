"""Every layout takes any title: short, long, of one word; it is on the page as it was typed."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path

import pytest

from hrcpub.build.batch import BuildWorker
from tests.shared.pages import glyphs, texts
from tests.whole.test_layouts import TITLED, assert_right, build, pdf, sample, slots

# By how they are hard to set; those that are longer than a layout's limit are not for it.
TITLES = {
    "two letters": "HR",
    "very unequal": "I Responsibilities",
    "small words": "What to Do in the Case of an Overdose",
    "nine words": "Where Can I Get Naloxone Free in Oakland Tonight",
    "a long word": "Antidiskriminierungsbeauftragtenstellen",
    "hyphens": "Night-Outreach-Coordination-Supervisor",
    "tails and accents": "Équipe de nuit: gjpqy Åç",
    "a number": "24/7",
    "with weight": "We Carry *Naloxone*",
    "weight first": "*Harm Reduction* Saves Lives",
    "one word": "Naloxone",
    "tails in the first line": "Typography jumps",
    "a question of one word": "Why?",
}


APART = ("one word", "tails in the first line", "a question of one word")
EACH = 4  # titles that a layout is tried with; the next one begins where it left off


def titles_of(layout: str) -> list[str]:
    """Return some of the titles that a layout has room for."""
    limit, first = int(slots(layout)["title"]["limit"]), TITLED.index(layout) * EACH
    kinds = [kind for kind, title in TITLES.items() if len(title) <= limit]
    return [kinds[(first + turn) % len(kinds)] for turn in range(min(EACH, len(kinds)))]


PAIRS = [(layout, kind) for layout in TITLED for kind in titles_of(layout)]


def test_every_title_is_tried_with_some_layouts() -> None:
    tried = Counter(kind for _, kind in PAIRS)
    assert set(tried) == set(TITLES)
    assert min(tried.values()) >= 2


@pytest.mark.parametrize(("layout", "kind"), PAIRS)
def test_a_layout_takes_any_title(layout: str, kind: str, worker: BuildWorker) -> None:
    """It is whole; tails of a title of one kind hang clear of what stands under them."""
    title, material = TITLES[kind], sample(layout)
    material["words"] |= {
        name: title for name in ("title", "question", "reach") if name in material["words"]
    }
    # Large print sets the titles of all layouts alike: so it is tried with one.
    tried = ("screen", "large-print") if layout == "card" else ("screen",)
    sheet = "a4" if list(TITLES).index(kind) % 2 else "letter"
    assert_right(build(worker, layout, material, tried, sheet=sheet), "title-small", made=tried)
    for edition in tried:
        # PDFium calls a hyphen at a line's end U+0002.
        pages = " ".join("".join(texts(pdf(worker, edition))).replace("\2", "-").split())
        assert title.replace("*", "") in pages, edition
    assert kind not in APART or touching(pdf(worker, "screen")) == []


def touching(file: Path) -> list[tuple[str, str]]:
    """Return the letters of display lines that come within 1 pt of another line's letters."""
    pairs = [
        (one, other)
        for page in glyphs(file)
        for one, other in itertools.product((g for g in page if "Gothic" in g.font), page)
        if (one.y, one.size) != (other.y, other.size)
    ]
    assert pairs, "there are no display lines"
    return [(one.text, other.text) for one, other in pairs if are_near(one.ink, other.ink)]


def are_near(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two boxes (left, foot, right, top) are less than 1 pt apart."""
    return all(
        min(one[side + 2], other[side + 2]) - max(one[side], other[side]) > -1 for side in (0, 1)
    )


def test_a_word_that_is_hardly_larger_than_the_text_is_told(worker: BuildWorker) -> None:
    material = sample("trifold")
    material["words"]["title"] = TITLES["a long word"]
    report = build(worker, "trifold", material, ("screen",))
    [told] = [problem for problem in report.all_problems if problem.code == "title-small"]
    assert not told.is_error
    assert told.source is not None
    assert Path(told.source.path).name == "piece.yaml"
    material["words"]["title"] = TITLES["hyphens"]
    report = build(worker, "trifold", material, ("screen",))
    assert "title-small" not in {problem.code for problem in report.all_problems}
