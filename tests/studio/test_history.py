"""Saved texts of a project's files: how many are kept, and that each is kept whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hrcpub.studio.history import History

PATH = "materials/brief.yaml"


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    history = History(tmp_path)
    yield history
    history.close()


def test_the_oldest_versions_are_let_go_and_an_undo_ends_at_the_eldest_that_stays(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hrcpub.studio.history.MOST", 3)
    made = [history.keep(PATH, f"text {number}", "studio", "") for number in range(5)]
    other = history.keep("materials/other.yaml", "text 0", "studio", "")
    assert [one.id for one in history.versions(PATH)] == [one.id for one in made[:1:-1]]
    with pytest.raises(KeyError):
        history.text(made[1].id)
    for version in made[3:1:-1]:
        before = history.before(PATH)
        assert before
        assert before.id == version.id
        history.go(PATH, before)
    assert history.before(PATH) is None
    assert history.text(other.id) == "text 0"


def test_a_text_that_cannot_be_kept_leaves_the_history_as_it_was(history: History) -> None:
    first = history.keep(PATH, "text", "studio", "")
    with pytest.raises(UnicodeEncodeError):
        history.keep(PATH, "\ud800", "studio", "")
    assert history.versions(PATH) == [first]
    assert history.keep(PATH, "more", "studio", "").follows == first.id
