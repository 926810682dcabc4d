"""What can go wrong while an event's pieces are made."""

from __future__ import annotations

from hrcpub.problems import Problem, Source


def areas_differ(layout: str, count: int) -> Problem:
    """A layout keeps places of different sizes for the local site's details.

    One imprint is set once for a piece: give all of a layout's places the same size.
    """
    return Problem(
        "imprint-areas-differ",
        f"{layout} keeps {count} places of different sizes for an imprint",
        Source(f"layouts/{layout}/layout.html"),
        "give them one size",
    )


def piece_lost(path: str, how: str) -> Problem:
    """The process that made a piece died or hung, twice; everything else was made.

    Look for a very large picture in the piece. Running the same command again makes what is
    missing.
    """
    return Problem(
        "piece-lost",
        f"{path} was not made: its process {how}, twice",
        None,
        "run the same command again: it makes only what is missing",
    )


CODES = {"imprint-areas-differ": areas_differ, "piece-lost": piece_lost}
