"""Papers print together, and one that waits for nothing does not wait for the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from hrcpub.events.fulfil.jobs import Failure, MadeFile, PaperJob, finished_file
from hrcpub.events.fulfil.parts import PartCache, made_from, packed
from hrcpub.events.fulfil.printing import PaperPrinter
from hrcpub.events.fulfil.work import EventTask, TaskResult
from hrcpub.events.paperwork import PrintedPaper, Printing, printed_together
from hrcpub.files.bytestore import ByteStore
from hrcpub.pipeline.stages import Html, Pdf
from hrcpub.problems import HrcpubError, Problem
from hrcpub.units import Size

PLAIN = Html("", (), "", (), frozenset(), None, Size(1, 1), 0.0, 0.0)
WRONG = Problem("wrong", "it is wrong", None)


def document(text: str) -> Html:
    return replace(PLAIN, text=text)


def paper(text: str) -> PrintedPaper:
    return PrintedPaper(Pdf(f"%PDF {text}".encode()), 1)


class Workers:
    """Workers that print a text by writing it down, and note what happened in which order."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def answers(
        self, tasks: Sequence[EventTask], meanwhile: Callable[[], None]
    ) -> Iterator[tuple[EventTask, TaskResult]]:
        self.told += [task.html.text for task in tasks if isinstance(task, PaperJob)]
        meanwhile()
        for task in tasks:
            assert isinstance(task, PaperJob)
            made = paper(task.html.text)
            file = finished_file(task.path, made.pdf, 1)
            is_wrong = task.html.text == "wrong"
            yield task, (Failure((WRONG,)) if is_wrong else MadeFile(file, packed(made)),)
            self.told.append(f"{task.html.text} printed")


@pytest.fixture
def cache(tmp_path: Path) -> PartCache:
    kept = PartCache(ByteStore(tmp_path), "e1")
    kept.keep(made_from(document("kept")), "pdf", packed(paper("kept")))
    return kept


def test_what_is_kept_goes_on_while_others_are_printed(cache: PartCache) -> None:
    workers = Workers()

    def short() -> Printing:
        (one,) = yield [document("kept")]
        workers.told.append("short is bound")
        assert isinstance(one, PrintedPaper)
        return one

    papers = {
        "long": lambda: printed_together([document("new")]),
        "short": short,
        "failing": lambda: printed_together([document("wrong")]),
    }
    done = PaperPrinter(cache, workers.answers).print_all(papers)  # type: ignore[arg-type]
    assert workers.told == ["new", "wrong", "short is bound", "new printed", "wrong printed"]
    assert (done["long"], done["short"]) == (paper("new"), paper("kept"))
    assert isinstance(done["failing"], HrcpubError)
    assert done["failing"].problems == (WRONG,)


def test_what_was_printed_once_is_kept_and_what_went_wrong_is_not(cache: PartCache) -> None:
    for asked in (["new", "wrong"], ["wrong"]):
        workers = Workers()
        papers = {text: _alone(text) for text in ("new", "wrong")}
        PaperPrinter(cache, workers.answers).print_all(papers)  # type: ignore[arg-type]
        assert [text for text in workers.told if "printed" not in text] == asked


def _alone(text: str) -> Callable[[], Printing]:
    return lambda: printed_together([document(text)])
