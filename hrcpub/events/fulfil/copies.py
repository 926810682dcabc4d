"""Jobs to shells, copies and run files, and what a worker keeps from one task to the next."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, BinaryIO

from hrcpub.events.fulfil.imprint_forms import ImprintForms, faces_of
from hrcpub.events.fulfil.jobs import CopyJob, Failure, MadeCopy, RunJob, Shell, ShellJob
from hrcpub.events.fulfil.letters import ImprintLetters, LastUsed
from hrcpub.events.fulfil.parts import NO_PARTS, PartCache
from hrcpub.events.imprint import Imprint, draw, separator_lines, tab
from hrcpub.events.shells import (
    FormerRun,
    GatheredCopy,
    GatheredRun,
    ImprintForm,
    Joiner,
    KeyedCopy,
    ProvenCopies,
    SeparatorPage,
    ShellTemplate,
    gather_run,
    unpack,
)
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import Problem, Source
from hrcpub.project.words import Words
from hrcpub.units import Size, pdf_number

if TYPE_CHECKING:
    from hrcpub.events.fulfil.typeset_copies import TypesetCopies

_NOWHERE = Source()  # of words that are ours
MOST_TEMPLATES = 64


class CopyMaker:
    """Makes shells, copies and run files. A worker has one, for one thread, as its Project is.

    It keeps what the next task may need again: what was parsed of the project, and the templates,
    imprints and laid-out pieces that were used last. What typesets is loaded for the first piece
    that is typeset: to join imprints to shells, which most workers do first, takes none of it.
    """

    def __init__(
        self,
        sources: Sources,
        fetch: Callable[[str], bytes],
        parts: PartCache = NO_PARTS,
    ) -> None:
        """Work on a project; `fetch` returns a packed template by its digest.

        Imprints are kept in `parts`: a run draws them as its copies did, and so do later builds.
        """
        self.project = Project(sources)
        self.letters = ImprintLetters(self.project)
        self._fetch, self._imprints = fetch, ImprintForms(self.project, self.letters, parts)
        self._proven = ProvenCopies()
        self._joiners: LastUsed[Joiner] = LastUsed(MOST_TEMPLATES)

    def shell(self, job: ShellJob) -> Shell:
        """Return a piece typeset once; raise HrcpubError when it cannot be made."""
        from hrcpub.events.fulfil.make_shell import make_shell

        return make_shell(job, self.project)

    def shell_or_failure(self, job: ShellJob) -> Shell | Failure:
        """Return a piece typeset once, or why it cannot be made."""
        from hrcpub.events.fulfil.make_shell import shell_or_failure

        return shell_or_failure(job, self.project)

    def copy(self, job: CopyJob) -> MadeCopy:
        """Return one site's copy; raise HrcpubError with all that cannot be printed."""
        if not job.template or job.site is None:
            return self._typeset.copy(job)
        joiner = self._joiner(job.template)
        template = joiner.template
        form, problems = self._imprints.form(job.job, template.area, job.site)
        verify = partial(self._proven.verify, template=template, operators=form.operators)
        pdf, sha256 = joiner.join(form)
        return MadeCopy(pdf, len(template.pages), sha256, problems, verify)

    def problems(self, job: CopyJob) -> tuple[Problem, ...]:
        """Return what would be said of a site's copy: what joins a shell adds its imprint alone.

        Raises HrcpubError with all that cannot be printed.
        """
        if not job.template or job.site is None:
            return self._typeset.copy(job).problems
        return self._imprints.form(job.job, self.template(job.template).area, job.site)[1]

    def run(self, job: RunJob, file: BinaryIO, former: FormerRun | None = None) -> GatheredRun:
        """Write all sites' copies into one file; return what it consists of.

        Of a `former` file, of the same template and for the same printer, what it has is taken.
        """
        if not job.template:
            raise ValueError(f"{job.path} has nothing to join")
        template = self.template(job.template)
        seed = repr((job.separators, job.repeats)).encode()
        copies = (self._keyed(job, template, number) for number in range(len(job.sites)))
        run = gather_run(template, copies, file, seed, former)
        self.end_task()
        return run

    def end_task(self) -> None:
        """Write the imprints that were set since the last task."""
        self._imprints.write()

    def _keyed(self, job: RunJob, template: ShellTemplate, number: int) -> KeyedCopy:
        """Return a run's copy, and a digest of what it is made from beside the template."""
        site, times = job.sites[number], job.repeats[number] if job.repeats else 1
        parts = [str(times), *([self._imprints.made_from(site)] if site else ())]
        if job.separators:
            parts += ["separator", str(number), *job.separators[number]]
        key = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
        return KeyedCopy(key, partial(self._gathered, job, template, number))

    def _gathered(self, job: RunJob, template: ShellTemplate, number: int) -> GatheredCopy:
        """Return one site's copy in a run."""
        site, separator = job.sites[number], None
        if job.separators:
            separator = self._separator(job.separators[number], template, number)
        form = self._imprints.form(job.job, template.area, site)[0] if site else ImprintForm(b"")
        return GatheredCopy(form, separator, job.repeats[number] if job.repeats else 1)

    def _separator(
        self, lines: tuple[str, ...], template: ShellTemplate, number: int
    ) -> SeparatorPage:
        """Return the page before a site's pieces, which parts one pile from the next."""
        left, foot, right, top = template.trim
        size = Size(right - left, top - foot)
        ink = "0 0 0 1 k" if template.area.is_inked else "0 g"
        words = [Words(line, _NOWHERE) for line in lines]
        stacks = self.letters.stacks("en", words)  # as the papers are
        imprint = Imprint(size, separator_lines(lines, size, faces_of(stacks)))
        drawn = draw(imprint, self.letters.fonts, ink, stacks)
        moved = f"1 0 0 1 {pdf_number(left)} {pdf_number(foot)} cm\n"
        return SeparatorPage(
            f"{moved}{ink} {tab(size, number)}\n".encode() + drawn.operators, drawn.fonts
        )

    def template(self, digest: str) -> ShellTemplate:
        """Return a template by the digest of its packed bytes."""
        return self._joiner(digest).template

    @cached_property
    def _typeset(self) -> TypesetCopies:
        from hrcpub.events.fulfil.typeset_copies import TypesetCopies

        return TypesetCopies(self.project, self.letters)

    def _joiner(self, digest: str) -> Joiner:
        return self._joiners.take(digest, lambda: Joiner(unpack(self._fetch(digest))))
