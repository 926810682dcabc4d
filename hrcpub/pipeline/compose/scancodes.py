"""A QR code to the SVG that templates place: modules in the text's ink on a white panel."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from hrcpub.pipeline.setting.codes import LEAST, QUIET, Modules, modules, svg_path
from hrcpub.problems import Problem
from hrcpub.project.scancodes import Scannable
from hrcpub.project.words import ScanCode
from hrcpub.units import css, distance

if TYPE_CHECKING:
    from markupsafe import Markup


def drawn_code(
    code: ScanCode,
    said: Scannable,
    side: float,
    inks: tuple[str, str],
    title: str,
    problems: list[Problem],
) -> Markup:
    """Return a code as SVG, `side` points wide with its quiet zone; Problems go onto the list.

    `inks` are the colours of its squares and of what is under them; `title` says what it is.
    """
    from markupsafe import Markup

    try:
        matrix = modules(said.payload)
    except ValueError:
        problems.append(code_too_long(code))
        return Markup()
    if side / matrix.across < LEAST:
        problems.append(code_too_small(code, side, LEAST * matrix.across))
    return Markup(_svg(matrix, side, *inks, title))


def _svg(matrix: Modules, side: float, ink: str, bare: str, title: str) -> str:
    across = matrix.across
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {across}" role="img" '
        f'style="display:block;width:{css(side)};height:{css(side)}"><title>{escape(title)}</title>'
        f'<path fill="{bare}" d="M0 0h{across}v{across}h-{across}z"/>'
        f'<path fill="{ink}" d="{svg_path(matrix.rows, QUIET)}"/></svg>'
    )


def code_too_small(code: ScanCode, side: float, needed: float) -> Problem:
    """A QR code would be so fine that telephones cannot read it.

    Fix: write a shorter address, since a shorter one needs fewer squares, or ask the designer for
    more space. An office with many numbers and addresses is better a page on the web, named with
    `url`. A square must be at least 0.42 mm: less is lost in a copy or a photograph.
    """
    shorter = "url: and a page with its details" if code.kind == "contact" else "a shorter address"
    return Problem(
        "code-too-small",
        f"the QR code needs {distance(needed)}; its place is {distance(side)} wide",
        code.value.source,
        f"write {shorter}, or ask the designer for more space",
    )


def code_too_long(code: ScanCode) -> Problem:
    """What a QR code is to say is longer than any code can hold.

    Fix: write a shorter address.
    """
    said = "this is too long for a QR code"
    return Problem("code-too-long", said, code.value.source, "write a shorter address")


CODES = {"code-too-small": code_too_small, "code-too-long": code_too_long}
