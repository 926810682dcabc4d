"""Every view, for everybody: judged by axe, by keys alone, at 200 %, on a phone, in Spanish.

A new view is a line of VIEWS.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.shared.cards import card
from tests.shared.paper import PaperRoom
from tests.shared.project import copy_project
from tests.shared.windows import SETTLED, go_to, opened_window, served

pytestmark = pytest.mark.slow  # a browser is driven

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE, NARROW, PHONE = (1280, 860), (640, 430), (375, 667)  # 640 is 1280 at 200 %


class View(NamedTuple):
    """A view: its address behind the #, what is there when it is ready, what is clicked then."""

    hash: str
    ready: str
    click: str = ""
    then: str = ""  # what is there after that


PIECE = "#/piece/why-folder"
VIEWS = {
    "home": View("#/", ".cards a"),
    "settings": View("#/", ".cards a", ".opens:text-is('Settings')", ".popup:popover-open"),
    "new piece": View("#/", ".cards a", ".cards button >> nth=0", "dialog"),
    "piece": View(PIECE, SETTLED),
    "overlays": View(PIECE, SETTLED, ".opens:text-is('Show')", ".popup:popover-open"),
    "folding": View(PIECE, SETTLED, "button:text-is('Fold it')", "dialog"),
    "versions": View(PIECE, SETTLED, "button:text-is('Versions')", "dialog"),
    "print": View(PIECE, SETTLED, "button:text-is('Print here…')", "dialog select"),
    "send": View(PIECE, SETTLED, "button:text-is('Send to the shop…')", "dialog select"),
    "plates": View(PIECE, SETTLED, ".tabs button:text-is('Press')", ".inks button"),
    "compare": View("#/compare/ours", ".compared"),
    "blink": View("#/compare/ours", ".compared", "[data-way=blink]", ".over"),
    "slider": View("#/compare/ours", ".compared", "[data-way=slide]", ".sliding"),
    "approve": View("#/compare/ours", ".compared", "button:text-is('Approve…')", "dialog"),
    "events": View("#/events", ".event"),
    "languages": View(PIECE, SETTLED, ".opens:text-is('Languages')", ".languages input"),
    "translate": View("#/translate/overdose/es", SETTLED),
    # What is told comes late, and moves what stands below it.
    "offices": View(
        "#/contacts", "summary:has(.within)", "summary:has-text('Night Van')", "details[open]"
    ),
    "organisation": View("#/contacts/materials%2Forganisation.yaml", ".shared .field"),
    "sites": View("#/contacts/materials%2Fsites.csv", ".grid tbody tr"),
    "design": View("#/design/palm-card", SETTLED),
    "new layout": View("#/design/palm-card", SETTLED, ".bar button >> text=New layout", "dialog"),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project in which a piece was approved, and changed since."""
    from hrcpub.studio.comparing import ApproveErrand

    root = copy_project(tmp_path_factory.mktemp("everybody") / "project")
    path = root / "materials/ours.yaml"
    path.write_text(card("A night, a bus", "lakeside-night-van"), encoding="utf-8")
    ApproveErrand("ours", "Ana Reyes").run(root)
    path.write_text(card("A night, a train", "lakeside-night-van"), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    with served(root, PaperRoom()) as address:
        yield address


@pytest.fixture(scope="module")
def window(address: str, browser: Browser) -> Iterator[Page]:
    with opened_window(browser, address, *WIDE) as page:
        yield page


@pytest.fixture(scope="module", params=VIEWS)
def view(request: pytest.FixtureRequest) -> View:
    """Return each view: all tests of one follow each other, and find it open."""
    return VIEWS[request.param]


def shown(window: Page, view: View) -> None:
    """Open a view; what another has opened over the same one is closed by Escape."""
    window.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    window.keyboard.press("Escape")
    if not window.url.endswith(view.hash):
        go_to(window, view.hash)
    window.wait_for_selector("dialog", state="detached")
    window.wait_for_selector(view.ready)
    if view.click and not window.locator(view.then).first.is_visible():
        window.click(view.click)
        window.wait_for_selector(view.then)


# What lies over a page, with the button that opened it: the page below is a view of its own.
_JUDGED = """(options) => {
    const over = document.querySelector("dialog, :popover-open");
    const all = over && document.querySelectorAll("dialog, :popover-open, .opens");
    return axe.run(all ?? document, options);
}"""


def violations(window: Page, *rules: str) -> list[str]:
    """Return what axe finds: of some rules, or of all that WCAG 2.2 AA asks for."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG}
    if not window.evaluate("() => 'axe' in window"):  # half a megabyte: once in a document
        window.evaluate(Axe().axe_script)
    options = {"runOnly": only, "resultTypes": ["violations"]}
    found = window.evaluate(_JUDGED, options)
    assert found["testEngine"]["name"] == "axe-core"
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


# Where the focus is: what it is on, whether it is seen there, whether anything shows it.
_FOCUS = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const seen = one.classList.contains("unseen") ? one.closest("label, form") : one;
    const box = seen.getClientRects()[0];
    const style = getComputedStyle(seen);
    const [x, y] = [box.left + Math.min(box.width, 40) / 2, box.top + Math.min(box.height, 24) / 2];
    const top = document.elementFromPoint(x, y);
    return {
        on: one.outerHTML.slice(0, 100),
        shows: style.outlineStyle !== "none",
        covered: !(top && (seen.contains(top) || top.contains(seen))),
        place: [...document.querySelectorAll("*")].indexOf(one),
        inside: Boolean(one.closest("dialog, :popover-open")),
    };
}"""
MOST_KEYS = 30  # in a view: its bar, its tabs, and the first fields


def walk(window: Page) -> list[dict[str, Any]]:
    """Return where Tab leads, until it leaves the page or has been pressed often enough."""
    found: list[dict[str, Any]] = []
    for _ in range(MOST_KEYS):
        window.keyboard.press("Tab")
        at = window.evaluate(_FOCUS)
        if at is None or (found and at["place"] == found[0]["place"]):
            break
        found.append(at)
    return found


def test_keys_alone_go_through_a_view_and_are_seen(view: View, window: Page) -> None:
    shown(window, view)
    steps = walk(window)
    assert len(steps) > 1
    assert [step["on"] for step in steps if not step["shows"] or step["covered"]] == []
    # In the order of the page; in a dialog it goes round.
    places = [step["place"] for step in steps]
    assert places == sorted(places) or all(step["inside"] for step in steps)
    assert max(map(places.count, places)) <= 4  # a date has three parts, and its calendar


# What lies past the window's edges; what scrolls by itself, or is for ears alone, may.
_OUTSIDE = """() => [...document.querySelectorAll("button, a, input, select, h1, h2, p, label")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !one.closest(".wide, .scrolls, .sheets, .unseen, .skip"))
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => box.width && (box.left < -1 || box.right > innerWidth + 1))
    .map(([one]) => one.outerHTML.slice(0, 120))"""
_DRAWN = """() => new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(done)))"""
_SCROLLS = "() => document.documentElement.scrollWidth - innerWidth"


def test_a_view_keeps_nobody_out(view: View, window: Page) -> None:
    """By axe in light and dark; at 200 % of a laptop's window, and on a small phone."""
    shown(window, view)
    window.emulate_media(color_scheme="light")
    found = {"light": violations(window)}
    window.emulate_media(color_scheme="dark")
    found["dark"] = violations(window, "color-contrast")
    window.emulate_media(color_scheme="light")
    for width, height in (NARROW, PHONE):
        window.set_viewport_size({"width": width, "height": height})
        window.evaluate(_DRAWN)  # what follows the window's size has done so
        found[f"at {width}"] = window.evaluate(_OUTSIDE)
        assert window.evaluate(_SCROLLS) <= 0, width
    assert {how: what for how, what in found.items() if what} == {}


IN_SPANISH = {
    "home": ("#/", ".cards a", "una pregunta a toda página"),
    "piece": (PIECE, SETTLED, "la pregunta, en toda la portada"),
    "translate": ("#/translate/overdose/es", SETTLED, "Cómo llama a la pieza el programa"),
    "offices": ("#/contacts", ".sharing summary", "Oficinas"),
    "compare": ("#/compare/ours", ".compared", "página 1"),
}


def test_in_spanish_fields_and_their_help_are_spanish_and_all_has_its_room(
    address: str, browser: Browser
) -> None:
    with opened_window(browser, address, *PHONE) as page:
        page.evaluate("() => localStorage.setItem('language', 'es')")
        page.reload()
        for name, (hash, ready, words) in IN_SPANISH.items():
            go_to(page, hash)
            page.wait_for_selector(ready)
            assert words in page.inner_text("main"), name
            assert page.evaluate(_OUTSIDE) == [], name
            assert page.evaluate(_SCROLLS) <= 0, name
        page.evaluate("() => localStorage.removeItem('language')")


def test_axe_finds_what_is_put_in_its_way(window: Page) -> None:
    for view, place in (("home", "main"), ("settings", ":popover-open"), ("new piece", "dialog")):
        shown(window, VIEWS[view])
        window.locator(place).evaluate("(one) => one.append(document.createElement('button'))")
        (found,) = violations(window)
        assert found.startswith("button-name")
        window.locator(f"{place} > button:empty").evaluate("(one) => one.remove()")
