"""A local site's details to an `Imprint`: the largest setting that fits the reserved area.

In a language from the right all that follows is the other way round. Where a logo does not fit at
any size, the words alone are arranged (`remarks.py` says so).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from hrcpub.events.imprint import blocks
from hrcpub.events.imprint.blocks import LARGER
from hrcpub.events.imprint.columns import BrokenGroups, whole_lines
from hrcpub.events.imprint.imprint import Imprint
from hrcpub.events.imprint.places import ImprintTrial, at_size, fewest, fitting
from hrcpub.events.imprint.problems import (
    code_too_long,
    code_without_room,
    detail_left_out,
    imprint_small,
    overset,
)
from hrcpub.events.imprint.turned import turned
from hrcpub.events.manifest.event import Site
from hrcpub.pipeline.setting import (
    Face,
    by_script,
    codes,
    glyph_missing,
    has_unknown,
    line_breaks_unknown,
)
from hrcpub.problems import HrcpubError, Problem, Severity
from hrcpub.project.languages import is_right_to_left
from hrcpub.project.words import Words
from hrcpub.units import Size

SCALES = (1.3, 1.2, 1.1, 1.0, 0.93, 0.86, 0.8, 0.74)  # of the size asked for
LEAST = 7.0  # points: where a layout says nothing of it
WHOLE = 0.75  # of the largest size that fits: down to it whole lines are worth more
TINY = 4.0  # points: down to this it is tried whether details are only too small


class Style(NamedTuple):
    """How a layout wants its imprint set."""

    size: float  # of the address, in points
    least: float = LEAST
    label: float = 0.0  # the height at the area's head that a label takes, at the left


def arrange(
    site: Site,
    area: Size,
    faces: Mapping[str, Face],
    style: Style,
    broken: BrokenGroups | None = None,
) -> Imprint:
    """Return the details in their area; raise HrcpubError with all that cannot be printed.

    A language from the right is arranged from there. `faces` are the design system's `text` and
    `bold`, with those of other scripts behind them. What has no room at the least size is left out:
    first the logo, then the web address in words, which the code says too. The details that a site
    can do without (`Site.extras`) are there as far as they leave the others their lines. Who
    arranges a site in several areas gives the same `broken`, of the same faces, each time.
    """
    imprint = _from_the_left(site, area, broken or BrokenGroups(faces), style)
    if is_right_to_left(faces[blocks.TEXT].language):
        return turned(imprint, faces)
    return imprint


def _from_the_left(site: Site, area: Size, broken: BrokenGroups, style: Style) -> Imprint:
    """Return the details in their area, beginning at the left."""
    core = _arranged(replace(site, extras=()) if site.extras else site, area, broken, style)
    faces = broken.faces
    printable = [extra for extra in site.extras if not _missing([extra.words], faces)]
    told = [
        problem.at(Severity.WARNING)
        for problem in _missing([extra.words for extra in site.extras], faces)
    ]
    for count in range(len(printable), 0, -1):
        more = replace(site, extras=tuple(printable[:count]))
        imprint = _with_extras(more, core, broken, style)
        if imprint:
            return replace(imprint, left_out=(*core.left_out, *told))
        told.append(detail_left_out(printable[count - 1].words, site.name, area))
    return replace(core, left_out=(*core.left_out, *told)) if told else core


def _with_extras(site: Site, core: Imprint, broken: BrokenGroups, style: Style) -> Imprint | None:
    """Return an imprint with a site's extras too; None where one has no room.

    Without room is also what would break a line of the `core`, or push its logo out.
    """
    kept = site if core.logo else replace(site, logo=None)
    groups, modules = (
        tuple(blocks.groups(kept)),
        codes.modules(site.url.text) if site.url and core.code else None,
    )
    trial = ImprintTrial(kept, core.area, style.size, modules, groups, style.label, broken)
    whole = _unbroken(site, core)
    return _largest(trial, style, lambda imprint: _unbroken(site, imprint) >= whole)


def _unbroken(site: Site, imprint: Imprint) -> int:
    """Return how many of the texts that must be there have one line."""
    lines = {line.text for line in imprint.lines}
    return sum(text.text in lines for text in site.texts)


def _arranged(site: Site, area: Size, broken: BrokenGroups, style: Style) -> Imprint:
    """Return the details that must be there; raise HrcpubError when they cannot be printed."""
    problems = _missing(site.texts, broken.faces)
    modules = None
    if site.url:
        try:
            modules = codes.modules(site.url.text)
        except ValueError:
            problems.append(code_too_long(site.url))
    if problems:
        raise HrcpubError(*problems)
    said = tuple(blocks.groups(site))
    bare = replace(site, logo=None) if site.logo else site
    tries = [(site, said)]
    if site.logo:
        tries.append((bare, said))
    if modules is not None:
        tries.append((bare, said[:-1]))
    for one, groups in tries:
        trial = ImprintTrial(one, area, style.size, modules, groups, style.label, broken)
        if imprint := _largest(trial, style):
            return imprint
    if site.url:  # a code without room costs itself, and not the site
        for groups in (said, said[:-1]):
            trial = ImprintTrial(bare, area, style.size, None, groups, style.label, broken)
            if imprint := _largest(trial, style):
                return replace(imprint, left_out=(code_without_room(site.url, area),))
    raise HrcpubError(_no_room(site, area, broken, style))


def _largest(
    trial: ImprintTrial, style: Style, is_good: Callable[[Imprint], bool] | None = None
) -> Imprint | None:
    """Return the details at the largest size that is good; None when the least has no room.

    A smaller one is better that breaks fewer lines, down to a share of it (`WHOLE`): an address
    is read sooner in whole lines than in larger letters.
    """
    least = min(style.least, style.size)
    sizes = [size for scale in SCALES if (size := style.size * scale) >= least]
    if sizes[-1] > least:
        sizes.append(least)
    # By halves: words that fit at one size fit at the smaller ones too.
    largest, first, last = None, 0, len(sizes)
    while first < last:
        middle = (first + last) // 2
        if _is_good(trial._replace(size=sizes[middle]), is_good):
            largest, last = sizes[middle], middle
        else:
            first = middle + 1
    if largest is None:  # or nearly: a narrower column beside a code may hold fewer words
        found = (size for size in sizes if _is_good(trial._replace(size=size), is_good))
        largest = next(found, None)
    if not largest:
        return None
    near = [size for size in sizes if WHOLE * largest <= size <= largest]
    tried = (at_size(trial._replace(size=size)) for size in near)
    good = (imprint for imprint in tried if imprint and (is_good is None or is_good(imprint)))
    return fewest(good, whole_lines(trial.groups))


def _is_good(trial: ImprintTrial, is_good: Callable[[Imprint], bool] | None) -> bool:
    """Return whether the details fit at a size, and are good there; None: any that fit are."""
    if is_good is None:
        return next(fitting(trial), None) is not None
    imprint = at_size(trial)
    return imprint is not None and is_good(imprint)


def _no_room(site: Site, area: Size, broken: BrokenGroups, style: Style) -> Problem:
    """Return why a site's details do not fit: in letters that can be read, or in any."""
    language = broken.faces[blocks.TEXT].language
    for words in site.texts:
        if has_unknown(words.text, language):
            return line_breaks_unknown(language, words.source)
    if style.least > TINY:
        with contextlib.suppress(HrcpubError):
            small = _arranged(site, area, broken, style._replace(least=TINY))
            largest = max(line.size for line in small.lines) / LARGER
            return imprint_small(site.name, largest, style.least)
    return overset(site.name, area)


def _missing(texts: Iterable[Words], faces: Mapping[str, Face]) -> list[Problem]:
    """Return a Problem for the letters of each script that the text face lacks.

    The bold face lacks the same.
    """
    return [
        glyph_missing(letters, words.source)
        for words in texts
        for letters in by_script(faces[blocks.TEXT].missing(words.text))
    ]
