"""A material's words with their sources named, `{cdc-naloxone}`, to the words and its `Claim`s.

A passage names what it rests on by an id of `materials/sources.yaml`, in braces where the passage
ends. The marks are taken out before anything else is read, so that limits, lines and what a screen
reader says know nothing of them. A layout with `sources: endnotes` gets a small number in the place
of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node
from hrcpub.patterns import pattern
from hrcpub.problems import Problem, Severity, Source
from hrcpub.project.languages import main_part
from hrcpub.project.markup import one_line, plain
from hrcpub.project.slot import Slot, slots_at
from hrcpub.project.typed_places import AT_MARK, MARKS, TypedPlaces, around, without_marks
from hrcpub.project.words import Words

_MOST = 200  # marks of a text that are listed: each is looked at with all that stands before it
_BETWEEN = "\u00a0"  # two numbers in a row: ¹ and ² are not twelve
_CLAIMING = ("title", "words")  # of a material's names; its title has no numbers
_SMALL = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_OPEN = pattern(r"\*+|\[")  # of markup that ends behind a mark
_STOPS = ".!?…؟।።។。！？"  # how sentences end, in all the scripts that are set here
_SENTENCE = pattern(rf"[^{_STOPS}]*(?:[{_STOPS}](?=\d)[^{_STOPS}]*)*[{_STOPS}]*")


class Claim(NamedTuple):
    """A passage, and the source that it names."""

    source: str  # its id
    slot: str  # where in the material: `words.steps.1.text`
    passage: str  # as a reader sees it: the sentence before the mark
    end: int  # how many characters of the slot's text stand before the mark
    place: Source


class Claimed(NamedTuple):
    """Words without marks, and what the marks said, in the order of the page."""

    node: Node
    claims: tuple[Claim, ...]


def take_claims(
    node: Node, slots: Mapping[str, Slot] | None = None, *, are_numbered: bool = False
) -> Claimed:
    """Return a material's YAML without the marks of sources in its words.

    With `are_numbered`, each leaves a small number: that of its source, counted as they come. What
    the slots of a layout say to be no words, such as the id of an office or a file, is left as it
    was typed: whoever reads it tells what is wrong with it.
    """
    parts = {name: part for name, part in (node.mapping or {}).items() if name in _CLAIMING}
    if not any(AT_MARK.search(text) for part in parts.values() for text in _texts(part)):
        return Claimed(node, ())
    claims: list[Claim] = []
    numbers: dict[str, int] = {}

    def number(id: str) -> str:
        at = numbers.setdefault(id, len(numbers) + 1)
        return small_number(at) if are_numbered else ""

    taken = {
        name: _without(part, name, claims, _ClaimMarks(number, slots if name == "words" else {}))
        for name, part in parts.items()
    }
    return Claimed(replace(node, value=(node.mapping or {}) | taken), tuple(claims))


class _ClaimMarks(NamedTuple):
    """What becomes of the marks in a text."""

    number: Callable[[str], str]
    slots: Mapping[str, Slot] | None  # of the layout; None: all texts are words; none: the title

    def are_taken(self, path: str) -> bool:
        """Return whether marks are taken out of a text, by its place in the material."""
        if not self.slots:
            return True
        *_, last = slots_at(path, self.slots)
        fields = _FIELDS.get(last.kind)
        return path.rpartition(".")[2] in fields if fields else last.kind in _OF_WORDS

    def leave(self, path: str) -> Callable[[str], str]:
        """Return what stands for the mark of a source at a place: its number, where one is read.

        Where none is, the source is counted all the same: the notes list it as they come.
        """
        is_heard = path.endswith(".alt")  # by those who do not see the page and its notes
        return self._counted if is_heard or self.slots == {} else self.number

    def _counted(self, id: str) -> str:
        self.number(id)
        return ""


# Kinds of slots that have words, and of those with fields of several kinds the fields that do.
_OF_WORDS = ("line", "text", "paragraphs", "items", "group", "rows", "schedule", "any")
_FIELDS = {
    "image": ("caption", "credit", "alt"),
    "code": ("about",),
    "opening": ("word",),
    "map": ("alt", "name"),
}


def small_number(number: int) -> str:
    """Return a number in superior figures, as it stands at a passage and before its note."""
    return str(number).translate(_SMALL)


def without_numbers(texts: Iterable[Words], claims: Iterable[Claim]) -> tuple[Words, ...]:
    """Return texts without the small numbers that stand for their claims, where they have some.

    What is held to words, such as a review, must not change with the order of the sources.
    """
    by_slot: dict[str, list[Claim]] = {}
    numbers: dict[str, str] = {}
    for claim in claims:
        by_slot.setdefault(claim.slot, []).append(claim)
        numbers.setdefault(claim.source, small_number(len(numbers) + 1))
    return tuple(
        replace(words, text=_unnumbered(words.text, by_slot[words.slot], numbers))
        if words.slot in by_slot
        else words
        for words in texts
    )


def _unnumbered(text: str, claims: Iterable[Claim], numbers: Mapping[str, str]) -> str:
    for claim in claims:
        # (?s): past the end of a line that its author wanted there, too.
        number = re.compile(rf"(?s)(.{{{claim.end}}}[.,;:!?]?){_BETWEEN}?{numbers[claim.source]}")
        text = number.sub(r"\1", text, count=1).lstrip() if number.match(text) else text
    return text


def _texts(node: Node) -> Iterator[str]:
    if node.text is not None:
        yield node.text
    inner = node.items or (node.mapping or {}).values()
    for one in inner:
        yield from _texts(one)


def _without(node: Node, path: str, claims: list[Claim], taking: _ClaimMarks) -> Node:
    """Return words without marks; each becomes a Claim on the list."""
    if node.text is not None:
        if not AT_MARK.search(node.text) or not taking.are_taken(path):
            return node
        claims += _claims(node.text, path, node.source)
        number = taking.leave(path)
        text = MARKS.sub(lambda marks: around(marks, _numbers(marks[0], number)), node.text)
        return replace(node, value=text)
    if node.items is not None:
        entries = enumerate(node.items, 1)
        return replace(
            node, value=[_without(n, f"{path}.{at}", claims, taking) for at, n in entries]
        )
    named = (node.mapping or {}).items()
    return replace(node, value={k: _without(n, f"{path}.{k}", claims, taking) for k, n in named})


def _numbers(marks: str, number: Callable[[str], str]) -> str:
    """Return the numbers of marks in a row, each once."""
    ids = dict.fromkeys(mark[1] for mark in AT_MARK.finditer(marks))
    return _BETWEEN.join(filter(None, map(number, ids)))


def _claims(text: str, path: str, place: Source) -> Iterator[Claim]:
    for mark in islice(AT_MARK.finditer(text), _MOST):
        before = one_line(without_marks(text[: mark.start()]))
        seen = _OPEN.sub("", plain(before))
        sentences = [one.strip() for one in _SENTENCE.findall(seen) if one.strip()]
        yield Claim(mark[1], path, sentences[-1] if sentences else "", len(before), place)


# What makes a number a claim about the world: a share, millions, how much more often. Telephones,
# doses and steps are none. By language; "" is for all.
_NUMBER = r"\d[\d.,\u00a0\u202f]{0,24}"
_FIGURES: Mapping[str, str] = {
    "": rf"{_NUMBER}\s?[%٪％]",
    "en": rf"{_NUMBER}\s?(?:per ?cent|percentage points?|[mb]illion)\b"
    r"|\b(?:\w+|\d+) (?:in|out of)(?: every)? (?:\d+|two|three|four|five|six|seven|eight|nine|ten)"
    r" (?:people|adults|deaths|overdoses|users|patients|women|men|young|teen\w*|person)\b"
    rf"|(?:{_NUMBER}|half|thirds?|quarters?|percent|per cent) of (?:all |the )?"
    r"(?:people|adults|deaths|overdoses|users|patients|women|men|those)\b"
    r"|\b(?:twice|\d+ times|(?:two|three|four|five|ten) times) (?:as|more|less|the)\b",
    "es": rf"{_NUMBER}\s?(?:por ?ciento|millones|mil millones)\b"
    r"|\b\w+ de cada (?:\d+|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez)\b"
    rf"|(?:{_NUMBER}|mitad|tercios?|cuartas? partes?) de (?:todas )?las (?:personas|muertes)\b"
    r"|\b(?:\d+|dos|tres|cuatro|cinco|diez) veces (?:más|menos|mayor)\b",
}
# Each of them has a digit, or one of these; most texts have neither.
_HINTS: Mapping[str, tuple[str, ...]] = {
    "en": (
        *("cent", "illion", "times", "twice", "half", "third", "quarter"),
        *(" two ", " three ", " four ", " five ", " six ", " seven ", " eight ", " nine ", " ten "),
    ),
    "es": ("ciento", "millones", " de cada ", "veces", "mitad", "tercio", "cuarta"),
}
_DIGIT = pattern(r"\d")
_KNOWN = {
    language: pattern("|".join(filter(None, (_FIGURES[""], language and more))), re.IGNORECASE)
    for language, more in _FIGURES.items()
}


def unsourced(
    texts: Iterable[Words], claims: Iterable[Claim], language: str, sources: Sources
) -> Iterator[Problem]:
    """Yield a Problem for each text with a figure that names no source, at the figure.

    A mark is of all that stands before it in its text, and of the sentence that it stands in. The
    texts have no small numbers.
    """
    name = main_part(language)
    pattern, hints = _KNOWN.get(name, _KNOWN[""]), _HINTS.get(name, ())
    ends: dict[str, int] = {}
    for claim in claims:
        ends[claim.slot] = max(claim.end, ends.get(claim.slot, 0))
    for words in texts:
        low = words.text.lower()
        if not (_DIGIT.search(low) or any(hint in low for hint in hints)):
            continue
        sourced = _sentence_end(words.text, ends[words.slot]) if words.slot in ends else 0
        figures = (found for found in pattern.finditer(words.text) if found.start() >= sourced)
        if figure := next(figures, None):
            yield figure_unsourced(_around(words, figure), _place(words, figure, language, sources))


def _sentence_end(text: str, at: int) -> int:
    """Return where the sentence ends that a place in a text belongs to."""
    if text[:at].rstrip(' *"\u201d)').endswith(tuple(_STOPS)):
        return at
    end = re.compile(rf"[{_STOPS}](?!\d)").search(text, at)
    return end.end() if end else len(text)


def _around(words: Words, figure: re.Match[str]) -> str:
    """Return a figure with what a reader needs to know which it is: some words after it."""
    rest = words.text[figure.start() : figure.start() + 60].split(" ")
    return " ".join(rest[:6])


def _place(words: Words, figure: re.Match[str], language: str, sources: Sources) -> Source:
    """Return where a figure was typed: the same characters may stand in its text before it."""
    seen, typed = words.plain(language), plain(figure[0], language)
    start = -1
    for _ in range(words.text.count(figure[0], 0, figure.start()) + 1):
        start = seen.find(typed, start + 1)
    if start < 0:
        return words.source
    return TypedPlaces(sources).of(words, start, start + len(typed), seen)


def figure_unsourced(figure: str, place: Source) -> Problem:
    """A figure says how many or how often, and no source is named for it.

    Fix: add the source to `materials/sources.yaml`, and its id in braces where the sentence ends:
    `Nine in ten people survive. {cdc-naloxone}` The braces are not printed. A figure without a
    source cannot be checked when it is questioned, or when it is old.
    """
    return Problem(
        "figure-unsourced",
        f'no source is named for "{figure}"',
        place,
        "name its source of materials/sources.yaml in braces where the sentence ends: {id}",
        Severity.WARNING,
    )


CODES = {"figure-unsourced": figure_unsourced}
