"""An `ImposeTask` to a `MixedGrid`: pieces as they are and turned ones on one sheet, if more fit.

Two postcards upright and one lying fill a Letter sheet that holds two in any grid.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hrcpub.pipeline.impose.sheets import NEAR, ImposeTask, Placement, Plan, Side
from hrcpub.project.edition import MARGIN
from hrcpub.records import record
from hrcpub.units import Rect, Size


@record
class MixedGrid:
    """Two blocks of places, one above or beside the other, flush left and in a sheet's middle.

    Places are numbered row by row; `columns` and `rows` count them as one row. So schemes fill
    them as they fill a grid.
    """

    sheet: Size
    cell: Size  # a piece that is not turned
    blocks: tuple[tuple[Rect, ...], tuple[Rect, ...]]  # the second has the turned pieces
    scale: float = 1.0
    rows: int = 1

    @property
    def boxes(self) -> tuple[Rect, ...]:
        """The places, first those of pieces that are not turned."""
        return self.blocks[0] + self.blocks[1]

    @property
    def columns(self) -> int:
        """How many places there are."""
        return len(self.boxes)

    @property
    def picture(self) -> str:
        """How many pieces lie how: `2 + 1 turned`."""
        return f"{len(self.blocks[0])} + {len(self.blocks[1])} turned"


def mixed_grid(task: ImposeTask) -> MixedGrid | None:
    """Return the sheet that holds the most pieces inside its margin; None where none holds both."""
    bleed = 2 * task.bleed
    gutter = bleed if task.gutter is None else task.gutter
    # With less than both bleeds between them, each block would need edges of its own.
    if task.up or task.is_reducible or gutter < bleed - NEAR:
        return None
    margin = MARGIN if task.margin is None else task.margin
    room = Size(task.stock.width - 2 * margin + NEAR, task.stock.height - 2 * margin + NEAR)
    ways = [*_stacked(task.piece, room, gutter, False), *_stacked(task.piece, room, gutter, True)]
    if not ways:
        return None
    blocks = max(ways, key=lambda both: len(both[0]) + len(both[1]))
    return MixedGrid(task.stock, task.piece, _in_the_middle(blocks, task.stock))


TwoBlocks = tuple[tuple[Rect, ...], tuple[Rect, ...]]


def _stacked(piece: Size, room: Size, gutter: float, is_beside: bool) -> Iterator[TwoBlocks]:
    """Yield blocks one above the other, or beside each other, from the point 0, 0 up and right.

    The first has so many rows (columns, where they are beside each other), the second the rest.
    """
    turned = Size(piece.height, piece.width)
    along, across = (0, 1) if is_beside else (1, 0)
    broad = [_count(room[across], cell[across], gutter) for cell in (piece, turned)]
    for deep in range(1, _count(room[along], piece[along], gutter) + 1):
        used = deep * (piece[along] + gutter)
        rest = _count(room[along] - used, turned[along], gutter)
        if not (all(broad) and rest):
            continue
        if is_beside:
            yield (
                _block(piece, deep, broad[0], 0.0, 0.0, gutter),
                _block(turned, rest, broad[1], used, 0.0, gutter),
            )
        else:
            high = rest * (turned.height + gutter)  # y grows upwards: the turned ones are below
            yield (
                _block(piece, broad[0], deep, 0.0, high, gutter),
                _block(turned, broad[1], rest, 0.0, 0.0, gutter),
            )


def _count(room: float, length: float, gutter: float) -> int:
    return max(0, int((room + gutter) // (length + gutter)))


def _block(
    cell: Size, columns: int, rows: int, left: float, foot: float, gutter: float
) -> tuple[Rect, ...]:
    """Return places in rows from the top."""
    places = []
    for row, column in product(range(rows)[::-1], range(columns)):
        x, y = left + column * (cell.width + gutter), foot + row * (cell.height + gutter)
        places.append(Rect(x, y, x + cell.width, y + cell.height))
    return tuple(places)


def _in_the_middle(blocks: TwoBlocks, sheet: Size) -> TwoBlocks:
    whole = around(blocks[0] + blocks[1])
    right = (sheet.width - whole.width) / 2 - whole.left
    up = (sheet.height - whole.height) / 2 - whole.bottom
    first, second = (tuple(_moved(box, right, up) for box in block) for block in blocks)
    return first, second


def _moved(box: Rect, right: float, up: float) -> Rect:
    return Rect(box.left + right, box.bottom + up, box.right + right, box.top + up)


def around(boxes: tuple[Rect, ...]) -> Rect:
    """Return the box around some boxes."""
    lefts, feet, rights, tops = zip(*boxes, strict=True)
    return Rect(min(lefts), min(feet), max(rights), max(tops))


def lay_mixed(plan: Plan, grid: MixedGrid, task: ImposeTask) -> tuple[Side, ...]:
    """Return the sides of a plan. Backs are seen as after turning about the vertical axis."""
    sides = []
    for index, cells in enumerate(plan.sides):
        is_back = plan.has_backs and index % 2 == 1
        blocks = _mirrored(grid.blocks, grid.sheet) if is_back else grid.blocks
        places = blocks[0] + blocks[1]
        # A plan's backs are in its columns from the right.
        order = range(len(places))[::-1] if is_back else range(len(places))
        placements = tuple(
            _placement(cell.page, places, order[cell.column], len(blocks[0]), is_back, task.bleed)
            for cell in cells
        )
        name = f"sheet {index // (1 + plan.has_backs) + 1}"
        if plan.has_backs:
            name += " back" if is_back else " front"
        trim, bleed = around(places), task.bleed
        outer = Rect(
            max(0.0, trim.left - bleed),
            max(0.0, trim.bottom - bleed),
            min(grid.sheet.width, trim.right + bleed),
            min(grid.sheet.height, trim.top + bleed),
        )
        cuts_x, cuts_y, parts = _cuts(blocks)
        sides.append(
            Side(placements, cuts_x, cuts_y, trim=trim, bleed=outer, name=name, part_cuts=parts)
        )
    return tuple(sides)


def _placement(
    page: int, places: tuple[Rect, ...], at: int, straight: int, is_back: bool, bleed: float
) -> Placement:
    box = places[at]
    # Backs are turned the other way, so that each piece turns over like a page of a book.
    rotation = 0 if at < straight else 270 if is_back else 90
    x = box.right if rotation == 90 else box.left
    y = box.top if rotation == 270 else box.bottom
    return Placement(page, x, y, rotation, box.outset(bleed))


def _mirrored(blocks: TwoBlocks, sheet: Size) -> TwoBlocks:
    first, second = (
        tuple(Rect(sheet.width - b.right, b.bottom, sheet.width - b.left, b.top) for b in block)
        for block in blocks
    )
    return first, second


def _cuts(blocks: TwoBlocks) -> tuple[tuple[float, ...], tuple[float, ...], tuple[Rect, ...]]:
    """Return the cuts through all pieces, at x and at y, and those that part one block alone.

    The latter are lines, as boxes without a width or a height. The outermost go through all, since
    the knife goes around the whole first.
    """
    whole = around(blocks[0] + blocks[1])
    both = [around(block) for block in blocks]
    xs = [{round(x, 3) for box in block for x in (box.left, box.right)} for block in blocks]
    ys = [{round(y, 3) for box in block for y in (box.bottom, box.top)} for block in blocks]
    is_beside = min(both[0].right, both[1].right) <= max(both[0].left, both[1].left) + NEAR
    parts: list[Rect] = []
    if is_beside:
        through_x, through_y = (
            xs[0] | xs[1],
            (ys[0] & ys[1]) | {round(whole.bottom, 3), round(whole.top, 3)},
        )
        for block, own in zip(both, ys, strict=True):
            parts += [Rect(block.left, y, block.right, y) for y in sorted(own - through_y)]
    else:
        through_x, through_y = (
            (xs[0] & xs[1]) | {round(whole.left, 3), round(whole.right, 3)},
            ys[0] | ys[1],
        )
        for block, own in zip(both, xs, strict=True):
            parts += [Rect(x, block.bottom, x, block.top) for x in sorted(own - through_x)]
    return tuple(sorted(through_x)), tuple(sorted(through_y)), tuple(parts)
