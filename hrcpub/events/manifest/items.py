"""A manifest's items to `Item`s: which material in which languages, how many, where it is made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hrcpub.events.manifest.event import Item, Site
from hrcpub.events.manifest.reader import ManifestReader
from hrcpub.files.yamlfile import Node
from hrcpub.problems import Problem, Source
from hrcpub.project import slot_problems
from hrcpub.project.material import FOLDER, Material
from hrcpub.project.words import Quantity, Words
from hrcpub.units import points

THICKEST = points("1.5 mm")  # twice the thickest board that is printed as sheets
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LEFT_OUT = {"edition", "material", "languages"}  # without one of them there is no item


def read_items(
    entries: Sequence[Mapping[str, Any]],
    nodes: Sequence[Node],
    sites: Mapping[str, Site],
    spares: float,
    desk: ManifestReader,
) -> tuple[Item, ...]:
    """Return the items that can be made; what is wrong with others goes onto the desk."""
    pairs = zip(entries, nodes, strict=False)  # an empty entry was told of, and stops the event
    found = [
        item
        for number, (entry, node) in enumerate(pairs, 1)
        if entry and (item := _item(number, entry, node, sites, spares, desk))
    ]
    desk.problems += _same(found)
    ids = _ids(found)
    return tuple(replace(item, id=one) for item, one in zip(found, ids, strict=True))


def _item(
    number: int,
    entry: Mapping[str, Any],
    node: Node,
    sites: Mapping[str, Site],
    spares: float,
    desk: ManifestReader,
) -> Item | None:
    """Return one item, None when nothing is left of it."""
    printer = desk.printer(entry.get("printer"))
    wanted = _sites(entry, node, sites, desk)
    if not all(entry.get(name) for name in _LEFT_OUT):
        return None
    materials = _materials(entry, number, desk)
    desk.problems += _unfit(entry, node, materials)
    # With nobody of those who should get it left, it is not for everybody.
    if not materials or (not wanted and entry.get("sites")):
        return None
    folding = next(iter(materials.values())).layout.folding
    own = entry.get("spares")
    return Item(
        number=number,
        id=f"{entry['material']}-{entry['edition']}",
        materials=materials,
        quantities={q.name.text: q.many for q in entry["languages"] if q.name.text in materials},
        edition=entry["edition"],
        printer=printer,
        stock=entry.get("stock"),
        caliper=entry.get("caliper") or 0.0,
        fold=folding.name if folding else None,
        scheme=entry.get("scheme"),
        spares=spares if own is None else own,
        sites=wanted,
        has_separators=entry.get("separators") or False,
        source=entry["material"].source,
    )


def _sites(
    entry: Mapping[str, Any], node: Node, sites: Mapping[str, Site], desk: ManifestReader
) -> tuple[Site, ...]:
    """Return who gets an item: all where none is named, nobody where the list is empty."""
    if entry.get("sites"):
        return desk.picked(entry["sites"], sites)
    return () if says_none(node, "sites") else tuple(sites.values())


def says_none(node: Node, name: str) -> bool:
    """Return whether an empty list stands there, which is another thing than nothing."""
    found = (node.mapping or {}).get(name)
    return found is not None and found.items == []


def _materials(entry: Mapping[str, Any], number: int, desk: ManifestReader) -> dict[str, Material]:
    """Return an item's material by language; what is missing goes onto the desk."""
    name: Words = entry["material"]
    if not desk.named_material(name):
        return {}
    base = desk.material(name.text)
    found = {}
    for quantity in entry["languages"]:
        language: Words = quantity.name
        if not _LANGUAGE.fullmatch(language.text):
            desk.problems.append(slot_problems.not_a(language, "language", "en, es or zh-Hant"))
        elif material := _in_language(name.text, base, quantity, number, desk):
            found[language.text] = material
    return found


def _in_language(
    name: str, base: Material | None, quantity: Quantity, number: int, desk: ManifestReader
) -> Material | None:
    """Return a material in a language: itself, or the one that has the language in its name."""
    language = quantity.name
    if base and base.language.casefold() == language.text.casefold():
        return base
    other = f"{name}-{language.text.lower()}"
    if not desk.has_material(other):
        if base:
            desk.problems.append(language_missing(language, name, base.language))
        else:
            desk.along.append(left_out(language, number, name))
        return None
    material = desk.material(other)
    if material is None:
        desk.along.append(left_out(language, number, other))
    elif material.language.casefold() != language.text.casefold():
        desk.problems.append(language_other(language, other, material.language))
        return None
    return material


def _unfit(
    entry: Mapping[str, Any], node: Node, materials: Mapping[str, Material]
) -> Iterator[Problem]:
    """Yield what an item asks for that its materials, or their layout, do not have."""
    mapping = node.mapping or {}
    edition: str = entry["edition"]
    if entry.get("scheme") and edition != "office":
        yield scheme_elsewhere(mapping["scheme"].source, edition)
    if (entry.get("caliper") or 0) > THICKEST:
        yield too_thick(mapping["caliper"].source)
    named: Words | None = entry.get("layout")
    layout = named.text if named else None
    for language, material in materials.items():
        place = mapping["languages"].key(language)
        if edition not in material.editions:
            yield edition_absent(mapping["edition"].source, material)
        layout = layout or material.layout.name
        if material.layout.name != layout:
            yield layout_other(named.source if named else place, material, layout)
        folding = material.layout.folding
        if entry.get("fold") and entry["fold"] != (folding.name if folding else None):
            yield fold_other(mapping["fold"].source, entry["fold"], material)


def _same(items: Sequence[Item]) -> Iterator[Problem]:
    """Yield a Problem for each item that gives a site what another gives it too."""
    seen: dict[tuple[str, ...], Item] = {}
    for item in items:
        keys = [
            (material.name, item.edition, item.printer.name, site)
            for material in item.materials.values()
            for site in [one.id for one in item.sites] or [""]
        ]
        first = next((seen[key] for key in keys if key in seen), None)
        if first:
            yield item_twice(item, first)
        for key in keys:
            seen.setdefault(key, item)


def _ids(items: Sequence[Item]) -> list[str]:
    """Return ids that are all different: with the shop and a number where they have to be."""
    many = Counter(item.id for item in items)
    ids: list[str] = []
    for item in items:
        stem = item.id if many[item.id] == 1 else f"{item.id}-{item.printer.name}"
        number, name = 1, stem
        while name in ids:
            number += 1
            name = f"{stem}-{number}"
        ids.append(name)
    return ids


def language_missing(language: Words, name: str, has: str) -> Problem:
    """An item asks for a language that its material is not written in, nor any file beside it.

    The material `principles` in Spanish is the file `materials/principles-es.yaml` with
    `language: es` at its head. Write it from a copy of the other, or take the language out.
    """
    return Problem(
        "event-language",
        f'"{name}" is not there in {language.text}; it is in {has}',
        language.source,
        f"write {FOLDER}/{name}-{language.text.lower()}.yaml with language: {language.text}",
    )


def language_other(language: Words, name: str, has: str) -> Problem:
    """A file has one language in its name and another at its head.

    Somebody would be handed words they cannot read. Set `language` right, or the file's name.
    """
    return Problem(
        "event-language-other",
        f"{FOLDER}/{name}.yaml says language: {has}, not {language.text}",
        language.source,
        "set language: in that file right, or give it another name",
    )


def left_out(language: Words, number: int, name: str) -> Problem:
    """A material of the event has mistakes, so it is left out in that language.

    Everything else of the event can be made. What is wrong stands beside the material's own lines.
    """
    return Problem(
        "event-material",
        f"item {number} is left out in {language.text}: {FOLDER}/{name}.yaml has mistakes",
        language.source,
        f"mend it: hrcpub check {name}",
    )


def edition_absent(place: Source, material: Material) -> Problem:
    """An item asks for an edition that its material, or the layout, does not have.

    `editions:` in the material, and in its layout's `layout.yaml`, name those it has. A poster,
    say, is larger than an office printer's paper.
    """
    return Problem(
        "event-edition",
        f"{material.name} has no such edition",
        place,
        f"it has {', '.join(material.editions)}",
    )


def layout_other(place: Source, material: Material, layout: str) -> Problem:
    """An item's layout is not its material's, or a translation has another layout.

    All languages of an item are cut, folded and packed alike. Name the layout that the materials
    have, or make two items.
    """
    return Problem(
        "event-layout",
        f"{material.name} has the layout {material.layout.name}, not {layout}",
        place,
        "write the layout that the material has, or make two items",
    )


def fold_other(place: Source, fold: str, material: Material) -> Problem:
    """An item asks for a fold that its layout was not drawn for.

    Panels and folds lie where `fold:` in the layout's `layout.yaml` puts them. Leave `fold` out of
    the item, and the ticket has the layout's.
    """
    folding = material.layout.folding
    has = f"folds {folding.name}" if folding else "is not folded"
    return Problem(
        "event-fold",
        f'"{fold}" is not the fold of {material.layout.name}, which {has}',
        place,
        "leave it out, or write the layout's",
    )


def scheme_elsewhere(place: Source, edition: str) -> Problem:
    """A scheme says how pieces lie on an office printer's sheets; other editions have none.

    A print shop lays pieces on its own sheets. Leave `scheme` out, or make the office edition.
    """
    return Problem(
        "event-scheme", f"the {edition} edition is not laid on sheets here", place, "leave it out"
    )


def too_thick(place: Source) -> Problem:
    """A stock's thickness is over 1.5 mm, which is no paper.

    Most often a US shop's points were meant: its "14 pt" cover is 14 thousandths of an inch thick.
    The points of type, which every `pt` here is, are 72 to the inch.
    """
    return Problem(
        "event-caliper",
        "no paper is as thick as that",
        place,
        'a shop\'s "14 pt" is 0.014 in: write it so',
    )


def item_twice(item: Item, first: Item) -> Problem:
    """Two items give the same sites the same material, in one language, edition and from one shop.

    Add the quantities up in one of them, or name under `sites` who gets which.
    """
    return Problem(
        "event-item-twice",
        f"this item is number {first.number} again",
        item.source,
        "add the quantities up in one item, or name the sites of each",
    )


CODES = {
    "event-language": language_missing,
    "event-language-other": language_other,
    "event-material": left_out,
    "event-edition": edition_absent,
    "event-layout": layout_other,
    "event-fold": fold_other,
    "event-scheme": scheme_elsewhere,
    "event-caliper": too_thick,
    "event-item-twice": item_twice,
}
