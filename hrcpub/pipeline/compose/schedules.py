"""A `Schedule` to the rows of its table: names set large, and bars with hours over their days."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from hrcpub.pipeline import setting
from hrcpub.pipeline.compose.measures import Measures
from hrcpub.pipeline.setting import Face, Fit
from hrcpub.problems import Problem, Source
from hrcpub.project.schedules import OpenRun, Schedule, ScheduledSite
from hrcpub.project.words import Words
from hrcpub.records import record
from hrcpub.units import distance


class ScheduleCell(NamedTuple):
    """Some of a week's days in a row: a bar, or nothing."""

    days: int
    run: OpenRun | None = None  # None: closed
    hours: tuple[Fit, ...] = ()  # lines of one size


@record
class ScheduleRow:
    """A row of a schedule. Lengths in points, from the top of its rule."""

    site: ScheduledSite
    height: float
    name: tuple[Fit, ...]  # lines of one size
    baseline: float  # of the first line under the name
    bar: float  # height of its bars
    cells: tuple[ScheduleCell, ...]  # seven days together


class Schedules:
    """Sets the schedules of one piece by its grid."""

    def __init__(
        self,
        grid: Measures,
        face: Face,
        language: str,
        display: Callable[[Words], str],
        count: Callable[[Words, float, str, str], int],
        problems: list[Problem],
    ) -> None:
        """Set names and hours in `face`; Problems go onto the list.

        `display` returns the text of a display line, `count` how many lines a text takes.
        """
        self._grid, self._face, self._language = grid, face, language
        self._display, self._count, self._problems = display, count, problems

    def rows(self, schedule: Schedule, height: float, numbered: bool = False) -> list[ScheduleRow]:
        """Return the rows of a schedule; together they are `height` high, on the lattice.

        A row is as high as its name and address need, and at least the grid's `row`; what is left
        is shared. A Problem says how many sites fit where these do not.
        """
        step = self._grid["step"]
        names = self._names(schedule, numbered)
        needs = self._needs(schedule, names)
        if sum(needs) > height + 0.01:
            fit = sum(total <= height + 0.01 for total in itertools.accumulate(needs))
            self._problems.append(too_many(schedule.place, len(needs), fit, sum(needs) - height))
        most = len(needs) * self._grid["row-most"]
        # All bars are taller alike: what does not divide is left to the foot.
        spare = max(0.0, min(height, most) - sum(needs))
        each = math.floor(round(spare / len(needs) / step, 6)) * step if needs else 0.0
        heights = [need + each for need in needs]
        return [
            self._row(site, name, high)
            for site, name, high in zip(schedule.sites, names, heights, strict=True)
        ]

    def height(self, schedule: Schedule, numbered: bool = False) -> float:
        """Return the least height of a schedule's rows together."""
        return sum(self._needs(schedule, self._names(schedule, numbered)))

    def _needs(self, schedule: Schedule, names: list[tuple[Fit, ...]]) -> list[float]:
        return [
            self._up(max(self._grid["row"], self._need(site, name)))
            for site, name in zip(schedule.sites, names, strict=True)
        ]

    def _names(self, schedule: Schedule, numbered: bool) -> list[tuple[Fit, ...]]:
        return [
            self._name(site, f"{number} " if numbered else "")
            for number, site in enumerate(schedule.sites, 1)
        ]

    def _name(self, site: ScheduledSite, number: str) -> tuple[Fit, ...]:
        """Return a name on one line, or on two where it would be much smaller than others."""
        size, measure, text = (
            self._grid["site"],
            self._grid["stack"],
            number + self._display(site.name),
        )
        line = setting.at_size(text, self._face, size)
        if line.measure > measure:
            line = setting.fit(text, self._face, measure)
        if line.size >= _ONE_LINE * size:
            return (line,)
        gap = self._grid["gap"]
        high = 2 * _TWO_LINES * size * line.rise / line.size + gap
        # By half the measure, so that it is the measure that cuts them: evenly.
        cut = setting.even(text, self._face, measure / 2, high, gap, self._language)
        lines = self._of_size([part.text for part in cut], min(2 * cut[0].size, _TWO_LINES * size))
        if lines[0].size < self._grid["site-least"]:
            self._problems.append(name_long(site.name, lines[0].size, self._grid["site-least"]))
        return lines

    def _of_size(self, texts: list[str], size: float) -> tuple[Fit, ...]:
        return tuple(setting.at_size(text, self._face, size) for text in texts)

    def _need(self, site: ScheduledSite, name: tuple[Fit, ...]) -> float:
        """Return how high a row has to be for a site's words."""
        leading, lines = self._grid["small-leading"], self._lines(site)
        under = self._baseline(name) + (lines - 1) * leading if lines else self._foot(name)
        return under + self._grid["site-foot"]

    def _lines(self, site: ScheduledSite) -> int:
        """Return how many lines stand under a site's name: its address, its telephone and note."""
        measure = self._grid["stack"]
        address = self._count(site.address, measure, "text", "small-size") if site.address else 0
        asked = sum(self._count(said, measure, "text", "small-size") for said in site.asked)
        return address + asked + bool(site.tel or site.note)

    def _foot(self, name: tuple[Fit, ...]) -> float:
        """Return where the baseline of the last line of a name is."""
        gap = self._grid["gap"]
        gaps = (
            max(gap, setting.clear(upper, lower, self._face, gap))
            for upper, lower in itertools.pairwise(name)
        )
        top = self._grid["rule"] + self._grid["site-top"]
        return top + sum(line.rise for line in name) + sum(gaps)

    def _baseline(self, name: tuple[Fit, ...]) -> float:
        """Return where the first baseline under a name is: on the lattice."""
        clear = max(_TAIL * name[-1].size, name[-1].depth) + self._grid["site-gap"]
        return self._up(self._foot(name) + clear + _X_HEIGHT * self._grid["small-size"])

    def _up(self, length: float) -> float:
        step = self._grid["step"]
        return -(-round(length / step, 6) // 1) * step

    def _row(self, site: ScheduledSite, name: tuple[Fit, ...], height: float) -> ScheduleRow:
        bar = height - self._grid["rule"] - 2 * self._grid["bar-gap"]
        cells = tuple(self._cells(site, bar))
        return ScheduleRow(site, height, name, self._baseline(name), bar, cells)

    def _cells(self, site: ScheduledSite, bar: float) -> Iterator[ScheduleCell]:
        day = 0
        for run in site.runs:
            if run.first > day:
                yield ScheduleCell(run.first - day)
            count = run.last - run.first + 1
            yield ScheduleCell(count, run, self._hours(run, count * self._grid["day"], bar))
            day = run.last + 1
        if day < 7:
            yield ScheduleCell(7 - day)

    def _hours(self, run: OpenRun, width: float, bar: float) -> tuple[Fit, ...]:
        """Return hours as large as their bar and the grid allow, over the names of its days."""
        measure = width - 2 * self._grid["bar-side"]
        height = bar - self._grid["bar-top"] + self._grid["bar-gap"] - self._grid["days"]
        text = self._display(run.words)
        lines = setting.even(text, self._face, measure, height, self._grid["gap"], self._language)
        # Tails have room above the names of days, and are clear of them.
        rises = sum(line.rise for line in lines) + lines[-1].depth
        room = height - self._grid["gap"] * (len(lines) - 1) - (_CLEAR if lines[-1].depth else 0.0)
        size = min(lines[0].size, self._grid["hours"], lines[0].size * room / rises)
        if size < self._grid["hours-least"]:
            self._problems.append(hours_long(run.words, size, self._grid["hours-least"]))
        return self._of_size([line.text for line in lines], size)


# Shares of a name's size: down to the first it stays on one line, and on two it is the second.
_ONE_LINE, _TWO_LINES = 0.8, 0.72
_TAIL = 0.2  # of a name's size: what is kept free under it, with tails or without
_CLEAR = 1.5  # points between tails of hours and the names of days
_X_HEIGHT = 0.74  # of a text's size: what its capitals rise, and a hair


def too_many(place: Source, count: int, fit: int, over: float) -> Problem:
    """A schedule has more sites than its page has room for.

    Fix: make two pieces: by quarter, or by what the sites offer. Each row has to be so high that
    its hours can be read from afar. Shorter names, on one line, take less room. A larger sheet
    holds more: the layout `schedule` is a poster, `schedule-sheet` for Letter and A4.
    """
    return Problem(
        "schedule-full",
        f"{count} sites are {distance(over)} too tall for the page; {fit} fit",
        place,
        "make two pieces, or choose a larger sheet",
    )


def name_long(name: Words, size: float, least: float) -> Problem:
    """A site's name is so long that it would be too small to be found in its schedule.

    Fix: write the name that people say, such as `East Wing`. What the site offers belongs into its
    note.
    """
    return Problem(
        "schedule-name",
        f'"{name.text}" would be {size:.0f} pt in the schedule, and needs {least:.0f}',
        name.source,
        "write a shorter name",
    )


def hours_long(hours: Words, size: float, least: float) -> Problem:
    """The hours of a day are so many that they would be too small in their bar.

    Fix: leave out minutes or a break that is not needed, or give the site two rows of the schedule,
    each with a part of its hours.
    """
    return Problem(
        "schedule-bar",
        f'"{hours.text}" would be {size:.0f} pt in its bar, and needs {least:.0f}',
        hours.source,
        "write shorter hours, or give the site two rows",
    )


CODES = {"schedule-full": too_many, "schedule-name": name_long, "schedule-bar": hours_long}
