"""Words are written in a real browser: seen, saved, mended, undone, and never lost."""

from __future__ import annotations

import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from tests.shared.project import copy_project
from tests.shared.windows import (
    SECONDS,
    at_once,
    ended,
    go_to,
    holds,
    on_screen,
    saved,
    settled,
    started,
    type_during,
    until,
)
from tests.studio.conftest import OpenWindow

pytestmark = pytest.mark.slow  # a browser is driven

PIECE = "overdose-wallet"
MOST_UNDONE = 5  # saves of a test here


def field(slot: str) -> str:
    return f"[data-slot='{slot}']"


@pytest.fixture
def file(project: Path) -> Path:
    return project / f"materials/{PIECE}.yaml"


def opened(window: Page, piece: str = PIECE) -> None:
    """Show a piece; where it is shown already, it is as the test before left it: as it was."""
    if window.url.endswith(f"#/piece/{piece}"):
        settled(window)
        return
    go_to(window, "#/")
    window.click(f"a[href='#/piece/{piece}']")
    settled(window)


def shown(window: Page) -> str:
    """Return the number of the show that the first page was painted for."""
    return window.locator(".sheet").first.get_attribute("data-show") or ""


def painted_since(window: Page, show: str) -> None:
    expect(window.locator(".sheet").first).not_to_have_attribute("data-show", show)
    settled(window)


def test_a_word_that_is_typed_is_on_the_page_and_in_the_file(window: Page, file: Path) -> None:
    opened(window)
    before, text, show = on_screen(window), file.read_text(), shown(window)
    title = window.locator(field("words.title"))
    said = title.input_value()
    title.fill("Overdosed?")
    painted_since(window, show)
    assert on_screen(window) != before
    saved(window)
    holds(window, file, text.replace(f"  title: {said}", "  title: Overdosed?"))
    window.click("button:text-is('Undo')")
    expect(title).to_have_value(said)
    holds(window, file, text)
    window.click("button:text-is('Redo')")
    expect(title).to_have_value("Overdosed?")
    window.keyboard.press("Control+Alt+z")
    expect(title).to_have_value(said)
    saved(window)
    holds(window, file, text)


def test_a_mistake_stands_at_its_field_and_the_page_before_it_stays(
    window: Page, file: Path
) -> None:
    opened(window)
    text, title = file.read_text(), window.locator(field("words.title"))
    said = title.input_value()
    with at_once(window):  # a title that was empty in the file comes back in quotation marks
        title.fill("")
        window.wait_for_selector(".verdict.bad")
        expect(title).to_have_attribute("aria-invalid", "true")
        expect(window.locator(".field", has=title).locator(".told.error").first).to_be_visible()
        expect(window.locator(".sheets > .state")).to_have_text("as it was before the mistake")
        expect(window.locator(".sheets.stale .sheet")).to_have_count(2)
        title.fill(said)
    window.wait_for_selector(".verdict.good")
    assert title.get_attribute("aria-invalid") is None
    assert window.locator(".sheets > .state").is_hidden()
    saved(window)
    holds(window, file, text)


def test_too_many_words_are_seen_on_the_page_as_they_are(window: Page) -> None:
    opened(window)
    steps = window.locator(field("words.steps.1.text"))
    said, show = steps.input_value(), shown(window)
    steps.fill(f"{said} " * 9)
    painted_since(window, show)
    window.wait_for_selector(".verdict.bad")
    expect(window.locator(".sheets > .state")).to_contain_text("as it is now")
    assert window.locator(".sheet svg .overset").count() >= 1
    assert window.locator(".sheet svg .wrong").count() >= 1
    meter = steps.locator("xpath=following-sibling::div[contains(@class, 'fill')]")
    expect(meter).to_contain_text("too much")
    steps.fill(said)
    window.wait_for_selector(".verdict.good")
    saved(window)


def test_rows_are_added_moved_and_taken_out_by_the_keyboard(window: Page, file: Path) -> None:
    opened(window)
    text = file.read_text()
    rows = window.locator("[data-row^='words.signs.']")
    count = rows.count()
    first, second = (window.locator(field(f"words.signs.{number}")) for number in (1, 2))
    sign = first.input_value()
    first.focus()
    window.keyboard.press("Alt+ArrowDown")
    expect(second).to_have_value(sign)
    expect(second).to_be_focused()
    window.keyboard.press("Alt+ArrowUp")
    expect(first).to_have_value(sign)
    window.locator("fieldset", has=rows.first).locator("button:text-is('Add one')").click()
    expect(rows).to_have_count(count + 1)
    expect(window.locator(field(f"words.signs.{count + 1}"))).to_be_focused()
    window.keyboard.type("Cold")
    rows.last.locator("button[title='Take out']").click()
    expect(rows).to_have_count(count)
    expect(window.locator(field(f"words.signs.{count}"))).to_be_focused()
    saved(window)
    holds(window, file, text)


def test_buttons_and_keys_set_words_apart_and_link_them(window: Page) -> None:
    opened(window)
    words = window.locator(field("words.steps.1.text"))
    said = words.input_value()
    words.fill("Call now")
    words.evaluate("(one) => one.setSelectionRange(0, 4)")
    window.keyboard.press("Control+b")
    assert words.input_value() == "**Call** now"
    window.keyboard.press("Control+b")
    assert words.input_value() == "Call now"
    words.evaluate("(one) => one.setSelectionRange(5, 8)")
    window.locator(".field", has=words).last.locator("button[aria-label='Link']").click()
    window.locator("dialog input").last.fill("help@example.org")
    window.keyboard.press("Enter")
    assert words.input_value() == "Call [now](mailto:help@example.org)"
    words.fill(said)
    saved(window)


def test_a_picture_is_dropped_in_told_and_given_a_place_that_is_never_cut(
    window: Page, project: Path, tmp_path: Path
) -> None:
    opened(window, "why-folder")
    picture = tmp_path / "Our Van.png"
    Image.radial_gradient("L").resize((1500, 1000)).convert("RGB").save(picture)
    drop = window.locator("label.drop input").first
    drop.focus()
    drop.set_input_files(picture)
    alt = window.locator(field("words.photo.alt"))
    expect(alt).to_be_focused()
    alt.fill("A van at night")
    mark = window.locator("button.focus")
    mark.focus()
    window.keyboard.press("ArrowRight")
    window.keyboard.press("ArrowUp")
    expect(window.locator(".chosen .help")).to_have_text(
        "never cut off: 55 % from the left, 45 % from the top"
    )
    saved(window)
    text = (project / "materials/why-folder.yaml").read_text()
    assert "file: materials/images/our-van.png" in text
    assert "focus: 55% 45%" in text
    window.click("button:text-is('Leave the picture out')")
    saved(window)
    settled(window)
    assert "our-van" not in (project / "materials/why-folder.yaml").read_text()


def test_another_picture_is_asked_about_what_was_said_of_the_one_before(
    window: Page, project: Path, tmp_path: Path
) -> None:
    """Who agreed to be shown in one did not agree for who is in the other."""
    opened(window, "why-folder")
    for name in ("first.jpg", "second.jpg"):
        Image.radial_gradient("L").resize((1500, 1000 + len(name))).save(tmp_path / name)
    drop = window.locator("label.drop input").first
    drop.set_input_files(tmp_path / "first.jpg")
    alt = window.locator(field("words.photo.alt"))
    expect(alt).to_be_focused()
    alt.fill("A van at night")
    asked = window.locator(".told", has=window.locator("button:text-is('It is right')"))
    expect(asked).to_have_count(0)
    frame = window.locator("fieldset", has=drop).first
    expect(frame).to_contain_text("say who agreed, or that nobody is seen")
    window.click("summary:text-is('More about the picture')")
    window.click("button:text-is('Nobody is seen: not needed')")
    expect(window.locator("button:text-is('Somebody is seen')")).to_be_focused()
    saved(window)
    assert "    consent: not needed\n" in (project / "materials/why-folder.yaml").read_text()
    expect(frame).not_to_contain_text("say who agreed, or that nobody is seen")
    drop.set_input_files(tmp_path / "second.jpg")
    expect(asked).to_be_visible()
    asked.locator("button").click()
    expect(asked).to_have_count(0)
    expect(alt).to_be_focused()
    window.click("button:text-is('Somebody is seen')")
    saved(window)
    assert "consent:" not in (project / "materials/why-folder.yaml").read_text()
    window.click("button:text-is('Leave the picture out')")
    saved(window)
    settled(window)


def test_versions_say_in_words_what_changed_and_one_is_taken_back(window: Page, file: Path) -> None:
    opened(window)
    title = window.locator(field("words.title"))
    said = title.input_value()
    title.fill("Once more?")
    saved(window)
    text = file.read_text()
    title.fill("Something else?")
    saved(window)
    window.click("button:text-is('Versions')")
    newest = window.locator(".versions li").first
    newest.locator("button:text-is('What changed')").click()
    expect(newest.locator("del")).to_have_text("Once more?")
    expect(newest.locator("ins")).to_have_text("Something else?")
    window.locator(".versions li").nth(1).locator("button:text-is('Go back to it')").click()
    expect(title).to_have_value("Once more?")
    holds(window, file, text)
    title.fill(said)
    saved(window)


# Notes what the page calls its state.
CALLED = """() => {
  const state = document.querySelector(".saved");
  window.called = [];
  new MutationObserver(() => called.push(state.textContent)).observe(state, { childList: true });
}"""


def test_it_is_called_saved_when_all_that_was_typed_is_in_the_file(
    window: Page, file: Path
) -> None:
    """What was typed during a save is not yet."""
    opened(window)
    text, title = file.read_text(), window.locator(field("words.title"))
    said = title.input_value()
    window.evaluate(CALLED)
    type_during(window, "/save", field("words.title"), "Last")
    title.fill("First")
    saved(window)
    assert file.read_text() == text.replace(f"  title: {said}", "  title: Last")
    assert "".join(window.evaluate("called")) == "saving…saving…saved"
    title.fill(said)
    saved(window)
    assert file.read_text() == text


def test_what_others_wrote_meanwhile_is_shown_and_asked_about(
    window: Page, open_window: OpenWindow, address: str, file: Path
) -> None:
    text = file.read_text()
    opened(window)
    other = open_window(address)
    opened(other)
    title = window.locator(field("words.title"))
    said = title.input_value()
    # What the other window saves in another field comes in by itself.
    other.locator(field("words.steps.1.verb")).fill("Shake")
    saved(other)
    expect(window.locator(field("words.steps.1.verb"))).to_have_value("Shake")
    other.close()
    with_theirs = file.read_text().replace(f"  title: {said}", "  title: Theirs")

    def meanwhile(route: Route) -> None:
        """Let an editor write the same words, just before the window's own arrive."""
        file.write_text(with_theirs)
        route.continue_()

    window.route("**/save", meanwhile, times=1)
    title.fill("Mine")
    asked = window.get_by_role("dialog", name="Somebody else changed the same words")
    row = asked.locator("tbody tr")
    expect(row.locator("td").nth(0)).to_have_text("Theirs")
    expect(row.locator("td").nth(1)).to_have_text("Mine")
    assert file.read_text() == with_theirs
    row.locator("input").check()
    asked.locator("button:text-is('Go on')").click()
    saved(window)
    expect(title).to_have_value("Mine")
    holds(window, file, with_theirs.replace("Theirs", "Mine"))
    file.write_text(text)
    expect(title).to_have_value(said)


def test_a_studio_that_is_killed_in_the_middle_and_started_again_loses_nothing(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    root = copy_project(tmp_path / "project")
    file = root / f"materials/{PIECE}.yaml"
    studio, address = started(root)
    window = open_window(address)
    opened(window)
    title = window.locator(field("words.title"))
    text = file.read_text()
    for number in range(3):
        title.fill(f"Word {number}")
    ended(studio, signal.SIGKILL)
    title.fill("The last word")
    window.wait_for_selector(".saved.bad")
    # Whole: as it was, or with one of the words.
    assert file.read_text() in [
        text.replace("  title: Overdose?", f"  title: {word}")
        for word in ("Overdose?", "Word 0", "Word 1", "Word 2")
    ]
    expect(title).to_have_value("The last word")
    studio, again = started(root)
    assert address.split("=")[0] == again.split("=")[0]
    assert address != again  # the key is another one
    # The window finds it by itself, and saves what it kept.
    holds(window, file, text.replace("  title: Overdose?", "  title: The last word"))
    expect(window.locator(".saved.bad")).to_have_count(0)
    settled(window)
    other = open_window(again)
    opened(other)
    other.locator(field("words.title")).fill("A new beginning")
    saved(other)
    expect(title).to_have_value("A new beginning")
    ended(studio)


HOSTILE = """<!doctype html><title>hostile</title><body><form method=post
 action="{studio}/api/piece/{piece}/undo" target=seen enctype="text/plain"><input name=a></form>
<iframe name=seen></iframe><iframe id=framed src="{studio}/"></iframe>"""
ATTACK = """async (studio) => {
  const told = {};
  const said = (name, what) => what.then((one) => { told[name] = one.status ?? one.type; },
                                         () => { told[name] = "refused"; });
  await said("read", fetch(`${studio}/api/project`, { credentials: "include" }));
  await said("write", fetch(`${studio}/api/piece/PIECE/undo`, { method: "POST", body: "{}",
    credentials: "include", headers: { "content-type": "application/json" } }));
  await said("blind", fetch(`${studio}/api/piece/PIECE/undo`, { method: "POST", mode: "no-cors",
    credentials: "include", body: "{}" }));
  told.socket = await new Promise((done) => {
    const socket = new WebSocket(`${studio.replace("http", "ws")}/api/live`);
    socket.onopen = () => done("open");
    socket.onerror = socket.onclose = () => done("refused");
  });
  document.forms[0].submit();
  await new Promise((done) => setTimeout(done, 500));
  return told;
}"""


def test_a_page_of_another_origin_can_neither_read_nor_write(
    browser: Browser, address: str, project: Path, file: Path
) -> None:
    studio = address.split("/?")[0]

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(HOSTILE.format(studio=studio, piece=PIECE).encode())

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    hostile = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=hostile.serve_forever, daemon=True).start()
    context = browser.new_context()
    own = context.new_page()
    own.set_default_timeout(SECONDS)
    own.goto(address)  # the browser has the key now
    opened(own)
    title = own.locator(field("words.title"))
    said = title.input_value()
    title.fill("Something to undo")
    saved(own)
    text = file.read_text()
    other = context.new_page()
    other.goto(f"http://127.0.0.1:{hostile.server_port}/")
    told = other.evaluate(ATTACK.replace("PIECE", PIECE), studio)
    assert told == {"read": "refused", "write": "refused", "blind": "refused", "socket": "refused"}
    framed = other.frames[-1]
    assert framed.locator(".cards").count() == 0
    assert file.read_text() == text
    title.fill(said)
    saved(own)
    context.close()
    hostile.shutdown()
    hostile.server_close()


def test_words_that_hurt_are_told_at_their_field_and_may_stay_with_a_reason(
    window: Page, project: Path
) -> None:
    opened(window, "carry-naloxone")  # whose versions no other test looks at
    file = project / "materials/carry-naloxone.yaml"
    text, title = file.read_text(), window.locator(field("words.title"))
    title.fill("Addicts")
    told = window.locator(".field .told", has_text='"Addicts": it makes a person')
    told.locator("xpath=following-sibling::button[1]").click()
    window.fill("#stay-reason", "their own word")
    window.get_by_role("button", name="Leave them").click()
    expect(told).to_have_count(0)
    saved(window)
    kept = "waived:\n  - rule: stigma\n    word: Addicts\n    reason: their own word\n"
    assert kept in file.read_text()
    for _ in range(MOST_UNDONE):
        if (now := file.read_text()) == text:
            break
        window.click("button:text-is('Undo')")
        until(window, lambda now=now: file.read_text() != now)  # type: ignore[misc]
    assert file.read_text() == text
