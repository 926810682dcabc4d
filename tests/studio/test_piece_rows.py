"""Rows of the list of pieces: read again only when a file changed."""

from __future__ import annotations

from pathlib import Path

from hrcpub.files.sources import Sources
from hrcpub.studio.piece_rows import PieceRows

PATH = "materials/one.yaml"


def test_a_row_is_as_its_file_is_now(tmp_path: Path) -> None:
    (tmp_path / "materials").mkdir()
    file, rows, sources = tmp_path / PATH, PieceRows(), Sources(tmp_path)
    file.write_text("title: First\nlayout: card\n")
    first = {"name": "one", "title": "First", "layout": "card", "language": "", "revised": ""}
    assert rows.row(sources, "one", PATH) == first
    changed = sources.recording()
    assert rows.row(changed, "one", PATH) == first
    assert PATH not in changed.reads.files  # it was not read again
    file.write_text("title: [\n")
    assert "problem" in rows.row(sources, "one", PATH)
    file.write_text("title: Second one\n")
    assert rows.row(sources, "one", PATH)["title"] == "Second one"
    file.unlink()
    assert "problem" in rows.row(sources, "one", PATH)
