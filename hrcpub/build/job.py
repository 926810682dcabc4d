"""What is to be made: names and choices only, which can be sent to any worker."""

from __future__ import annotations

from typing import NamedTuple

from hrcpub.records import record

FEW = 3  # jobs: for no more than these one process is faster


@record
class Job:
    """One material, and the editions to be made of it.

    `paper` is how the paper gets its colour (flood, stock, white); None takes each edition's own.
    `printer` is a name in `materials/printers.yaml`; None takes what most shops ask for. `sheet` is
    what the office prints on, by its name in `SHEETS`; None takes the project's. `is_usual` says
    that nobody asked for just these editions: one that cannot be made yet may be left out.
    `may_be_open` says the same of the piece: a translation that is not finished may be left out.
    `is_draft` makes it all the same, what is open marked in it.
    """

    material: str
    editions: tuple[str, ...]
    paper: str | None = None
    printer: str | None = None
    sheet: str | None = None
    is_usual: bool = False
    may_be_open: bool = False
    is_draft: bool = False


class BuildOptions(NamedTuple):
    """How to build; empty and None take the default."""

    editions: tuple[str, ...] = ()
    paper: str | None = None
    printer: str | None = None
    sheet: str | None = None
    is_draft: bool = False
