"""What a window is shown, and what is proven: the same pages, of two files."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hrcpub.build.finishing import written
from hrcpub.studio.page_pictures import drawn
from hrcpub.studio.preview import (
    MOST_SHOWN,
    Gone,
    Laid,
    Lay,
    PreviewWorker,
    ProveFile,
    Proven,
    values_in,
)
from tests.shared.cards import card
from tests.shared.project import ROOT, copy_project


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


def test_a_page_that_is_too_full_is_shown_with_its_panel_named() -> None:
    worker = PreviewWorker(str(ROOT))
    draft = COME.replace(b"text: Ask.", b"text: " + b"Ask all of us. " * 400)
    full = worker.do(Lay(1, "come", "screen", {"materials/come.yaml": draft}))
    assert isinstance(full, Laid)
    assert (full.is_wrong, len(full.pages)) == (True, 2)
    assert full.overset == ("principles",)
    assert "stack-overset" in {problem.code for problem in full.problems if problem.is_error}


NOTICE = "materials/medetomidine-alert.yaml"


def test_a_window_that_is_open_past_midnight_has_the_new_day() -> None:
    worker = PreviewWorker(str(ROOT))
    text = (ROOT / NOTICE).read_text("utf-8")
    draft = re.sub("until: [0-9-]+", f"until: {datetime.date.today()}", text).encode()
    told = []
    for number, days in ((1, 0), (2, 1)):
        # It was opened on the day on which the notice ends, or on the next one.
        day = datetime.date.today() + datetime.timedelta(days=days)
        worker.project.sources._today = day
        laid = worker.do(Lay(number, "medetomidine-alert", "screen", {NOTICE: draft}))
        assert isinstance(laid, Laid)
        told.append([one.severity for one in laid.problems if one.code == "notice-over"])
    assert told[0] == told[1] != []


WAIVED = b"waived: [{rule: stigma, word: drug users, reason: they call themselves so}]\n"


CARD = "materials/ours.yaml"


def asked(number: int, words: str | None = None, **others: Any) -> Lay:
    """Return a task for a card; `words` are typed, None: they are as the file has them."""
    drafts = {} if words is None else {CARD: card(words, "east-coast").encode()}
    return Lay(number, "ours", "screen", drafts)._replace(**others)


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    root = copy_project(tmp_path / "project")
    (root / CARD).write_text(card("Ask us", "east-coast"), encoding="utf-8")
    return root


def laid(worker: PreviewWorker, task: Lay) -> Laid:
    answer = worker.do(task)
    assert isinstance(answer, Laid)
    return answer


def said(worker: PreviewWorker, task: Lay) -> tuple[Laid, Proven | Gone, object]:
    """Return all that a window hears of a task: of pages, of one of them, and of what is wrong."""
    pages = laid(worker, task)
    proven = worker.do(ProveFile(task.number))
    assert isinstance(proven, Proven | Gone)
    shown = worker._shown.get(task.number)
    return pages, proven, shown and drawn(shown.file.data, 1, 200)


def numbered(
    number: int, said: tuple[Laid, Proven | Gone, object]
) -> tuple[Laid, Proven | Gone, object]:
    """Return the same, as it is heard of another task."""
    return said[0]._replace(number=number), said[1]._replace(number=number), said[2]


def test_what_is_asked_again_is_not_laid_out_again(ours: Path) -> None:
    """A window asks again when it knows how wide its pages are, and when it has saved."""
    worker = PreviewWorker(str(ours))
    first = said(worker, asked(1, "Come in"))
    again = said(worker, asked(2, "Come in"))
    (ours / CARD).write_text(card("Come in", "east-coast"), encoding="utf-8")
    stored = said(worker, asked(3))
    assert first[0].pages
    assert again == numbered(2, first)
    assert stored == numbered(3, first)
    assert worker._shown[1].file is worker._shown[2].file is worker._shown[3].file


def write(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# What is done between two tasks, and what the second one asks for.
CHANGES: dict[str, tuple[Callable[[Path], object], Lay]] = {
    "other words": (lambda root: None, asked(2, "Come out")),
    "words of the file": (lambda root: None, asked(2)),
    "another edition": (lambda root: None, asked(2, "Come in", edition="press")),
    "another sheet": (lambda root: None, asked(2, "Come in", sheet="a4")),
    "its values": (lambda root: None, asked(2, "Come in", tells_values=True)),
    "a telephone": (
        lambda root: write(root / "materials/contacts.yaml", "(212) 213-6376", "(212) 213-6377"),
        asked(2, "Come in"),
    ),
    "the signature": (
        lambda root: write(root / "materials/organisation.yaml", "name: ", "name: Our "),
        asked(2, "Come in"),
    ),
    "the styles": (
        lambda root: write(root / "layouts/card/layout.css", "{", "{color:red;"),
        asked(2, "Come in"),
    ),
    "the template": (
        lambda root: write(root / "layouts/card/layout.html", "{% block", "<!-- -->{% block"),
        asked(2, "Come in"),
    ),
    "a file that is gone": (
        lambda root: (root / "materials/contacts.yaml").unlink(), asked(2, "Come in"),
    ),
}  # fmt: skip


@pytest.mark.slow(but=["other words", "another sheet"])
@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_is_laid_out_as_by_one_who_knows_nothing(change: str, ours: Path) -> None:
    do, task = CHANGES[change]
    worker = PreviewWorker(str(ours))
    before = said(worker, asked(1, "Come in"))
    do(ours)
    after = said(worker, task)
    assert after == said(PreviewWorker(str(ours)), task)
    assert after != numbered(2, before)


# A proof knows states by ZIP codes where offices are called as in the United States. The pages are
# not made from that.
ELSEWHERE = COME.replace(b"Obtain a kit from us.", b"Obtain a kit in Berkeley, CA 10001.")
ABROAD = 'calling-code: "1"', 'calling-code: "44"'


@pytest.mark.slow(but=["False"])
@pytest.mark.parametrize("is_in_pages", [False, True])
def test_what_has_changed_before_it_was_proven_is_laid_out_again(
    ours: Path, *, is_in_pages: bool
) -> None:
    """A proof reads again what the pages were made from, or what they were not made from."""
    (ours / "materials/come.yaml").write_bytes(ELSEWHERE)
    piece = "ours" if is_in_pages else "come"
    workers = PreviewWorker(str(ours)), PreviewWorker(str(ours))
    for worker in workers:
        assert laid(worker, Lay(1, piece, "screen", {})).pages
    before = workers[1].do(ProveFile(1))
    contacts = ours / "materials/contacts.yaml"
    write(contacts, *(("tel: (", "tel: (0) (") if is_in_pages else ABROAD))
    fresh = said(PreviewWorker(str(ours)), Lay(2, piece, "screen", {}))
    for worker in workers:
        proven = worker.do(ProveFile(1))
        assert said(worker, Lay(2, piece, "screen", {})) == fresh
        assert proven == fresh[1]._replace(number=1) or is_in_pages
    assert before != fresh[1]._replace(number=1) or is_in_pages


def test_a_proof_reads_what_is_typed_now(ours: Path) -> None:
    """What only the proof asks for may be open in an editor, too."""
    (ours / "materials/come.yaml").write_bytes(ELSEWHERE)
    contacts = "materials/contacts.yaml"
    text = (ours / contacts).read_text(encoding="utf-8")
    worker = PreviewWorker(str(ours))
    heard = []
    for number, typed in enumerate((text, text.replace(*ABROAD)), start=1):
        task = Lay(number, "come", "screen", {contacts: typed.encode()})
        heard.append(said(worker, task))
        assert heard[-1] == said(PreviewWorker(str(ours)), task)
    assert heard[0][0].pages
    assert heard[0][1] != numbered(1, heard[1])[1]
