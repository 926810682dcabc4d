"""A manifest's items to `Item`s: which material in which languages, how many, where it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hrcpub.events.manifest import item_problems
from hrcpub.events.manifest.counts import COPIES
from hrcpub.events.manifest.event import Item, ListedPiece, Site, vendor_of
from hrcpub.events.manifest.reader import ManifestReader
from hrcpub.files.yamlfile import Node
from hrcpub.patterns import pattern
from hrcpub.problems import Problem
from hrcpub.project import slot_problems
from hrcpub.project.edition import EDITIONS, Edition
from hrcpub.project.material import Material
from hrcpub.project.placeholders import unfit_for
from hrcpub.project.review import review_missing
from hrcpub.project.translations.files import tag_of
from hrcpub.project.words import Quantity, Words
from hrcpub.units import points

THICKEST = points("1.5 mm")  # twice the thickest board that is printed as sheets
_LANGUAGE = pattern(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_NEEDED = {"edition", "material", "languages"}  # without one of them there is no item


def read_items(
    entries: Sequence[Mapping[str, Any]],
    nodes: Sequence[Node],
    sites: Mapping[str, Site],
    spares: float,
    reader: ManifestReader,
) -> tuple[Item, ...]:
    """Return the items that can be made; the reader notes what is wrong with others."""
    # An empty entry has no node here; it became a Problem already, and stops the event.
    pairs = zip(entries, nodes, strict=False)
    items = [
        item
        for number, (entry, node) in enumerate(pairs, 1)
        if entry and (item := _item(number, entry, node, sites, spares, reader))
    ]
    reader.problems += _same(items)
    return tuple(replace(item, id=id) for item, id in zip(items, _ids(items), strict=True))


def listed_pieces(
    entries: Sequence[Mapping[str, Any]], reader: ManifestReader
) -> Iterator[ListedPiece]:
    """Yield all that a manifest names, whether it can be made or not."""
    for number, entry in enumerate(entries, 1):
        if entry and all(entry.get(name) for name in _NEEDED):
            edition = entry["edition"]
            vendor = vendor_of(edition, reader.printer(entry.get("printer")))
            for quantity in entry["languages"]:
                stem = f"{entry['material']}-{edition}"
                yield ListedPiece(number, stem, vendor, quantity.name.text)


def _item(
    number: int,
    entry: Mapping[str, Any],
    node: Node,
    sites: Mapping[str, Site],
    spares: float,
    reader: ManifestReader,
) -> Item | None:
    """Return one item, None when nothing is left of it."""
    printer = reader.printer(entry.get("printer"))
    receivers = _sites(entry, node, sites, reader)
    if not all(entry.get(name) for name in _NEEDED):
        return None
    materials = _materials(entry, number, reader)
    reader.problems += _unfit(entry, node, materials)
    # If none of the sites that should get it is left, it must not go to all others instead.
    if not materials or (not receivers and entry.get("sites")):
        return None
    folding = next(iter(materials.values())).layout.folding
    own = entry.get("spares")
    quantities = {language.name.text: language.number for language in entry["languages"]}
    return Item(
        number=number,
        id=f"{entry['material']}-{entry['edition']}",
        materials=materials,
        quantities={name: count for name, count in quantities.items() if name in materials},
        edition=entry["edition"],
        printer=printer,
        stock=entry.get("stock"),
        caliper=entry.get("caliper") or 0.0,
        fold=folding.name if folding else None,
        scheme=entry.get("scheme"),
        spares=spares if own is None else own,
        sites=receivers,
        has_separators=entry.get("separators") or False,
        source=entry["material"].source,
        column=entry["copies"].text if entry.get("copies") else COPIES,
    )


def _sites(
    entry: Mapping[str, Any], node: Node, sites: Mapping[str, Site], reader: ManifestReader
) -> tuple[Site, ...]:
    """Return who gets an item: all where none is named, nobody where the list is empty."""
    if entry.get("sites"):
        return reader.picked(entry["sites"], sites)
    return () if says_none(node, "sites") else tuple(sites.values())


def says_none(node: Node, name: str) -> bool:
    """Return whether a name has an empty list, which is another thing than nothing."""
    value = (node.mapping or {}).get(name)
    return value is not None and value.items == []


def _materials(
    entry: Mapping[str, Any], number: int, reader: ManifestReader
) -> dict[str, Material]:
    """Return an item's material by language; the reader notes what is missing."""
    name: Words = entry["material"]
    if not reader.named_material(name):
        return {}
    base, edition = reader.material(name.text), EDITIONS[entry["edition"]]
    materials = {}
    for quantity in entry["languages"]:
        language: Words = quantity.name
        if not _LANGUAGE.fullmatch(language.text):
            tag = tag_of(language.text)
            how = tag if _LANGUAGE.fullmatch(tag) else "en, es or zh-Hant"
            reader.problems.append(slot_problems.not_a(language, "language", how))
        elif material := _in_language(name.text, base, quantity, number, reader):
            if unfit := _unmade(material, edition):
                reader.along += [*unfit, item_problems.left_out(language, number, material.name)]
            else:
                materials[language.text] = material
    return materials


def _unmade(material: Material, edition: Edition) -> list[Problem]:
    """Return why an event does not make an edition of a material."""
    notes = [problem for problem in material.problems if problem.code == "not-reviewed"]
    drafts = map(review_missing, notes) if edition.is_inked else ()
    return [*unfit_for(edition, material.problems), *drafts]


def _in_language(
    name: str, base: Material | None, quantity: Quantity, number: int, reader: ManifestReader
) -> Material | None:
    """Return a material in a language: itself, or the one that has the language in its name."""
    language = quantity.name
    if base and base.language.casefold() == language.text.casefold():
        return base
    other = f"{name}-{language.text.lower()}"
    if not reader.has_material(other):
        if base:
            reader.problems.append(item_problems.language_missing(language, name, base.language))
        else:
            reader.along.append(item_problems.left_out(language, number, name))
        return None
    material = reader.material(other)
    if material is None:
        reader.along.append(item_problems.left_out(language, number, other))
    elif material.language.casefold() != language.text.casefold():
        reader.problems.append(item_problems.language_other(language, other, material.language))
        return None
    return material


def _unfit(
    entry: Mapping[str, Any], node: Node, materials: Mapping[str, Material]
) -> Iterator[Problem]:
    """Yield what an item asks for that its materials, or their layout, do not have."""
    mapping = node.mapping or {}
    edition: str = entry["edition"]
    if entry.get("scheme") and edition != "office":
        yield item_problems.scheme_elsewhere(mapping["scheme"].source, edition)
    if (entry.get("caliper") or 0) > THICKEST:
        yield item_problems.too_thick(mapping["caliper"].source)
    named: Words | None = entry.get("layout")
    layout = named.text if named else None
    for language, material in materials.items():
        place = mapping["languages"].key(language)
        if edition not in material.editions:
            yield item_problems.edition_absent(mapping["edition"].source, material)
        layout = layout or material.layout.name
        if material.layout.name != layout:
            yield item_problems.layout_other(named.source if named else place, material, layout)
        folding = material.layout.folding
        if entry.get("fold") and entry["fold"] != (folding.name if folding else None):
            yield item_problems.fold_other(mapping["fold"].source, entry["fold"], material)


def _same(items: Sequence[Item]) -> Iterator[Problem]:
    """Yield a Problem for each item that gives a site what another gives it too."""
    seen: dict[tuple[str, ...], Item] = {}
    for item in items:
        keys = [
            (material.name, item.edition, item.printer.name, site)
            for material in item.materials.values()
            for site in [site.id for site in item.sites] or [""]
        ]
        first = next((seen[key] for key in keys if key in seen), None)
        if first:
            yield item_problems.item_twice(item.source, first.number)
        for key in keys:
            seen.setdefault(key, item)


def _ids(items: Sequence[Item]) -> list[str]:
    """Return ids that are all different: with the shop and a number where they have to be."""
    counts = Counter(item.id for item in items)
    ids: list[str] = []
    for item in items:
        stem = item.id if counts[item.id] == 1 else f"{item.id}-{item.printer.name}"
        number, id = 1, stem
        while id in ids:
            number += 1
            id = f"{stem}-{number}"
        ids.append(id)
    return ids
