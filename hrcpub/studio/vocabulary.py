"""A layout, as its files are typed, to all that these files may say: what an editor completes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose.template_names import ATTRIBUTES, filter_names, template_names
from hrcpub.project.layout import SYSTEM, Layout, layout_names, layout_slot, read_layout
from hrcpub.project.layout.declared import DECLARED
from hrcpub.project.layout.panels import PANEL
from hrcpub.project.layout.system import SYSTEM_SLOT
from hrcpub.project.material.head import material_slot
from hrcpub.project.slot import Slot
from hrcpub.studio.completion import Vocabulary
from hrcpub.studio.members import Member
from hrcpub.studio.template_scope import macros

_RULE = re.compile(r"([^{}]*)\{")
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_USED = re.compile(r"""\bclass\s*=\s*(["'])([^"'{}<>]*)\1""")


def vocabulary(project: Project, name: str) -> Vocabulary:
    """Return what the files of a layout may say; raise HrcpubError where it cannot be read."""
    sources = project.sources
    layout = read_layout(sources, name)
    return Vocabulary(
        template_names(layout),
        _components(sources, layout),
        filter_names(),
        {panel.name: panel.about for panel in layout.panels.values()},
        dict(sorted(_classes(sources, layout))),
        ATTRIBUTES,
        {
            "layout.yaml": _of_layout(layout),
            "sample.yaml": material_slot(layout_names(sources), layout),
            "system.yaml": SYSTEM_SLOT,
        },
    )


def _components(sources: Sources, layout: Layout) -> dict[str, dict[str, Member]]:
    paths = {f"system/{name}": f"{SYSTEM}/{name}" for name in sources.names(SYSTEM, ".html")} | {
        name: f"{layout.folder}/{name}" for name in sources.names(layout.folder, ".html")
    }
    return {name: macros(sources.text(path)) for name, path in paths.items()}


def _classes(sources: Sources, layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield the names of classes that a layout's files know, each with the file."""
    for folder in (SYSTEM, layout.folder):
        for name in sources.names(folder, ".html"):
            for match in _USED.finditer(sources.text(f"{folder}/{name}")):
                yield from ((one, name) for one in match[2].split())
        for name in sources.names(folder, ".css"):
            text = _CSS_COMMENT.sub("", sources.text(f"{folder}/{name}"))
            for rule in _RULE.finditer(text):
                yield from ((one, name) for one in _CLASS.findall(rule[1]))


def _of_layout(layout: Layout) -> Slot:
    """Return what may stand in a layout.yaml, down to the fields of entries in its slots."""
    fields = DECLARED.fields
    for _ in range(3):  # entries of entries are as deep as any layout has them
        slots = Slot("table", fields=fields)
        fields = {**DECLARED.fields, "fields": replace(slots, about="what each entry holds")}
    grid = Slot("group", fields={"like": Slot("choice", choices=tuple(layout.system.grids))})
    grid = replace(grid, about="its measures", choices=tuple(layout.system.grids), required=True)
    top = layout_slot(layout.system)
    inner = {
        "slots": replace(slots, required=True, about="the places for words"),
        "panels": Slot(
            "table", "places that words fill, and how they give way", fields=PANEL.fields
        ),
        "grid": grid,
    }
    return replace(top, fields={**top.fields, **inner})
