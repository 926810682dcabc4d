"""What the page asks for, over HTTP and over its live connection, of a real project."""

from __future__ import annotations

import asyncio
import gc
import json
import struct
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from starlette.testclient import TestClient
from starlette.types import Message

from hrcpub.build.workers import LostTask
from hrcpub.studio.app import app
from hrcpub.studio.live import PLATES, WATCH
from hrcpub.studio.preview import MOST_SHOWN, Lay, PreviewAnswer, Task
from hrcpub.studio.renderer import Renderer
from tests.shared import loops
from tests.shared.cards import card
from tests.shared.project import copy_project
from tests.studio.tame import tame
from tests.studio.test_guard import KEY, LIVE, PORT, entered

PIECE = "why-folder"
OURS = {"materials/ours.yaml": card("Ours", "lakeside-night-van").encode()}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("studio") / "project")


@pytest.fixture(scope="module")
def window(root: Path) -> Iterator[TestClient]:
    """Return a window of the studio, with a warm worker behind it."""
    with entered(app(root, KEY, PORT)) as client:
        yield client


def put(slot: str, value: str) -> dict[str, Any]:
    return {"do": "put", "path": slot.split("."), "value": value}


def shown(
    window: TestClient, *edits: dict[str, Any], number: int = 1, piece: str = PIECE
) -> dict[str, Any]:
    """Return what a window sends to see the first page."""
    return {
        "do": "show", "show": number, "piece": piece, "edition": "screen", "pages": [1],
        "width": 600, "base": opened(window, piece)["digest"], "edits": list(edits),
    }  # fmt: skip


def opened(window: TestClient, piece: str = PIECE) -> dict[str, Any]:
    answer = window.get(f"/api/piece/{piece}")
    assert answer.status_code == 200, answer.text
    fields: dict[str, Any] = answer.json()
    return fields


def test_the_overview_has_all_pieces_and_layouts(window: TestClient, root: Path) -> None:
    fields = window.get("/api/project").json()
    names = [piece["name"] for piece in fields["pieces"]]
    assert PIECE in names
    assert len(names) >= len(list((root / "materials").glob("*.yaml"))) - 3
    assert {"name", "title", "about", "trim"} <= set(fields["layouts"][0])


def test_a_piece_comes_with_its_form_and_its_words(window: TestClient) -> None:
    fields = opened(window)
    assert fields["values"]["words"]["title"]
    assert [field["name"] for field in fields["words"]][:2] == ["title", "photo"]
    contacts = next(field for field in fields["words"] if field["name"] == "contacts")
    assert ["east-coast", "East Coast Office"] in contacts["entry"]["choices"]


def test_words_are_saved_undone_and_done_again(window: TestClient, root: Path) -> None:
    before = opened(window)
    edits = [put("title", "Other words")]
    body = {"base": before["digest"], "edits": edits}
    after = window.post(f"/api/piece/{PIECE}/save", json=body).json()
    path = root / "materials" / f"{PIECE}.yaml"
    assert "title: Other words" in path.read_text()
    assert (after["can_undo"], after["can_redo"]) == (True, False)
    undone = window.post(f"/api/piece/{PIECE}/undo", json={}).json()
    assert undone["digest"] == before["digest"]
    redone = window.post(f"/api/piece/{PIECE}/redo", json={}).json()
    assert redone["digest"] == after["digest"]
    versions = window.get(f"/api/piece/{PIECE}/versions").json()
    text = window.get(f"/api/piece/{PIECE}/version/{versions[-1]['id']}").json()["text"]
    assert "Other words" not in text
    back = window.post(f"/api/piece/{PIECE}/version/{versions[-1]['id']}/go-back", json={})
    assert back.json()["digest"] == before["digest"]


def test_two_windows_that_change_one_place_are_told_of_each_other(window: TestClient) -> None:
    base = opened(window)["digest"]
    for title, status in (("First", 200), ("Second", 409)):
        body = {"base": base, "edits": [put("title", title)]}
        answer = window.post(f"/api/piece/{PIECE}/save", json=body)
        assert answer.status_code == status
    [conflict] = answer.json()["conflicts"]
    assert (conflict["slot"], conflict["theirs"], conflict["ours"]) == ("title", "First", "Second")
    window.post(f"/api/piece/{PIECE}/undo", json={})


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("none/save", {"base": "", "edits": []}, 422),
        (f"{PIECE}/save", {"edits": []}, 404),
        (f"{PIECE}/save", {"base": "", "edits": ["x"]}, 400),
        (f"{PIECE}/save", {"base": "", "edits": [{"do": "burn", "path": ["title"]}]}, 400),
        (f"{PIECE}/save", {"base": "", "edits": [{"do": "put", "path": [], "value": ""}]}, 400),
        (f"{PIECE}/save", {"base": "", "edits": [{"do": "put", "path": ["a"], "value": 1}]}, 400),
        (f"{PIECE}/version/99999/go-back", {}, 404),
        ("..%2F..%2Fetc/save", {"base": "", "edits": []}, 405),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_with_its_reason(
    window: TestClient, path: str, body: object, status: int
) -> None:
    answer = window.post(f"/api/piece/{path}", json=body)
    assert answer.status_code == status
    assert answer.json() if answer.headers["content-type"] == "application/json" else True


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("{", "text/plain"),
        ("{", "application/json"),
        (b"\xff", "application/json"),
        ("[" * 100_000, "application/json"),
    ],
    ids=["another kind", "half", "no text", "too deep"],
)
def test_a_request_that_is_no_json_is_refused(
    window: TestClient, content: str | bytes, kind: str
) -> None:
    headers = {"content-type": kind}
    answer = window.post(f"/api/piece/{PIECE}/undo", content=content, headers=headers)
    assert (answer.status_code, answer.json()) == (400, {"why": "the request is no JSON"})


def test_a_piece_is_shown_as_it_is_typed(window: TestClient, root: Path) -> None:
    before = (root / "materials" / f"{PIECE}.yaml").read_text()
    show = shown(window, put("title", "As it is typed"), number=7)
    with window.websocket_connect(LIVE) as live:
        live.send_json(show)
        laid = live.receive_json()
        assert (laid["kind"], laid["show"], len(laid["pages"])) == ("laid", 7, 2)
        assert any(place["slot"] == "words.title" for place in laid["words"])
        assert laid["fullness"]["fills"]
        message = live.receive_bytes()
        number, page, width, height, top, base = struct.unpack("<6I", message[:24])
        assert (number, page, width, top, base) == (7, 1, 600, 0, 0)
        assert len(message) == 24 + 4 * width * height
        with Image.frombytes("RGBA", (width, height), message[24:]) as picture:
            assert picture.getchannel("A").getextrema() == (255, 255)
            colours = picture.convert("RGB").getcolors(2**20)
            assert colours
            assert len(colours) > 10
        proven = live.receive_json()
        assert (proven["kind"], proven["show"]) == ("proven", 7)
        # That it is saved is no news to the window that shows it.
        body = {"base": show["base"], "edits": show["edits"]}
        assert window.post(f"/api/piece/{PIECE}/save", json=body).status_code == 200
        # Another program changes a file that the page was made from.
        time.sleep(2 * WATCH)
        (root / "materials" / "contacts.yaml").touch()
        changed = live.receive_json()
        assert (changed["kind"], changed["paths"]) == ("changed", ["materials/contacts.yaml"])
    window.post(f"/api/piece/{PIECE}/undo", json={})
    assert (root / "materials" / f"{PIECE}.yaml").read_text() == before


def test_only_rows_that_changed_are_sent_again(window: TestClient) -> None:
    with window.websocket_connect(LIVE) as live:
        found = []
        for number, text in enumerate(("As it is", "As it is", "As it was"), 1):
            edits = (put("verbatim", "no"), put("words.title", text))
            live.send_json(shown(window, *edits, number=number))
            laid = live.receive_json()
            assert (laid["kind"], len(laid["pages"])) == ("laid", 2)
            message = live.receive_bytes()
            found.append((struct.unpack("<6I", message[:24]), len(message) - 24))
        live.send_json(shown(window, number=4) | {"whole": True, "pages": [1, 2, 3]})
        assert live.receive_json()["pages"]
        whole, other = live.receive_bytes(), live.receive_bytes()
    (first, all_of_it), (_, nothing), (third, changed) = found
    assert first[4:] == (0, 0)
    assert nothing == 0
    assert third[5] == 2  # the show whose picture has the others
    assert 0 < changed < all_of_it
    assert (struct.unpack("<6I", whole[:24])[5], len(whole) - 24) == (0, all_of_it)
    assert struct.unpack("<6I", other[:24])[:2] == (4, 2)


def test_what_another_program_writes_into_the_piece_is_told(window: TestClient, root: Path) -> None:
    file = root / "materials" / f"{PIECE}.yaml"
    before = file.read_text()
    with window.websocket_connect(LIVE) as live:
        live.send_json(shown(window))
        said = (live.receive().get("text") or "" for _ in range(5))
        assert any('"proven"' in text for text in said)
        file.write_text(before.replace("title: ", "title: Other ", 1))
        assert live.receive_json()["paths"] == [f"materials/{PIECE}.yaml"]
    file.write_text(before)


class Meanwhile(Renderer):
    """Somebody else writes a file after its pages are laid out, and before that is known."""

    def __init__(self, root: Path, path: str) -> None:
        """Take a project, and which of its files is written."""
        super().__init__(str(root))
        self.file = root / path

    def _answer(self, task: Task) -> PreviewAnswer | LostTask:
        answer = super()._answer(task)
        if isinstance(task, Lay):
            self.file.write_text(f"{self.file.read_text()}# as it is now\n")
        return answer


def test_what_is_written_while_pages_are_laid_out_is_told(root: Path) -> None:
    path, later = "materials/contacts.yaml", "materials/organisation.yaml"
    before = {name: (root / name).read_text() for name in (path, later)}
    making = Meanwhile(root, path)
    with (
        entered(app(root, KEY, PORT, making)) as client,
        client.websocket_connect(LIVE) as live,
    ):
        live.send_json(shown(client))
        said = (live.receive().get("text") or "" for _ in range(3))
        assert any('"proven"' in text for text in said)
        (root / later).write_text(f"{before[later]}# later\n")
        changed = live.receive_json()["paths"]
    for name, text in before.items():
        (root / name).write_text(text)
    assert path in changed


def test_a_piece_is_proven_though_other_windows_took_its_place(root: Path) -> None:
    """What is not known any more is no piece without mistakes."""
    making = Renderer(str(root))
    with (
        entered(app(root, KEY, PORT, making)) as client,
        client.websocket_connect(LIVE) as live,
    ):
        live.send_json(shown(client, put("words.title", "Addicts"), piece="overdose-wallet"))
        assert live.receive_json()["pages"]
        live.receive_bytes()
        for number in range(MOST_SHOWN):
            making.ask(f"other {number}", Lay(10**6 + number, "ours", "screen", OURS)).result()
        proven = live.receive_json()
    assert "words-stigma" in [one["code"] for one in proven["problems"]]


def test_a_window_that_is_closed_while_its_pages_are_sent_is_no_mistake(root: Path) -> None:
    making = Renderer(str(root))
    show = {"do": "show", "show": 1, "piece": PIECE, "edition": "screen", "base": "unknown"}
    asked: list[Message] = [{"type": "websocket.connect"},
                            {"type": "websocket.receive", "text": json.dumps(show)}]  # fmt: skip
    told: list[object] = []

    async def closed() -> None:
        gone = asyncio.Event()

        async def receive() -> Message:
            if asked:
                return asked.pop(0)
            await gone.wait()
            await asyncio.sleep(0)  # so that it is over before it is waited for
            asked.append({"type": "websocket.disconnect", "code": 1006})
            return {"type": "websocket.receive", "text": json.dumps(show)}  # was on its way

        async def send(message: Message) -> None:
            if message["type"] == "websocket.send":
                gone.set()
                raise OSError  # as a server does whose window is gone

        asyncio.get_running_loop().set_exception_handler(lambda _, what: told.append(what))
        scope = {"type": "websocket", "path": "/api/live", "headers": [], "query_string": b""}
        await app(root, KEY, PORT, making).app(scope, receive, send)
        gc.collect()

    loops.run(closed())
    making.end()
    assert told == []


@pytest.mark.parametrize("is_first", [True, False], ids=["before", "between two looks"])
def test_what_is_written_while_nobody_looks_at_files_is_told(
    window: TestClient, root: Path, *, is_first: bool
) -> None:
    path, later = f"materials/{PIECE}.yaml", "materials/organisation.yaml"
    before = {name: (root / name).read_text() for name in (path, later)}
    show = shown(window)
    with window.websocket_connect(LIVE) as live:

        def see(number: int) -> None:
            live.send_json(show | {"show": number})
            while '"proven"' not in (live.receive().get("text") or ""):
                pass

        if not is_first:
            see(1)
        (root / path).write_text(before[path].replace("title: ", "title: Other ", 1))
        see(2)
        (root / later).write_text(f"{before[later]}# later\n")
        changed = live.receive_json()["paths"]
    for name, text in before.items():
        (root / name).write_text(text)
    assert path in changed


@pytest.mark.parametrize(
    ("path", "broken"),
    [
        (f"materials/{PIECE}.yaml", "title: [\n"),
        ("materials/organisation.yaml", "name: [\n"),
        ("layouts/trifold/layout.yaml", "name: [\n"),
    ],
)
def test_a_file_that_cannot_be_read_is_watched_until_it_is_mended(
    window: TestClient, root: Path, path: str, broken: str
) -> None:
    file, show = root / path, shown(window)
    text = file.read_text()
    with window.websocket_connect(LIVE) as live:
        file.write_text(broken)
        live.send_json(show)
        laid = live.receive_json()
        assert (laid["pages"], bool(laid["problems"])) == ([], True)
        file.write_text(text)
        changed = live.receive_json()
    assert changed["kind"] == "changed"
    assert path in changed["paths"]


def test_pages_are_shown_with_the_mistakes_that_do_not_stop_the_layout(window: TestClient) -> None:
    words = "words that nobody has room for, again and again, since they are far too many"
    many = [put("words.title", "unspeakable" * 20), put("words.mission", f"{words}. " * 40)]
    with window.websocket_connect(LIVE) as live:
        live.send_json(shown(window, *many))
        laid = live.receive_json()
        assert laid["pages"], laid["problems"]  # else no picture comes
        assert live.receive_bytes()
    assert laid["is_wrong"]
    assert "answer" in laid["overset"] or "left" in laid["overset"]
    errors = [one for one in laid["problems"] if one["severity"] == "error"]
    assert all(one["message"] and one["code"] for one in errors)
    assert "words.title" in {one["slot"] for one in errors}


def test_mistakes_that_leave_no_page_are_told_in_its_place(window: TestClient) -> None:
    with window.websocket_connect(LIVE) as live:
        live.send_json(shown(window, put("words.title", "")))
        laid = live.receive_json()
    assert not laid["pages"]
    assert [one["slot"] for one in laid["problems"]] == ["words.title"]


def test_edits_that_do_not_fit_the_file_are_refused_and_the_window_lives_on(
    window: TestClient,
) -> None:
    show = shown(window)
    wrong = show | {"edits": [{"do": "remove", "path": ["words", "none"]}]}
    with window.websocket_connect(LIVE) as live:
        for one in (wrong, show | {"base": "unknown"}, show | {"base": None}):
            live.send_json(one)
            assert live.receive_json()["kind"] == "refused"
        live.send_json(show)
        assert live.receive_json()["kind"] == "laid"


def test_a_page_whose_worker_is_lost_is_told_and_what_is_typed_stays(root: Path) -> None:
    file = root / "materials/crash.yaml"  # a name at which this worker dies
    file.write_text((root / f"materials/{PIECE}.yaml").read_text())
    making = Renderer(str(root), start=tame)
    with (
        entered(app(root, KEY, PORT, making)) as client,
        client.websocket_connect(LIVE) as live,
    ):
        live.send_json(shown(client, number=3, piece="crash"))
        laid = live.receive_json()
    file.unlink()
    (problem,) = laid["problems"]
    assert (laid["show"], laid["pages"], problem["code"]) == (3, [], "render-lost")
    assert problem["message"].endswith("making it was lost")


def test_a_window_gets_plates_of_what_it_shows_alone(window: TestClient) -> None:
    with window.websocket_connect(LIVE) as live:
        live.send_json(shown(window, number=5) | {"edition": "press", "width": 300})
        fields = live.receive_json()
        assert fields["pages"], fields["problems"]
        assert fields["folding"]["leaves"][0]["name"] == "back"
        live.receive_bytes()
        assert live.receive_json()["kind"] == "proven"
        live.send_json({"do": "plates", "show": 4, "page": 1})  # of another one: no answer
        live.send_json({"do": "plates", "show": 5, "page": "1"})
        live.send_json({"do": "plates", "show": 5, "page": 2})
        message = live.receive_bytes()
        live.send_json({"do": "plates", "show": 5, "page": 1})  # it leaves before they come
    mark, length = struct.unpack("<2I", message[:8])
    head = json.loads(message[8 : 8 + length])
    assert (mark, length % 4) == (PLATES, 0)
    assert (head["show"], head["page"], head["problems"]) == (5, 2, [])
    width, height = head["size"]
    assert len(zlib.decompress(message[8 + length :])) == width * height * (len(head["inks"]) + 3)


def test_a_piece_is_begun_with_the_title_that_was_typed(window: TestClient, root: Path) -> None:
    title = '¡Café: para "todos"! እና # ቡና'
    body = {"layout": "alert", "name": "cafe-para-todos", "title": f" {title}\n"}
    assert window.post("/api/new", json=body).json() == {"name": "cafe-para-todos"}
    assert window.get("/api/piece/cafe-para-todos").json()["values"]["title"] == title
    [version] = window.get("/api/piece/cafe-para-todos/versions").json()
    assert (version["by"], version["what"]) == ("studio", "new")
    text = (root / "materials/cafe-para-todos.yaml").read_text()
    assert "# shown by programs that open the PDF\ntitle: " in text
