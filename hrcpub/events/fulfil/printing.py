"""Papers on their way to printed ones, round by round: what all of them ask for is printed at once.

A document that was printed before, by an earlier build or for another paper of this one, is not
printed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import cast

from hrcpub.events.fulfil.dispatch import Answers
from hrcpub.events.fulfil.jobs import Failure, MadeFile, PaperJob
from hrcpub.events.fulfil.papers import Begin
from hrcpub.events.fulfil.parts import PartCache, made_from, unpacked
from hrcpub.events.fulfil.tasks import results_of
from hrcpub.events.fulfil.work import EventTask
from hrcpub.events.paperwork import Printed, Printing
from hrcpub.pipeline.stages import Html
from hrcpub.problems import HrcpubError

# Has tasks done, and something in this process meanwhile.
Dispatch = Callable[[Sequence[EventTask], Callable[[], None]], Answers]
Asked = dict[str, tuple[str, Html]]  # a paper and its document, by what that is made from


class PaperPrinter:
    """Prints papers by workers, and keeps what they consist of."""

    def __init__(self, cache: PartCache, answers: Dispatch) -> None:
        """Keep in `cache` what later builds need not print; `answers` has tasks done."""
        self._cache, self._answers = cache, answers
        self._known: dict[str, Printed] = {}  # by what it is made from

    def print_all(self, papers: Mapping[str, Begin]) -> dict[str, Printed]:
        """Return what became of papers, by their paths."""
        all_papers = [_PaperUnderWay(path, begin) for path, begin in papers.items()]
        while waiting := [paper for paper in all_papers if paper.result is None]:
            asked = {key: (paper.path, html) for paper in waiting for key, html in paper.asked}
            left = self._not_known(asked)
            # What waits for nothing goes on while workers print for the others.
            ready = [paper for paper in waiting if not any(key in left for key, _ in paper.asked)]
            self._print(left, partial(self._go_on, ready))
            self._go_on([paper for paper in waiting if paper not in ready])
        return {paper.path: paper.result for paper in all_papers if paper.result is not None}

    def _go_on(self, papers: Sequence[_PaperUnderWay]) -> None:
        """Let papers go on, of which all is printed that they asked for."""
        for paper in papers:
            paper.go_on([self._known[key] for key, _ in paper.asked])

    def _not_known(self, asked: Asked) -> Asked:
        """Return what is neither known nor kept."""
        left = {}
        for key, one in asked.items():
            if key in self._known:
                continue
            if (part := self._cache.find(key, "pdf")) is not None:
                self._known[key] = unpacked(part)
            else:
                left[key] = one
        return left

    def _print(self, asked: Asked, meanwhile: Callable[[], None]) -> None:
        """Have documents printed."""
        keys = list(asked)
        jobs: list[EventTask] = [
            PaperJob(path, number, html) for number, (path, html) in enumerate(asked.values())
        ]
        for task, answer in self._answers(jobs, meanwhile):
            ((_, result),) = results_of(task, answer)
            self._take(keys[cast(PaperJob, task).part], result)

    def _take(self, key: str, result: MadeFile | Failure) -> None:
        """Take a document that a worker has printed, or its problems."""
        if isinstance(result, Failure):
            self._known[key] = HrcpubError(*result.problems)
            return
        self._known[key] = unpacked(result.data)._replace(problems=result.file.problems)
        if not result.file.problems:  # which the next build would not report
            self._cache.keep(key, "pdf", result.data)


class _PaperUnderWay:
    """A paper on its way: what it waits for, or what became of it."""

    def __init__(self, path: str, begin: Begin) -> None:
        self.path = path
        self.asked: Iterable[tuple[str, Html]] = ()
        self.result: Printed | None = None
        self._printing = _begun(begin)
        self.go_on(None)

    def go_on(self, printed: list[Printed] | None) -> None:
        """Go on with what was asked for; None: nothing was yet."""
        try:
            # To send None is to begin (PEP 342).
            documents = self._printing.send(cast(list[Printed], printed))
        except StopIteration as end:
            self.result = end.value
        except HrcpubError as error:
            self.result = error
        else:
            self.asked = [(made_from(html), html) for html in documents]


def _begun(begin: Begin) -> Printing:
    """Return a paper's way from its first step on: composing may find mistakes too."""
    return (yield from begin())
