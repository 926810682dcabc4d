"""Sheets that were imposed to what people, and programs, read about them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.problems import Problem
from hrcpub.units import dimensions

if TYPE_CHECKING:
    from hrcpub.cli.imposing import Chosen

MOST_RUNS, MOST_OPTIONS = 12, 3  # that are printed; --json has all


def show_sheets(
    path: Path, chosen: Chosen, problems: list[Problem], seconds: float, as_json: bool
) -> None:
    """Print what was written, how to print it, and what to know before."""
    length = path.stat().st_size
    if as_json:
        say_json(_fields(path, chosen, problems, seconds, length))
        return
    show_problems(problems)
    say(f"{path}  {length / 1000:.0f} kB  {seconds:.1f} s  {chosen.printing}")
    for line in _run_lines(chosen):
        say(line, err=True)


def _run_lines(chosen: Chosen) -> Iterator[str]:
    """Yield what the sheets are, how often to print them, what to do then, and other ways."""
    layout = chosen.layout
    guess = " (guessed: choose another with --scheme)" if chosen.is_guessed else ""
    scale = f", at {layout.scale:.0%}" if layout.scale < 1 else ""
    pages, sheets = _count(chosen.task.pages, "page"), _count(layout.sheets, "sheet")
    yield (
        f"{chosen.scheme}{guess}: {pages}{scale} on {sheets} of {dimensions(layout.sheet)}, "
        f"{layout.up} up, {_count(layout.cuts, 'cut')}, {layout.waste:.0%} waste"
    )
    if len(set(layout.copies)) > 1:
        runs = [f"sheet {i} × {copies}" for i, copies in enumerate(layout.copies, 1)]
        more = ", …" if len(runs) > MOST_RUNS else ""
        yield f"print {', '.join(runs[:MOST_RUNS])}{more}"
    elif layout.copies[0] > 1:
        yield f"print each sheet {layout.copies[0]} times"
    if layout.note:
        yield f"then: {layout.note}"
    for other in chosen.options[1 : MOST_OPTIONS + 1]:
        text = f"{_count(other.layout.sheets, 'sheet')}, {other.layout.waste:.0%} waste"
        yield f"or {other.scheme} on {dimensions(other.stock)}: {text}"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _fields(
    path: Path, chosen: Chosen, problems: list[Problem], seconds: float, length: int
) -> dict[str, object]:
    layout = chosen.layout
    return {
        "output": str(path),
        "bytes": length,
        "seconds": round(seconds, 3),
        "scheme": chosen.scheme,
        "guessed": chosen.is_guessed,
        "pages": chosen.task.pages,
        "sheet": list(layout.sheet),
        "sheets": layout.sheets,
        "copies": list(layout.copies),
        "up": layout.up,
        "scale": round(layout.scale, 4),
        "cuts": layout.cuts,
        "waste": round(layout.waste, 4),
        "flip": str(layout.flip) if layout.flip else None,
        "print": chosen.printing,
        "then": layout.note,
        "sides": list(layout.picture),
        "options": [
            {
                "scheme": option.scheme,
                "stock": list(option.stock),
                "sheets": option.layout.sheets,
                "cuts": option.layout.cuts,
                "waste": round(option.layout.waste, 4),
            }
            for option in chosen.options
        ],
        "problems": [problem.as_json() for problem in problems],
    }
