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

Parts = list[tuple[str, str]]


def told_words(before: str, after: str) -> Parts:
    """Return a text as parts that are the same, went out, or came in, each with which it is."""
    one, other = _WORD.findall(before), _WORD.findall(after)
    found: Parts = []
    for _, i, i_end, j, j_end in opcodes([w.strip() for w in one], [w.strip() for w in other]):
        removed, added = "".join(one[i:i_end]), "".join(other[j:j_end])
        if [w.strip() for w in one[i:i_end]] == [w.strip() for w in other[j:j_end]]:
            found.append((SAME, added))
        else:
            found += [(OUT, removed), (IN, added)]
    return [(kind, text) for kind, text in found if text]


def told_changes(before: Plain, after: Plain) -> list[dict[str, Any]]:
    """Return the values of a file that differ, by their slots, each with its words' parts."""
    one, other = dict(_texts(before)), dict(_texts(after))
    slots = list(dict.fromkeys((*other, *one)))
    changes = [
        {"slot": slot, "parts": told_words(one.get(slot, ""), other.get(slot, ""))}
        for slot in slots
        if one.get(slot) != other.get(slot)
    ]
    return changes[:MOST]


def _texts(value: Plain, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
        return
    inner = enumerate(value, 1) if isinstance(value, list) else value.items()
    for name, one in inner:
        yield from _texts(one, f"{path}.{name}".strip("."))
