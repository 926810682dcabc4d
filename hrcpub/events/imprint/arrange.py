"""A local site's details to an `Imprint`: the largest setting that fits the reserved area.

The words stand at the left in one column or two, the QR code beside or under them, whichever lets
the words be larger; a logo stands under the words, or beside the code. Where it finds no room
at any size, the words alone are arranged (`remarks` tells of it). The code's quiet zone is part of
it everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from hrcpub.events.imprint import codes
from hrcpub.events.imprint.imprint import Code, Imprint, ImprintLine, PlacedLogo
from hrcpub.events.imprint.problems import code_too_long, logo_coarse, logo_left_out, overset
from hrcpub.events.manifest.event import Site
from hrcpub.pipeline.setting import Face, glyph_missing
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project import telephones
from hrcpub.units import Size

TEXT, BOLD = "text", "bold"
SCALES = (1.3, 1.2, 1.1, 1.0, 0.93, 0.86, 0.8, 0.74)  # of the size asked for
LEAST = 7.0  # points: under it nobody can be asked to read a telephone number
LEADING = 1.22
GAP = 0.4  # of a line: between what is said of different things
COARSE = 150.0  # pixels to the inch: what a preflight warns of
LOGO_LEAST = 14.0  # points: lower, a mark is a spot
LOGO_LINES = 3.2  # as high as so many lines at the most
SHARES = (0.66, 0.58, 0.5, 0.42, 0.36)  # of the width, for the first of two columns
LABEL = 84.0  # how far a label reaches at the most: "Distributed by", in longer languages
GUTTER = 6.0  # between what stands side by side


class Style(NamedTuple):
    """How a layout wants its imprint set."""

    size: float  # of the address, in points
    least: float = LEAST
    label: float = 0.0  # the height at the area's head where a label stands, at the left


def arrange(site: Site, area: Size, faces: Mapping[str, Face], style: Style) -> Imprint:
    """Return the details in their area; raise HrcpubError with all that cannot be printed.

    `faces` are the design system's `text` and `bold`.
    """
    problems = _missing(site, faces)
    modules = None
    if site.url:
        try:
            modules = codes.modules(site.url.text)
        except ValueError:
            problems.append(code_too_long(site.url))
    if problems:
        raise HrcpubError(*problems)
    groups = tuple(_groups(site))
    sizes = [style.size * scale for scale in SCALES]
    sizes = [size for size in sizes if size >= min(style.least, style.size)]
    first, last, found = 0, len(sizes), None
    while first < last:  # words that fit at one size fit at the smaller ones
        middle = (first + last) // 2
        tried = _at_size(_Set(site, area, faces, sizes[middle], modules, groups, style.label))
        if tried:
            found, last = tried, middle
        else:
            first = middle + 1
    if found:
        return found
    if site.logo:
        return arrange(replace(site, logo=None), area, faces, style)
    raise HrcpubError(overset(site.name, area))


def _at_size(one: _Set) -> Imprint | None:
    """Return the details at a size: of the ways in which they fit the one with the fewest lines."""
    is_wide = one.area.width > 1.2 * one.area.height
    ways = (_beside, _abreast, _below) if is_wide else (_below, _beside)
    there = [found for way in ways if (found := way(one))]
    return min(there, key=lambda found: len(found.lines)) if there else None


Group = tuple[tuple[str, ...], str, float, str | None]  # texts, face, scale, link


def remarks(site: Site, imprint: Imprint) -> tuple[Problem, ...]:
    """Return what is to be told of an imprint that can be printed."""
    if site.logo is None:
        return ()
    if imprint.logo is None:
        return (logo_left_out(site.logo.path, site.name, imprint.area),)
    resolution = site.logo.width / imprint.logo.width * 72
    if resolution < COARSE:
        return (logo_coarse(site.logo.path, resolution, site.name),)
    return ()


class _Set(NamedTuple):
    """What one try goes by."""

    site: Site
    area: Size
    faces: Mapping[str, Face]
    size: float
    modules: codes.Modules | None
    groups: tuple[Group, ...]
    label: float

    @property
    def leading(self) -> float:
        return self.size * LEADING


class _ImprintBlock(NamedTuple):
    lines: tuple[ImprintLine, ...]
    height: float
    width: float

    def moved(self, right: float) -> _ImprintBlock:
        lines = tuple(line._replace(x=line.x + right) for line in self.lines)
        return self._replace(lines=lines)


def _beside(one: _Set) -> Imprint | None:
    """Return the words at the left, the code at the right, a logo under the words."""
    for side in _sides(one, min(one.area.height, one.area.width * 0.42)):
        block = _block(one, one.groups, one.area.width - side.width, one.label)
        found = _put(one, [block], side)
        if found:
            return found
    return None


def _abreast(one: _Set) -> Imprint | None:
    """Return name and address at the left, the rest beside them, then the code."""
    for side in _sides(one, min(one.area.height, one.area.width * 0.3)):
        for top in dict.fromkeys((one.label, 0.0)):  # beside the label only where need be
            blocks = _columns(one, one.area.width - side.width, top)
            found = _put(one, list(blocks), side) if blocks else None
            if found:
                return found
    return None


def _columns(one: _Set, width: float, top: float) -> tuple[_ImprintBlock, _ImprintBlock] | None:
    """Return name and address, and beside them the rest, from `top`, where both fit in a width."""
    groups, rest = one.groups, 1 + bool(one.site.lines)
    if len(groups) <= rest:
        return None
    room = width - GUTTER
    pairs = []
    for share in SHARES:
        first = _block(one, groups[:rest], room * share, one.label)
        # The second column begins where the first one ends, and the label.
        left = first.width + 2 * GUTTER if first else 0.0
        left = max(left, LABEL if top < one.label else 0.0)
        second = _block(one, groups[rest:], width - left, top)
        if first and second:
            pairs.append((first, second.moved(left)))
    if not pairs:
        return None
    # The fewest lines: a last word on a line of its own costs one.
    return min(pairs, key=lambda pair: len(pair[0].lines) + len(pair[1].lines))


class _CodeSide(NamedTuple):
    """What stands at the right of the words: a code, and perhaps a logo between them and it."""

    code: float  # how wide it is, quiet zone and all
    logo: float = 0.0  # the logo with the space around it

    @property
    def width(self) -> float:
        return self.code + self.logo


def _sides(one: _Set, room: float) -> Iterator[_CodeSide]:
    """Yield what may stand at the right, where a code has so much room: first the code alone."""
    code = 0.0
    if one.modules is not None:
        module = _module(one.modules, room)
        if module is None:
            return
        code = module * one.modules.across
    yield _CodeSide(code)
    if one.site.logo:
        shape = one.site.logo.width / one.site.logo.height
        wide = min(one.area.height * shape, one.leading * LOGO_LINES * shape, one.area.width * 0.25)
        yield _CodeSide(code, wide + 2 * GUTTER)


def _put(one: _Set, blocks: list[_ImprintBlock | None], side: _CodeSide) -> Imprint | None:
    """Return blocks of words with what stands beside and under them, if all fit."""
    there = [block for block in blocks if block]
    height = max((block.height for block in there), default=0.0)
    if len(there) < len(blocks) or height > one.area.height:
        return None
    logo = None
    if side.logo:
        left = one.area.width - side.width + GUTTER
        logo = _logo(one, left, 0.0, side.logo - 2 * GUTTER, one.area.height)
    elif one.site.logo:
        top = height + one.leading * GAP
        logo = _logo(one, 0.0, top, one.area.width - side.code, one.area.height - top)
    if one.site.logo and logo is None:
        return None
    code = _code(one, one.area.width - side.code, 0.0, side.code) if one.modules else None
    return Imprint(one.area, tuple(line for block in there for line in block.lines), code, logo)


def _below(one: _Set) -> Imprint | None:
    """Return the words at full width, under them the code and a logo beside it."""
    area = one.area
    block = _block(one, one.groups, area.width, one.label)
    if block is None or block.height > area.height:
        return None
    top = block.height + one.leading * GAP
    room, side, code = area.height - top, 0.0, None
    if one.modules:
        if not (module := _module(one.modules, min(room, area.width))):
            return None
        side = module * one.modules.across
        # The quiet zone is white as it is: the code's edge stands under the words' edge.
        code = _code(one, -codes.QUIET * module, top, side)
        side -= codes.QUIET * module
    logo = None
    if one.site.logo:
        left = side + GUTTER if side else 0.0
        logo = _logo(one, left, top, area.width - left, room)
        if logo is None:
            return None
    return Imprint(area, block.lines, code, logo)


def _module(modules: codes.Modules, room: float) -> float | None:
    """Return the size of a module where the code has so much room; None when that is too little."""
    module = min(room / modules.across, codes.MOST)
    return module if module >= codes.LEAST else None


def _code(one: _Set, left: float, top: float, side: float) -> Code | None:
    if one.modules is None or one.site.url is None:
        return None
    module = side / one.modules.across
    quiet = codes.QUIET * module
    return Code(one.site.url.text, left + quiet, top + quiet, module, one.modules.rows)


def _logo(one: _Set, left: float, top: float, width: float, height: float) -> PlacedLogo | None:
    picture = one.site.logo
    if picture is None:
        return None
    high = min(height, one.leading * LOGO_LINES, width * picture.height / picture.width)
    if high < min(LOGO_LEAST, width * picture.height / picture.width) or high <= 0:
        return None
    return PlacedLogo(picture, left, top, high * picture.width / picture.height, high)


def _block(one: _Set, groups: Sequence[Group], width: float, top: float) -> _ImprintBlock | None:
    """Return the words broken to a width, from `top`.

    None when a word alone is wider, or when there are more texts than the area's height has lines.
    """
    if _least(one, groups, top) > one.area.height:
        return None
    lines: list[ImprintLine] = []
    y = foot = top
    right = 0.0
    # The first line's letters begin at the area's top, the last one's tails end at its foot.
    up = one.size * (LEADING - 1) * 1.4
    for number, (group, name, scale, link) in enumerate(groups):
        if number and scale >= 0:
            y += one.leading * GAP
        size, face = one.size * abs(scale), one.faces[name]
        is_number = link is not None and link.startswith("tel:")
        for text in group:
            broken = _broken(text, face, size, width, is_whole=is_number)
            if broken is None:
                return None
            for part in broken:
                y += size * LEADING
                base = y - size * (LEADING - 1) / 2
                if not lines:  # accents stand above other letters, two of them far above
                    up = min(up, base - top - face.display_ink(part).top * size)
                base -= up
                lines.append(ImprintLine(part, name, size, 0.0, base, link))
                foot = max(foot, base + size * 0.25)
                right = max(right, face.display_width(part) * size)
    return _ImprintBlock(tuple(lines), foot, right)


def _least(one: _Set, groups: Sequence[Group], top: float) -> float:
    """Return how high the words are at least: each text on one line, however wide."""
    y = foot = top
    up = one.size * (LEADING - 1) * 1.4
    for number, (group, _, scale, _) in enumerate(groups):
        if number and scale >= 0:
            y += one.leading * GAP
        size = one.size * abs(scale)
        for _ in group:
            y += size * LEADING
            foot = max(foot, y - size * (LEADING - 1) / 2 - up + size * 0.25)
    return foot


def _groups(site: Site) -> Iterator[Group]:
    """Yield what is said, thing by thing: texts, face, size of the address's, link.

    A size under 0 keeps to the group before.
    """
    yield (site.name.text,), BOLD, 1.12, None
    if site.lines:
        yield tuple(line.text for line in site.lines), TEXT, -1.0, None
    if site.hours:
        yield (site.hours.text,), TEXT, 1.0, None
    if site.tel:
        number = telephones.read(site.tel.text)
        yield (site.tel.text,), BOLD, 1.12, number.link() if number else None
    if site.url:
        shown = re.sub(r"^https?://(www\.)?|/$", "", site.url.text)
        yield (shown,), TEXT, 1.0 if not site.tel else -1.0, site.url.text


def _broken(
    text: str, face: Face, size: float, width: float, *, is_whole: bool
) -> list[str] | None:
    """Return a text's lines, each as full as it goes; None when a part of it is too wide.

    A telephone number is kept whole: in two lines it is dialled wrong.
    """
    if is_whole:
        return [text] if face.display_width(text) * size <= width else None
    single = text.split()
    if face.display_width(line := " ".join(single)) * size <= width:  # as most do
        return [line] if single else []
    words = [part for word in single for part in _parts(word, face, size, width)]
    lines: list[str] = []
    for joint, word in words:
        longer = f"{lines[-1]}{joint}{word}" if lines else word
        if lines and face.display_width(longer) * size <= width:
            lines[-1] = longer
        elif face.display_width(word) * size <= width:
            lines.append(word)
        else:
            return None
    return lines


def _parts(word: str, face: Face, size: float, width: float) -> list[tuple[str, str]]:
    """Return a word with the space before it, in parts where an address is too wide for a line."""
    if face.display_width(word) * size <= width:
        return [(" ", word)]
    parts = [part for part in re.split(r"(?<=[/.?&=@_-])", word) if part]
    return [(" " if number == 0 else "", part) for number, part in enumerate(parts)]


def _missing(site: Site, faces: Mapping[str, Face]) -> list[Problem]:
    """Return a Problem for each letter that a face cannot draw."""
    found = []
    for words in site.texts:
        for letter in faces[TEXT].missing(words.text):
            found.append(glyph_missing(letter, words.source, "the text face"))
    return found
