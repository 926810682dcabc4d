"""Where a label's words stand: inside of its area, as large as they go, nothing over another."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrcpub.events.imprint import ImprintLine
from hrcpub.events.labels.corner import LabelArea
from hrcpub.events.labels.setting import LEAST, SetLabel, set_labels
from hrcpub.events.labels.sheets import area_of
from hrcpub.events.labels.words import LabelContent, LabelWords
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose import paper_faces
from hrcpub.pipeline.setting import Face, InkBox
from hrcpub.problems import HrcpubError, Source
from hrcpub.project.label_sheets import read_label_sheets
from hrcpub.project.layout import read_system
from tests.shared.project import ROOT

PROJECT = Project(Sources(ROOT))
SHEETS = read_label_sheets(PROJECT.sources)
ROW = Source("materials/sites.csv", 4)
STREET = ("34 Calle Ejemplo, 2.º piso", "Oakland, CA 94601")
OTHERS = ("مركز صحة المجتمع", "មជ្ឈមណ្ឌលសុខភាពសហគមន៍", "Nhà Văn Hóa Đường Số 7", "社区健康中心")
FACES: Mapping[str, Face] = paper_faces(" ".join(OTHERS), read_system(PROJECT.sources), PROJECT)[1]


def box(name: str = "Clínica Esperanza", things: int = 3) -> LabelWords:
    contents = tuple(
        LabelContent(f"{100 * (n + 1):,}", f"Postcard: What Is Harm Reduction, part {n + 1}?")
        for n in range(things)
    )
    return LabelWords(
        name,
        STREET,
        ROW,
        (2, 12),
        contents,
        (LabelContent("600", "Postcard"),),
        "600 pieces",
        ("Oakland Health Fair", "There by Wednesday, June 9", "Please open by Saturday, June 12"),
        "https://example.org/esperanza",
    )


def address(name: str = "Clínica Esperanza") -> LabelWords:
    return LabelWords(name, STREET, ROW)


def one(words: LabelWords, area: LabelArea) -> SetLabel:
    return set_labels([words], area, FACES, "4 x 2 in")[0]


def inked(line: ImprintLine) -> InkBox:
    """Return where a line's ink lies: left, right, and top and bottom downwards."""
    ink = FACES[line.face].display_ink(line.text)
    return InkBox(
        line.x + ink.left * line.size,
        line.x + ink.right * line.size,
        line.y - ink.top * line.size,
        line.y - ink.bottom * line.size,
    )


def assert_inside(label: SetLabel, area: LabelArea) -> None:
    for line in label.lines:
        ink = inked(line)
        assert min(ink.left, ink.top) >= -0.01, line
        assert ink.right <= area.width + 0.01, line
        assert ink.bottom <= area.height + 0.75, line
    if label.code:
        side = len(label.code.rows) * label.code.module
        assert label.code.x + side <= area.width + area.quiet
        assert label.code.y + side <= area.height + area.quiet


def assert_apart(label: SetLabel) -> None:
    """No line's ink touches another's, or the code with its quiet zone."""
    inks = [inked(line) for line in label.lines]
    for number, ink in enumerate(inks):
        for other in inks[number + 1 :]:
            is_beside = ink.right <= other.left or other.right <= ink.left
            assert is_beside or ink.bottom <= other.top or other.bottom <= ink.top
        if label.code:
            quiet = 4 * label.code.module
            is_left = ink.right <= label.code.x - quiet + 0.01
            assert is_left or ink.bottom <= label.code.y - quiet + 0.01


@pytest.mark.parametrize("number", SHEETS)
def test_on_every_sheet_words_are_inside_and_apart(number: str) -> None:
    area = area_of(SHEETS[number])[0]
    for words in (address(), address("Night Van"), *([box()] if area.height > 50 else [])):
        label = one(words, area)
        assert_inside(label, area)
        assert_apart(label)
        assert min(line.size for line in label.lines) >= 6


@pytest.mark.parametrize("name", OTHERS)
def test_names_in_other_scripts_fit_as_well(name: str) -> None:
    area = area_of(SHEETS["5163"])[0]
    label = one(box(name), area)
    assert_inside(label, area)
    assert_apart(label)
    assert "".join(name.split()) in "".join("".join(line.text.split()) for line in label.lines)


def test_a_large_label_says_all_of_it() -> None:
    label = one(box(), area_of(SHEETS["5164"])[0])
    said = " ".join(line.text for line in label.lines)
    for text in ("100", "200", "300", "part 3?", "of 12", "There by Wednesday, June 9"):
        assert text in said
    assert label.code


def test_what_need_not_be_there_goes_before_the_name_gets_small() -> None:
    """Titles, then kinds, then the number of pieces alone."""
    area = area_of(SHEETS["5163"])[0]
    kinds = " ".join(line.text for line in one(box(things=8), area).lines)
    assert "part 8" not in kinds
    assert "Postcard" in kinds
    small = " ".join(line.text for line in one(box(), area_of(SHEETS["5160"])[0]).lines)
    assert "600 pieces" in small
    assert "There by" not in small


def test_the_name_is_the_largest_of_the_words() -> None:
    for number in ("5164", "5163", "l7163", "l7165"):
        label = one(box(), area_of(SHEETS[number])[0])
        name = next(line for line in label.lines if line.text.startswith("Clínica"))
        assert name.size >= 2 * label.size


def test_most_labels_of_a_sheet_have_text_of_one_size() -> None:
    area = area_of(SHEETS["5164"])[0]
    labels = set_labels([box(things=n) for n in (1, 2, 2, 3, 7)], area, FACES, "4 x 3.333 in")
    assert len({label.size for label in labels[:4]}) == 1


def test_without_room_for_the_address_its_row_is_told() -> None:
    wordy = LabelWords("Community Center of the Hills", ("1 Example Street",) * 9, ROW)
    tiny = area_of(SHEETS["5167"])[0]
    with pytest.raises(HrcpubError) as caught:
        set_labels([address(), wordy, wordy], tiny, FACES, "1.75 x 0.5 in")
    first, second = caught.value.problems
    assert (first.code, first.source) == ("label-overset", ROW)
    assert "1.75 x 0.5 in" in first.message
    assert first == second


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(["Night", "Van", "Comunitaria", "Syringe", "y", "Đường", "7"]),
             min_size=1, max_size=12),
    st.sampled_from(sorted(SHEETS)),
)  # fmt: skip
def test_whatever_the_name_it_is_inside_or_told(names: list[str], number: str) -> None:
    area = area_of(SHEETS[number])[0]
    words = LabelWords(" ".join(names), STREET, ROW, (1, 9), total="60 pieces")
    try:
        label = one(words, area)
    except HrcpubError:  # that it is told, and where, another test holds
        return
    assert_inside(label, area)
    assert_apart(label)
    address = [line for line in label.lines if line.text in STREET]
    assert all(line.size >= LEAST for line in address)
