"""Offices and tables of sites are written in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.shared.logos import WIDE
from tests.shared.windows import go_to, held, holds, saved, until

pytestmark = pytest.mark.slow  # a browser is driven


def test_an_office_is_changed_and_what_is_wrong_stands_at_its_field(
    window: Page, project: Path
) -> None:
    file = project / "materials/contacts.yaml"
    text = file.read_text()
    go_to(window, "#/contacts")
    window.click("summary:has-text('Lakeside Night Van')")
    tel = window.locator("[data-slot='offices.lakeside-night-van.tel.1.number']")
    said = tel.input_value()
    tel.fill("nobody")
    window.wait_for_selector("details[open] fieldset .told.error")
    summary = window.locator("summary:has-text('Lakeside Night Van')")
    expect(summary.locator(".within")).to_be_hidden()
    summary.click()
    expect(summary.locator(".within.error")).to_have_text("1 thing to know")
    summary.click()
    saved(window)
    tel.fill("510-555-0102")
    expect(window.locator(".told.error")).to_have_count(0)
    saved(window)
    holds(window, file, text.replace(f"tel: {said}", "tel: 510-555-0102"))
    window.click("button:text-is('Undo')")
    expect(tel).to_have_value("nobody")  # it had been saved
    window.click("button:text-is('Undo')")
    expect(tel).to_have_value(said)
    holds(window, file, text)


def test_an_office_is_added_with_the_name_that_people_know(window: Page, project: Path) -> None:
    file = project / "materials/contacts.yaml"
    text = file.read_text()
    go_to(window, "#/contacts")
    window.click("button:text-is('Add an office')")
    window.locator("dialog input").fill("Café Ñandú")
    window.keyboard.press("Enter")
    line = window.locator("[data-slot='offices.cafe-nandu.lines.1']")
    expect(line).to_be_focused()
    line.fill("1 Example Street")
    saved(window)
    assert file.read_text().startswith(text)
    assert "  cafe-nandu:\n    name: Café Ñandú\n    lines:\n" in file.read_text()
    window.click("button:text-is('Take cafe-nandu out')")
    saved(window)
    holds(window, file, text)


def test_an_office_that_pieces_name_is_not_taken_out_unasked(window: Page, project: Path) -> None:
    file = project / "materials/contacts.yaml"
    text = file.read_text()
    go_to(window, "#/contacts")
    window.click("summary:has-text('West Coast Office')")
    window.click("button:text-is('Take west-coast out')")
    expect(window.locator("dialog a:text-is('why-in-short')")).to_be_visible()
    window.click("dialog button:text-is('Close')")
    assert file.read_text() == text
    window.click("button:text-is('Take west-coast out')")
    window.click("dialog button:text-is('Take it out')")
    saved(window)
    assert "west-coast:" not in file.read_text()
    window.click("button:text-is('Undo')")
    holds(window, file, text)


def test_a_first_telephone_is_added_and_nothing_is_written_before_it_stands_there(
    window: Page, project: Path
) -> None:
    file = project / "materials/organisation.yaml"
    text = file.read_text()
    assert "\ntel:" not in text
    go_to(window, "#/contacts/materials%2Forganisation.yaml")
    window.click("button:text-is('Add a telephone')")
    number = window.locator("[data-slot='tel.1.number']")
    expect(number).to_be_focused()
    assert file.read_text() == text
    window.keyboard.type("510-555-0101")
    saved(window)
    window.click("button:text-is('Add a telephone')")
    expect(window.locator("[data-slot='tel.2.number']")).to_be_focused()
    window.keyboard.type("510-555-0102")
    window.locator("[data-slot='tel.2.label']").fill("At night")
    saved(window)
    assert "tel:\n  - 510-555-0101\n  - At night: 510-555-0102\n" in file.read_text()
    for _ in range(2):
        window.click("[aria-label='Take out: Telephones 1']")
    saved(window)
    holds(window, file, text)


def test_sites_are_added_sorted_and_taken_out_and_other_rows_stay_as_they_are(
    window: Page, project: Path
) -> None:
    file = project / "materials/sites.csv"
    data = file.read_bytes()
    lines = data.splitlines(keepends=True)
    go_to(window, "#/contacts/materials%2Fsites.csv")
    rows = window.locator(".grid tbody tr")
    rows.last.wait_for()
    count = rows.count() - 1  # and the empty one
    window.locator(f"[data-slot='rows.{count + 1}.2']").fill("A New Site")
    expect(rows).to_have_count(count + 2)
    tel = window.locator(f"[data-slot='rows.{count + 1}.5']")
    tel.fill("12")
    expect(window.locator("td", has=tel).locator(".told.warning")).to_be_visible()
    tel.fill("(510) 555-0199")
    saved(window)
    assert file.read_bytes().startswith(data)
    assert file.read_bytes()[len(data) :] == b",A New Site,,,(510) 555-0199,,,,\n"
    tel.press("Alt+ArrowUp")
    expect(window.locator(f"[data-slot='rows.{count}.5']")).to_be_focused()
    window.click(".grid button:has-text('name')")
    expect(window.locator("[data-slot='rows.1.2']")).to_have_value("A New Site")
    saved(window)
    assert sorted(file.read_bytes().splitlines(keepends=True)[4:]) == sorted(lines[3:])
    rows.first.locator("button[title='Take out']").click()
    saved(window)
    assert b"A New Site" not in file.read_bytes()
    file.write_bytes(data)


def test_the_logo_is_dropped_in_seen_and_told_how_fine_it_is(
    window: Page, project: Path, tmp_path: Path
) -> None:
    file = project / "materials/organisation.yaml"
    text = file.read_text()
    written = {name: tmp_path / name for name in ("Words.svg", "Our Logo.svg", "small.png")}
    written["Our Logo.svg"].write_text(WIDE)
    written["Words.svg"].write_text(WIDE.replace("</svg>", "<text>Night Van</text></svg>"))
    Image.new("L", (400, 100)).save(written["small.png"])
    go_to(window, "#/contacts/materials%2Forganisation.yaml")
    drop = window.locator("[data-slot='logo']")
    frame = window.locator("fieldset", has=drop)
    expect(frame).to_contain_text("Best is a drawing in one colour (SVG)")
    drop.set_input_files(written["Words.svg"])
    expect(frame.locator(".told.error")).to_contain_text("this drawing has words in it")
    assert file.read_text() == text
    drop.set_input_files(written["small.png"])
    expect(frame.locator(".told.warning")).to_contain_text("it takes 1,116 across")
    drop.set_input_files(written["Our Logo.svg"])
    expect(drop).to_be_focused()
    expect(frame).to_contain_text("A drawing: it is sharp at any size.")
    image = frame.locator("img")
    assert image.evaluate("(image) => image.decode().then(() => image.naturalWidth > 0)")
    window.locator("[data-slot='logo.alt']").fill("The van")  # what else there is was opened
    saved(window)
    assert "logo:\n  file: materials/images/our-logo.svg\n  alt: The van\n" in file.read_text()
    window.click("button:text-is('Leave the logo out')")
    saved(window)
    holds(window, file, text)


def test_what_is_told_of_a_logo_outlives_what_is_told_of_the_rest(
    window: Page, tmp_path: Path
) -> None:
    words = tmp_path / "Words.svg"
    words.write_text(WIDE.replace("</svg>", "<text>Night Van</text></svg>"))
    known = {"severity": "warning", "code": "", "slot": "name", "message": "late", "hint": None}
    with held(window, "**/check") as asked:
        go_to(window, "#/contacts/materials%2Forganisation.yaml")
        drop = window.locator("[data-slot='logo']")
        drop.set_input_files(words)
        frame = window.locator("fieldset", has=drop)
        expect(frame.locator(".told.error")).to_contain_text("this drawing has words in it")
        until(window, lambda: bool(asked))
        asked[0].fulfill(json=[known])  # what was asked when the form was opened
        expect(window.locator(".told.warning")).to_have_text("late")
        expect(frame.locator(".told.error")).to_contain_text("this drawing has words in it")


def test_of_two_logos_the_one_that_was_dropped_last_is_kept(
    window: Page, project: Path, tmp_path: Path
) -> None:
    file = project / "materials/organisation.yaml"
    text = file.read_text()
    go_to(window, "#/contacts/materials%2Forganisation.yaml")
    drop = window.locator("[data-slot='logo']")
    with held(window, "**/api/pictures?name=first*") as asked:
        for name in ("first.svg", "second.svg"):
            (tmp_path / name).write_text(WIDE)
            drop.set_input_files(tmp_path / name)
        until(window, lambda: "second" in file.read_text())
        with window.expect_response("**/api/pictures?name=first*"):
            asked[0].continue_()
    window.click("summary:has-text('More about the logo')")
    window.locator("[data-slot='logo.alt']").fill("The van")
    until(window, lambda: "The van" in file.read_text())
    assert "logo:\n  file: materials/images/second.svg\n  alt: The van\n" in file.read_text()
    window.click("button:text-is('Leave the logo out')")
    holds(window, file, text)


def test_a_file_that_is_dropped_beside_its_place_does_not_open_instead(window: Page) -> None:
    go_to(window, "#/contacts/materials%2Forganisation.yaml")
    window.locator("[data-slot='logo']").wait_for()
    is_stopped = window.evaluate(
        """() => {
          const held = new DataTransfer();
          held.items.add(new File(["x"], "van.jpg", { type: "image/jpeg" }));
          const how = { dataTransfer: held, bubbles: true, cancelable: true };
          const dropped = new DragEvent("drop", how);
          return !document.querySelector("h1").dispatchEvent(dropped);
        }"""
    )
    assert is_stopped
