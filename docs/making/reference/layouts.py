"""Layouts and their slots to tables and sections."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from docs.making.reference.markdown import code, codes, project, sentence, table
from hrcpub.project.layout import Layout, layout_names, read_layout
from hrcpub.project.sheets import SHEETS
from hrcpub.project.slots import Slot
from hrcpub.units import dimensions


def layouts() -> str:
    """Return every layout with its sizes and what it is for."""
    rows = [
        [
            f"[`{name}`](#{name})",
            sentence(ours.about),
            dimensions(ours.trim),
            dimensions(theirs.trim),
            str(ours.sides),
        ]
        for name, (ours, theirs) in both_families().items()
    ]
    return table(["Layout", "Is for", "On Letter", "On A4", "Pages"], rows)


def layout_slots() -> str:
    """Return a section for each layout, with its places for words."""
    return "\n".join(_section(ours) for ours, _ in both_families().values())


@functools.cache
def both_families() -> dict[str, tuple[Layout, Layout]]:
    """Return every layout as it is on Letter and on A4; read once, for all tables."""
    sources = project()
    return {
        name: (
            read_layout(sources, name, sheet=SHEETS["letter"]),
            read_layout(sources, name, sheet=SHEETS["a4"]),
        )
        for name in layout_names(sources)
    }


def _section(layout: Layout) -> str:
    colour = layout.system.papers[layout.colour].name
    traits = [
        f"{layout.sides} pages" if layout.sides > 1 else "one page",
        f"usual paper {colour}",
        *([f"folded ({layout.folding.name})"] if layout.folding else []),
        f"editions {codes(layout.editions)}",
    ]
    rows = [_row(path, slot) for path, slot in _places(layout.slots)]
    return (
        f"## {code(layout.name)}\n\n{sentence(layout.about)}\n\n"
        f"{sentence('; '.join(traits))}\n\n" + table(["Place", "Is", "Kind", "How much"], rows)
    )


def _places(slots: Mapping[str, Slot], above: str = "") -> Iterator[tuple[str, Slot]]:
    """Yield the slots, with those of a list's entries behind the list."""
    for name, slot in slots.items():
        yield f"{above}{name}", slot
        yield from _places(slot.fields, f"{above}{name}.")


def _row(path: str, slot: Slot) -> list[str]:
    amounts = [
        "required" if slot.required else "may be left out",
        *([f"up to {slot.limit} characters"] if slot.limit else []),
        *([f"{slot.fewest or 1} to {slot.most} entries"] if slot.most else []),
    ]
    return [code(path), sentence(slot.about), code(slot.kind), ", ".join(amounts)]
