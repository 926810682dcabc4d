"""A grid's values as people write them to points: `(measure - gutter) / 2` beside `27 pt`.

The arithmetic is that of CSS's calc() (CSS Values 4 §10): + and - stand between spaces, since
`text-size` is a name; a length may be multiplied and divided by numbers only; `round(a, b)` is the
multiple of b that is nearest to a. Names are those of the same grid, in any order.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from hrcpub.patterns import pattern
from hrcpub.records import record
from hrcpub.units import POINTS_PER_UNIT

_TOKEN = pattern(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)(?:\s*(?P<unit>pt|in|mm|cm)\b)?(?!\s*[a-z])
    |(?P<name>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)
    |(?P<sign>[-+*/(),]))\s*""",
    re.VERBOSE,
)
_DEEPEST = 20  # brackets in each other, and names that are made from other names


class FormulaError(Exception):
    """A formula that cannot be worked out, and why, for the designer."""


class _LacksValue(FormulaError):
    """A formula names a value that could not be worked out, which is told there."""


class _Token(NamedTuple):
    kind: str  # number, name or sign
    text: str
    unit: str | None = None


class _Value(NamedTuple):
    """A length in points, or a number without a unit."""

    value: float
    is_length: bool


@record
class Formula:
    """One value of a grid, read but not worked out."""

    tokens: tuple[_Token, ...]

    @property
    def is_typed(self) -> bool:
        """Whether it is a length by itself, and does not follow from others."""
        return all(token.kind != "name" for token in self.tokens)

    def points(self, value_of: Callable[[str], float]) -> float:
        """Return the length in points; `value_of` gives those that the formula names.

        Raises FormulaError when it is not a length.
        """
        reading = _Reading(self.tokens, value_of)
        result = reading.sum()
        if reading.rest():
            raise FormulaError(f'"{reading.rest()}" is too much')
        if not result.is_length:
            raise FormulaError("it is a number without a unit, not a length")
        return result.value


def read_formula(text: str) -> Formula:
    """Return what a text says; raise FormulaError where it is neither a length nor a sum."""
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            raise FormulaError(f'"{text[at:].strip()}" cannot be read')
        at, kind = match.end(), match.lastgroup or ""
        if match["number"]:
            tokens.append(_Token("number", match["number"], match["unit"]))
        else:
            tokens.append(_Token(kind, match[kind]))
    return Formula(tuple(tokens))


def worked_out(
    formulas: Mapping[str, Formula],
    given: Mapping[str, float],
    suited: Callable[[str, float], float] = lambda name, value: value,
) -> tuple[dict[str, float], dict[str, str]]:
    """Return the values of a grid in points, and why the others have none, each by name.

    `given` are lengths that formulas may name beside those of their own grid. `suited` changes
    those that are lengths by themselves, and so the others with them.
    """
    values: dict[str, float] = {}
    faults: dict[str, str] = {}
    open_names: list[str] = []

    def value_of(name: str) -> float:
        if name in faults:
            raise _LacksValue
        if name not in values and name not in formulas:
            if name not in given:
                raise FormulaError(f'there is no "{name}" in this grid')
            return given[name]
        if name not in values:
            work_out(name)
        return values[name]

    def work_out(name: str) -> None:
        if name in open_names:
            raise FormulaError(f'"{name}" is made from itself')
        if len(open_names) > _DEEPEST:
            raise FormulaError("too many names are made from each other")
        open_names.append(name)
        try:
            value = formulas[name].points(value_of)
            if formulas[name].is_typed:
                value = suited(name, value)
            if value < 0:
                raise FormulaError("it is less than nothing")
            values[name] = value
        except _LacksValue:
            raise
        except FormulaError as error:
            faults[name] = str(error)
            raise _LacksValue from None
        finally:
            open_names.pop()

    for name in formulas:
        with contextlib.suppress(_LacksValue):
            value_of(name)
    return {name: values[name] for name in formulas if name in values}, faults


class _Reading:
    """Reads tokens from left to right: sums of products of numbers, names and brackets."""

    def __init__(self, tokens: tuple[_Token, ...], value_of: Callable[[str], float]) -> None:
        self._tokens, self._at, self._depth = tokens, 0, 0
        self._value_of = value_of

    def rest(self) -> str:
        return " ".join(token.text for token in self._tokens[self._at :])

    def sum(self) -> _Value:
        left = self._product()
        while sign := self._sign("+-"):
            right = self._product()
            if left.is_length != right.is_length:
                raise FormulaError("a number has no unit here: write pt, in, mm or cm after it")
            value = left.value + right.value if sign == "+" else left.value - right.value
            left = _Value(value, left.is_length)
        return left

    def _product(self) -> _Value:
        left = self._factor()
        while sign := self._sign("*/"):
            right = self._factor()
            left = _times(left, right) if sign == "*" else _over(left, right)
        return left

    def _factor(self) -> _Value:
        if self._at >= len(self._tokens):
            raise FormulaError("its end is missing")
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "number":
            scale = POINTS_PER_UNIT[token.unit] if token.unit else 1.0
            return _Value(float(token.text) * scale, token.unit is not None)
        if token.kind == "name":
            if token.text in _FUNCTIONS and self._sign("("):
                return self._call(token.text)
            return _Value(self._value_of(token.text), is_length=True)
        if token.text != "(":
            raise FormulaError(f'something is missing before "{token.text}"')
        return self._bracket()

    def _bracket(self) -> _Value:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise FormulaError("it has too many brackets in each other")
        inner = self.sum()
        if not self._sign(")"):
            raise FormulaError("a bracket is not closed")
        self._depth -= 1
        return inner

    def _call(self, name: str) -> _Value:
        first = self.sum()
        if not self._sign(","):
            raise FormulaError(f"{name}() takes two lengths with a comma between them")
        second = self.sum()
        if not self._sign(")"):
            raise FormulaError("a bracket is not closed")
        if not (first.is_length and second.is_length):
            raise FormulaError(f"{name}() takes two lengths")
        return _Value(_FUNCTIONS[name](first.value, second.value), is_length=True)

    def _sign(self, signs: str) -> str:
        """Return the next token if it is one of these signs, and go past it; else ""."""
        token = self._tokens[self._at] if self._at < len(self._tokens) else None
        if token is None or token.kind != "sign" or token.text not in signs:
            return ""
        self._at += 1
        return token.text


def _times(left: _Value, right: _Value) -> _Value:
    if left.is_length and right.is_length:
        raise FormulaError("a length times a length is not a length")
    return _Value(left.value * right.value, left.is_length or right.is_length)


def _over(left: _Value, right: _Value) -> _Value:
    if not right.value:
        raise FormulaError("it divides by nothing")
    if right.is_length and not left.is_length:
        raise FormulaError("a number divided by a length is not a length")
    return _Value(left.value / right.value, left.is_length and not right.is_length)


def _round(length: float, step: float) -> float:
    if step <= 0:
        raise FormulaError("round() needs a step that is more than nothing")
    return round(length / step) * step


_FUNCTIONS: Mapping[str, Callable[[float, float], float]] = {
    "min": min,
    "max": max,
    "round": _round,
}
