r"""A PO file's text to a `Catalog`, strictly: every line is one that gettext knows.

Why a reader of our own, and not polib's or Babel's: a slip must not cost a translation in silence.
They take `msgstr Hola` (without quotation marks) for an empty one, end lines at signs where no
editor does, drop comments at the file's end, and cannot say in which line a translation stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from hrcpub.files import yaml_problems
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem, Source, stop_on_errors
from hrcpub.project.translations import po_problems
from hrcpub.project.translations.catalog import Catalog, Message
from hrcpub.project.translations.files import tag_of
from hrcpub.unseen import INVISIBLE

LARGEST = 4 * 2**20  # characters: the catalog of a program with ten thousand messages has less

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr\[\d+\]|msgstr)(?![\w\[])\s*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"\s*')
_FIELD = re.compile(r'"([\w-]+):')
_ESCAPE = re.compile(r"\\(.)")
_MEANS = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
# Beside an escape, what gettext reads as a byte: nobody types that into a translation.
_OTHER_ESCAPE = re.compile(r'\\(?:\\|[nt"r])|(?P<bad>\\.?)')


@dataclass(slots=True)
class _Draft:
    """A message while its lines are read."""

    texts: dict[str, str] = field(default_factory=dict)  # by keyword
    previous: dict[str, str] = field(default_factory=dict)  # the same, behind `#|`
    places: dict[str, Source] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    is_obsolete: bool = False
    last: str = ""  # the keyword whose text goes on


def read_catalog(sources: Sources, path: str, language: str) -> tuple[Catalog, tuple[Problem, ...]]:
    """Return a file's catalog, and warnings; raise HrcpubError with every mistake in it."""
    text = sources.text(path)
    has_mark = sources.read(path).startswith(b"\xef\xbb\xbf")
    catalog, problems = parse(text, path)
    if has_mark:
        problems.insert(0, po_problems.byte_order_mark(Source(path, 1, 1)))
    if catalog:
        problems += list(_head_problems(catalog, language))
    if catalog is None:
        raise HrcpubError(*problems)
    return catalog, stop_on_errors(problems)


def parse(text: str, path: str) -> tuple[Catalog | None, list[Problem]]:
    """Return the catalog of a PO file's text and its Problems; None where it cannot be read."""
    if len(text) > LARGEST:
        return None, [po_problems.too_large(Source(path))]
    reader = _CatalogReader(path, text)
    reader.read()
    if any(problem.is_error for problem in reader.problems):
        return None, reader.problems
    return reader.catalog(), reader.problems


class _CatalogReader:
    """Reads the lines of one file, collecting messages and Problems."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        # Only where gettext ends a line: str.splitlines knows more ends, as in the middle of words.
        self.lines = text.split("\n")
        self.problems: list[Problem] = []
        self.messages: list[Message] = []
        self.heads: list[_Draft] = []
        self.draft = _Draft()
        self.end: tuple[str, ...] = ()

    def read(self) -> None:
        """Read all lines."""
        if any(line.endswith("\r") for line in self.lines):
            first = next(n for n, line in enumerate(self.lines) if line.endswith("\r"))
            self.problems.append(po_problems.carriage_returns(Source(self.path, first + 1, 1)))
        for number, line in enumerate(self.lines, 1):
            if invisible := INVISIBLE.search(line.rstrip("\r")):
                place = self.place(number, invisible.start() + 1)
                self.problems.append(yaml_problems.unseen_character(invisible[0], place))
            self.line(number, line.rstrip("\r"))
        self.finish(is_last=True)

    def place(self, number: int, column: int = 1) -> Source:
        """Return a character's place."""
        quote = self.lines[number - 1].rstrip("\r")
        width = max(1, len(quote.rstrip()) - column + 1)
        return Source(self.path, number, column, quote=quote, width=width)

    def line(self, number: int, line: str) -> None:
        """Read one line."""
        stripped = line.strip()
        if not stripped:
            return
        indent = len(line) - len(line.lstrip())
        if not stripped.startswith("#"):
            self.text(number, stripped, indent)
        elif stripped == "#~":
            return
        elif stripped.startswith("#~|"):
            self.comment(number, f"{stripped[0]}{stripped[2:]}", indent + 1)
        elif stripped.startswith("#~"):
            rest = stripped[2:].lstrip()
            self.text(number, rest, indent + len(stripped) - len(rest), is_obsolete=True)
        else:
            self.comment(number, stripped, indent)

    def comment(self, number: int, line: str, indent: int) -> None:
        """Read a comment: the first one behind a message begins the next."""
        if "msgstr" in self.draft.texts:
            self.finish()
        body = line[2:].strip()
        match line[:2]:
            case "#.":
                self.draft.told.append(body)
            case "#:":
                self.draft.files += body.split()
            case "#,":
                self.draft.flags += [flag.strip() for flag in body.split(",") if flag.strip()]
            case "#|":
                self.text(number, body, indent + len(line) - len(body), is_previous=True)
            case _:
                self.draft.notes.append(line[1:].removeprefix(" "))

    def text(
        self,
        number: int,
        line: str,
        at: int,
        *,
        is_previous: bool = False,
        is_obsolete: bool = False,
    ) -> None:
        """Read a keyword with its text, or a text that goes on; `at` characters are before it."""
        keyword = _KEYWORD.match(line)
        rest = line[keyword.end() :] if keyword else line
        at += len(line) - len(rest)
        quoted = _QUOTED.fullmatch(rest)
        if quoted is None or not (keyword or self.draft.last):
            self.problems.append(self.slip(number, at, line, rest))
        if keyword and is_previous:
            self.draft.last, self.draft.previous[keyword[1]] = keyword[1], ""
        elif keyword:
            self.begin(keyword[1], self.place(number, at + 1))
            self.draft.is_obsolete |= is_obsolete
        if quoted is not None and self.draft.last:
            texts = self.draft.previous if is_previous else self.draft.texts
            texts.setdefault(self.draft.last, "")
            texts[self.draft.last] += self.unescaped(quoted[1], number, at)

    def begin(self, name: str, place: Source) -> None:
        """Begin a text; it belongs to another message if this one has it already, or is whole."""
        kind, known = name.partition("[")[0], self.draft.texts
        if name in known or ("msgstr" in known and kind != "msgstr"):
            self.finish()
        if kind == "msgid_plural" or "[" in name:
            if not {"msgid_plural", "msgstr[0]"} & self.draft.texts.keys():  # once a message
                self.problems.append(po_problems.plural(place))
        elif kind == "msgstr" and "msgid" not in self.draft.texts:
            self.problems.append(po_problems.alone(place, "msgstr", "msgid"))
        self.draft.texts[name] = ""
        self.draft.places[name] = place
        self.draft.last = name

    def slip(self, number: int, at: int, line: str, rest: str) -> Problem:
        """Return what is wrong with a line that cannot be read."""
        place = self.place(number, at + 1)
        if rest is line and not rest.startswith('"'):
            return po_problems.unknown_line(place)
        if rest.startswith('"') and not self.draft.last and rest is line:
            return po_problems.alone(place, "a text", "msgid or msgstr")
        if not rest.startswith('"'):
            return po_problems.unquoted(place, rest)
        return po_problems.quotation_mark(place)

    def unescaped(self, text: str, number: int, at: int) -> str:
        """Return what a text means; a Problem where a backslash stands before another sign."""
        for found in _OTHER_ESCAPE.finditer(text):
            if found["bad"]:
                place = self.place(number, at + 2 + found.start())
                self.problems.append(po_problems.escape(replace(place, width=2), found[0]))
        return _ESCAPE.sub(lambda match: _MEANS.get(match[1], match[0]), text)

    def finish(self, *, is_last: bool = False) -> None:
        """Take over the message whose lines were read."""
        draft, self.draft = self.draft, _Draft()
        if not draft.texts:
            if is_last:
                self.end = tuple(draft.notes)
            return
        place = draft.places.get("msgid") or next(iter(draft.places.values()))
        if "msgid" not in draft.texts:
            if "msgctxt" in draft.texts and "msgstr" not in draft.texts:  # that was told
                self.problems.append(po_problems.alone(place, "msgctxt", "msgid"))
        elif "msgstr" not in draft.texts:
            if not any(name.startswith("msgstr[") for name in draft.texts):
                self.problems.append(po_problems.alone(place, "msgid", "msgstr"))
        elif draft.texts["msgid"] == "" and "msgctxt" not in draft.texts:
            self.heads.append(draft)
        else:
            self.messages.append(_message(draft))

    def catalog(self) -> Catalog:
        """Return what was read; Problems of the whole are noted."""
        self.problems += self.twice()
        self.problems += [
            po_problems.slotless(message)
            for message in self.messages
            if not message.slot and not message.is_obsolete
        ]
        if not self.heads:
            self.problems.append(po_problems.no_header(Source(self.path)))
            return Catalog(self.path, {}, tuple(self.messages), end=self.end)
        head = self.heads[0]
        header, places = _fields(head, self.lines)
        notes, flags = tuple(head.notes), tuple(head.flags)
        messages = tuple(self.messages)
        return Catalog(self.path, header, messages, self.placed(places), notes, flags, self.end)

    def placed(self, lines: Mapping[str, int]) -> dict[str, Source]:
        """Return the places of the header's fields, by their lines."""
        return {name: self.place(number) for name, number in lines.items()}

    def twice(self) -> Iterator[Problem]:
        """Yield each message that is there twice: one of the two translations would be lost."""
        seen: dict[str, Message] = {}
        for message in self.messages:
            if message.is_obsolete or not message.slot:
                continue
            if message.slot in seen:
                yield po_problems.twice(message, seen[message.slot])
            seen.setdefault(message.slot, message)
        if len(self.heads) > 1:
            yield po_problems.second_header(self.heads[1].places["msgid"])


def _message(draft: _Draft) -> Message:
    texts, previous = draft.texts, draft.previous
    return Message(
        texts.get("msgctxt", ""),
        texts["msgid"],
        texts["msgstr"],
        draft.places["msgstr"],
        tuple(draft.notes),
        tuple(draft.told),
        tuple(draft.files),
        tuple(draft.flags),
        (previous.get("msgctxt"), previous.get("msgid")),
        draft.is_obsolete,
    )


def _fields(head: _Draft, lines: list[str]) -> tuple[dict[str, str], dict[str, int]]:
    """Return the fields of a header, and the line in which each of them begins."""
    parts = (line.partition(":") for line in head.texts["msgstr"].split("\n"))
    header = {name.strip(): value.strip() for name, colon, value in parts if colon}
    places: dict[str, int] = {}
    first = head.places["msgstr"].line or 1
    for number, line in enumerate(lines[first - 1 :], first):
        if number > first and not line.lstrip().startswith('"'):
            break
        if found := _FIELD.search(line):
            places.setdefault(found[1], number)
    return header, places


def _head_problems(catalog: Catalog, language: str) -> Iterator[Problem]:
    """Yield what is wrong with the header of a catalog that should be in a language."""
    if not catalog.header:
        return
    charset = re.search(r"charset=\s*([\w.:-]+)", catalog.header.get("Content-Type", ""))
    if charset is None or charset[1].lower().replace("-", "") != "utf8":
        place = catalog.place("Content-Type")
        yield po_problems.charset(place, charset[1] if charset else None)
    said = catalog.header.get("Language", "")
    if tag_of(said).casefold() != language.casefold():
        yield po_problems.other_language(catalog.place("Language"), said, language)
