"""Every layout says once how readers reach who signs, and tagged editions link it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.build.batch import BuildWorker
from tests.judges import verapdf
from tests.shared.pages import links, texts
from tests.whole.test_layouts import LAYOUTS, assert_right, build, counted, forms_of, pdf, sample

SAID = ("(212) 689-6347", "Text HOME to 741741", "www.nightvan.org", "help@nightvan.org")
LINKS = {
    "tel:+12126896347",
    "sms:741741?body=HOME",
    "https://www.nightvan.org/",
    "mailto:help@nightvan.org",
}
ENTRIES = (
    "paper-size: letter\nname: Night Van\ntel: (212) 689-6347\ntext: HOME to 741741\n"
    "url: https://www.nightvan.org/\nemail: help@nightvan.org\n"
)
WAYS = ("screen", "large-print", "phone")


@pytest.fixture
def reached(worker: BuildWorker) -> BuildWorker:
    """Return a worker whose project can be reached."""
    path = Path(worker.options.root) / "materials/organisation.yaml"
    path.write_text(ENTRIES, encoding="utf-8")
    return worker


def said(file: Path) -> str:
    """Return all words of a file."""
    return " ".join(" ".join(texts(file)).split())


# A sticker and a postcard have room for one number, that of whom to call; a zine tells a story.
ROOMY = [layout for layout in LAYOUTS if layout not in ("sticker", "postcard", "zine")]


@pytest.mark.parametrize("sheet", ["letter", "a4"])
@pytest.mark.parametrize("layout", ROOMY)
def test_a_layout_says_each_way_once_and_links_it(
    reached: BuildWorker, layout: str, sheet: str
) -> None:
    # Large print and phones say it alike for all layouts: so they take turns.
    tried = forms_of(layout, 0) if sheet == "letter" else WAYS[:1]
    report = build(reached, layout, sample(layout), tried, sheet=sheet)
    assert_right(report, "sample-words", "text-fitted", made=tried)
    for way in tried:
        words = said(pdf(reached, way))
        assert [words.count(text) for text in SAID] == [1] * len(SAID), way
        assert links(pdf(reached, way)) >= LINKS, way


@pytest.mark.parametrize("layout", LAYOUTS)
def test_it_fits_beside_the_most_entries(reached: BuildWorker, layout: str) -> None:
    report = build(reached, layout, counted(layout, fewest=False), ("screen", "large-print"))
    assert_right(report, "sample-words", "text-fitted", "reach-left-out")
    assert SAID[0] in said(pdf(reached, "large-print"))


@pytest.mark.parametrize("layout", ["postcard"])
def test_a_small_piece_without_room_leaves_it_out(reached: BuildWorker, layout: str) -> None:
    report = build(reached, layout, counted(layout, fewest=False), ("screen", "large-print"))
    assert_right(report, "sample-words", "reach-left-out")
    [note] = [problem for problem in report.all_problems if problem.code == "reach-left-out"]
    assert note.source
    assert (note.source.path, note.source.line) == ("materials/organisation.yaml", 3)
    assert SAID[0] not in said(pdf(reached, "screen"))


def test_a_mistake_in_it_is_told_and_not_left_out(reached: BuildWorker) -> None:
    path = Path(reached.options.root) / "materials/organisation.yaml"
    path.write_text(ENTRIES.replace("(212) 689-6347", "{电话: (212) 689-6347}"), encoding="utf-8")
    report = build(reached, "brief", sample("brief"), ("screen",))
    [error] = [problem for problem in report.all_problems if problem.is_error]
    assert error.code == "glyph-missing"
    assert error.source
    assert (error.source.path, error.source.line) == ("materials/organisation.yaml", 3)


def test_it_is_tagged_as_it_should_be(reached: BuildWorker) -> None:
    files = []
    for layout in ("sheet", "trifold", "card"):
        build(reached, layout, sample(layout), WAYS)
        for way in WAYS:
            files.append(Path(reached.options.root) / f"{layout}-{way}.pdf")
            pdf(reached, way).rename(files[-1])
    verdicts = verapdf.judge([(verapdf.PDF_UA_1, file) for file in files])
    assert len(verdicts) == 9
    assert [str(verdict) for verdict in verdicts if not verdict.is_compliant] == []
