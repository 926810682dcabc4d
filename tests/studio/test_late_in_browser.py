"""Answers that come late, in a real browser: to who has gone on, or has typed on."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from tests.shared.windows import go_to, held, holds, saved, settled, until

pytestmark = pytest.mark.slow  # a browser is driven

WALLET, STICKERS, FOLDER = "overdose-wallet", "kit-stickers", "why-folder"
CSS, HTML = "layouts/palm-card/layout.css", "layouts/palm-card/layout.html"


@pytest.fixture
def kept(project: Path) -> Iterator[Path]:
    """Return the project; afterwards the files that are written here are as they were."""
    names = [f"materials/{name}.yaml" for name in (WALLET, STICKERS, FOLDER, "contacts")]
    before = {name: (project / name).read_bytes() for name in (*names, CSS, HTML)}
    yield project
    for name, data in before.items():
        (project / name).write_bytes(data)


def field(slot: str) -> str:
    return f"[data-slot='{slot}']"


def shown(window: Page, piece: str) -> None:
    go_to(window, f"#/piece/{piece}")
    settled(window)


def home(window: Page) -> None:
    window.evaluate("location.hash = '#/'")
    window.wait_for_selector(".cards a")


def answered(window: Page, route: Route, address: str) -> None:
    """Let an answer come, and wait until the page has done with it what it does."""
    with window.expect_response(address):
        route.continue_()
    window.wait_for_timeout(100)


@contextlib.contextmanager
def pressed_twice(window: Page, button: str, address: str) -> Iterator[list[Route]]:
    """Give what is asked at an address when a button is pressed, and again before an answer."""
    with held(window, address) as asked:
        window.click(button)
        window.click(button)
        until(window, lambda: bool(asked))
        window.wait_for_timeout(100)
        yield asked


# --- to who has gone on


def test_what_was_wanted_of_a_piece_is_not_opened_over_another_page(
    window: Page, kept: Path
) -> None:
    shown(window, WALLET)
    with held(window, "**/save") as asked:
        window.locator(field("words.title")).fill("Overdosed?")
        window.click("button:text-is('Print here…')")
        until(window, lambda: bool(asked))
        home(window)
        answered(window, asked[0], "**/save")
    expect(window.locator("dialog")).to_have_count(0)
    assert window.url.endswith("#/")


def test_versions_that_are_asked_for_twice_are_shown_once_and_not_elsewhere(
    window: Page, kept: Path
) -> None:
    shown(window, WALLET)
    with pressed_twice(window, "button:text-is('Versions')", "**/versions") as asked:
        for route in asked:
            answered(window, route, "**/versions")
    expect(window.locator("dialog")).to_have_count(1)
    window.keyboard.press("Escape")
    with held(window, "**/versions") as asked:
        window.click("button:text-is('Versions')")
        until(window, lambda: bool(asked))
        home(window)
        answered(window, asked[0], "**/versions")
    expect(window.locator("dialog")).to_have_count(0)


def test_who_asks_for_a_shop_sees_at_once_that_it_is_looked_for(window: Page) -> None:
    shown(window, WALLET)
    with held(window, "**/shops") as asked:
        window.click("button:text-is('Send to the shop…')")
        dialog = window.locator("dialog")
        expect(dialog).to_contain_text("looking…")
        until(window, lambda: bool(asked))
        asked[0].continue_()
        expect(dialog.locator("select")).to_be_focused()
    window.keyboard.press("Escape")


def test_a_comparison_holds_nobody_up(window: Page) -> None:
    go_to(window, "#/")
    with held(window, "**/compare") as asked:
        window.evaluate(f"location.hash = '#/compare/{WALLET}'")
        until(window, lambda: bool(asked))
        asked[0].continue_()
        until(window, lambda: len(asked) > 1)
        window.click(".bar a")
        window.wait_for_selector(".desk")
        asked[1].abort()


def test_what_was_approved_does_not_come_over_the_page_that_is_shown_by_then(
    window: Page,
) -> None:
    go_to(window, f"#/compare/{WALLET}")
    with held(window, "**/approve") as asked:
        window.click("button:text-is('Approve…')")
        window.fill("#approve-by", "Ana")
        window.click("dialog button:text-is('Approve')")
        until(window, lambda: bool(asked))
        window.keyboard.press("Escape")
        home(window)
        with window.expect_response("**/compare"):
            asked[0].fulfill(json={})  # nobody approves it
        window.wait_for_timeout(100)
    expect(window.locator(".cards").first).to_be_visible()


FIELD = "() => import('/labels.js').then(({ fieldAt }) => fieldAt('words.signs')?.label)"


def test_fields_are_called_as_in_the_piece_that_is_shown(window: Page, kept: Path) -> None:
    shown(window, FOLDER)
    file = kept / f"materials/{FOLDER}.yaml"
    with held(window, f"**/api/piece/{FOLDER}") as asked:
        file.write_text(file.read_text().replace("revision: ", "revision: 1", 1))
        until(window, lambda: bool(asked))
        window.evaluate(f"location.hash = '#/piece/{WALLET}'")
        window.locator(field("words.signs.1")).wait_for()
        label = window.evaluate(FIELD)
        answered(window, asked[0], f"**/api/piece/{FOLDER}")
    assert label
    assert window.evaluate(FIELD) == label


def test_plates_of_another_edition_are_not_laid_over_its_pages(window: Page) -> None:
    shown(window, FOLDER)
    window.evaluate("""() => {
      const unpack = Response.prototype.arrayBuffer;
      window.unpacking = [];
      Response.prototype.arrayBuffer = function () {
        Response.prototype.arrayBuffer = unpack;
        return new Promise((done) => unpacking.push(() => done(unpack.call(this))));
      };
    }""")
    window.click(".tabs button:text-is('Press')")
    until(window, lambda: bool(window.evaluate("unpacking.length")))
    show = window.locator(".sheet").first.get_attribute("data-show") or ""
    window.click(".tabs button:text-is('Screen')")
    expect(window.locator(".sheet").first).not_to_have_attribute("data-show", show)
    window.evaluate("unpacking[0]()")
    window.wait_for_timeout(100)
    expect(window.locator(".sheet .plate")).to_have_count(0)


# --- to who has typed on


def test_what_is_typed_where_a_language_is_added_stays(window: Page) -> None:
    shown(window, STICKERS)
    with held(window, "**/languages") as asked:
        window.click(".opens:text-is('Languages')")
        until(window, lambda: bool(asked))
        window.keyboard.press("Escape")
        window.click(".opens:text-is('Languages')")
        until(window, lambda: len(asked) > 1)
        asked[1].continue_()
        window.fill(".languages input", "Spanish")
        answered(window, asked[0], "**/languages")
        expect(window.locator(".languages input")).to_have_value("Spanish")
    window.keyboard.press("Escape")


def test_a_picture_that_is_kept_takes_nobody_from_the_field_that_is_written(
    window: Page, kept: Path, tmp_path: Path
) -> None:
    Image.new("L", (1500, 1000)).save(tmp_path / "a.png")
    shown(window, FOLDER)
    with held(window, "**/api/pictures?*") as asked:
        window.locator("label.drop input").first.set_input_files(tmp_path / "a.png")
        until(window, lambda: bool(asked))
        title = window.locator(field("words.title"))
        title.fill("Why")
        asked[0].continue_()
        window.locator(field("words.photo.alt")).wait_for()
    expect(title).to_be_focused()
    saved(window)


def test_a_space_between_two_words_stays_when_others_words_come_in(
    window: Page, kept: Path
) -> None:
    shown(window, WALLET)
    file = kept / f"materials/{WALLET}.yaml"
    sign = window.locator(field("words.signs.3"))
    sign.fill("Cold ")
    saved(window)
    file.write_text(file.read_text().replace("- Does not wake up or answer", "- Asleep"))
    expect(window.locator(field("words.signs.1"))).to_have_value("Asleep")
    window.keyboard.type("hands")
    until(window, lambda: "- Cold hands\n" in file.read_text())
    assert "- Cold hands\n" in file.read_text()


def test_a_part_that_was_opened_is_open_when_others_put_rows_above_it(
    window: Page, kept: Path
) -> None:
    shown(window, STICKERS)
    file = kept / f"materials/{STICKERS}.yaml"
    opening = window.locator("[data-row='words.stickers.3'] details.group")
    opening.locator("summary").click()
    opening.locator(field("words.stickers.3.opening.word")).focus()
    theirs = "    - text: Theirs\n" * 3
    file.write_text(file.read_text().replace("  stickers:\n", f"  stickers:\n{theirs}"))
    expect(window.locator(field("words.stickers.1.text"))).to_have_value("Theirs")
    word = window.locator(field("words.stickers.6.opening.word"))
    expect(word).to_be_visible()
    expect(word).to_be_focused()


def linking(window: Page, slot: str) -> Locator:
    """Ask for a link at the end of a field, and return the dialog."""
    words = window.locator(field(slot))
    words.focus()
    window.keyboard.press("Control+End")
    window.keyboard.press("Control+k")
    dialog = window.get_by_role("dialog", name="Link")
    dialog.locator("input").first.fill("here")
    dialog.locator("input").last.fill("example.org")
    return dialog


def test_a_link_goes_to_the_field_that_it_was_asked_for_wherever_its_row_is_now(
    window: Page, kept: Path
) -> None:
    shown(window, WALLET)
    file = kept / f"materials/{WALLET}.yaml"
    steps = [window.locator(field(f"words.steps.{number}.text")) for number in (1, 2, 3)]
    said = steps[0].input_value()
    dialog = linking(window, "words.steps.1.text")
    above = "  steps:\n    - verb: Look\n      text: Is it safe?\n      figure: wake\n"
    file.write_text(file.read_text().replace("  steps:\n", above))
    expect(steps[1]).to_have_value(said)
    dialog.locator("button.main").click()
    expect(steps[1]).to_have_value(f"{said}[here](https://example.org)")
    expect(steps[1]).to_be_focused()
    expect(steps[0]).to_have_value("Is it safe?")
    saved(window)
    dialog = linking(window, "words.steps.1.text")
    file.write_text(file.read_text().replace("Is it safe?", "Is it?"))
    expect(steps[0]).to_have_value("Is it?")
    dialog.locator("button.main").click()
    expect(steps[0]).to_have_value("Is it? [here](https://example.org)")
    saved(window)
    dialog = linking(window, "words.steps.1.text")
    file.write_text(file.read_text().replace("    - verb: Look\n", "    - verb: Listen\n"))
    expect(window.locator(field("words.steps.1.verb"))).to_have_value("Listen")
    kept_rows = file.read_text().split("  steps:\n")
    file.write_text(
        "  steps:\n".join((kept_rows[0], kept_rows[1][kept_rows[1].index("    - verb: Wake") :]))
    )
    expect(steps[0]).to_have_value(f"{said}[here](https://example.org)")
    dialog.locator("button.main").click()
    lost = window.get_by_role("dialog", name="These words have no place any more")
    expect(lost).to_contain_text("[here](https://example.org)")
    lost.locator("button").click()


def test_an_office_that_somebody_else_added_meanwhile_is_not_written_over(
    window: Page, kept: Path
) -> None:
    file = kept / "materials/contacts.yaml"
    go_to(window, "#/contacts")
    window.click("button:text-is('Add an office')")
    name = window.locator("dialog input")
    name.fill("Night Bus")
    theirs = file.read_text().rstrip() + "\n  night-bus:\n    name: Their Bus\n    lines: [One]\n"
    file.write_text(theirs)
    window.evaluate("dispatchEvent(new Event('focus'))")  # who comes back to the window
    window.locator("summary:has-text('Their Bus')").wait_for()
    name.press("Enter")
    expect(window.locator("dialog .told.error")).to_have_text("there is one of that name")
    window.keyboard.press("Escape")
    assert file.read_text() == theirs


# --- of layouts


@pytest.fixture
def layout(window: Page, kept: Path) -> Iterator[Page]:
    """Return the window with the palm card's files in it."""
    go_to(window, "#/design/palm-card")
    settled(window)
    yield window
    window.unroute_all()
    home(window)
    window.evaluate("() => import('/left.js').then(({ left }) => left.clear())")


def tab(window: Page, path: str) -> Locator:
    return window.locator(f".files [data-path='{path}']")


def typed(window: Page, path: str, words: str) -> None:
    """Write words at the end of a file."""
    tab(window, path).click()
    window.locator(f".cm-content[aria-label$='{path}']").click()
    window.keyboard.press("Control+End")
    window.keyboard.type(words)


def test_of_two_files_the_one_that_was_chosen_last_is_shown(layout: Page) -> None:
    with held(layout, "**/file?path=*layout.css") as asked:
        tab(layout, CSS).click()
        until(layout, lambda: bool(asked))
        yaml = layout.locator(".files [data-path$='layout.yaml']")
        yaml.click()
        expect(yaml).to_have_attribute("aria-pressed", "true")
        answered(layout, asked[0], "**/file?path=*layout.css")
    expect(yaml).to_have_attribute("aria-pressed", "true")


def test_what_is_saved_while_its_layout_is_left_is_saved_when_it_is_opened_again(
    layout: Page, kept: Path
) -> None:
    text = (kept / CSS).read_text()
    typed(layout, CSS, "/* mine */")
    with held(layout, "**/save") as asked:
        layout.keyboard.press("Control+s")
        until(layout, lambda: bool(asked))
        layout.keyboard.type("/* more */")
        home(layout)
        layout.evaluate("location.hash = '#/design/palm-card'")
        layout.wait_for_selector(".design")
        layout.wait_for_timeout(100)
        asked[0].continue_()
        tab(layout, CSS).locator(".dot").wait_for()
    assert (kept / CSS).read_text() == f"{text}/* mine */"
    layout.click(".bar button:text-is('Save')")
    holds(layout, kept / CSS, f"{text}/* mine *//* more */")
    expect(layout.locator("dialog")).to_have_count(0)
    assert layout.evaluate("() => import('/left.js').then(({ left }) => left.size)") == 0


def test_what_was_typed_stays_when_its_layout_cannot_be_opened_at_once(layout: Page) -> None:
    typed(layout, CSS, "/* mine */")
    home(layout)
    layout.route("**/file?path=*layout.html", lambda route: route.abort(), times=1)
    layout.evaluate("location.hash = '#/design/palm-card'")
    layout.wait_for_selector(".home .told.error")
    tab(layout, CSS).locator(".dot").wait_for()
    tab(layout, CSS).click()
    expect(layout.locator(".cm-content")).to_contain_text("/* mine */")


def test_a_version_that_nobody_waits_for_any_more_is_put_in_no_file(
    layout: Page, kept: Path
) -> None:
    before = (kept / CSS).read_text(), (kept / HTML).read_text()
    typed(layout, CSS, "/* mine */")
    layout.keyboard.press("Control+s")
    holds(layout, kept / CSS, f"{before[0]}/* mine */")
    layout.click(".bar button:text-is('Versions')")
    with held(layout, "**/version/*") as asked:
        layout.locator("dialog button:text-is('Go back to it')").first.click()
        until(layout, lambda: bool(asked))
        layout.keyboard.press("Escape")
        tab(layout, HTML).click()
        answered(layout, asked[0], "**/version/*")
    expect(tab(layout, HTML).locator(".dot")).to_have_count(0)
    layout.wait_for_timeout(300)
    assert (kept / HTML).read_text() == before[1]
    assert (kept / CSS).read_text() == f"{before[0]}/* mine */"


def test_an_undo_waits_for_the_one_before_it(layout: Page, kept: Path) -> None:
    text = (kept / CSS).read_text()
    for words in ("/* one */", "/* two */"):
        typed(layout, CSS, words)
        layout.keyboard.press("Control+s")
        until(layout, lambda words=words: words in (kept / CSS).read_text())  # type: ignore[misc]
        layout.wait_for_selector(".bar .saved:text-is('saved')")
    undo = ".bar button:text-is('Undo what was saved')"
    with pressed_twice(layout, undo, "**/undo") as asked:
        assert len(asked) == 1
        asked[0].continue_()
        until(layout, lambda: len(asked) > 1)
        asked[1].continue_()
        holds(layout, kept / CSS, text)
    expect(layout.locator(".cm-content")).not_to_contain_text("/* one */")
