"""What a window is shown, and what is proven: the same pages, of two files."""

from __future__ import annotations

from hrcpub.build.editions import written
from hrcpub.studio.page_pictures import drawn
from hrcpub.studio.preview import MOST_SHOWN, Laid, Lay, PreviewWorker, ProveFile, Proven, values_in
from tests.shared.project import ROOT


def test_a_page_is_shown_without_its_tags_and_looks_as_it_does_with_them() -> None:
    worker = PreviewWorker(str(ROOT))
    laid = worker.do(Lay(1, "palm-card", "screen", {}, layout_file="layouts/palm-card/sample.yaml"))
    assert isinstance(laid, Laid)
    assert laid.values is None
    shown = worker._shown[1]
    assert (shown.file.edition.is_tagged, shown.edition.is_tagged) == (False, True)
    file = shown.file
    pages, how = file.pieces[0].pages, file.how
    real = written(file.material, pages, shown.edition, how, file.shop, shown.project)
    assert real.data != file.data
    assert drawn(real.data, 1, 300) == drawn(file.data, 1, 300)
    proven = worker.do(ProveFile(1))
    assert isinstance(proven, Proven)
    assert not [one for one in proven.problems if one.is_error]
    assert len(worker._shown) <= MOST_SHOWN


def test_values_are_those_of_the_root_of_the_styles() -> None:
    css = '@font-face{font-family:"A"}:root{--step:4pt;--face:"A", "B";}@page{size:1pt}'
    assert values_in(css) == {"step": "4pt", "face": '"A", "B"'}


COME = b"""layout: palm-card
title: Come in
language: en
code: C9
revision: 1
revised: 2026-11-28
words:
  title: Drug users, come in
  lead: [Obtain a kit from us. It should be sprayed into the nose.]
  principles: [{opening: One, text: Ask.}, {opening: Two, text: Come.}, {opening: Three, text: Go.}]
"""


def test_what_is_told_of_words_is_told_with_what_a_build_says() -> None:
    worker = PreviewWorker(str(ROOT))
    for number, waived, told in ((1, b"", 1), (2, WAIVED, 0)):
        draft = COME.replace(b"words:", waived + b"words:", 1)
        laid = worker.do(Lay(number, "come", "screen", {"materials/come.yaml": draft}))
        assert isinstance(laid, Laid)
        assert laid.pages, laid.problems
        proven = worker.do(ProveFile(number))
        assert isinstance(proven, Proven)
        codes = [one.code for one in proven.problems]
        assert codes.count("words-stigma") == told
        assert {"words-jargon", "words-passive"} <= set(codes)
        assert not any(one.is_error for one in proven.problems), "words stop nothing"


WAIVED = b"waived: [{rule: stigma, word: drug users, reason: they call themselves so}]\n"
