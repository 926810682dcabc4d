"""What can be wrong with a list whose openings are set large, as the Problem its author reads."""

from __future__ import annotations

from hrcpub.problems import Problem
from hrcpub.project.words import Words
from hrcpub.units import distance


def stack_overset(words: Words, over: float, lines: int, cut: int, panel: str | None) -> Problem:
    """The entries of a list are together taller than their place.

    Fix: cut words from the longest entries, or take an entry out. If the layout's `panels:` allow
    a slightly tighter setting, that was tried before.
    """
    where = f'the panel "{panel}"' if panel else "its page"
    return Problem(
        "stack-overset",
        f"the list is {distance(over)}, about {lines} line{'s' * (lines > 1)}, too tall for "
        f"{where}",
        words.source,
        f"cut about {cut} word{'s' * (cut > 1)} from the longest entries, or take an entry out",
    )


CODES = {"stack-overset": stack_overset}
