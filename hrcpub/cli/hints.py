"""Fullness to text: how full panels and slots are, and about how many words still fit."""

from __future__ import annotations

from collections.abc import Iterator

import click

from hrcpub.pipeline.stages import Fill, Report

BAR = 20  # characters of a full bar
TIGHT = 0.9  # from here on a place is told of, where there are too many to tell of all
INDENT = 2


def fullness_lines(report: Report, *, every: bool) -> Iterator[str]:
    """Yield the lines that tell how full a material's layout is.

    With `every`, all places are told of; else those that are nearly full.
    """
    for full in report.fullness:
        rooms = [room for room in _in_order(full.fills) if every or room.share >= TIGHT]
        if rooms or every:
            pages = f"{full.pages} page{'s' * (full.pages > 1)}"
            grows = "" if full.fills else ", as many as the words need"
            yield f"{report.material}: {', '.join(full.editions)}: {pages}{grows}"
        width = max((len(_name(room)) for room in rooms), default=0)
        yield from (_line(room, width) for room in rooms)


def _in_order(rooms: tuple[Fill, ...]) -> Iterator[Fill]:
    """Yield the panels with their slots, and what stands in no panel first."""
    yield from (room for room in rooms if room.panel is None)
    yield from (room for room in rooms if room.panel is not None)


def _name(room: Fill) -> str:
    if room.slot is None:
        return room.panel or ""
    return (" " * INDENT if room.panel else "") + room.slot.removeprefix("words.")


def _line(room: Fill, width: int) -> str:
    share = f"{room.share * 100:3.0f} %"
    colour = "red" if room.share > 1 else "yellow" if room.share >= TIGHT else None
    bar = ("█" * min(BAR, round(room.share * BAR))).ljust(BAR, "░")
    return f"  {_name(room):{width}}  {click.style(f'{bar} {share}', fg=colour)}{_words(room)}"


def _words(room: Fill) -> str:
    if room.words is None:
        return ""
    if room.words < 1:
        return "  full"
    return f"  room for about {room.words} word{'s' * (room.words > 1)}"
