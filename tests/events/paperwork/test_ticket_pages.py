"""A kept ticket serves another build: its digests are exchanged, nothing is typeset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from hrcpub.events.manifest.event import Event, FinishedFile, FinishedPiece, ProductionRun
from hrcpub.events.paperwork import (
    Printed,
    PrintedPaper,
    phrases,
    print_ticket,
    printed,
    ticket_document,
)
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Html
from hrcpub.problems import HrcpubError
from tests.shared import events
from tests.shared.pages import texts
from tests.shared.project import ROOT

SOURCES = Sources(ROOT)
FOLDER = "layouts/system/paperwork"
SHOWN = '<td class="digest">{{ file.digest }}</td>'


@pytest.fixture(scope="module")
def opened() -> Project:
    return Project(SOURCES)


@pytest.fixture(scope="module")
def fair(opened: Project) -> tuple[Event, list[ProductionRun]]:
    sites = tuple(map(events.site, range(5)))
    sheet = events.item(opened, 1, "principles", sites)
    return events.event(sites, (sheet,)), [events.run(sheet)]


class Printer:
    """Prints documents, and keeps them by their words, as a build does."""

    def __init__(self, project: Project) -> None:
        self.project, self.kept = project, dict[str, Printed]()
        self.typeset: list[Html] = []

    def ticket(self, event: Event, runs: Sequence[ProductionRun]) -> PrintedPaper:
        printing, results = print_ticket(event, runs, self.project), None
        while True:
            try:
                documents = printing.send(cast(list[Printed], results))
            except StopIteration as end:
                return cast(PrintedPaper, end.value)
            results = [self._printed(document) for document in documents]

    def _printed(self, document: Html) -> Printed:
        if document.text not in self.kept:
            self.typeset.append(document)
            try:
                self.kept[document.text] = printed(document, self.project)
            except HrcpubError as error:
                self.kept[document.text] = error
        return self.kept[document.text]


def with_other_bytes(runs: Sequence[ProductionRun]) -> list[ProductionRun]:
    """Return runs of which each file has another digest."""

    def other(file: FinishedFile) -> FinishedFile:
        return file._replace(sha256=file.sha256[::-1])

    return [
        replace(
            run,
            file=other(run.file) if run.file else None,
            finished=tuple(FinishedPiece(site, other(file)) for site, file in run.finished),
        )
        for run in runs
    ]


def digests(runs: Sequence[ProductionRun]) -> set[str]:
    files = [file for run in runs for _, file in run.finished]
    files += [run.file for run in runs if run.file]
    return {phrases.digest(file.sha256) for file in files}


def with_changed(path: str, before: str, after: str) -> Project:
    """Return the project with one file as somebody has changed it."""
    text = SOURCES.text(path)
    assert before in text
    return Project(SOURCES.with_drafts({path: text.replace(before, after).encode()}))


def test_a_ticket_says_what_it_says_when_it_is_typeset_whole(
    opened: Project, fair: tuple[Event, list[ProductionRun]]
) -> None:
    whole = printed(ticket_document(*fair, opened), opened)
    assert texts(Printer(opened).ticket(*fair).pdf) == texts(whole.pdf)


def test_a_ticket_of_other_digests_is_not_typeset_again(
    opened: Project, fair: tuple[Event, list[ProductionRun]]
) -> None:
    printer, (event, runs) = Printer(opened), fair
    first = " ".join(texts(printer.ticket(event, runs).pdf))
    assert len(printer.typeset) == 1
    others = with_other_bytes(runs)
    second = " ".join(texts(printer.ticket(event, others).pdf))
    assert len(printer.typeset) == 1
    assert digests(runs)
    assert not digests(runs) & digests(others)
    for shown, these in ((first, runs), (second, others)):
        assert {digest for digest in digests(runs) | digests(others) if digest in shown} == (
            digests(these)
        )


def test_each_file_has_its_own_digest(
    opened: Project, fair: tuple[Event, list[ProductionRun]]
) -> None:
    event, runs = fair
    lines = "\n".join(texts(Printer(opened).ticket(event, runs).pdf)).splitlines()
    for run in runs:
        for _, file in run.finished:
            (line,) = (line for line in lines if file.path in line)
            after = lines[lines.index(line) :]
            shown = next(text for text in after if any(d in text for d in digests(runs)))
            assert phrases.digest(file.sha256) in shown


OTHERWISE = {
    "in part": (f"{FOLDER}/ticket.html", SHOWN, SHOWN.replace(".digest ", ".digest[:4] ")),
    "in a place that is too narrow": (f"{FOLDER}/paperwork.css", "width: 96pt", "width: 85pt"),
    "not at all": (f"{FOLDER}/ticket.html", SHOWN, "<td></td>"),
}


@pytest.mark.slow(but=["in part"])
@pytest.mark.parametrize("how", OTHERWISE)
def test_where_a_template_shows_digests_otherwise_they_are_typeset(
    how: str, fair: tuple[Event, list[ProductionRun]]
) -> None:
    project = with_changed(*OTHERWISE[how])
    whole = printed(ticket_document(*fair, project), project)
    assert Printer(project).ticket(*fair).pdf == whole.pdf
