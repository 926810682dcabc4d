"""Windows of the studio in a real browser, and studios that are served for them."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page

from hrcpub.studio.app import app
from hrcpub.studio.printing import PrintRoom
from hrcpub.studio.serving import HOST, listen

SECONDS = 60_000  # milliseconds that a step may take on a busy machine
KEY = "a-key-for-tests"


@contextlib.contextmanager
def opened_window(
    browser: Browser, address: str, width: int = 1400, height: int = 900
) -> Iterator[Page]:
    """Give a window on a studio, which must not meet a mistake of its scripts."""
    mistakes: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        # That something was refused, or is not there, the page is told by an answer's status.
        if said.type == "error" and "the server responded with a status of" not in said.text:
            mistakes.append(said.text)

    page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page.set_default_timeout(SECONDS)
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.on("console", hear)
    page.goto(address)
    page.wait_for_selector(".cards a")
    yield page
    page.close()
    assert mistakes == []


def go_to(window: Page, hash: str) -> None:
    """Go to another view, and wait until nothing of the one before is there."""
    if window.url.endswith(hash):
        window.reload()
        return
    before = window.locator("main > :first-child").element_handle()
    window.goto(f"{window.url.split('#')[0]}{hash}")
    before.wait_for_element_state("hidden")


@contextlib.contextmanager
def served(root: Path, room: PrintRoom | None = None) -> Iterator[str]:
    """Give the address of a studio that is served by a thread of this process."""
    listening = listen(0)
    port = listening.getsockname()[1]
    config = uvicorn.Config(
        app(root, KEY, port, room=room), log_level="error", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    yield f"http://{HOST}:{port}/?key={KEY}"
    server.should_exit = True
    thread.join(timeout=20)
