"""Texts as they are now, and a `Catalog` as it was, to one with the translations of both.

Whose translation is it? A text keeps the one that it had. One that moved takes its own along: where
an item is put in at the head of a list, all slots behind it shift, and nobody's words may end up
under another's. A text that was written anew keeps the translation of its slot, to be looked over.
Nothing that a translator wrote is thrown away: what has no place any more goes out of use (`#~`),
and comes back when its text does.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace

from hrcpub.project.translations.catalog import FUZZY, Catalog, Message
from hrcpub.project.translations.passages import Passage, bare

ALIKE = 0.6  # of difflib's ratio: from here on, gettext's programs take a text for a changed one
VERY_ALIKE = 0.8  # for a text that moved to another kind of place
IN_ITS_SLOT = 0.1  # is added to that of a text in its own slot, since most are corrected there
MOST_PAIRS = 20_000  # of texts that are compared letter by letter: some seconds of work
LONG = 1000  # characters: longer texts are compared by words
_ENTRY = re.compile(r"(.*\.\d+)((?:\.[^.\d][^.]*)*)")


def merged(passages: Sequence[Passage], catalog: Catalog, file: str) -> Catalog:
    """Return a catalog with a message for each passage, in their order, and those out of use.

    `file` is where the passages are.
    """
    merge = _Merge(passages, catalog.messages)
    chosen = merge.chosen()
    messages = [_message(passage, chosen.get(passage.slot), file) for passage in passages]
    used = {id(message) for message in chosen.values()}
    left = [message for message in catalog.messages if id(message) not in used]
    out = [_out_of_use(message) for message in left if message.words.strip() or message.notes]
    return replace(catalog, messages=(*messages, *out))


class _Merge:
    """Finds each passage its message; what one has taken, no other gets."""

    def __init__(self, passages: Sequence[Passage], messages: Sequence[Message]) -> None:
        self.todo = {passage.slot: passage for passage in passages}
        # Those in use before those that are not.
        self.free = dict(enumerate(sorted(messages, key=lambda message: message.is_obsolete)))
        self.found: dict[str, Message] = {}
        self.moved: dict[str, str] = {}  # entries of lists: where each was, by where it is
        self.left: set[str] = set()  # where such entries were

    def chosen(self) -> dict[str, Message]:
        """Return the message of each passage that has one, by its slot; the surest come first."""
        both = self.by(lambda message: (message.slot, bare(message.slot, message.source)))
        for slot, text in self.texts():
            self.first(slot, both.get((slot, text), ()))
        by_source = self.by(lambda message: bare(message.slot, message.source))
        for is_same_kind in (True, False):
            for slot, text in self.texts():
                numbers = by_source.get(text, ())
                self.first(slot, (n for n in numbers if self.fits(n, slot) or not is_same_kind))
        self.alike(ALIKE, is_same_kind=True)
        by_slot = self.by(lambda message: message.slot)
        for slot, _ in self.texts():
            self.first(slot, by_slot.get(self.was(slot), ()))
        self.alike(VERY_ALIKE, is_same_kind=False)
        return self.found

    def texts(self) -> list[tuple[str, str]]:
        """Return the slots that have no message yet, with their texts, without marks of sources."""
        return [(slot, bare(slot, passage.text)) for slot, passage in self.todo.items()]

    def by(self, key: Callable[[Message], Hashable]) -> dict[Hashable, list[int]]:
        """Return the numbers of the free messages by something of theirs."""
        numbers: dict[Hashable, list[int]] = {}
        for number, message in self.free.items():
            numbers.setdefault(key(message), []).append(number)
        return numbers

    def fits(self, number: int, slot: str) -> bool:
        """Return whether a message is of a place of the same kind, as in another entry."""
        return number in self.free and _kind(self.free[number].slot) == _kind(slot)

    def first(self, slot: str, numbers: Iterable[int]) -> None:
        """Give a slot the first of some messages that is free."""
        number = next((number for number in numbers if number in self.free), None)
        if number is not None:
            self.give(slot, number)

    def give(self, slot: str, number: int) -> None:
        """Give a slot a message, and remember where its entry was."""
        message = self.free.pop(number)
        self.found[slot] = message
        del self.todo[slot]
        now, before = _ENTRY.fullmatch(slot), _ENTRY.fullmatch(message.slot)
        if now and before and now[2] == before[2]:
            self.moved.setdefault(now[1], before[1])
            self.left.add(before[1])

    def was(self, slot: str) -> str | None:
        """Return the slot that a passage had, by where the others of its entry were; None: new."""
        entry = _ENTRY.fullmatch(slot)
        if entry is None:
            return slot
        if entry[1] in self.moved:
            return self.moved[entry[1]] + entry[2]
        return None if entry[1] in self.left else slot

    def alike(self, least: float, *, is_same_kind: bool) -> None:
        """Give slots the messages whose texts are like theirs, the most alike first."""
        if len(self.todo) * len(self.free) > 50 * MOST_PAIRS:
            return
        pairs = [
            (slot, number)
            for slot in self.todo
            for number, message in self.free.items()
            if message.words.strip() and (self.fits(number, slot) or not is_same_kind)
        ]
        if len(pairs) > MOST_PAIRS:  # so much is new that it is another text
            return
        scores = [(self.score(slot, number, least), slot, number) for slot, number in pairs]
        for score, slot, number in sorted(scores, key=lambda found: -found[0]):
            if score >= least and slot in self.todo and number in self.free:
                self.give(slot, number)

    def score(self, slot: str, number: int, least: float) -> float:
        """Return how much alike a passage and a message's text are; 0 when it is too little."""
        message, text = self.free[number], self.todo[slot].text
        ratio = likeness(text, message.source, least)
        return ratio + IN_ITS_SLOT * (message.slot == self.was(slot)) if ratio else 0.0


def likeness(one: str, other: str, least: float) -> float:
    """Return how much alike two texts are, from 0 to 1; 0 when it is less than `least`."""
    is_long = max(len(one), len(other)) > LONG
    parts = [text.split() if is_long else list(text) for text in (one, other)]
    matcher = difflib.SequenceMatcher(None, parts[0], parts[1], autojunk=is_long)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= least else 0.0


def _kind(slot: str) -> str:
    """Return a slot without the numbers of its entries: `words.points.text`."""
    return re.sub(r"\.\d+(?=\.|$)", "", slot)


def _message(passage: Passage, old: Message | None, file: str) -> Message:
    """Return a passage's message, with what an old one has for it."""
    message = Message(passage.slot, passage.text, told=tuple(told(passage)), files=(file,))
    if old is None:
        return message
    message = replace(message, words=old.words, notes=old.notes, place=old.place)
    is_other = bare(old.slot, old.source) != bare(passage.slot, passage.text)
    is_changed = is_other or _kind(old.slot) != _kind(passage.slot)
    flags = tuple(flag for flag in old.flags if flag != FUZZY)
    if not (old.words.strip() and (is_changed or old.is_fuzzy)):
        return replace(message, flags=flags)
    # That which it was made for, not what stood there for a while.
    known = old.previous if old.is_fuzzy and old.previous[1] is not None else None
    previous = known or ((old.slot or None, old.source) if is_changed else old.previous)
    return replace(message, flags=(FUZZY, *flags), previous=previous)


def _out_of_use(message: Message) -> Message:
    """Return a message that has no place any more, with all that a translator wrote."""
    return replace(message, is_obsolete=True, told=(), files=())


def told(passage: Passage) -> Iterator[str]:
    """Yield what a translator has to know of a text's place, a line each."""
    if passage.about:
        yield f"{passage.about[0].upper()}{passage.about[1:]}."
    if passage.limit and passage.is_firm:
        yield f"At most {passage.limit} characters, with spaces."
    elif passage.limit:
        yield f"About {passage.limit} characters at most, with spaces: the page decides."
    if re.search(r"\*|\]\(|\\", passage.text):
        yield r"Keep the signs *, [ ]( ) and \ where they belong: they set words off, and link."
    if bare(passage.slot, passage.text) != passage.text:
        yield "What is in { } names a source, and is not printed: keep it where its sentence ends."
    elif re.search(r"\{\w+\}", passage.text):
        yield "What is in { } is put in by the program: keep it as it is."
