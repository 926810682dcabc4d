"""The ways to look at a piece, in a real browser: plates, folds, other eyes, findings."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.shared.windows import SETTLED

pytestmark = pytest.mark.slow  # a browser is driven

LOOKS = ["photocopy", "deuteranopia", "protanopia", "tritanopia"]


def opened(window: Page, piece: str, edition: str = "Screen") -> None:
    window.goto(window.url.split("#")[0] + "#/")
    window.click(f"a[href='#/piece/{piece}']")
    window.wait_for_selector(SETTLED)
    window.click(f".tabs button:text-is('{edition}')")
    window.wait_for_selector(SETTLED)


def test_a_press_page_shows_its_plates_and_the_inks_under_the_pointer(window: Page) -> None:
    opened(window, "why-folder", "Press")
    plate = window.locator(".sheet .plate").first
    plate.wait_for()
    window.click(".inks button:has-text('Black')")
    window.wait_for_selector(".sheet[data-plate='Black']")
    plate.focus()  # the middle of the page: pink, between the lines of an office
    reading = window.locator(".reading")
    assert re.fullmatch(r"M 4\d · Y \d · total 5\d %", reading.inner_text())
    assert window.locator(".aim").count() == 1
    found = set()
    for _ in range(30):
        window.keyboard.press("ArrowUp")  # into the large telephone above
        found.add(reading.inner_text())
    assert any("K 100" in text and "M 4" in text for text in found), found  # black overprints
    window.click(".inks button:has-text('Total ink')")
    assert reading.inner_text() == "red: more than 300 % of ink"


def test_a_folder_opens_by_the_keyboard_and_says_which_panels_are_seen(window: Page) -> None:
    opened(window, "why-folder")
    window.click(".tabs button:text-is('Fold it')")
    status = window.locator("dialog.turning [role=status]")
    assert status.inner_text() == "closed: you see the front"
    assert window.locator(".turning .leaf").count() == 3
    assert window.locator(".turning .face").count() == 6
    window.keyboard.press("PageUp")
    assert status.inner_text() == "open: you see inside left, inside middle, inside right"
    front = window.locator(".leaf[data-leaf='front']")
    assert "rotateY(0deg)" in (front.get_attribute("style") or "")
    window.keyboard.press("PageDown")
    assert "rotateY(180deg)" in (front.get_attribute("style") or "")
    window.keyboard.press("Escape")
    window.wait_for_selector("dialog.turning", state="detached")
    assert window.evaluate("() => document.activeElement.textContent") == "Fold it"


def test_a_zine_is_leafed_through_to_its_last_page(window: Page) -> None:
    opened(window, "two-please")
    window.click(".tabs button:text-is('Leaf through it')")
    status = window.locator("dialog.turning [role=status]")
    said = [status.inner_text()]
    for _ in range(4):
        window.click(".turning button:text-is('Next page')")
        said.append(status.inner_text())
    assert said == [
        "page 1 of 8", "pages 2 and 3 of 8", "pages 4 and 5 of 8", "pages 6 and 7 of 8",
        "page 8 of 8",
    ]  # fmt: skip
    window.keyboard.press("Escape")


def test_pages_are_seen_as_others_see_them(window: Page) -> None:
    opened(window, "why-folder")
    canvas = window.locator(".sheet canvas").first
    plain = window.locator(".sheet").first.bounding_box()
    for look in LOOKS:
        window.click(".tabs .opens:has-text('See it as')")
        window.check(f".popup:popover-open input[value='{look}']")
        window.keyboard.press("Escape")
        filtered = canvas.evaluate("(canvas) => getComputedStyle(canvas).filter")
        assert filtered == f'url("#look-{look}")'
        values = window.locator(f"#look-{look} feColorMatrix").get_attribute("values") or ""
        numbers = [float(part) for part in values.split()]
        assert len(numbers) == 20
        # White stays white, whoever looks at it.
        assert [sum(numbers[at : at + 5]) for at in (0, 5, 10)] == pytest.approx([1] * 3, abs=1e-5)
    window.click(".tabs .opens:has-text('See it as')")
    window.check(".popup:popover-open input[value='far']")
    window.keyboard.press("Escape")
    far = window.locator(".sheet").first.bounding_box()
    assert plain
    assert far
    # A sheet of 11 inches, from three metres as from 60 cm a fifth of it.
    assert far["width"] == pytest.approx(11 * 96 / 5, abs=1)
    window.click(".looked button")
    assert window.locator(".sheet").first.bounding_box() == plain


def test_what_is_wrong_stands_on_the_page_and_is_told_to_who_points_at_it(window: Page) -> None:
    opened(window, "why-folder")
    window.evaluate(
        """async () => {
            const { findingBoxes } = await import("/overlays.js");
            const found = { message: "too near to the fold", severity: "warning", hint: "move it",
                            source: { page: 1, box: [25.4, 25.4, 50.8, 50.8] } };
            const at = { size: [792, 612], origin: [0, 0] };
            document.querySelector(".findings").append(...findingBoxes([found], at, () => {}));
        }"""
    )
    box, sheet = window.locator(".finding"), window.locator(".sheet").first
    place, page = box.bounding_box(), sheet.bounding_box()
    assert place
    assert page
    assert (place["x"] - page["x"]) / page["width"] == pytest.approx(72 / 792, abs=0.01)
    assert not window.locator(".finding .said").is_visible()
    box.hover()
    assert window.locator(".finding .said").inner_text().startswith("too near to the fold")
    window.mouse.move(5, 5)
    box.focus()
    window.keyboard.press("Shift+Tab")
    window.keyboard.press("Tab")
    assert window.locator(".finding .said").is_visible()


def test_lines_over_the_page_are_chosen_in_a_menu_that_shows_them(window: Page) -> None:
    opened(window, "why-folder")
    menu = window.locator(".tabs .opens:text-is('Show')")
    menu.click()
    for label, mark in (("Folds", ".fold"), ("Lattice", ".lattice"), ("Fields", ".slot")):
        window.check(f".popup:popover-open label:has-text('{label}') input")
        assert window.locator(f".sheet svg {mark}").count() >= 2
    window.check(".popup:popover-open label:has-text('Panels') input")
    fills = window.locator(".sheet svg .panel-fill").all_text_contents()
    assert len(fills) >= 2
    assert all(re.fullmatch(r"\d+ % full", fill) for fill in fills)
    window.keyboard.press("Escape")
    assert window.locator(".popup:popover-open").count() == 0
    assert menu.evaluate("(one) => document.activeElement === one")
    opened(window, "overdose-wallet", "Office sheet")
    window.locator(".sheet canvas").first.click(position={"x": 160, "y": 150})  # the 911, turned
    assert window.evaluate("() => document.activeElement.value") == "911"


def test_what_is_told_below_the_pages_does_not_have_them_made_again(window: Page) -> None:
    """Pages fit the height that the list leaves them: they must not chase each other."""
    opened(window, "overdose-wallet")
    before = window.locator(".sheet").first.get_attribute("data-show")
    for is_open in (True, False):
        window.click(".problems .opens")
        assert window.locator(".problems li").first.is_visible() is is_open
        window.wait_for_timeout(600)  # longer than a page takes to be asked for again
        assert window.locator(".sheet").first.get_attribute("data-show") == before
        assert window.locator(SETTLED).count() == 1
