"""`states.yaml` to the states of the US, with area codes and the heads of their ZIP codes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from hrcpub.files.yaml_spans import spans

FILE = Path(__file__).parent / "states.yaml"


class UsState(NamedTuple):
    """A state, the District of Columbia, or an island of the US."""

    name: str
    area_codes: frozenset[str]
    zips: frozenset[str]  # their first three digits


@cache
def states() -> Mapping[str, UsState]:
    """Return the states by their two letters."""
    values: Any = spans(FILE.read_text(encoding="utf-8")).plain
    return {
        letters: UsState(
            state["name"],
            frozenset(state["area-codes"]),
            frozenset(zip for run in state["zips"] for zip in _run(run)),
        )
        for letters, state in values["states"].items()
    }


def _run(text: str) -> list[str]:
    """Return the prefixes of a run: `995-999`, or one alone."""
    first, _, last = text.partition("-")
    return [f"{number:03}" for number in range(int(first), int(last or first) + 1)]


@cache
def _by_area_code() -> Mapping[str, str]:
    return {code: letters for letters, state in states().items() for code in state.area_codes}


def state_of_area_code(code: str) -> str | None:
    """Return the letters of the state that an area code is of; None for other codes."""
    return _by_area_code().get(code)


@cache
def states_of_zip(zip: str) -> tuple[str, ...]:
    """Return the letters of the states that have ZIP codes with the same first three digits."""
    return tuple(letters for letters, state in states().items() if zip[:3] in state.zips)


@cache
def letters_of(name: str) -> str | None:
    """Return the two letters of a state, given by them or by its name; None for another word."""
    if name in states():
        return name
    return next(
        (letters for letters, state in states().items() if state.name.lower() == name.lower()), None
    )
