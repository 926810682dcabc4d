"""A `Side` to the operators of its marks: cuts, folds, registration, and the slug that names it.

All marks are outside the pieces and their bleed. Where a sheet has no space for them, they are left
out. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from hrcpub.pipeline.impose import letters
from hrcpub.pipeline.impose.sheets import NEAR, Side
from hrcpub.project.edition import MARGIN
from hrcpub.records import record
from hrcpub.units import Rect, Size

MARK = 6.0  # the length of a mark on an office sheet
MARK_PRESS = 12.0  # on a press sheet
INNER = 4.5  # the length of a mark on a cut itself, where there is no paper for one beyond
CLEAR = 3.0  # between bleed and mark (1 mm): a cut that is slightly off shows nothing of it
HAIRLINE = 0.25  # the width of a mark's line
EDGE = 2.0  # between a mark and the edge of the sheet
SLUG = 4.5  # the height of the slug's capitals
SLUG_LEAST = 2.5  # smaller ones cannot be read
TARGET = 9.0  # the size of a registration target
SAFE = 18.0  # between the slug and the sheet's sides (6 mm): printers leave that white
ALL = "MarksAll"
# The colour All prints on each plate (ISO 32000-2 §8.6.6.4). Where plates are not separated, it is
# shown as all four inks, just as prepress draws marks in the same file.
EVERY_PLATE = (
    b"[/Separation /All /DeviceCMYK"
    b" <</FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [1 1 1 1] /N 1>>]"
)


@record
class Marks:
    """How sheets are marked."""

    are_drawn: bool = True
    is_on_every_plate: bool = False  # in the colour All, with registration targets; False: black
    length: float = MARK
    slug: str = ""  # what the slug of each side says after its name
    foot: float = EDGE  # the lowest place of a mark: a line of slug may be below it

    @property
    def ink(self) -> str:
        """Return the operators that set the marks' ink."""
        return f"/{ALL} CS 1 SCN" if self.is_on_every_plate else "0 G"


@record
class Edges:
    """What is around the pieces of a side: the box that marks keep clear of, and the sheet."""

    box: Rect
    sheet: Size

    @property
    def rooms(self) -> tuple[float, float, float, float]:
        """Return how much paper there is beyond: left, foot, right, top."""
        box, sheet = self.box, self.sheet
        return box.left, box.bottom, sheet.width - box.right, sheet.height - box.top


class _Ends(NamedTuple):
    """Where lines end at each edge of the pieces: at the left and right y, at foot and top x."""

    left: Sequence[float]
    foot: Sequence[float]
    right: Sequence[float]
    top: Sequence[float]


def _cut_ends(side: Side) -> _Ends:
    """Return where cuts end; those that part some pieces only may end at one edge alone."""
    assert side.trim is not None
    left, foot, right, top = side.trim
    across = [cut for cut in side.part_cuts if cut.width]
    along = [cut for cut in side.part_cuts if not cut.width]
    return _Ends(
        [*side.cuts_y, *(cut.bottom for cut in across if abs(cut.left - left) < NEAR)],
        [*side.cuts_x, *(cut.left for cut in along if abs(cut.bottom - foot) < NEAR)],
        [*side.cuts_y, *(cut.bottom for cut in across if abs(cut.right - right) < NEAR)],
        [*side.cuts_x, *(cut.left for cut in along if abs(cut.top - top) < NEAR)],
    )


def drawn(side: Side, sheet: Size, marks: Marks) -> list[str]:
    """Return the operators of a side's marks, without its slug."""
    if not marks.are_drawn or side.trim is None:
        return []
    edges = Edges(side.bleed or side.trim, sheet)
    folds_x = tuple(x for x in side.folds_x if not _is_among(x, side.cuts_x))
    folds_y = tuple(y for y in side.folds_y if not _is_among(y, side.cuts_y))
    operators = [f"q {marks.ink} {HAIRLINE} w", *_ticks(_cut_ends(side), edges, marks)]
    folds = _Ends(folds_y, folds_x, folds_y, folds_x)
    operators += ["[2 1] 0 d", *_ticks(folds, edges, marks), "[] 0 d"]  # folds: dashed
    if marks.is_on_every_plate:
        operators += _targets(side, edges)
    return [*operators, "Q"]


def inner(side: Side, sheet: Size, marks: Marks) -> list[str]:
    """Return the operators of marks on the cuts themselves; they are drawn over the pieces.

    They stand at the ends of cuts that no mark outside the pieces shows: where the printer cannot
    reach that far, and where another piece is. The knife takes half of their hairline away. Art
    that bleeds has paper around it, and no mark is drawn on it.
    """
    trim, is_bled = side.trim, side.bleed not in (None, side.trim)
    if not marks.are_drawn or marks.is_on_every_plate or trim is None or is_bled:
        return []
    edges = Edges(trim, sheet)
    xs = [x for x in side.cuts_x if EDGE < x < sheet.width - EDGE]
    ys = [y for y in side.cuts_y if EDGE < y < sheet.height - EDGE]
    cuts = [Rect(x, trim.bottom, x, trim.top) for x in xs]
    cuts += [Rect(trim.left, y, trim.right, y) for y in ys]
    lines = [line for cut in (*cuts, *side.part_cuts) for line in _on_a_cut(cut, edges, marks)]
    return [f"q {marks.ink} {HAIRLINE} w", *lines, "Q"] if lines else []


def _on_a_cut(cut: Rect, edges: Edges, marks: Marks) -> list[str]:
    """Return a line inwards from each end of a cut that has no mark beyond it."""
    axis = 0 if cut.width else 1
    extent = edges.sheet[axis]
    lines = []
    for which, way in ((axis, 1), (axis + 2, -1)):  # of left, foot, right, top
        is_edge = abs(cut[which] - edges.box[which]) < NEAR
        if is_edge and _printed(edges.rooms[which], which, marks) >= INNER:
            continue
        start = min(max(cut[which], MARGIN), extent - MARGIN)
        stop = start + way * INNER
        ends = (
            ((start, cut.bottom), (stop, cut.bottom))
            if axis == 0
            else ((cut.left, start), (cut.left, stop))
        )
        (a, b), (c, d) = ends
        lines.append(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S")
    return lines


def _printed(room: float, edge: int, marks: Marks) -> float:
    """Return how much of a mark beyond the pieces a printer prints; `edge` is 1 at the foot."""
    kept = max(MARGIN, marks.foot if edge == 1 else 0.0)
    near, far = _span(room - kept, marks.length)
    return max(0.0, far - near)


def _is_among(place: float, others: Sequence[float]) -> bool:
    return any(abs(place - other) < NEAR for other in others)


def _ticks(ends: _Ends, edges: Edges, marks: Marks) -> list[str]:
    """Return a line beyond the pieces at each place of each edge."""
    left, foot, right, top = edges.box
    kept = (EDGE, marks.foot, EDGE, EDGE)
    spans = [_span(room - edge, marks.length) for room, edge in zip(edges.rooms, kept, strict=True)]
    width, height = edges.sheet
    lines = []
    for xs, way, edge, (near, far) in (
        (ends.foot, -1, foot, spans[1]),
        (ends.top, 1, top, spans[3]),
    ):
        if far > near:
            lines += [f"{x:.3f} {edge + way * near:.3f} m {x:.3f} {edge + way * far:.3f} l S"
                      for x in xs if EDGE / 2 < x < width - EDGE / 2]  # fmt: skip
    for ys, way, edge, (near, far) in (
        (ends.left, -1, left, spans[0]),
        (ends.right, 1, right, spans[2]),
    ):
        if far > near:
            lines += [f"{edge + way * near:.3f} {y:.3f} m {edge + way * far:.3f} {y:.3f} l S"
                      for y in ys if EDGE / 2 < y < height - EDGE / 2]  # fmt: skip
    return lines


def _span(room: float, length: float) -> tuple[float, float]:
    """Return where a mark begins and ends beyond the pieces, as far as there is room."""
    return CLEAR, min(CLEAR + length, room)


def _targets(side: Side, edges: Edges) -> list[str]:
    """Return registration targets: left, right and above, where there is space for one."""
    left, _, right, top = edges.box
    away = CLEAR + TARGET / 2
    operators: list[str] = []
    rooms = edges.rooms
    across = _free(sorted({*side.cuts_x, *side.folds_x}), edges.sheet.width / 2)
    along = _free(sorted({*side.cuts_y, *side.folds_y}), edges.sheet.height / 2)
    if rooms[0] >= CLEAR + TARGET + EDGE and along is not None:
        operators += [*_target(left - away, along), *_target(right + away, along)]
    if rooms[3] >= CLEAR + TARGET + EDGE and across is not None:
        operators += _target(across, top + away)
    return operators


def _free(places: Sequence[float], middle: float) -> float | None:
    """Return the place nearest to the middle that is clear of the marks; None: there is none."""
    # A target has its own size free on either side.
    gaps = [(a + b) / 2 for a, b in pairwise(places) if b - a > 3 * TARGET]
    return min(gaps, key=lambda place: abs(place - middle), default=None)


def _target(x: float, y: float) -> list[str]:
    arm, radius = TARGET / 2, TARGET / 3
    k = 0.5523 * radius  # how far the handles of a quarter circle's curve reach
    return [
        f"{x - arm:.3f} {y:.3f} m {x + arm:.3f} {y:.3f} l S",
        f"{x:.3f} {y - arm:.3f} m {x:.3f} {y + arm:.3f} l S",
        f"{x + radius:.3f} {y:.3f} m "
        f"{x + radius:.3f} {y + k:.3f} {x + k:.3f} {y + radius:.3f} {x:.3f} {y + radius:.3f} c "
        f"{x - k:.3f} {y + radius:.3f} {x - radius:.3f} {y + k:.3f} {x - radius:.3f} {y:.3f} c "
        f"{x - radius:.3f} {y - k:.3f} {x - k:.3f} {y - radius:.3f} {x:.3f} {y - radius:.3f} c "
        f"{x + k:.3f} {y - radius:.3f} {x + radius:.3f} {y - k:.3f} {x + radius:.3f} {y:.3f} c S",
    ]


def slug(side: Side, sheet: Size, marks: Marks) -> list[str]:
    """Return the operators of the line that names a side, below the pieces or else above them."""
    text = "  ·  ".join(part for part in (side.name, marks.slug) if part)
    if not marks.are_drawn or side.trim is None or not text:
        return []
    place = _slug_place(side, sheet, marks, letters.advance(text, SLUG))
    if place is None:
        return []
    x, y, size = place
    return [f"q {marks.ink}", *letters.lines(text, x, y, size), "Q"]


def _slug_place(
    side: Side, sheet: Size, marks: Marks, width: float
) -> tuple[float, float, float] | None:
    """Return x and y of a slug's beginning, and its size; None when it does not fit.

    It goes beyond the marks where there is paper, else between two of them; below before above.
    """
    edges = Edges(side.bleed or side.trim or Rect(0, 0, *sheet), sheet)
    _, below, _, above = edges.rooms
    beyond = CLEAR + marks.length + CLEAR + SLUG
    left = max(edges.box.left, SAFE)
    whole = sheet.width - left - SAFE
    options = []
    for room, way, edge in ((below, -1, edges.box.bottom), (above, 1, edges.box.top)):
        if room >= beyond + 12:  # 4 mm, which most printers leave white at head and foot
            y = edge - beyond if way < 0 else edge + beyond - SLUG
            options.append((left, y, whole))
    for room, way, edge in ((below, -1, edges.box.bottom), (above, 1, edges.box.top)):
        if room >= CLEAR + SLUG + EDGE:
            y = edge - CLEAR - SLUG if way < 0 else edge + CLEAR
            gap = max(pairwise(_ends(side, sheet)), key=lambda pair: pair[1] - pair[0])
            options.append((gap[0] + CLEAR, y, gap[1] - gap[0] - 2 * CLEAR))
    for x, y, room in options:
        size = min(SLUG, SLUG * room / width)
        if size >= SLUG_LEAST:
            return x, y, size
    return None


def _ends(side: Side, sheet: Size) -> list[float]:
    """Return where marks divide a side's width, with the ends of what a printer reaches."""
    places = {SAFE, sheet.width - SAFE, *side.cuts_x, *side.folds_x}
    return sorted(place for place in places if SAFE <= place <= sheet.width - SAFE)
