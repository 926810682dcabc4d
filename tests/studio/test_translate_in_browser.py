"""A piece is translated in a real browser, beside its source and its page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from hrcpub.project.translations.catalog import Catalog
from hrcpub.project.translations.po_reading import parse
from tests.shared.windows import at_once, go_to, on_screen, saved, settled

pytestmark = pytest.mark.slow  # a browser is driven

NAME = "overdose"


@pytest.fixture
def file(project: Path) -> Path:
    return project / f"materials/i18n/es/{NAME}.po"


@pytest.fixture
def original(project: Path) -> Path:
    return project / f"materials/{NAME}.yaml"


@pytest.fixture
def catalog(file: Path) -> Catalog:
    catalog, _ = parse(file.read_text(), "")
    assert catalog
    return catalog


def passage(window: Page, slot: str) -> tuple[str, str]:
    """Return the selectors of a passage, and of its translation."""
    words = f"textarea[data-slot='{slot}']"
    return f".passage:has({words})", words


def test_a_changed_text_is_marked_translated_and_done(
    window: Page, original: Path, file: Path, catalog: Catalog
) -> None:
    text, source = file.read_text(), original.read_text()
    message = catalog.by_slot["words.signs.1"]
    original.write_text(source.replace(message.source, f"{message.source} today", 1))
    assert original.read_text() != source
    row, words = passage(window, message.slot)
    go_to(window, f"#/translate/{NAME}/es")
    expect(window.locator(row)).to_have_attribute("data-state", "fuzzy")
    expect(window.locator(f"{row} .source ins")).to_have_text("today")
    expect(window.locator(".translated [role=status]")).to_have_text("1 place is open")
    settled(window)
    before = on_screen(window)
    window.fill(words, "Palabras nuevas")
    window.click(f"{row} button:text-is('Done with this')")
    expect(window.locator(row)).to_have_attribute("data-state", "done")
    expect(window.locator(".translated [role=status]")).to_have_text("all is translated")
    expect(window.locator(f"{row} .fill")).to_contain_text("room for")
    saved(window)
    settled(window)
    assert on_screen(window) != before
    after, _ = parse(file.read_text(), "")
    assert after
    assert after.by_slot[message.slot].words == "Palabras nuevas"
    assert not after.by_slot[message.slot].is_fuzzy
    assert file.read_text().splitlines()[0] == text.splitlines()[0]  # its remark
    window.click("button:text-is('Undo')")
    expect(window.locator(words)).to_have_value(message.words)
    original.write_text(source)
    file.write_text(text)


def test_words_stay_with_their_passage_when_the_piece_has_other_rows_meanwhile(
    window: Page, original: Path, file: Path, catalog: Catalog
) -> None:
    text, source = file.read_text(), original.read_text()
    moved, gone = (catalog.by_slot[f"words.signs.{number}"] for number in (1, 2))
    go_to(window, f"#/translate/{NAME}/es")
    settled(window)

    def meanwhile(route: Route) -> None:
        """Let the author put a row above them, and take the second out."""
        above = source.replace(f"- {moved.source}", f"- Asleep\n    - {moved.source}", 1)
        original.write_text(above.replace(f"    - {gone.source}\n", "", 1))
        route.continue_()

    window.route("**/save", meanwhile, times=1)
    with at_once(window):
        window.fill(passage(window, moved.slot)[1], "No contesta")
        window.fill(passage(window, gone.slot)[1], "Labios azules")
    lost = window.get_by_role("dialog", name="These words have no place any more")
    expect(lost.get_by_role("textbox")).to_have_value("Labios azules")
    expect(lost.locator("dt")).to_have_text(gone.source)
    expect(lost.locator("dd")).to_have_text(gone.words)
    lost.locator("button:text-is('Close')").click()
    saved(window)
    expect(window.locator(passage(window, "words.signs.2")[1])).to_have_value("No contesta")
    expect(window.locator(passage(window, "words.signs.1")[1])).to_have_value("")
    after, _ = parse(file.read_text(), "")
    assert after
    assert after.by_slot["words.signs.2"].words == "No contesta"
    assert after.by_slot["words.signs.2"].source == moved.source
    window.click("summary:text-is('1 translation that is not used any more')")
    expect(window.locator(".form dd")).to_have_text(gone.words)
    file.write_text(text)
    original.write_text(source)
    # Where nothing is typed, the window has the rows as they are.
    expect(window.locator(passage(window, "words.signs.2")[1])).to_have_value(gone.words)
    expect(window.locator(f"{passage(window, 'words.signs.2')[0]} .source")).to_have_text(
        gone.source
    )
    expect(window.locator(".form dd")).to_have_count(0)


def test_a_language_is_added_from_the_piece_and_translated(window: Page, project: Path) -> None:
    go_to(window, "#/piece/two-please")
    settled(window)
    window.click(".opens:text-is('Languages')")
    window.fill(".languages input", "spanish")
    window.click(".languages button:text-is('Add it')")
    window.wait_for_selector(".passage[data-state='open']")
    assert window.url.endswith("#/translate/two-please/es")
    first = window.locator(".passage textarea").first
    first.fill("Dos, por favor")
    saved(window)
    text = (project / "materials/i18n/es/two-please.po").read_text()
    assert 'msgstr "Dos, por favor"' in text
    count = window.locator(".passage:visible").count()
    window.check("label:has-text('only what is open') input")
    expect(window.locator(".passage:visible")).to_have_count(count - 1)


def test_what_is_no_language_is_told_where_it_was_typed(window: Page) -> None:
    go_to(window, "#/piece/two-please")
    settled(window)
    window.route("**/languages", lambda route: route.abort(), times=1)
    window.click(".opens:text-is('Languages')")
    expect(window.locator(".languages .told")).to_contain_text("The studio does not answer")
    window.keyboard.press("Escape")
    window.click(".opens:text-is('Languages')")
    window.fill(".languages input", "xx nothing")
    window.click(".languages button:text-is('Add it')")
    expect(window.locator(".languages .told.error")).to_contain_text("is not the tag of a language")
    window.keyboard.press("Escape")
