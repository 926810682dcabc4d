"""`hrcpub labels`: the command's own answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shared.pages import texts
from tests.shared.project import Hrcpub


def test_labels_are_written_beside_the_events_files(project: Path, hrcpub: Hrcpub) -> None:
    done = hrcpub("labels", "health-fair", "--addresses", "--sheet", "8160", "--start", "30")
    assert done.returncode == 0, done.stderr
    path = project / "output/events/health-fair/labels/addresses-5160.pdf"
    assert done.stdout == (
        "output/events/health-fair/labels/addresses-5160.pdf: "
        "8 labels on 2 sheets of 5160; print at 100 %\n"
    )
    first, second = texts(path)
    assert "Lakeside Night Van" in first
    assert "West Street Pharmacy" in second


def test_the_sheets_that_are_known_are_listed(project: Path, hrcpub: Hrcpub) -> None:
    done = hrcpub("labels", "--list")
    assert "  L7160  a4      63.5 x 38.1 mm" in done.stdout
    rows = json.loads(hrcpub("labels", "--list", "--json").stdout)
    assert {"5160", "5163", "5164", "L7160", "L7163"} <= {row["sheet"] for row in rows}


def test_a_label_with_a_letter_that_no_font_has_is_not_made(project: Path, hrcpub: Hrcpub) -> None:
    table = project / "materials/sites.csv"
    text = table.read_text("utf-8")
    table.write_text(text.replace("Library Table", "\u0f56\u0f7c\u0f51 Table"), encoding="utf-8")
    line = 1 + text[: text.index("Library Table")].count("\n")
    for kind in ("--addresses", None):
        done = hrcpub("labels", "health-fair", *filter(None, [kind]))
        assert done.returncode == 1
        assert f"materials/sites.csv:{line}:" in done.stderr
        assert done.stderr.count("[glyph-missing]") == 1
        assert "[text-outside]" not in done.stderr
    assert "hrcpub fonts add LANGUAGE" in done.stderr
    assert not list((project / "output").rglob("addresses-*.pdf"))


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("health-fair", "--sheet", "5999"), 1, "labels-unknown"),
        (("health-fair", "--addresses", "--only", "fruitvail"), 1, "label-site-unknown"),
        (("health-fair", "--start", "7"), 2, "a sheet of 5164 has 6"),
        (("health-fair", "--printer", "kinko"), 2, 'no item is made by "kinko"'),
        ((), 2, "name an event"),
    ],
)
def test_what_cannot_be_is_told(
    project: Path, hrcpub: Hrcpub, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = hrcpub("labels", *arguments)
    assert done.returncode == code
    assert said in done.stderr
