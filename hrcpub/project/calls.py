"""Telephones and a line for texts, as they were typed, to `Call`s, a `MessageLine`, `CallLine`s.

People write a telephone as one text, as a list of them, or with labels: `{Van: (212) 555-0101}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import quote

from hrcpub.files.yamlfile import Node
from hrcpub.patterns import pattern
from hrcpub.problems import Problem
from hrcpub.project import slot_problems, slots, telephones
from hrcpub.project.by_language import in_language, read_by_language, read_text
from hrcpub.project.slots import Slot
from hrcpub.project.telephone_problems import doubts
from hrcpub.project.telephones import Home, Telephone
from hrcpub.project.texting import BEHIND, QUOTES, SEND, TO
from hrcpub.project.words import Words
from hrcpub.records import record

TELEPHONES = Slot("any", "a number, a list of them, or with labels: {Van: (212) 555-0101}")
TEXT_LINE = Slot("any", "a number for texts: 741741, or HOME to 741741")

_NUMBER = Slot("phone", required=True)
LABELLED = {
    "number": Slot("phone", required=True),
    "label": Slot("any", "what it is for: a text, or one for each language"),
    "extension": Slot("label", "what is dialled after the number is answered"),
}
KEYED = {
    "number": Slot("phone", required=True),
    "keyword": Slot("label", "the word that people send"),
}
_LABEL = Slot("line", required=True, limit=40)
_LONGEST_WHOLE = 18  # characters: in bold it fits the narrowest column, a palm card's


class CallLine(NamedTuple):
    """A number as a piece prints it: `Tel: (212) 555-0100`, or a sentence with it."""

    label: Words | None  # before a colon; None: the words say all
    words: Words
    link: str | None

    @property
    def text(self) -> str:
        """All of it, as one text."""
        return f"{self.label}: {self.words}" if self.label else self.words.text


@record
class Call:
    """A telephone number."""

    typed: Words  # with its extension
    labels: Mapping[str, Words]  # what it is for, by language; "" in all; none: it is the main one
    home: Home  # from where it is called
    is_fixed: bool  # printed as it was typed, to the letter
    # What the text is, read once: what is kept of offices has it for later commands, too.
    numbers: tuple[Telephone, ...]

    @property
    def link(self) -> str | None:
        """What calls it; None where nothing would."""
        return self.numbers[0].link if self.numbers else None

    def printed(self, language: str, phrases: Mapping[str, Words]) -> CallLine:
        """Return it in a language: its label there, else the first, else the phrase for all."""
        label = in_language(self.labels, language) or self._usual_label(phrases)
        return CallLine(label, self._number(phrases), self.link)

    def _usual_label(self, phrases: Mapping[str, Words]) -> Words | None:
        """Return the phrase for telephones; of a number that takes texts alone, that for texts.

        "Text HOME to 741741" needs none.
        """
        if self.is_fixed or not (self.link or "").startswith("sms:"):
            return phrases.get("tel")
        return None if self.typed.text[0].isalpha() else phrases.get("text", phrases.get("tel"))

    def _number(self, phrases: Mapping[str, Words]) -> Words:
        """Return the number with its extension as a language has it; else as it was typed.

        Neither is broken into two lines, where nothing else stands in its text, unless it is long.
        """
        numbers = () if self.is_fixed else self.numbers
        if len(numbers) != 1 or numbers[0].text != " ".join(self.typed.text.split()):
            return self.typed  # "Call (212) 555-0100 x12"
        phrase, extension = phrases.get("extension"), numbers[0].extension
        if not extension:
            return replace(self.typed, text=_whole(numbers[0].text))
        if not phrase:
            return self.typed
        said = _unbroken(phrase.text.replace("{extension}", extension))
        return replace(self.typed, text=f"{_whole(numbers[0].number)} {said}")


def _whole(number: str) -> str:
    return _unbroken(number) if len(number) <= _LONGEST_WHOLE else number


def _unbroken(text: str) -> str:
    return text.replace(" ", "\u00a0")


@record
class MessageLine:
    """A number that answers texts, and the word that it wants to be sent."""

    number: Words
    keyword: Words | None
    home: Home

    @property
    def link(self) -> str | None:
        """What opens a message to it (RFC 5724); None where nothing would."""
        link = telephones.link(f"text {self.number.text}", self.home)
        if link is None or self.keyword is None:
            return link
        return f"{link}?body={quote(self.keyword.text, safe='')}"

    def printed(self, phrases: Mapping[str, Words]) -> CallLine | None:
        """Return it in the language of phrases: `Text HOME to 741741`; None where they lack it."""
        phrase = phrases.get("text-to" if self.keyword else "text")
        if phrase is None:
            return None
        if self.keyword is None:
            number = replace(self.number, text=_whole(self.number.text))
            return CallLine(phrase, number, self.link)
        said = phrase.text.replace("{keyword}", self.keyword.text)
        said = said.replace("{number}", _unbroken(self.number.text))
        return CallLine(None, replace(self.number, text=said), self.link)


def read_telephones(
    node: Node, path: str, home: Home, problems: list[Problem], is_fixed: bool = False
) -> tuple[Call, ...]:
    """Return telephones as they are called from `home`; note a Problem for each that is none.

    Those that are `is_fixed` stay as they were typed, whether they can be called or not.
    """
    entries = node.items if node.items is not None else [node]
    calls = []
    for number, entry in enumerate(entries, 1):
        where = path if node.items is None else f"{path}.{number}"
        for labels, typed in _entry(entry, where, problems):
            words = typed if is_fixed else replace(typed, text=telephones.on_keys(typed.text))
            numbers = telephones.read(words.text, home)
            if is_fixed or numbers:
                calls.append(Call(words, labels, home, is_fixed, numbers))
            else:
                example = "(212) 213-6376"
                problems.append(slot_problems.not_a(words, "telephone number", example))
    return tuple(calls)


def _entry(
    node: Node, path: str, problems: list[Problem]
) -> Iterator[tuple[Mapping[str, Words], Words]]:
    """Yield the telephones of an entry, each with its labels by language."""
    if node.mapping is None:
        if words := read_text(node, path, _NUMBER, problems):
            yield {}, words
    elif node.mapping.keys() & LABELLED.keys():
        values = slots.check(node, Slot("group", fields=LABELLED), path, problems) or {}
        words, extension = values.get("number"), values.get("extension")
        if words and extension:
            words = replace(words, text=f"{words.text} ext. {extension.text}")
        labels = read_by_language(values.get("label"), _LABEL, f"{path}.label", problems)
        if words:
            yield labels, words
    else:
        for place, (name, value) in enumerate(node.mapping.items(), 1):
            if words := read_text(value, f"{path}.{place}", _NUMBER, problems):
                yield {"": Words(name, node.key(name), f"{path}.{place}.label")}, words


# "Text HOME to 741741", "Envía HOLA al 741741", "发送HOME至741741".
_TYPED = pattern(
    rf"(?:{SEND}:? ?)*(?:[{QUOTES}]?(?P<keyword>\w[\w ]{{0,30}}?)[{QUOTES}]?{TO})?"
    rf"(?P<number>.+?){BEHIND}",
    re.IGNORECASE,
)


def read_text_line(
    node: Node, path: str, home: Home, problems: list[Problem]
) -> MessageLine | None:
    """Return a line for texts; note a Problem, and return None, for what takes none."""
    if node.mapping is not None:
        values = slots.check(node, Slot("group", fields=KEYED), path, problems) or {}
        number, keyword = values.get("number"), values.get("keyword")
    else:
        words = read_text(node, path, _NUMBER, problems)
        number, keyword = _split(words) if words else (None, None)
    if not number:
        return None
    line = MessageLine(number, keyword, home)
    if telephones.read(f"text {number.text}", home):
        return line
    example = "741741, (212) 213-6376 or HOME to 741741"
    problems.append(slot_problems.not_a(number, "number that takes texts", example))
    return None


def _split(words: Words) -> tuple[Words, Words | None]:
    """Return the number and the keyword of "Text HOME to 741741"."""
    match = _TYPED.fullmatch(words.text)
    if not match:
        return words, None
    keyword = match["keyword"]
    return (
        replace(words, text=telephones.on_keys(match["number"])),
        replace(words, text=keyword, slot=f"{words.slot}.keyword") if keyword else None,
    )


def doubtful(calls: Iterable[Call], text: MessageLine | None) -> Iterator[Problem]:
    """Yield what is doubtful about numbers; about those that are kept to the letter, nothing."""
    for call in calls:
        if not call.is_fixed:
            yield from doubts(call.typed, call.home)
    if text:
        yield from doubts(replace(text.number, text=f"text {text.number.text}"), text.home)
