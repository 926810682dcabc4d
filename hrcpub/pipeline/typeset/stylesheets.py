"""A page's stylesheets, parsed once for all pages that have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.patterns import pattern
from hrcpub.pipeline.stages import Html, Stylesheet
from hrcpub.pipeline.typeset import css_slips, weasyprint_log
from hrcpub.pipeline.typeset.engine import own_folder
from hrcpub.pipeline.typeset.fetcher import BASE, fetcher
from hrcpub.pipeline.typeset.kept_rules import kept_rules
from hrcpub.pipeline.typeset.shared_styles import Shelf
from hrcpub.problems import HrcpubError, Problem

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration


_FONTS = pattern(r"(?:@font-face\{[^{}\n]*\}\n)+")  # as the design system's are written


class Styles(NamedTuple):
    """The parsed stylesheets of a layout with their fonts, as one worker keeps them."""

    fonts: FontConfiguration
    sheets: tuple[CSS, ...]
    problems: tuple[Problem, ...]
    undefined: tuple[css_slips.Undefined, ...]
    shelf: Shelf


def read_styles(html: Html, project: Project) -> Styles:
    """Parse a page's stylesheets; those that name the same font files have one FontConfiguration.

    Why: one FontConfiguration for all stylesheets keeps the first font of a family for ever, even
    when its file is edited. One for each document takes twice the time, and memory grows. What
    names no fonts, as the design system's stylesheet, is parsed once for all layouts.
    """
    parts = [*_parted(html.stylesheets)]
    naming = tuple(sheet for sheet in parts if "@font-face" in sheet.text)
    fonts, read = project.parsed(("fonts", naming), lambda s: _with_fonts(naming, s))
    alone = {
        sheet: project.parsed(("stylesheet", sheet), partial(_alone, sheet))
        for sheet in parts
        if sheet not in read
    }
    if None in alone.values():  # it imports one that names fonts
        fonts, read = _with_fonts(parts, project.sources)
    every = [read.get(sheet) or alone[sheet] for sheet in parts]
    sheets = [sheet for sheet in every if sheet]
    problems = [problem for sheet in sheets for problem in sheet.refused]
    problems += [problem for sheet in sheets for problem in sheet.problems]
    undefined = css_slips.undefined(html.stylesheets)
    return Styles(fonts, tuple(sheet.css for sheet in sheets), tuple(problems), undefined, Shelf())


def _parted(sheets: Iterable[Stylesheet]) -> Iterator[Stylesheet]:
    """Yield stylesheets, the fonts at the head of one by themselves: those of layouts are alike."""
    for sheet in sheets:
        if head := _FONTS.match(sheet.text):
            yield replace(sheet, text=head[0])
            lines = "\n" * head[0].count("\n")  # so that mistakes are told at their lines
            yield replace(sheet, text=lines + sheet.text[head.end() :])
        else:
            yield sheet


class _ReadSheet(NamedTuple):
    """A stylesheet that is parsed, what was refused to it, and what is wrong in it."""

    css: CSS
    refused: tuple[Problem, ...]
    problems: tuple[Problem, ...]


class _NoFonts:
    """Stands for a FontConfiguration where no fonts are expected; whether some were named."""

    is_asked = False

    def add_font_face(self, *_: object) -> None:
        self.is_asked = True


def _with_fonts(
    sheets: Sequence[Stylesheet], sources: Sources
) -> tuple[FontConfiguration, dict[Stylesheet, _ReadSheet]]:
    """Return stylesheets that are parsed together, and their fonts."""
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return fonts, {sheet: _read(sheet, fonts, sources) for sheet in sheets}


def _alone(sheet: Stylesheet, sources: Sources) -> _ReadSheet | None:
    """Return a stylesheet that is parsed by itself; None where it needs fonts."""
    read = _read(sheet, fonts := _NoFonts(), sources)
    return None if fonts.is_asked else read


def _read(sheet: Stylesheet, fonts: FontConfiguration | _NoFonts, sources: Sources) -> _ReadSheet:
    door = fetcher(sources)
    with weasyprint_log.heard() as records, own_folder(), kept_rules():
        css = _parse(sheet, fonts, door)
    said = (*weasyprint_log.of_css(records, sheet), *css_slips.slips(sheet))
    return _ReadSheet(css, tuple(door.problems), said)


def _parse(sheet: Stylesheet, fonts: FontConfiguration | _NoFonts, door: Any) -> CSS:
    from weasyprint import CSS

    folder = sheet.path.rpartition("/")[0]
    try:
        return CSS(
            string=sheet.text, base_url=f"{BASE}{folder}/", url_fetcher=door, font_config=fonts
        )
    except (RecursionError, SyntaxError):  # cssselect2 compiles selectors as Python
        raise HrcpubError(weasyprint_log.css_too_deep(sheet)) from None
