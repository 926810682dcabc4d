"""What a newcomer meets first, in a real browser: a name in any letters, a phone's small window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.shared.windows import go_to, settled, until

pytestmark = pytest.mark.slow  # a browser is driven

PHONE = {"width": 375, "height": 667}
PIECE = "overdose-wallet"


@pytest.fixture
def phone(window: Page) -> Iterator[Page]:
    """Return the window, as small as a phone's."""
    size = window.viewport_size
    assert size
    window.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    yield window
    window.set_viewport_size(size)


def is_seen(element: Locator) -> bool:
    """Return whether all of an element is in the window, and nothing lies over its middle."""
    return bool(
        element.evaluate("""(one) => {
          const { left, top, right, bottom } = one.getBoundingClientRect();
          const isIn = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
          const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          const isThrough = getComputedStyle(one).pointerEvents === "none";
          return isIn && (isThrough || one.contains(seen));
        }""")
    )


def test_a_piece_may_be_called_by_a_name_in_any_letters(window: Page, project: Path) -> None:
    window.locator(".cards button:has-text('Zine')").click()
    name, help = window.locator("#new-name"), window.locator("#new-help")
    name.fill("¡Café: para todos!")
    expect(help).to_have_text("it is kept in materials/cafe-para-todos.yaml")
    name.fill("ቡና ለሁሉም")
    expect(help).to_have_text("it is kept in materials/zine-1.yaml")
    name.press("Enter")
    expect(window.locator(".bar h1")).to_have_text("ቡና ለሁሉም")
    expect(window).to_have_title("ቡና ለሁሉም")
    file = project / "materials/zine-1.yaml"
    assert "\ntitle: ቡና ለሁሉም\n" in file.read_text()
    go_to(window, "#/")
    window.locator(".cards button:has-text('Zine')").click()
    name.fill("咖啡")
    expect(help).to_have_text("it is kept in materials/zine-2.yaml")
    name.fill("  ")
    name.press("Enter")
    expect(window.locator("dialog")).to_be_visible()
    window.keyboard.press("Escape")
    file.unlink()


def test_on_a_phone_what_is_told_and_what_is_not_saved_are_seen(phone: Page, project: Path) -> None:
    file = project / f"materials/{PIECE}.yaml"
    text = file.read_text()
    go_to(phone, f"#/piece/{PIECE}")
    settled(phone)
    more = phone.locator(".problems .opens:visible").last
    more.click()
    until(phone, lambda: is_seen(phone.locator("#told-list li").last))
    assert is_seen(phone.locator("#told-list li").last)
    phone.route("**/save", lambda route: route.abort())
    phone.locator("[data-slot='words.signs.3']").fill("Cold")
    state = phone.locator(".saved.bad")
    state.wait_for()
    assert is_seen(state)
    phone.unroute("**/save")
    until(phone, lambda: "- Cold" in file.read_text())
    file.write_text(text)
    go_to(phone, "#/")
