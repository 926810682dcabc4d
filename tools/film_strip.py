"""A newcomer's first minutes in the studio to pictures of the window, one for each step.

    python -m tools.film_strip FOLDER [light|dark|phone] [en|es]

A new project is made in FOLDER, words are written, mended, translated, compared and approved,
printed and sent, in Chromium. Look at every picture: whether it is clear what to do next, whether
anything is cut off, and (from the seconds that are printed) whether anybody had to wait.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from tests.judges import tools
from tests.shared.windows import SECONDS, SETTLED, ended, started

PIECE = "#/piece/first-piece"
LONG = "Come to the van on Friday and on Saturday, and bring everybody whom you know"
POINTS = (
    ("Bring", "a friend who needs something, and tell them when we are there."),
    ("Take", "what you need, as much as you need; nobody asks why."),
    ("Ask", "for a ride to the clinic, for a test, or for a place to sleep."),
    ("Tell", "us what is missing: we bring it next week."),
)


class Step(NamedTuple):
    """What is done, and what is there when it is done."""

    name: str
    do: Callable[[Page], object]
    ready: str = SETTLED


def _at(hash: str) -> Callable[[Page], object]:
    return lambda page: page.evaluate("(hash) => { location.hash = hash; }", hash)


def _click(selector: str, number: int = 0) -> Callable[[Page], object]:
    return lambda page: page.locator(selector).nth(number).click()


def _typed(slot: str, words: str) -> Callable[[Page], object]:
    def do(page: Page) -> None:
        page.locator(f"[data-slot='{slot}']").fill(words)
        page.wait_for_timeout(400)  # until the page has begun to look

    return do


def _all_words(page: Page) -> None:
    _typed("words.lead", "On Friday the van is at the corner of Main Street, six to nine.")(page)
    _typed("words.code.about", "The week of the van")(page)
    _typed("words.code.url", "https://nightvan.org/week")(page)
    for number, (opening, text) in enumerate(POINTS, 1):
        page.locator(f"[data-slot='words.points.{number}.opening']").fill(opening)
        _typed(f"words.points.{number}.text", text)(page)


def _telephone(page: Page) -> None:
    page.locator(".sharing summary").first.click()
    _typed("offices.main-office.tel.1.number", "(415) 863-0147")(page)


def _translation(page: Page) -> None:
    page.locator(".bar .opens").first.click()
    page.fill(".languages input", "Spanish")
    page.click(".languages button.main")


def _approval(page: Page) -> None:
    page.fill("#approve-by", "Ana Reyes")
    page.click("dialog button.main")
    page.wait_for_selector("dialog", state="detached")


def _order(page: Page) -> None:
    page.locator("dialog select").select_option(index=1)
    page.fill("dialog input[type=number]", "500")
    page.click("dialog button.main")


def _closed(page: Page) -> None:
    page.keyboard.press("Escape")


STEPS = (
    Step("the first page", lambda page: None, ".cards a"),
    Step("the first piece", _at(PIECE)),
    Step("too many words", _typed("words.title", LONG)),
    Step("none", _typed("words.title", "")),
    Step("mended", _typed("words.title", "Come to the van")),
    Step("what is to be known", _click(".problems .opens"), "#told-list:not([hidden])"),
    Step("words of our own", _all_words),
    Step("the office sheet", _click(".tabs button[aria-pressed]", 0)),
    Step("plates", _click(".tabs button[aria-pressed]", 4), ".inks button"),
    Step("lines over the page", _click(".tabs .opens", 0), ".popup:popover-open"),
    Step("as others see it", _click(".tabs .opens", 1), ".popup:popover-open"),
    Step("offices", _at("#/contacts"), ".sharing summary"),
    Step("a telephone", _telephone, ".saved:not(:empty)"),
    Step("back", _at(PIECE)),
    Step("a translation", _translation, ".passages"),
    Step("compare", _at("#/compare/first-piece"), ".compared, .told, .short"),
    Step("approve", _click(".bar button.main"), "dialog"),
    Step("approved", _approval, ".approval[data-state=approved]"),
    Step("the piece again", _at(PIECE)),
    Step("print here", _click(".finishing button", 1), "dialog a, dialog select"),
    Step("closed", _closed),
    Step("send", _click(".finishing button", 2), "dialog input[type=number]"),
    Step("sent", _order, "dialog .verdict.good, dialog .told.error"),
    Step("closed again", _closed),
    Step("its layout", _click(".of-layout a"), ".coding"),
)


def main(folder: Path, look: str = "light", language: str = "en") -> None:
    """Make the strip."""
    project = folder / "project"
    project.mkdir(parents=True)
    init = ["init", str(project), "--name", "Night Van"]
    subprocess.run([sys.executable, "-m", "hrcpub", *init], check=True)
    studio, address = started(project)
    try:
        _film(address, folder, look, language)
    finally:
        ended(studio)


def _film(address: str, folder: Path, look: str, language: str) -> None:
    size = (375, 720) if look == "phone" else (1366, 768)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=tools.find("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if look == "dark" else "light",
            locale=language,
        )
        page.set_default_timeout(SECONDS)
        page.goto(address)
        for number, step in enumerate(STEPS, 1):
            began = time.monotonic()
            step.do(page)
            page.wait_for_selector(step.ready)
            print(f"{number:2} {step.name}: {time.monotonic() - began:.1f} s")
            page.wait_for_timeout(600)  # what is drawn last
            page.screenshot(path=folder / f"{number:02}-{step.name.replace(' ', '-')}.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
