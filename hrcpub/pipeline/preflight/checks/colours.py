"""Checks of colour: spaces, spots, registration colour, blending, gradients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pikepdf

from hrcpub.pipeline.preflight.checks.geometry import what
from hrcpub.pipeline.preflight.checks.limits import Expected
from hrcpub.pipeline.preflight.page.bounded import ODD
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage
from hrcpub.pipeline.preflight.page.functions import function, outputs
from hrcpub.pipeline.preflight.page.marks import (
    Mark,
    PaintedImage,
    PaintedShading,
)
from hrcpub.pipeline.preflight.page.spaces import PROCESS, Space
from hrcpub.pipeline.preflight.page.wavelets import wavelet_space
from hrcpub.problems import Problem, Severity


def _used(page: CheckedPage, mark: Mark) -> Iterator[tuple[Space, str]]:
    """Yield the colour spaces that a mark is painted with, and in what part of it."""
    state, painted = mark.state, mark.painted
    if isinstance(painted, PaintedImage) and not mark.is_fill:
        space = picture_space(page, painted)
        if space is not None:
            yield space, ""
        return
    if isinstance(painted, PaintedShading):
        yield _shading_space(page, painted.dictionary), ""
        return
    if mark.is_fill:
        yield from _paint(page, state.fill_space, state.fill_pattern, "")
    if mark.is_stroke:
        yield from _paint(page, state.stroke_space, state.stroke_pattern, "the line of ")


def _paint(
    page: CheckedPage, space: Space, pattern: pikepdf.Object | None, part: str
) -> Iterator[tuple[Space, str]]:
    if pattern is None:
        yield space, part
    elif isinstance(pattern, pikepdf.Dictionary) and "/Shading" in pattern:
        yield _shading_space(page, pattern["/Shading"]), f"a gradient of {part}"
    elif space.base is not None:
        yield space.base, part


def picture_space(page: CheckedPage, image: PaintedImage) -> Space | None:
    """Return the colour space of a picture; a JPEG 2000 may say it in its own data (§7.4.9)."""
    space = image.dictionary.get("/ColorSpace")
    if space is None:
        return wavelet_space(image.dictionary)
    return page.library.space(space, image.resources)


def _shading_space(page: CheckedPage, shading: pikepdf.Object) -> Space:
    return page.library.space(shading.get("/ColorSpace"), None)


class FirstMark(NamedTuple):
    """The first mark in a colour space, in what part of it, and how many there are like it."""

    mark: Mark
    space: Space
    part: str
    many: int

    @property
    def said(self) -> str:
        """What it is, in words; asked for where something is wrong with it."""
        return f"{self.part}{what(self.mark)}"


def _first_of_each(page: CheckedPage, *, inside: bool = False) -> list[FirstMark]:
    """Return the first mark in each colour space.

    It is worked out once for a page: `inside` asks for what is inside the trim.
    """
    key = f"spaces {inside}"
    if key not in page.notes:
        page.notes[key] = _listed(page, page.product if inside else page.printed)
    firsts: list[FirstMark] = page.notes[key]
    return firsts


def _listed(page: CheckedPage, marks: list[Mark]) -> list[FirstMark]:
    firsts: dict[tuple[str, tuple[str, ...], type], FirstMark] = {}
    for mark, times in _painted_alike(marks):
        try:
            used = list(_used(page, mark))
        except ODD:
            continue
        for space, part in used:
            root = space.root
            # One problem for each way to be wrong: a page may have ten thousand marks in RGB.
            key = (root.kind, root.names, type(mark.painted))
            first = firsts.get(key) or FirstMark(mark, root, part, 0)
            firsts[key] = first._replace(many=first.many + times)
    return list(firsts.values())


def _painted_alike(marks: list[Mark]) -> Iterable[tuple[Mark, int]]:
    """Return the first of each kind of mark with the same colour spaces, and how many there are.

    Pictures, gradients and patterns have spaces of their own, so each stands for itself.
    """
    alike: dict[object, tuple[Mark, int]] = {}
    for mark in marks:
        first, times = alike.get(key := _spaces_of(mark), (mark, 0))
        alike[key] = (first, times + 1)
    return alike.values()


def _spaces_of(mark: Mark) -> object:
    state = mark.state
    if mark.has_own_inks or state.fill_pattern is not None or state.stroke_pattern is not None:
        return mark
    fill = state.fill_space if mark.is_fill else None
    return (type(mark.painted), fill, state.stroke_space if mark.is_stroke else None)


def _of(count: int) -> str:
    return f" (and {count - 1} more on this page)" if count > 1 else ""


def screen_colour(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """Something is painted in RGB. A press has no such inks, so the colour must be converted.

    Fix: convert to CMYK with the shop's profile, or ask the shop whether it takes RGB pictures.
    Otherwise black text becomes four inks, and colours shift. (GWG 2022 R0027, R0028. Digital
    presses convert by themselves: there it is a warning.)
    """
    if expected.limits is None:
        return
    # A digital press converts by itself, only not always as one would like.
    weight = Severity.WARNING if expected.limits.managed_colour else Severity.ERROR
    for first in _first_of_each(page):
        if first.space.family == "DeviceRGB":
            kinds = {"DeviceRGB": "RGB", "CalRGB": "calibrated RGB"}
            kind = kinds.get(first.space.kind, "RGB (ICC)")
            message = f"{first.said} is in {kind}{_of(first.many)}"
            yield Problem("colour-rgb", message, page.at(first.mark.box), None, weight)


def managed_colour(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """Something is painted in a colour that is not given as inks: Lab, or an ICC profile.

    Fix: export with plain CMYK ("preserve numbers"). Otherwise the shop's program converts it
    once more: black text gets four inks, and tints shift. (GWG 2022 R0027, R0028; digital
    presses: not checked.)
    """
    if expected.limits is None or expected.limits.managed_colour:
        return
    for first in _first_of_each(page):
        space = first.space
        if space.kind in ("Lab", "CalGray") or (
            space.kind == "ICCBased" and space.family != "DeviceRGB"
        ):
            kind = {"ICCBased": f"an ICC profile's {space.family.removeprefix('Device')}"}
            message = f"{first.said} is in {kind.get(space.kind, space.kind)}{_of(first.many)}"
            yield Problem("colour-managed", message, page.at(first.mark.box))


def broken_space(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A colour space, or a spot colour's function, is broken: each program guesses another colour.

    Fix: export the file again from the program that made it. (ISO 32000-2 §8.6.)
    """
    seen: set[str] = set()
    for first in _first_of_each(page):
        fault = first.space.said
        if fault and fault not in seen:
            seen.add(fault)
            yield Problem("colour-broken", f"{first.said}: {fault}", page.at(first.mark.box))


def spot_count(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A spot colour is used, but the job has none: it needs another plate, or is converted.

    Fix: convert it to CMYK, or order the extra ink. (GWG 2022 R0020: none in SheetCMYK. A colour of
    the project's palette with `spot:` has a plate of its own on purpose: builds expect it.)
    """
    if expected.limits is None:
        return
    names: dict[str, Mark] = {}
    for mark, space, _, _ in _first_of_each(page):
        if space.kind in ("Separation", "DeviceN"):
            for name in space.names:
                if name not in (*PROCESS, "All", "None"):
                    names.setdefault(name, mark)
    if len(names) > expected.limits.most_spots:
        for name, mark in names.items():
            said = f'the spot colour "{name}" is used, but {expected.limits.most_spots} are ordered'
            yield Problem("colour-spot", said, page.at(mark.box), None, expected.limits.spots)


def registration(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """The registration colour is used inside the trim: it prints on every plate, solid.

    Fix: give the object K 100 instead. The registration colour is for marks outside the
    product. (GWG 2022 R0024.)
    """
    if not expected.is_press:
        return
    for first in _first_of_each(page, inside=True):
        if "All" in first.space.names and first.mark.is_inked:
            message = f"{first.said} is in the registration colour{_of(first.many)}"
            place = page.at(first.mark.box)
            yield Problem("colour-registration", message, place, None, Severity.WARNING)


def blend_space(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """Transparent objects are blended in a colour space other than CMYK.

    Fix: set the document's transparency blend space to CMYK. Otherwise the shop's program
    converts the page to RGB and back: blacks get four inks, and spots vanish. (GWG 2022 R0030.)
    """
    if expected.limits is None or expected.limits.managed_colour:
        return
    groups = [page.dictionary.get("/Group"), *page.walk.group_fields]
    seen: set[str] = set()
    for group in groups:
        if not isinstance(group, pikepdf.Dictionary) or group.get("/S") != "/Transparency":
            continue
        space = group.get("/CS")
        if space is None:
            continue
        kind = page.library.space(space, None).kind
        if kind != "DeviceCMYK" and kind not in seen:
            seen.add(kind)
            yield Problem("blend-space", f"transparency is blended in {kind}", page.at())


def transparency(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """The page has transparency, and the file says that it is a PDF/X that allows none.

    Fix: export as PDF/X-4, or flatten the transparency. PDF/X-1a and X-3 have none: an old
    program drops it, or prints it solid. (ISO 15930-1 and -3.)
    """
    if not expected.is_press:
        return
    for mark in page.marks:
        if _is_transparent(mark):
            said = f"{what(mark)} is transparent, and the file's PDF/X allows none"
            yield Problem("transparency-used", said, page.at(mark.box))
            return
    for group in page.walk.groups:
        said = "an area is transparent, and the file's PDF/X allows none"
        yield Problem("transparency-used", said, page.at(group.box))
        return


def _is_transparent(mark: Mark) -> bool:
    state, image = mark.state, mark.painted
    alphas = (
        state.fill_alpha if mark.is_fill or isinstance(image, PaintedImage) else 1.0,
        state.stroke_alpha if mark.is_stroke else 1.0,
    )
    if min(alphas) < 1 or state.blend != "Normal" or state.mask:
        return True
    return isinstance(image, PaintedImage) and image.dictionary.get("/SMask") is not None


def shading_function(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A gradient's function gives another number of values than its colour space needs.

    Fix: export the gradient again, or make it a picture. One program prints it in wrong
    colours, another leaves the area blank. (ISO 32000-2 §8.7.4.5.)
    """
    # An object inside the page has no number: its id serves, since it stays alive here.
    seen: dict[object, pikepdf.Object] = {}
    for mark in page.marks:
        for shading in _shadings(page, mark):
            key = shading.objgen if shading.objgen != (0, 0) else id(shading)
            if key in seen:
                continue
            seen[key] = shading
            said = _function_fault(page, shading)
            if said:
                yield Problem("shading-function", said, page.at(mark.box))


def _shadings(page: CheckedPage, mark: Mark) -> Iterator[pikepdf.Object]:
    if isinstance(mark.painted, PaintedShading):
        yield mark.painted.dictionary
        return
    filled, stroked = mark.state.fill_pattern, mark.state.stroke_pattern
    if filled is None and stroked is None:  # as of nearly all marks
        return
    for pattern in (filled, stroked):
        if isinstance(pattern, pikepdf.Dictionary) and "/Shading" in pattern:
            yield pattern["/Shading"]


def _function_fault(page: CheckedPage, shading: pikepdf.Object) -> str | None:
    space = page.library.space(shading.get("/ColorSpace"), None)
    name = f"a gradient in {space.kind}"
    if space.said:
        return f"{name}: {space.said}"
    kind = int(shading.get("/ShadingType", 0))
    definition = shading.get("/Function")
    if definition is None:
        return f"{name} has no function" if kind in (1, 2, 3) else None
    try:
        declared = outputs(definition)
        # By a call too: a function may declare one number and give another.
        computed = len(function(definition)([0.0] * (2 if kind == 1 else 1)))
    except ODD as error:
        return f"{name} has a broken function: {error}"
    for count in (declared, computed):
        if count != space.count:
            return f"{name} has a function that gives {count} numbers instead of {space.count}"
    return None


CHECKS = (
    screen_colour,
    managed_colour,
    broken_space,
    spot_count,
    registration,
    blend_space,
    shading_function,
)

CODES = {
    "colour-rgb": screen_colour,
    "colour-managed": managed_colour,
    "colour-broken": broken_space,
    "colour-spot": spot_count,
    "colour-registration": registration,
    "blend-space": blend_space,
    "transparency-used": transparency,
    "shading-function": shading_function,
}
