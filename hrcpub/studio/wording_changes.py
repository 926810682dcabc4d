"""Two texts, or two states of a file, to what became of their words, for who reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hrcpub.files.yaml_spans import Plain
from hrcpub.pipeline.compare.words import opcodes

SAME, OUT, IN = "same", "out", "in"
MOST = 60  # changes that are told of a version
_WORD = re.compile(r"\S+\s*")

ToldParts = list[tuple[str, str]]


def told_words(before: str, after: str) -> ToldParts:
    """Return a text as parts that are the same, went out, or came in, each with which it is."""
    found: ToldParts = []
    for is_same, removed, added in _hunks(_WORD.findall(before), _WORD.findall(after)):
        found += [(SAME, added)] if is_same else [(OUT, removed), (IN, added)]
    return [(kind, text) for kind, text in found if text]


def _hunks(one: list[str], other: list[str]) -> list[tuple[bool, str, str]]:
    """Return what is the same and what is not, in turns; a word alone between changes is one too.

    Why: a sentence that was written anew has an "and" in common with the old one, and nobody could
    read what stands around it.
    """
    found: list[tuple[bool, str, str]] = []
    codes = list(opcodes([w.strip() for w in one], [w.strip() for w in other]))
    codes = [code for code in codes if code[2] > code[1] or code[4] > code[3]]
    for number, (kind, i, i_end, j, j_end) in enumerate(codes):
        is_alone = i_end - i == 1 and 0 < number < len(codes) - 1
        is_same = kind == "equal" and not is_alone
        removed, added = "".join(one[i:i_end]), "".join(other[j:j_end])
        if found and not found[-1][0] and not is_same:
            found[-1] = (False, found[-1][1] + removed, found[-1][2] + added)
        else:
            found.append((is_same, removed, added))
    return found


def told_changes(before: Plain, after: Plain) -> list[dict[str, Any]]:
    """Return the values of a file that differ, by their slots, each with its words' parts."""
    one, other = dict(texts_in(before)), dict(texts_in(after))
    slots = list(dict.fromkeys((*other, *one)))
    changes = [
        {"slot": slot, "parts": told_words(one.get(slot, ""), other.get(slot, ""))}
        for slot in slots
        if one.get(slot) != other.get(slot)
    ]
    return changes[:MOST]


def texts_in(value: Plain, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts of a value, each with its slot."""
    if isinstance(value, str):
        yield path, value
        return
    inner = enumerate(value, 1) if isinstance(value, list) else value.items()
    for name, one in inner:
        yield from texts_in(one, f"{path}.{name}".strip("."))
