"""A page's content to its `Mark`s: every operator of its stream, and of the streams inside it.

An interpreter of ISO 32000-2 §8 and §9. What is broken is skipped, as viewers do, and kept as
a complaint; what is hidden in a layer that is off is not painted. The operators themselves come
in as a table, since they run streams in their turn: see `operators.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple, TypeVar

import pikepdf

from hrcpub.pipeline.preflight.page.bounded import DEEPEST, ODD, Budget, BudgetSpent, box, decoded
from hrcpub.pipeline.preflight.page.content import BrokenContent, Operands, Operation
from hrcpub.pipeline.preflight.page.fonts import PdfFont
from hrcpub.pipeline.preflight.page.marks import (
    Clip,
    Mark,
    Painted,
    PaintedText,
    State,
    TransparencyGroup,
    narrow,
)
from hrcpub.pipeline.preflight.page.matrices import FAR, six
from hrcpub.pipeline.preflight.page.paths import Path, Segment
from hrcpub.pipeline.preflight.page.pieces import kept_operations
from hrcpub.pipeline.preflight.page.resources import Resources
from hrcpub.pipeline.preflight.page.spaces import GREY, Space, in_place_of, space
from hrcpub.units import IDENTITY, Matrix, Rect

_KEPT = 64  # forms and fonts kept from page to page
_SMALL = 1 << 17  # bytes of a form that is kept, cut into operations
_EVERY = 1024  # operators between two looks at the clock
_MOST_FAULTS = 100  # of a page: a broken stream has thousands of the same sort

ObjGen = tuple[int, int]
KeptT = TypeVar("KeptT")
Operators = Mapping[bytes, "Callable[[Frame, Operands], None]"]


class ContentFault(NamedTuple):
    """What is broken in a content stream."""

    kind: str  # syntax, resource, or space
    said: str


class Nested(NamedTuple):
    """What a form, a cell or a glyph says of itself, besides its operations."""

    objgen: ObjGen
    matrix: Matrix | None  # from its own space to that of the stream that draws it
    bounds: Rect | None
    resources: pikepdf.Object | None  # None where it has those of that stream
    group: pikepdf.Object | None  # the dictionary of a transparency group (§11.6.6)


class Library:
    """What pages share, read once: fonts, colour spaces, resources, the parts of small forms."""

    def __init__(
        self, budget: Budget, operators: Operators, hidden: frozenset[ObjGen] = frozenset()
    ) -> None:
        """Begin empty; `hidden` are the layers that are off."""
        self.budget = budget
        self.operators = operators
        self.hidden = hidden
        self.picture_inks: dict[ObjGen, float] = {}  # the most that any of their pixels has, in %
        self.broken_fonts: dict[ObjGen, bool] = {}  # whether resources have some
        self._fonts: dict[ObjGen, PdfFont | None] = {}
        self._spaces: dict[ObjGen, Space] = {}
        self._forms: dict[ObjGen, list[Operation]] = {}
        self._nested: dict[ObjGen, Nested] = {}
        self._resources: dict[ObjGen, Resources] = {}

    def font(self, dictionary: pikepdf.Object) -> PdfFont | None:
        """Return a font dictionary as a PdfFont, None when it is broken."""
        key = dictionary.objgen
        if key in self._fonts:
            return self._fonts[key]
        try:
            font = PdfFont(dictionary, self.budget)
        except ODD:
            font = None
        _keep(self._fonts, key, font)
        return font

    def space(self, name: pikepdf.Object | None, resources: pikepdf.Object | None) -> Space:
        """Return a colour space object, a name or an array, as a Space."""
        key = name.objgen if isinstance(name, pikepdf.Object) else (0, 0)
        if key in self._spaces:
            return self._spaces[key]
        read = space(name, resources)
        _keep(self._spaces, key, read)
        return read

    def resources(self, dictionary: pikepdf.Object | None) -> Resources:
        """Return a resource dictionary as Resources."""
        key = (0, 0) if dictionary is None else dictionary.objgen
        known = self._resources.get(key)
        if known is None:
            known = Resources(dictionary)
            _keep(self._resources, key, known)
        return known

    def nested(self, stream: pikepdf.Object) -> Nested:
        """Return what a stream that is drawn by another says of itself."""
        key = stream.objgen
        known = self._nested.get(key)
        if known is None:
            group = stream.get("/Group")
            is_group = isinstance(group, pikepdf.Dictionary) and group.get("/S") == "/Transparency"
            known = Nested(
                key,
                six(stream.get("/Matrix")),
                box(stream.get("/BBox")),
                stream.get("/Resources"),
                group if is_group else None,
            )
            _keep(self._nested, key, known)
        return known

    def operations(self, stream: pikepdf.Object) -> Iterator[Operation]:
        """Yield a stream's operations."""
        key = stream.objgen
        if key in self._forms:
            return iter(self._forms[key])
        data = decoded(stream, self.budget)
        if key == (0, 0) or len(data) > _SMALL:
            return kept_operations(data)
        listed = list(kept_operations(data))
        _keep(self._forms, key, listed)
        return iter(listed)


def _keep(kept: dict[ObjGen, KeptT], key: ObjGen, value: KeptT) -> None:
    if key == (0, 0):  # it is inside another object, and has no number to be known by
        return
    # The oldest goes: pages that follow each other mostly use the same.
    if len(kept) >= _KEPT:
        del kept[next(iter(kept))]
    kept[key] = value


class Walk:
    """What one page paints, and what is broken in it: all that its streams share."""

    def __init__(self, library: Library) -> None:
        """Begin with an empty page."""
        self.library = library
        self.marks: list[Mark] = []  # in the order of painting
        self.tree: list[Mark | TransparencyGroup] = []  # the same, in their transparency groups
        self.groups: list[TransparencyGroup] = []
        self.group_fields: list[pikepdf.Object] = []  # /Group of forms, for their blend spaces
        self.complaints: dict[ContentFault, int] = {}
        self.patterns: set[ObjGen] = set()  # whose cells were walked through
        self.type3_glyphs = 0
        self.shown_elsewhere = False  # whether some programs show what is hidden here
        self.fonts: dict[int, PdfFont] = {}  # those that draw letters, by their `id`

    def complain(self, kind: str, said: str) -> None:
        """Note what is broken; the same thing once, with how often."""
        complaint = ContentFault(kind, said)
        if complaint in self.complaints or len(self.complaints) < _MOST_FAULTS:
            self.complaints[complaint] = self.complaints.get(complaint, 0) + 1


class Frame:
    """One content stream that is run, with all that it has of its own.

    A stream inside another runs in a frame of its own, which `nested` makes. It begins with what
    the standard hands on, and nothing that happens in it comes back: so there is nothing to
    restore, and nothing that could be forgotten.
    """

    __slots__ = (
        "at",
        "clipping",
        "depth",
        "drawn",
        "into",
        "is_inside_hidden",
        "is_pattern",
        "is_uncoloured",
        "layers",
        "line_matrix",
        "resources",
        "segments",
        "stack",
        "state",
        "text_clip",
        "text_matrix",
        "tolerance",
        "view",
        "walk",
    )

    def __init__(self, walk: Walk, state: State, resources: Resources, view: Rect = FAR) -> None:
        """Begin with a page's stream; forms outside the `view` are skipped."""
        # What streams inside get too:
        self.walk = walk
        self.state = state
        self.resources = resources
        self.view = view
        self.into = walk.tree  # where marks go: the page, or a transparency group
        self.depth = 0
        self.drawn: frozenset[ObjGen] = frozenset()  # the streams that are being run
        self.is_inside_hidden = False  # whether the whole stream is in a layer that is off
        self.is_pattern = False
        self.is_uncoloured = False  # whether operators of colour are skipped
        # What each stream begins anew:
        self.stack: list[State] = []
        self.segments: list[Segment] = []
        self.at = (0.0, 0.0)
        self.clipping = b""
        self.text_matrix: Matrix = IDENTITY
        self.line_matrix: Matrix = IDENTITY
        self.text_clip: list[PaintedText] = []
        self.layers: list[bool] = []  # marked content that is open; True is a layer that is off
        self.tolerance = 0  # of unknown operators, between BX and EX

    def nested(self, form: Nested, matrix: Matrix, state: State | None = None) -> Frame:
        """Return the frame of a form, a cell or a glyph inside this stream (§8.7.3, §8.10, §9.6.4).

        `matrix` leads from it to the page; `state` is what it begins with, else the state at hand.
        Raises BudgetSpent when streams are nested too deeply.
        """
        if self.depth >= DEEPEST:
            raise BudgetSpent(f"forms in forms, more than {DEEPEST} deep")
        own = (state or self.state).copy()
        own.ctm = matrix
        if form.bounds:
            narrow(own, Path([(b"re", sides(form.bounds))], matrix))
        resources = self.resources
        if form.resources is not None:
            resources = self.walk.library.resources(form.resources)
        inner = Frame(self.walk, own, resources, self.view)
        inner.into = self.into
        inner.depth = self.depth + 1
        inner.drawn = self.drawn | {form.objgen}
        inner.is_inside_hidden = self.is_hidden
        inner.is_pattern, inner.is_uncoloured = self.is_pattern, self.is_uncoloured
        return inner

    @property
    def is_hidden(self) -> bool:
        """Whether a layer that is off is being painted."""
        return self.is_inside_hidden or any(self.layers)

    def run(self, stream: Iterator[Operation]) -> None:
        """Run a stream's operations."""
        budget, table = self.walk.library.budget, self.walk.library.operators
        count = 0
        for operator, operands in stream:
            count += 1
            if count >= _EVERY:
                budget.operators(count)
                count = 0
            # Unknown operators are no reason to stop: viewers skip them too (§7.8.2).
            act = table.get(operator)
            if act is None:
                self._unknown(operator, operands)
                continue
            try:
                act(self, operands)
            except ODD as error:
                self.walk.complain("syntax", f"{operator.decode('latin-1')} with {_said(error)}")
        budget.operators(count)

    def _unknown(self, operator: bytes, operands: Operands) -> None:
        if operator == b"?":
            broken: BrokenContent = operands[0]
            self.walk.complain("syntax", broken.said)
        elif not self.tolerance:
            self.walk.complain("syntax", f"{operator[:16].decode('latin-1')!r} is not an operator")

    def add(
        self, painted: Painted, whole: Rect, is_fill: bool = True, is_stroke: bool = False
    ) -> None:
        """Add a mark, unless nothing of it is seen."""
        state, marks = self.state, self.walk.marks
        seen = state.clip.box.meet(whole)
        # `is_hidden` looks at all layers, so it is asked only where there are some.
        if seen is None or (self.layers and self.is_hidden) or self.is_inside_hidden:
            return
        # A picture is neither filled nor stroked, and goes by the fill's opacity.
        is_filled = is_fill or not is_stroke
        if not ((is_filled and state.fill_alpha > 0) or (is_stroke and state.stroke_alpha > 0)):
            return
        limit = self.walk.library.budget.bounds.marks
        if len(marks) >= limit:
            raise BudgetSpent(f"more than {limit:,} objects on a page")
        # A copy: operators change the state in its place.
        mark = Mark(painted, seen, state.copy(), is_fill, is_stroke, self.is_pattern, self.depth)
        marks.append(mark)
        self.into.append(mark)


def walk_page(
    walk: Walk, page: pikepdf.Object, resources: pikepdf.Object, bounds: Rect, view: Rect
) -> None:
    """Run a page's content inside its `bounds`; forms outside the `view` are skipped."""
    state = State(IDENTITY, Clip(bounds))
    state.fill_space = state.stroke_space = in_place_of(GREY, resources)
    frame = Frame(walk, state, walk.library.resources(resources), view)
    try:
        frame.run(_joined(page.get("/Contents"), walk.library))
    except ODD as error:
        walk.complain("syntax", str(error)[:200])


def sides(bounds: Rect) -> tuple[float, float, float, float]:
    """Return a box as the operands of `re`: a corner, the width and the height."""
    return (bounds.left, bounds.bottom, bounds.width, bounds.height)


def _joined(contents: pikepdf.Object | None, library: Library) -> Iterator[Operation]:
    """Return a page's operations; its streams are one, cut between two words (§7.8.2)."""
    if isinstance(contents, pikepdf.Stream):
        return kept_operations(decoded(contents, library.budget))
    if isinstance(contents, pikepdf.Array):
        parts = [s for s in islice(contents, 10_000) if isinstance(s, pikepdf.Stream)]
        return kept_operations(b"\n".join(decoded(part, library.budget) for part in parts))
    return iter(())


def _said(error: Exception) -> str:
    return (
        # What Python says of it would mean nothing to whoever made the file.
        f"an operand of the wrong kind ({error.__class__.__name__.removesuffix('Error').lower()})"
    )
