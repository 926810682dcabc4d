"""One studio and one browser for the tests of a process; each test file has a window of its own."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.judges import tools
from tests.shared.project import copy_project
from tests.shared.windows import SECONDS, ended, opened_window, started


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
    """Return Debian's Chromium, driven by Playwright."""
    expect.set_options(timeout=SECONDS)
    chromium = tools.find("chromium")
    # Where hrcpub has laid out a page in this process, it has hidden all fonts but a project's; and
    # that project may be gone by now. A browser without any font dies.
    seeing: dict[str, str | float | bool] = {**os.environ}
    seeing.pop("FONTCONFIG_FILE", None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"], env=seeing
        )
        yield browser
        browser.close()


OpenWindow = Callable[[str], Page]


@pytest.fixture(scope="module")
def open_window(browser: Browser) -> Iterator[OpenWindow]:
    """Return what opens windows on a studio: none of them may meet a mistake of its scripts."""
    with contextlib.ExitStack() as windows:
        yield lambda address: windows.enter_context(opened_window(browser, address))


@pytest.fixture(scope="module")
def window(open_window: OpenWindow, address: str) -> Page:
    """Return a window on the studio."""
    return open_window(address)
