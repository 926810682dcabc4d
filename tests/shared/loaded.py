"""A process that has hrcpub loaded, and forks for each `hrcpub` that somebody asks for.

python -m tests.shared.loaded SOCKET

What is forked has the asker's folder, environment and standard streams, and does what the command
does, and what is to be done at its end. The start is spared, and what is loaded is not taken apart:
nothing was made before, and no font was looked at. `standby.py` asks.
"""

from __future__ import annotations

import atexit
import contextlib
import marshal
import os
import pkgutil
import runpy
import select
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import NamedTuple

STREAMS = 3  # input, output, errors
# What few commands need, and what would be run.
NOT_LOADED = ("hrcpub.studio", "hrcpub.events.fulfil.cluster", "hrcpub.__main__")
OTHERS = ("jinja2", "markdown_it", "multiprocessing.popen_fork", "phonenumbers", "PIL.Image",
          "PIL.PngImagePlugin", "PIL.WebPImagePlugin", "pypdfium2", "segno")  # fmt: skip


class Asked(NamedTuple):
    """What is to be run: a script and its arguments, where, with what, and for whom."""

    command: list[str]
    folder: str
    environment: dict[str, str]
    streams: list[int]


def load() -> None:
    """Load what commands load; which fonts there are is left to each of them."""
    import hrcpub
    from hrcpub import loading
    from hrcpub.build import batch
    from hrcpub.pipeline.typeset import engine

    batch.preload(Path.cwd())
    engine._folder = None
    own = (module.name for module in pkgutil.walk_packages(hrcpub.__path__, "hrcpub."))
    for name in (*own, *OTHERS):
        if not name.startswith(NOT_LOADED):
            loading.load(name)
    threads = list(Path("/proc/self/task").iterdir())
    assert len(threads) == 1  # others would not be in what is forked


def serve(path: str) -> Asked | None:
    """Fork for each who asks, until standard input ends; in what was forked, return what it is."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        os.write(1, b"ready\n")
        while 0 not in _readable(0, listening.fileno()):
            asker, _ = listening.accept()
            with asker:
                if os.fork() == 0:
                    listening.close()
                    return _watched(asker)
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    return None


def _watched(asker: socket.socket) -> Asked:
    """Fork once more; stay to tell how that ends, or to end it when who asked is gone."""
    asked = _heard(asker)
    process = os.fork()
    if process == 0:
        return asked
    for stream in asked.streams:
        os.close(stream)
    end = os.pidfd_open(process)
    if end not in _readable(end, asker.fileno()):
        os.kill(process, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    with contextlib.suppress(OSError):
        asker.sendall(b"%d" % (code if code >= 0 else 128 - code))
    os._exit(0)


def _readable(*files: int) -> list[int]:
    """Wait until there is something to read of some files, or they have ended; return those."""
    return select.select(files, [], [])[0]


def _heard(asker: socket.socket) -> Asked:
    """Receive what is asked for: how long it is, then what; with it come its streams."""
    data, streams, *_ = socket.recv_fds(asker, 65536, STREAMS)
    while len(data) < 4 or len(data) < 4 + int.from_bytes(data[:4], "big"):
        more = asker.recv(65536)
        if not more:  # who asked is gone
            os._exit(1)
        data += more
    command, folder, environment = marshal.loads(data[4:])
    return Asked(command, folder, environment, streams)


def become(asked: Asked) -> None:
    """Run a script with this process's streams, folder and environment as its asker has them."""
    for number, stream in enumerate(asked.streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(asked.folder)
    os.environ.clear()
    os.environ.update(asked.environment)
    time.tzset()
    open_streams()
    sys.argv = asked.command
    sys.path[0] = str(Path(asked.command[0]).parent)
    try:
        runpy.run_path(asked.command[0], run_name="__main__")
    except SystemExit as end:
        _leave(end)
        raise


def open_streams() -> None:
    """Open the standard streams as Python does: output that nobody sees is written in blocks."""
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", 1, "utf-8", "backslashreplace", closefd=False)


def do_at_end() -> None:
    """Do what is to be done when Python ends, before it takes modules apart."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()


def _leave(end: SystemExit) -> None:
    """Do what Python does when it ends, but for taking modules apart, which copies all memory."""
    do_at_end()
    with contextlib.suppress(OSError):  # Python says by itself what cannot be written
        sys.stdout.flush()
        sys.stderr.flush()
        if isinstance(end.code, int):
            os._exit(end.code)


if __name__ == "__main__":
    load()
    if (asked := serve(sys.argv[1])) is not None:
        become(asked)
