"""A file that is open in a window: where its mistakes stand, and what its versions changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hrcpub.files.sources import Sources
from hrcpub.problems import Problem, Source
from hrcpub.project.translations.passages import Passage
from hrcpub.studio.documents import OpenDocuments
from hrcpub.studio.edited_file import EditedFile, TypedPiece
from hrcpub.studio.history import History
from hrcpub.studio.notations import PoNotation

PATH, PO, BESIDE = "materials/brief.yaml", "materials/i18n/es/brief.po", "materials/contacts.yaml"
TEXT = "title: Why?\nwords:\n  lead: Because.\n"
CATALOG = """\
msgid ""
msgstr "Language: es\\n"

msgctxt "title"
msgid "Why?"
msgstr "¿Por qué?"
"""


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    (tmp_path / "materials").mkdir()
    (tmp_path / PATH).write_text(TEXT)
    history = History(tmp_path)
    yield history
    history.close()


@pytest.fixture
def file(history: History, tmp_path: Path) -> EditedFile:
    return EditedFile(PATH, OpenDocuments(Sources(tmp_path), history))


def slot(typed: TypedPiece, path: str | None, line: int | None, column: int | None) -> object:
    place = Source(path, line, column) if path else None
    return typed.problem_json(Problem("some-code", "wrong", place))["slot"]


def test_a_mistake_stands_at_the_value_in_the_file_or_in_one_beside_it() -> None:
    typed = TypedPiece(PATH, TEXT, beside={BESIDE: "offices:\n  here: {tel: x}\n"})
    assert slot(typed, PATH, 3, 9) == "words.lead"
    assert slot(typed, PATH, 1, None) == "title"
    assert slot(typed, BESIDE, 2, 16) == "offices.here.tel"
    for path, line in ((None, None), (PATH, None), ("materials/other.yaml", 1)):
        assert slot(typed, path, line, 1) is None
    words = PoNotation((Passage("title", "Why?"),), PATH)
    translated = TypedPiece(PO, CATALOG, words, {PATH: TEXT})
    assert slot(translated, PO, 6, 8) == slot(translated, PATH, 1, 8) == "title"


def test_what_is_typed_is_saved_where_the_file_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TEXT)
    sources = Sources(tmp_path)
    assert TypedPiece("a.yaml", TEXT).is_saved(sources)
    assert not TypedPiece("a.yaml", f"{TEXT}#").is_saved(sources)
    (tmp_path / "a.yaml").write_text(f"{TEXT}#")
    assert TypedPiece("a.yaml", f"{TEXT}#").is_saved(sources)
    assert not TypedPiece("gone.yaml", TEXT).is_saved(sources)


def test_a_version_tells_what_it_changed_where_both_texts_can_be_read(
    file: EditedFile, history: History
) -> None:
    file.open()
    for text in ("title: [\n", TEXT.replace("Why", "How")):
        history.keep(PATH, text, "others", "")
    newest, broken, eldest = (file.version(one["id"]) for one in file.versions())
    assert [newest["changes"], broken["changes"], eldest["changes"]] == [None, None, None]
    history.keep(PATH, TEXT, "others", "")
    told = file.version(file.versions()[0]["id"])
    assert (told["text"], [one["slot"] for one in told["changes"]]) == (TEXT, ["title"])
    with pytest.raises(KeyError):
        file.version(999)
