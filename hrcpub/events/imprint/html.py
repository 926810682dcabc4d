"""An `Imprint` to HTML: the same lines in the same places, for pieces that are typeset whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from hrcpub.events.imprint import blocks
from hrcpub.events.imprint.imprint import Code, Imprint, ImprintLine, PlacedLogo
from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.setting.codes import svg_path
from hrcpub.units import css

_BARE = "position:absolute;margin:0;white-space:pre"


def as_html(
    imprint: Imprint, faces: Mapping[str, Face], ink: str, code_title: Callable[[str], str]
) -> str:
    """Return elements for a box that is the imprint's area, positioned from its corner.

    `ink` is the text's colour: a code has it too, and SVG does not take it from the page.
    `code_title` says what a code is, by its address.
    """
    parts = [_line(line, faces[line.face]) for line in imprint.lines]
    if imprint.code:
        parts.append(_code(imprint.code, ink, code_title(imprint.code.says)))
    if imprint.logo:
        parts.append(_logo(imprint.logo))
    return "".join(parts)


def _line(line: ImprintLine, face: Face) -> str:
    """Return one line of text; its box is as high as the face's ascent and descent."""
    top = line.y - face.ascent * line.size
    high = (face.ascent + face.descent) * line.size
    style = (
        f"{_BARE};left:{css(line.x)};top:{css(top)};font-size:{css(line.size)};"
        f"line-height:{css(high)};font-weight:{'bold' if line.face == 'bold' else 'normal'};"
        f"font-variant-ligatures:{_ligatures(line.text)}"
    )
    text = escape(line.text)
    inner = f'<a href="{escape(line.link)}">{text}</a>' if line.link else text
    direction = "rtl" if line.is_right_to_left else "ltr"
    return f'<p dir="{direction}" style="{style}">{inner}</p>'


def _ligatures(text: str) -> str:
    """Return what CSS says of ligatures: where letters join they are a part of writing."""
    return "normal" if blocks.has_stacks(text) else "none"


def _code(code: Code, ink: str, title: str) -> str:
    across = len(code.rows)
    side = css(across * code.module)
    style = f"position:absolute;left:{css(code.x)};top:{css(code.y)};width:{side};height:{side}"
    path = svg_path(code.rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {across}" '
        f'style="{style}" role="img"><title>{escape(title)}</title>'
        f'<path fill="{ink}" d="{path}"/></svg>'
    )


def _logo(logo: PlacedLogo) -> str:
    style = (
        f"position:absolute;left:{css(logo.x)};top:{css(logo.y)};"
        f"width:{css(logo.width)};height:{css(logo.height)}"
    )
    return (
        f'<img src="/{escape(logo.picture.path)}" alt="{escape(logo.picture.alt)}" style="{style}">'
    )
