"""A window that was left open is known again; nobody else is, and it tells nobody else a secret."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hrcpub.studio.app import app
from hrcpub.studio.guard import OF
from tests.studio.test_guard import KEY, OWN, PORT, NoRenderer, with_one_piece

SECRET = "the-secret-of-a-project-of-thirty-letters"
RETURN = "/api/return"
THEIRS = "0123456789abcdef" * 2


@pytest.fixture
def window(tmp_path: Path) -> Iterator[TestClient]:
    """Return a window whose studio was started again: it has no key."""
    root = with_one_piece(tmp_path)
    guarded = app(root, KEY, PORT, NoRenderer(), secret=SECRET)  # type: ignore[arg-type]
    with TestClient(guarded, base_url=OWN, headers={"origin": OWN}) as client:
        assert client.get("/api/project").status_code == 403
        yield client


def proof(whose: str, theirs: str, ours: str, port: int = PORT, secret: str = SECRET) -> str:
    said = f"{whose} {port} {theirs} {ours}"
    return hmac.new(secret.encode(), said.encode(), hashlib.sha256).hexdigest()


def begun(window: TestClient, theirs: str = THEIRS) -> str:
    """Return the studio's number, once it has proven to know the secret."""
    answer = window.get(RETURN, params={"theirs": theirs})
    said = answer.json()
    assert said["proof"] == proof("studio", theirs, said["ours"])
    assert "set-cookie" not in answer.headers
    return str(said["ours"])


def sent(window: TestClient, ours: str, proof: str, **headers: str) -> int:
    answer = window.post(RETURN, params={"ours": ours, "proof": proof}, headers=headers)
    return answer.status_code


def test_both_prove_that_they_know_the_secret_and_the_window_is_let_in(window: TestClient) -> None:
    ours = begun(window)
    assert sent(window, ours, proof("window", THEIRS, ours)) == 204
    assert window.get("/api/project").status_code == 200
    assert window.get("/api/secret").json()["secret"] == SECRET


@pytest.mark.parametrize(
    "wrong",
    [
        lambda ours: proof("studio", THEIRS, ours),  # sent back as it came
        lambda ours: proof("window", THEIRS, ours, port=PORT + 1),  # meant for another studio
        lambda ours: proof("window", THEIRS, ours, secret="another project's"),
        lambda ours: proof("window", ours, THEIRS),
        lambda ours: "",
        lambda ours: "é",
    ],
)
def test_no_other_proof_is_taken_and_a_second_try_needs_a_new_number(
    window: TestClient, wrong: object
) -> None:
    ours = begun(window)
    assert sent(window, ours, wrong(ours)) == 403  # type: ignore[operator]
    assert sent(window, ours, proof("window", THEIRS, ours)) == 403
    assert window.get("/api/project").status_code == 403


def test_a_proof_lets_nobody_in_twice(window: TestClient) -> None:
    ours = begun(window)
    taken = proof("window", THEIRS, ours)
    assert [sent(window, ours, taken), sent(window, ours, taken)] == [204, 403]


@pytest.mark.parametrize("theirs", ["", "0" * 31, "0" * 33, "g" * 32, "0" * 32 + "\n"])
def test_what_is_no_number_is_not_signed(window: TestClient, theirs: str) -> None:
    assert window.get(RETURN, params={"theirs": theirs}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"host": f"rebound.example:{PORT}"},
        {"origin": "http://evil.example"},
        {"origin": f"http://127.0.0.1:{PORT + 1}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
    ids=str,
)
def test_no_other_page_can_come_back_in_a_window_s_place(
    window: TestClient, headers: dict[str, str]
) -> None:
    asked = window.get(RETURN, params={"theirs": THEIRS}, headers=headers)
    assert (asked.status_code, "proof" in asked.text) == (403, False)
    ours = begun(window)
    assert sent(window, ours, proof("window", THEIRS, ours), **headers) == 403


def test_a_post_needs_an_origin(window: TestClient) -> None:
    ours = begun(window)
    del window.headers["origin"]
    assert sent(window, ours, proof("window", THEIRS, ours)) == 403


def test_the_secret_is_told_to_nobody_without_the_key(window: TestClient) -> None:
    answer = window.get("/api/secret")
    assert (answer.status_code, SECRET in answer.text) == (403, False)


def test_a_window_of_another_project_changes_nothing_here(window: TestClient) -> None:
    """It has this studio's key where both were opened in one browser, at one port."""
    window.get(f"/?key={KEY}")
    of = window.get("/api/secret").json()["of"]
    assert of not in SECRET
    for said, status in ((of, 200), ("0" * 16, 403)):
        assert window.get("/api/project", headers={OF: said}).status_code == status


def test_who_asks_again_and_again_fills_nothing(window: TestClient) -> None:
    first = begun(window)
    for _ in range(70):
        last = begun(window)
    assert sent(window, first, proof("window", THEIRS, first)) == 403
    assert sent(window, last, proof("window", THEIRS, last)) == 204
