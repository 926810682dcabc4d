"""An ExtGState (ISO 32000-2 §8.4.5) to what it sets in the graphics state."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any, NamedTuple

import pikepdf

from hrcpub.pipeline.preflight.page.bounded import ODD, number, numbers

BLEND_MODES = frozenset(
    {"Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn", "HardLight"}
    | {"SoftLight", "Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity"}
)  # beside Normal, and Compatible, its old name (§11.3.5)


class Parameters(NamedTuple):
    """An ExtGState: fields of the State with their values, and what depends on where it is set."""

    values: tuple[tuple[str, Any], ...]
    has_mask: bool
    mask: pikepdf.Object | None  # None takes away the one that is in force
    font: pikepdf.Object | None  # an array of a font and its size
    fault: Exception | None  # of a value that cannot be read; the others count


def parameters(fields: pikepdf.Object) -> Parameters:
    """Return what a dictionary sets, as far as it can be read."""
    values: list[tuple[str, Any]] = []
    fault = None
    # By the table: pikepdf's keys come in another order each time.
    for key, read in _PARAMETERS.items():
        try:
            if key in fields:
                values += read(fields[key])
        except ODD as error:
            fault = error
    # OP alone is for both; op, if it is there, is for fills (§8.4.5).
    if "/OP" in fields and "/op" not in fields:
        values.append(("fill_overprint", bool(fields["/OP"])))
    transfer = fields.get("/TR2", fields.get("/TR"))
    if transfer is not None:
        # Inks are turned once more, but for the names /Identity and /Default.
        values.append(("has_transfer", not isinstance(transfer, pikepdf.Name)))
    mask = fields.get("/SMask")
    is_mask = isinstance(mask, pikepdf.Dictionary) and "/G" in mask
    return Parameters(
        tuple(values), mask is not None, mask if is_mask else None, fields.get("/Font"), fault
    )


def _blend(mode: pikepdf.Object) -> str:
    # Of a list of modes the first known counts, of none of them Normal (§8.4.5, §11.6.3).
    named = islice(mode, 16) if isinstance(mode, pikepdf.Array) else (mode,)
    names = (str(name).lstrip("/") for name in named)
    return next((name for name in names if name in BLEND_MODES), "Normal")


def _put(name: str, read: Callable[[pikepdf.Object], Any]) -> _ParameterRead:
    return lambda value: [(name, read(value))]


def _dash_of(value: pikepdf.Object) -> list[tuple[str, Any]]:
    lengths = dash_lengths(numbers(value[0], 16))
    return [("dash", lengths), ("dash_phase", number(value[1]))]


def _share(value: pikepdf.Object) -> float:
    return min(max(number(value, 1.0), 0.0), 1.0)


_ParameterRead = Callable[[pikepdf.Object], list[tuple[str, Any]]]
_PARAMETERS: dict[str, _ParameterRead] = {
    "/LW": _put("width", lambda value: abs(number(value, 1.0))),
    "/LC": _put("cap", lambda value: int(number(value))),
    "/LJ": _put("join", lambda value: int(number(value))),
    "/ML": _put("miter_limit", lambda value: max(number(value, 10.0), 1.0)),
    "/D": _dash_of,
    "/ca": _put("fill_alpha", _share),
    "/CA": _put("stroke_alpha", _share),
    "/op": _put("fill_overprint", bool),
    "/OP": _put("stroke_overprint", bool),
    "/OPM": _put("overprint_mode", lambda value: int(number(value))),
    "/BM": _put("blend", _blend),
}


def dash_lengths(listed: list[float]) -> tuple[float, ...]:
    """Return a dash by its lengths; none of it where they add up to nothing: a solid line."""
    lengths = tuple(abs(length) for length in listed)
    return lengths if sum(lengths) > 0 else ()
