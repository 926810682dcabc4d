"""Papers by two processes, where there was an event's paper before and little of it has changed.

Most of what papers consist of is kept then, and to put it together is all that is left: for two
hundred boxes half a second in one process, while the other core has nothing to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hrcpub.build.abreast import finish_all, has_second_core
from hrcpub.events.fulfil.dispatch import Answers
from hrcpub.events.fulfil.papers import Begin
from hrcpub.events.fulfil.parts import PartCache
from hrcpub.events.fulfil.printing import PaperPrinter
from hrcpub.events.fulfil.work import EventTask
from hrcpub.events.paperwork import Printed
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError

BegunPapers = Mapping[str, Begin]  # papers by their paths
MadePapers = dict[str, Printed]


class _NotKept(Exception):
    """Something must be printed for a paper."""


def print_shared(
    papers: BegunPapers,
    pages: Mapping[str, int],
    printer: PaperPrinter,
    cache: PartCache,
    sources: Sources,
) -> MadePapers:
    """Return what became of papers: some that nothing need be printed for by a second process.

    `pages` are those that papers had before; who has none here is printed by `printer`.
    """
    known = {path: pages[path] for path in papers if path in pages}
    # On a terminal a thread draws how far it is. As a worker, the fork writes nothing there.
    theirs = _half(known) if has_second_core() else ()
    ours = tuple(path for path in papers if path not in theirs)

    def make(paths: Sequence[str]) -> MadePapers:
        return printer.print_all({path: papers[path] for path in paths})

    def make_there(paths: Sequence[str]) -> MadePapers:
        return _made_of_kept({path: papers[path] for path in paths}, cache)

    made: MadePapers = {}
    shares = finish_all([ours], [theirs] if theirs else [], make_there, sources, make)
    for _, done in shares:
        made |= {} if isinstance(done, HrcpubError) else done
    return made | make([path for path in papers if path not in made])


def _half(pages: Mapping[str, int]) -> tuple[str, ...]:
    """Return the papers of the smaller half, by their pages."""
    larger, smaller = list[str](), list[str]()
    for path in sorted(pages, key=lambda path: -pages[path]):
        more, less = (sum(pages[one] for one in half) for half in (larger, smaller))
        (larger if more <= less else smaller).append(path)
    return tuple(smaller)


def _made_of_kept(papers: BegunPapers, cache: PartCache) -> MadePapers:
    """Return the papers of which all that they consist of is kept."""
    made: MadePapers = {}
    printer = PaperPrinter(cache, _nobody)
    for path, begin in papers.items():
        try:
            made |= printer.print_all({path: begin})
        except _NotKept:
            continue
    return made


def _nobody(tasks: Sequence[EventTask], meanwhile: Callable[[], None]) -> Answers:
    """Do no task."""
    if tasks:
        raise _NotKept
    meanwhile()
    yield from ()
