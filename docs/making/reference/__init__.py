"""hrcpub's own code and layouts to the parts of pages that `{from-code} NAME` asks for."""

from __future__ import annotations

from collections.abc import Callable

from docs.making.reference.choices import (
    editions,
    exit_codes,
    folds,
    paper_sizes,
    schemes,
    sheets,
)
from docs.making.reference.design import components, figures, grids, papers, set_calls
from docs.making.reference.keys import keys
from docs.making.reference.layouts import layout_slots, layouts
from docs.making.reference.printed import json_keys
from docs.making.reference.problems import problems

# What stands behind the name on a page is handed to the function.
PARTS: dict[str, Callable[..., str]] = {
    "components": components,
    "editions": editions,
    "exit-codes": exit_codes,
    "figures": figures,
    "folds": folds,
    "grids": grids,
    "json-keys": json_keys,
    "keys": keys,
    "layout-slots": layout_slots,
    "layouts": layouts,
    "paper-sizes": paper_sizes,
    "papers": papers,
    "problems": problems,
    "schemes": schemes,
    "set-calls": set_calls,
    "sheets": sheets,
}
