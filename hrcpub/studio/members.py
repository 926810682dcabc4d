"""What a thing has, for who writes a template: its fields, methods and entries, by its type.

A type is a `Slot` of a layout, names with what they stand for, or a Python type as the things that
templates get have it.
"""

from __future__ import annotations

import inspect
import math
import typing
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hrcpub.pipeline.compose.template_names import OF_FIGURES, TemplateName
from hrcpub.project.contacts import Contact
from hrcpub.project.schedules import Schedule
from hrcpub.project.slot import Slot
from hrcpub.project.words import (
    Dated,
    FigureName,
    Image,
    Opening,
    Quantity,
    ScanCode,
    StreetMap,
    TableRows,
    Words,
)

# What words of each kind of slot are to a template.
KINDS: Mapping[str, Any] = {
    "line": Words, "text": Words, "paragraphs": tuple[Words, ...], "image": Image,
    "figure": FigureName, "code": ScanCode, "dated": Dated, "opening": Opening,
    "schedule": Schedule, "rows": TableRows, "map": StreetMap, "contacts": tuple[Contact, ...],
    "number": Quantity, "percent": Quantity,
}  # fmt: skip


class Member(typing.NamedTuple):
    """One thing that may stand behind a full stop. `call` is how it is called, "" for a value."""

    about: str
    type: Any = None
    call: str = ""


def members(of: object) -> dict[str, Member]:
    """Return what may stand behind the full stop of a thing of a type."""
    if isinstance(of, Slot):
        if of.kind == "group":
            return {
                name: Member(f"{one.about} ({one.kind})", one) for name, one in of.fields.items()
            }
        return {} if of.kind == "items" else members(KINDS.get(of.kind))
    if isinstance(of, Mapping):
        return {
            name: one if isinstance(one, Member) else Member(one.about, one.type)
            for name, one in of.items()
            if isinstance(one, TemplateName | Member)
        }
    return _of_class(of) if inspect.isclass(of) and _is_ours(of) else {}


def entry(of: object) -> object:
    """Return the type of the entries of a list; None where nothing is known of them."""
    if isinstance(of, Slot):
        return Slot("group", fields=of.fields) if of.kind == "items" else entry(KINDS.get(of.kind))
    origin, inner = typing.get_origin(of), typing.get_args(of)
    if origin and inspect.isclass(origin) and issubclass(origin, Iterable) and inner:
        return inner[-1] if issubclass(origin, Mapping) else inner[0]
    return None


def _is_ours(of: type) -> bool:
    return of.__module__.startswith("hrcpub.")


def _of_class(of: type) -> dict[str, Member]:
    """Return the public fields, properties and methods of a class."""
    hints = _hints(of)
    found = {name: Member("", hints[name]) for name in hints if not name.startswith("_")}
    for name, what in inspect.getmembers(of):
        if name.startswith("_"):
            continue
        if isinstance(what, property) and what.fget:
            found[name] = Member(_about(what), _plain(_hints(what.fget).get("return")))
        elif inspect.isfunction(what) and what.__module__.startswith("hrcpub."):
            found[name] = _method(name, what)
    if "figure_width" in found or of.__name__ == "Setter":
        found |= {name: _method(name, what) for name, what in OF_FIGURES.items()}
    return {name: one._replace(type=_plain(one.type)) for name, one in sorted(found.items())}


def _method(name: str, what: Callable[..., object]) -> Member:
    parameters = list(inspect.signature(what).parameters.values())[1:]
    call = f"{name}({', '.join(map(_parameter, parameters))})"
    return Member(_about(what), _plain(_hints(what).get("return")), call)


def _parameter(parameter: inspect.Parameter) -> str:
    """Return a parameter as a template writes it: Jinja's `none`, and no default without end."""
    default = parameter.default
    if default is inspect.Parameter.empty or default == math.inf:
        return parameter.name
    return f"{parameter.name}={'none' if default is None else repr(default).lower()}"


def _about(what: object) -> str:
    said = (inspect.getdoc(what) or "").partition("\n\nRaises ")[0]
    return " ".join(said.removeprefix("Return ").split())


def _hints(of: object) -> dict[str, Any]:
    """Return the types that are written at a thing; none where they name what is not loaded."""
    try:
        return typing.get_type_hints(of)
    except (NameError, TypeError, AttributeError):
        return {}


def _plain(of: object) -> object:
    """Return a type without its `| None`."""
    rest = [one for one in typing.get_args(of) if one is not type(None)]
    is_union = typing.get_origin(of) in (typing.Union, type(int | str))
    return rest[0] if is_union and len(rest) == 1 else of
