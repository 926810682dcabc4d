"""What looking over pages does the short way is what it is the long way, for any text."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.stages import AuthorText
from hrcpub.pipeline.typeset.accounting import _FOLDED, folded, hiding, letters
from hrcpub.pipeline.typeset.letterforms import _InkFace, _Reaches
from hrcpub.pipeline.typeset.text_owners import TextOwners
from hrcpub.pipeline.typeset.unprinted import _TYPED, _typed
from hrcpub.problems import Source
from tests.shared.project import ROOT

FONT = ROOT / "fonts/libre-franklin/LibreFranklin-Regular.ttf"
SIGNS = "".join({*map(chr, _FOLDED), *"‘’“”\"'—‐-ﬁﬂÅéßςΣİıi\u0301\u0327"})
texts = st.text(st.one_of(st.sampled_from(SIGNS + "aZ "), st.characters()), max_size=40)


@given(texts)
def test_a_text_is_folded_as_if_each_letter_were_looked_up(text: str) -> None:
    whole = unicodedata.normalize("NFKD", text).casefold().translate(_FOLDED)
    assert folded(text) == whole
    assert _typed(text) == whole.translate({ord(sign): typed for sign, typed in _TYPED.items()})


@pytest.fixture(scope="module")
def face() -> Face:
    return Face(FONT.read_bytes())


@pytest.mark.parametrize("is_top", [True, False])
def test_a_text_reaches_as_far_as_its_furthest_letter(face: Face, *, is_top: bool) -> None:
    kept = _Reaches(face, top=is_top)  # it learns letters as they come, and keeps them

    @given(
        st.text(st.one_of(st.sampled_from("ace gj(Å.្កاи漢\u0301"), st.characters()), max_size=30)
    )
    def hold(text: str) -> None:
        alone = _Reaches(face, top=is_top)
        assert kept.furthest(text) == max((alone[letter] for letter in set(text)), default=0.0)

    hold()
    few = "".join(sorted(letter for letter in kept if kept[letter] == 0.0))
    assert few
    assert kept.furthest(few) == 0.0
    assert len(kept._order) == len(kept._known) == len({letter for _, letter in kept._order})


def test_no_text_reaches_further_than_what_is_said_of_all_that_were_asked_for() -> None:
    face = _InkFace(FONT.read_bytes())
    letters_of = st.one_of(st.sampled_from("ace gj(Å.्កاи漢\u0301"), st.characters())

    @given(st.text(letters_of, max_size=30))
    def hold(text: str) -> None:
        top, depth = face.tops.furthest(text), face.depths.furthest(text)
        if math.inf in (top, depth):
            assert face.most(text) is None
        else:
            most = face.most(text)
            assert most is not None
            assert most[0] >= top
            assert most[1] >= depth

    hold()


Node = tuple[dict[str, str], list[Any]]
attributes = st.dictionaries(
    st.sampled_from(["class", "hidden", "data-may", "data-panel"]),
    st.sampled_from(["", "hide", "near hide", "hidden", "overlap"]),
    max_size=2,
)
trees: st.SearchStrategy[Node] = st.recursive(
    st.tuples(attributes, st.just([])),
    lambda inner: st.tuples(attributes, st.lists(inner, max_size=3)),
    max_leaves=12,
)


@given(trees)
def test_what_a_template_hides_is_hidden_with_all_that_is_in_it(tree: Node) -> None:
    expected: list[Element] = []

    def grown(parent: Element, node: Node, *, is_hidden: bool) -> None:
        own = SubElement(parent, "p", node[0])
        is_hidden |= "hidden" in node[0] or "hide" in node[0].get("data-may", "").split()
        expected.extend([own] if is_hidden else [])
        for inner in node[1]:
            grown(own, inner, is_hidden=is_hidden)

    body = Element("body")
    grown(body, tree, is_hidden=False)
    assert hiding(body) == set(expected)


words = st.text(st.sampled_from("ab "), max_size=6)


@given(st.lists(words, max_size=4), st.lists(st.tuples(st.integers(0, 2), words), max_size=6))
def test_each_letter_of_an_element_is_counted_for_the_text_that_it_is_of(
    owned: list[str], written: list[tuple[int, str]]
) -> None:
    elements = [Element("p") for _ in range(3)]
    placed = [(elements[at], text) for at, text in written]
    owners = TextOwners([AuthorText(text, "words.lead", Source()) for text in owned], placed)
    of_letters = owners._owners("".join(letters(text) for _, text in placed))
    counts: dict[Element, Counter[int]] = {}
    for element, text in placed:
        own = [of_letters.pop(0) for _ in letters(text)]
        if set(own) - {-1}:
            counts.setdefault(element, Counter()).update(n for n in own if n >= 0)
    # The order counts too: where a text is of two, the first is asked first.
    found = {element: list(numbers.items()) for element, numbers in owners._of.items()}
    assert found == {element: list(numbers.items()) for element, numbers in counts.items()}
