"""What may stand in the files that people write, as hrcpub checks it, to tables of keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docs.making.reference.markdown import code, codes, project, sentence, table
from hrcpub.events.manifest.schema import EVENT
from hrcpub.project import contacts, hours, organisation, printers, references
from hrcpub.project.layout import layout_names, read_layout
from hrcpub.project.material import head_slots
from hrcpub.project.page_slots import MAP_FIELDS, ROWS_FIELDS
from hrcpub.project.picture_slots import IMAGE_FIELDS
from hrcpub.project.schedule_fields import SITE_FIELDS
from hrcpub.project.slots import CODE_FIELDS, Slot


def keys(name: str) -> str:
    """Return the keys of a file, or of a group that stands in several."""
    rows = [_row(path, slot) for path, slot in _places(_fields(name))]
    return table(["Key", "Is", "Takes", ""], rows)


def _fields(name: str) -> Mapping[str, Slot]:
    return {
        "code": CODE_FIELDS,
        "contacts": contacts.FILE.fields,
        "sources": references.FILE.fields,
        "event": EVENT.fields,
        "hours": hours.FIELDS,
        "image": IMAGE_FIELDS,
        "map": MAP_FIELDS,
        "material": _material(),
        "organisation": organisation.FILE.fields,
        "printers": printers.FILE.fields,
        "rows": ROWS_FIELDS,
        "site": SITE_FIELDS,
    }[name]


def _material() -> Mapping[str, Slot]:
    """Return what stands at a material's head, for a layout that has all of it."""
    sources = project()
    names = layout_names(sources)
    return head_slots(names, read_layout(sources, "sheet"))


def _places(fields: Mapping[str, Slot], above: str = "") -> Iterator[tuple[str, Slot]]:
    """Yield the slots, with what stands inside of each behind it."""
    for name, slot in fields.items():
        yield f"{above}{name}", slot
        inside = f"{above}{name}.{'NAME.' if slot.kind == 'table' else ''}"
        yield from _places(slot.fields, inside)


_TAKES = {
    "any": "",
    "line": "words",
    "text": "words",
    "label": "words",
    "phone": "a telephone number",
    "paragraphs": "a list of words",
    "items": "a list of groups",
    "group": "a group",
    "table": "groups, each under a name",
    "contacts": "a list of offices",
    "ids": "a list of short names",
    "image": "a picture",
    "code": "a QR code",
    "points": "points in per cent: `0 40, 100 40`",
    "schedule": "a table's path, or a list of sites",
    "figure": "the name of a figure",
    "date": "a date: year-month-day",
    "opening": "one of `{word: …}`, `{number: …}`, `{figure: …}`",
    "dated": "two dates: `{on: 2026-11-24, until: 2027-05-31}`",
    "yes-no": "`yes` or `no`",
    "count": "a whole number",
    "number": "a number",
    "quantities": "quantities, each under a language",
    "percent": "a share: `5 %`",
    "length": "a length: `6 mm`",
    "size": "a size: `A5`",
}


def _row(path: str, slot: Slot) -> list[str]:
    takes = codes(slot.choices) if slot.choices else _TAKES.get(slot.kind, slot.kind)
    limit = f", up to {slot.limit} characters" if slot.limit else ""
    return [code(path), sentence(slot.about), takes + limit, "required" if slot.required else ""]
