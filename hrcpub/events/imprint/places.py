"""Details at one size to an `Imprint`: where words, code and logo go in the reserved area.

The words are at the left in one column or two, the QR code beside or under them, whichever lets
the words be larger; a logo is under the words, or beside the code. The code's quiet zone is part of
it everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from hrcpub.events.imprint.blocks import GAP, LEADING, Group, ImprintBlock
from hrcpub.events.imprint.columns import BrokenColumn, BrokenGroups, GroupColumn, whole_lines
from hrcpub.events.imprint.imprint import Code, Imprint, PlacedLogo
from hrcpub.events.manifest.event import Site
from hrcpub.pipeline.setting import codes
from hrcpub.units import Size

TriedT = TypeVar("TriedT")
LOGO_LEAST = 14.0  # points: lower, a mark is a spot
LOGO_LINES = 3.2  # as high as so many lines at the most
SHARES = (0.66, 0.58, 0.5, 0.42, 0.36)  # of the width, for the first of two columns
LABEL = 84.0  # points that a label is wide at the most: "Distributed by", in longer languages
GUTTER = 6.0  # points between what is side by side
# Of the area's width, at the most: a code beside one column, a code beside two, a logo between.
CODE_BESIDE, CODE_ABREAST, LOGO_BESIDE = 0.42, 0.3, 0.25
WIDE = 1.2  # width to height, from which on two columns and a code beside them are tried


class ImprintTrial(NamedTuple):
    """One try: what goes where, at which size."""

    site: Site
    area: Size
    size: float  # of the address, in points
    modules: codes.Modules | None  # of the site's code; None: it is left out
    groups: tuple[Group, ...]
    label: float  # the height at the area's head that a label takes, at the left
    broken: BrokenGroups

    @property
    def leading(self) -> float:
        """From one of the address's lines to the next."""
        return self.size * LEADING

    def column(self, groups: Sequence[Group], top: float) -> GroupColumn | None:
        """Return groups from `top`; None when they are higher than the area in any width."""
        return self.broken.column(groups, self.size, top, self.area.height)


def at_size(trial: ImprintTrial) -> Imprint | None:
    """Return the details at a size: of the ways in which they fit the one with the fewest lines."""
    return fewest(fitting(trial), whole_lines(trial.groups))


def fewest(tried: Iterable[Imprint], least: int) -> Imprint | None:
    """Return the first imprint with the fewest lines; `least` are as few as there can be."""
    return _fewest(tried, lambda imprint: len(imprint.lines), least)


def fitting(trial: ImprintTrial) -> Iterator[Imprint]:
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


def _beside(trial: ImprintTrial) -> Imprint | None:
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


def _abreast(trial: ImprintTrial) -> Imprint | None:
    """Return name and address at the left, the rest beside them, then the code."""
    for side in _sides(trial, min(trial.area.height, trial.area.width * CODE_ABREAST)):
        for top in dict.fromkeys((trial.label, 0.0)):  # beside the label only where need be
            columns = _columns(trial, trial.area.width - side.width, top)
            imprint = _put(trial, list(columns), side) if columns else None
            if imprint:
                return imprint
    return None


def _columns(
    trial: ImprintTrial, width: float, top: float
) -> tuple[ImprintBlock, ImprintBlock] | None:
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
    best = _fewest(tried, lambda pair: pair.first.lines + pair.second.lines, whole_lines(groups))
    if best is None:
        return None
    return first.placed(best.first), second.placed(best.second).moved(best.left)


class _BrokenColumns(NamedTuple):
    """Two columns broken to their widths, and where the second one begins."""

    first: BrokenColumn
    second: BrokenColumn
    left: float


def _columned(
    first: GroupColumn, second: GroupColumn, measure: float, width: float, least: float
) -> _BrokenColumns | None:
    """Return two columns, the first of a measure; the second begins at `least` or further on."""
    words = first.broken(measure)
    if words is None:
        return None
    # The second column begins where the first one's widest line ends, and the label.
    left = max(words.width + 2 * GUTTER, least)
    rest = second.broken(width - left)
    return _BrokenColumns(words, rest, left) if rest else None


class _CodeSide(NamedTuple):
    """What is at the right of the words: a code, and perhaps a logo between them and it."""

    code: float  # how wide it is, quiet zone and all
    logo: float = 0.0  # the logo with the space around it

    @property
    def width(self) -> float:
        return self.code + self.logo


def _sides(trial: ImprintTrial, room: float) -> Iterator[_CodeSide]:
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


def _put(trial: ImprintTrial, words: Sequence[ImprintBlock], side: _CodeSide) -> Imprint | None:
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


def _below(trial: ImprintTrial) -> Imprint | None:
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


def _code(trial: ImprintTrial, left: float, top: float, side: float) -> Code | None:
    """Return the site's code, `side` wide with its quiet zone; None where it has no address."""
    if trial.modules is None or trial.site.url is None:
        return None
    module = side / trial.modules.across
    quiet = codes.QUIET * module
    return Code(trial.site.url.text, left + quiet, top + quiet, module, trial.modules.rows)


def _logo(
    trial: ImprintTrial, left: float, top: float, width: float, height: float
) -> PlacedLogo | None:
    """Return the site's logo, as large as it may be in a room; None when that is too small."""
    picture = trial.site.logo
    if picture is None:
        return None
    fitting = width * picture.height / picture.width  # its height at the full width
    high = min(height, trial.leading * LOGO_LINES, fitting)
    if high < min(LOGO_LEAST, fitting) or high <= 0:
        return None
    return PlacedLogo(picture, left, top, high * picture.width / picture.height, high)
