"""What a column knows of its groups is what breaking them anew says, in every width and size."""

from __future__ import annotations

import random

import pytest

from hrcpub.events.fulfil.copies import CopyMaker
from hrcpub.events.imprint.blocks import Group
from hrcpub.events.imprint.columns import BrokenGroups, block, whole_lines
from hrcpub.files.sources import Sources
from tests.shared.project import ROOT

FACES = CopyMaker(Sources(ROOT), lambda digest: b"").letters.fonts.faces
NAME = Group(("Harbor Street Drop-In Center & Outreach of the East Bay",), "bold", 1.12)
ADDRESS = Group(("1024 International Boulevard", "Oakland, CA 94612"), is_apart=False)
HOURS = Group(("Mon–Fri 9 am–5 pm, Sat 10 am–2 pm; closed on holidays",), has_spans=True)
TEL = Group(("(510) 555-0123",), "bold", 1.12, "tel:+15105550123", is_whole=True, is_latin=True)
URL = Group(("example.org/centers/of/harbor",), is_whole=True, least=7.5, is_latin=True)
GROUPS = (NAME, ADDRESS, HOURS, TEL, URL)


def test_known_groups_are_as_groups_broken_anew() -> None:
    """In whatever order widths and sizes are tried; some columns are too narrow, or too low."""
    chance, known = random.Random(4), BrokenGroups(FACES)
    lines = set()
    for _ in range(600):
        first = chance.randrange(len(GROUPS))
        groups = GROUPS[first : chance.randrange(first, len(GROUPS)) + 1]
        size, width = chance.choice((7.0, 9.03, 10.5, 13.65)), chance.uniform(20, 420)
        top, most = chance.choice((0.0, 10.5)), chance.choice((60.0, 250.0))
        column = known.column(groups, size, top, most)
        found = column.block(width) if column else None
        assert found == block(groups, FACES, size, width, top, most)
        lines.add(len(found.lines) if found else None)
    assert {None, *range(1, 9)} <= lines


@pytest.mark.parametrize(("group", "least"), [(TEL, 1), (ADDRESS, 2), (HOURS, 1)])
def test_a_group_that_is_not_broken_is_known_in_all_wider_columns(group: Group, least: int) -> None:
    known = BrokenGroups(FACES)
    column = known.column((group,), 10.0, 0.0, 100.0)
    assert column
    wide = column.block(300.0)
    assert wide
    assert len(wide.lines) == whole_lines((group,)) == least
    assert column.block(500.0) is wide
    assert column.block(wide.width + 0.001) is wide
    narrower = column.block(wide.width - 1)
    assert narrower is None or len(narrower.lines) > least


def test_what_may_be_smaller_is_as_wide_as_its_column() -> None:
    column = BrokenGroups(FACES).column((URL,), 12.0, 0.0, 100.0)
    assert column
    found = [column.block(width) for width in (300.0, 130.0, 120.0, 90.0)]
    sizes = [round(block.lines[0].size, 2) if block else None for block in found]
    assert sizes[0] == 12.0
    assert sizes[3] is None
    assert 7.5 <= (sizes[2] or 0.0) < (sizes[1] or 0.0) < 12.0
