"""An office in a network of its own: CUPS, and printers that keep what arrives. Run as a program.

It is started by `unshare` with nothing but its own loopback, so no job can leave this computer.
It reads commands from its input, a line of JSON each, runs them inside, and answers the same way.
When its input ends, so does all that it started.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, NoReturn

from hrcpub.cli import main as hrcpub
from tests.printing.desks import DESKS, Desk

PATIENCE = 20.0  # seconds for a server to come up
LONGEST = 90.0  # seconds for a command
SERVER = 6310
WANTED = ("hrcpub.cli.printing", "pikepdf", "pypdfium2", "PIL.Image")  # by most commands
AVAHI = "[server]\nuse-ipv6=no\nallow-interfaces=lo\nallow-point-to-point=yes\n"
CUPSD = f"""Listen localhost:{SERVER}
Browsing No
DefaultAuthType None
WebInterface No
MaxLogSize 0
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Allow all
</Limit>
</Policy>
"""


def main(folder: Path) -> None:
    """Bring the office up, say so, and do what is asked until nobody asks any more."""
    started: list[subprocess.Popen[bytes]] = []
    try:
        _network()
        started.append(_start(folder, "dbus", "dbus-daemon", "--system", "--nofork", "--nopidfile"))
        _until(Path("/run/dbus/system_bus_socket").exists, "dbus")
        (folder / "avahi.conf").write_text(AVAHI)
        rights = ("--no-drop-root", "--no-chroot", "--no-rlimits")
        started.append(
            _start(folder, "avahi", "avahi-daemon", *rights, "-f", str(folder / "avahi.conf"))
        )
        started.append(_cups(folder))
        _until(Path("/run/avahi-daemon/socket").exists, "avahi")
        started += [_printer(folder, desk) for desk in DESKS]
        _queues(folder)
        for name in WANTED:
            importlib.import_module(name)
        _answer({"ready": True})
        for line in sys.stdin:
            _answer(_run(json.loads(line)))
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


def _network() -> None:
    # Of this process's own: the computer's sockets of dbus and CUPS are out of sight.
    subprocess.run(["mount", "-t", "tmpfs", "none", "/run"], check=True)
    Path("/run/dbus").mkdir()
    subprocess.run(["ip", "link", "set", "lo", "up", "multicast", "on"], check=True)
    subprocess.run(["ip", "route", "add", "224.0.0.0/4", "dev", "lo"], check=True)


def _start(folder: Path, name: str, *command: str) -> subprocess.Popen[bytes]:
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )


def _cups(folder: Path) -> subprocess.Popen[bytes]:
    cups = folder / "cups"
    for name in ("spool", "cache", "log", "state", "tmp"):
        (cups / name).mkdir(parents=True)
    (cups / "tmp").chmod(0o1777)
    places = {
        "AccessLog": "log/access_log", "ErrorLog": "log/error_log", "PageLog": "log/page_log",
        "CacheDir": "cache", "RequestRoot": "spool", "ServerRoot": "", "StateDir": "state",
        "TempDir": "tmp",
    }  # fmt: skip
    lines = ["SystemGroup root", *(f"{key} {cups / path}" for key, path in places.items())]
    (cups / "cups-files.conf").write_text("\n".join([*lines, ""]))
    (cups / "cupsd.conf").write_text(CUPSD)
    files = ("-c", str(cups / "cupsd.conf"), "-s", str(cups / "cups-files.conf"))
    return _start(folder, "cupsd", "cupsd", "-f", *files)


def _printer(folder: Path, desk: Desk) -> subprocess.Popen[bytes]:
    spool = folder / desk.name
    spool.mkdir()
    more = ["-f", desk.formats, *desk.switches]
    if desk.attributes:  # they have all of it, and no switch may say more
        (folder / f"{desk.name}.conf").write_text(desk.attributes)
        more = ["-a", str(folder / f"{desk.name}.conf")]
    # Without a command it sleeps for some seconds, as if it printed.
    known = ("-c", "/bin/true", "-k", "-d", str(spool), "-r", "off", "-p", str(desk.port))
    return _start(folder, f"printer-{desk.name}", "ippeveprinter", *known, *more, desk.name)


def _queues(folder: Path) -> None:
    """Add a queue for each printer, as the settings of a computer do: without a driver."""
    _until(lambda: _is_open(SERVER), "cupsd")
    for desk in DESKS:
        _until(lambda port=desk.port: _is_open(port), desk.name)  # type: ignore[misc]
        # One after the other: cupsd 2.4.2 dies of several at once.
        command = ["lpadmin", "-p", desk.name, "-E", "-m", "everywhere"]
        subprocess.run(
            [*command, "-v", f"ipp://localhost:{desk.port}/ipp/print"],
            env={**os.environ, "CUPS_SERVER": f"localhost:{SERVER}"},
            stderr=subprocess.DEVNULL,  # it says that drivers have no future, which is well
            check=True,
        )


def _is_open(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("localhost", port), 1):
        return True
    return False


def _until(is_there: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not is_there():
        if time.monotonic() > end:
            raise RuntimeError(f"{what} did not come up")
        time.sleep(0.02)


def _run(asked: dict[str, object]) -> dict[str, object]:
    """Run a command inside, and return what it said; its streams are no terminal."""
    if "hrcpub" in asked:
        return _forked(asked)
    environment = {**os.environ, "CUPS_SERVER": f"localhost:{SERVER}"}
    try:
        done = subprocess.run(
            [str(word) for word in asked["command"]],  # type: ignore[attr-defined]
            cwd=str(asked["folder"]),
            env=environment,
            input=str(asked.get("input") or ""),
            capture_output=True,
            text=True,
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired as error:
        said = (error.stderr or b"").decode()
        return {"code": -1, "out": "", "err": f"{said}\nnot done after {LONGEST:g} s"}
    return {"code": done.returncode, "out": done.stdout, "err": done.stderr}


def _forked(asked: dict[str, object]) -> dict[str, object]:
    """Run hrcpub in a copy of this process, which has loaded it: that spares most of its start."""
    with contextlib.ExitStack() as stack:
        streams = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(3)]
        streams[0].write(str(asked.get("input") or "").encode())
        streams[0].seek(0)
        child = os.fork()
        if child == 0:
            _become_hrcpub(asked, streams)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        for stream in streams:
            stream.seek(0)
        out, err = (stream.read().decode() for stream in streams[1:])
    return {"code": code, "out": out, "err": err}


def _become_hrcpub(asked: dict[str, object], streams: Sequence[IO[bytes]]) -> NoReturn:
    """Be hrcpub, as a shell starts it; killed when it takes too long."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.alarm(int(LONGEST))
        for number, stream in enumerate(streams):
            os.dup2(stream.fileno(), number)
        sys.stdin = open(0, closefd=False)  # noqa: SIM115  # what was read ahead is not its own
        os.chdir(str(asked["folder"]))
        os.environ["CUPS_SERVER"] = f"localhost:{SERVER}"
        sys.argv = ["hrcpub", *asked["hrcpub"]]  # type: ignore[misc]
        hrcpub()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _answer(value: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    # Who started it ends it, by closing its input. Children would inherit that it is ignored.
    signal.signal(signal.SIGINT, lambda *_: None)
    main(Path(sys.argv[1]))
