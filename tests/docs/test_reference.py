"""The reference says all that the program and the design system have."""

from __future__ import annotations

import re

import pytest

from docs.making.reference import PARTS
from docs.making.reference.design import OF_PANELS
from docs.making.reference.problems import CHAPTERS, of_chapter
from hrcpub.cli.explaining import explanations
from hrcpub.project.edition import EDITIONS
from hrcpub.project.layout import declared
from hrcpub.project.slots import CODE_KINDS
from tests.shared.project import ROOT


@pytest.mark.parametrize("name", sorted(PARTS))
def test_every_part_is_used_on_a_page(name: str) -> None:
    pages = (page.read_text(encoding="utf-8") for page in (ROOT / "docs").rglob("*.md"))
    assert any(f"```{{from-code}} {name}" in page for page in pages)


def test_every_component_with_a_comment_is_listed_with_what_it_makes() -> None:
    text = (ROOT / "layouts/system/components.html").read_text(encoding="utf-8")
    commented = re.findall(r"#\}\n\{%-? macro (\w+\()", text)
    assert len(commented) > 10
    assert re.findall(r"\| `c\.(\w+\()[^|]*` \| \w", PARTS["components"]()) == commented


def test_all_that_layouts_call_on_set_is_listed() -> None:
    templates = (path.read_text(encoding="utf-8") for path in ROOT.glob("layouts/*/*.html"))
    called = {name for text in templates for name in re.findall(r"\bset\.(\w+)\(", text)}
    listed = set(re.findall(r"\| `set\.(\w+)\(", PARTS["set-calls"]()))
    assert len(called) > 10
    assert called - listed == set(OF_PANELS)


def test_every_message_is_in_one_chapter() -> None:
    chapters = [of_chapter(name) for name in CHAPTERS]
    assert all(len(chapter) > 10 for chapter in chapters)
    assert sum(map(len, chapters)) == len(explanations())
    assert dict(sorted(entry for chapter in chapters for entry in chapter.items())) == (
        explanations()
    )


def test_a_message_says_first_why_then_what_to_do() -> None:
    section = PARTS["problems"]("words").partition("## `slot-limit`\n")[2].partition("\n## ")[0]
    assert section.strip().startswith("A text is longer than its place")
    assert "**What to do:** cut words" in section


def test_a_layout_is_listed_with_its_slots_their_fields_and_sizes() -> None:
    section = PARTS["layout-slots"]().partition("## `half-sheet`\n")[2].partition("\n## ")[0]
    assert "| `title` |" in section
    assert "| `points.opening` | The first words, set large. | `line` | required, up to" in section
    assert "5.5 x 8.5 in | 148 x 210 mm | 2 |" in PARTS["layouts"]()


def test_keys_say_what_they_take() -> None:
    assert "| `offices.NAME.hours.days` |" in PARTS["keys"]("contacts")
    assert "| `items.languages` |" in PARTS["keys"]("event")
    assert "`letter`, `legal`" in PARTS["keys"]("organisation")


def test_pages_written_by_hand_name_every_kind_and_edition() -> None:
    layout_yaml = (ROOT / "docs/designers/layout-yaml.md").read_text(encoding="utf-8")
    for kind in declared.KINDS:
        assert f"| `{kind}` |" in layout_yaml
    codes = (ROOT / "docs/writers/codes-and-pictures.md").read_text(encoding="utf-8")
    for kind in CODE_KINDS:
        assert f"| `{kind}: " in codes
    printing = (ROOT / "docs/writers/printing.md").read_text(encoding="utf-8")
    for edition in EDITIONS:
        assert f"| `output/{edition}/" in printing
