"""Which rules of stylesheets match an element, found once for all that stand alike.

Most selectors ask for an element's name, class and attributes, and for those of the elements around
it. cssselect2 0.9 asks each of them of each element of each document. Where none of those that may
match asks for more (neighbours, what is within, a language), the answer is kept, by what an element
and all around it say of themselves. And what WeasyPrint looks for by a name alone is in a page's
head: no more is gone over when all of that name are found.

Private names of cssselect2 are used here; `test_matched_rules.py` fails when one of them changes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import lru_cache
from types import CodeType
from typing import TYPE_CHECKING, Any, Protocol

from hrcpub.patterns import pattern

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MOST = 2000  # places of elements
# What a selector that cssselect2 has compiled may name, and still depend on nothing but an element
# and those around it. `lang` is not one of them: that may be said in the head.
_UPWARD = frozenset(
    (
        *("any", "next", "parent", "ancestors", "local_name", "namespace_url"),
        *("in_html_document", "classes", "id", "etree_element", "attrib", "tag", "get"),
        *("split_whitespace", "ascii_lower", "lower", "startswith", "endswith"),
    )
)
_NAME = pattern("[a-z]+")  # a selector of all elements with a name
_STYLE = "style"  # the one attribute that is other for each element, and that no selector asks for

Rules = Sequence[tuple[Any, int, str | None, Any]]  # specificity, number, pseudo-element, the rest
Test = Callable[["Wrapper"], object]


class Wrapper(Protocol):
    """What is used of cssselect2's `ElementWrapper`."""

    etree_element: Element
    parent: Wrapper | None
    id: str | None
    classes: set[str]
    local_name: str
    namespace_url: str

    def iter_subtree(self) -> Iterator[Wrapper]:
        """Yield this one and all below it, in the document's order."""


class Matches:
    """The rules that match elements, for one set of stylesheets."""

    def __init__(self) -> None:
        """Begin empty."""
        self._places: dict[Hashable, int] = {}
        self._rules: dict[int, list[Rules] | None] = {}

    def place(self, element: Element, around: int | None) -> int:
        """Return the number of all places like that of an element; `around`: its parent's."""
        said = tuple([item for item in element.items() if item[0] != _STYLE])
        return self._places.setdefault((around, element.tag, said), len(self._places))

    def of(self, wrapper: Wrapper, place: int, sheets: Sequence[Any]) -> list[Rules]:
        """Return the rules of each stylesheet that match an element in a place."""
        if place not in self._rules:
            is_settled = all(map(_is_upward, _asked(wrapper, sheets)))
            self._rules[place] = _matching(wrapper, sheets) if is_settled else None
        return self._rules[place] or _matching(wrapper, sheets)

    def forget_many(self) -> None:
        """Forget all if that is much."""
        if len(self._places) > _MOST:
            self._places.clear()
            self._rules.clear()


def _matching(wrapper: Wrapper, sheets: Sequence[Any]) -> list[Rules]:
    return [sheet.matcher.match(wrapper) for sheet, _, _ in sheets]


def _asked(wrapper: Wrapper, sheets: Sequence[Any]) -> Iterator[Test]:
    """Yield the tests of all selectors that cssselect2 would ask of an element."""
    for sheet, _, _ in sheets:
        matcher = sheet.matcher
        entries = itertools.chain(
            matcher.id_selectors.get(wrapper.id, ()),
            *(matcher.class_selectors.get(name, ()) for name in wrapper.classes),
            matcher.lower_local_name_selectors.get(wrapper.local_name.lower(), ()),
            matcher.namespace_selectors.get(wrapper.namespace_url, ()),
            matcher.lang_attr_selectors,
            matcher.other_selectors,
        )
        for test, *_ in entries:
            yield test


def _is_upward(test: Test) -> bool:
    """Return whether a compiled selector asks only for an element and those around it."""
    return _names_are_upward(test.__code__)


@lru_cache(_MOST)
def _names_are_upward(code: CodeType) -> bool:
    within = [part for part in code.co_consts if isinstance(part, CodeType)]
    return (
        _UPWARD.issuperset(code.co_names)
        and _STYLE not in code.co_consts
        and all(map(_names_are_upward, within))
    )


def find_names_first() -> None:
    """Let cssselect2 look for elements of some names only as far as there are any. Once for all."""
    import weasyprint

    kind: Any = weasyprint.cssselect2.ElementWrapper
    ask = kind.query_all

    def query_all(wrapper: Wrapper, *selectors: object) -> Iterator[Wrapper]:
        found: Iterator[Wrapper] = ask(wrapper, *selectors)
        if not all(isinstance(name, str) and _NAME.fullmatch(name) for name in selectors):
            return found
        names = frozenset(selectors)
        named = (_local_name(element) in names for element in wrapper.etree_element.iter())
        return itertools.islice(found, sum(named))

    kind.query_all = query_all


def _local_name(element: Element) -> str | None:
    """Return an element's name without its namespace; None for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else None
