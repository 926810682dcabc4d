"""Sheets of labels as data: what is known of them, and what is wrong with one that cannot be."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.project.label_sheets import PATH, LabelSheet, label_sheet, read_label_sheets
from tests.shared.project import ROOT

SHEETS = read_label_sheets(Sources(ROOT))


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_each_sheet_lies_in_the_middle_of_its_paper(sheet: LabelSheet) -> None:
    """Both figures come from makers' tables, so that a slip in one of them shows here."""
    last = sheet.places[-1]
    right = sheet.size.width - last.left - sheet.label.width
    foot = sheet.size.height - last.top - sheet.label.height
    assert right == pytest.approx(sheet.left, abs=0.1)
    assert foot == pytest.approx(sheet.top, abs=0.1)


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_a_sheets_line_says_how_many_labels_it_has(sheet: LabelSheet) -> None:
    assert sheet.about.split()[0] == str(sheet.count)
    assert len(sheet.places) == sheet.count
    assert sheet.source


def test_labels_count_along_the_rows() -> None:
    sheet = SHEETS["5160"]
    first, second, fourth = sheet.places[0], sheet.places[1], sheet.places[3]
    assert (second.left - first.left, second.top) == (pytest.approx(2.75 * 72), first.top)
    assert (fourth.left, fourth.top - first.top) == (first.left, pytest.approx(72))


def test_a_number_means_one_sheet() -> None:
    names = Counter(name for sheet in SHEETS.values() for name in sheet.names)
    assert [name for name, count in names.items() if count > 1] == []


def test_other_numbers_and_large_letters_find_the_same_sheet() -> None:
    assert label_sheet("8160", SHEETS) is SHEETS["5160"]
    assert label_sheet("J8160", SHEETS) is SHEETS["l7160"]
    assert label_sheet(" Avery 5160 ", SHEETS) is SHEETS["5160"]


def test_sizes_are_said_as_the_maker_says_them() -> None:
    assert SHEETS["5163"].label_size == "4 x 2 in"
    assert SHEETS["l7160"].label_size == "63.5 x 38.1 mm"


def test_an_unknown_number_is_a_problem_with_the_nearest() -> None:
    with pytest.raises(HrcpubError) as caught:
        label_sheet("l7160x", SHEETS)
    (problem,) = caught.value.problems
    assert problem.code == "labels-unknown"
    assert problem.hint == 'did you mean "l7160"? `hrcpub labels --list` has all of them'


@pytest.mark.parametrize(
    ("old", "new"),
    [("across: 2.75 in", "across: 2.5 in"), ("left: 0.1875 in", "left: 1 in")],
    ids=["over each other", "beyond the paper"],
)
def test_labels_that_cannot_lie_so_are_a_problem_at_their_line(
    project: Path, old: str, new: str
) -> None:
    path = project / PATH
    text = path.read_text(encoding="utf-8")
    path.unlink()
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(HrcpubError) as caught:
        read_label_sheets(Sources(project))
    (problem,) = caught.value.problems
    assert problem.code == "labels-misfit"
    assert problem.source is not None
    assert problem.source.line == text[: text.index('"5160"')].count("\n") + 1
