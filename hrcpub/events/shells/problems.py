"""What can be wrong with shells and what is joined to them."""

from __future__ import annotations

from hrcpub.problems import Problem


def shell_unreadable(reason: str) -> Problem:
    """A piece that was just typeset cannot be read again, so no imprint can be joined to it.

    Fix: build once more with `--force`. If that does not help, please report it: this is a
    mistake of hrcpub, or of the disk.
    """
    return Problem(
        "stock-unreadable",
        f"the typeset piece cannot be opened: {reason}",
        None,
        "build once more with --force",
    )


def copy_broken(reason: str) -> Problem:
    """A piece was wrong when it was read again after its imprint was joined, so it was not written.

    Fix: please report it. This is a mistake of hrcpub.
    """
    return Problem("joint-broken", f"the imprint could not be joined to the piece: {reason}")


CODES = {"stock-unreadable": shell_unreadable, "joint-broken": copy_broken}
