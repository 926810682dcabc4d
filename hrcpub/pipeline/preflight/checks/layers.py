"""A file's layers: which are off as it is opened, and which a print is to show otherwise.

Files from elsewhere may have anything in these entries; what cannot be read counts as not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pikepdf

from hrcpub.pipeline.preflight.page.bounded import ODD
from hrcpub.pipeline.preflight.page.interpreter import ObjGen

_MOST = 10_000  # layers
_MOST_USAGES = 100


def hidden_layers(pdf: pikepdf.Pdf) -> frozenset[ObjGen]:
    """Return the layers that are off as the file is opened (ISO 32000-2 §8.11.4.3)."""
    try:
        properties = pdf.Root.get("/OCProperties")
        if not isinstance(properties, pikepdf.Dictionary):
            return frozenset()
        default = properties.get("/D", pikepdf.Dictionary())
        off = {layer.objgen for layer in islice(default.get("/OFF", ()), _MOST)}
        if default.get("/BaseState") == "/OFF":
            # BaseState OFF: all are off but those that ON lists (§8.11.4.3).
            off |= {layer.objgen for layer in islice(properties.get("/OCGs", ()), _MOST)}
            off -= {layer.objgen for layer in islice(default.get("/ON", ()), _MOST)}
        return frozenset(off)
    except ODD:
        return frozenset()


def other_in_print(pdf: pikepdf.Pdf) -> frozenset[ObjGen]:
    """Return the layers that a print is to show, and the opened file does not, or the reverse."""
    hidden = hidden_layers(pdf)
    try:
        return frozenset(
            layer for layer, is_off in _states_in_print(pdf) if is_off != (layer in hidden)
        )
    except ODD:
        return frozenset()


def _states_in_print(pdf: pikepdf.Pdf) -> Iterator[tuple[ObjGen, bool]]:
    """Yield the layers that are switched when a file is printed, and whether off (§8.11.4.4)."""
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return
    nothing = pikepdf.Dictionary()
    default = properties.get("/D", nothing)
    for usage in islice(default.get("/AS", ()), _MOST_USAGES):
        kinds = list(islice(usage.get("/Category", ()), _MOST_USAGES))
        if usage.get("/Event") != "/Print" or "/Print" not in kinds:
            continue
        for layer in islice(usage.get("/OCGs", ()), _MOST):
            state = layer.get("/Usage", nothing).get("/Print", nothing).get("/PrintState")
            if state is not None:
                yield layer.objgen, state == "/OFF"
