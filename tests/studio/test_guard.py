"""Only the window that was opened with the printed address may talk to the studio."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from hrcpub.studio.app import app
from hrcpub.studio.guard import POLICY, Guard
from tests.shared.project import ROOT

KEY, PORT = "the-key", 8765
OWN = f"http://127.0.0.1:{PORT}"
LIVE = f"ws://127.0.0.1:{PORT}/api/live"


class NoRenderer:
    """Stands in for the worker, which no test here asks."""

    def warm(self) -> None:
        """Do nothing."""

    def end(self) -> None:
        """Do nothing."""


def with_one_piece(folder: Path) -> Path:
    """Make a folder a project with one piece, without fonts; return it."""
    for name in ("layouts", "materials"):
        (folder / name).mkdir()
    (folder / "layouts" / "sheet").symlink_to(ROOT / "layouts" / "sheet")
    (folder / "materials" / "brief.yaml").write_text("title: Why?\n")
    return folder


@contextlib.contextmanager
def entered(studio: Guard) -> Iterator[TestClient]:
    """Open a window of a studio as the printed address does, until it is left."""
    with TestClient(studio, base_url=OWN, headers={"origin": OWN}) as client:
        client.get(f"/?key={KEY}")
        yield client


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[TestClient]:
    """Return a browser that has not opened the printed address."""
    guarded = app(with_one_piece(tmp_path), KEY, PORT, NoRenderer())  # type: ignore[arg-type]
    with TestClient(guarded, base_url=OWN, follow_redirects=False) as client:
        yield client


@pytest.fixture
def window(stranger: TestClient) -> TestClient:
    """Return a browser that has."""
    assert stranger.get(f"/?key={KEY}").status_code == 303
    return stranger


def test_the_printed_address_opens_the_page_and_hides_the_key(stranger: TestClient) -> None:
    answer = stranger.get(f"/?key={KEY}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert stranger.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/?key=wrong", "/?key=", "/api/project", "/studio.js"])
def test_without_the_key_nothing_is_told(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "brief" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": f"evil.example:{PORT}"},
        {"host": "127.0.0.1:1"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": f"http://localhost.evil.example:{PORT}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
    ids=str,
)
def test_other_pages_and_names_are_refused(window: TestClient, headers: dict[str, str]) -> None:
    assert window.get("/api/project").status_code == 200
    assert window.get("/api/project", headers=headers).status_code == 403
    assert window.get(f"/?key={KEY}", headers=headers | {"cookie": ""}).status_code in (303, 403)


def test_cookies_that_other_programs_at_this_host_have_left_shut_nobody_out(
    stranger: TestClient,
) -> None:
    own = f"hrcpub-studio-{PORT}={KEY}"
    for cookies, status in (
        (f"a(b)=1; {own}", 200),
        (f"x[y]={{}}; {own}; more", 200),
        (f"a(b)=1; hrcpub-studio-{PORT}=é", 403),
        (f"hrcpub-studio-{PORT + 1}={KEY}", 403),
        (f"hrcpub-studio-{PORT}", 403),
        ("", 403),
    ):
        headers = {"cookie": cookies.encode()}
        assert stranger.get("/api/project", headers=headers).status_code == status  # type: ignore[arg-type]


def test_a_change_without_an_origin_is_refused(window: TestClient) -> None:
    body = {"base": "", "edits": []}
    assert window.post("/api/piece/brief/save", json=body).status_code == 403
    answer = window.post("/api/piece/brief/save", json=body, headers={"origin": OWN})
    assert answer.status_code != 403


@pytest.mark.parametrize("headers", [{}, {"origin": "http://evil.example"}], ids=str)
def test_a_live_connection_needs_our_own_origin(
    window: TestClient, headers: dict[str, str]
) -> None:
    with (
        pytest.raises(WebSocketDisconnect) as caught,
        window.websocket_connect(LIVE, headers=headers),
    ):
        pass
    assert caught.value.code == 4403
    with window.websocket_connect(LIVE, headers={"origin": OWN}):
        pass


def test_a_name_that_leads_here_gets_no_cookie(stranger: TestClient) -> None:
    answer = stranger.get(f"/?key={KEY}", headers={"host": f"rebound.example:{PORT}"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_every_answer_forbids_what_the_page_does_not_need(window: TestClient) -> None:
    for answer in (window.get("/"), window.get("/api/project"), window.get("/none")):
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
    assert "unsafe" not in POLICY


def test_files_outside_the_page_are_not_served(window: TestClient) -> None:
    for path in ("/../app.py", "/%2e%2e/app.py", "/..%2fapp.py", "//etc/passwd"):
        assert window.get(path).status_code in (400, 404)
