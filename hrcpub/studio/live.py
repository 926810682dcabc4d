"""One window's connection: what it shows, and what comes back while its words are typed.

The window sends `show`: which piece, in which edition, with which edits that are not saved, and
which pages it sees. Back come `laid` (places of words, how full it is, what is wrong), the pictures
of the pages, and `proven`; and `changed`, when another program writes a file that the pages were
made from. A newer `show` takes the place of an older one at every step.

`plates` asks for the plates of a page that was laid; they come as `plate_message` writes them.

A picture is a binary message: six numbers of 32 bits, little-endian (show, page, width, height, the
row that it begins at, and the show whose picture has the other rows; 0: it has all), then four
bytes a pixel. All other messages are JSON. `whole` in a `show` asks for whole pictures.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import struct
from collections.abc import Awaitable, Mapping
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from hrcpub.build.watch import Snapshot, take_snapshot
from hrcpub.build.workers import HUNG, LostTask
from hrcpub.files.sources import Reads
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.material import FOLDER
from hrcpub.studio.designing import TypedLayout, typed_layout
from hrcpub.studio.edited_file import TypedPiece
from hrcpub.studio.folding import FoldedShape
from hrcpub.studio.page_pictures import Draw, PagePicture
from hrcpub.studio.preview import (
    Gone,
    Laid,
    Lay,
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
PAUSE = 0.35  # seconds without a key before a file is proven: longer than between two letters
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
        self._laid: tuple[object, Lay] | None = None  # what is shown
        # Of each page, the picture that the window has: the number of its Draw, and of its show.
        self._held: dict[int, tuple[int, int]] = {}
        self._heard = Snapshot()  # the files as they were when it was told of them, or made pages
        self._separating: set[asyncio.Task[None]] = set()

    async def live(self) -> None:
        """Answer what the window sends, until it is closed."""
        await self.socket.accept()
        try:
            # A send may have found it closed before that is received.
            while self.socket.application_state is WebSocketState.CONNECTED:
                message = await self.socket.receive_json()
                if isinstance(message, dict) and message.get("do") == "show":
                    await self._stop()
                    self._showing = asyncio.create_task(self._show_while_open(message))
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

    async def _show_while_open(self, message: Mapping[str, Any]) -> None:
        with contextlib.suppress(WebSocketDisconnect):  # it was closed while something was sent
            await self._show(message)

    async def _show(self, message: Mapping[str, Any]) -> None:
        """Lay a piece out, draw the pages that are seen, prove the file; then watch its files."""
        number, show = next(_numbers), message.get("show")
        draft: TypedPiece | TypedLayout | None = None
        before = Snapshot()
        try:
            draft, task = self._typed(message, number)
            own = self._as_heard(draft, message)
            if message.get("whole"):
                self._held.clear()
            lay = self._ask(task)
            # Its first page is drawn as soon as it is laid out: nobody waits for this process.
            first = (_pages(message, MOST_PAGES) or [1])[0]
            draw = asyncio.ensure_future(self._ask(self._drawing(number, first, message)))
            try:
                laid = await lay
                if not isinstance(laid, Laid):
                    return
                self._laid = (show, task)
                before = self._as_read(laid.reads, draft) | own
                await self._send("laid", show, _laid_json(laid, draft))
                await self._send_picture(show, await draw)
            finally:
                draw.cancel()
            for page in _pages(message, len(laid.pages)):
                if page != first:
                    drawn = await self._made(task, self._drawing(number, page, message))
                    await self._send_picture(show, drawn)
            if laid.pages and not laid.is_wrong:
                await asyncio.sleep(PAUSE)  # who types on does not wait for it
                proven = await self._made(task, ProveFile(number))
                if isinstance(proven, Proven):
                    problems = [draft.problem_json(one) for one in proven.problems]
                    await self._send("proven", show, {"problems": problems, "note": proven.note})
        except HrcpubError as error:
            lost = Laid(number, problems=error.problems)
            await self._send("laid", show, _laid_json(lost, draft))
            await self._watch_broken(message, error, show, draft)
        except (KeyError, ValueError, LookupError) as error:
            await self._send("refused", show, {"why": str(error)})
        else:
            await self._watch(laid.reads, before, show, draft)

    def _as_heard(self, draft: TypedPiece | TypedLayout, message: Mapping[str, Any]) -> Snapshot:
        """Return how files were when the window last heard of them; () of what it never did.

        Between two looks at them it may ask for something else: it is told all the same.
        """
        sources = self.studio.project.sources
        own = take_snapshot(sources.root, [_own_reads(draft)])
        if isinstance(draft, TypedLayout):
            return own | self._heard  # its editor has others open, too
        if sources.digest(draft.path) == message["base"]:
            return own
        return {draft.path: self._heard.get(draft.path, ())}

    def _as_read(self, reads: Reads, draft: TypedPiece | TypedLayout) -> Snapshot:
        """Return how files were when pages were made from them; () of what has changed since.

        That takes a while: what others write meanwhile is to be told, too.
        """
        sources = self.studio.project.sources
        now = take_snapshot(sources.root, [reads])
        typed = _own_paths(draft)
        others = {path: known for path, known in reads.files.items() if path not in typed}
        late = [path for path, known in others.items() if sources.digest(path) != known]
        return now | dict.fromkeys(late, ())

    def _typed(
        self, message: Mapping[str, Any], number: int
    ) -> tuple[TypedPiece | TypedLayout, Lay]:
        """Return what is typed, and the task that lays it out."""
        edition = str(message["edition"])
        if "design" in message:
            layout = typed_layout(message)
            return layout, layout.lay(number, edition)
        piece, edits = str(message["piece"]), message.get("edits") or []
        draft = self.studio.draft(piece, str(message["base"]), edits)
        return draft, Lay(number, piece, edition, {draft.path: draft.text.encode()})

    def _drawing(self, number: int, page: int, message: Mapping[str, Any]) -> Draw:
        base = self._held.get(page, (0, 0))[0]
        return Draw(number, page, int(message.get("width") or 1000), self.name, base)

    async def _send_picture(self, show: object, drawn: PreviewAnswer) -> None:
        """Send a page's picture, or the rows of it that are other than in the one before."""
        if not isinstance(drawn, PagePicture):
            return
        base = self._held.get(drawn.page, (0, 0))[1] if drawn.base else 0
        self._held[drawn.page] = (drawn.number, int(show or 0))  # type: ignore[call-overload]
        head = struct.pack("<6I", int(show or 0), drawn.page, *drawn.size, drawn.top, base)  # type: ignore[call-overload]
        await self.socket.send_bytes(head + drawn.rows)

    async def _separate(self, message: Mapping[str, Any]) -> None:
        """Send the plates of a page; nothing where another piece is laid out meanwhile."""
        (show, lay), page = self._laid or (None, None), message.get("page")
        if lay is None or show != message.get("show") or not isinstance(page, int) or page < 1:
            return
        with contextlib.suppress(HrcpubError, WebSocketDisconnect, RuntimeError):
            wanted = SeparatePage(lay.number, page, bool(message.get("fine")))
            answer = await self._made(lay, wanted)
            if isinstance(answer, SeparatedPage):
                await self.socket.send_bytes(plate_message(show, answer))

    async def _watch(
        self,
        reads: Reads,
        before: Snapshot,
        show: object,
        draft: TypedPiece | TypedLayout | None,
    ) -> None:
        """Tell the window when a file changes that its pages were made from.

        `before` is how the files were when the pages were made. That what it shows was saved is no
        news to it.
        """
        sources = self.studio.project.sources
        self._heard = before
        while True:
            await asyncio.sleep(WATCH)
            now = take_snapshot(sources.root, [reads])
            paths = sorted(path for path, facts in now.items() if self._heard.get(path) != facts)
            self._heard = now
            if draft and draft.is_saved(sources):
                paths = [path for path in paths if path not in _own_paths(draft)]
            if paths:
                await self._send("changed", show, {"paths": paths})
                return

    async def _watch_broken(
        self,
        message: Mapping[str, Any],
        error: HrcpubError,
        show: object,
        draft: TypedPiece | TypedLayout | None,
    ) -> None:
        """Tell the window when a file changes for which there was nothing to show."""
        sources = self.studio.project.sources
        told = [problem.source.path for problem in error.problems if problem.source]
        own = _own_paths(draft) if draft else [f"{FOLDER}/{message.get('piece')}.yaml"]
        paths = sorted({path for path in (*told, *own) if path})
        reads = Reads(dict.fromkeys(paths, ""))
        before = take_snapshot(sources.root, [reads])
        with contextlib.suppress(HrcpubError, KeyError, ValueError, LookupError):
            if draft is None:  # it may have been mended before that look
                self._typed(message, 0)
                await self._send("changed", show, {"paths": paths})
                return
        await self._watch(reads, before, show, draft)

    def _ask(self, task: Task, asking: str = "") -> Awaitable[PreviewAnswer]:
        """Ask for a task at once; its answer can be waited for."""
        return _found(asyncio.wrap_future(self.renderer.ask(asking or self.name, task)))

    async def _made(self, lay: Lay, task: Task) -> PreviewAnswer:
        """Return an answer about what was laid out: again, where other windows took its place."""
        answer = await self._ask(task)
        if not isinstance(answer, Gone):
            return answer
        again = asyncio.ensure_future(self._ask(lay, str(next(_numbers))))
        try:
            made = await self._ask(task)  # right behind it
            await again
        finally:
            again.cancel()
        return made

    async def _send(self, kind: str, show: object, fields: Mapping[str, Any]) -> None:
        await self.socket.send_json({"kind": kind, "show": show, **fields})


def _own_paths(draft: TypedPiece | TypedLayout) -> frozenset[str]:
    """Return the files that a window types."""
    return draft.paths if isinstance(draft, TypedLayout) else frozenset((draft.path,))


def _own_reads(draft: TypedPiece | TypedLayout) -> Reads:
    return Reads(dict.fromkeys(_own_paths(draft), ""))


async def _found(future: Awaitable[PreviewAnswer | LostTask]) -> PreviewAnswer:
    answer = await future
    if isinstance(answer, LostTask):
        raise HrcpubError(render_lost(answer))
    return answer


def _pages(message: Mapping[str, Any], count: int) -> list[int]:
    """Return the pages that a window sees, of those that there are."""
    asked = message.get("pages") or range(1, count + 1)
    return [page for page in asked if isinstance(page, int) and 1 <= page <= count][:MOST_PAGES]


def _laid_json(laid: Laid, draft: TypedPiece | TypedLayout | None) -> dict[str, Any]:
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
        "values": laid.values,
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
