"""Words that are on the page and cannot be read, as Problems: touched, covered, faint, small."""

from __future__ import annotations

from hrcpub.pipeline.typeset.laid_page import LaidPicture, LaidRule, LaidText
from hrcpub.pipeline.typeset.misplaced import Misplaced
from hrcpub.pipeline.typeset.wording import beginning, quoted
from hrcpub.problems import Problem, Severity, Source


def text_touching(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Letters of two lines touch: a tail meets the next line, or an accent the line above.

    Fix: change the words, or ask the designer for more space between the two lines (a larger
    `line-height`, or `set.space` and `set.spread` between display lines). The outlines are
    compared, not the boxes of the lines. What is meant to touch gets `data-may="overlap"`.
    """
    above = wrong.other.text if isinstance(wrong.other, LaidText) else ""
    upper, lower = wrong.letters or ("", "")
    return Problem(
        "text-touching",
        f"{name} touches the line above: «{lower}» of «{quoted(wrong.texts[0].text)}» meets "
        f"«{upper}» of «{quoted(above)}»",
        place,
        "change the words, or ask the designer for more space between the lines",
    )


def text_squeezed(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Letters are set into each other, or words run together: the spacing is too far under zero.

    Fix: ask the designer for a `letter-spacing` nearer to zero, or for no negative `word-spacing`.
    Between words there has to be a tenth of the size, or they are copied as one word. What is meant
    to look so gets `data-may="overlap"`.
    """
    one, other = wrong.letters or ("", "")
    return Problem(
        "text-squeezed",
        f"{name} is set too tight{beginning(wrong, name)}: «{one}» and «{other}» are not apart",
        place,
        "ask the designer: letter-spacing or word-spacing is too far under zero",
    )


def text_mirrored(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Words stand in a mirror: a `transform` has a negative scale.

    Fix: ask the designer to take the negative `scale` out, or to use `rotate(180deg)`. What is
    meant to look so gets `data-may="overlap"`.
    """
    return Problem(
        "text-mirrored",
        f"{name} would be printed as in a mirror{beginning(wrong, name)}",
        place,
        "ask the designer: a transform has a negative scale",
    )


def text_covered(wrong: Misplaced, name: str, place: Source) -> Problem:
    """A picture, the background of a box, or the line of a border is painted over words.

    Fix: ask the designer. `z-index`, or another order in the template, brings the words to the top.
    """
    kinds = {LaidPicture: "a picture", LaidRule: "a line"}
    over = kinds.get(type(wrong.other), "a coloured box")
    return Problem(
        "text-covered",
        f"{name} is covered by {over}{beginning(wrong, name)}",
        place,
        "ask the designer to bring the words to the top, or to move them apart",
    )


def text_invisible(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Words are on the page, but cannot be seen.

    Fix: ask the designer. They are transparent, invisible, far too small, or nearly in the colour
    of what is under them (a contrast under 1.5, as WCAG counts). A template that hides a text on
    purpose marks it with `data-may="hide"`.
    """
    return Problem(
        "text-hidden",
        f"{name} would be invisible{beginning(wrong, name)}",
        place,
        "ask the designer: its colour, opacity, visibility or size hides it",
    )


def text_faint(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Words can be seen, but are hard to read: their colour is too near to what is under them.

    Fix: ask the designer for a darker colour, or for a lighter ground. Words need a contrast of
    4.5, large ones (18 pt, or 14 pt in bold) of 3 (WCAG 2.2, 1.4.3). Paper in poor light asks for
    no less than a screen does. Under 1.5 it is an error.
    """
    return Problem(
        "text-contrast",
        f"{name} is hard to read{beginning(wrong, name)}: "
        f"its contrast is only {_ratio(wrong.over)}",
        place,
        "ask the designer for a darker colour, or a lighter ground",
        Severity.WARNING,
    )


def text_of_paper(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Words would be lost on paper that has its colour already: only ink is printed there.

    Fix: ask the designer to set them in the ink's colour. The office edition, and any with
    `--paper stock` or `--paper white`, prints none of the colours of `papers:` in
    `layouts/system/system.yaml`: words in such a colour are seen on a dark box only. If the layout
    is meant for flooded sheets alone, name its `editions:` in `layout.yaml`.
    """
    return Problem(
        "text-paper-coloured",
        f"{name} would be invisible where the paper's colour is not printed, as in the office "
        f"edition{beginning(wrong, name)}",
        place,
        "ask the designer to set it in the ink's colour, or on a dark box",
    )


def text_small(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Words would be printed too small to be read.

    Fix: ask the designer for a larger size; for a line that fills its measure, cut words. The least
    sizes are in `formats:` of `layouts/system/system.yaml`: 7 pt on cards, 9.5 pt on sheets, 18 pt
    in large print. A layout has the format of its trim, or names another (`format: card`). What
    tells only who printed a piece may be smaller on a sheet: mark it in the template with
    `data-may="small"`. A scale of CSS counts.
    """
    return Problem(
        "text-too-small",
        f"{name} would be printed in {wrong.over:g} pt{beginning(wrong, name)}; the least here is "
        f"{wrong.least:g} pt",
        place,
        "ask the designer for a larger size, or cut words where a line is fitted",
    )


def text_under(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Words would be printed smaller than what they are for needs.

    Fix: ask the designer for a larger size, or cut words where a line is fitted. `formats:` of
    `layouts/system/system.yaml` has a floor for running text, for offices and telephones
    (`contacts`), and for words in the display face. Words fit themselves (`panels:`) down to the
    floor and no further. What is small print is marked in the template: `data-may="small"`.
    """
    return Problem(
        "text-small",
        f"{name} would be printed in {wrong.over:g} pt{beginning(wrong, name)}; such words need "
        f"{wrong.least:g} pt here",
        place,
        "ask the designer for a larger size, or cut words where a line is fitted",
    )


def _ratio(contrast: float) -> str:
    return f"{int(contrast * 10) / 10:g} to 1"  # never rounded up to what would be enough


def far_small(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Words are too small to be read from as far as their layout is meant to be read.

    A layout says how far that is (`far` in `layout.yaml`). Each metre takes 15.5 pt, so three
    metres take 46.5 pt.

    Fix: cut words, so that they can be larger. What people come near to read, such as an address,
    has `near: yes` at its slot in `layout.yaml`, or `data-may="near"` in the template.
    """
    return Problem(
        "far-small",
        f"{name} is in {wrong.over:.3g} pt{beginning(wrong, name)}; to be read from "
        f"{wrong.least / 15.5:.3g} m it takes {wrong.least:.3g} pt",
        place,
        "cut words, so that they can be larger; what is read from near has near: yes at its slot",
    )


CODES = {
    "far-small": far_small,
    "text-touching": text_touching,
    "text-squeezed": text_squeezed,
    "text-mirrored": text_mirrored,
    "text-covered": text_covered,
    "text-hidden": text_invisible,
    "text-contrast": text_faint,
    "text-paper-coloured": text_of_paper,
    "text-too-small": text_small,
    "text-small": text_under,
}
