"""Sites' imprints to forms that join pieces: what was set for one piece serves a site's others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from hrcpub.events.fulfil.jobs import ShellJob
from hrcpub.events.fulfil.letters import ImprintLetters, LastUsed
from hrcpub.events.fulfil.parts import PartCache
from hrcpub.events.fulfil.plan import imprinted_text, said_of
from hrcpub.events.fulfil.site_imprints import SiteImprints
from hrcpub.events.imprint import (
    OVERPRINT,
    BrokenGroups,
    FaceStack,
    FontName,
    Style,
    arrange,
    draw,
    in_ink,
    remarks,
)
from hrcpub.events.manifest.event import Site
from hrcpub.events.shells import ImprintArea, ImprintForm, LogoImage, behind, deflated, inflated
from hrcpub.files.project import Project
from hrcpub.pipeline.setting import Face
from hrcpub.problems import Problem
from hrcpub.project.printers import printer, read_printers
from hrcpub.units import pdf_number, rgb

# Copies come site by site: what is kept serves one site's other pieces, not the next site's. Run
# files come one after the other: of up to so many sites it serves the next one of the same layout.
MOST_SITES = 512
_BLACK = "0 g"

MadeForm = tuple[ImprintForm, tuple[Problem, ...]]


class _Drawn(NamedTuple):
    """An imprint in black, without the logo's picture, whose colours depend on the press."""

    form: ImprintForm
    data: bytes  # its operators behind the line that sets the ink, deflated
    has_logo: bool
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _SetSite:
    """A site, and its imprints in the areas of its pieces."""

    site: Site
    made_from: str
    drawn: dict[ImprintArea, _Drawn] = field(default_factory=dict)
    forms: dict[tuple[ImprintArea, str | None], MadeForm] = field(default_factory=dict)
    # By the language, while the site is the last one: what was broken for one area.
    broken: dict[str, BrokenGroups] = field(default_factory=dict)

    def set_aside(self) -> None:
        """Keep what takes long to make: a form without a picture is made of what is drawn."""
        self.broken.clear()
        self.forms = {key: made for key, made in self.forms.items() if made[0].picture}


class ImprintForms:
    """Makes imprints' forms, and keeps those of the sites that came last."""

    def __init__(self, project: Project, letters: ImprintLetters, parts: PartCache) -> None:
        """Set them in `letters`; what was set is kept in `parts`, for other workers and builds."""
        self._project, self._letters, self._kept = project, letters, SiteImprints(parts)
        self._sites: LastUsed[_SetSite] = LastUsed(MOST_SITES)
        self._last: tuple[Site, _SetSite] | None = None

    def form(self, job: ShellJob, area: ImprintArea, site: Site) -> MadeForm:
        """Return what a site's imprint adds to a piece, with its problems.

        Raises HrcpubError when it does not fit.
        """
        known, key = self._of(site), (area, job.printer)
        if key not in known.forms:
            known.forms[key] = self._form(job, area, known)
        return known.forms[key]

    def made_from(self, site: Site) -> str:
        """Return what a site's imprint is made from."""
        return self._of(site).made_from

    def write(self) -> None:
        """Write the imprints that were set since last time."""
        self._kept.write()

    def _of(self, site: Site) -> _SetSite:
        # A site is long to look up, and mostly it is the last one.
        if self._last is None or self._last[0] is not site:
            made_from = imprinted_text(site)
            # Its problems say where it stands in the table.
            key = (made_from, site.source, site.name.source)
            known = self._sites.take(key, lambda: _SetSite(site, made_from))
            if self._last and self._last[1] is not known:
                self._last[1].set_aside()
            self._last = site, known
        return self._last[1]

    def _form(self, job: ShellJob, area: ImprintArea, known: _SetSite) -> MadeForm:
        # Pieces of one form for the shop and for the office differ in their ink alone.
        any_ink, site = area._replace(is_inked=False), known.site
        if any_ink not in known.drawn:
            known.drawn[any_ink] = self._draw(any_ink, known)
        drawn = known.drawn[any_ink]
        ink = OVERPRINT if area.is_inked else _screen(self._letters.system.ink.screen)
        picture = None
        if drawn.has_logo and site.logo:
            picture = self._picture(job, area, site.logo.path)
        _, _, rest = drawn.form.operators.partition(b"\n")
        packed = behind(ink.encode() + b"\n", rest, drawn.data)
        form = replace(in_ink(drawn.form, ink), picture=picture, packed=packed)
        return form, drawn.problems

    def _draw(self, area: ImprintArea, known: _SetSite) -> _Drawn:
        """Return an imprint in black; another worker or an earlier build may have kept it."""
        if (data := self._kept.find(known.made_from, area)) is not None:
            return self._unpacked(data)
        site = known.site
        stacks = self._letters.stacks(area.language, said_of(site))
        if area.language not in known.broken:
            known.broken[area.language] = BrokenGroups(faces_of(stacks))
        broken, style = known.broken[area.language], Style(area.text, area.least, area.label)
        imprint = arrange(site, area.size, broken.faces, style, broken)
        form, problems = draw(imprint, self._letters.fonts, _BLACK, stacks), remarks(site, imprint)
        _, _, rest = form.operators.partition(b"\n")
        drawn = _Drawn(form, deflated(rest), imprint.logo is not None, problems)
        if not problems:  # which the next build would not report
            self._kept.keep(known.made_from, area, _packed(drawn))
        return drawn

    def _unpacked(self, data: bytes) -> _Drawn:
        """Return an imprint as `_packed` wrote it."""
        head, _, packed = data.partition(b"\n")
        fonts, has_logo = json.loads(head)
        named = [(name, _font_name(*font)) for name, font in fonts]
        embedded = tuple(
            (name, font, self._letters.fonts.font(font).objects) for name, font in named
        )
        form = ImprintForm(_BLACK.encode() + b"\n" + inflated(packed), embedded)
        return _Drawn(form, packed, has_logo)

    def _picture(self, job: ShellJob, area: ImprintArea, logo: str) -> LogoImage:
        """Return a logo in the colours of the press."""
        # Few sites have a logo, and what knows colours is long to load.
        from hrcpub.pipeline.demands import inks_of
        from hrcpub.pipeline.prepress.pictures import raster

        inks = None
        if area.is_inked:
            shop = printer(job.printer, self._project.known("printers", read_printers))
            inks = inks_of(self._letters.system, shop, self._project)
        return LogoImage(*raster(self._project.sources.read(logo), inks))


def faces_of(stacks: Mapping[str, FaceStack]) -> dict[str, Face]:
    """Return the faces of stacks."""
    return {name: stack.face for name, stack in stacks.items()}


def _screen(colour: str) -> str:
    """Return the operator that fills in a colour written #rrggbb."""
    return " ".join(map(pdf_number, rgb(colour))) + " rg"


def _font_name(face: str, repertoire: str, said: list[tuple[int, str]]) -> FontName:
    """Return a font's name as JSON has it."""
    return FontName(face, repertoire, tuple((glyph, text) for glyph, text in said))


def _packed(drawn: _Drawn) -> bytes:
    """Return an imprint as bytes to be kept."""
    fonts = [(name, font) for name, font, _ in drawn.form.fonts]
    return json.dumps([fonts, drawn.has_logo]).encode() + b"\n" + drawn.data
