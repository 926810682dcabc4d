"""One studio and one browser for the tests of a process; each test file has a window of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.judges import tools
from tests.shared.project import ROOT, copy_project

SECONDS = 60_000  # milliseconds that a step may take on a busy machine
SETTLED = ".verdict.good, .verdict.bad"
expect.set_options(timeout=SECONDS)


def started(root: Path, *options: str) -> tuple[subprocess.Popen[str], str]:
    """Start a studio, and return it with the address that it prints."""
    command = [sys.executable, "-m", "hrcpub", "--project", str(root), "studio", "--no-browser"]
    studio = subprocess.Popen(
        [*command, *options], cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert studio.stdout
    found = (re.search(r"http://\S+key=\S+", line) for line in iter(studio.stdout.readline, ""))
    return studio, next(one[0] for one in found if one)


def ended(studio: subprocess.Popen[str], sign: int = signal.SIGTERM) -> None:
    """End a studio, and the processes that it started."""
    os.killpg(studio.pid, sign)
    studio.wait()
    assert studio.stdout
    studio.stdout.close()


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project that the studio is open in."""
    return copy_project(tmp_path_factory.mktemp("browser") / "project")


@pytest.fixture(scope="session")
def address(project: Path) -> Iterator[str]:
    """Return the address of a studio that runs until the tests are over."""
    studio, address = started(project)
    yield address
    ended(studio)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Debian's Chromium."""
    with sync_playwright() as playwright:
        chromium = tools.find("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


OpenWindow = Callable[[str], Page]


@pytest.fixture(scope="module")
def open_window(browser: Browser) -> Iterator[OpenWindow]:
    """Return what opens windows on a studio: none of them may meet a mistake of its scripts."""
    mistakes: list[str] = []
    # What the browser says of answers that the page expects.
    expected = re.compile(r"status of (409|422)|net::ERR|WebSocket connection")

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error" and not expected.search(said.text):
            mistakes.append(said.text)

    def opened(address: str) -> Page:
        context = browser.new_context(
            viewport={"width": 1400, "height": 900}, reduced_motion="reduce"
        )
        page = context.new_page()
        page.set_default_timeout(SECONDS)
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        page.on("console", hear)
        page.goto(address)
        page.wait_for_selector(".cards a")
        return page

    yield opened
    for context in browser.contexts:
        context.close()
    assert mistakes == []


@pytest.fixture(scope="module")
def window(open_window: OpenWindow, address: str) -> Page:
    """Return a window on the studio."""
    return open_window(address)


def go(window: Page, where: str) -> None:
    """Show a page of the studio: `#/piece/why-folder`."""
    window.goto(window.url.split("#")[0] + where)


def settled(window: Page) -> None:
    """Wait until a page is made, and judged."""
    window.wait_for_selector(SETTLED)


def on_screen(window: Page) -> str:
    """Return the pixels of the first page."""
    canvas = window.locator(".sheet canvas").first
    return str(canvas.evaluate("(canvas) => canvas.toDataURL()"))


def saved(window: Page) -> None:
    """Wait until what was typed is in the file."""
    window.wait_for_selector(".saved:text-is('saved')")
