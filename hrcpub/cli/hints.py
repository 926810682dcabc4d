"""Fullness to text: how full panels and slots are, and about how many more words fit."""

from __future__ import annotations

from collections.abc import Iterator

import click

from hrcpub.pipeline.stages import Fill, Report

BAR = 20  # characters of a full bar
TIGHT = 0.9  # share of a place; fuller ones are shown even if there are too many to show all
INDENT = 2


def fullness_lines(report: Report, *, shows_all: bool) -> Iterator[str]:
    """Yield the lines that say how full a material's layout is.

    With `shows_all` all places are shown, otherwise only those that are nearly full.
    """
    for full in report.fullness:
        fills = [fill for fill in _in_order(full.fills) if shows_all or fill.share >= TIGHT]
        if fills or shows_all:
            pages = f"{full.pages} page{'s' * (full.pages > 1)}"
            grows = "" if full.fills else ", as many as the words need"
            yield f"{report.material}: {', '.join(full.editions)}: {pages}{grows}"
        width = max((len(_name(fill)) for fill in fills), default=0)
        yield from (_fill_line(fill, width) for fill in fills)


def _in_order(fills: tuple[Fill, ...]) -> Iterator[Fill]:
    """Yield what is in no panel, then the panels with their slots."""
    yield from (fill for fill in fills if fill.panel is None)
    yield from (fill for fill in fills if fill.panel is not None)


def _name(fill: Fill) -> str:
    if fill.slot is None:
        return fill.panel or ""
    return (" " * INDENT if fill.panel else "") + fill.slot.removeprefix("words.")


def _fill_line(fill: Fill, width: int) -> str:
    share = f"{fill.share * 100:3.0f} %"
    colour = "red" if fill.share > 1 else "yellow" if fill.share >= TIGHT else None
    bar = ("█" * min(BAR, round(fill.share * BAR))).ljust(BAR, "░")
    return f"  {_name(fill):{width}}  {click.style(f'{bar} {share}', fg=colour)}{_words(fill)}"


def _words(fill: Fill) -> str:
    if fill.words is None:
        return ""
    if fill.words < 1:
        return "  full"
    return f"  room for about {fill.words} more word{'s' * (fill.words > 1)}"
