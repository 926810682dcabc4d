"""What an event's build did not make, as its papers and its last line say it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

INCOMPLETE = "INCOMPLETE"  # the word on papers, in zips' names and in the last line of a build
MOST_TOLD = 6  # lines on a paper: the build's log has them all


class Missing(NamedTuple):
    """One thing that was not made, or was left out."""

    what: str
    maker: str | None = None  # whose folder it belongs into; None: everybody's


def told(missing: Sequence[Missing], maker: str | None = None) -> list[str]:
    """Return the lines of a paper about what is missing: what concerns its own printer first.

    Without a `maker` the paper is of the whole event.
    """
    own = [each.what for each in missing if maker is None or each.maker in (None, maker)]
    lines = own[:MOST_TOLD]
    if len(own) > len(lines):
        lines.append(f"and {len(own) - len(lines):,} more")
    elsewhere = len(missing) - len(own)
    if elsewhere:
        here = "" if own else "All files of this printer are here. "
        things = "1 thing is" if elsewhere == 1 else f"{elsewhere:,} things are"
        lines.append(f"{here}At other printers {things} missing.")
    return lines
