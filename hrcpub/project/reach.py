"""How readers reach an organisation: `tel`, `text`, `url` and `email` of organisation.yaml.

A piece says each of them once: what one of its offices says already is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hrcpub.patterns import pattern
from hrcpub.problems import Problem
from hrcpub.project import calls
from hrcpub.project.calls import Call, CallLine, MessageLine
from hrcpub.project.contacts import Contact, Way, no_phrase, not_addresses, way
from hrcpub.project.slots import Slot
from hrcpub.project.telephones import Home
from hrcpub.project.words import Words
from hrcpub.records import record

FIELDS = {
    "tel": calls.TELEPHONES,
    "text": calls.TEXT_LINE,
    "url": Slot("line", "your address on the web", limit=60),
    "email": Slot("line", "your address to write to", limit=60),
}
_SCHEME = pattern(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)


@record
class ReaderAddress:
    """What readers are to call, to text, to look up and to write to."""

    calls: tuple[Call, ...] = ()
    text: MessageLine | None = None
    url: Way | None = None
    email: Way | None = None

    def lines(
        self,
        language: str,
        phrases: Mapping[str, Words],
        offices: Iterable[Contact],
        problems: list[Problem],
    ) -> tuple[CallLine, ...]:
        """Return it as a piece in a language prints it, without what its offices say.

        What the language has no phrase for becomes a Problem.
        """
        lines = [call.printed(language, phrases) for call in self.calls]
        if self.text and (line := self.text.printed(phrases)):
            lines.append(line)
        elif self.text:
            problems.append(no_phrase(self.text, language))
        lines += [CallLine(None, *way) for way in (self.url, self.email) if way]
        said = {key for office in offices for key in _said_by(office)}
        return tuple(line for line in lines if _key(line.words, line.link) not in said)

    def doubtful(self) -> Iterator[Problem]:
        """Yield what is doubtful about its numbers."""
        yield from calls.doubtful(self.calls, self.text)


def read_address(values: Mapping[str, Any], home: Home, problems: list[Problem]) -> ReaderAddress:
    """Return how readers reach an organisation; note every mistake in it."""
    tel, text = values.get("tel"), values.get("text")
    problems += not_addresses(values)
    return ReaderAddress(
        calls.read_telephones(tel, "tel", home, problems) if tel else (),
        calls.read_text_line(text, "text", home, problems) if text else None,
        way(values, "url"),
        way(values, "email"),
    )


def _said_by(office: Contact) -> Iterator[str]:
    for line in office.numbers:
        yield _key(line.words, line.link)
    for words, link in office.ways:
        yield _key(words, link)


def _key(words: Words, link: str | None) -> str:
    """Return what is the same for an address or a number, however it is typed."""
    if link is None:
        return re.sub(r"\W", "", words.text)
    return _SCHEME.sub("", link.partition("?body=")[0]).rstrip("/").lower()
