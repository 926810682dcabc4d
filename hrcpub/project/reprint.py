"""A reprint's words and offices against its source's text: what is not there to the letter.

What is reprinted is whole words, with the signs that touch them, and whole sentences; only a title
may be taken out of a sentence. Straight and curly quotes are the same, and so are ` -- ` and the
dash.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from hrcpub.patterns import pattern
from hrcpub.project.contacts import Contact
from hrcpub.project.markup import spans
from hrcpub.project.words import Words
from hrcpub.records import record

_STRAIGHT = str.maketrans("‘’“”", "''\"\"")
_BULLETS = frozenset("•*‣◦▪·")  # anywhere: a copied text may have lost the line breaks before them
_HYPHENS = frozenset("-–")  # bullets at the head of a line
_NUMBER = pattern(r"\(?[0-9]{1,2}[.)]")  # of an entry, at the head of a line
_SENTENCE_END = pattern(r".*[.?!:…。！？؟।][\"')\]]*|\(?[0-9]{1,2}\)")
# Lines of a wrapped paragraph are longer (72 to 80 letters are usual). A shorter line was ended on
# purpose, as in an address or a verse.
_SHORT = 50
_REACH = 3  # lines after an address that may hold its numbers: telephone, fax, and one between
_USUAL = 2  # numbers of an office: telephone and fax
_FURTHER = 2 + _REACH  # and those that may hold its addresses of mail and web


@record
class SourceText:
    """A text that is reprinted: its words, those that begin and end sentences, its lines."""

    words: tuple[str, ...]
    begins: frozenset[int]  # indices of words
    ends: frozenset[int]
    lines: tuple[str, ...]  # those that are not blank


class Difference(NamedTuple):
    """A text that its source has otherwise."""

    words: Words
    why: str  # what the source has there


def read_source(text: str) -> SourceText:
    """Return a source's text in the form that reprints are compared with."""
    lines = _straight(text).splitlines()
    words: list[str] = []
    begins, ends = set[int](), set[int]()
    for paragraph in _paragraphs(lines):
        begins.add(len(words))
        for word in paragraph:
            words.append(word)
            if _SENTENCE_END.fullmatch(word):
                ends.add(len(words) - 1)
                begins.add(len(words))
        ends.add(len(words) - 1)
    bare = [" ".join(word for word in line.split() if word not in _BULLETS) for line in lines]
    return SourceText(tuple(words), frozenset(begins), frozenset(ends), tuple(filter(None, bare)))


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    """Yield the words of each paragraph, and of each entry of a list without its bullet."""
    paragraph: list[str] = []
    for line in lines:
        words = line.split()
        is_entry = bool(words) and (words[0] in _HYPHENS or bool(_NUMBER.fullmatch(words[0])))
        ends = [not words or is_entry, *(word in _BULLETS for word in words), len(line) < _SHORT]
        for word, is_end in zip(["", *words, ""], ends, strict=True):
            if is_end and paragraph:
                yield paragraph
                paragraph = []
            is_bullet = word in _BULLETS or (is_entry and not paragraph and word in _HYPHENS)
            if word and not is_bullet:
                paragraph.append(word)
    if paragraph:
        yield paragraph


def _straight(text: str) -> str:
    """Return a text with straight quotes, and with ` -- ` for the dash."""
    text = unicodedata.normalize("NFC", text).translate(_STRAIGHT)
    return re.sub(" ?— ?", " -- ", text)


def passage_differs(passage: list[Words], source: SourceText, is_title: bool) -> Difference | None:
    """Return where a passage is not the source's, None where it is.

    The texts of a list's entry are one passage. A title may be part of a sentence.
    """
    words = [word for text in passage for word in _straight(_signs(text)).split()]
    places = list(_places(words, source.words)) if words else []
    if not words or (places and is_title):
        return None
    if any(at in source.begins and at + len(words) - 1 in source.ends for at in places):
        return None
    why = _unfinished(places[0], len(words), source) if places else _first_change(words, source)
    return Difference(passage[0], why)


def _signs(text: Words) -> str:
    """Return what is printed, with `*` around emphasis: it changes a text as a letter does."""
    return "".join(
        " " if span.text == "\n" else f"{stars}{span.text}{stars}"
        for span in spans(text.text)
        for stars in ["*" * (span.emphasis + 2 * span.strong)]
    )


def _places(words: list[str], among: tuple[str, ...]) -> Iterator[int]:
    """Yield where words follow each other among others."""
    for at in range(len(among) - len(words) + 1):
        if among[at] == words[0] and list(among[at : at + len(words)]) == words:
            yield at


def _unfinished(at: int, count: int, source: SourceText) -> str:
    """Return how the sentences go on of which a passage, whose words are right, is a part."""
    if at not in source.begins:
        return f"the source's sentence has «{source.words[at - 1]}» before it"
    return f"the source's sentence goes on with «{source.words[at + count]}»"


def _first_change(words: list[str], source: SourceText) -> str:
    """Return the change next to the longest run of words that is in the source."""
    matcher = SequenceMatcher(None, source.words, words, autojunk=False)
    at, start, count = matcher.find_longest_match()
    if not count:
        return f"the source has no «{words[0]}»"
    end, after = start + count, at + count
    if start:
        return _instead(source.words[at - 1 : at], words[start - 1])
    return _instead(source.words[after : after + 1], words[end])


def _instead(right: tuple[str, ...], wrong: str) -> str:
    return f"the source has «{right[0]}», not «{wrong}»" if right else f"it has no «{wrong}» there"


def office_differs(office: Contact, source: SourceText) -> list[Difference]:
    """Return what of an office is not in the source, compared at the place that is most like it.

    Its name and the lines of its address are whole lines there, one after the other. Its numbers
    are in the next lines, each whole, and the telephone's is not the one of a fax. So are its
    addresses of mail and web.
    """
    name = _as_in_source(office.name)
    named = [at for at, line in enumerate(source.lines) if line == name]
    if any(not _office_at(at, office, source.lines) for at in named):
        return []
    by_place = [_office_at(at, office, source.lines) for at in range(len(source.lines))]
    best = min(by_place, key=len, default=[])
    count = 1 + len(office.lines) + len(_numbers(office)) + len(office.ways)
    if by_place and len(best) < count:
        return best
    return [Difference(office.name, "the source has no such office")]


def _office_at(at: int, office: Contact, lines: tuple[str, ...]) -> list[Difference]:
    """Return what of an office differs if it begins at a line."""
    texts = (office.name, *office.lines)
    there = lines[at : at + len(texts)]
    there += ("",) * (len(texts) - len(there))
    differences = [
        Difference(text, f"the source has «{line}»" if line else "the source ends before it")
        for text, line in zip(texts, there, strict=True)
        if _as_in_source(text) != line
    ]
    numbers = _numbers(office)
    reach = _REACH + max(0, len(numbers) - _USUAL)
    below = [part for line in lines[at + len(texts) :][:reach] for part in _PARTS.split(line)]
    for number, is_fax in numbers:
        parts = [part for part in below if bool(_FAX.match(part)) == is_fax]
        if not any(_is_number(part, number.text) for part in parts):
            near = next((part for part in parts if _DIGIT.search(part)), None)
            why = f"the source has «{near}»" if near else "the source has none there"
            differences.append(Difference(number, why))
    below_it = lines[at + len(texts) :][:_FURTHER]
    further = {*below_it, *(_bare(word) for line in below_it for word in line.split())}
    differences += [
        Difference(way.words, "the source has none there")
        for way in office.ways
        if way.words.text not in further
    ]
    return differences


def _as_in_source(text: Words) -> str:
    """Return a text as the lines of sources are kept."""
    return " ".join(_straight(_signs(text)).split())


def _numbers(office: Contact) -> list[tuple[Words, bool]]:
    """Return an office's numbers as they were typed, each with whether it is a fax."""
    numbers = [(call.typed, False) for call in office.calls]
    numbers += [(office.text.number, False)] if office.text else []
    return numbers + ([(office.fax, True)] if office.fax else [])


def _bare(word: str) -> str:
    """Return an address in a text as it is printed: without its scheme and the signs around it."""
    return re.sub(r"^(?:https?://|mailto:)", "", word.strip("()<>,;.")).removesuffix("/")


def _is_number(part: str, number: str) -> bool:
    """Return whether a part of a line is a number, after a label ("Tel:") or without one."""
    number = " ".join(_straight(number).split())
    label = part.removesuffix(".").removesuffix(number)
    return len(label) < len(part) and not _DIGIT.search(label) and label[-1:] in ("", " ", ":")


_FAX = pattern(r"\W*(?:tele)?fax", re.IGNORECASE)
_PARTS = pattern(r" ?[,;|] |\s(?=(?:tele)?fax\b)", re.IGNORECASE)  # of "Tel: …, Fax: …"
_DIGIT = pattern(r"[0-9+]")
