"""The studio's server: at 127.0.0.1 alone, until it is ended."""

from __future__ import annotations

import contextlib
import secrets
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.problems import HrcpubError, Problem
from hrcpub.studio.known_place import keep_place, known_place

if TYPE_CHECKING:
    from hrcpub.studio.studio import BringFonts

HOST = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """Return a socket that listens at a port, 0: any that is free. Raises HrcpubError."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()  # who asks before the server runs waits, and is not refused
    except OSError as error:
        listening.close()
        raise HrcpubError(port_taken(port, error.strerror or str(error))) from None
    return listening


class Listening(NamedTuple):
    """A socket that listens, and a port at which windows look for it in vain: 0, there is none."""

    socket: socket.socket
    missed: int = 0


def listen_again(root: Path) -> Listening:
    """Listen at a port of the project's studios that is free, else at any; keep which.

    A window that was left open finds the studio there.
    """
    place = known_place(root)
    for port in place.ports:
        with contextlib.suppress(HrcpubError):  # another studio is there, or another program
            return Listening(listen(port))
    listening = listen(0)
    keep_place(root, place.with_port(listening.getsockname()[1]))
    return Listening(listening, place.ports[0] if place.ports else 0)


def serve(
    root: Path,
    listening: socket.socket,
    opened: Callable[[str], None],
    fonts: BringFonts | None = None,
) -> None:
    """Serve the project in `root` until ^C; `opened` gets the address once it is answered at.

    `fonts` brings the fonts of a language that came with hrcpub.
    """
    import uvicorn

    from hrcpub.studio.app import app

    key, port = secrets.token_urlsafe(24), listening.getsockname()[1]
    place = known_place(root)
    keep_place(root, place)
    config = uvicorn.Config(
        app(root, key, port, fonts=fonts, secret=place.secret),
        log_level="error",
        access_log=False,
        server_header=False,
        ws_max_size=2**22,
        ws_per_message_deflate=False,  # pictures go from one program of a computer to another
        timeout_graceful_shutdown=2,
    )

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            opened(f"http://{HOST}:{port}/?key={key}")

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            """Let SIGHUP end the server as SIGTERM does: raised amid its tasks, it is told of."""
            with super().capture_signals(), _ended_by_hangup(self.handle_exit):
                yield

    with contextlib.suppress(KeyboardInterrupt):  # ^C is how it is ended
        Server(config).run([listening])


@contextlib.contextmanager
def _ended_by_hangup(end: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Have a function called when the terminal is closed; not where that is ignored (nohup)."""
    number = getattr(signal, "SIGHUP", None)
    is_main = threading.current_thread() is threading.main_thread()
    before = signal.getsignal(number) if number is not None and is_main else None
    if number is None or before in (None, signal.SIG_IGN):
        yield
        return
    signal.signal(number, end)
    try:
        yield
    finally:
        signal.signal(number, before)


def port_taken(port: int, reason: str) -> Problem:
    """Another program listens at the port that the studio was told to take.

    Fix: leave out `--port`, and it takes one that is free.
    """
    return Problem(
        "port-taken",
        f"nothing can listen at port {port}: {reason}",
        None,
        "leave out --port to take one that is free",
    )


CODES = {"port-taken": port_taken}
