"""One window's connection: what it shows, and what comes back while its words are typed.

The window sends `show`: which piece, in which edition, with which edits that are not saved, and
which pages it sees. Back come `laid` (places of words, how full it is, what is wrong), the pictures
of the pages, and `proven`; and `changed`, when another program writes a file that the pages were
made from. A newer `show` takes the place of an older one at every step.

`plates` asks for the plates of a page that was laid; they come as `plate_message` writes them.

A picture is a binary message: four numbers of 32 bits, little-endian (show, page, width, height),
then a BMP. All other messages are JSON.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import struct
from collections.abc import Mapping
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from hrcpub.build.watch import Snapshot, take_snapshot
from hrcpub.build.workers import HUNG, LostTask
from hrcpub.files.sources import Reads
from hrcpub.problems import HrcpubError, Problem
from hrcpub.studio.edited_file import TypedPiece
from hrcpub.studio.folding import FoldedShape
from hrcpub.studio.preview import (
    Draw,
    Laid,
    Lay,
    PagePicture,
    PreviewAnswer,
    ProveFile,
    Proven,
    Task,
)
from hrcpub.studio.renderer import Renderer
from hrcpub.studio.separating import SeparatedPage, SeparatePage
from hrcpub.studio.studio import Studio

_numbers = itertools.count(1)
MOST_PAGES = 40  # pictures of one `show`
PLATES = 0xFFFFFFFF  # in the place of a show's number
WATCH = 0.5  # seconds between looks at files: some fifty files' dates take 0.2 ms


class LiveWindow:
    """One open window."""

    def __init__(self, socket: WebSocket, studio: Studio, renderer: Renderer) -> None:
        """Take the connection, which is not accepted yet."""
        self.socket = socket
        self.studio = studio
        self.renderer = renderer
        self.name = str(next(_numbers))
        self._showing: asyncio.Task[None] | None = None
        self._laid: tuple[object, int] = (None, 0)  # what is shown, and the number of its Lay
        self._separating: set[asyncio.Task[None]] = set()

    async def live(self) -> None:
        """Answer what the window sends, until it is closed."""
        await self.socket.accept()
        try:
            while True:
                message = await self.socket.receive_json()
                if isinstance(message, dict) and message.get("do") == "show":
                    await self._stop()
                    self._showing = asyncio.create_task(self._show(message))
                elif isinstance(message, dict) and message.get("do") == "plates":
                    one = asyncio.create_task(self._separate(message))
                    self._separating.add(one)
                    one.add_done_callback(self._separating.discard)
        except (WebSocketDisconnect, ValueError):
            pass  # it was closed, or something else than the studio's page talks
        finally:
            await self._stop()
            for one in self._separating:
                one.cancel()

    async def _stop(self) -> None:
        if self._showing and not self._showing.done():
            self._showing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._showing

    async def _show(self, message: Mapping[str, Any]) -> None:
        """Lay a piece out, draw the pages that are seen, prove the file; then watch its files."""
        number, show = next(_numbers), message.get("show")
        draft, before = None, Snapshot()
        try:
            piece, edition = str(message["piece"]), str(message["edition"])
            edits = message.get("edits") or []
            draft = self.studio.draft(piece, str(message["base"]), edits)
            drafts = {draft.path: draft.text.encode()}
            own = take_snapshot(self.studio.project.sources.root, [Reads({draft.path: ""})])
            laid = await self._ask(Lay(number, piece, edition, drafts))
            if not isinstance(laid, Laid):
                return
            self._laid = (show, number)
            before = take_snapshot(self.studio.project.sources.root, [laid.reads]) | own
            await self._send("laid", show, _laid_json(laid, draft))
            for page in _pages(message, len(laid.pages)):
                drawn = await self._ask(Draw(number, page, int(message.get("width") or 1000)))
                if isinstance(drawn, PagePicture):
                    head = struct.pack("<4I", int(show or 0), page, *drawn.size)
                    await self.socket.send_bytes(head + drawn.picture)
            if laid.pages and not laid.is_wrong:
                proven = await self._ask(ProveFile(number))
                if isinstance(proven, Proven):
                    problems = [draft.problem_json(one) for one in proven.problems]
                    await self._send("proven", show, {"problems": problems, "note": proven.note})
        except HrcpubError as error:
            lost = Laid(number, problems=error.problems)
            await self._send("laid", show, _laid_json(lost, draft))
        except (KeyError, ValueError, LookupError) as error:
            await self._send("refused", show, {"why": str(error)})
        else:
            await self._watch(laid.reads, before, show, draft)

    async def _separate(self, message: Mapping[str, Any]) -> None:
        """Send the plates of a page; nothing where another piece is laid out meanwhile."""
        (show, number), page = self._laid, message.get("page")
        if show is None or show != message.get("show") or not isinstance(page, int) or page < 1:
            return
        with contextlib.suppress(HrcpubError, WebSocketDisconnect, RuntimeError):
            answer = await self._ask(SeparatePage(number, page, bool(message.get("fine"))))
            if isinstance(answer, SeparatedPage):
                await self.socket.send_bytes(plate_message(show, answer))

    async def _watch(self, reads: Reads, before: Snapshot, show: object, draft: TypedPiece) -> None:
        """Tell the window when a file changes that its pages were made from.

        `before` is how the files were when the pages were made. That what it shows was saved is no
        news to it.
        """
        sources = self.studio.project.sources
        while True:
            await asyncio.sleep(WATCH)
            now = take_snapshot(sources.root, [reads])
            paths = sorted(path for path, facts in now.items() if before.get(path) != facts)
            before = now
            if draft.is_saved(sources):
                paths = [path for path in paths if path != draft.path]
            if paths:
                await self._send("changed", show, {"paths": paths})
                return

    async def _ask(self, task: Task) -> PreviewAnswer:
        answer = await asyncio.wrap_future(self.renderer.ask(self.name, task))
        if isinstance(answer, LostTask):
            raise HrcpubError(render_lost(answer))
        return answer

    async def _send(self, kind: str, show: object, fields: Mapping[str, Any]) -> None:
        await self.socket.send_json({"kind": kind, "show": show, **fields})


def _pages(message: Mapping[str, Any], count: int) -> list[int]:
    """Return the pages that a window sees, of those that there are."""
    asked = message.get("pages") or range(1, count + 1)
    return [page for page in asked if isinstance(page, int) and 1 <= page <= count][:MOST_PAGES]


def _laid_json(laid: Laid, draft: TypedPiece | None) -> dict[str, Any]:
    return {
        "pages": [
            {"size": list(page.size), "trim": list(page.trim), "origin": list(page.origin)}
            for page in laid.pages
        ],
        "words": [
            {"page": word.page, "slot": word.slot, "box": _rounded(word.box)} for word in laid.words
        ],
        "panels": [
            {"page": panel.page, "panel": panel.panel, "box": _rounded(panel.box)}
            for panel in laid.panels
        ],
        "folds": laid.folds,
        "bleed": laid.bleed,
        "safe": laid.safe,
        "is_imposed": laid.is_imposed,
        "folding": laid.folding and _folding_json(laid.folding),
        "spine": laid.spine,
        "lattice": laid.lattice,
        "is_wrong": laid.is_wrong,
        "overset": laid.overset,
        "fullness": laid.fullness and laid.fullness.as_json(),
        "problems": [
            draft.problem_json(problem) if draft else problem.as_json() | {"slot": None}
            for problem in laid.problems
        ],
    }


def _folding_json(shape: FoldedShape) -> dict[str, Any]:
    leaves = [leaf._asdict() for leaf in shape.leaves]
    return {"name": shape.name, "steps": shape.steps, "leaves": leaves}


def plate_message(show: object, page: SeparatedPage) -> bytes:
    """Return a page's plates as a message: `PLATES`, the length of a JSON head, the head, plates.

    The head ends where a number of 32 bits may begin. The plates are a zlib stream.
    """
    head = json.dumps(
        {
            "show": show,
            "page": page.page,
            "size": page.size,
            "inks": [ink._asdict() for ink in page.inks],
            "limit": page.limit,
            "drawn_by": page.drawn_by,
            "unknown": page.unknown,
            "problems": [problem.as_json() for problem in page.problems],
        }
    ).encode()
    head += b" " * (-len(head) % 4)
    return struct.pack("<2I", PLATES, len(head)) + head + page.packed


def _rounded(box: tuple[float, ...]) -> list[float]:
    return [round(edge, 2) for edge in box]


def render_lost(lost: LostTask) -> Problem:
    """A page could not be shown: the process that makes the pages died, or took too long.

    Fix: undo the last change. What is saved is safe, and the next change is shown by a new process.
    A layout whose loop never ends does this, or a very large picture.
    """
    how = "took too long" if lost.how == HUNG else "was lost"
    return Problem(
        "render-lost",
        f"the page could not be shown: making it {how}" + (f" ({lost.how})" if lost.error else ""),
        None,
        "undo the last change; what is saved is safe",
    )


CODES = {"render-lost": render_lost}
