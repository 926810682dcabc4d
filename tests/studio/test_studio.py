"""Places in a YAML file to the slots of a form."""

from __future__ import annotations

import pytest

from hrcpub.studio.notations import YAML

TEXT = """\
# About it.
title: Why?
words:
  lead: >-
    Two
    lines
  points:
    - opening: One
      text: first
    - opening: Two
"""


@pytest.mark.parametrize(
    ("line", "column", "slot"),
    [
        (1, 3, None),
        (2, 1, "title"),
        (2, 8, "title"),
        (4, 3, "words.lead"),
        (6, 6, "words.lead"),
        (7, 4, "words.points"),
        (8, 7, "words.points.1.opening"),
        (9, 13, "words.points.1.text"),
        (10, 18, "words.points.2.opening"),
        (99, 1, None),
    ],
)
def test_a_place_in_a_file_belongs_to_a_slot(line: int, column: int, slot: str | None) -> None:
    assert YAML.slot_at(TEXT, line, column) == slot


def test_a_text_that_is_no_yaml_has_no_slots() -> None:
    assert YAML.slot_at("a: [", 1, 1) is None
