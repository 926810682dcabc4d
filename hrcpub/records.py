"""A class to a record: a frozen dataclass with slots, defined in a tenth of the time.

`@record` is `@dataclass(frozen=True, slots=True)`: the fields are the standard library's, and so
is what reads them (`fields`, `replace`, `asdict`, `match`). Only the methods come otherwise. The
standard library writes six for each class as text, which Python has to compile: for the hundred
classes of a build that makes one piece, 56 of 740 ms. Here all records share theirs, but for
`__init__`, which is written when the first record of a class is made; in most starts many classes
have none.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Sequence
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, TypeVar, cast, dataclass_transform

RecordT = TypeVar("RecordT")

_MADE = object()  # stands for a value that a field's factory makes


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def record(cls: type[RecordT]) -> type[RecordT]:
    """Make a class with annotations a frozen dataclass with slots."""
    cls.__doc__ = cls.__doc__ or cls.__name__  # else its signature is worked out, to be its text
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    methods = {
        "__init__": _written_later(made),
        "__repr__": _said,
        **_compared([field.name for field in _fields(made) if field.compare]),
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
        "__getstate__": _values,
        "__setstate__": _take_values,
    }
    for name, method in methods.items():
        if vars(made).get(name) is None:  # what a class has of its own stays
            setattr(made, name, method)
    return made


def _written_later(made: type) -> Callable[..., None]:
    """Return an `__init__` that has the real one written when it is first called."""

    def __init__(self: object, *values: object, **named: object) -> None:
        init = _written(made)
        cast(Any, made).__init__ = init
        init(self, *values, **named)

    return __init__


def _written(made: type) -> Callable[..., None]:
    """Return the `__init__` of a class: it fills the slots, past what refuses to set fields."""
    known: dict[str, Any] = {"_made": _MADE}
    given, lines = ["self"], []
    for field in _fields(made):
        name = field.name
        if not field.init:  # `__post_init__` gives it its value
            continue
        known[f"_set_{name}"] = getattr(made, name).__set__
        if field.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = field.default_factory
            given.append(f"{name}=_made")
            lines.append(f"_set_{name}(self, _make_{name}() if {name} is _made else {name})")
            continue
        if field.default is not dataclasses.MISSING:
            known[f"_default_{name}"] = field.default
        given.append(f"{name}=_default_{name}" if f"_default_{name}" in known else name)
        lines.append(f"_set_{name}(self, {name})")
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    body = "\n    ".join(lines or ["pass"])
    exec(f"def __init__({', '.join(given)}):\n    {body}", known)  # names of fields alone
    written: Callable[..., None] = known["__init__"]
    return written


def _compared(names: Sequence[str]) -> dict[str, Callable[..., object]]:
    """Return how records of a class are compared: by the values of these fields."""
    values = attrgetter(*names) if names else type

    def __eq__(self: object, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return bool(values(self) == values(other))

    def __hash__(self: object) -> int:
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__}


@recursive_repr()
def _said(self: object) -> str:
    fields = [field.name for field in _fields(self) if field.repr]
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in fields)
    return f"{type(self).__qualname__}({values})"


def _refuse_to_set(self: object, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _values(self: object) -> list[object]:
    return [read(self) for read, _ in _doors(cast(Any, type(self)))]


def _take_values(self: object, values: Sequence[object]) -> None:
    for (_, put), value in zip(_doors(cast(Any, type(self))), values, strict=True):
        put(self, value)


@functools.cache
def _doors(kind: type) -> tuple[tuple[Callable[..., object], Callable[..., None]], ...]:
    """Return what reads each slot of a class of records, and what fills it.

    Thousands of records go to workers and back, for each of which `fields` would be asked anew.
    """
    slots = [getattr(kind, field.name) for field in _fields(kind)]
    return tuple((slot.__get__, slot.__set__) for slot in slots)


def _fields(thing: object) -> tuple[dataclasses.Field[object], ...]:
    """Return the fields of a record, or of a class of records."""
    return dataclasses.fields(cast(Any, thing))
