"""A layout that is open to its designer: its files, their saving, what a window sees of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from hrcpub.files.sources import Sources
from hrcpub.studio.app import app
from hrcpub.studio.designing import typed_layout
from tests.shared.project import copy_project
from tests.studio.test_guard import KEY, LIVE, OWN, PORT, entered

CARD = "/api/design/palm-card"
CSS, HTML = "layouts/palm-card/layout.css", "layouts/palm-card/layout.html"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("design") / "project")


@pytest.fixture(scope="module")
def window(root: Path) -> Iterator[TestClient]:
    """Return a window of the studio, with a warm worker behind it."""
    with entered(app(root, KEY, PORT)) as client:
        yield client


def opened(window: TestClient, path: str = CSS) -> dict[str, Any]:
    answer = window.get(f"{CARD}/file", params={"path": path})
    assert answer.status_code == 200, answer.text
    fields: dict[str, Any] = answer.json()
    return fields


def saved(window: TestClient, base: str, text: str, path: str = CSS) -> dict[str, Any]:
    answer = window.post(f"{CARD}/save", json={"path": path, "base": base, "text": text})
    assert answer.status_code == 200, answer.text
    fields: dict[str, Any] = answer.json()
    return fields


def test_a_layout_has_its_files_first_and_then_those_of_all(window: TestClient) -> None:
    fields = window.get(CARD).json()
    paths = [file["path"] for file in fields["files"]]
    assert paths[:4] == [
        f"layouts/palm-card/{n}"
        for n in ("layout.html", "layout.css", "layout.yaml", "sample.yaml")
    ]
    shared = [file["path"] for file in fields["files"] if file["is_shared"]]
    assert shared == [path for path in paths if path.startswith("layouts/system/")]
    assert {"layouts/system/system.yaml", "layouts/system/components.html"} <= set(shared)
    assert "screen" in fields["editions"]
    assert window.get("/api/design/schedule-sheet").json()["editions"][-1] == "specimen"


def test_the_pieces_of_a_layout_are_told(window: TestClient) -> None:
    assert "why-folder" in window.get("/api/design/trifold").json()["pieces"]
    assert window.get("/api/design/no-such").status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "materials/contacts.yaml",
        "layouts/brief/layout.css",
        "../x",
        "layouts/palm-card/schema.json",
    ],
)
def test_only_files_of_the_layout_are_read_and_written(window: TestClient, path: str) -> None:
    assert window.get(f"{CARD}/file", params={"path": path}).status_code == 404
    body = {"path": path, "base": "", "text": "x"}
    assert window.post(f"{CARD}/save", json=body).status_code == 404


def test_a_text_is_saved_undone_and_found_again_among_its_versions(
    window: TestClient, root: Path
) -> None:
    before = opened(window)
    after = saved(window, before["digest"], before["text"] + "\n.mine { color: red }\n")
    assert (root / CSS).read_text() == after["text"]
    assert window.post(f"{CARD}/undo", json={"path": CSS}).json()["text"] == before["text"]
    assert (root / CSS).read_text() == before["text"]
    assert window.post(f"{CARD}/redo", json={"path": CSS}).json()["text"] == after["text"]
    newest, *_ = window.get(f"{CARD}/versions", params={"path": CSS}).json()
    assert newest["is_now"]
    text = window.get(f"{CARD}/version/{newest['id']}", params={"path": CSS}).json()["text"]
    assert text == after["text"]
    other = window.get(f"{CARD}/version/{newest['id']}", params={"path": HTML})
    assert other.status_code == 404


def test_what_another_program_wrote_is_not_overwritten(window: TestClient, root: Path) -> None:
    before = opened(window)
    theirs = before["text"] + "/* theirs */\n"
    (root / CSS).write_text(theirs)
    answer = saved(window, before["digest"], before["text"] + "/* mine */\n")
    assert answer["conflict"]["text"] == theirs
    assert (root / CSS).read_text() == theirs
    mine = saved(window, answer["conflict"]["digest"], before["text"] + "/* mine */\n")
    assert "conflict" not in mine
    kept = window.get(f"{CARD}/versions", params={"path": CSS}).json()
    texts = [
        window.get(f"{CARD}/version/{one['id']}", params={"path": CSS}).json()["text"]
        for one in kept
    ]
    assert theirs in texts


def test_a_text_with_mistakes_is_saved_and_its_layout_opened_again(
    window: TestClient, root: Path
) -> None:
    path = "layouts/sticker/layout.yaml"
    good = (root / path).read_text()
    base = window.get("/api/design/sticker/file", params={"path": path}).json()["digest"]
    broken = {"path": path, "base": base, "text": "title: [\n"}
    assert window.post("/api/design/sticker/save", json=broken).status_code == 200
    fields = window.get("/api/design/sticker").json()
    assert fields["title"] == "sticker"
    nothing = {"path": path, "drafts": {path: "title: [\n"}, "at": 3}
    options = window.post("/api/design/sticker/complete", json=nothing).json()["options"]
    assert options == []
    (root / path).write_text(good)


def test_slots_of_a_draft_complete_a_template(window: TestClient, root: Path) -> None:
    yaml = (root / "layouts/palm-card/layout.yaml").read_text()
    slot = "\n  extra:\n    kind: line\n    about: what is new\n"
    drafts = {
        "layouts/palm-card/layout.yaml": yaml.replace("\nslots:", f"\nslots:{slot}", 1),
        HTML: "{{ words.ex",
    }
    body = {"path": HTML, "drafts": drafts, "at": 11}
    answer = window.post(f"{CARD}/complete", json=body).json()
    assert [option["label"] for option in answer["options"]] == ["extra"]
    assert answer["from"] == 9


def test_a_new_layout_is_made_of_one_that_there_is(window: TestClient, root: Path) -> None:
    assert window.post(f"{CARD}/copy", json={"name": "hand-card"}).json() == {"name": "hand-card"}
    folder = root / "layouts/hand-card"
    assert "layout: hand-card\n" in (folder / "sample.yaml").read_text()
    assert (folder / "layout.html").read_text() == (root / HTML).read_text()
    assert (folder / "schema.json").exists()
    for name in ("hand-card", "../x", "system"):
        assert window.post(f"{CARD}/copy", json={"name": name}).status_code == 422


def shown(**fields: Any) -> dict[str, Any]:
    message = {"do": "show", "show": 1, "design": "palm-card", "edition": "screen", "drafts": {}}
    return message | {"pages": [1], "width": 300} | fields


def laid(window: TestClient, **fields: Any) -> dict[str, Any]:
    with window.websocket_connect(LIVE, headers={"origin": OWN}) as live:
        live.send_json(shown(**fields))
        found: dict[str, Any] = live.receive_json()
        return found


def test_the_sample_is_laid_out_with_what_css_may_call_by_name(window: TestClient) -> None:
    fields = laid(window)
    assert len(fields["pages"]) == 2
    assert fields["values"]["step"].endswith("pt")
    assert not [one for one in fields["problems"] if one["severity"] == "error"]


def test_a_draft_is_laid_out_and_its_mistakes_have_their_line(
    window: TestClient, root: Path
) -> None:
    text = (root / HTML).read_text().replace("{% block sides %}", "{% block sides %}\n{{ wrds }}")
    told = laid(window, drafts={HTML: text})["problems"]
    (problem,) = (one for one in told if one["severity"] == "error")
    line = text.split("\n").index("{{ wrds }}") + 1
    assert (problem["code"], problem["source"]["path"]) == ("template-error", HTML)
    assert problem["source"]["line"] == line


def test_plates_of_the_specimen_book_are_shown(window: TestClient) -> None:
    fields = laid(window, design="steps", edition="specimen")
    assert fields["pages"]


def test_only_texts_of_layouts_are_typed() -> None:
    for drafts in ({"materials/contacts.yaml": ""}, {HTML: 3}, None):
        with pytest.raises(ValueError, match=r"typed here|texts"):
            typed_layout({"design": "card", "drafts": drafts})


def test_a_typed_layout_is_saved_where_all_its_files_say_the_same(root: Path) -> None:
    texts = {path: (root / path).read_text() for path in (CSS, HTML)}
    for drafts, is_saved in (
        (texts, True),
        (texts | {CSS: "p{}"}, False),
        ({"layouts/palm-card/new.css": ""}, False),
    ):
        typed = typed_layout({"design": "palm-card", "drafts": drafts})
        assert typed.is_saved(Sources(root)) is is_saved


def test_a_layout_that_is_gone_says_so(window: TestClient) -> None:
    answer = window.get("/api/design/gone").json()
    assert answer["problems"][0]["code"] == "layout-gone"
