"""Every layout says once how readers reach who signs, and tagged editions link it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.build.batch import BuildWorker
from tests.shared.pages import texts
from tests.whole.test_layouts import (
    LAYOUTS,
    TELEPHONE,
    WAYS,
    assert_right,
    build,
    counted,
    pdf,
    sample,
)

SAID = (TELEPHONE, "Text HOME to 741741", "www.nightvan.org", "help@nightvan.org")
ENTRIES = f"paper-size: letter\nname: Night Van\n{WAYS}"
LINKS = {
    "tel:+12126896347",
    "sms:741741?body=HOME",
    "https://www.nightvan.org/",
    "mailto:help@nightvan.org",
}


@pytest.fixture
def reached(worker: BuildWorker) -> BuildWorker:
    """Return a worker whose project can be reached."""
    path = Path(worker.options.root) / "materials/organisation.yaml"
    path.write_text(ENTRIES, encoding="utf-8")
    return worker


def said(file: Path) -> str:
    """Return all words of a file."""
    return " ".join(" ".join(texts(file)).split())


# A sticker and a postcard have room for one number, that of whom to call; a zine tells a story.
ROOMY = [layout for layout in LAYOUTS if layout not in ("sticker", "postcard", "zine")]


def test_a_small_piece_without_room_leaves_it_out(reached: BuildWorker) -> None:
    report = build(reached, "postcard", counted("postcard", fewest=False), ("screen",))
    assert_right(report, "sample-words", "reach-left-out", made=("screen",))
    [note] = [problem for problem in report.all_problems if problem.code == "reach-left-out"]
    assert note.source
    assert (note.source.path, note.source.line) == ("materials/organisation.yaml", 3)
    assert SAID[0] not in said(pdf(reached, "screen"))


def test_a_mistake_in_it_is_told_and_not_left_out(reached: BuildWorker) -> None:
    path = Path(reached.options.root) / "materials/organisation.yaml"
    path.write_text(ENTRIES.replace(TELEPHONE, f"{{电话: {TELEPHONE}}}"), encoding="utf-8")
    report = build(reached, "brief", sample("brief"), ("screen",))
    [error] = [problem for problem in report.all_problems if problem.is_error]
    assert error.code == "glyph-missing"
    assert error.source
    assert (error.source.path, error.source.line) == ("materials/organisation.yaml", 3)
