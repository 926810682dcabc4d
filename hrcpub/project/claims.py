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
from typing import NamedTuple

from hrcpub.files.yamlfile import Node
from hrcpub.problems import Problem, Severity, Source
from hrcpub.project.languages import main_part
from hrcpub.project.markup import one_line, plain
from hrcpub.project.words import Words

_MARK = re.compile(r"\s*\{([a-z0-9][a-z0-9-]{0,62})\}")
# A mark and the sign that ends its sentence: the number stands behind it, as English has it.
_MARK_AND_SIGN = re.compile(_MARK.pattern + r"([.,;:!?]?)")
_SMALL = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SENTENCE = re.compile(r"[^.!?…]*(?:[.!?…](?=\d)[^.!?…]*)*[.!?…]*")


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


def take_claims(node: Node, *, are_numbered: bool = False) -> Claimed:
    """Return a material's YAML without the marks of sources in its words.

    With `are_numbered`, each leaves a small number: that of its source, counted as they come.
    """
    words = (node.mapping or {}).get("words")
    if words is None or not any(_MARK.search(text) for text in _texts(words)):
        return Claimed(node, ())
    claims: list[Claim] = []
    numbers: dict[str, int] = {}

    def number(id: str) -> str:
        at = numbers.setdefault(id, len(numbers) + 1)
        return small_number(at) if are_numbered else ""

    taken = _without(words, "words", claims, number)
    return Claimed(replace(node, value=(node.mapping or {}) | {"words": taken}), tuple(claims))


def small_number(number: int) -> str:
    """Return a number in superior figures, as it stands at a passage and before its note."""
    return str(number).translate(_SMALL)


def _texts(node: Node) -> Iterator[str]:
    if node.text is not None:
        yield node.text
    inner = node.items or (node.mapping or {}).values()
    for one in inner:
        yield from _texts(one)


def _without(node: Node, path: str, claims: list[Claim], number: Callable[[str], str]) -> Node:
    """Return words without marks; each becomes a Claim on the list."""
    if node.text is not None:
        claims += _claims(node.text, path, node.source)
        text = _MARK_AND_SIGN.sub(lambda mark: mark[2] + number(mark[1]), node.text)
        return node if text == node.text else replace(node, value=text)
    if node.items is not None:
        entries = enumerate(node.items, 1)
        return replace(
            node, value=[_without(n, f"{path}.{at}", claims, number) for at, n in entries]
        )
    named = (node.mapping or {}).items()
    return replace(node, value={k: _without(n, f"{path}.{k}", claims, number) for k, n in named})


def _claims(text: str, path: str, place: Source) -> Iterator[Claim]:
    for mark in _MARK.finditer(text):
        before = one_line(_MARK.sub("", text[: mark.start()]))
        sentences = [one.strip() for one in _SENTENCE.findall(plain(before)) if one.strip()]
        yield Claim(mark[1], path, sentences[-1] if sentences else "", len(before), place)


# What makes a number a claim about the world: a share, millions, how much more often. Telephones,
# doses and steps are none. By language; "" is for all.
_NUMBER = r"\d[\d.,\u00a0\u202f]*"
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
_KNOWN = {
    language: re.compile("|".join(filter(None, (_FIGURES[""], language and more))), re.IGNORECASE)
    for language, more in _FIGURES.items()
}


def unsourced(texts: Iterable[Words], claims: Iterable[Claim], language: str) -> Iterator[Problem]:
    """Yield a Problem for each figure that names no source.

    A mark is of all that stands before it in its text, and of the sentence that it stands in.
    """
    pattern = _KNOWN.get(main_part(language), _KNOWN[""])
    ends: dict[str, int] = {}
    for claim in claims:
        ends[claim.slot] = max(claim.end, ends.get(claim.slot, 0))
    for words in texts:
        sourced = _sentence_end(words.text, ends[words.slot]) if words.slot in ends else 0
        figures = (found for found in pattern.finditer(words.text) if found.start() >= sourced)
        if figure := next(figures, None):
            yield figure_unsourced(words, _around(words, figure))


def _sentence_end(text: str, at: int) -> int:
    """Return where the sentence ends that a place in a text belongs to."""
    if text[:at].rstrip(' *"\u201d)').endswith((".", "!", "?")):
        return at
    end = re.compile(r"[.!?](?!\d)").search(text, at)
    return end.end() if end else len(text)


def _around(words: Words, figure: re.Match[str]) -> str:
    """Return a figure with what a reader needs to know which it is: some words after it."""
    rest = words.text[figure.start() : figure.start() + 60].split(" ")
    return " ".join(rest[:6])


def figure_unsourced(words: Words, figure: str) -> Problem:
    """A figure says how many or how often, and no source is named for it.

    Fix: add the source to `materials/sources.yaml`, and its id in braces where the sentence ends:
    `Nine in ten people survive. {cdc-naloxone}` The braces are not printed. A figure without a
    source cannot be checked when it is questioned, or when it is old.
    """
    return Problem(
        "figure-unsourced",
        f'no source is named for "{figure}"',
        words.source,
        "name its source of materials/sources.yaml in braces where the sentence ends: {id}",
        Severity.WARNING,
    )


CODES = {"figure-unsourced": figure_unsourced}
