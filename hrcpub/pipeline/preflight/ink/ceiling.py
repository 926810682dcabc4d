"""A page to the most ink that it can have anywhere, from its colours alone: nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pikepdf

from hrcpub.pipeline.preflight.ink.managed import printed
from hrcpub.pipeline.preflight.page.bounded import ODD
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage
from hrcpub.pipeline.preflight.page.interpreter import Library
from hrcpub.pipeline.preflight.page.marks import (
    Mark,
    Painted,
    PaintedImage,
    PaintedShading,
    TransparencyGroup,
)
from hrcpub.pipeline.preflight.page.separation import most
from hrcpub.pipeline.preflight.page.spaces import GREY, SRGB_GREY, InkAmounts, Space
from hrcpub.pipeline.preflight.page.wavelets import wavelet_space

_ADDING = frozenset({"Normal", "Lighten", "Screen", "Darken"})  # never more than one of both
_INKS = ("DeviceCMYK", "Separation", "DeviceN")
BLENDED_ELSEWHERE = "colours that are blended in RGB or grey"


def bound(page: CheckedPage) -> float | None:
    """Return a bound of the ink on a page, in per cent; None where only drawing shows it."""
    paints: set[tuple[Space, tuple[float, ...]]] = set()  # a page has few, and thousands of marks
    pictures = 0.0
    try:
        for mark in page.placed:
            if _needs_drawing(mark):
                return None
            paints.update(_paints(mark))
            for ceiling in _of_pictures(page, mark):
                if ceiling is None:
                    return None
                pictures = max(pictures, ceiling)
        if any(_registers(space) for space, _ in paints):
            return None
        amounts = _printed(page, paints)
    except ODD:
        return None
    # Other modes may lay down more ink than both colours have.
    if any(group.state.blend not in _ADDING for group in page.walk.groups):
        return None
    if any(mark.is_pattern for mark in page.product):
        return None
    if is_blended_elsewhere(page):
        pictures = max(pictures, most())
    if _is_layered(page):
        return _by_plate(amounts) if pictures == 0 else None
    # Opaque or seen through, each place has a mixture of colours, and so never more than any.
    return max((*(paint.total for paint in amounts), pictures), default=0.0)


def _needs_drawing(mark: Mark) -> bool:
    state = mark.state
    return state.has_transfer or state.blend not in _ADDING


def _paints(mark: Mark) -> Iterable[tuple[Space, tuple[float, ...]]]:
    """Yield the colours that a mark is painted with; none for pictures, gradients and patterns."""
    state = mark.state
    if mark.has_own_inks:
        return
    if mark.is_fill and state.fill_pattern is None:
        yield state.fill_space, state.fill
    if mark.is_stroke and state.stroke_pattern is None:
        yield state.stroke_space, state.stroke


def _printed(
    page: CheckedPage, paints: Iterable[tuple[Space, tuple[float, ...]]]
) -> list[InkAmounts]:
    amounts = []
    for at, (space, parts) in enumerate(paints):
        if at % 256 == 0:
            page.library.budget.clock()
        amounts.append(printed(space, parts))
    return amounts


def _registers(space: Space | None) -> bool:
    """Whether a colour is the registration colour, which prints on the plates of spots too."""
    return space is not None and "All" in space.root.names


def _is_layered(page: CheckedPage) -> bool:
    """Whether plates of one mark may print with those of another: by overprint, or by a mode."""
    if any(group.state.blend != "Normal" for group in page.walk.groups):
        return True
    return any(
        mark.state.blend != "Normal" or mark.state.fill_overprint or mark.state.stroke_overprint
        for mark in page.placed
    )


def _by_plate(amounts: Iterable[InkAmounts]) -> float:
    """Return the most of any colour on each plate, added up."""
    process = [0.0] * 4
    spots: dict[str, float] = {}
    for paint in set(amounts):
        process = [max(pair) for pair in zip(process, paint.process, strict=True)]
        for name, tint in paint.spots:
            spots[name] = max(spots.get(name, 0.0), tint)
    return 100 * (sum(process) + sum(spots.values()))


def _of_pictures(page: CheckedPage, mark: Mark) -> Iterable[float | None]:
    """Yield the most ink of a picture, or of each gradient that a mark is filled or stroked with.

    None stands for what only drawing shows: a tiling pattern, or a gradient in inks.
    """
    state = mark.state
    if mark.has_own_inks:
        yield _of_space(page, _space(page, mark), mark.painted)
        return
    for is_on, pattern in (
        (mark.is_fill, state.fill_pattern),
        (mark.is_stroke, state.stroke_pattern),
    ):
        if is_on and pattern is not None:
            # A pattern may have a graphics state of its own (§8.7.4.5.1).
            is_plain = "/Shading" in pattern and "/ExtGState" not in pattern
            named = pattern["/Shading"].get("/ColorSpace") if is_plain else None
            yield None if named is None else _of_space(page, page.library.space(named, None))


def _of_space(
    page: CheckedPage, space: Space | None, painted: Painted | None = None
) -> float | None:
    """Return the most ink that colours of a space become; those in inks are read of a picture."""
    if space is None or space.said or _registers(space):
        return None
    if space.root.family in _INKS:
        return _of_inks(page.library, painted)
    return 100.0 if space.root.kind == "DeviceGray" else most()


def _of_inks(library: Library, painted: Painted | None) -> float | None:
    """Return the most ink of a picture that is given in inks, decoded once; None of a gradient."""
    if not isinstance(painted, PaintedImage):
        return None
    from hrcpub.pipeline.preflight.ink.images import most_ink

    key = painted.dictionary.objgen
    known = library.picture_inks.get(key)
    if known is None:
        known = most_ink(painted, library)
        if key != (0, 0):
            library.picture_inks[key] = known
    return known


def _space(page: CheckedPage, mark: Mark) -> Space | None:
    match mark.painted:
        case PaintedImage(dictionary=image, resources=resources):
            named = image.get("/ColorSpace")
            if named is not None:
                return page.library.space(named, resources)
            own = wavelet_space(image)
            return SRGB_GREY if own is GREY else own  # it is no ink of that name
        case PaintedShading(dictionary=shading):
            return page.library.space(shading.get("/ColorSpace"), None)
        case _:
            return None


def is_blended_elsewhere(page: CheckedPage) -> bool:
    """Whether colours are mixed in another space than CMYK, and become inks only then (§11.4.7).

    It makes a difference where something is seen through, or was given as inks.
    """
    if _is_other(page, page.dictionary.get("/Group")):
        return _is_mixed(page, page.walk.tree)
    return any(_is_mixed(page, group.parts) for group in _isolated(page, page.walk.tree))


def _isolated(
    page: CheckedPage, parts: Sequence[Mark | TransparencyGroup]
) -> Iterable[TransparencyGroup]:
    """Yield the isolated groups with a space of their own; others are blended in the page's."""
    for part in parts:
        if isinstance(part, TransparencyGroup):
            if part.is_isolated and _is_other(page, part.fields):
                yield part
            yield from _isolated(page, part.parts)


def _is_other(page: CheckedPage, fields: pikepdf.Object | None) -> bool:
    named = fields.get("/CS") if isinstance(fields, pikepdf.Dictionary) else None
    return named is not None and page.library.space(named, None).family != "DeviceCMYK"


def _is_mixed(page: CheckedPage, parts: Iterable[Mark | TransparencyGroup]) -> bool:
    for part in parts:
        if isinstance(part, TransparencyGroup):
            if not part.is_plain or _is_mixed(page, part.parts):
                return True
        elif part.is_seen_through or any(
            space.root.family in _INKS for space in _spaces(page, part)
        ):
            return True
    return False


def _spaces(page: CheckedPage, mark: Mark) -> Iterable[Space]:
    if mark.has_own_inks:
        space = _space(page, mark)
        return () if space is None else (space,)
    state = mark.state
    filled = (state.fill_space,) if mark.is_fill else ()
    return (*filled, state.stroke_space) if mark.is_stroke else filled
