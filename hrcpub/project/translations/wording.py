r"""A material's words and a `Catalog` to the same words in the catalog's language.

What is not translated yet stays as it is, and is told. In a draft it stands in square brackets, as
a phrase in its own language: `[\[Wake\]](lang:en)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hrcpub.files.yamlfile import Node
from hrcpub.problems import Problem, Severity, Source
from hrcpub.project.markup import plain
from hrcpub.project.slot import Slot
from hrcpub.project.translations.catalog import Catalog, Message
from hrcpub.project.translations.passages import Passage, bare, with_words
from hrcpub.project.typed_places import marks_in

_MARKED = re.compile(r"\[[^\[\]]*\]\([^()\s]*\)")  # a link, or a phrase in another language


class Reworded(NamedTuple):
    """Words in another language."""

    node: Node
    open: tuple[Passage, ...]  # what is not translated yet
    said: tuple[tuple[Passage, Message], ...]  # what is


def words_in(
    node: Node, slot: Slot, path: str, catalog: Catalog, draft_from: str | None = None
) -> Reworded:
    """Return the words that a slot holds in the language of a catalog, at the catalog's places.

    `path` is the slot's, as messages name it: `words`, or "" for a whole material. `draft_from` is
    the language of the words, where those that are open are to be marked; None leaves them.
    """
    messages = catalog.by_slot
    open_: list[Passage] = []
    said: list[tuple[Passage, Message]] = []

    def change(text: Node, passage: Passage) -> Node:
        message = messages.get(passage.slot)
        if message is None or is_open(passage, message):
            open_.append(passage)
            return Node(marked(passage.text, draft_from), text.source) if draft_from else text
        said.append((passage, message))
        return Node(with_marks(message.words, passage), message.place)

    changed = with_words(node, slot, path, change)
    return Reworded(changed, tuple(open_), tuple(said))


def is_open(passage: Passage, message: Message) -> bool:
    """Return whether a message has no words for a passage as it is: it may have changed since.

    What a passage rests on is none of its words.
    """
    return message.is_open or bare(message.slot, message.source) != bare(passage.slot, passage.text)


def with_marks(words: str, passage: Passage) -> str:
    """Return a translation with the marks of sources of its text, and no others.

    They stay where the translator has put them; others stand at the end.
    """
    if bare(passage.slot, words) == words and bare(passage.slot, passage.text) == passage.text:
        return words
    wanted, there = marks_in(passage.text), marks_in(words)
    for mark in there:
        if mark not in wanted:
            # Where a word follows at once, the space before the mark is the one between two words.
            words = re.sub(rf" ?{re.escape(mark)}(?!\w)", "", words).replace(mark, "")
    return " ".join([words, *(mark for mark in wanted if mark not in there)])


def marked(text: str, language: str) -> str:
    """Return words in square brackets, as words of their language; links stay links."""
    at, parts = 0, []
    for link in _MARKED.finditer(text):
        parts += [_foreign(text[at : link.start()], language), link[0]]
        at = link.end()
    parts.append(_foreign(text[at:], language))
    return rf"\[{''.join(parts)}\]"


def _foreign(text: str, language: str) -> str:
    words = text.strip()
    return text.replace(words, f"[{words}](lang:{language})", 1) if words else text


def word_count(passages: Iterable[Passage]) -> int:
    """Return how many words are to be translated, as translators count: by spaces."""
    return sum(len(plain(passage.text).split()) for passage in passages)


def still_open(name: str, open_: tuple[Passage, ...], path: str, language: str) -> Problem:
    """A translation is not finished, so the piece in that language is not made.

    Fix: translate what is open, and take off `fuzzy` where a translation was looked over: in Poedit
    or Weblate, or with any editor. `hrcpub translate status` shows how much is open. A source that
    was written anew since is open too; `hrcpub translate update` marks it. With `--draft` the piece
    is made, with these words in square brackets in the language that they were written in.
    """
    words, places = word_count(open_), len(open_)
    said = f"{words} word{'s' * (words != 1)} in {places} place{'s' * (places != 1)}"
    return Problem(
        "translation-open",
        f"{name} is not made: {said} {'are' if words != 1 else 'is'} not translated yet",
        Source(path),
        f"run hrcpub translate update {language}, then translate in this file; or build it with "
        "--draft",
    )


def unplaced(worded: Reworded, catalog: Catalog) -> Iterator[Problem]:
    """Yield a Problem for each translation whose place the original does not have."""
    slots = {passage.slot for passage in worded.open} | {passage.slot for passage, _ in worded.said}
    for message in catalog.messages:
        is_used = message.slot and not message.is_obsolete  # without a slot: told as `po-slot`
        if is_used and message.words.strip() and message.slot not in slots:
            yield placeless(message)


def placeless(message: Message) -> Problem:
    """A translation is of a place that the original does not have, so it is not printed.

    Fix: run `hrcpub translate update`: where the original has lost the text, its translation goes
    out of use, and is kept. Where somebody wrote the message's `msgctxt` by hand, correct it.
    """
    return Problem(
        "translation-unplaced",
        f'the original has no "{message.slot}": this translation is not printed',
        message.place,
        "run hrcpub translate update, or correct msgctxt",
        Severity.WARNING,
    )


CODES = {"translation-open": still_open, "translation-unplaced": placeless}
# What is told where nobody asked for the piece, and stops it only there.
OPEN = frozenset({"translation-open", "phrases-open"})
