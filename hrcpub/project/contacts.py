"""`materials/contacts.yaml` to `Contact`s: every office once, with when it was last verified.

`in_language` gives each the lines that a piece prints of it: `numbers` and `ways`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node, read_yaml
from hrcpub.problems import Problem, Severity, Source, stop_on_errors
from hrcpub.project import addresses, calls, slot_problems, slots, spoken, telephones
from hrcpub.project.addresses import Address
from hrcpub.project.by_language import in_language as text_in
from hrcpub.project.by_language import read_by_language
from hrcpub.project.calls import Call, CallLine, MessageLine
from hrcpub.project.date_problems import is_to_come, to_come
from hrcpub.project.homes import HOME, PATH, home_of
from hrcpub.project.hours import FIELDS, OpenDays, read_hours
from hrcpub.project.hours_styles import printed
from hrcpub.project.languages import phrase_hint
from hrcpub.project.quotes import signs_of
from hrcpub.project.slots import Slot
from hrcpub.project.spoken import Spoken
from hrcpub.project.telephone_problems import doubts
from hrcpub.project.telephones import Home
from hrcpub.project.words import Words
from hrcpub.records import record

NOTICE = datetime.timedelta(days=30)  # a piece ordered today is handed out for a month at least


class Way(NamedTuple):
    """A line under an office's numbers: hours, languages, an e-mail or a web address."""

    words: Words  # as printed
    link: str | None


class LastCall(NamedTuple):
    """Who last called an office's number, and on which day."""

    on: datetime.date
    by: Words


CALLED = {
    "on": Slot("date", "the day", required=True),
    "by": Slot("line", "who called: Dana R.", required=True),
}


@record
class Contact:
    """An office as printed; `historical` as a source of its time gave it, not as of today."""

    id: str
    name: Words
    lines: tuple[Words, ...]  # of the address
    calls: tuple[Call, ...]  # its telephones, the first to be called first
    text: MessageLine | None
    fax: Words | None
    email: Way | None
    url: Way | None
    hours: tuple[OpenDays, ...]
    languages: tuple[Spoken, ...]  # that are spoken there
    home: Home  # from where it is called
    historical: bool
    verified: datetime.date
    review_by: datetime.date
    reprints: Words | None  # the file of the text that it is copied from
    source: Source
    names: Mapping[str, Words]  # by language; "": in all
    line_texts: tuple[Mapping[str, Words], ...]  # of the address, each by language
    called: LastCall | None = None  # None: nobody has said
    # In the language of the piece that names it, as are `name` and `lines`:
    numbers: tuple[CallLine, ...] = ()  # its telephones, its line for texts, its fax
    open_lines: tuple[Words, ...] = ()  # its hours
    comma: str = ", "  # between the languages that are spoken there

    @property
    def as_typed(self) -> Contact:
        """It with the name and the lines that its file gives first, whatever a piece's language."""
        lines = tuple(next(iter(line.values())) for line in self.line_texts)
        return replace(self, name=next(iter(self.names.values())), lines=lines)

    @property
    def texts(self) -> tuple[Words, ...]:
        """All that is printed of it."""
        labels = {label for call in self.calls for label in call.labels.values()}
        named = (line.label for line in self.numbers if line.label in labels)
        numbers = (line.words for line in self.numbers)
        names = (language.name for language in self.languages)  # each a text of its own
        ways = (*self.open_lines, *(way.words for way in self._addresses))
        own = (self.name, *self.lines, *named, *numbers, *ways, *names)
        return tuple(words for words in own if words)

    @property
    def spoken(self) -> Words | None:
        """The languages that are spoken there, as a line."""
        return spoken.line(self.languages, self.comma)

    @property
    def call(self) -> CallLine | None:
        """What a layout sets large: its first telephone, else its line for texts."""
        return self.numbers[0] if self.numbers and (self.calls or self.text) else None

    @property
    def others(self) -> tuple[CallLine, ...]:
        """Its numbers but that one."""
        return self.numbers[1:] if self.call else self.numbers

    @property
    def tel(self) -> Words | None:
        """Its first telephone; None without any."""
        first = self.calls[0].typed if self.calls else None
        return self.numbers[0].words if first and self.numbers else first

    @property
    def ways(self) -> tuple[Way, ...]:
        """Its hours, languages, addresses of mail and web, in the order in which they stand."""
        said = (*self.open_lines, *([self.spoken] if self.spoken else []))
        return (*(Way(line, None) for line in said), *self._addresses)

    @property
    def _addresses(self) -> tuple[Way, ...]:
        return tuple(way for way in (self.email, self.url) if way)

    @property
    def tel_link(self) -> str | None:
        """What calls its telephone, or sends it a text: None where nothing would."""
        return self.calls[0].link if self.calls else None


_LINE = Slot("line", required=True)
_ENTRY = {
    "name": Slot("any", "as printed: a text, or one for each language", required=True),
    "lines": Slot("any", "of the address; each may be a text for each language", required=True),
    "tel": calls.TELEPHONES,
    "text": calls.TEXT_LINE,
    "fax": Slot("phone"),
    "email": Slot("line", "an address to write to"),
    "url": Slot("line", "an address on the web"),
    "hours": Slot("items", "when it is open", fields=FIELDS),
    "languages": spoken.LANGUAGES,
    "historical": Slot("yes-no"),
    "source": Slot("line"),
    "verified": Slot("date"),
    "review-by": Slot("date"),
    "called": Slot("group", "when its number was last called, and by whom", fields=CALLED),
    **HOME,
}
FILE = Slot(
    "group",
    fields={
        "historical": Slot("yes-no"),
        "source": Slot("line"),
        "verified": Slot(
            "date", "when somebody last compared them with their source", required=True
        ),
        "review-by": Slot("date", "when somebody has to compare them again", required=True),
        **HOME,
        "calling-code": replace(HOME["calling-code"], required=True),
        "offices": Slot("table", required=True, fields=_ENTRY),
    },
)


def read_contacts(sources: Sources) -> Mapping[str, Contact]:
    """Return all contacts by id; raise HrcpubError with every mistake in their file."""
    node = read_yaml(sources, PATH)
    problems: list[Problem] = []
    values = slots.check(node, FILE, "", problems) or {}
    home = home_of(values, Home(), problems)
    entries = {name: entry or {} for name, entry in (values.get("offices") or {}).items()}
    parts = {name: _parts(name, entry, values, home, problems) for name, entry in entries.items()}
    stop_on_errors(problems)
    offices = node.mapping["offices"] if node.mapping else node
    return {
        name: Contact(
            id=name,
            email=way(entry, "email"),
            url=way(entry, "url"),
            historical=_is_historical(entry, values),
            verified=entry.get("verified", values["verified"]),
            review_by=entry.get("review-by", values["review-by"]),
            reprints=entry.get("source", values.get("source")),
            source=offices.key(name),
            called=_last_call(entry.get("called")),
            name=next(iter(parts[name].names.values())),
            lines=tuple(next(iter(line.values())) for line in parts[name].line_texts),
            **parts[name]._asdict(),
        )
        for name, entry in entries.items()
    }


class _Parts(NamedTuple):
    """What of an office is read further than its slots."""

    home: Home
    calls: tuple[Call, ...]
    text: MessageLine | None
    fax: Words | None
    hours: tuple[OpenDays, ...]
    languages: tuple[Spoken, ...]
    names: Mapping[str, Words]
    line_texts: tuple[Mapping[str, Words], ...]


def _parts(
    name: str,
    entry: Mapping[str, Any],
    values: Mapping[str, Any],
    file: Home,
    problems: list[Problem],
) -> _Parts:
    """Return what an office's entry says; note every mistake in it."""
    home, is_historical = home_of(entry, file, problems), _is_historical(entry, values)
    path = f"offices.{name}"
    tel, text, fax = (entry.get(key) for key in ("tel", "text", "fax"))
    numbers = (
        calls.read_telephones(tel, f"{path}.tel", home, problems, is_historical) if tel else ()
    )
    messages = calls.read_text_line(text, f"{path}.text", home, problems) if text else None
    if fax and not is_historical:
        if not telephones.read(fax.text, home):
            problems.append(slot_problems.not_a(fax, "telephone number", "(212) 213-6376"))
        fax = replace(fax, text=telephones.on_keys(fax.text))
    problems += not_addresses(entry)
    hours, slips = read_hours(entry.get("hours") or ())
    problems += slips
    node = entry.get("languages")
    languages = spoken.read_spoken(node, f"{path}.languages", problems) if node else ()
    names = read_by_language(entry.get("name"), _LINE, f"{path}.name", problems)
    lines = tuple(_lines(entry.get("lines"), f"{path}.lines", problems))
    return _Parts(home, numbers, messages, fax, hours, languages, names, lines)


def _lines(node: Node | None, path: str, problems: list[Problem]) -> Iterator[Mapping[str, Words]]:
    """Yield the lines of an address, each a text or one for each language."""
    if node and node.items is None:
        shape = "a list (each entry begins with `- `)"
        problems.append(slot_problems.wrong_shape(node, path, shape))
    for number, line in enumerate((node and node.items) or (), 1):
        if texts := read_by_language(line, _LINE, f"{path}.{number}", problems):
            yield texts


def in_language(
    contact: Contact, language: str, phrases: Mapping[str, Words], problems: list[Problem]
) -> Contact:
    """Return an office as a piece in a language prints it; note what that cannot say."""
    country = contact.home.region if contact.hours else None
    lines = tuple(printed(contact.hours, language, phrases, country))
    problems += [line for line in lines if isinstance(line, Problem)]
    numbers = [call.printed(language, phrases) for call in contact.calls]
    if contact.text and (line := contact.text.printed(phrases)):
        numbers.append(line)
    elif contact.text:
        problems.append(no_phrase(contact.text, language))
    if contact.fax:
        numbers.append(CallLine(phrases.get("fax"), contact.fax, None))
    return replace(
        contact,
        name=text_in(contact.names, language) or contact.name,
        lines=tuple(words for line in contact.line_texts if (words := text_in(line, language))),
        numbers=tuple(numbers),
        open_lines=tuple(line for line in lines if isinstance(line, Words)),
        comma=signs_of(language).comma,
    )


def _last_call(values: Mapping[str, Any] | None) -> LastCall | None:
    on, by = ((values or {}).get(name) for name in LastCall._fields)
    return LastCall(on, by) if on and by else None


def _is_historical(entry: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    return bool(entry.get("historical", values.get("historical", False)))


_ADDRESSES: Mapping[str, tuple[Callable[[str], Address | None], str, str]] = {
    "email": (addresses.mail, "e-mail address", "help@example.org"),
    "url": (addresses.web, "web address", "example.org/help"),
}


def not_addresses(entry: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a Problem for each address of an entry, of mail and web, that opens nothing."""
    for name, (read, kind, example) in _ADDRESSES.items():
        words: Words | None = entry.get(name)
        if words and read(words.text) is None:
            yield slot_problems.not_a(words, kind, example)


def way(entry: Mapping[str, Any], name: str) -> Way | None:
    """Return an address that was found right; None where the entry has none."""
    words: Words | None = entry.get(name)
    address = _ADDRESSES[name][0](words.text) if words else None
    return Way(replace(words, text=address.shown), address.link) if words and address else None


def doubtful(contact: Contact) -> Iterator[Problem]:
    """Yield what is doubtful about an office's numbers; those of a historical text stay its own."""
    yield from calls.doubtful(contact.calls, contact.text)
    if contact.fax and not contact.historical:
        yield from doubts(contact.fax, contact.home)


def due(contact: Contact, sources: Sources) -> Problem | None:
    """Return a Problem when a contact has to be verified again: a note from 30 days before on.

    A day that is still to come says nothing: with a slip in its year nobody would be reminded.
    """
    if is_to_come(contact.verified, sources):
        told = to_come(f'"{contact.id}" was verified', contact.verified, contact.source)
        return told.at(Severity.WARNING)
    if sources.has_come(contact.review_by):
        return overdue(contact)
    if sources.has_come(contact.review_by - NOTICE):
        return overdue(contact).at(Severity.NOTE)
    return None


def overdue(contact: Contact) -> Problem:
    """Nobody has checked an office's address and telephone for too long.

    Fix: call the office. If it answers, set `verified` in `materials/contacts.yaml` to today, and
    `review-by` to half a year from now. If not, correct the number first. A pamphlet with a wrong
    number costs more trust than one that is a day late.
    """
    return Problem(
        "contact-due",
        f'"{contact.id}" was last verified on {contact.verified} and is due for review by '
        f"{contact.review_by}",
        contact.source,
        "call the number, then set verified and review-by",
        Severity.WARNING,
    )


def historical(contact: Contact, place: Source) -> Problem:
    """A new piece uses an address from a historical text.

    Fix: ask for today's address, add it to `materials/contacts.yaml` under a new id, and name that
    id in the piece. The addresses from the Coalition's old text are right only in a piece that
    reprints it to the letter (`verbatim: yes`).
    """
    return Problem(
        "contact-historical",
        f'"{contact.id}" is an old address; nobody has checked that it still answers',
        place,
        "name an office that answers today; add yours in materials/contacts.yaml",
        Severity.WARNING,
    )


def no_phrase(text: MessageLine, language: str) -> Problem:
    """The design has no words for a line that takes texts in the piece's language.

    Fix: translate the phrase in `layouts/system/i18n/LANGUAGE.po`: `text`, in English `Text`, or
    `text-to`, in English `Text {keyword} to {number}`. `hrcpub upgrade` brings the English ones.
    """
    phrase = "text-to" if text.keyword else "text"
    return Problem(
        "contact-phrase",
        f'the design has no phrase "{phrase}" in the language "{language}"',
        text.number.source,
        phrase_hint(phrase, language),
    )


CODES = {
    "contact-due": overdue,
    "contact-historical": historical,
    "contact-phrase": no_phrase,
}
