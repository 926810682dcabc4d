"""Commands of a shell that begin with `hrcpub`, without the start of a Python that loads it.

Half of what a command takes on a page of the documentation goes into loading what it is made of.
Tests that are about the start do without this.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.shared.project import ROOT

# What Python looks at when it starts, and not afterwards: as the pages' shells have it.
STARTS = {"LC_ALL": "C.UTF-8"}
# Without `socket` and `json`, which take longer than the start of Python.
_ASKS = """\
#!{python} -IS
import _socket, marshal, os, sys
asked = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
asked.connect({address!r})
words = marshal.dumps(([{script!r}, *sys.argv[1:]], os.getcwd(), dict(os.environ)))
data = len(words).to_bytes(4, "big") + words
streams = b"".join(number.to_bytes(4, sys.byteorder) for number in range(3))
sent = asked.sendmsg([data], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)])
asked.sendall(data[sent:])
sys.exit(int(asked.recv(16)))
"""


@contextlib.contextmanager
def standing_by() -> Iterator[Path]:
    """Give a folder for the head of PATH: its `hrcpub` is the installed one, forked."""
    folder = Path(tempfile.mkdtemp(prefix="hrcpub-ready-"))  # short: a socket's path has 107 bytes
    address, script = str(folder / "asked"), str(Path(sys.executable).with_name("hrcpub"))
    asks = folder / "bin/hrcpub"
    asks.parent.mkdir()
    asks.write_text(_ASKS.format(python=sys.executable, address=address, script=script))
    asks.chmod(0o755)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.shared.loaded", address],
        cwd=ROOT,
        env=os.environ | STARTS,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as loaded:
        assert loaded.stdout
        assert loaded.stdout.readline() == b"ready\n"
        yield asks.parent
        assert loaded.stdin
        loaded.stdin.close()
    shutil.rmtree(folder)
