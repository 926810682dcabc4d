"""A page's content to its `Mark`s: one walk through the operators, forms and patterns included.

An interpreter of ISO 32000-2 §8 and §9. What is broken is passed over, as viewers do, and kept as
a complaint; what is hidden in a layer that is off is not painted.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

import pikepdf

from hrcpub.pipeline.preflight.page import graphics_ops, text_ops, xobjects
from hrcpub.pipeline.preflight.page.bounded import (
    DEEPEST,
    MARKS,
    ODD,
    Budget,
    BudgetSpent,
    PageBox,
    box,
    decoded,
)
from hrcpub.pipeline.preflight.page.content import BrokenContent, Operation, operations
from hrcpub.pipeline.preflight.page.fonts import PdfFont
from hrcpub.pipeline.preflight.page.marks import (
    FAR,
    IDENTITY,
    Clip,
    Mark,
    Matrix,
    Path,
    State,
    moved,
    narrow,
    six,
    times,
)
from hrcpub.pipeline.preflight.page.spaces import Space, space

OPERATORS = graphics_ops.OPERATORS | text_ops.OPERATORS | xobjects.OPERATORS
_KEPT = 64  # forms and fonts kept from page to page
_SMALL = 1 << 17  # bytes of a form that is kept, cut into operations
_EVERY = 1024  # operators between two looks at the clock


class ContentFault(NamedTuple):
    """What is broken in a content stream."""

    kind: str  # syntax, resource, or space
    said: str


class Library:
    """What pages share, read once: fonts, colour spaces, the operations of small forms."""

    def __init__(self, budget: Budget, hidden: frozenset[tuple[int, int]] = frozenset()) -> None:
        """Begin empty; `hidden` are the layers that are off."""
        self.budget = budget
        self.hidden = hidden
        self._fonts: dict[tuple[int, int], PdfFont | None] = {}
        self._spaces: dict[tuple[int, int], Space] = {}
        self._forms: dict[tuple[int, int], list[Operation]] = {}

    def font(self, thing: Any) -> PdfFont | None:
        """Return a font dictionary as a Font, None when it is broken."""
        key = thing.objgen
        if key in self._fonts:
            return self._fonts[key]
        try:
            font = PdfFont(thing, self.budget)
        except ODD:
            font = None
        if key != (0, 0):
            _keep(self._fonts, key, font)
        return font

    def space(self, thing: Any, resources: Any) -> Space:
        """Return a colour space object as a Space."""
        key = thing.objgen if isinstance(thing, pikepdf.Object) else (0, 0)
        if key in self._spaces:
            return self._spaces[key]
        found = space(thing, resources)
        if key != (0, 0):
            _keep(self._spaces, key, found)
        return found

    def operations(self, stream: Any) -> Iterator[Operation]:
        """Yield a stream's operations."""
        key = stream.objgen
        if key in self._forms:
            return iter(self._forms[key])
        data = decoded(stream, self.budget)
        if key == (0, 0) or len(data) > _SMALL:
            return operations(data)
        found = list(operations(data))
        _keep(self._forms, key, found)
        return iter(found)


def _keep(shelf: dict[Any, Any], key: Any, thing: Any) -> None:
    if len(shelf) >= _KEPT:
        del shelf[next(iter(shelf))]
    shelf[key] = thing


class Walk:
    """One walk through one page; `marks` and `complaints` are what came of it."""

    def __init__(self, library: Library, view: PageBox = FAR) -> None:
        """Begin; forms that lie outside the `view` are passed over."""
        self.library = library
        self.view = view
        self.marks: list[Mark] = []
        self.complaints: dict[ContentFault, int] = {}
        self.state = State(IDENTITY, Clip(FAR))
        self.stack: list[State] = []
        self.resources: Any = None
        self.depth = 0
        self.is_pattern = False
        self.is_uncoloured = False
        self.segments: list[tuple[bytes, Any]] = []
        self.at: tuple[float, float] = (0.0, 0.0)
        self.clipping: bytes = b""
        self.text_matrix = self.line_matrix = IDENTITY
        self.text_clip: list[Mark] = []
        self.hidden: list[bool] = []
        self.tolerance = 0  # of unknown operators, between BX and EX
        self.drawn: set[tuple[int, int]] = set()  # forms that are being drawn
        self.patterns: set[tuple[int, int]] = set()  # cells that were walked
        self.glyphs = 0  # of Type 3 fonts
        self.groups: list[Any] = []  # the groups of forms, for their blend spaces
        self.states: set[Any] = set()
        self._spent = 0

    def complain(self, kind: str, said: str) -> None:
        """Note what is broken; the same thing once, with how often."""
        complaint = ContentFault(kind, said)
        if complaint in self.complaints or len(self.complaints) < 100:
            self.complaints[complaint] = self.complaints.get(complaint, 0) + 1

    @property
    def is_hidden(self) -> bool:
        """Whether a layer that is off is being painted."""
        return any(self.hidden)

    def page(self, thing: Any, resources: Any, bounds: PageBox) -> None:
        """Walk through a page's content."""
        self.state.clip = Clip(bounds)
        self.resources = resources
        self.run(_joined(thing.get("/Contents"), self.library))

    def run(self, stream: Iterator[Operation]) -> None:
        """Walk through operations."""
        table = OPERATORS
        for operator, operands in stream:
            self._spent += 1
            if self._spent >= _EVERY:
                self.library.budget.operators(self._spent)
                self._spent = 0
            act = table.get(operator)
            if act is None:
                self._unknown(operator, operands)
                continue
            try:
                act(self, operands)
            except ODD as error:
                self.complain("syntax", f"{operator.decode('latin-1')} with {_said(error)}")

    def _unknown(self, operator: bytes, operands: list[Any]) -> None:
        if operator == b"?":
            broken: BrokenContent = operands[0]
            self.complain("syntax", broken.said)
        elif not self.tolerance:
            self.complain("syntax", f"{operator[:16].decode('latin-1')!r} is no operator")

    def add(self, kind: str, whole: PageBox, thing: Any, **how: bool) -> None:
        """Add a mark, unless nothing of it is seen."""
        if self.is_hidden or self._is_clear(**how):
            return
        seen = self.state.clip.box.meet(whole)
        if seen is None:
            return
        if len(self.marks) >= MARKS:
            raise BudgetSpent(f"more than {MARKS:,} things on a page")
        self.marks.append(
            Mark(
                kind,
                seen,
                self.state.copy(),
                thing,
                is_pattern=self.is_pattern,
                depth=self.depth,
                **how,
            )
        )

    def _is_clear(self, is_fill: bool = True, is_stroke: bool = False) -> bool:
        """Return whether nothing is seen of a mark, since it is transparent through and through."""
        is_filled = is_fill or not is_stroke  # a picture is neither, and goes by the fill's
        is_seen = (is_filled and self.state.fill_alpha > 0) or (
            is_stroke and self.state.stroke_alpha > 0
        )
        return not is_seen

    def form(self, stream: Any, matrix: Matrix, name: str, *, as_group: bool = False) -> None:
        """Draw a form whose matrix leads to the page (§8.10)."""
        key = stream.objgen
        if key in self.drawn:
            self.complain("resource", f"the form {name} draws itself")
            return
        if self.depth >= DEEPEST:
            raise BudgetSpent(f"forms in forms, more than {DEEPEST} deep")
        inner = six(stream.get("/Matrix"))
        matrix = times(inner, matrix) if inner else matrix
        bounds = box(stream.get("/BBox"))
        reach = moved(matrix, bounds) if bounds else FAR
        if self.view.meet(reach) is None or self.state.clip.box.meet(reach) is None:
            return
        outer = (self.state, self.stack, self.resources, self.segments, self.clipping)
        texts = (self.text_matrix, self.line_matrix, self.text_clip)
        hidden, self.hidden = self.hidden, [self.is_hidden]
        self.state, self.stack, self.segments, self.clipping = self.state.copy(), [], [], b""
        self.state.ctm = matrix
        if bounds:
            narrow(self.state, Path([(b"re", _sides(bounds))], matrix))
        self.resources = stream.get("/Resources", self.resources)
        self.drawn.add(key)
        self.depth += 1
        is_group = self._begin_group(stream, outer[0]) if not as_group else False
        try:
            self.run(self.library.operations(stream))
        finally:
            self.drawn.discard(key)
            self.depth -= 1
            self.state, self.stack, self.resources, self.segments, self.clipping = outer
            self.text_matrix, self.line_matrix, self.text_clip = texts
            self.hidden = hidden
            if is_group:
                self.marks.append(Mark("end", self.state.clip.box, self.state))

    def _begin_group(self, stream: Any, state: State) -> bool:
        """Begin a transparency group where it is painted otherwise than its parts (§11.4.7)."""
        group = stream.get("/Group")
        if not isinstance(group, pikepdf.Dictionary) or group.get("/S") != "/Transparency":
            return False
        self.groups.append(group)
        if state.fill_alpha == 1 and state.blend == "Normal" and state.mask is None:
            return False
        self.marks.append(Mark("group", self.state.clip.box, state.copy(), depth=self.depth))
        self.state.fill_alpha = self.state.stroke_alpha = 1.0
        self.state.blend, self.state.mask = "Normal", None
        return True


def group_marks(library: Library, stream: Any, matrix: Matrix, view: PageBox) -> list[Mark]:
    """Return what a soft mask's group paints, its matrix leading to the page."""
    walk = Walk(library, view)
    walk.state.clip = Clip(view)
    walk.depth = DEEPEST // 2
    walk.form(stream, matrix, "of a soft mask", as_group=True)
    return walk.marks


def cell_marks(
    library: Library, pattern: Any, matrix: Matrix, view: PageBox, colours: State
) -> list[Mark]:
    """Return what one cell of a tiling pattern paints, its matrix leading to the page."""
    walk = Walk(library, view)
    walk.depth = DEEPEST // 2
    walk.state = colours.copy()
    walk.state.fill_pattern = walk.state.stroke_pattern = None
    walk.state.clip, walk.state.ctm = Clip(view), matrix
    walk.resources = pattern.get("/Resources")
    walk.is_uncoloured = int(pattern.get("/PaintType", 1)) == 2
    bounds = box(pattern.get("/BBox"))
    if bounds:
        narrow(walk.state, Path([(b"re", _sides(bounds))], matrix))
    walk.run(library.operations(pattern))
    return walk.marks


def _sides(bounds: PageBox) -> tuple[float, float, float, float]:
    return (bounds.left, bounds.bottom, bounds.width, bounds.height)


def _joined(contents: Any, library: Library) -> Iterator[Operation]:
    """Yield a page's operations; its streams are one, cut between two words (§7.8.2)."""
    if isinstance(contents, pikepdf.Stream):
        yield from operations(decoded(contents, library.budget))
    elif isinstance(contents, pikepdf.Array):
        parts = [s for s in islice(contents, 10_000) if isinstance(s, pikepdf.Stream)]
        data = b"\n".join(decoded(part, library.budget) for part in parts)
        yield from operations(data)


def _said(error: Exception) -> str:
    return f"what it does not take ({error.__class__.__name__.removesuffix('Error').lower()})"
