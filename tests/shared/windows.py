"""Windows of the studio in a real browser, and studios that are served for them."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

from hrcpub.studio.app import app
from hrcpub.studio.printing import PrintRoom
from hrcpub.studio.serving import HOST, listen
from tests.shared.project import ROOT

SECONDS = 30_000  # milliseconds that a step may take on a busy machine
KEY = "a-key-for-tests"
SETTLED = ".verdict.good, .verdict.bad"
# What the browser says of answers that the page expects, and of a studio that was ended.
_EXPECTED = re.compile(r"responded with a status of|net::ERR|WebSocket connection")


@contextlib.contextmanager
def opened_window(
    browser: Browser, address: str, width: int = 1400, height: int = 900
) -> Iterator[Page]:
    """Give a window on a studio, which must not meet a mistake of its scripts."""
    mistakes: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error" and not _EXPECTED.search(said.text):
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


def holds(window: Page, file: Path, text: str) -> None:
    """Wait until a file holds a text, and nothing else; fail with how it differs.

    What the page says may be of the save before.
    """
    until(window, lambda: file.read_text() == text)
    assert file.read_text() == text


def until(window: Page, condition: Callable[[], bool]) -> None:
    """Wait until something is so, as long as a step may take, while the window goes on."""
    end = time.monotonic() + SECONDS / 1000
    while not condition() and time.monotonic() < end:
        window.wait_for_timeout(20)


@contextlib.contextmanager
def held(window: Page, address: str) -> Iterator[list[Route]]:
    """Give what is asked at an address, none of it answered: each is to be continued."""
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    window.route(address, hold)
    yield asked
    window.unroute(address, hold)


# What the page saves after a pause is saved when it is told so.
_AT_ONCE = """() => {
  const [set, clear] = [setTimeout, clearTimeout];
  const held = new Map();
  window.setTimeout = (run, time, ...of) => {
    if (time !== 900) return set(run, time, ...of);
    held.set(`held ${held.size}`, run);
    return `held ${held.size - 1}`;
  };
  window.clearTimeout = (id) => { if (held.has(id)) held.set(id, null); else clear(id); };
  window.typed = () => {
    Object.assign(window, { setTimeout: set, clearTimeout: clear });
    const waiting = [...held.values()].filter(Boolean);
    for (const run of waiting) run();
    return waiting.length;
  };
}"""


@contextlib.contextmanager
def at_once(window: Page) -> Iterator[None]:
    """Have all that is typed within saved together at the end, however long typing takes here."""
    window.evaluate(_AT_ONCE)
    yield
    assert window.evaluate("typed()") == 1  # nothing was saved before


# When what is asked for at an address is answered, a text is in a field.
_TYPED_DURING = """([tail, field, text]) => {
  const ask = fetch;
  window.fetch = async (...asked) => {
    const answer = await ask(...asked);
    if (!String(asked[0]).endsWith(tail)) return answer;
    window.fetch = ask;
    const typed = document.querySelector(field);
    typed.value = text;
    typed.dispatchEvent(new Event("input", { bubbles: true }));
    return answer;
  };
}"""


def type_during(window: Page, tail: str, field: str, text: str) -> None:
    """Have a text typed while an address is asked that ends so: before its answer is taken."""
    window.evaluate(_TYPED_DURING, [tail, field, text])


@contextlib.contextmanager
def served(
    root: Path, room: PrintRoom | None = None, key: str = KEY, port: int = 0, secret: str = ""
) -> Iterator[str]:
    """Give the address of a studio that is served by a thread of this process."""
    listening = listen(port)
    port = listening.getsockname()[1]
    config = uvicorn.Config(
        app(root, key, port, room=room, secret=secret),
        log_level="error",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    yield f"http://{HOST}:{port}/?key={key}"
    server.should_exit = True
    thread.join(timeout=20)


def started(root: Path, *options: str) -> tuple[subprocess.Popen[str], str]:
    """Start a studio as a command, and return it with the address that it prints."""
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
