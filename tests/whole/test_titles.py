"""Every layout takes any title: short, long, of one word; it is on the page as it was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.build.batch import BuildWorker
from tests.shared.pages import texts
from tests.whole.test_layouts import LAYOUTS, assert_right, build, pdf, sample, slots

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
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_takes_any_title(layout: str, worker: BuildWorker) -> None:
    limit = int(slots(layout)["title"]["limit"])
    titles = [title for title in TITLES.values() if len(title) <= limit]
    assert len(titles) >= len(TITLES) / 2
    # Large print sets the titles of all layouts alike: so it is tried with one.
    tried = ("screen", "large-print") if layout == "card" else ("screen",)
    for number, title in enumerate(titles):
        material = sample(layout)
        material["words"] |= {
            name: title for name in ("title", "question", "reach") if name in material["words"]
        }
        sheet = "a4" if number % 2 else "letter"
        report = build(worker, layout, material, tried, sheet=sheet)
        assert_right(report, "title-small", made=tried)
        for edition in tried:
            # PDFium calls a hyphen at a line's end U+0002.
            pages = " ".join("".join(texts(pdf(worker, edition))).replace("\2", "-").split())
            assert title.replace("*", "") in pages, (edition, title)


def test_a_word_that_is_hardly_larger_than_the_text_is_told(worker: BuildWorker) -> None:
    material = sample("card")
    material["words"]["title"] = TITLES["a long word"]
    report = build(worker, "card", material, ("screen",))
    [told] = [problem for problem in report.all_problems if problem.code == "title-small"]
    assert not told.is_error
    assert told.source is not None
    assert Path(told.source.path).name == "piece.yaml"
    material["words"]["title"] = TITLES["hyphens"]
    report = build(worker, "card", material, ("screen",))
    assert "title-small" not in {problem.code for problem in report.all_problems}
