"""How many pieces come out of an office's sheet, as tickets and plans count them."""

from __future__ import annotations

import pytest

from hrcpub.events.fulfil.jobs import ShellJob
from tests.shared.shells import maker_of

# Of each piece, how many on a sheet of Letter, and how many sheets one takes.
COUNTS = {
    "two-please": (1, 1),  # a zine's eight pages are one piece
    "contact-card": (10, 1),
    "why-in-short": (2, 1),
    "harm-reduction": (1, 2),  # a booklet's pages lie side by side
    "kit-stickers": (10, 1),  # each entry of its list is a sticker
}


@pytest.mark.slow(but=["contact-card", "two-please"])
@pytest.mark.parametrize("name", COUNTS)
def test_pages_that_lie_side_by_side_are_no_pieces(name: str) -> None:
    facts = maker_of({}).shell(ShellJob(name, "office")).facts
    assert (facts.up, facts.sheets) == COUNTS[name]
