"""Papers are what they are in one process, when a second one makes some of what was kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from hrcpub.events.fulfil import paper_shares
from hrcpub.events.fulfil.jobs import MadeFile, PaperJob, finished_file
from hrcpub.events.fulfil.paper_shares import print_shared
from hrcpub.events.fulfil.parts import PartCache, made_from, packed
from hrcpub.events.fulfil.printing import PaperPrinter
from hrcpub.events.fulfil.work import EventTask, TaskResult
from hrcpub.events.paperwork import Printed, PrintedPaper, Printing, printed_together
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Html, Pdf
from hrcpub.problems import HrcpubError, Problem
from hrcpub.units import Size

PLAIN = Html("", (), "", (), frozenset(), None, Size(1, 1), 0.0, 0.0)
NAMES = ("list", "sheet", "ticket")
BEFORE = {"list": 200, "sheet": 27, "ticket": 3}  # pages; the list's half has nothing else
TEST = os.getpid()


@pytest.fixture(autouse=True)
def _may_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_shares, "has_second_core", lambda: True)


@pytest.fixture
def cache(tmp_path: Path) -> PartCache:
    kept = PartCache(ByteStore(tmp_path / "kept"), "e1")
    for name in NAMES:
        kept.keep(made_from(document(name)), "pdf", packed(paper(name)))
    return kept


def document(text: str) -> Html:
    return replace(PLAIN, text=text)


def paper(text: str) -> PrintedPaper:
    return PrintedPaper(Pdf(f"%PDF {text}".encode()), 1)


def alone(text: str) -> Callable[[], Printing]:
    """Return what begins a paper of one document, its last page saying which process made it."""

    def begin() -> Printing:
        made = yield from printed_together([document(text)])
        return made._replace(pages=2 if os.getpid() == TEST else 3)

    return begin


def printed(
    papers: dict[str, Callable[[], Printing]], pages: dict[str, int], cache: PartCache, root: Path
) -> tuple[dict[str, Printed], list[str]]:
    """Return what became of papers, and which documents workers were asked for."""
    asked: list[str] = []

    def answers(
        tasks: Sequence[EventTask], meanwhile: Callable[[], None]
    ) -> Iterator[tuple[EventTask, TaskResult]]:
        meanwhile()
        for task in tasks:
            assert isinstance(task, PaperJob)
            asked.append(task.html.text)
            made = paper(task.html.text)
            yield task, (MadeFile(finished_file(task.path, made.pdf, 1), packed(made)),)

    printer = PaperPrinter(cache, answers)  # type: ignore[arg-type]
    return print_shared(papers, pages, printer, cache, Sources(root)), asked


def makers(done: dict[str, Printed]) -> dict[str, bool]:
    """Return of which papers another process was the maker."""
    return {name: isinstance(one, PrintedPaper) and one.pages == 3 for name, one in done.items()}


def test_a_second_process_makes_the_half_that_has_fewer_pages(
    cache: PartCache, tmp_path: Path
) -> None:
    done, asked = printed({name: alone(name) for name in NAMES}, BEFORE, cache, tmp_path)
    assert makers(done) == {"list": False, "sheet": True, "ticket": True}
    pdfs = {name: one.pdf for name, one in done.items() if isinstance(one, PrintedPaper)}
    assert pdfs == {name: paper(name).pdf for name in NAMES}
    assert not asked


def test_what_must_be_printed_is_printed_by_this_process_and_its_workers(
    cache: PartCache, tmp_path: Path
) -> None:
    papers = {name: alone(name) for name in NAMES} | {"sheet": alone("changed")}
    done, asked = printed(papers, BEFORE, cache, tmp_path)
    assert makers(done) == {"list": False, "sheet": False, "ticket": True}
    assert asked == ["changed"]


def test_where_there_were_no_papers_before_all_are_made_here(
    cache: PartCache, tmp_path: Path
) -> None:
    done, _ = printed({name: alone(name) for name in NAMES}, {}, cache, tmp_path)
    assert makers(done) == dict.fromkeys(NAMES, False)
    assert printed({}, BEFORE, cache, tmp_path) == ({}, [])


def test_a_paper_with_mistakes_has_them_in_either_process(cache: PartCache, tmp_path: Path) -> None:
    def wrong() -> Printing:
        raise HrcpubError(Problem("wrong", "it is wrong", None))
        yield from ()

    done, _ = printed({"list": wrong, "sheet": wrong}, BEFORE, cache, tmp_path)
    errors = [one for one in done.values() if isinstance(one, HrcpubError)]
    assert [[problem.code for problem in error.problems] for error in errors] == [["wrong"]] * 2


def test_a_second_process_that_dies_costs_no_paper(cache: PartCache, tmp_path: Path) -> None:
    def dying() -> Printing:
        if os.getpid() != TEST:
            os._exit(3)
        return (yield from printed_together([document("sheet")]))

    papers = {name: alone(name) for name in NAMES} | {"sheet": dying}
    done, _ = printed(papers, BEFORE, cache, tmp_path)
    assert makers(done) == dict.fromkeys(NAMES, False)
