"""Two write the same lists at once, in a real browser: no row is lost, or goes to a wrong place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.shared.windows import at_once, go_to, holds, saved, settled, type_during, until
from tests.studio.conftest import OpenWindow

pytestmark = pytest.mark.slow  # a browser is driven

PIECE = "overdose-wallet"
SAVE = "**/save"
SIGNS = (
    "Does not wake up or answer",
    "Breathing slow, or not at all",
    "Lips or nails blue or gray",
)
FIRST, SECOND, THIRD = (f"    - {sign}\n" for sign in SIGNS)
LIST = f"  signs:\n{FIRST}{SECOND}{THIRD}"

Change = Callable[[str], str]


def field(slot: str) -> str:
    return f"[data-slot='{slot}']"


@pytest.fixture
def file(project: Path) -> Path:
    return project / f"materials/{PIECE}.yaml"


@pytest.fixture
def text(window: Page, file: Path) -> Iterator[str]:
    """Return what the piece says, which is open; it says so again when the test is over."""
    text = file.read_text()
    go_to(window, f"#/piece/{PIECE}")
    settled(window)
    yield text
    file.write_text(text)


def sign(window: Page, number: int) -> Locator:
    return window.locator(field(f"words.signs.{number}"))


def added(window: Page, words: str) -> None:
    """Add a sign behind the others, and write in it."""
    rows = window.locator("[data-row^='words.signs.']")
    with at_once(window):
        window.locator("fieldset", has=rows.first).locator("button:text-is('Add one')").click()
        window.keyboard.type(words)


def moved(window: Page, number: int, key: str) -> None:
    sign(window, number).focus()
    window.keyboard.press(f"Alt+{key}")


def meanwhile(window: Page, file: Path, change: Change) -> None:
    """Let an editor change the file just before what the window saves next arrives."""

    def written(route: Route) -> None:
        file.write_text(change(file.read_text()))
        route.continue_()

    window.route(SAVE, written, times=1)


def asked(window: Page) -> Locator:
    return window.get_by_role("dialog", name="Somebody else changed the same words")


def rows_of(dialog: Locator) -> list[list[str]]:
    """Return the places that are asked about, each with theirs and ours."""
    dialog.wait_for()
    return [row.locator("th, td").all_inner_texts()[:3] for row in dialog.locator("tbody tr").all()]


def take_all(dialog: Locator) -> None:
    for box in dialog.locator("tbody input").all():
        box.check()
    dialog.locator("button:text-is('Go on')").click()


CHANGES: dict[str, tuple[Change, str]] = {
    "another row is changed": (
        lambda text: text.replace(FIRST, "    - Asleep\n"),
        f"  signs:\n    - Asleep\n{SECOND}{THIRD}    - Cold\n",
    ),
    "a row comes in above": (
        lambda text: text.replace(FIRST, f"    - Asleep\n{FIRST}"),
        f"  signs:\n    - Asleep\n{FIRST}{SECOND}{THIRD}    - Cold\n",
    ),
    "the last row goes": (
        lambda text: text.replace(THIRD, ""),
        f"  signs:\n{FIRST}{SECOND}    - Cold\n",
    ),
    "the whole list goes": (lambda text: text.replace(LIST, ""), "  signs:\n    - Cold\n"),
    "rows are moved": (
        lambda text: text.replace(LIST, f"  signs:\n{THIRD}{SECOND}{FIRST}"),
        f"  signs:\n{THIRD}    - Cold\n{SECOND}{FIRST}",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_row_that_was_added_is_one_thing_to_take(
    window: Page, file: Path, text: str, change: str
) -> None:
    theirs, expected = CHANGES[change]
    meanwhile(window, file, theirs)
    added(window, "Cold")
    assert rows_of(asked(window)) == [["Signs 4", "(nothing)", "Cold"]]
    assert file.read_text() == theirs(text)
    take_all(asked(window))
    saved(window)
    until(window, lambda: expected in file.read_text())
    assert expected in file.read_text()


def test_a_row_that_is_not_taken_is_left_out_and_nothing_of_theirs_is_lost(
    window: Page, file: Path, text: str
) -> None:
    theirs = CHANGES["a row comes in above"][0]
    meanwhile(window, file, theirs)
    added(window, "Cold")
    asked(window).locator("button:text-is('Go on')").click()
    expect(window.locator("[data-row^='words.signs.']")).to_have_count(4)
    expect(sign(window, 1)).to_have_value("Asleep")
    expect(window.locator(".saved")).to_have_text("saved")
    assert file.read_text() == theirs(text)


def test_words_go_into_their_own_row_wherever_others_moved_it(
    window: Page, file: Path, text: str
) -> None:
    def theirs(text: str) -> str:
        return text.replace(LIST, f"  signs:\n{SECOND}{FIRST}{THIRD}")

    meanwhile(window, file, theirs)
    with at_once(window):
        sign(window, 1).fill("Asleep")
        moved(window, 3, "ArrowUp")
    assert rows_of(asked(window)) == [
        ["Signs 1", SIGNS[0], "Asleep"],
        ["Signs 3", SIGNS[2], "to place 2"],
    ]
    take_all(asked(window))
    # It stands behind the row that was above it.
    holds(window, file, text.replace(LIST, f"  signs:\n{SECOND}    - Asleep\n{THIRD}"))


def test_a_row_that_both_take_out_takes_no_other_with_it(
    window: Page, file: Path, text: str
) -> None:
    def theirs(text: str) -> str:
        return text.replace(f"{SECOND}{THIRD}", f"{THIRD}    - Cold\n")

    meanwhile(window, file, theirs)
    window.locator("[data-row='words.signs.2'] button[title='Take out']").click()
    expect(sign(window, 3)).to_have_value("Cold")
    expect(window.locator(".saved")).to_have_text("saved")
    assert file.read_text() == theirs(text)
    assert asked(window).count() == 0


def test_two_windows_add_a_row_each_and_both_stay(
    window: Page, open_window: OpenWindow, address: str, file: Path, text: str
) -> None:
    other = open_window(address)
    go_to(other, f"#/piece/{PIECE}")
    settled(other)
    window.route(SAVE, lambda route: route.abort())
    added(window, "Cold")
    window.wait_for_selector(".saved.bad")
    added(other, "Heavy")
    saved(other)
    other.close()
    window.unroute(SAVE)
    assert rows_of(asked(window)) == [["Signs 4", "(nothing)", "Cold"]]
    take_all(asked(window))
    holds(window, file, text.replace(LIST, f"{LIST}    - Cold\n    - Heavy\n"))


GONE = "A lack of universal health care"


@pytest.fixture
def brief(window: Page, project: Path) -> Iterator[Path]:
    """Return the file of a piece whose rows have fields, which is open."""
    file = project / "materials/why-harm-reduction.yaml"
    text = file.read_text()
    go_to(window, "#/piece/why-harm-reduction")
    settled(window)
    yield file
    file.write_text(text)


def without_second(text: str) -> str:
    """Return the brief without its second point."""
    start, end = (text.index(f"    - opening: {words}") for words in (GONE, "The federal"))
    return text[:start] + text[end:]


def test_a_row_of_fields_is_one_thing_and_words_without_a_place_are_shown(
    window: Page, brief: Path
) -> None:
    text = brief.read_text()
    meanwhile(window, brief, without_second)
    with at_once(window):
        window.locator(field("words.points.2.opening")).fill("Mine")
        window.locator(field("words.points.3.opening")).fill("The States")
        added_at = window.locator("fieldset", has=window.locator("[data-row='words.points.1']"))
        added_at.locator("button:text-is('Add one')").last.click()
        window.keyboard.type("New")
        window.locator(field("words.points.7.text")).fill("words.")
    assert rows_of(asked(window)) == [
        ["Points 2, opening", "(nothing)", "Mine"],
        ["Points 3, opening", "The federal government", "The States"],
        ["Points 7", "(nothing)", "New · words."],
    ]
    take_all(asked(window))
    lost = window.get_by_role("dialog", name="These words have no place any more")
    expect(lost.get_by_role("textbox", name="Points 2, opening")).to_have_value("Mine")
    lost.locator("button:text-is('Close')").click()
    expected = without_second(text).replace("The federal government", "The States")
    last = "    - opening: New\n      text: words.\n  contacts:"
    holds(window, brief, expected.replace("  contacts:", last))


def test_what_is_typed_while_others_words_come_in_is_judged_by_what_its_author_saw(
    window: Page, file: Path, text: str
) -> None:
    """Their row above comes in with the first save, and the second is of the rows before it."""
    meanwhile(window, file, CHANGES["a row comes in above"][0])
    type_during(window, "/save", field("words.signs.2"), "Breathing hardly")
    window.locator(field("words.title")).fill("Overdosed?")
    assert rows_of(asked(window)) == [["Signs 2", SIGNS[1], "Breathing hardly"]]
    take_all(asked(window))
    mine = f"  signs:\n    - Asleep\n{FIRST}    - Breathing hardly\n{THIRD}"
    expected = text.replace(LIST, mine).replace("  title: Overdose?", "  title: Overdosed?")
    holds(window, file, expected)


def test_what_is_typed_while_the_file_is_read_anew_stays(
    window: Page, file: Path, text: str
) -> None:
    type_during(window, f"/piece/{PIECE}", field("words.title"), "Overdosed?")
    file.write_text(text.replace(FIRST, "    - Asleep\n"))
    expected = file.read_text().replace("  title: Overdose?", "  title: Overdosed?")
    holds(window, file, expected)
    expect(sign(window, 1)).to_have_value("Asleep")
    expect(window.locator(field("words.title"))).to_have_value("Overdosed?")


def test_the_cursor_stays_in_its_row_when_others_put_one_above(
    window: Page, file: Path, text: str
) -> None:
    sign(window, 2).focus()
    window.keyboard.press("Home")
    theirs = CHANGES["a row comes in above"][0](text)
    file.write_text(theirs)
    expect(sign(window, 3)).to_have_value(SIGNS[1])
    expect(sign(window, 3)).to_be_focused()
    window.keyboard.type("Not ")
    holds(window, file, theirs.replace(SIGNS[1], f"Not {SIGNS[1]}"))


def test_an_undo_takes_nothing_that_could_not_be_saved(window: Page, file: Path, text: str) -> None:
    title = window.locator(field("words.title"))
    title.fill("Overdosed?")
    saved(window)
    refused: list[Route] = []

    def refuse(route: Route) -> None:
        refused.append(route)
        route.abort()

    window.route(SAVE, refuse)
    sign(window, 1).fill("Asleep")
    window.wait_for_selector(".saved.bad")
    window.keyboard.press("Control+Alt+z")
    most = len(refused) + 2  # what is tried again by itself, and by the undo
    until(window, lambda: len(refused) >= most)
    expect(sign(window, 1)).to_have_value("Asleep")
    window.unroute(SAVE)
    # It is saved when the studio answers again, without another key.
    expected = text.replace("  title: Overdose?", "  title: Overdosed?")
    holds(window, file, expected.replace(FIRST, "    - Asleep\n"))


def test_a_row_whose_save_was_not_answered_is_there_once(
    window: Page, file: Path, text: str
) -> None:
    tried: list[Route] = []

    def unanswered(route: Route) -> None:
        if not tried:
            route.fetch()
        tried.append(route)
        route.abort()

    window.route(SAVE, unanswered)
    added(window, "Cold")
    window.wait_for_selector(".saved.bad")
    window.unroute(SAVE)
    holds(window, file, text.replace(LIST, f"{LIST}    - Cold\n"))
    sign(window, 4).fill("Cold hands")
    saved(window)
    holds(window, file, text.replace(LIST, f"{LIST}    - Cold hands\n"))
    assert asked(window).count() == 0


def test_what_could_not_be_saved_is_there_when_its_piece_is_opened_again(
    window: Page, file: Path, text: str
) -> None:
    window.route(SAVE, lambda route: route.abort())
    sign(window, 1).fill("Asleep")
    window.wait_for_selector(".saved.bad")
    window.evaluate("location.hash = '#/'")
    window.wait_for_selector(".cards a")
    window.click(f"a[href='#/piece/{PIECE}']")
    expect(sign(window, 1)).to_have_value("Asleep")
    window.unroute(SAVE)
    holds(window, file, text.replace(FIRST, "    - Asleep\n"))


def test_a_site_is_added_while_an_editor_adds_another(window: Page, project: Path) -> None:
    file = project / "materials/sites.csv"
    data = file.read_text(encoding="utf-8")
    theirs = data + "their-site,Their Site,,,,,,,\n"
    go_to(window, "#/contacts/materials%2Fsites.csv")
    rows = window.locator(".grid tbody tr")
    rows.last.wait_for()
    count = rows.count()
    meanwhile(window, file, lambda _: theirs)
    with at_once(window):
        window.locator(field(f"rows.{count}.2")).fill("Our Site")
        expect(rows).to_have_count(count + 1)
        window.locator(field(f"rows.{count}.4")).fill("Mondays")
    assert rows_of(asked(window)) == [[f"Rows {count}", "(nothing)", "Our Site · Mondays"]]
    take_all(asked(window))
    ours = ",Our Site,,Mondays,,,,,\n"
    holds(window, file, theirs.replace("their-site", f"{ours}their-site"))
    file.write_text(data, encoding="utf-8")
