"""Compare and approve, print and send, in a real browser: as somebody does it."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hrcpub.files.sources import Sources
from hrcpub.project.approval import read_approval
from hrcpub.studio.comparing import ApproveErrand
from tests.judges import tools
from tests.shared.paper import PaperRoom
from tests.shared.project import copy_project
from tests.shared.windows import SETTLED, go_to, held, opened_window, served, until

pytestmark = pytest.mark.slow  # a browser is driven

PIECE, FOLDER = "kit-stickers", "why-folder"
CHANGE = ("for anyone", "for everyone")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("finish") / "project")


def words(root: Path, before: str, after: str) -> None:
    """Change words of the piece in its file, as another program does."""
    path = root / f"materials/{PIECE}.yaml"
    path.write_text(path.read_text().replace(before, after))


@pytest.fixture
def differing(root: Path) -> None:
    """Have the piece approved, and a word changed since."""
    if read_approval(Sources(root), PIECE) is None:
        ApproveErrand(PIECE, "Ana Reyes").run(root)
    words(root, *CHANGE)


@pytest.fixture(scope="module")
def room() -> PaperRoom:
    return PaperRoom()


@pytest.fixture(scope="module")
def window(root: Path, room: PaperRoom, browser: Browser) -> Iterator[Page]:
    with served(root, room) as address, opened_window(browser, address) as page:
        yield page


def at(window: Page, hash: str, ready: str) -> None:
    """Open a view, and wait until it is there in the place of the one before."""
    window.keyboard.press("Escape")
    go_to(window, hash)
    window.wait_for_selector(ready)


def at_folder(window: Page) -> None:
    """Show the folder; where it is shown already, only what was opened over it is closed."""
    if not window.url.endswith(f"#/piece/{FOLDER}"):
        at(window, f"#/piece/{FOLDER}", SETTLED)
    window.keyboard.press("Escape")
    window.wait_for_selector("dialog", state="detached")


def test_a_piece_is_approved_by_name_and_told_when_it_differs(window: Page, root: Path) -> None:
    at(window, f"#/piece/{PIECE}", SETTLED)
    window.click("button:text-is('Compare and approve')")
    state = window.locator(".comparing > .approval")
    expect(state).to_have_text("Nobody has approved it yet.")
    window.click("button:text-is('Approve…')")
    window.fill("#approve-by", "  Ana   Reyes ")
    window.fill("#approve-note", "for the fair")
    window.click("dialog button:text-is('Approve')")
    window.wait_for_selector("dialog", state="detached")
    expect(state).to_contain_text("approved on")
    expect(state).to_contain_text("by Ana Reyes")
    expect(window.locator(".short")).to_have_text("Nothing differs.")
    approval = read_approval(Sources(root), PIECE)
    assert approval
    assert {(one.by, one.note) for one in approval.editions.values()} == {
        ("Ana Reyes", "for the fair")
    }

    words(root, *CHANGE)
    window.reload()
    expect(window.locator(".short")).to_have_text("1 word, page 1. 4 other pages are the same.")
    expect(state).to_contain_text("by Ana Reyes: 1 word, page 1")
    change = window.locator(".changes li").first
    assert change.locator("del").inner_text().split()[-1] == "anyone"
    assert change.locator("ins").inner_text().split()[-1] == "everyone"
    assert window.locator(".pictures.beside .was").count() == 1
    assert window.locator(".pictures.beside .is-now").count() == 1
    at(window, "#/", f"a[href='#/piece/{PIECE}'] .approval[data-state=differs]")
    note = window.locator(f"a[href='#/piece/{PIECE}'] .approval")
    expect(note).to_contain_text("by Ana Reyes: 1 word, page 1")


@pytest.mark.usefixtures("differing")
def test_pages_are_seen_beside_in_turn_by_a_slider_and_only_what_changed(window: Page) -> None:
    at(window, f"#/compare/{PIECE}", ".compared")
    pictures = window.locator(".pictures img")
    for way, count in (("beside", 2), ("blink", 2), ("slide", 2), ("changed", 1)):
        window.click(f"[data-way={way}]")
        assert pictures.count() == count
        for picture in pictures.all():
            picture.scroll_into_view_if_needed()
            picture.evaluate("(one) => one.decode()")
    window.click("[data-way=blink]")
    later = window.locator(".over .side.after")
    assert later.is_visible()  # who wants no motion sees nothing move by itself
    window.click("button:text-is('The other one')")
    assert not later.is_visible()
    window.click("[data-way=slide]")
    window.locator(".hand input").fill("25")
    clip = window.locator(".sliding .after").evaluate("(one) => getComputedStyle(one).clipPath")
    assert clip == "inset(0px 0px 0px 25%)"
    window.click(".ways label")
    assert not window.locator(".sheet-of .is-now").first.is_visible()


def test_a_piece_is_compared_with_an_earlier_version_of_its_words(window: Page, root: Path) -> None:
    words(root, *reversed(CHANGE))
    at(window, f"#/piece/{PIECE}", SETTLED)
    words(root, *CHANGE)
    at(window, f"#/piece/{PIECE}", SETTLED)
    at(window, f"#/compare/{PIECE}", ".short")
    options = window.locator(".row-of-fields select").first
    versions = [one for one in options.locator("option").all() if "version" in one.inner_text()]
    options.select_option(value=versions[-1].get_attribute("value"))
    expect(window.locator(".short")).to_contain_text("1 word, page 1")


@pytest.mark.usefixtures("differing")
def test_an_approval_is_taken_back(window: Page, root: Path) -> None:
    at(window, f"#/compare/{PIECE}", ".short")
    window.route("**/withdraw", lambda route: route.abort(), times=1)
    window.click("button:text-is('Take the approval back')")
    refused = window.get_by_role("dialog", name="That was not done")
    expect(refused.locator(".told")).to_contain_text("The studio does not answer")
    refused.locator("button:text-is('Close')").click()
    window.click("button:text-is('Take the approval back')")
    expect(window.locator(".comparing > .approval")).to_have_text("Nobody has approved it yet.")
    assert read_approval(Sources(root), PIECE) is None


def test_a_draft_is_not_approved_and_the_reason_is_told(window: Page) -> None:
    at(window, "#/compare/overdose", ".short")
    window.click("button:text-is('Approve…')")
    window.fill("#approve-by", "Ana")
    window.click("dialog button:text-is('Approve')")
    expect(window.locator("dialog .told.error")).to_contain_text("must be reviewed")
    window.keyboard.press("Escape")


def test_what_cannot_go_to_a_shop_is_refused_with_reasons(window: Page) -> None:
    at(window, "#/piece/overdose", SETTLED)
    window.click("button:text-is('Send to the shop…')")
    window.select_option("dialog select", "digital")
    window.fill("dialog input[type=number]", "250")
    window.click("dialog button:text-is('Pack it')")
    expect(window.locator("dialog .told.error").first).to_have_text("It was not packed:")
    expect(window.locator("dialog .told.error").nth(1)).to_contain_text("review")
    window.keyboard.press("Escape")


def test_a_shops_zip_has_files_that_qpdf_takes_and_a_verdict(window: Page, tmp_path: Path) -> None:
    at_folder(window)
    window.click("button:text-is('Send to the shop…')")
    window.select_option("dialog select", "digital")
    window.fill("dialog input[type=number]", "250")
    window.click("dialog button:text-is('Pack it')")
    link = window.locator("dialog a[download]")
    link.wait_for()
    with window.expect_download() as downloading:
        link.click()
    path = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    for name in ("why-folder.pdf", "job-ticket.pdf"):
        pdf = next(tmp_path.rglob(name))
        subprocess.run([tools.find("qpdf"), "--check", str(pdf)], check=True, capture_output=True)
    letter = next(tmp_path.rglob("README.txt")).read_text()
    assert "250 × why-folder.pdf" in letter
    window.keyboard.press("Escape")


def test_a_sheet_is_printed_first_and_the_rest_when_it_is_right(
    window: Page, room: PaperRoom
) -> None:
    room.sent.clear()
    at_folder(window)
    window.click("button:text-is('Print here…')")
    queues = window.locator("dialog select")
    expect(queues.locator("option")).to_have_text(["Front by the door", "Back by the door"])
    assert "prints both sides" in window.locator("dialog .help").first.inner_text()
    window.fill("dialog input[type=number]", "5")
    window.click("dialog button:text-is('Go on')")
    plan = window.locator("dialog .plan")
    plan.wait_for()
    assert plan.locator("li").all_inner_texts()[:3] == [
        "5 sheets", "load pink letter paper", "printed on both sides",
    ]  # fmt: skip
    window.click("dialog button:text-is('Print one sheet')")
    window.click("dialog button:text-is('It is right: print the rest')")
    expect(window.locator("dialog [role=status]")).to_have_text("All of it is printed.")
    assert [(name, job.copies, str(job.sides)) for name, job in room.sent] == [
        ("Front", 1, "two-sided-short-edge"),
        ("Front", 4, "two-sided-short-edge"),
    ]
    window.keyboard.press("Escape")


def test_a_printer_of_one_side_prints_fronts_then_has_the_pile_turned(
    window: Page, room: PaperRoom
) -> None:
    room.sent.clear()
    at_folder(window)
    window.click("button:text-is('Print here…')")
    window.select_option("dialog select", "Back")
    window.uncheck("dialog input[type=checkbox]")
    window.click("dialog button:text-is('Go on')")
    window.click("dialog button:text-is('Print')")
    window.wait_for_selector("dialog ol li")
    assert [str(job.part) for _, job in room.sent] == ["fronts"]
    window.click("dialog button:text-is('The pile is in: print the backs')")
    expect(window.locator("dialog [role=status]")).to_have_text("All of it is printed.")
    assert [str(job.part) for _, job in room.sent] == ["fronts", "backs"]
    window.keyboard.press("Escape")


def test_what_is_pressed_of_a_print_is_said_once(window: Page, room: PaperRoom) -> None:
    room.sent.clear()
    at_folder(window)
    window.click("button:text-is('Print here…')")
    window.click("dialog button:text-is('Go on')")
    for label, address in (
        ("Print one sheet", "**/begin"),
        ("It is right: print the rest", "**/go-on"),
    ):
        button = window.locator(f"dialog button:text-is('{label}')")
        with held(window, address) as asked:
            button.click()
            until(window, lambda asked=asked: bool(asked))  # type: ignore[misc]
            expect(button).to_be_disabled()
            asked[0].continue_()
    expect(window.locator("dialog [role=status]")).to_have_text("All of it is printed.")
    window.keyboard.press("Escape")


def test_what_the_studio_does_not_hear_of_a_print_can_be_pressed_again(
    window: Page, room: PaperRoom
) -> None:
    room.sent.clear()
    at_folder(window)
    window.click("button:text-is('Print here…')")
    window.click("dialog button:text-is('Go on')")
    window.click("dialog button:text-is('Print one sheet')")
    stop = window.locator("dialog button:text-is('Stop it')")
    window.locator("dialog button:text-is('It is right: print the rest')").wait_for()
    window.route("**/stop", lambda route: route.abort(), times=1)
    stop.click()
    expect(stop).to_be_enabled()
    stop.click()
    expect(window.locator("dialog [role=status]")).to_have_text("It was not printed to the end.")
    assert len(room.sent) == 1
    window.keyboard.press("Escape")


def test_without_cups_there_is_the_file_its_note_and_what_to_install(
    window: Page, room: PaperRoom
) -> None:
    from hrcpub.printing.libcups import cups_missing

    room.missing = cups_missing()
    at_folder(window)
    window.click("button:text-is('Print here…')")
    window.wait_for_selector("dialog a[download]")
    window.click("summary:has-text('looks after this computer')")
    said = window.locator("dialog").inner_text()
    assert room.missing.message in said
    assert "print two-sided on pink paper" in said
    room.missing = None
    window.keyboard.press("Escape")


def test_the_keyboard_alone_approves(window: Page) -> None:
    """Every button is reached in order; a dialog keeps the focus, and gives it back."""
    at(window, f"#/compare/{PIECE}", ".short")
    focused = "() => (document.activeElement.innerText || document.activeElement.tagName).trim()"
    window.locator(".skip").focus()
    said = [window.evaluate(focused)]
    while len(said) < 30 and (len(said) == 1 or said[-1] != said[0]):
        window.keyboard.press("Tab")
        said.append(window.evaluate(focused).split("\n")[0])
    wanted = ["Skip to the content", "← Stickers for kits and sharps boxes", "Approve…", "Settings"]
    assert [one for one in said[:-1] if one in wanted] == wanted
    window.locator("button:text-is('Approve…')").focus()
    window.keyboard.press("Enter")
    window.wait_for_selector("dialog")
    inside = "() => Boolean(document.activeElement.closest('dialog, body:focus'))"
    for _ in range(8):
        assert window.evaluate(inside)
        window.keyboard.press("Tab")
    window.keyboard.press("Escape")
    window.wait_for_selector("dialog", state="detached")
    assert window.evaluate(focused) == "Approve…"


def test_the_page_speaks_spanish_when_it_is_chosen_and_keeps_it(window: Page) -> None:
    at(window, "#/", ".cards a")
    window.click(".opens:text-is('Settings')")
    with window.expect_navigation():
        window.select_option(".popup:popover-open select >> nth=0", "es")
    window.wait_for_selector("h2:text-is('Piezas')")
    assert window.locator("html").get_attribute("lang") == "es"
    window.click(".opens:text-is('Ajustes')")
    window.select_option(".popup:popover-open select >> nth=1", "dark")
    ground = window.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(31, 33, 35)"
    window.reload()
    window.wait_for_selector("h2:text-is('Piezas')")
    assert window.evaluate("() => getComputedStyle(document.body).backgroundColor") == ground
    window.evaluate("() => localStorage.clear()")
