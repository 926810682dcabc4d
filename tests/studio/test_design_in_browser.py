"""A layout in its editor, in a real browser: mistakes, completion, saving, conflicts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.shared.windows import go_to, held, holds, on_screen, settled, until
from tests.studio.conftest import OpenWindow

pytestmark = pytest.mark.slow  # a browser is driven

CSS, HTML = "layouts/palm-card/layout.css", "layouts/palm-card/layout.html"
MINE = {CSS: "/* mine */", HTML: "{# mine #}"}


@pytest.fixture(scope="module")
def own_window(open_window: OpenWindow, address: str) -> Page:
    """Return a window that leaves a layout with words that are not saved."""
    page = open_window(address)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


@pytest.fixture
def window(own_window: Page, project: Path) -> Iterator[Page]:
    """Return the window with the palm card in it; afterwards its files are as they were."""
    before = {path: (project / path).read_bytes() for path in (CSS, HTML)}
    own_window.goto(own_window.url.split("#")[0] + "#/design/palm-card")
    own_window.reload()
    own_window.wait_for_selector(".verdict.good")
    yield own_window
    for path, data in before.items():
        (project / path).write_bytes(data)


def editor(window: Page, path: str = HTML) -> Locator:
    """Return the editor of a file, with the cursor at its end."""
    window.click(f".files [data-path='{path}']")
    content = window.locator(f".cm-content[aria-label$='{path}']")
    content.click()
    window.keyboard.press("Control+End")
    return content


def test_a_mistake_is_marked_at_its_line_and_gone_when_it_is_mended(window: Page) -> None:
    content = editor(window)
    window.keyboard.type("{{ nobody.")  # the editor brings the closing brackets
    window.keyboard.press("Escape")
    window.wait_for_selector(".verdict.bad")
    assert window.locator(".cm-lintRange-error").inner_text() == "{{ nobody.}}"
    assert window.locator(f".files [data-path='{HTML}'] .count").inner_text() == "1"
    assert content.locator(".cm-line").last.inner_text() == "{{ nobody.}}"
    (place,) = window.locator(".problems .told.error small").all_inner_texts()
    assert re.fullmatch(rf"{HTML}:\d+", place.strip())
    window.keyboard.press("Control+Home")
    window.click(".problems .told.error")  # leads to it
    window.wait_for_selector(".cm-activeLine:has-text('nobody')")
    window.keyboard.press("Control+End")
    for _ in range(len("{{ nobody.}}")):
        window.keyboard.press("Backspace")
    window.wait_for_selector(".verdict.good")
    assert window.locator(".cm-lintRange-error").count() == 0


def test_fields_of_a_slot_are_completed_within_its_loop(window: Page) -> None:
    content = editor(window)
    window.keyboard.type("{% for point in words.principles %}{{ point.")
    options = window.locator(".cm-tooltip-autocomplete li")
    # Not of what stands there first: that may still be the list of words before.
    expect(options).to_have_text([re.compile("opening"), re.compile("text")])
    window.wait_for_timeout(100)  # CodeMirror takes no key for the list sooner than 75 ms
    window.keyboard.press("Tab")
    assert "{{ point.opening}}" in content.inner_text()


def test_values_of_the_design_are_completed_in_css(window: Page) -> None:
    editor(window, CSS)
    window.keyboard.type("p { margin: var(--lead-s")
    options = window.locator(".cm-tooltip-autocomplete li")
    options.first.wait_for()
    labels = window.locator(".cm-tooltip-autocomplete .cm-completionLabel").all_inner_texts()
    assert labels[:2] == ["--lead-seat", "--lead-size"]


def test_a_value_of_css_changes_the_picture_and_is_kept_when_it_is_saved(
    window: Page, project: Path
) -> None:
    before, text = on_screen(window), (project / CSS).read_text()
    editor(window, CSS)
    window.keyboard.type("\n.answer { color: #333333; }")
    window.wait_for_selector(".verdict.good")
    assert on_screen(window) != before
    assert (project / CSS).read_text() == text  # not saved yet
    window.keyboard.press("Control+s")
    window.wait_for_selector(".bar .saved:text-is('saved')")
    assert (project / CSS).read_text().endswith(".answer { color: #333333; }")
    window.click(".bar button:text-is('Undo what was saved')")
    window.wait_for_selector(".cm-content:not(:has-text('#333333'))")
    holds(window, project / CSS, text)


def test_two_who_write_the_same_file_are_told(window: Page, project: Path) -> None:
    text = (project / CSS).read_text()
    editor(window, CSS)
    window.keyboard.type("/* mine */")
    (project / CSS).write_text(text + "/* theirs */\n")
    window.keyboard.press("Control+s")
    box = window.locator("dialog")
    box.wait_for()
    theirs, mine = box.locator("pre.side").all_inner_texts()
    assert "› /* theirs */" in theirs
    assert "› /* mine */" in mine
    holds(window, project / CSS, text + "/* theirs */\n")
    box.locator("button:text-is('Take theirs')").click()
    window.wait_for_selector(".cm-content:has-text('theirs')")
    assert window.locator(".cm-content:has-text('mine')").count() == 0
    assert window.locator(".bar button:text-is('Save')").is_disabled()


def test_what_was_not_saved_is_there_when_the_layout_is_opened_again(
    window: Page, project: Path
) -> None:
    text = (project / CSS).read_text()
    editor(window, CSS)
    window.keyboard.type("/* mine */")
    window.evaluate("location.hash = '#/'")
    window.click(".cards a >> nth=0")
    window.evaluate("location.hash = '#/design/palm-card'")
    window.wait_for_selector(f".files [data-path='{CSS}'] .dot")
    assert (project / CSS).read_text() == text
    (project / CSS).write_text(text + "/* theirs */\n")
    window.click(".bar button:text-is('Save')")
    box = window.get_by_role("dialog", name="Another program changed layout.css")
    box.locator("button:text-is('Keep mine')").click()
    holds(window, project / CSS, text + "/* mine */")


def test_a_view_that_is_wanted_while_another_opens_is_opened_once(window: Page) -> None:
    go_to(window, "#/")
    window.wait_for_selector(".cards a")
    opened: list[str] = []

    def hear(asked: Request) -> None:
        if asked.url.endswith("/api/design/palm-card"):
            opened.append(asked.url)

    window.on("request", hear)
    with held(window, "**/api/secret") as asked:  # of each turn, the first thing
        window.evaluate("location.hash = '#/piece/overdose-wallet'")
        until(window, lambda: bool(asked))
        window.evaluate("location.hash = '#/design/palm-card'")
        asked[0].continue_()
    window.wait_for_selector(".files")
    settled(window)
    window.remove_listener("request", hear)
    assert len(opened) == 1


def test_of_files_that_are_saved_one_that_others_wrote_holds_up_no_other(
    window: Page, project: Path
) -> None:
    css, html = (project / path for path in (CSS, HTML))
    before = css.read_text(), html.read_text()
    for path in (CSS, HTML):  # the one that clashes is behind the other
        editor(window, path)
        window.keyboard.type(MINE[path])
    css.write_text(before[0] + "/* theirs */\n")
    window.click(".bar button:text-is('Save')")
    box = window.get_by_role("dialog", name="Another program changed layout.css")
    holds(window, html, before[1] + MINE[HTML])
    box.locator("button:text-is('Close')").click()  # nothing is decided
    assert css.read_text() == before[0] + "/* theirs */\n"
    window.wait_for_selector(f".files [data-path='{CSS}'] .dot")
    window.click(".bar button:text-is('Save')")
    box.locator("button:text-is('Keep mine')").click()
    holds(window, css, before[0] + MINE[CSS])
    window.wait_for_selector(f".files [data-path='{CSS}']:not(:has(.dot))")


def test_a_save_that_nobody_answered_is_made_when_the_studio_is_back(
    window: Page, project: Path
) -> None:
    text = (project / CSS).read_text()
    editor(window, CSS)
    away = window.locator(".bar .saved:text-is('the studio was ended')")
    window.route("**/file?*", lambda route: route.abort(), times=1)
    window.click(".files [data-path$='layout.yaml']")
    away.wait_for()
    editor(window, CSS)
    window.keyboard.type("/* mine */")
    window.route("**/save", lambda route: route.abort())
    window.keyboard.press("Control+s")
    away.wait_for()
    window.unroute("**/save")
    assert window.locator("dialog").count() == 0
    holds(window, project / CSS, text + "/* mine */")
    window.wait_for_selector(".bar .saved:text-is('saved')")


def test_a_file_that_another_program_wrote_comes_into_the_editor(
    window: Page, project: Path
) -> None:
    editor(window, CSS)
    (project / CSS).write_text((project / CSS).read_text() + "/* from elsewhere */\n")
    window.wait_for_selector(".cm-content:has-text('from elsewhere')")


def test_who_opens_a_file_of_all_layouts_is_warned(window: Page) -> None:
    assert not window.locator(".shared").is_visible()
    window.locator(".files select").select_option("layouts/system/system.css")
    window.wait_for_selector(".shared:visible")
    window.click(f".files [data-path='{CSS}']")
    window.wait_for_selector(".shared", state="hidden")


def test_a_word_on_the_page_leads_to_the_line_that_asks_for_it(window: Page) -> None:
    editor(window)
    box = window.locator(".sheet canvas").first.bounding_box()
    assert box
    window.mouse.click(box["x"] + box["width"] / 3, box["y"] + box["height"] / 4)
    window.wait_for_selector(".cm-activeLine:has-text('words.title')")


def test_the_layout_is_shown_with_a_piece_and_copied_to_a_new_one(window: Page) -> None:
    window.click(".bar button:text-is('New layout from this one')")
    window.fill("#layout-name", "my-card")
    window.click("dialog button:text-is('Begin')")
    window.wait_for_selector(".bar h1:has-text('my-card')")
    window.wait_for_selector(".verdict.good")
    window.goto(window.url.split("#")[0] + "#/piece/why-folder")
    window.click("a:text-is('Change its layout')")
    window.wait_for_selector(".design .verdict.good")
    before = on_screen(window)
    window.locator(".stage .tabs select").first.select_option("why-folder")
    window.wait_for_selector(".verdict.good, .verdict.bad")
    assert on_screen(window) != before
