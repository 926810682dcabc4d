"""Texts to operators that draw them in strokes, so that slugs and dummies need no font.

There are capitals and figures. Each is 4 units wide and 6 high. Two digits are a point (x and y
from the lower left), points in a row are a stroke, and a space lifts the pen. A letter that is not
in the table is drawn as a small box.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

ADVANCE, HEIGHT = 6, 6  # units: from one letter to the next (2 between them); of a capital

STROKES = {
    " ": "",
    "A": "0004264440 0242",
    "B": "00063645443303 3342413000",
    "C": "4536160501103041",
    "D": "00062644422000",
    "E": "46060040 0333",
    "F": "460600 0333",
    "G": "45361605011030414323",
    "H": "0006 4046 0343",
    "I": "2026 1030 1636",
    "J": "4641301001",
    "K": "0006 4602 1340",
    "L": "060040",
    "M": "0006234640",
    "N": "00064046",
    "O": "103041453616050110",
    "P": "00063645443303",
    "Q": "103041453616050110 2240",
    "R": "00063645443303 2340",
    "S": "453616050413334241301001",
    "T": "2026 0646",
    "U": "060110304146",
    "V": "062046",
    "W": "0610233046",
    "X": "0046 0640",
    "Y": "062346 2320",
    "Z": "06460040",
    "0": "103041453616050110 1135",
    "1": "152620 1030",
    "2": "05163645440040",
    "3": "051636454433 13334241301001",
    "4": "30360242",
    "5": "460603334241301001",
    "6": "4536160501103041423303",
    "7": "064610",
    "8": "13334445361605041302011030414233",
    "9": "0110304145361605041343",
    ".": "2021",
    ",": "2110",
    "-": "1333",
    "–": "0343",
    ":": "2122 2425",
    ";": "2110 2425",
    "/": "0046",
    "(": "36252130",
    ")": "16252110",
    "+": "2125 0343",
    "=": "0242 0444",
    "_": "0040",
    "'": "2625",
    "·": "2324",
    "%": "0046 0506 4041",
    "&": "400516250110303142",
    "#": "1016 3036 0242 0444",
}
UNKNOWN = "1115353111"


def advance(text: str, size: float) -> float:
    """Return how wide a text is, in points, when its capitals are `size` points high."""
    return max(0, len(_plain(text)) * ADVANCE - 2) * size / HEIGHT


def lines(text: str, x: float, y: float, size: float, weight: float = 0.09) -> list[str]:
    """Return the operators that draw a text; the lower left of its first letter is at x, y.

    `size` is the height of capitals in points, and `weight` the thickness of strokes in sizes. The
    caller sets the ink.
    """
    scale = size / HEIGHT
    # Round ends and corners (1 J 1 j): strokes that only meet look joined.
    head = f"q {scale:.4f} 0 0 {scale:.4f} {x:.3f} {y:.3f} cm {weight * HEIGHT:.2f} w 1 J 1 j"
    operators = [head]
    for index, letter in enumerate(_plain(text)):
        operators += _strokes(letter, index * ADVANCE)
    return [*operators, "Q"]


@lru_cache(maxsize=4096)
def _strokes(letter: str, left: int) -> tuple[str, ...]:
    """Return the operators of one letter; kept, since the slugs of all sheets are alike."""
    operators = []
    for stroke in STROKES.get(letter, UNKNOWN).split():
        points = [f"{int(stroke[i]) + left} {stroke[i + 1]}" for i in range(0, len(stroke), 2)]
        operators.append(f"{points[0]} m {' '.join(f'{point} l' for point in points[1:])} S")
    return tuple(operators)


@lru_cache(maxsize=16)
def _plain(text: str) -> str:
    """Return a text in capitals without accents; kept, since it is measured and then drawn."""
    split = unicodedata.normalize("NFKD", text.upper())
    return "".join(c for c in split if not unicodedata.combining(c))
