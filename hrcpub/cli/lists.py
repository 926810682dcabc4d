"""A project's files to the tables of `hrcpub list`. Files are read quickly, not checked."""

from __future__ import annotations

from collections.abc import Sequence

from hrcpub.events.manifest.manifest import event_names
from hrcpub.events.manifest.schema import FOLDER as EVENTS
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node, read_yaml
from hrcpub.problems import HrcpubError
from hrcpub.project.figures import FOLDER as FIGURES
from hrcpub.project.figures import figure_names
from hrcpub.project.layout import layout_names
from hrcpub.project.layout.declared import plainly, said
from hrcpub.project.material import material_file, material_names
from hrcpub.project.paper_size import project_sheet
from hrcpub.project.translations.files import Translation, translations
from hrcpub.units import dimensions, size


def material_rows(sources: Sources) -> list[dict[str, str]]:
    """Return name, layout, language, revision day and title of each material."""
    columns = ("layout", "language", "revised", "title")
    translated = translations(sources)
    return [
        {"name": name, **_values(sources, material_file(sources, name), columns)}
        | (_translated(sources, translated[name]) if name in translated else {"translation": ""})
        for name in material_names(sources)
    ]


def _translated(sources: Sources, translation: Translation) -> dict[str, str]:
    """Return what a translation has of its own: language, title, and how many places are open."""
    from hrcpub.project.translations.po_reading import parse

    row = {"language": translation.language}
    try:
        catalog, _ = parse(sources.text(translation.path), translation.path)
    except HrcpubError:
        catalog = None
    if catalog is None:
        return {**row, "translation": "?"}
    messages = catalog.by_slot
    title = messages.get("title")
    if title and not title.is_open:
        row["title"] = title.words
    count = sum(message.is_open for message in messages.values())
    return {**row, "translation": f"{count} open" if count else "done"}


def layout_rows(sources: Sources) -> list[dict[str, str]]:
    """Return name, trim size and purpose of each layout."""
    return [
        {
            "name": name,
            "trim": _trim(sources, path),
            "about": _purpose(sources, path),
        }
        for name in layout_names(sources)
        for path in [f"layouts/{name}/layout.yaml"]
    ]


def _purpose(sources: Sources, path: str) -> str:
    """Return what a layout is for, in English where it says it in several languages."""
    try:
        return plainly(said(read_yaml(sources, path), "about", "", [])) or "?"
    except HrcpubError:
        return "?"


def _trim(sources: Sources, path: str) -> str:
    """Return a layout's size in this project; `?` where it cannot be read."""
    try:
        node = (read_yaml(sources, path).mapping or {})["trim"]
        if node.mapping is not None:
            node = node.mapping[project_sheet(sources).family]
        return dimensions(size(node.text or ""))
    except (HrcpubError, KeyError, ValueError):
        return "?"


def event_rows(sources: Sources) -> list[dict[str, str]]:
    """Return name, day, title and place of each event."""
    rows = []
    for name in event_names(sources):
        values = _values(sources, f"{EVENTS}/{name}.yaml", ("date", "name", "place"))
        rows.append({**values, "title": values["name"], "name": name})
    return rows


def figure_rows(sources: Sources) -> list[dict[str, str]]:
    """Return name, whether readers were asked, and what it shows, of each figure."""
    return [_figure_row(sources, name) for name in figure_names(sources)]


def _figure_row(sources: Sources, name: str) -> dict[str, str]:
    try:
        values = read_yaml(sources, f"{FIGURES}/{name}.yaml").mapping or {}
    except HrcpubError:
        values = {}
    alts = values["alt"].mapping if "alt" in values else None
    tested = "tested" if "tested" in values else "untested"
    return {"name": name, "tested": tested, "alt": _text((alts or {}).get("en"))}


def _values(sources: Sources, path: str, names: Sequence[str]) -> dict[str, str]:
    """Return some texts from the head of a file; `?` for each that cannot be read."""
    try:
        # Not checked: the list must come up even where every file has a mistake.
        mapping = read_yaml(sources, path).mapping or {}
    except HrcpubError:
        mapping = {}
    return {name: _text(mapping.get(name)) for name in names}


def _text(node: Node | None) -> str:
    return " ".join(node.text.split()) if node and node.text else "?"
