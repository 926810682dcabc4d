"""Rules that are kept for an element are those that cssselect2 would find again."""

from __future__ import annotations

import importlib
import random
from typing import Any

import pytest

from hrcpub.pipeline.typeset import matched_rules
from hrcpub.pipeline.typeset.engine import load
from hrcpub.pipeline.typeset.matched_rules import Matches
from tests.shared.boxes import own
from tests.shared.project import ROOT

load(ROOT)

UPWARD = (
    *(
        "p",
        ".a",
        "#b",
        "[data-c]",
        "[data-c='d e']",
        "[data-c^=d]",
        "[data-c~=d]",
        "div p",
        "div > p",
    ),
    *("*", "div *", ".a .a", ":root p", ":is(.a, .b) > p", "p:not(.a)", "a:any-link", "[lang]"),
)
OTHERS = (
    *("p + p", "p ~ p", "p:first-child", "p:last-child", "p:nth-child(2)", "p:only-child"),
    *("p:empty", "div:has(> .a)", ":lang(es)", "p:not(:first-child)", "div > p + p", "[style]"),
    *("p:last-of-type", "[style*=red] p", ".a:nth-last-child(1)", "div:not(:empty) p"),
)
BODIES = (
    "<div><p class=a>One<p>Two</div>",
    "<div><p class=a>One<p class=a>Two<p></div>",
    "<p class=a>One<div class=a data-c='d e'><p class=a id=b>Two</div>",
    "<div lang=es><p>Uno</p><a href=x>dos</a><a>tres</a></div><p style='color: red'>Cuatro",
    "<div style='color: red'><p>One<p class=a>Two</div>",
    "<div><p>One</div>",
)


def rules_of(sheets: Any, matches: Matches | None, body: str) -> list[list[list[int]]]:
    """Return the numbers of the rules of each sheet for each element of a body."""
    html = load(ROOT).HTML(string=f"<html lang=en>{body}", base_url=str(ROOT))
    found, places = [], dict[Any, int]()
    for wrapper in html.wrapper_element.iter_subtree():
        element = wrapper.etree_element
        if matches is None:
            rules = [sheet.matcher.match(wrapper) for sheet, _, _ in sheets]
        else:
            around = places.get(wrapper.parent and wrapper.parent.etree_element)
            places[element] = matches.place(element, around)
            rules = matches.of(wrapper, places[element], sheets)
        found.append([[rule[1] for rule in of_sheet] for of_sheet in rules])
    return found


def sheets_of(*selectors: str) -> Any:
    text = " ".join(f"{selector} {{ color: red }}" for selector in selectors)
    return [(load(ROOT).CSS(string=text), "author", None)]


@pytest.mark.parametrize("selector", [*UPWARD, *OTHERS])
def test_rules_are_those_of_cssselect2(selector: str) -> None:
    sheets, matches = sheets_of(selector, "p", ".a"), Matches()
    fresh = [rules_of(sheets, None, body) for body in BODIES]
    for _ in range(2):
        assert [rules_of(sheets, matches, body) for body in BODIES] == fresh
    assert any(1 in numbers for body in fresh for (numbers,) in body)


@pytest.mark.parametrize("selector", [*UPWARD, *OTHERS])
def test_rules_are_found_once_where_they_depend_on_nothing_else(
    selector: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets, matches, asked = sheets_of(selector), Matches(), []
    matching = matched_rules._matching
    monkeypatch.setattr(matched_rules, "_matching", lambda *of: asked.append(of) or matching(*of))
    for body in BODIES:
        rules_of(sheets, matches, body)
    asked.clear()
    for body in BODIES:
        rules_of(sheets, matches, body)
    assert bool(asked) == (selector in OTHERS)


def test_places_are_forgotten_when_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    sheets, matches = sheets_of("p"), Matches()
    rules_of(sheets, matches, BODIES[0])
    matches.forget_many()
    assert matches._places
    monkeypatch.setattr(matched_rules, "_MOST", 3)
    matches.forget_many()
    assert not matches._places
    assert not matches._rules


SOUGHT = (
    ("title",),
    ("style", "link"),
    ("title", "meta", "link"),
    ("p",),
    ("P",),
    ("p.a",),
    ("svg", "a"),
    ("p", "div > p"),
    ("*",),
    (),
)


@pytest.mark.parametrize("seed", range(20))
def test_elements_of_a_name_are_those_that_cssselect2_finds(seed: int) -> None:
    chance = random.Random(seed)
    parts = (
        *("<p class=a>One</p>", "<div><p>Two</p></div>", "<!-- <p> -->", "<meta name=x>"),
        *("<svg><title>Three</title><a><title>Four</title></a></svg>", "<link rel=y>", "<b>p</b>"),
    )
    head = chance.choice(("", "<title>Page</title>", "<meta charset=utf-8><style>p {}</style>"))
    body = "".join(chance.choices(parts, k=chance.randint(0, 9)))
    wrapper = load(ROOT).HTML(string=f"<head>{head}</head><body>{body}").wrapper_element
    query_all = type(wrapper).query_all
    for names in SOUGHT:
        found = [one.etree_element for one in query_all(wrapper, *names)]
        theirs = own(query_all, "ask")(wrapper, *names)
        assert found == [one.etree_element for one in theirs]
        compiled = [one.etree_element for one in query_all(wrapper, *_compiled(names))]
        assert compiled == found


def _compiled(names: tuple[str, ...]) -> list[Any]:
    compile_list = importlib.import_module("cssselect2").compile_selector_list
    return [one for name in names for one in compile_list(name)]


def test_no_more_is_gone_over_when_all_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    html = load(ROOT).HTML(string=f"<title>Page</title>{'<p>word' * 50}")
    kind, made = type(html.wrapper_element), list[str]()
    begin = kind.__init__

    def noted(wrapper: Any, element: Any, *rest: Any, **options: Any) -> None:
        made.append(element.tag)
        begin(wrapper, element, *rest, **options)

    monkeypatch.setattr(kind, "__init__", noted)
    assert [one.etree_element.text for one in html.wrapper_element.query_all("title")] == ["Page"]
    assert "p" not in made
    assert not list(html.wrapper_element.query_all("style", "link"))
    assert "p" not in made
    assert len(list(html.wrapper_element.query_all("p"))) == made.count("p") == 50
