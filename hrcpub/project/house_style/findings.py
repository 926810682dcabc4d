"""The texts of a piece and a `RuleBook` to `StyleFinding`s: which words, by which rule, where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from hrcpub.project.house_style.prose import (
    Sentence,
    in_small_letters,
    sentences,
    without_quotations,
)
from hrcpub.project.house_style.reading_grade import ReadingEase, reading
from hrcpub.project.house_style.rules import RuleBook, StyleRule


class SeenText(NamedTuple):
    """A text of a piece as a reader sees it, and the name of its slot."""

    seen: str
    slot: str = ""


class StyleFinding(NamedTuple):
    """What a rule found."""

    rule: StyleRule
    passage: int  # which of the texts
    start: int
    end: int
    text: str  # the words
    remark: str = ""  # what is to be said beside the rule's reason


class _ReadPassage(NamedTuple):
    """A passage with what all rules ask of it."""

    number: int
    passage: SeenText
    bare: str  # without quotations and addresses
    low: str  # the same in small letters
    sentences: tuple[Sentence, ...]


class StyleFindings(NamedTuple):
    """All that the rules of a language find in the texts of a piece."""

    found: list[StyleFinding]  # in the order of the texts
    reading: ReadingEase | None  # of all whole sentences together; None without any


def findings(passages: Iterable[SeenText], book: RuleBook) -> StyleFindings:
    """Return all that the rules of a language find, and how hard the texts are to read."""
    read = [_read(number, passage) for number, passage in enumerate(passages)]
    found = [*_terms(read, book)]
    for text in read:
        for shape in SHAPES:
            found += shape(text, book)
    found += _acronyms(read, book)
    whole = (one for text in read for one in text.sentences if one.is_whole)
    return StyleFindings(sorted(found, key=lambda finding: finding[1:4]), _reading(whole, book))


def _read(number: int, passage: SeenText) -> _ReadPassage:
    bare = without_quotations(passage.seen)
    return _ReadPassage(number, passage, bare, in_small_letters(bare), tuple(sentences(bare)))


def _terms(read: list[_ReadPassage], book: RuleBook) -> Iterator[StyleFinding]:
    """Yield what the rules on words find; of words within others of one family the longest alone.

    All texts are searched as one: most rules find nothing in any.
    """
    joined = "\n".join(text.low for text in read)
    starts, at = [], 0
    for text in read:
        starts.append(at)
        at += len(text.low) + 1
    taken: dict[str, list[tuple[int, int, StyleRule]]] = {}
    for start, end, rule in book.found_in(joined):
        taken.setdefault(rule.family, []).append((start, end, rule))
    for spans in taken.values():
        last = 0
        for start, end, rule in sorted(spans, key=lambda span: (span[0], -span[1])):
            if start >= last:
                last = end
                finding = _finding_at(read, starts, start, end, rule)
                text = read[finding.passage]
                if not _is_in_name(text, finding) and not _is_put_plainly(text, finding):
                    yield finding


def _finding_at(
    read: list[_ReadPassage], starts: list[int], start: int, end: int, rule: StyleRule
) -> StyleFinding:
    from bisect import bisect

    number = bisect(starts, start) - 1
    first, last = start - starts[number], end - starts[number]
    return StyleFinding(rule, number, first, last, read[number].passage.seen[first:last])


_IN_BRACKETS = re.compile(r" \([^\W\d_][^()]{3,}\)")


def _is_put_plainly(text: _ReadPassage, finding: StyleFinding) -> bool:
    """Return whether a word of doctors stands beside a plain one: `swelling (edema)`.

    Letters are none: `intravenous (IV)`.
    """
    if finding.rule.family != "jargon":
        return False
    before, after = text.bare[: finding.start], text.bare[finding.end :]
    explained = _IN_BRACKETS.match(after)
    is_plain = explained is not None and not explained[0].strip(" ()").isupper()
    return is_plain or (before.endswith(" (") and after.startswith(")"))


_CAPITALS = re.compile(r"[A-Z][^\W_]*")


def _is_in_name(text: _ReadPassage, finding: StyleFinding) -> bool:
    """Return whether words are a part of a name, as in the National Substance Abuse Helpline.

    In a sentence they then begin with capital letters, and so does a word beside them.
    """
    sentence = (
        next(one for one in reversed(text.sentences) if one.start <= finding.start)
        if text.sentences
        else None
    )
    if not sentence or not sentence.is_whole or not finding.text[0].isupper():
        return False
    if not all(map(_CAPITALS.match, re.findall(r"[^\W\d_]+", finding.text))):
        return False
    before = re.findall(r"[^\W_]+(?= $)", text.bare[sentence.start : finding.start])
    after = re.findall(r"^ [^\W_]+", text.bare[finding.end : sentence.end])
    beside = [word.strip() for word in (*before, *after)]
    return any(_CAPITALS.fullmatch(word) and not word.isupper() for word in beside)


def _long(text: _ReadPassage, book: RuleBook) -> Iterator[StyleFinding]:
    rule = book.shapes["long-sentence"]
    longest = int((rule.limits or {})["longest"])
    for sentence in text.sentences:
        if (count := len(sentence.words)) > longest:
            yield _of_sentence(rule, text, sentence, f"{count} words, more than {longest}")


def _grade(text: _ReadPassage, book: RuleBook) -> Iterator[StyleFinding]:
    """Yield a finding where a text is above the grade that is aimed at, at its hardest sentence."""
    rule = book.shapes["grade"]
    limits = rule.limits or {}
    whole = [sentence for sentence in text.sentences if sentence.is_whole]
    grade = _reading(whole, book)
    aim = int(limits["aim"])
    if not grade or grade.words < int(limits["fewest"]) or round(grade.grade) <= aim:
        return
    each = [(one.grade, sentence) for sentence in whole if (one := _reading([sentence], book))]
    hardest, sentence = max(each, key=lambda one: one[0])
    said = f"grade {grade.grade:.0f}{f' ({grade.scale})' if grade.scale else ''}, not {aim}"
    if len(each) > 1:
        said += f"; this sentence {hardest:.0f}"
    yield _of_sentence(rule, text, sentence, said)


def _reading(of: Iterable[Sentence], book: RuleBook) -> ReadingEase | None:
    return reading((sentence.words for sentence in of), book.language, book.medicines)


def _two_actions(text: _ReadPassage, book: RuleBook) -> Iterator[StyleFinding]:
    """Yield a finding for each sentence of a step that orders one thing and another."""
    rule = book.shapes["two-actions"]
    limits = rule.limits or {}
    if not set(limits["slots"]) & set(text.passage.slot.split(".")):
        return
    verbs, joints = "|".join(limits["verbs"]), "|".join(limits["joints"])
    two = re.compile(rf"(?:[¡¿]|.*, )?(?:{verbs})\b.*?,? (?:{joints}) (?:{verbs})\b")
    for sentence in text.sentences:
        if two.match(in_small_letters(sentence.text)):
            yield _of_sentence(rule, text, sentence)


_FIGURE = re.compile(r"(?!(?:911|988|211|311|112)\b)\d[\d,.–-]*(?: to \d+| a \d+)? (?=[a-zñáéíóú])")
_FEWEST = 5  # words of a sentence that a figure should not begin; shorter ones are labels


def _starts_with_figure(text: _ReadPassage, book: RuleBook) -> Iterator[StyleFinding]:
    rule = book.shapes["starts-with-figure"]
    for sentence in text.sentences:
        figure = _FIGURE.match(sentence.text)
        if figure and sentence.is_whole and len(sentence.words) >= _FEWEST:
            end = sentence.start + len(figure[0].rstrip())
            seen = text.passage.seen[sentence.start : end]
            yield StyleFinding(rule, text.number, sentence.start, end, seen)


_LETTERS = re.compile(r"(?<![\w.@#])[A-Z][A-Z0-9]{1,5}(?=s?\b)(?!@|\.\w)")
_SENT = re.compile(r"\b(?:text|send|txt|env[ií][ae]|textea)\W+(?:the word )?[\"“]?$", re.IGNORECASE)


def _acronyms(read: list[_ReadPassage], book: RuleBook) -> Iterator[StyleFinding]:
    """Yield the first place of each acronym that no text of the piece explains."""
    rule = book.shapes["acronym"]
    joined = "\n".join(text.passage.seen for text in read)
    told = set((rule.limits or {})["known"])
    for text in read:
        if text.bare.isupper():  # a title in capitals
            continue
        for match in _LETTERS.finditer(text.bare):
            if match[0] in told or _is_shouted(text.bare, match):
                continue
            told.add(match[0])
            is_spelt = _is_spelt_before(match[0], text.bare[: match.start()])
            if not is_spelt and not _is_explained(match[0], joined):
                yield StyleFinding(rule, text.number, *match.span(), match[0])


def _is_shouted(text: str, match: re.Match[str]) -> bool:
    """Return whether letters are a keyword to be sent, or a word among others in capitals."""
    before, after = text[: match.start()], text[match.end() :]
    beside = (
        *re.findall(r"([^\W\d]+)\W*$", before)[-1:],
        *re.findall(r"^\W*([^\W\d]+)", after)[:1],
    )
    is_word = len(match[0]) > 2 and any(word.isupper() and len(word) > 1 for word in beside)
    is_code = any(sign.isdigit() for sign in match[0])
    return bool(_SENT.search(before)) or is_word or is_code


def _is_spelt_before(letters: str, before: str) -> bool:
    """Return whether words that begin with the letters stand right before: `the Lung Trial, or LT`.

    Small words between them need not be in the letters.
    """
    if not re.search(r", (?:or|called|known as|o|llamad[oa]) (?:the |el |la )?$", before):
        return False
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", before) if word[0].isupper())
    return initials.endswith(letters)


def _is_explained(letters: str, joined: str) -> bool:
    """Return whether a name stands before the letters in brackets, or behind them in brackets."""
    name = re.escape(letters)
    return bool(re.search(rf"\w \({name}s?\b|\b{name}s? \(\w[^)]{{6,}}\)", joined))


def _of_sentence(
    rule: StyleRule, text: _ReadPassage, sentence: Sentence, remark: str = ""
) -> StyleFinding:
    seen = text.passage.seen[sentence.start : sentence.end]
    return StyleFinding(rule, text.number, sentence.start, sentence.end, seen, remark)


SHAPES: tuple[Callable[..., Iterator[StyleFinding]], ...] = (
    _long,
    _grade,
    _two_actions,
    _starts_with_figure,
)
