"""What authors write, as values that know their places: texts, pictures, codes, quantities."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeVar

from hrcpub.files.sources import Sources
from hrcpub.problems import Source
from hrcpub.project.markup import plain
from hrcpub.records import record


@record
class Words:
    """A text that an author wrote, and where: markup as it was typed, white space made single."""

    text: str
    source: Source
    slot: str = ""  # `principles.3.text`: names from the root, entries counted from 1

    def __str__(self) -> str:
        """Return the text as it was typed."""
        return self.text

    def __bool__(self) -> bool:
        """Return whether there are any words."""
        return bool(self.text)

    def plain(self, language: str = "en") -> str:
        """Return what a reader sees, without markup, its quotes set as `language` sets them."""
        return plain(self.text, language)


class Focus(NamedTuple):
    """What must be seen of a picture when it is cropped: shares of its width and height."""

    x: float  # from its left edge
    y: float  # from its top edge


class Consent(NamedTuple):
    """Who agreed that a photograph is shown; never printed. All None: nobody has to."""

    by: Words | None = None
    on: datetime.date | None = None
    until: datetime.date | None = None  # None: for good


class Image(NamedTuple):
    """A picture and the words that stand for it where it cannot be seen.

    `alt` is empty for one that is decorative: it says nothing that the words do not say.
    """

    file: Words
    alt: Words
    is_decorative: bool = False
    caption: Words | None = None
    credit: Words | None = None  # whose photograph it is
    consent: Consent | None = None  # None: nothing is said
    focus: Focus | None = None
    is_coloured: bool = False  # in colour where an edition has colours; else black on the paper
    is_lined: bool = False  # in lines of black, which a photocopier keeps


class ScanCode(NamedTuple):
    """What a QR code is to say: an address, a number, an office or a network."""

    kind: str  # url, tel, sms, email, wifi or contact
    value: Words
    more: Words | None = None  # the text of a message, or the password of a network
    about: Words | None = None  # what people get who scan it


@record
class FigureName:
    """A figure of `layouts/figures/` that an author chose: its name, which is not printed."""

    name: Words

    def __str__(self) -> str:
        """Return the name."""
        return self.name.text


class Opening(NamedTuple):
    """What is seen first of a page: one of a word, a number and a figure."""

    word: Words | None = None
    number: Words | None = None
    figure: FigureName | None = None


@record
class Dated:
    """The day of a notice, the last day on which it holds, and where both were written."""

    on: datetime.date
    until: datetime.date
    place: Source


class TableRows(NamedTuple):
    """A table: what its columns are called, and rows with as many cells."""

    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]


class MapLine(NamedTuple):
    """A street or a bus line of a map."""

    name: Words
    points: tuple[tuple[float, float], ...]  # per cent of the map, from its left and its head


class MapPlace(NamedTuple):
    """A place on a map, by its name."""

    name: Words
    at: tuple[float, float]  # as above


class StreetMap(NamedTuple):
    """A schematic map, north up, and what it says to those who cannot see it."""

    alt: str  # not printed
    streets: tuple[MapLine, ...]
    buses: tuple[MapLine, ...]
    places: tuple[MapPlace, ...]


class Quantity(NamedTuple):
    """How many of what."""

    name: Words
    number: int


SlotValueT = TypeVar("SlotValueT", Words, Image, ScanCode, FigureName, Dated)


def locate(part: str, source: Source, sources: Sources) -> Source:
    r"""Return the place of a part of a text, at or after the place where the text begins.

    A part that stands on two lines is found by its first word. What was typed in another way
    (`\u2014`) is not found: then it is the place of the text.
    """
    if source.path is None or source.line is None:
        return source
    lines = sources.text(source.path).splitlines()
    for piece in (part, *part.split()[:1]):
        for number in range(source.line, len(lines) + 1):
            line = lines[number - 1]
            column = line.find(piece, (source.column or 1) - 1 if number == source.line else 0)
            if column >= 0:
                return Source(source.path, number, column + 1, quote=line, width=len(piece))
    return source


def values_of(value: object, kind: type[SlotValueT]) -> Iterator[SlotValueT]:
    """Yield every text, or every picture, of checked values, in the order of the slots."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from values_of(inner, kind)
    elif isinstance(value, ScanCode):  # of which only this is set as it was typed
        yield from values_of(value.about, kind)
    elif isinstance(value, Image):  # whose other words are not set
        yield from values_of((value.caption, value.credit), kind)
    elif isinstance(value, tuple):
        for inner in value:
            yield from values_of(inner, kind)
