"""Pages: those that belong together are compared, whatever was put in before them or taken out."""

from __future__ import annotations

import json
import time

import pytest

from hrcpub.pipeline.compare import compare, comparison_from_json, in_short
from hrcpub.pipeline.compare.matching import paired, sense
from hrcpub.problems import HrcpubError
from tests.shared.typed import lines, typed_pdf

TEXTS = [
    "one van is open at night near the water",
    "two people carry naloxone and know how to use it",
    "three offices answer when somebody calls in the morning",
    "four maps show the way from every stop of the bus",
    "five rules of the house hang beside the door",
]
NEW = "nobody has ever read this page before today"


def pairs(before: list[str], after: list[str]) -> str:
    """Return pairs as text: `1-1 --2`."""
    found = paired([sense(text) for text in before], [sense(text) for text in after])
    return " ".join(f"{one or '-'}-{other or '-'}" for one, other in found)


@pytest.mark.parametrize(
    ("after", "wanted"),
    [
        (TEXTS, "1-1 2-2 3-3 4-4 5-5"),
        ([NEW, *TEXTS], "--1 1-2 2-3 3-4 4-5 5-6"),
        ([*TEXTS, NEW], "1-1 2-2 3-3 4-4 5-5 --6"),
        ([*TEXTS[:2], NEW, *TEXTS[2:]], "1-1 2-2 --3 3-4 4-5 5-6"),
        (TEXTS[1:], "1-- 2-1 3-2 4-3 5-4"),
        ([*TEXTS[:2], *TEXTS[3:]], "1-1 2-2 3-- 4-3 5-4"),
        ([*TEXTS[:2], NEW, *TEXTS[3:]], "1-1 2-2 3-3 4-4 5-5"),
        (
            [TEXTS[0], NEW, TEXTS[1] + " too", *TEXTS[3:]],
            "1-1 --2 2-3 3-- 4-4 5-5",
        ),
        ([], "1-- 2-- 3-- 4-- 5--"),
        (["", *TEXTS], "--1 1-2 2-3 3-4 4-5 5-6"),
    ],
)
def test_pages_that_say_the_same_are_found_wherever_they_stand(
    after: list[str], wanted: str
) -> None:
    assert pairs(TEXTS, after) == wanted


def test_pages_without_words_are_paired_in_their_order() -> None:
    assert pairs(["", "", ""], ["", ""]).count("--") >= 1
    assert pairs([TEXTS[0], "", ""], [TEXTS[0], "", ""]) == "1-1 2-2 3-3"


def test_a_page_put_in_shifts_no_other_and_a_page_taken_out_neither() -> None:
    before = typed_pdf(*(lines(text) for text in TEXTS))
    changed = TEXTS[3].replace("four", "six")
    after = typed_pdf(*(lines(text) for text in (*TEXTS[:2], NEW, TEXTS[2], changed)))
    found = compare(before, after)
    assert [(page.before, page.after) for page in found.pages] == [
        (1, 1), (2, 2), (None, 3), (3, 4), (4, 5), (5, None),
    ]  # fmt: skip
    assert [page.is_same for page in found.pages] == [True, True, False, True, False, False]
    assert in_short(found) == "1 word, page 5; new: page 3; gone: page 5"
    assert found.pages[2].count == len(NEW.split())


def test_a_comparison_comes_back_from_json_as_it_was() -> None:
    before = typed_pdf(*(lines(text) for text in TEXTS[:3]))
    after = typed_pdf(lines(TEXTS[0]), lines(NEW), lines(TEXTS[1].replace("two", "ten")))
    found = compare(before, after)
    fields = json.loads(json.dumps(found.as_json()))
    again = comparison_from_json(fields)
    assert again.as_json() == found.as_json()
    assert in_short(again) == in_short(found)
    assert [page.is_same for page in again.pages] == [page.is_same for page in found.pages]


def test_the_same_sixteen_pages_take_well_under_a_second() -> None:
    pages = [lines(*TEXTS * 6) for _ in range(16)]
    one, other = typed_pdf(*pages), typed_pdf(*pages, mark="other bytes")
    assert compare(one, other).is_same  # PDFium is loaded
    started = time.process_time()
    assert compare(one, other).is_same
    assert time.process_time() - started < 1.5, "on a busy machine; 0.2 s on a free one"
    started = time.process_time()
    assert compare(one, one).is_same
    assert time.process_time() - started < 0.1


@pytest.mark.parametrize("data", [b"", b"no PDF at all", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_told_by_its_name(data: bytes) -> None:
    with pytest.raises(HrcpubError) as raised:
        compare(data, typed_pdf(lines(NEW)), ("old.pdf", "new.pdf"))
    (problem,) = raised.value.problems
    assert problem.code == "not-comparable"
    assert problem.message.startswith("old.pdf cannot be read: ")
