"""Pictures that are not whole on the page, or may be over words, as Problems."""

from __future__ import annotations

from hrcpub.pipeline.typeset.laid_page import Area, LaidPicture
from hrcpub.problems import Problem, Source
from hrcpub.units import distance


def image_outside(picture: LaidPicture, over: float, area: Area) -> Problem:
    """A picture is larger than its place, and would cover what comes next.

    Fix: give it a height or `max-width: 100%` in the stylesheet. If it is meant to go off the
    sheet, let it reach over the trim, into the bleed.
    """
    where = f'the panel "{area.panel}"' if area.panel else "its place"
    return Problem(
        "image-outside",
        f"{_picture_name(picture)} is {distance(over)} too large for {where}",
        Source(page=picture.page),
        "make the picture smaller in the stylesheet, or its place larger",
    )


def _picture_name(picture: LaidPicture) -> str:
    name = picture.element.get("src", "a drawing") if picture.element is not None else "a picture"
    return name.rpartition("/")[2]


def image_uncut(picture: LaidPicture) -> Problem:
    """A drawing may paint beyond its own box, over words: its CSS says `overflow: visible`.

    Fix: take `overflow: visible` out, and give the drawing a `viewBox` and a size that hold all of
    it. Nothing is looked for beyond a picture's box, so words there could be covered in silence. If
    you have looked, mark an element around it with `data-may="overflow"`.
    """
    return Problem(
        "image-uncut",
        f"{_picture_name(picture)} may paint over words beyond its box: overflow is visible",
        Source(page=picture.page),
        "take overflow: visible out, and make the viewBox as large as the drawing",
    )


def image_lost(name: str) -> Problem:
    """A picture of the template is on no page, because its place is full.

    Fix: cut words, or make the picture smaller.
    """
    return Problem(
        "image-lost",
        f"{name.rpartition('/')[2]} would not be printed",
        None,
        "cut words, or make the picture smaller",
    )


CODES = {
    "image-outside": image_outside,
    "image-lost": image_lost,
    "image-uncut": image_uncut,
}
