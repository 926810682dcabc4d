"""Words: what differs is told as a word diff; what only moved is not among it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compare import compare, in_short, quoted
from hrcpub.pipeline.compare.records import Comparison
from hrcpub.pipeline.prepress import Demands, prepress
from hrcpub.pipeline.stages import Stylesheet
from hrcpub.pipeline.typeset import lay_out
from hrcpub.project.edition import EDITIONS, PaperColour
from tests.shared.css_pages import make_root, page
from tests.shared.project import ROOT
from tests.shared.right_to_left import SENTENCES
from tests.shared.typed import lines, typed, typed_pdf

TEXT = ("The van is open Monday to Friday,", "from 9 in the morning to 5 at night.", "Call us.")


def said(comparison: Comparison) -> list[tuple[str, str]]:
    """Return what was and what is, of each change."""
    return [
        (" ".join(w.text for w in change.removed), " ".join(w.text for w in change.added))
        for change in comparison.words
    ]


def test_a_word_that_is_another_is_told_with_those_around_it() -> None:
    other = (TEXT[0].replace("Friday", "Saturday"), *TEXT[1:])
    found = compare(typed_pdf(lines(*TEXT)), typed_pdf(lines(*other)))
    assert said(found) == [("Friday,", "Saturday,")]
    (change,) = found.words
    assert [word.text for word in change.lead] == ["is", "open", "Monday", "to"]
    assert [word.text for word in change.tail] == ["from", "9", "in", "the"]
    assert in_short(found) == "1 word, page 1"
    assert quoted(found.words) == '"Friday," is now "Saturday,"'
    assert {look.kind for look in found.pages[0].looks} == {"words"}
    left, top, right, foot = change.added[0].box
    assert 20 < left < right < 220
    assert 20 < top < foot < 34, "boxes count from the upper left corner"


def test_words_that_are_left_out_and_put_in_are_told_as_such() -> None:
    shorter = ("The van is open Monday to Friday,", "from 9 to 5 at night.", "Call us.")
    one, other = typed_pdf(lines(*TEXT)), typed_pdf(lines(*shorter))
    assert said(compare(one, other)) == [("in the morning", "")]
    assert said(compare(other, one)) == [("", "in the morning")]
    assert quoted(compare(one, other).words) == '"in the morning" is gone'
    assert quoted(compare(other, one).words) == '"in the morning" is new'


def test_lines_that_end_elsewhere_have_the_same_words() -> None:
    words = " ".join(TEXT).split()
    narrow = lines(*(" ".join(words[at : at + 4]) for at in range(0, len(words), 4)))
    found = compare(typed_pdf(lines(*TEXT)), typed_pdf(narrow))
    assert said(found) == []
    assert {look.kind for look in found.pages[0].looks} == {"moved"}
    assert in_short(found) == "words moved, page 1"


def test_words_that_flow_on_to_the_next_page_are_the_same() -> None:
    more = ("One more sentence stands before it all.", *TEXT)
    pages = typed_pdf(lines(*TEXT[:2], y=360), lines(TEXT[2], "And this is the second page."))
    flown = typed_pdf(lines(*more[:2], y=360), lines(*more[2:], "And this is the second page."))
    found = compare(pages, flown)
    assert said(found) == [("", "One more sentence stands before it all.")]
    assert [pair.is_same for pair in found.pages] == [False, False]


def test_a_block_that_stands_elsewhere_has_moved_and_no_word_of_it_changed() -> None:
    title = typed("Why", 20, 40, 30)
    moved = typed("Why", 20, 380, 30)
    found = compare(
        typed_pdf([title, lines(*TEXT, y=100)]), typed_pdf([lines(*TEXT, y=100), moved])
    )
    assert said(found) == []
    assert {look.kind for look in found.pages[0].looks} == {"moved"}


def test_words_that_are_read_in_another_order_at_their_places_are_the_same() -> None:
    one, two = lines(*TEXT, y=40), lines("Beside it", "stands more.", x=200, y=40)
    assert compare(typed_pdf([one, two]), typed_pdf([two, one])).is_same


def test_a_small_word_in_another_sentence_is_a_change_of_both() -> None:
    """Where "not" went is what matters most."""
    before = ("Do not wait for the ambulance.", "Do leave them alone.", "Stay.")
    after = ("Do wait for the ambulance.", "Do not leave them alone.", "Stay.")
    found = compare(typed_pdf(lines(*before)), typed_pdf(lines(*after)))
    assert said(found) == [("not", ""), ("", "not")]


def test_a_telephone_that_changed_places_with_another_is_told() -> None:
    before = ("East: (212) 213-6376 until 5", "West: (510) 444-6969 until 6")
    after = ("East: (510) 444-6969 until 5", "West: (212) 213-6376 until 6")
    assert len(said(compare(typed_pdf(lines(*before)), typed_pdf(lines(*after))))) >= 2


@pytest.mark.parametrize(
    ("was", "now"),
    [("212.213.6371", "212.213.6377"), ("212.213.6371", "212,213.6371"), ("2l2.6371", "212.6371")],
)
def test_one_letter_of_a_telephone_is_told_as_its_word(was: str, now: str) -> None:
    found = compare(
        typed_pdf(lines(f"Tel: {was}, or write")), typed_pdf(lines(f"Tel: {now}, or write"))
    )
    assert said(found) == [(f"{was},", f"{now},")]


def test_a_change_in_the_text_alone_is_told_though_it_looks_the_same() -> None:
    """Letters that are painted and not seen are read out all the same."""
    seen = lines(*TEXT)
    unseen = seen + "\n3 Tr\n" + typed("and nobody sees this", 20, 200)
    found = compare(typed_pdf(seen), typed_pdf(unseen))
    assert said(found) == [("", "and nobody sees this")]
    assert found.pages[0].looks == ()


def _set(root: Path, family: str, words: str, width: float = 160) -> bytes:
    face = f'@font-face {{ font-family: "F"; src: url(/fonts/{family}) }} html {{ font-family: F }}'
    html = page(f'<p style="width: {width}pt; hyphens: manual">{words}</p>')
    html = replace(
        html,
        stylesheets=(*html.stylesheets, Stylesheet("more.css", face)),
        families=frozenset({"F"}),
    )
    pages = lay_out(html, Project(Sources(root)))
    return prepress(pages, Demands(EDITIONS["screen"], PaperColour.FLOOD))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = make_root(tmp_path)
    for face in ("vazirmatn/Vazirmatn-Medium.ttf", "noto-sans-sc/NotoSansSC-Regular.ttf"):
        found = ROOT / "fonts" / face
        (made / "fonts" / found.name).write_bytes(found.read_bytes())
    return made


def test_words_from_the_right_are_told_in_the_order_in_which_they_are_read(root: Path) -> None:
    text = SENTENCES["ar"][0]
    words = text.split()
    before = _set(root, "Vazirmatn-Medium.ttf", f'<span dir="rtl">{text}</span>')
    other = [*words[:3], "غداً", *words[4:]]
    after = _set(root, "Vazirmatn-Medium.ttf", f'<span dir="rtl">{" ".join(other)}</span>')
    found = compare(before, after)
    assert said(found) == [(words[3], other[3])]
    assert [word.text for word in found.words[0].lead] == words[:3]


def test_a_sign_of_a_script_without_spaces_is_told_by_itself(root: Path) -> None:
    before = _set(root, "NotoSansSC-Regular.ttf", "我们在街上与人们见面")
    after = _set(root, "NotoSansSC-Regular.ttf", "我们在店上与人们见面")
    found = compare(before, after)
    assert said(found) == [("街", "店")]
    assert quoted(found.words) == '"街" is now "店"'


def test_a_hyphen_at_the_end_of_a_line_makes_no_other_word(root: Path) -> None:
    text = "Harm re~duc~tion works to re~dress the fol~low~ing in~jus~tices".replace("~", "\u00ad")
    wide, narrow = (_set(root, "gothic.ttf", text, width) for width in (160, 40))
    found = compare(wide, narrow)
    assert said(found) == []
    assert not found.is_same, "or the lines are the same"
