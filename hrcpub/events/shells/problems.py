"""What can be wrong with stock pieces and what is joined to them."""

from __future__ import annotations

from hrcpub.problems import Problem


def stock_unreadable(said: str) -> Problem:
    """A stock piece that was just made cannot be read again, so no imprint can be joined to it.

    Fix: build once more with `--force`. If that does not help, please report it: this is a
    mistake of hrcpub, or of the disk.
    """
    return Problem(
        "stock-unreadable",
        f"the stock piece cannot be opened: {said}",
        None,
        "build once more with --force",
    )


def joint_broken(said: str) -> Problem:
    """A piece was wrong when it was read again after its imprint was joined, so it was not written.

    Fix: please report it. This is a mistake of hrcpub.
    """
    return Problem("joint-broken", f"the imprint did not join the piece: {said}")


CODES = {"stock-unreadable": stock_unreadable, "joint-broken": joint_broken}
