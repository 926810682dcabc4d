"""What templates call for what CSS cannot do: display lines, stacks and rags, set by the ink."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from hrcpub.pipeline import setting
from hrcpub.pipeline.compose import maps, overset_problems, scancodes, schedules, spans, titles
from hrcpub.pipeline.compose.display_lines import DisplaySetter, Locate
from hrcpub.pipeline.compose.figures import FigureDrawer
from hrcpub.pipeline.compose.maps import DrawnMap, drawn_map
from hrcpub.pipeline.compose.measures import Measures
from hrcpub.pipeline.compose.paragraphs import (
    Breaks,
    TextLine,
    after_commas,
    in_whole_words,
    lines_html,
    paragraph_lines,
    widths,
)
from hrcpub.pipeline.compose.scancodes import drawn_code
from hrcpub.pipeline.compose.schedules import ScheduleRow, Schedules
from hrcpub.pipeline.compose.signing import ReachRows, Signer, reach_rows
from hrcpub.pipeline.compose.spans import SpanMark, Times
from hrcpub.pipeline.compose.stacks import StackItems, StackRow, Stacks
from hrcpub.pipeline.compose.tables import TableView, table_view
from hrcpub.pipeline.compose.tokens import seats
from hrcpub.pipeline.photographs.crop import MIDDLE, PictureView
from hrcpub.pipeline.setting import Face, Fit, Wordmark, glyph_missing
from hrcpub.pipeline.stages import DrawnCode, LaidSlot
from hrcpub.project.calls import CallLine
from hrcpub.project.dates import date_in_words, day_in_words, month_in_words, style_of
from hrcpub.project.languages import is_right_to_left
from hrcpub.project.material import Material
from hrcpub.project.quotes import signs_of
from hrcpub.project.scancodes import Scannable
from hrcpub.project.schedules import Schedule
from hrcpub.project.words import Image, ScanCode, StreetMap, TableRows, Words
from hrcpub.units import Size

if TYPE_CHECKING:
    from markupsafe import Markup


class Setter(DisplaySetter):
    """What templates call to set the lines of one material, with its faces and language."""

    def __init__(
        self,
        material: Material,
        faces: Mapping[str, Face],
        grid: Measures,
        locate: Locate,
        least: float,
        drawer: FigureDrawer,
    ) -> None:
        """Set lines of `material` on a grid, collecting Problems and what was set.

        `locate` returns the place of a letter in the text that begins at a place. `least` is the
        least size of words, in points.
        """
        super().__init__(material, faces, grid, locate)
        self._least = least
        self.figure, self.figure_width = drawer.draw, drawer.wide
        self.texts: list[LaidSlot] = []  # all paragraphs, as they were set
        self._named_faces = tuple(faces.items())
        self._spares_toner = material.spares_toner
        count = partial(self.count, face="text")
        self._stacks = Stacks(
            grid, faces["display"], self._language, self._display, count, self._names
        )
        self.fills, self.oversets = self._stacks.fills, self._stacks.oversets
        whole = (grid, faces["display"], self._language, self._display, self.count)
        self._schedules = Schedules(*whole, self.problems)
        self._codes = material.codes
        self._reach = material.reach
        self._offices = overset_problems.offices_named(material)
        self.reached: list[CallLine] = []  # those that were asked for
        system = material.layout.system
        self._code_title = system.code_title
        self._inks = (system.ink.screen, system.papers["bare"].screen)
        paper, by = system.papers[material.colour], material.organisation
        inks = (paper, system.ink, system.signs_in(paper))
        self.signer = Signer(by, material.language, faces, *inks, least)
        self.drawn_codes: list[DrawnCode] = []

    def shown(self, image: Image, width: float = 0.0, height: float = 0.0) -> str:
        """Return the address of a picture: black on the paper, in lines, or in colour.

        It fills a frame `width` x `height`, cut about its focus; without these it is whole.
        """
        frame = Size(width, height) if width and height else None
        # A whole picture is for those who look closely: large print, and phones.
        is_lined = image.is_lined and frame is not None
        view = PictureView(frame, image.focus or MIDDLE, not image.is_coloured, is_lined)
        return f"/{quote(image.file.text)}{view.query}"

    def opened(self, words: Words | str, size: float, measure: float) -> list[Fit]:
        """Return a display line of a size, smaller to fit `measure`; more lines of a long one.

        None is smaller than the least size of words.
        """
        line = self.sized(words, size, measure)
        if line.size >= self._least:
            return [line]
        text, face, gap = self._display(words), self._faces["display"], self._grid["gap"]
        openings = setting.Openings([text], face, measure, gap, self._language, self._names)
        return list(openings.lines(min(size, openings.largest))[0])

    def wordmark(self, measure: float, reversed: bool = False) -> Wordmark:
        """Return what signs the piece, logo or name, at most `measure` wide; empty for nobody.

        `reversed` is for a black panel; where toner is spared, that is a frame.
        """
        return self.signer.sign(measure, reversed and not self._spares_toner)

    def reach_us(self, measure: float) -> ReachRows:
        """Return how readers reach who signs, in rows that are `measure` wide at most."""
        self.reached = list(self._reach)
        return reach_rows(self._reach, self._faces["bold"], self._grid["small-size"], measure)

    def day(self, date: datetime.date) -> str:
        """Return the day and the month of a date, in the piece's language: `Nov 24`."""
        style = style_of(self._language)
        return day_in_words(date, style) if style else date.isoformat()

    def date(self, date: datetime.date) -> str:
        """Return a whole date, in the piece's language: `November 24, 2026`."""
        style = style_of(self._language)
        return date_in_words(date, style) if style else date.isoformat()

    def month(self, date: datetime.date) -> str:
        """Return a date's month and year, in the piece's language: `November 2026`."""
        style = style_of(self._language)
        return month_in_words(date, style) if style else f"{date:%Y-%m}"

    def signs(self, credit: Words) -> bool:
        """Return whether a credit says no more than who signs the piece."""
        return self.signer.says(credit)

    def stack(
        self, items: tuple[dict[str, Words], ...], height: float, measure: float, beside: float
    ) -> list[StackRow]:
        """Return the rows of a list whose openings are large: they fill `height` on the lattice.

        Openings fill `measure`, texts are `beside` wide.
        """
        return self._stacks.rows(items, height, measure, beside)

    def stack_over(
        self, items: StackItems, height: float, measure: float, largest: float = math.inf
    ) -> list[StackRow]:
        """Return the rows of such a list where each opening stands over its text."""
        return self._stacks.rows_over(items, height, measure, largest)

    def size_over(self, items: StackItems, height: float, measure: float) -> float:
        """Return the size that such openings have: for a list on two pages, which has one."""
        return self._stacks.size_over(items, height, measure)

    def schedule(
        self, schedule: Schedule, height: float, numbered: bool = False
    ) -> list[ScheduleRow]:
        """Return the rows of a schedule of sites, so high together; numbered as on a map."""
        return self._schedules.rows(schedule, height, numbered)

    def schedule_height(self, schedule: Schedule, numbered: bool = False) -> float:
        """Return the least height of a schedule's rows together, without its head."""
        return self._schedules.height(schedule, numbered)

    def table(self, rows: TableRows, measure: float) -> TableView:
        """Return a table as wide as `measure`, its first column and its numbers large."""
        texts = [*((word, self._display(word)) for row in rows.rows for word in row)]
        shown = {word.slot: text for word, text in texts}
        return table_view(rows, shown, self._faces, self._grid, measure)

    def map(self, street_map: StreetMap, sites: Schedule, width: float, height: float) -> DrawnMap:
        """Return a map of a size, its places numbered as the sites of a schedule are."""
        numbers = {site.name.text: number for number, site in enumerate(sites.sites, 1)}
        names = [entry.name for entries in street_map[1:] for entry in entries]
        shown = {name.slot: self._display(name) for name in names}
        size, ink = Size(width, height), self._inks[0]
        face = self._faces["display"]
        return drawn_map(street_map, numbers, shown, face, self._grid, size, ink, self.problems)

    def count(self, words: Words, measure: float, face: str, size: str = "text-size") -> int:
        """Return how many lines a text takes in `measure`."""
        return len(self._broken(words, measure, face, size))

    def ragged(
        self, words: Words, measure: float, face: str = "text", size: str = "text-size"
    ) -> Markup:
        """Return the HTML of a paragraph in the lines of its best rag.

        It is one paragraph, with words and spaces as written; each line is a span in which nothing
        breaks. An opening quotation mark hangs out of the measure.
        """
        lines = self._broken(words, measure, face, size)
        self._note(words, lines, measure, size)
        return lines_html(lines)

    def small(self, words: Words, measure: float, size: str = "small-size") -> Markup:
        """Return the HTML of a line of facts, as of an office, in as many lines as it needs.

        It is no place for more words, so `check` does not say how full it is.
        """
        lines = self._broken(words, measure, "text", size, after_commas)
        return lines_html(lines, from_the_left=len(lines) > 1 and self._is_foreign(words))

    def _is_foreign(self, words: Words) -> bool:
        """Return whether a text is from the left in a language from the right."""
        return is_right_to_left(self._language) and setting.isolates(words.text) == [
            (0, len(words.text))
        ]

    def name(self, words: Words, measure: float, size: str = "small-size") -> Markup:
        """Return the HTML of a name in bold: as few and as even lines as possible."""
        return lines_html(self._broken(words, measure, "bold", size, setting.balance))

    def room(self, free: float, least: float = 0.0) -> float:
        """Return the height that is free beside offices, `least` where that is more.

        Then the offices are too tall, and a Problem says so at the last that the piece names.
        """
        if free < least - 0.01 and self._offices:
            leading = self._grid["small-leading"]
            self.problems.append(
                overset_problems.offices_overset(self._offices[-1], least - free, leading)
            )
        return max(free, least)

    def balanced(
        self, words: Words, measure: float, face: str = "bold", size: str = "text-size"
    ) -> Markup:
        """Return the HTML of a headline: as few and as even lines as possible."""
        lines = self._broken(words, measure, face, size, setting.balance)
        self._note(words, lines, measure, size)
        return lines_html(lines)

    def code(self, code: ScanCode, side: float) -> Markup:
        """Return a QR code as SVG, `side` points wide with its quiet zone."""
        said = self._codes[code.value.slot]
        self.drawn_codes.append(DrawnCode(said.payload, code.value.source))
        title = self._code_title(self._language, said.address.plain())
        return drawn_code(code, said, side, self._inks, title, self.problems)

    def says(self, code: ScanCode) -> Scannable:
        """Return what a QR code says: `.address` and `.password` as printed, `.link`."""
        return self._codes[code.value.slot]

    def span(self, times: Times, wide: float, high: float) -> Markup:
        """Return a span's bar as SVG: as long as its times, as thick as they are strong."""
        first = next((entry["number"] for entry in times if entry.get("number")), None)
        self.problems += spans.backwards(times, first)
        return spans.drawn_span(times, wide, high, self._inks[0], is_right_to_left(self._language))

    def joined(self, number: Words, text: Words | None) -> Words:
        """Return a number and what is said of it as one text: `30 min: it can wear off`."""
        colon = signs_of(self._language).colon
        between = colon if colon == "：" else f"{colon} "  # a wide one has its space
        return replace(number, text=f"{number}{between}{text}") if text else number

    def span_marks(
        self, times: Times, wide: float, folds: Sequence[float] = (), clear: float = 0.0
    ) -> list[SpanMark]:
        """Return the words at a span's bar: each has `number`, `text`, `left`, `wide`, `is_last`.

        They stay `clear` of `folds`, measured from the end at which it begins.
        """
        return spans.span_marks(times, wide, self._grid["gutter"], folds, clear)

    def enter(self, panel: str) -> str:
        """Begin a panel: from here its size, leading and tracking count. Return its CSS."""
        self._grid.enter(panel)
        return self._grid.style(lambda: seats(self._grid, self._faces["text"], 0.0))

    def leave(self) -> str:
        """End the panel that was begun; return nothing, for use in a template."""
        self._grid.leave()
        return ""

    def _broken(
        self,
        words: Words,
        measure: float,
        face: str,
        size: str,
        breaks: Breaks = setting.rag,
    ) -> tuple[TextLine, ...]:
        points = self._grid[size]
        # Facts, such as addresses, are counted here, and some are broken by WeasyPrint.
        if size == "small-size" and breaks is setting.rag:
            breaks = in_whole_words
        faces, tracking = self._named_faces, self._grid.tracking
        return paragraph_lines(
            words.text, measure, face, points, faces, tracking, self._language, breaks
        )

    def _note(self, words: Words, lines: Sequence[TextLine], measure: float, size: str) -> None:
        """Note how full the lines of a text are."""
        used, free, word = widths(lines, words.text, measure, self._language)
        leading = self._grid[size.replace("size", "leading")]
        panel, spare = self._grid.panel, self._stacks.spare.get(words.slot)
        count = len(lines)
        self.texts.append(
            LaidSlot(panel, words.slot, count, used, free, word, measure, leading, spare)
        )


CODES = {
    "glyph-missing": glyph_missing,
    **overset_problems.CODES,
    **maps.CODES,
    **scancodes.CODES,
    **spans.CODES,
    **schedules.CODES,
    **titles.CODES,
}
