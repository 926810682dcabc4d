"""What can be wrong with a local site's details."""

from __future__ import annotations

from hrcpub.problems import Problem, Severity
from hrcpub.project.words import Words
from hrcpub.units import Size


def overset(name: Words, area: Size) -> Problem:
    """A site's details do not fit in the place that a piece keeps for them.

    Fix: shorten the address or the hours, use a shorter web address (its QR code is smaller), or
    leave the logo out. Several sizes were tried, with the QR code beside and under the words.
    """
    return Problem(
        "imprint-overset",
        f'the details of "{name.text}" do not fit in {_mm(area)}',
        name.source,
        "shorten the address, the hours or the web address, or leave the logo out",
    )


def imprint_small(name: Words, size: float, least: float) -> Problem:
    """A site's details fit in their place only in letters that are too small to read.

    Fix: shorten the address or the hours. If many sites are like that, a designer can make the
    place larger: the element with `data-imprint` in the layout's template. The least size is
    `imprint`, under `formats` in layouts/system/system.yaml.
    """
    return Problem(
        "imprint-small",
        f'the details of "{name.text}" have room only in {size:.1f} pt; the least is {least:g} pt',
        name.source,
        "shorten the address or the hours, or ask the designer for a larger place",
    )


def code_too_long(url: Words) -> Problem:
    """A web address is too long for a QR code, or for one that is large enough to be read.

    Fix: use a short address. Its code has larger modules, and more telephones can read it. A module
    has at least 0.42 mm, and there are four of white around the code. Where a site's place is too
    small for its code, the address stands there in words alone, if they fit.
    """
    return Problem(
        "code-too-long", "this web address is too long for a QR code", url.source, "shorten it"
    )


def code_without_room(url: Words, area: Size) -> Problem:
    """Return the warning of a web address whose code has no room beside the other details."""
    said = f"no room for the QR code of this address in {_mm(area)}: there is none"
    hint = "use a shorter web address, or shorten the other details"
    return Problem("code-too-long", said, url.source, hint, Severity.WARNING)


def logo_coarse(path: str, resolution: float, name: Words) -> Problem:
    """A logo has too few pixels for its size on paper, and will look rough.

    Fix: ask the partner for a larger file: 300 pixels to the printed inch, 600 for line art.
    """
    return Problem(
        "logo-coarse",
        f'{path} has {resolution:.0f} pixels to the inch in the imprint of "{name.text}"',
        name.source,
        "ask for a larger file",
        Severity.WARNING,
    )


def logo_left_out(path: str, name: Words, area: Size) -> Problem:
    """A logo does not fit beside a site's details, so it was left out: the words come first.

    Fix: shorten the address or the hours, or use a layout that keeps a larger place.
    """
    return Problem(
        "logo-left-out",
        f'{path} does not fit beside "{name.text}" in {_mm(area)}, and was left out',
        name.source,
        "shorten the address or the hours",
        Severity.WARNING,
    )


def detail_left_out(detail: Words, name: Words, area: Size) -> Problem:
    """A detail that a site can do without has no room beside the others, so it is not printed.

    Fix: shorten it, the address or the hours, or use a layout that keeps a larger place. The note
    goes first, then the mail address, the languages, and the second telephone.
    """
    return Problem(
        "imprint-left-out",
        f'no room for "{detail.text}" in the {_mm(area)} of "{name.text}": it is not printed',
        detail.source,
        "shorten it, or the address or the hours",
        Severity.WARNING,
    )


def _mm(area: Size) -> str:
    return f"{area.width / 72 * 25.4:.0f} x {area.height / 72 * 25.4:.0f} mm"


CODES = {
    "imprint-overset": overset,
    "code-too-long": code_too_long,
    "imprint-small": imprint_small,
    "imprint-left-out": detail_left_out,
    "logo-coarse": logo_coarse,
    "logo-left-out": logo_left_out,
}
