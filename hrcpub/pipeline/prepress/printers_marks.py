"""Printer's marks in the slug: a print shop cuts, registers and measures by them.

They are in the colour All, so that they are on each plate (ISO 32000-2 §8.6.6.4), and outside the
bleed. Lengths are points from the trim's lower left corner, y upwards.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import pydyf

from hrcpub.pipeline.prepress.inks import Cmyk
from hrcpub.pipeline.prepress.objects import PdfEntries, pages, resolve
from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.setting.outline import outline
from hrcpub.units import Size

SLUG = 27.0  # the width of the slug: a mark, its distance from the bleed, and the slug line
CLEAR = 3.0  # between the bleed and a mark
LENGTH = 15.0  # of a mark
HAIRLINE = 0.25  # the width of its line
RADIUS = 4.5  # of the circle of a registration target
PATCH = 9.0  # the side of a patch of the colour bar, where there is space
SLUG_SIZE = 5.0  # of type: three lines fit beside the crop marks of a card
ALL = "MarksAll"
EVERY_PLATE = f"/{ALL} cs 1 scn"

# Solids, then tints of 50 %, then two inks over each other, which show slur and trapping.
BAR: tuple[Cmyk, ...] = (
    (1, 0, 0, 0),
    (0, 1, 0, 0),
    (0, 0, 1, 0),
    (0, 0, 0, 1),
    (0.5, 0, 0, 0),
    (0, 0.5, 0, 0),
    (0, 0, 0.5, 0),
    (0, 0, 0, 0.5),
    (1, 1, 0, 0),
    (0, 1, 1, 0),
    (1, 0, 1, 0),
)


class SlugText(NamedTuple):
    """A piece of the slug line: a text, and the operator that sets its ink."""

    text: str
    ink: str


def draw(
    pdf: pydyf.PDF,
    trim: Size,
    bleed: float,
    slugs: Sequence[Sequence[SlugText]],
    face: Face | None,
    folds: Sequence[Sequence[float]] = (),
) -> None:
    """Draw the marks of all pages around their art, which is clipped to the bleed.

    `slugs` has the slug line of each page, set in `face` (None: there is none). `folds` are where
    each page is folded, from its left edge; it may be shorter than the pages.
    """
    all_plates = pydyf.Array(["/Separation", "/All", "/DeviceCMYK", _full_tint()])
    forms: dict[str, str] = {}
    creased = [*folds, *[()] * (len(slugs) - len(folds))]
    for page, slug, creases in zip(pages(pdf), slugs, creased, strict=True):
        resources = resolve(pdf, page["Resources"])
        spaces = resources["ColorSpace"]
        named = resolve(pdf, spaces) if isinstance(spaces, bytes) else spaces
        named[ALL] = all_plates
        stream = resolve(pdf, page["Contents"])
        width, height = trim.width + 2 * bleed, trim.height + 2 * bleed
        # Art that reaches further would be printed over the marks.
        stream.stream.insert(0, f"q {-bleed:g} {-bleed:g} {width:g} {height:g} re W n")
        stream.stream += ["Q", *marks(trim, bleed, creases)]
        if face is not None:
            stream.stream += _slug(pdf, resources, slug, face, trim, bleed, creases, forms)


def marks(trim: Size, bleed: float, folds: Sequence[float] = ()) -> list[str]:
    """Return the operators of one page's marks."""
    lines = [*_crops(trim, bleed), *_folds(trim, bleed, folds)]
    operators = [f"q /{ALL} CS 1 SCN {HAIRLINE} w"]
    operators += [f"{x1:g} {y1:g} m {x2:g} {y2:g} l S" for x1, y1, x2, y2 in lines]
    return [*operators, *_targets(trim, bleed), "Q", *_bar(trim, bleed)]


def _slug(
    pdf: pydyf.PDF,
    resources: PdfEntries,
    slug: Sequence[SlugText],
    face: Face,
    trim: Size,
    bleed: float,
    creases: Sequence[float],
    forms: dict[str, str],
) -> list[str]:
    """Return the operators of a slug line under the art, in lines as wide as the trim.

    It keeps clear of the marks of `creases`, by which a bindery folds. Its texts are outlines, so
    that no font is needed for them. Each is a form, packed once however many pages and pieces draw
    it; `forms` has the names of those that the document has.
    """
    x, y = CLEAR, -(bleed + CLEAR + SLUG_SIZE)  # right of the crop mark
    operators = ["q"]
    for line in slug:
        packed = _packed(line.text, face)
        if line.text not in forms:
            forms[line.text] = f"Slug{len(forms)}"
            form = pydyf.Stream([packed.data], packed.extra(), compress=False)
            pdf.add_object(form)
            resources["XObject"][forms[line.text]] = form.reference
        scale = packed.scale * SLUG_SIZE
        width = packed.advance * scale
        x = _past(creases, x, width)
        if x > CLEAR and x + width > trim.width - CLEAR:
            x, y = _past(creases, CLEAR, width), y - SLUG_SIZE * 1.2
        matrix = f"{scale:.6f} 0 0 {scale:.6f} {x:.3f} {y:.3f} cm"
        operators.append(f"q {line.ink} {matrix} /{forms[line.text]} Do Q")
        x += width + SLUG_SIZE / 2
    return [*operators, "Q"]


def _past(creases: Sequence[float], x: float, width: float) -> float:
    """Return where a text of this width can begin: at `x`, or right of marks in its way."""
    for crease in sorted(creases):
        if x - CLEAR < crease < x + width + CLEAR:
            x = crease + CLEAR
    return x


class _Packed(NamedTuple):
    data: bytes
    advance: float
    scale: float

    def extra(self) -> PdfEntries:
        reach = 0.5 / self.scale  # half a size under the baseline, one and a half above it
        box = pydyf.Array([-reach, -reach, round(self.advance + reach), 3 * reach])
        form = {"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Filter": "/FlateDecode"}
        return form | {"Resources": pydyf.Dictionary()}


@lru_cache(maxsize=512)
def _packed(text: str, face: Face) -> _Packed:
    """Return the outline of a text, packed; kept, since all press files name the same plates."""
    shape = outline(text, face)
    return _Packed(zlib.compress(shape.path.encode(), 6), shape.advance, shape.scale)


def _crops(trim: Size, bleed: float) -> list[tuple[float, float, float, float]]:
    """Return two lines at each corner, which continue the edges of the trim."""
    near, far = bleed + CLEAR, bleed + CLEAR + LENGTH
    beside = [
        (x + way * near, y, x + way * far, y)
        for x, way in ((0.0, -1), (trim.width, 1))
        for y in (0.0, trim.height)
    ]
    above_and_below = [
        (x, y + way * near, x, y + way * far)
        for y, way in ((0.0, -1), (trim.height, 1))
        for x in (0.0, trim.width)
    ]
    return beside + above_and_below


def _folds(
    trim: Size, bleed: float, folds: Sequence[float]
) -> list[tuple[float, float, float, float]]:
    """Return a line of three dashes above and below each fold."""
    lines = []
    for x in folds:
        for y, way in ((0.0, -1), (trim.height, 1)):
            ends = [y + way * (bleed + CLEAR + step * LENGTH / 5) for step in range(6)]
            lines += [(x, a, x, b) for index, (a, b) in enumerate(pairwise(ends)) if index % 2 == 0]
    return lines


def _targets(trim: Size, bleed: float) -> list[str]:
    """Return registration targets in the middle of the slug at the left, at the right and above."""
    # None at the foot: there is the slug line.
    away = bleed + CLEAR + LENGTH / 2
    centres = (
        (-away, trim.height / 2),
        (trim.width + away, trim.height / 2),
        (trim.width / 2, trim.height + away),
    )
    operators = []
    for x, y in centres:
        arm = LENGTH / 2
        operators.append(f"{x - arm:g} {y:g} m {x + arm:g} {y:g} l S")
        operators.append(f"{x:g} {y - arm:g} m {x:g} {y + arm:g} l S")
        operators.append(_circle(x, y, RADIUS))
    return operators


def _circle(x: float, y: float, radius: float) -> str:
    """Return a circle of four Bézier curves, whose handles are 0.5523 radii long."""
    k = 0.5523 * radius
    return (
        f"{x + radius:g} {y:g} m "
        f"{x + radius:g} {y + k:g} {x + k:g} {y + radius:g} {x:g} {y + radius:g} c "
        f"{x - k:g} {y + radius:g} {x - radius:g} {y + k:g} {x - radius:g} {y:g} c "
        f"{x - radius:g} {y - k:g} {x - k:g} {y - radius:g} {x:g} {y - radius:g} c "
        f"{x + k:g} {y - radius:g} {x + radius:g} {y - k:g} {x + radius:g} {y:g} c S"
    )


def _bar(trim: Size, bleed: float) -> list[str]:
    """Return the patches of the colour bar, in the upper slug left of the target."""
    # Up to the target in the middle. On a card the patches are smaller.
    room = (trim.width - LENGTH) / 2 - 4 * CLEAR
    side = min(PATCH, room / len(BAR))
    foot = trim.height + bleed + CLEAR + (LENGTH - side) / 2
    operators = ["q"]
    for index, patch in enumerate(BAR):
        inks = " ".join(f"{part:g}" for part in patch)
        operators.append(f"{inks} k {CLEAR * 2 + index * side:g} {foot:g} {side:g} {side:g} re f")
    return [*operators, "Q"]


def _full_tint() -> pydyf.Dictionary:
    """Return the function for All where plates are not separated: it then shows all four inks."""
    return pydyf.Dictionary(
        {
            "FunctionType": 2,
            "Domain": pydyf.Array([0, 1]),
            "C0": pydyf.Array([0, 0, 0, 0]),
            "C1": pydyf.Array([1, 1, 1, 1]),
            "N": 1,
        }
    )
