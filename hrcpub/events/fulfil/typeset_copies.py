"""Copies that are typeset whole, each with its imprint: tagged ones, whose tags stay right."""

from __future__ import annotations

import hashlib
from functools import partial

from hrcpub.events.fulfil.imprint_forms import faces_of
from hrcpub.events.fulfil.jobs import CopyJob, MadeCopy
from hrcpub.events.fulfil.letters import ImprintLetters, LastUsed
from hrcpub.events.fulfil.make_shell import LaidPiece, finish_laid, imprint_style, lay
from hrcpub.events.fulfil.plan import said_of
from hrcpub.events.imprint import Imprint, arrange, as_html, remarks
from hrcpub.events.manifest.event import Site
from hrcpub.files.project import Project
from hrcpub.pipeline.compose import compose
from hrcpub.pipeline.stages import AuthorText, InlineImprint, Pdf
from hrcpub.pipeline.typeset import typeset, with_all_words
from hrcpub.problems import Problem
from hrcpub.project.markup import plain
from hrcpub.units import Size

MOST_LAID = 8


class TypesetCopies:
    """Makes them; the pieces that were laid out last are kept."""

    def __init__(self, project: Project, letters: ImprintLetters) -> None:
        """Set imprints in `letters`."""
        self._project, self._letters = project, letters
        self._laid: LastUsed[LaidPiece] = LastUsed(MOST_LAID)

    def copy(self, job: CopyJob) -> MadeCopy:
        """Return a copy; raise HrcpubError with all that cannot be printed."""
        laid = self._laid.take(job.job, lambda: lay(job.job, self._project))
        problems: tuple[Problem, ...] = ()
        if job.site and laid.areas:
            laid, problems = self._with_imprint(laid, job.site)
        edition = finish_laid(laid, job.job, self._project)
        pdf = Pdf(edition.data)
        digest = hashlib.sha256(pdf).hexdigest()
        return MadeCopy(pdf, edition.output.sides, digest, (*problems, *edition.output.problems))

    def _with_imprint(self, laid: LaidPiece, site: Site) -> tuple[LaidPiece, tuple[Problem, ...]]:
        rect = laid.areas[0].rect
        faces = faces_of(self._letters.stacks(laid.material.language, said_of(site)))
        area = Size(rect.right - rect.left, rect.height)
        imprint = arrange(site, area, faces, imprint_style(laid))
        html = laid.pages.html
        material = laid.material
        titled = partial(material.layout.system.code_title, material.language)
        inlay = InlineImprint(
            as_html(imprint, faces, self._letters.system.ink.screen, titled), _texts(imprint, site)
        )
        composed = compose(
            laid.material, self._project, laid.edition.form, html.bleed, laid.shop.safe,
            html.settings, inlay,
        )  # fmt: skip
        pages = with_all_words(typeset(composed, self._project))
        return laid._replace(pages=pages), remarks(site, imprint)


def _texts(imprint: Imprint, site: Site) -> tuple[AuthorText, ...]:
    """Return an imprint's lines as texts, so that typesetting reports one that gets lost."""
    source = site.name.source
    return tuple(AuthorText(plain(line.text), "imprint", source) for line in imprint.lines)
