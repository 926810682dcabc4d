"""A material, mistakes and all, to pages that can be shown to who mends them.

A mistake that does not stop the layout leaves a page: too many letters, words that differ from
their source, a panel that is too full. Whoever mends it sees where it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hrcpub.files.project import Project
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.edition import Edition
from hrcpub.project.material import Material

if TYPE_CHECKING:
    from hrcpub.pipeline.stages import Typeset
    from hrcpub.project.printers import Printer

# Mistakes in a material with which it can be laid out.
BORNE = frozenset(
    (
        "slot-limit",
        "slot-count",
        "verbatim-differs",
        "translation-differs",
        "telephone-link",
        "contact-phrase",
    )
)


class Attempt(NamedTuple):
    """What became of a material: its pages, None where there are none, and what is wrong."""

    material: Material
    pages: Typeset | None
    problems: tuple[Problem, ...]
    is_wrong: bool = False  # a build would refuse it
    overset: tuple[str, ...] = ()  # the panels that are too full

    @property
    def laid(self) -> Typeset:
        """Its pages, where there are some."""
        assert self.pages is not None
        return self.pages


def attempted(material: Material, edition: Edition, shop: Printer, project: Project) -> Attempt:
    """Return a material's pages in an edition; those with mistakes where there are no others."""
    from hrcpub.pipeline.copyfit import copyfit

    try:
        pages = copyfit(material, project, edition.form, shop.bleed, shop.safe)
    except HrcpubError as error:
        problems = tuple(dict.fromkeys((*material.problems, *_causes(error.problems))))
        try:
            shown = _as_it_is(error, material, edition, shop, project)
        except HrcpubError:  # it is told already
            return Attempt(material, None, problems, True)
        return Attempt(material, shown, problems, True, _too_full(error, shown))
    problems = (*material.problems, *pages.problems)
    return Attempt(material, pages, problems, any(problem.is_error for problem in problems))


def _as_it_is(
    error: HrcpubError, material: Material, edition: Edition, shop: Printer, project: Project
) -> Typeset:
    """Return the pages of the try that failed; where composing failed before, what it left."""
    from hrcpub.pipeline.compose import compose
    from hrcpub.pipeline.copyfit import OversetError
    from hrcpub.pipeline.typeset import lay_out

    if isinstance(error, OversetError):
        return error.pages or lay_out(error.html, project)
    return lay_out(compose(material, project, edition.form, shop.bleed, shop.safe), project)


def _causes(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return Problems without those that WeasyPrint has only since words do not fit."""
    others = tuple(problem for problem in problems if problem.code != "page-warning")
    return others if any(problem.is_error for problem in others) else problems


def _too_full(error: HrcpubError, pages: Typeset) -> tuple[str, ...]:
    from hrcpub.pipeline.copyfit import OversetError

    if isinstance(error, OversetError):
        return error.panels
    oversets = (*pages.html.oversets, *pages.oversets)
    return tuple(dict.fromkeys(over.panel for over in oversets if over.panel))
