"""A local site's details to an `Imprint`: the largest setting that fits the reserved area.

In a language from the right all that follows is the other way round.

The words are at the left in one column or two, the QR code beside or under them, whichever lets
the words be larger; a logo is under the words, or beside the code. Where a logo does not fit at
any size, the words alone are arranged (`remarks.py` says so). The code's quiet zone is part of it
everywhere.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from hrcpub.events.imprint import blocks
from hrcpub.events.imprint.blocks import GAP, LARGER, LEADING, Group, ImprintBlock
from hrcpub.events.imprint.columns import BrokenGroups, GroupColumn, whole_lines
from hrcpub.events.imprint.imprint import Code, Imprint, PlacedLogo
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

TriedT = TypeVar("TriedT")
SCALES = (1.3, 1.2, 1.1, 1.0, 0.93, 0.86, 0.8, 0.74)  # of the size asked for
LEAST = 7.0  # points: where a layout says nothing of it
TINY = 4.0  # points: down to this it is tried whether details are only too small
LOGO_LEAST = 14.0  # points: lower, a mark is a spot
LOGO_LINES = 3.2  # as high as so many lines at the most
SHARES = (0.66, 0.58, 0.5, 0.42, 0.36)  # of the width, for the first of two columns
LABEL = 84.0  # points that a label is wide at the most: "Distributed by", in longer languages
GUTTER = 6.0  # points between what is side by side
# Of the area's width, at the most: a code beside one column, a code beside two, a logo between.
CODE_BESIDE, CODE_ABREAST, LOGO_BESIDE = 0.42, 0.3, 0.25
WIDE = 1.2  # width to height, from which on two columns and a code beside them are tried


class Style(NamedTuple):
    """How a layout wants its imprint set."""

    size: float  # of the address, in points
    least: float = LEAST
    label: float = 0.0  # the height at the area's head that a label takes, at the left


class _Trial(NamedTuple):
    """One try: what goes where, at which size."""

    site: Site
    area: Size
    size: float
    modules: codes.Modules | None
    groups: tuple[Group, ...]
    label: float
    broken: BrokenGroups

    @property
    def leading(self) -> float:
        return self.size * LEADING

    def column(self, groups: Sequence[Group], top: float) -> GroupColumn | None:
        """Return groups from `top`; None when they are higher than the area in any width."""
        return self.broken.column(groups, self.size, top, self.area.height)


def arrange(site: Site, area: Size, faces: Mapping[str, Face], style: Style) -> Imprint:
    """Return the details in their area; raise HrcpubError with all that cannot be printed.

    A language from the right is arranged from there. `faces` are the design system's `text` and
    `bold`, with those of other scripts behind them. What has no room at the least size is left out:
    first the logo, then the web address in words, which the code says too. The details that a site
    can do without (`Site.extras`) are there as far as they leave the others their lines.
    """
    imprint = _from_the_left(site, area, faces, style)
    if is_right_to_left(faces[blocks.TEXT].language):
        return turned(imprint, faces)
    return imprint


def _from_the_left(site: Site, area: Size, faces: Mapping[str, Face], style: Style) -> Imprint:
    """Return the details in their area, beginning at the left."""
    core = _arranged(replace(site, extras=()), area, faces, style)
    printable = [extra for extra in site.extras if not _missing([extra.words], faces)]
    told = [
        problem.at(Severity.WARNING)
        for problem in _missing([extra.words for extra in site.extras], faces)
    ]
    for count in range(len(printable), 0, -1):
        more = replace(site, extras=tuple(printable[:count]))
        imprint = _with_extras(more, core, faces, style)
        if imprint:
            return replace(imprint, left_out=(*core.left_out, *told))
        told.append(detail_left_out(printable[count - 1].words, site.name, area))
    return replace(core, left_out=(*core.left_out, *told)) if told else core


def _with_extras(
    site: Site, core: Imprint, faces: Mapping[str, Face], style: Style
) -> Imprint | None:
    """Return an imprint with a site's extras too; None where one has no room.

    Without room is also what would break a line of the `core`, or push its logo out.
    """
    kept = site if core.logo else replace(site, logo=None)
    groups, modules = (
        tuple(blocks.groups(kept)),
        codes.modules(site.url.text) if site.url and core.code else None,
    )
    broken = BrokenGroups(faces)
    trial = _Trial(kept, core.area, style.size, modules, groups, style.label, broken)
    whole = _unbroken(site, core)
    return _largest(trial, style, lambda imprint: _unbroken(site, imprint) >= whole)


def _unbroken(site: Site, imprint: Imprint) -> int:
    """Return how many of the texts that must be there have one line."""
    lines = {line.text for line in imprint.lines}
    return sum(text.text in lines for text in site.texts)


def _arranged(site: Site, area: Size, faces: Mapping[str, Face], style: Style) -> Imprint:
    """Return the details that must be there; raise HrcpubError when they cannot be printed."""
    problems = _missing(site.texts, faces)
    modules = None
    if site.url:
        try:
            modules = codes.modules(site.url.text)
        except ValueError:
            problems.append(code_too_long(site.url))
    if problems:
        raise HrcpubError(*problems)
    said, bare, broken = tuple(blocks.groups(site)), replace(site, logo=None), BrokenGroups(faces)
    tries = [(site, said)]
    if site.logo:
        tries.append((bare, said))
    if modules is not None:
        tries.append((bare, said[:-1]))
    for one, groups in tries:
        trial = _Trial(one, area, style.size, modules, groups, style.label, broken)
        if imprint := _largest(trial, style):
            return imprint
    if site.url:  # a code without room costs itself, and not the site
        for groups in (said, said[:-1]):
            trial = _Trial(bare, area, style.size, None, groups, style.label, broken)
            if imprint := _largest(trial, style):
                return replace(imprint, left_out=(code_without_room(site.url, area),))
    raise HrcpubError(_no_room(site, area, faces, style))


def _largest(
    trial: _Trial, style: Style, is_good: Callable[[Imprint], bool] | None = None
) -> Imprint | None:
    """Return the details at the largest size that is good; None when the least has no room."""
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
    return _at_size(trial._replace(size=largest)) if largest else None


def _is_good(trial: _Trial, is_good: Callable[[Imprint], bool] | None) -> bool:
    """Return whether the details fit at a size, and are good there; None: any that fit are."""
    if is_good is None:
        return next(_tried(trial), None) is not None
    imprint = _at_size(trial)
    return imprint is not None and is_good(imprint)


def _no_room(site: Site, area: Size, faces: Mapping[str, Face], style: Style) -> Problem:
    """Return why a site's details do not fit: in letters that can be read, or in any."""
    language = faces[blocks.TEXT].language
    for words in site.texts:
        if has_unknown(words.text, language):
            return line_breaks_unknown(language, words.source)
    if style.least > TINY:
        with contextlib.suppress(HrcpubError):
            small = _arranged(site, area, faces, style._replace(least=TINY))
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


def _at_size(trial: _Trial) -> Imprint | None:
    """Return the details at a size: of the ways in which they fit the one with the fewest lines."""
    return _fewest(_tried(trial), lambda imprint: len(imprint.lines), whole_lines(trial.groups))


def _tried(trial: _Trial) -> Iterator[Imprint]:
    """Yield the details at a size in each way in which they fit."""
    is_wide = trial.area.width > WIDE * trial.area.height
    ways = (_beside, _abreast, _below) if is_wide else (_below, _beside)
    return (imprint for way in ways if (imprint := way(trial)))


def _fewest(tried: Iterable[TriedT], lines: Callable[[TriedT], int], least: int) -> TriedT | None:
    """Return the first with the fewest lines; nothing more is tried once one has the least."""
    best, count = None, 0
    for one in tried:
        if best is None or lines(one) < count:
            best, count = one, lines(one)
        if count <= least:
            break
    return best


def _beside(trial: _Trial) -> Imprint | None:
    """Return the words at the left, the code at the right, a logo under the words."""
    column = trial.column(trial.groups, trial.label)
    if column is None:
        return None
    for side in _sides(trial, min(trial.area.height, trial.area.width * CODE_BESIDE)):
        words = column.block(trial.area.width - side.width)
        imprint = _put(trial, [words], side) if words else None
        if imprint:
            return imprint
    return None


def _abreast(trial: _Trial) -> Imprint | None:
    """Return name and address at the left, the rest beside them, then the code."""
    for side in _sides(trial, min(trial.area.height, trial.area.width * CODE_ABREAST)):
        for top in dict.fromkeys((trial.label, 0.0)):  # beside the label only where need be
            columns = _columns(trial, trial.area.width - side.width, top)
            imprint = _put(trial, list(columns), side) if columns else None
            if imprint:
                return imprint
    return None


def _columns(trial: _Trial, width: float, top: float) -> tuple[ImprintBlock, ImprintBlock] | None:
    """Return name and address, and beside them the rest, from `top`, where both fit in a width."""
    groups, rest = trial.groups, 1 + bool(trial.site.lines)
    if len(groups) <= rest:
        return None
    first, second = trial.column(groups[:rest], trial.label), trial.column(groups[rest:], top)
    if first is None or second is None:
        return None
    least = LABEL if top < trial.label else 0.0  # that the second one begins from the left
    tried = (
        pair
        for share in SHARES
        if (pair := _columned(first, second, share * (width - GUTTER), width, least))
    )
    # The fewest lines: a last word on a line of its own costs one.
    return _fewest(tried, lambda pair: sum(len(one.lines) for one in pair), whole_lines(groups))


def _columned(
    first: GroupColumn, second: GroupColumn, measure: float, width: float, least: float
) -> tuple[ImprintBlock, ImprintBlock] | None:
    """Return two columns, the first of a measure; the second begins at `least` or further on."""
    words = first.broken(measure)
    if words is None:
        return None
    # The second column begins where the first one's widest line ends, and the label.
    left = max(words.width + 2 * GUTTER, least)
    rest = second.broken(width - left)
    return (first.placed(words), second.placed(rest).moved(left)) if rest else None


class _CodeSide(NamedTuple):
    """What is at the right of the words: a code, and perhaps a logo between them and it."""

    code: float  # how wide it is, quiet zone and all
    logo: float = 0.0  # the logo with the space around it

    @property
    def width(self) -> float:
        return self.code + self.logo


def _sides(trial: _Trial, room: float) -> Iterator[_CodeSide]:
    """Yield what may be at the right, where a code has so much room; first the code alone."""
    code = 0.0
    if trial.modules is not None:
        module = _module(trial.modules, room)
        if module is None:
            return
        code = module * trial.modules.across
    yield _CodeSide(code)
    if logo := trial.site.logo:
        shape = logo.width / logo.height
        width = min(
            trial.area.height * shape,
            trial.leading * LOGO_LINES * shape,
            trial.area.width * LOGO_BESIDE,
        )
        yield _CodeSide(code, width + 2 * GUTTER)


def _put(trial: _Trial, words: Sequence[ImprintBlock], side: _CodeSide) -> Imprint | None:
    """Return blocks of words with what is beside and under them, if all fit."""
    area = trial.area
    height = max(block.height for block in words)
    if height > area.height:
        return None
    logo = None
    if side.logo:
        left = area.width - side.width + GUTTER
        logo = _logo(trial, left, 0.0, side.logo - 2 * GUTTER, area.height)
    elif trial.site.logo:
        top = height + trial.leading * GAP
        logo = _logo(trial, 0.0, top, area.width - side.code, area.height - top)
    if trial.site.logo and logo is None:
        return None
    code = _code(trial, area.width - side.code, 0.0, side.code)
    return Imprint(area, tuple(line for block in words for line in block.lines), code, logo)


def _below(trial: _Trial) -> Imprint | None:
    """Return the words at full width, under them the code and a logo beside it."""
    area = trial.area
    column = trial.column(trial.groups, trial.label)
    words = column.block(area.width) if column else None
    if words is None or words.height > area.height:
        return None
    top = words.height + trial.leading * GAP
    room, left, code = area.height - top, 0.0, None
    if trial.modules:
        if not (module := _module(trial.modules, min(room, area.width))):
            return None
        # All of the quiet zone lies in the area: what is around that may be a rule, or a colour.
        side = module * trial.modules.across
        code = _code(trial, 0.0, top, side)
        left = side + GUTTER
    logo = None
    if trial.site.logo:
        logo = _logo(trial, left, top, area.width - left, room)
        if logo is None:
            return None
    return Imprint(area, words.lines, code, logo)


def _module(modules: codes.Modules, room: float) -> float | None:
    """Return the size of a module where the code has so much room; None when that is too little."""
    module = min(room / modules.across, codes.MOST)
    return module if module >= codes.LEAST else None


def _code(trial: _Trial, left: float, top: float, side: float) -> Code | None:
    """Return the site's code, `side` wide with its quiet zone; None where it has no address."""
    if trial.modules is None or trial.site.url is None:
        return None
    module = side / trial.modules.across
    quiet = codes.QUIET * module
    return Code(trial.site.url.text, left + quiet, top + quiet, module, trial.modules.rows)


def _logo(trial: _Trial, left: float, top: float, width: float, height: float) -> PlacedLogo | None:
    """Return the site's logo, as large as it may be in a room; None when that is too small."""
    picture = trial.site.logo
    if picture is None:
        return None
    fitting = width * picture.height / picture.width  # its height at the full width
    high = min(height, trial.leading * LOGO_LINES, fitting)
    if high < min(LOGO_LEAST, fitting) or high <= 0:
        return None
    return PlacedLogo(picture, left, top, high * picture.width / picture.height, high)
