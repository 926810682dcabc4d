"""Every layout takes any title: short, long, of one word; it is on the page as it was typed."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path

from hrcpub.build.batch import BuildWorker
from tests.shared.pages import glyphs
from tests.shared.pairs import spread
from tests.whole.test_layouts import TITLED, build, sample, slots

TAILS = "a tail at the end"  # tried with every layout
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
    TAILS: "Éjög Ůpy qÅ? Why gypsy",
}
APART = ("one word", "tails in the first line", "a question of one word")
EACH = 4  # titles that a layout is tried with; the next one begins where it left off
ENDING = dict(spread(TITLED, ("letter", "a4"), 1))  # layout: where its title ends in a tail


def titles_of(layout: str, sheet: str) -> list[str]:
    """Return some of the titles that a layout has room for: those that one paper has."""
    if layout not in TITLED:
        return []
    limit, first = int(slots(layout)["title"]["limit"]), TITLED.index(layout) * EACH
    kinds = [name for name, title in TITLES.items() if len(title) <= limit and name != TAILS]
    found = [kinds[(first + turn) % len(kinds)] for turn in range(min(EACH, len(kinds)))]
    turns = [kind for kind in found if ("letter", "a4")[[*TITLES].index(kind) % 2] == sheet]
    return [*turns, TAILS] if ENDING[layout] == sheet else turns


def test_every_title_is_tried_with_some_layouts() -> None:
    papers = itertools.product(TITLED, ("letter", "a4"))
    tried = Counter(kind for layout, sheet in papers for kind in titles_of(layout, sheet))
    assert set(tried) == set(TITLES)
    assert min(tried.values()) >= 2


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


def test_a_very_short_first_word_has_others_beside_it(worker: BuildWorker) -> None:
    material = sample("half-sheet")
    material["words"]["title"] = "Is This the Right Place?"
    report = build(worker, "half-sheet", material, ("screen",))
    [file] = [Path(worker.options.root) / output.path for output in report.outputs]
    large = [glyph for glyph in glyphs(file)[0] if "Gothic" in glyph.font]
    first = [glyph.text for glyph in large if glyph.y == max(glyph.y for glyph in large)]
    assert "".join(first).replace(" ", "") == "IsThistheRight"
