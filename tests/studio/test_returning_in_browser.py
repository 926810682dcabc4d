"""A window that was left open, in a real browser: it tells its own studio from others."""

from __future__ import annotations

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from hrcpub.studio.serving import HOST
from tests.shared.project import copy_project
from tests.shared.windows import opened_window, served

pytestmark = pytest.mark.slow  # a browser is driven

SECRET = "what-all-windows-of-this-project-know"

# What becomes of a text that the window sends.
ASKED = """() => import("/returning.js")
  .then(({ ask }) => ask("/api/piece/none/save", { method: "POST", body: "as it was typed" }))
  .then((answer) => answer.status, (error) => error.constructor.name)"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("returning") / "project")


class Taker(ThreadingHTTPServer):
    """Another program that has taken the studio's port, and says yes to everything."""

    def __init__(self, port: int) -> None:
        """Listen."""
        self.heard: list[str] = []
        super().__init__((HOST, port), Heard)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}).start()

    def end(self) -> None:
        """Leave the port to others."""
        self.shutdown()
        self.server_close()


class Heard(BaseHTTPRequestHandler):
    """What it hears."""

    server: Taker

    def do_GET(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        self.server.heard.append(f"{self.requestline}\n{self.rfile.read(length).decode()}")
        body = b'{"ours": "00000000000000000000000000000000", "proof": "0", "digest": "0"}'
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def test_what_was_typed_goes_to_no_other_program_that_has_the_port(
    browser: Browser, root: Path
) -> None:
    with contextlib.ExitStack() as windows:
        with served(root, key="first", secret=SECRET) as address:
            port = int(address.split("/?")[0].rpartition(":")[2])
            window = windows.enter_context(opened_window(browser, address))
            assert window.evaluate(ASKED) == 400  # it is no JSON
        assert window.evaluate(ASKED) == "Away"
        taker = Taker(port)
        assert window.evaluate(ASKED) == "Away"
        taker.end()
        assert [one.startswith("GET /api/return?theirs=") for one in taker.heard] == [True]
        assert not any("typed" in one or "proof" in one or SECRET in one for one in taker.heard)
        with served(root, key="other", port=port, secret="another project's"):
            assert window.evaluate(ASKED) == "Away"
        with served(root, key="second", port=port, secret=SECRET):
            assert window.evaluate(ASKED) == 400
