"""Marks on a typeset page are exchanged for words; where that cannot be, nothing is written."""

from __future__ import annotations

import io

import pikepdf
import pytest

from hrcpub.events.shells import reworded
from hrcpub.events.shells.reworded import _verify
from hrcpub.pipeline.stages import Pdf
from hrcpub.problems import HrcpubError

LETTERS = "abcde "
MARKS = {"abc de": "bead", "abc ed": "a cab"}


def page(*lines: str, between: str = "") -> str:
    """Return what a page draws: each line glyph by glyph, with moves, as WeasyPrint has them."""
    shown = ("".join(f"<{ord(letter):04x}>{ord(letter) % 7}" for letter in line) for line in lines)
    return "/F 8.5 Tf\n" + "".join(f"1 0 0 -1 4 5 Tm\n[{line}] TJ\n{between}" for line in shown)


def file(*pages: str) -> Pdf:
    """Return a file of pages whose glyphs say their letters."""
    pdf = pikepdf.new()
    said = "".join(f"<{ord(letter):04x}> <{ord(letter):04x}>\n" for letter in LETTERS)
    font = pdf.make_indirect(pikepdf.Dictionary(ToUnicode=pdf.make_stream(said.encode())))
    for drawn in pages:
        added = pdf.add_blank_page(page_size=(100, 100))
        added.obj["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        added.obj["/Contents"] = pdf.make_stream(drawn.encode())
    out = io.BytesIO()
    pdf.save(out)
    return Pdf(out.getvalue())


def drawn(pdf: Pdf) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as read:
        return [one.obj["/Contents"].read_bytes().decode() for one in read.pages]


def test_marks_say_their_words_and_all_else_stays_to_the_byte() -> None:
    made = reworded(file(page("bad", "abc ed", "dead"), page("abc de")), MARKS)
    assert made is not None
    assert drawn(made) == [page("bad", "a cab", "dead"), page("bead")]


def test_the_same_words_give_the_same_bytes() -> None:
    pages = file(page("abc ed", "abc de"))
    assert reworded(pages, MARKS) == reworded(pages, MARKS)


REFUSED = {
    "a mark that is not there": file(page("abc ed")),
    "a mark that is there twice": file(page("abc ed", "abc de"), page("abc de")),
    "a mark beside other words": file(page("abc ed", "abc de.")),
    "a mark in letters that say nothing": file(
        page("abc ed", "abc de").replace("<0061>", "<0001>")
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_no_other_lines_are_written_over(what: str) -> None:
    assert reworded(REFUSED[what], MARKS) is None


def test_a_word_that_has_other_letters_than_its_mark_is_refused() -> None:
    assert reworded(file(page("abc de")), {"abc de": "bed!"}) is None


def test_lines_that_do_not_read_as_they_were_written_are_found() -> None:
    made = file(page("bad", "dead"), page("bead"))
    _verify(made, [["bad", "dead"], ["bead"]])
    for said in ([["bad", "dead"], ["bed"]], [["dead", "bad"], ["bead"]], [["bad", "dead"]]):
        with pytest.raises(ValueError, match="does not say what it should"):
            _verify(made, said)


def test_a_file_that_cannot_be_read_is_told() -> None:
    with pytest.raises(HrcpubError, match="could not be joined"):
        reworded(Pdf(b"no PDF"), MARKS)
