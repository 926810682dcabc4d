"""The addresses of what people write, over HTTP: pieces, translations, what pieces share."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from starlette.testclient import TestClient

from hrcpub.cli.font_files import bring_starters
from hrcpub.studio.answers import LARGEST_REQUEST
from hrcpub.studio.app import app
from hrcpub.studio.pictures import LARGEST_UPLOAD
from tests.shared.project import copy_project
from tests.studio.test_guard import KEY, PORT, NoRenderer, entered

PIECE, CARD = "why-in-short", "translation/contact-card/es"
PO, ORIGINAL = "materials/i18n/es/contact-card.po", "materials/contact-card.yaml"
BROKEN = "offices: [\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("files") / "project")


@pytest.fixture(scope="module")
def window(root: Path) -> Iterator[TestClient]:
    """Return a window of the studio in which no page is looked at."""
    guarded = app(root, KEY, PORT, NoRenderer(), fonts=bring_starters)  # type: ignore[arg-type]
    with entered(guarded) as client:
        yield client


def got(window: TestClient, path: str, status: int = 200, **asked: str) -> Any:
    answer = window.get(f"/api/{path}", params=asked)
    assert answer.status_code == status, answer.text
    return answer.json()


def done(window: TestClient, path: str, status: int = 200, **body: object) -> Any:
    answer = window.post(f"/api/{path}", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def put(value: object, *path: str | int) -> dict[str, Any]:
    return {"do": "put", "path": list(path), "value": value}


def codes(problems: list[dict[str, Any]]) -> list[tuple[str | None, str]]:
    """Return the places and the codes of Problems."""
    return [(one["slot"], one["code"]) for one in problems]


# --- Translations ---


def test_a_piece_says_how_far_its_translations_are_and_which_may_be_begun(
    window: TestClient, root: Path
) -> None:
    fields = got(window, "piece/contact-card/languages")
    rows = {row["language"]: row for row in fields["languages"]}
    spanish = rows["es"]
    assert (spanish["called"], spanish["per_cent"], spanish["problem"]) == ("Español", 100, None)
    offered = {row["language"]: row["called"] for row in fields["offered"]}
    assert offered["fr"] == "Français"
    assert not {"en", *rows} & set(offered)
    text = (root / PO).read_text()
    (root / PO).write_text("msgid\n")
    (row,) = (r for r in got(window, "piece/contact-card/languages")["languages"] if r["problem"])
    assert row["language"] == "es"
    (root / PO).write_text(text)


def test_a_language_is_begun_by_its_name_and_what_is_none_is_refused(
    window: TestClient, root: Path
) -> None:
    address = f"piece/{PIECE}/languages"
    assert done(window, address, language="Russian") == {"language": "ru"}
    assert 'msgctxt "title"' in (root / f"materials/i18n/ru/{PIECE}.po").read_text()
    (row,) = got(window, address)["languages"]
    assert (row["language"], row["per_cent"]) == ("ru", 0)
    for language in ("xx nothing", "English"):
        assert done(window, address, 422, language=language)["problems"]
    # Its fonts have to come from elsewhere, which is told where it is set.
    assert done(window, address, language="ko") == {"language": "ko"}
    assert done(window, "fonts", language="ru") == {"files": []}
    assert got(window, "piece/none/languages", 422)["problems"][0]["code"] == "no-piece"


def test_a_translation_comes_with_its_source_and_is_saved_into_its_file(
    window: TestClient, root: Path
) -> None:
    before = (root / PO).read_text()
    form = got(window, CARD)
    assert (form["called"], form["written_called"]) == ("Español", "English")
    assert (form["material"], form["title"]) == ("contact-card", form["passages"][0]["source"])
    title, *_ = form["passages"]
    assert (title["slot"], title["changes"], title["words"]) == ("title", None, 7)
    assert "At most 120 characters, with spaces." in title["told"]
    assert form["words"][0]["name"] == "title"
    edits = [put("Dónde", "title", "words")]
    saved = done(window, f"{CARD}/save", base=form["digest"], edits=edits, of=form["of"])
    assert saved["values"]["title"] == {"words": "Dónde", "fuzzy": "no"}
    assert (root / PO).read_text() == before.replace(
        'msgstr "Cómo comunicarse con Harm Reduction Coalition"', 'msgstr "Dónde"', 1
    )
    newest, eldest = got(window, f"{CARD}/versions")
    assert (newest["is_now"], eldest["is_now"]) == (True, False)
    (change,) = got(window, f"{CARD}/version/{newest['id']}")["changes"]
    assert change["slot"] == "title.words"
    assert done(window, f"{CARD}/undo")["digest"] == form["digest"]
    assert (root / PO).read_text() == before


def test_a_source_that_changed_is_told_word_by_word_and_nothing_goes_to_another_place(
    window: TestClient, root: Path
) -> None:
    text, source = (root / PO).read_text(), (root / ORIGINAL).read_text()
    form = got(window, CARD)
    (root / ORIGINAL).write_text(source.replace("title: How to Reach", "title: Where to Find", 1))
    changed = got(window, CARD)
    assert changed["values"]["title"]["fuzzy"] == "yes"
    parts = {kind: said.strip() for kind, said in changed["passages"][0]["changes"]}
    assert (parts["out"], parts["in"]) == ("How to Reach", "Where to Find")
    edits = [put("Dónde", "title", "words")]
    late = {"base": form["digest"], "edits": edits, "of": form["of"]}
    assert done(window, f"{CARD}/save", 409, **late)["conflicts"] == []
    assert (root / PO).read_text() == text
    (root / ORIGINAL).write_text(source)


def test_translations_of_texts_that_are_gone_are_listed(window: TestClient, root: Path) -> None:
    text = (root / PO).read_text()
    gone = '\n#~ msgctxt "words.more"\n#~ msgid "More"\n#~ msgstr "Más"\n'
    (root / PO).write_text(text + gone)
    assert got(window, CARD)["unused"] == [{"source": "More", "words": "Más"}]
    (root / PO).write_text(text)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("translation/none/es", "no-piece"),
        ("translation/none/es/versions", "material-unknown"),
        ("translation/contact-card/fr", "material-unknown"),
        ("translation/contact-card/..", "material-unknown"),
    ],
)
def test_a_translation_that_is_not_there_is_told(window: TestClient, path: str, code: str) -> None:
    (problem,) = got(window, path.replace("..", "%2e%2e"), 422)["problems"]
    assert problem["code"] == code
    assert problem["hint"]


# --- What pieces share ---


def test_what_pieces_share_is_listed_with_its_address(window: TestClient) -> None:
    listed = {one["address"]: one["file"] for one in got(window, "shared")}
    assert listed["table/week.csv"] == "materials/week.csv"
    assert {"offices", "organisation", "table/sites.csv"} <= set(listed)
    for address in listed:
        assert got(window, address)["path"] == listed[address]
    assert got(window, "table/none.csv", 404)


@pytest.mark.parametrize(
    ("name", "cell", "value", "code"),
    [
        ("week.csv", ("rows", 0, 2), "whenever", "schedule-hours"),  # a piece names it
        ("sites.csv", ("rows", 0, 5), "no address", "site-nothing"),  # an event does
        ("sites.csv", ("head", 1), "what it is", "csv-column-unknown"),
    ],
)
def test_a_table_is_judged_by_what_uses_it(
    window: TestClient, name: str, cell: tuple[str | int, ...], value: str, code: str
) -> None:
    table = got(window, f"table/{name}")
    assert bool(table["used_by"]) is (name == "week.csv")
    address, base = f"table/{name}/check", table["digest"]
    before = codes(done(window, address, base=base, edits=[]))
    found = codes(done(window, address, base=base, edits=[put(value, *cell)]))
    slot = ".".join(str(step + 1 if isinstance(step, int) else step) for step in cell)
    assert (slot, code) in set(found) - set(before)


def test_offices_are_judged_as_they_are_typed(window: TestClient) -> None:
    base = got(window, "offices")["digest"]
    of = ("offices", "east-coast")

    def told(*edits: dict[str, Any]) -> set[tuple[str | None, str]]:
        return set(codes(done(window, "offices/check", base=base, edits=edits)))

    later, late = (told(put(day, *of, "review-by")) for day in ("2099-01-01", "2026-11-25"))
    assert ("offices.lakeside-night-van.tel", "telephone-fiction") in later
    assert late - later == {("offices.east-coast", "contact-due")}
    assert told(put("soon", *of, "verified")) == {("offices.east-coast.verified", "slot-value")}


def test_an_organisation_without_a_name_is_told_and_offices_that_cannot_be_read_are_not_offered(
    window: TestClient, root: Path
) -> None:
    form = got(window, "organisation")
    gone = [{"do": "remove", "path": ["name"]}]
    found = done(window, "organisation/check", base=form["digest"], edits=gone)
    assert "organisation-missing" in [code for _, code in codes(found)]
    path = root / "materials/contacts.yaml"
    text = path.read_text()
    path.write_text(BROKEN)
    assert got(window, "organisation")["digest"] == form["digest"]
    assert got(window, f"piece/{PIECE}")["offices"] == {}
    assert got(window, "offices", 422)["problems"]
    path.write_text(text)


def test_a_project_with_mistakes_is_listed_all_the_same(window: TestClient, root: Path) -> None:
    assert got(window, "project")["name"] == "Harm Reduction Coalition"
    found = []
    for name in ("materials/organisation.yaml", "layouts/zine/layout.yaml"):
        text = (root / name).read_text()
        (root / name).write_text("name: [\n")
        found.append(got(window, "project"))
        (root / name).write_text(text)
        assert "two-please" in {piece["name"] for piece in found[-1]["pieces"]}
    assert found[0]["name"] == root.name
    assert [one["name"] for one in found[1]["layouts"] if "problem" in one] == ["zine"]


def test_a_table_that_leads_out_of_the_project_is_not_opened(
    window: TestClient, root: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.csv").write_text("name\nnobody\n")
    link = root / "materials/link.csv"
    link.symlink_to(tmp_path / "secret.csv")
    answer = window.get("/api/table/link.csv")
    link.unlink()
    assert answer.status_code in (404, 422)
    assert "nobody" not in answer.text


# --- What is refused, and pictures ---


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        ("put", "group"),
        ({"do": "put", "path": ["a", True], "value": ""}, "path"),
        ({"do": "put", "path": ["a"] * 13, "value": ""}, "path"),
        ({"do": "move", "path": ["words"], "from": -1, "to": 0}, "place in a list"),
        ({"do": "put", "path": ["a"], "value": ["x", {"y": None}]}, "value"),
    ],
    ids=str,
)
def test_what_is_no_edit_is_refused(window: TestClient, edit: object, why: str) -> None:
    base = got(window, f"piece/{PIECE}")["digest"]
    answer = done(window, f"piece/{PIECE}/save", 400, base=base, edits=[edit])
    assert why in answer["why"]


def test_entries_of_a_list_are_put_in_moved_and_taken_out(window: TestClient, root: Path) -> None:
    path = root / "materials/contact-card.yaml"
    form = got(window, "piece/contact-card")
    at = ["words", "contacts"]
    edits = [
        {"do": "insert", "path": [*at, 1], "value": "training-institute"},
        {"do": "move", "path": at, "from": 0, "to": 2},
        {"do": "remove", "path": [*at, 3]},
    ]
    saved = done(window, "piece/contact-card/save", base=form["digest"], edits=edits)
    assert saved["values"]["words"]["contacts"] == [
        "training-institute",
        "west-coast",
        "east-coast",
    ]
    lines = path.read_text().splitlines()[-3:]
    assert lines == [f"    - {name}" for name in saved["values"]["words"]["contacts"]]
    done(window, "piece/contact-card/undo")


def test_a_request_that_is_too_large_is_refused_unread(window: TestClient) -> None:
    big = {"content-type": "application/json", "content-length": str(LARGEST_REQUEST + 1)}
    answer = window.post(f"/api/piece/{PIECE}/undo", content=b"{}", headers=big)
    assert (answer.status_code, answer.json()) == (400, {"why": "the request is too large"})
    big = {"content-length": str(LARGEST_UPLOAD + 1)}
    assert window.post("/api/pictures", content=b"", headers=big).status_code == 413


def test_a_picture_is_kept_and_a_small_copy_of_it_shown(window: TestClient, root: Path) -> None:
    data = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(data, "PNG")
    answer = window.post("/api/pictures?name=Our Van.png", content=data.getvalue())
    file = answer.json()["file"]
    assert (root / file).read_bytes() == data.getvalue()
    shown = window.get("/api/picture", params={"file": file})
    with Image.open(io.BytesIO(shown.content)) as small:
        assert small.size == (30, 20)
    assert got(window, "picture", 404, file="../x.png")["why"]
    signs = window.post("/api/pictures?name=us.pdf&use=logo", content=b"%PDF-1.7")
    assert signs.status_code == 422
