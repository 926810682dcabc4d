"""A line of text to the level of each of its characters: odd ones go from right to left.

The Unicode Bidirectional Algorithm (UAX #9, revision 50): isolates, and what letters and digits
imply. Without the explicit embeddings of its rules X1 to X4, which no text of ours may have, and
without pairs of brackets (N0): they would move ink by no more than a bracket.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby

FROM_THE_RIGHT = frozenset({"R", "AL", "AN"})  # kinds of letters and digits
_ISOLATES = frozenset({"LRI", "RLI", "FSI"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "BN", "PDI", *_ISOLATES})
_STRONG = {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}  # as neutrals see them (N1)


def levels(text: str, is_right_to_left: bool) -> list[int]:
    """Return the embedding level of each character of a line, in a paragraph of a direction."""
    kinds = [unicodedata.bidirectional(character) or "L" for character in text]
    result = [0] * len(text)
    _resolve(list(range(len(text))), kinds, int(is_right_to_left), result)
    return result


def in_visual_order(runs: list[int]) -> list[int]:
    """Return the numbers of runs from left to right, by their levels (L2)."""
    order = list(range(len(runs)))
    for level in range(max(runs, default=0), 0, -1):
        turned: list[int] = []
        deep = [runs[number] >= level for number in order]
        for is_deep, group in groupby(zip(deep, order, strict=True), lambda pair: pair[0]):
            part = [number for _, number in group]
            turned += part[::-1] if is_deep else part
        order = turned
    return order


def _resolve(places: list[int], kinds: list[str], level: int, result: list[int]) -> None:
    """Give levels to the characters at `places`: one paragraph, or the inside of an isolate."""
    own: list[int] = []
    at = 0
    while at < len(places):
        own.append(places[at])
        if kinds[places[at]] in _ISOLATES:
            end = _end(places, at, kinds)
            inner = places[at + 1 : end]
            _resolve(inner, kinds, _inner(kinds[places[at]], inner, kinds, level), result)
            at = end
        else:
            at += 1
    resolved = _neutrals(_weak([kinds[place] for place in own], level), level)
    for place, kind in zip(own, resolved, strict=True):
        # I1 and I2: by its kind, a character is one or two levels deeper.
        if level % 2:
            result[place] = level + (kind != "R")
        else:
            result[place] = level + {"L": 0, "R": 1}.get(kind, 2)


def _end(places: list[int], start: int, kinds: list[str]) -> int:
    """Return where the isolate that begins at `start` ends: at its PDI, or with the text (BD9)."""
    depth = 0
    for number in range(start, len(places)):
        kind = kinds[places[number]]
        depth += (kind in _ISOLATES) - (kind == "PDI")
        if not depth:
            return number
    return len(places)


def _inner(kind: str, inner: list[int], kinds: list[str], level: int) -> int:
    if kind == "FSI":
        first = next((kinds[place] for place in inner if kinds[place] in ("L", "R", "AL")), "L")
        kind = "LRI" if first == "L" else "RLI"
    is_right = kind == "RLI"
    return level + 1 + ((level + 1) % 2 != is_right)


def _weak(kinds: list[str], level: int) -> list[str]:
    """Resolve numbers and what stands beside them (W1 to W7)."""
    base = "R" if level % 2 else "L"
    kinds, before = list(kinds), base
    for at, kind in enumerate(kinds):  # W1: a mark is as what it stands on
        if kind == "NSM":
            kinds[at] = "ON" if before in _ISOLATES or before == "PDI" else before
        before = kinds[at]
    strong = base
    for at, kind in enumerate(kinds):  # W2, W3: digits after Arabic letters are Arabic
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for at in range(1, len(kinds) - 1):  # W4: one sign between two numbers
        left, kind, right = kinds[at - 1 : at + 2]
        if left == right and (
            (kind == "CS" and left in ("EN", "AN")) or (kind == "ES" and left == "EN")
        ):
            kinds[at] = left
    for at in _beside(kinds, "EN", "ET"):  # W5
        kinds[at] = "EN"
    strong = base
    for at, kind in enumerate(kinds):  # W6, W7
        if kind in ("ES", "ET", "CS"):
            kinds[at] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"
    return kinds


def _beside(kinds: list[str], number: str, sign: str) -> list[int]:
    """Return the places of the signs in rows that touch a number."""
    places, at = [], 0
    for kind, group in groupby(kinds):
        row = list(range(at, at + len(list(group))))
        at += len(row)
        around = (kinds[row[0] - 1] if row[0] else "", kinds[at] if at < len(kinds) else "")
        if kind == sign and number in around:
            places += row
    return places


def _neutrals(kinds: list[str], level: int) -> list[str]:
    """Give neutrals the direction that is on both sides of them, else the paragraph's (N1, N2)."""
    base, result, at = "R" if level % 2 else "L", list(kinds), 0
    for is_neutral, group in groupby(kinds, lambda kind: kind in _NEUTRAL):
        length = len(list(group))
        if is_neutral:
            left = _STRONG.get(kinds[at - 1], base) if at else base
            right = _STRONG.get(kinds[at + length], base) if at + length < len(kinds) else base
            result[at : at + length] = [left if left == right else base] * length
        at += length
    return result
