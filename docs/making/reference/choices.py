"""What people may choose between (editions, sheets, sizes, folds, schemes) to tables."""

from __future__ import annotations

from docs.making.reference.markdown import code, sentence, table
from hrcpub.problems import ExitCode
from hrcpub.project.edition import EDITIONS, Edition
from hrcpub.project.folds import FOLDS
from hrcpub.project.schemes import SCHEMES
from hrcpub.project.sheets import SHEETS
from hrcpub.units import PAPER_SIZES, dimensions

_EXIT_CODES = {
    ExitCode.DONE: "Done. Warnings do not change that.",
    ExitCode.PROBLEMS: "There are mistakes. They are in what was printed.",
    ExitCode.USAGE: "The command was not typed as it should be.",
    ExitCode.OUR_BUG: "hrcpub itself has a mistake. Please report it.",
    ExitCode.INTERRUPTED: "You stopped it, with Ctrl-C.",
    ExitCode.READER_LEFT: "What reads its output has ended, as in `hrcpub build | head`, and so it "
    "stopped.",
}


def exit_codes() -> str:
    """Return what a command ends with."""
    return table(["Code", "Means"], [[code(str(int(one))), _EXIT_CODES[one]] for one in ExitCode])


def editions() -> str:
    """Return the kinds of files that are made."""
    rows = [[code(name), sentence(one.about), _traits(one)] for name, one in EDITIONS.items()]
    return table(["Edition", "For", "Has"], rows)


def _traits(edition: Edition) -> str:
    traits = {
        "links": edition.has_links,
        "tags": edition.is_tagged,
        "bleed": edition.bleed > 0,
        "inks": edition.is_inked,
        "a clear margin": edition.margin > 0,
    }
    return ", ".join(name for name, is_there in traits.items() if is_there)


def sheets() -> str:
    """Return what an office prints on, and which sizes of pieces go with it."""
    sizes = {"letter": "US sizes", "a4": "A sizes"}
    rows = [[code(one.name), dimensions(one.size), sizes[one.family]] for one in SHEETS.values()]
    return table(["Sheet", "Size", "Pieces have"], rows)


def paper_sizes() -> str:
    """Return the sizes that have a name."""
    return table(
        ["Name", "Size"], [[code(name), dimensions(size)] for name, size in PAPER_SIZES.items()]
    )


def schemes() -> str:
    """Return the ways in which pages lie on sheets."""
    return table(
        ["Scheme", "Places"], [[code(name), sentence(about)] for name, about in SCHEMES.items()]
    )


def folds() -> str:
    """Return the folds by name."""
    return table(["Fold", "Papers say"], [[code(name), fold.words] for name, fold in FOLDS.items()])
