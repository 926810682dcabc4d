"""What the studio cannot do itself, it says, with a way out; and what it can, it does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hrcpub.cli.font_files import bring_starters
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.studio.comparing import ApproveErrand, Comparisons
from hrcpub.studio.errands import Errands
from hrcpub.studio.studio import Studio
from hrcpub.studio.words_alone import changed_words
from tests.shared import loops
from tests.shared.project import copy_project

PIECE = "two-please"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project in which a piece was approved, and has a mistake since."""
    root = copy_project(tmp_path_factory.mktemp("cannot") / "project")
    ApproveErrand(PIECE, "Ana Reyes").run(root)
    path = root / f"materials/{PIECE}.yaml"
    text = path.read_text(encoding="utf-8").replace("A night, a bus", "A night, a train")
    path.write_text(f"{text}\nnobody-knows-this: yes\n", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def studio(root: Path) -> Studio:
    return Studio(root, bring_starters)


def refused(studio: Studio, name: str) -> tuple[str, str | None]:
    with pytest.raises(HrcpubError) as caught:
        studio.shared.table(name)
    (problem,) = caught.value.problems
    return problem.message, problem.hint


def test_a_table_that_cannot_be_changed_here_is_listed_and_says_where_it_can(
    studio: Studio, root: Path
) -> None:
    (root / "materials/old.csv").write_bytes("name,address\nCafé,1 Main\n".encode("latin-1"))
    (root / "materials/list.xlsx").write_bytes(b"PK")
    listed = [one["file"] for one in studio.shared.overview()]
    assert {"materials/old.csv", "materials/list.xlsx"} <= set(listed)
    for name, why in (("old.csv", "is not saved as UTF-8"), ("list.xlsx", "is a workbook")):
        message, hint = refused(studio, name)
        assert message == f"materials/{name} {why}: it is printed from, but not changed here"
        assert "CSV UTF-8" in (hint or "")
    with pytest.raises(KeyError):
        studio.shared.table("nothing.csv")


@pytest.fixture(scope="module")
def errands(root: Path) -> Iterator[Errands]:
    errands = Errands(root)
    yield errands
    errands.end()


def compared(studio: Studio, errands: Errands, how: str) -> dict[str, Any]:
    asked = {"how": how, "edition": "screen"}
    return loops.run(Comparisons(studio, errands).compare(PIECE, asked))


def test_of_a_piece_with_a_mistake_its_words_are_compared_and_the_mistake_is_told(
    studio: Studio, errands: Errands
) -> None:
    found = compared(studio, errands, "approved")
    (problem,) = found["problems"]
    assert "nobody-knows-this" in problem["message"]
    parts = [part for one in found["changes"] for part in one["parts"]]
    assert [text.strip() for kind, text in parts if kind == "out"] == ["bus,"]
    assert [text.strip() for kind, text in parts if kind == "in"] == ["train,"]


def test_without_words_of_before_there_is_the_mistake_alone(
    studio: Studio, errands: Errands
) -> None:
    with pytest.raises(HrcpubError):
        compared(studio, errands, "built")


def test_of_words_that_cannot_be_read_nothing_is_said_to_have_changed(root: Path) -> None:
    path = root / "materials/too-deep.yaml"
    path.write_text(f"words: {'[' * 3000}{']' * 3000}\n", encoding="utf-8")
    found = changed_words(Sources(root), "too-deep", "materials/too-deep.yaml", "version", "a: b")
    path.unlink()
    assert found is None


def test_a_new_language_has_its_fonts_where_they_came_with_hrcpub(
    studio: Studio, root: Path
) -> None:
    for folder in (root / "fonts").glob("sofia-sans*"):
        shutil.rmtree(folder)
    assert studio.bring_fonts("es") == {"files": []}
    files = studio.bring_fonts("ru")["files"]
    assert files
    assert all(Sources(root).has(path) for path in files)
    assert studio.bring_fonts("ru") == {"files": []}


def test_fonts_that_come_from_elsewhere_are_told_with_the_command(root: Path) -> None:
    for folder in (root / "fonts").glob("noto-sans-kr*"):
        shutil.rmtree(folder)
    with pytest.raises(HrcpubError) as caught:
        Studio(root, bring_starters).bring_fonts("ko")
    (problem,) = caught.value.problems
    assert problem.hint == "hrcpub fonts add ko"
