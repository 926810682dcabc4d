"""The styles of a document's elements, shared by all documents of the same stylesheets.

An element's style follows from its parent's style, the rules that match it, and what it declares
itself. WeasyPrint 70 works that out anew for each document, property by property, which takes a
third of a layout. A `Shelf` keeps the styles of a layout's stylesheets, with all that was asked of
them, so that copyfit's next try and the next piece find them ready.

Private names of WeasyPrint are used here; `test_shared_styles.py` fails when one of them changes.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from hrcpub.pipeline.typeset.cascades import (
    Cascade,
    by_rules,
    cascades_of,
    declaring,
    with_attributes,
)
from hrcpub.pipeline.typeset.matched_rules import Matches, Wrapper

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from weasyprint.css import ComputedStyle, Style, StyleFor
    from weasyprint.css.targets import TargetCollector
    from weasyprint.text.fonts import FontConfiguration

OfStyleT = TypeVar("OfStyleT")

_MOST = 1000  # sets of rules on a shelf, with styles of up to 10 kB each
_MOST_SHAPES = 5000  # kinds of boxes on it
_MOST_BLOCKS = 1000  # blocks that were met
_MOST_KEPT = 60  # blocks on it, with some 30 boxes of 3 kB each
_MOST_LINES = 1000  # lines of text on it, of some 4 kB each
_TOLD = "_reported_error"  # of a value: whether it was warned of
# WeasyPrint writes into the styles of the others: of first letters, and of notes.
_SHARED = frozenset(("before", "after", "marker"))


class _ParsedHtml(Protocol):
    """What is used of WeasyPrint's `HTML`."""

    etree_element: Element
    wrapper_element: Wrapper
    base_url: str


class _Kept(NamedTuple):
    """What is known of elements that have one parent style, one set of rules, and declare alike.

    By the name of a pseudo-element; None: of the element itself.
    """

    cascades: dict[str | None, Cascade]
    styles: dict[str | None, ComputedStyle]


class _PageSizes(dict[str, Any]):
    """The size of a document's first page, for lengths such as `vw`; whether one was asked for."""

    is_asked = False

    def __getitem__(self, name: str) -> object:
        self.is_asked = True
        return super().__getitem__(name)


class Shelf:
    """The styles of one layout's stylesheets; for one process and one thread."""

    def __init__(self) -> None:
        """Begin empty."""
        self._clear()

    def _clear(self) -> None:
        self.kept: dict[Hashable, _Kept] = {}
        self.ruled: dict[Hashable, dict[str | None, Cascade]] = {}  # by rules that match
        self.lines: dict[tuple[int, str], Any] = {}  # of `kept_lines`, by the `id` of their style
        # Of `kept_blocks`: what is in blocks, and those that were met, or laid out twice.
        self.shapes: dict[Hashable, Any] = {}
        self.blocks: dict[Hashable, Any] = {}
        self.matches = Matches()
        self.sizes = _PageSizes()
        self.is_new = True  # no document was laid out with it
        self.is_spoilt = False  # WeasyPrint writes into these styles
        self._settled: tuple[object, ...] = ()  # what the keys take for granted

    @contextlib.contextmanager
    def lent(self, records: Sequence[logging.LogRecord]) -> Iterator[None]:
        """Let a document take its styles from the shelf; `records` is what WeasyPrint logs.

        Afterwards it is empty if the next document would miss something. WeasyPrint warns when it
        works a value out, so once; and lengths in `vw` are shares of this document's first page.
        """
        global _lent, _document
        before, _lent, is_sound, _document = len(records), self, False, object()
        try:
            yield
            is_sound = len(records) == before and not self.sizes.is_asked and not self.is_spoilt
        finally:
            _lent, self.is_new = None, False
            if not is_sound or len(self.kept) > _MOST:
                self._clear()
            self._forget_many()

    def _forget_many(self) -> None:
        self.matches.forget_many()
        if len(self.lines) > _MOST_LINES:
            self.lines.clear()
        kept = sum(block is not None for block in self.blocks.values())
        is_much = len(self.blocks) > _MOST_BLOCKS or kept > _MOST_KEPT
        if len(self.shapes) > _MOST_SHAPES or is_much:
            self.shapes.clear()
            self.blocks.clear()

    def ready(self, *settled: object) -> None:
        """Make ready for a document; the shelf is emptied if what is settled was other before."""
        if self._settled != settled:
            self._clear()
            self._settled = settled
        self.sizes.update(box=None, area=None)

    def of(
        self, wrapper: Wrapper, place: int, parent: object, base_url: str, sheets: Sequence[Any]
    ) -> _Kept:
        """Return what is known of an element in a place; of a new one, its cascades."""
        element = wrapper.etree_element
        found = self.matches.of(wrapper, place, sheets)
        # A rule's number is that of its place in the stylesheet.
        numbers = tuple([tuple([rule[1] for rule in rules]) for rules in found])
        key = (id(parent), declaring(element), numbers)
        kept = self.kept.get(key)
        if kept is None:
            ruled = self.ruled.get(numbers)
            if ruled is None:
                ruled = self.ruled[numbers] = cascades_of(by_rules(sheets, found))
            kept = self.kept[key] = _Kept(with_attributes(ruled, element, base_url), {})
        return kept


_lent: Shelf | None = None
_document: object = object()  # what is laid out, or was last


class _ToldHere:
    """Whether WeasyPrint has warned in this document of a value that it works out.

    Why: it warns once, and notes that with the stylesheet. Ours is that of many documents, each of
    which is to be told.
    """

    def __get__(self, value: object, kind: type) -> bool:
        return vars(value).get("hrcpub_told_in") is _document

    def __set__(self, value: object, is_told: bool) -> None:
        vars(value)["hrcpub_told_in"] = _document if is_told else None


def is_shared(style: Style) -> bool:
    """Return whether a style is, or was, on a shelf, or is that of anonymous boxes in one."""
    known: bool | None = getattr(style, "hrcpub_is_shared", False)  # texts in SVG are without it
    if known is None:
        parent = style.parent_style
        is_anonymous = parent is not None and vars(parent).get("anonymous_style") is style
        known = style.hrcpub_is_shared = is_anonymous and bool(parent.hrcpub_is_shared)
    return known


def kept_with_style(make: Callable[[Style], OfStyleT]) -> Callable[[Style], OfStyleT]:
    """Let what follows from a style be kept with it, where documents share the style."""
    name = f"hrcpub_{make.__name__}"

    @wraps(make)
    def of(style: Style) -> OfStyleT:
        kept: OfStyleT | None = getattr(style, name, None)
        if kept is None:
            kept = make(style)
            if is_shared(style):
                setattr(style, name, kept)
        return kept

    return of


def lent_for(style: Style) -> Shelf | None:
    """Return the shelf that is lent, if a style is on it."""
    return _lent if _lent and is_shared(style) else None


def share_styles() -> None:
    """Let WeasyPrint take styles from the shelf that is lent. Once for the process."""
    from weasyprint import css
    from weasyprint.css.tokens import Pending

    setattr(Pending, _TOLD, _ToldHere())
    css.Style.hrcpub_is_shared = None  # not asked yet; a copy is a style of its own

    class SharedStyleFor(css.StyleFor):  # type: ignore[misc]
        def __init__(
            self,
            html: _ParsedHtml,
            sheets: Sequence[Any],
            has_hints: bool,
            fonts: FontConfiguration,
            targets: TargetCollector,
        ) -> None:
            self._kept: dict[Element, _Kept] = {}
            if _lent is None or has_hints:
                super().__init__(html, sheets, has_hints, fonts, targets)
                return
            _lent.ready(html.base_url, fonts, sheets)
            self._cascaded_styles: dict[Any, Any] = {}
            self.initial_page_sizes = _lent.sizes
            self._sheets, self.font_config = sheets, fonts
            self._kept = _taken(html, sheets, fonts, _lent)
            self._computed_styles: dict[tuple[Element, str | None], ComputedStyle] = {
                (element, None): kept.styles[None] for element, kept in self._kept.items()
            }
            _collect_anchors(self, self._kept, targets)

        def __call__(self, element: Element, pseudo: str | None = None) -> ComputedStyle | None:
            if pseudo and (element, pseudo) not in self._computed_styles:
                kept = self._kept.get(element)
                if kept and pseudo in kept.cascades:
                    root = next(iter(self._kept.values()))
                    self._computed_styles[element, pseudo] = _of_pseudo(pseudo, kept, root)
            style: ComputedStyle | None = super().__call__(element, pseudo)
            return style

    css.StyleFor = SharedStyleFor


def _taken(
    html: _ParsedHtml, sheets: Sequence[Any], fonts: FontConfiguration, shelf: Shelf
) -> dict[Element, _Kept]:
    """Return what is known of each element, in the document's order, each with its style."""
    taken: dict[Element, _Kept] = {}
    places: dict[Element | None, int] = {}
    root: ComputedStyle | None = None
    for wrapper in html.wrapper_element.iter_subtree():
        element = wrapper.etree_element
        outer = wrapper.parent.etree_element if wrapper.parent else None
        parent = None if outer is None else taken[outer].styles[None]
        place = places[element] = shelf.matches.place(element, places.get(outer))
        kept = taken[element] = shelf.of(wrapper, place, parent, html.base_url, sheets)
        if None not in kept.styles:
            kept.styles[None] = _made(kept, html.base_url, parent, root, fonts, shelf.sizes)
        if parent is None:
            root = kept.styles[None]
    pages = [taken[element].styles[None] for element in _outer(html.etree_element)]
    # These WeasyPrint gives to the page, and writes over them; `visible` over `visible` is no harm.
    shelf.is_spoilt |= any(
        style["overflow"] != "visible" or style["display"] == ("none",) for style in pages
    )
    return taken


def _outer(root: Element) -> list[Element]:
    return [root, *root.findall("body")]


def _made(
    kept: _Kept,
    base_url: str,
    parent: ComputedStyle | None,
    root: ComputedStyle | None,
    fonts: FontConfiguration,
    sizes: _PageSizes,
) -> ComputedStyle:
    """Return the style of an element, with its anchor: WeasyPrint takes an empty one for none."""
    from weasyprint.css import ComputedStyle, InitialStyle

    cascade, top = kept.cascades[None], InitialStyle(fonts) if root is None else root
    style = ComputedStyle(parent, cascade, None, top, base_url, fonts, sizes)
    style.hrcpub_is_shared = True
    style["anchor"]
    return style


def _of_pseudo(name: str, kept: _Kept, root: _Kept) -> ComputedStyle:
    """Return the style of an element's pseudo-element, with its anchor as `_made` does."""
    from weasyprint.css import ComputedStyle

    if name in kept.styles:
        return kept.styles[name]
    own, top = kept.styles[None], root.styles[None]
    settled = own.base_url, own.font_config, own.initial_page_sizes
    style = ComputedStyle(own, kept.cascades[name], name, top, *settled)
    style["anchor"]
    if name in _SHARED:
        style.hrcpub_is_shared = True
        kept.styles[name] = style
    return style


def _collect_anchors(
    style_for: StyleFor, taken: dict[Element, _Kept], targets: TargetCollector
) -> None:
    """Tell WeasyPrint of the anchors: of elements and then of pseudo-elements, as it does.

    Elements that are alike give an anchor once, if it is not their own.
    """
    seen: set[int] = set()
    for element, kept in taken.items():
        anchor = kept.styles[None]["anchor"]
        if anchor and (id(kept) not in seen or declaring(element)):
            targets.collect_anchor(anchor)
        seen.add(id(kept))
    for element, kept in taken.items():
        for name, cascade in kept.cascades.items():
            if name and "anchor" in cascade:
                targets.collect_anchor(style_for(element, name)["anchor"])
