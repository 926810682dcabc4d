"""The studio in a real browser: from a key to the new picture of its page, and what it takes.

`keystrokes` types letters into a card and a brief, in Chromium. The page itself takes the
time: from the key's `input` event to the frame after the page's new picture was drawn. Beside it
stand Typst and the same rasteriser, on a page with the same words: no server, no browser. `opening`
is the list of 555 pieces. `lasting` is the memory of the server and its worker under many edits.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import fair, peers
from benchmarks.clock import Figure, quartiles
from benchmarks.memory import resident
from benchmarks.project import BRIEF, CARD, ROOT, add_different, copy_project
from tests.judges import tools

if TYPE_CHECKING:
    from playwright.sync_api import Page

MANY = 555  # pieces
GOALS = {CARD: 120.0, BRIEF: 220.0}  # milliseconds, the median
SETTLED = ".verdict.good, .verdict.bad"
VIEW = {"width": 1400, "height": 900}
WIDTH = 586  # pixels of a page in such a window
WARMING = 5  # keys that are not counted
LETTERS = "aeosnrtcum"  # more than the studio keeps pages
EVERY = 500  # edits between two looks at the memory
# In the page: how long it took for each key, in milliseconds, once the frame with its picture is
# shown. An attribute says how many there are.
LISTEN = """() => {
    window.keys = [];
    let typed = 0;
    addEventListener("input", (event) => { typed = event.timeStamp; }, true);
    new MutationObserver((changes) => {
        if (!typed || !changes.some((one) => one.attributeName === "data-show")) return;
        const at = typed;
        typed = 0;
        requestAnimationFrame(() => {
            keys.push(performance.now() - at);
            document.body.dataset.keys = keys.length;
        });
    }).observe(document.querySelector(".sheets"), { subtree: true, attributes: true });
}"""
# When all names were in the list, and the frame with them was shown, since the page was asked for.
OPENED = """() => new Promise((done) => {
    const names = ".home .cards li a[href^='#/piece/']";
    const look = () => document.querySelectorAll(names).length < COUNT
        ? requestAnimationFrame(look)
        : requestAnimationFrame(() => done(performance.now()));
    look();
})"""


@contextmanager
def studio(project: Path) -> Iterator[tuple[str, int]]:
    """Run a studio; yield its address and its process."""
    command = [sys.executable, "-m", "hrcpub", "--project", str(project), "studio", "--no-browser"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = (re.search(r"http://\S+key=\S+", line) for line in process.stdout)
        try:
            yield next(found[0] for found in said if found), process.pid
        finally:
            process.terminate()


@contextmanager
def browser(address: str) -> Iterator[Page]:
    """Open Chromium at a studio's first page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = playwright.chromium.launch(
            executable_path=tools.find("chromium"),
            args=["--no-sandbox"],
            # What typesets in this process has left fontconfig our fonts alone, and Chromium ends.
            env={name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"},
        )
        page = program.new_page(viewport=VIEW)  # type: ignore[arg-type]
        page.set_default_timeout(120_000)
        page.goto(address)
        yield page
        program.close()


def keystrokes(folder: Path, keys: int) -> Iterator[Figure]:
    """Yield the median and p95 from a key to the picture: of a card, of a brief, and of Typst."""
    project = copy_project(folder / "project")
    pieces = {name: add_different(project, name, 1)[0] for name in GOALS}
    typst = _typst(folder / "typst", keys)
    with studio(project) as (address, _), browser(address) as page:
        for name, piece in pieces.items():
            found = _typed(page, piece, keys)
            yield from _figures(f"key to picture, {name}", found, GOALS[name])
    note = "its page is simpler: one face, no rag, no server, no browser"
    median, (low, high) = statistics.median(typst), quartiles(typst)
    yield Figure(
        "typst.compile, same picture", median, "ms", GOALS[BRIEF], False, low, high, keys, note=note
    )


def _typed(page: Page, piece: str, keys: int) -> list[float]:
    """Return the milliseconds of each key that is typed into a field of a piece's first page."""
    _open(page, piece)
    page.evaluate(LISTEN)
    slot = "words.lead" if piece.startswith(BRIEF) else "words.title"
    page.locator(f"[data-slot='{slot}']").click()
    page.keyboard.press("End")
    page.keyboard.press("Shift+ArrowLeft")
    for number in range(1, keys + WARMING + 1):
        # Each letter takes the place of the last: of words that it has just shown, the studio has
        # the pages still.
        page.keyboard.press(LETTERS[number % len(LETTERS)])
        page.keyboard.press("Shift+ArrowLeft")
        page.wait_for_selector(f"body[data-keys='{number}']", state="attached")
        page.wait_for_timeout(150)  # between two letters
    found: list[float] = page.evaluate("() => keys")
    return found[WARMING:]


def _open(page: Page, piece: str) -> None:
    page.goto(f"{page.url.split('#')[0]}#/piece/{piece}")
    page.reload()  # else the page before it is there for a moment
    page.wait_for_selector(SETTLED)


def _figures(name: str, found: list[float], goal: float) -> Iterator[Figure]:
    low, high = quartiles(found)
    last = statistics.quantiles(found, n=20, method="inclusive")[-1]
    yield Figure(name, statistics.median(found), "ms", goal, False, low, high, len(found))
    yield Figure(f"{name}, p95", last, "ms", 2 * goal, runs=len(found))


def _typst(folder: Path, keys: int) -> list[float]:
    """Return the milliseconds that Typst and PDFium take for a page with another letter in it."""
    folder.mkdir(parents=True)
    python = peers.write(folder, fair.sites(1))
    version = importlib.metadata.version("pypdfium2")
    pip = [python, "-m", "pip", "install", "--quiet", f"pypdfium2=={version}"]
    subprocess.run(pip, check=True)
    script = Path(__file__).with_name("typst_keys.py")
    command = [python, script, folder, str(WIDTH), str(keys + WARMING)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return [1000 * seconds for seconds in json.loads(done.stdout)][WARMING:]


def opening(folder: Path, rounds: int) -> Iterator[Figure]:
    """Yield how long it takes until a project's list has all its names on the screen."""
    project = copy_project(folder / "project")
    own = len(list((project / "materials").glob("*.yaml")))  # four of them are no pieces
    add_different(project, CARD, MANY - own + 4)
    found = []
    with studio(project) as (address, _), browser(address) as page:
        for _ in range(rounds + 1):
            page.reload(wait_until="commit")
            found.append(page.evaluate(OPENED.replace("COUNT", str(MANY))) / 1000)
    name, others = f"a list of {MANY} pieces", found[1:]
    low, high = quartiles(others)
    note = f"the first time {found[0]:.2f} s"
    median = statistics.median(others)
    yield Figure(name, median, "s", 1, False, low, high, rounds, note=note)


def lasting(folder: Path, edits: int) -> Figure | None:
    """Return the megabytes that server and worker hold more after so many edits.

    They come as a quick hand types: faster than pages are made, so that a newer one takes the
    place of those that wait. Every fiftieth is saved. None where the system does not tell.
    """
    if not Path("/proc/self/status").exists():
        return None
    project = copy_project(folder / "project")
    (piece,) = add_different(project, CARD, 1)
    held: list[int] = []
    with studio(project) as (address, process), browser(address) as page:
        for number, most in enumerate(_edited(page, piece, process, edits)):
            held.append(most)
            print(f"studio: {(number + 1) * EVERY} edits, {most / 1024:.0f} MiB", file=sys.stderr)
    # Medians, once all is loaded: a worker that has just taken over holds less for a while.
    early, late = statistics.median(held[1:5]), statistics.median(held[-4:])
    note = f"{early / 1024:.0f} MiB to {late / 1024:.0f}, at most {max(held) / 1024:.0f}"
    growth = (late - early) / 1024
    return Figure(f"server and worker, {edits} edits", growth, "MiB", 30, note=note)


def _edited(page: Page, piece: str, process: int, edits: int) -> Iterator[int]:
    """Yield the most kilobytes of server and worker in each `EVERY` edits."""
    _open(page, piece)
    field = page.locator("[data-slot='words.title']")
    field.click()
    page.keyboard.press("End")
    for _ in range(edits // EVERY):
        most = 0
        for number in range(EVERY // 10):
            page.keyboard.type("eeeee", delay=25)
            for _ in range(5):
                page.keyboard.press("Backspace", delay=25)
            if number % 5 == 4:
                page.wait_for_selector(".saved:text-is('saved')")
            most = max(most, sum(map(resident, [process, *_children(process)])))
        yield most


def _children(process: int) -> list[int]:
    """Return the processes that a process has started, and theirs."""
    found = [
        int(one)
        for task in Path(f"/proc/{process}/task").iterdir()
        for one in (task / "children").read_text().split()
    ]
    return found + [inner for one in found for inner in _children(one)]
