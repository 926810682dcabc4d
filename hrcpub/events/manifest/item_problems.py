"""What can be wrong with an item of a manifest, as the Problems that its author reads."""

from __future__ import annotations

from hrcpub.problems import Problem, Source
from hrcpub.project.material import FOLDER, Material
from hrcpub.project.words import Words


def language_missing(language: Words, name: str, has: str) -> Problem:
    """An item asks for a language that its material is not written in, and no other file is either.

    Fix: begin its translation, `hrcpub translate new es principles`, or take the language out.
    Words that are no translation are a material of their own: `principles` in Spanish is then
    `materials/principles-es.yaml` with `language: es` at its head.
    """
    return Problem(
        "event-language",
        f'"{name}" is in {has}, and not in {language.text}',
        language.source,
        f"hrcpub translate new {language.text} {name}",
    )


def language_other(language: Words, name: str, has: str) -> Problem:
    """A file has one language in its name and another at its head.

    Fix: correct `language:`, or rename the file. Otherwise people get words they cannot read.
    """
    return Problem(
        "event-language-other",
        f"{FOLDER}/{name}.yaml says language: {has}, not {language.text}",
        language.source,
        "correct language: in that file, or rename it",
    )


def left_out(language: Words, number: int, name: str) -> Problem:
    """A material of the event has mistakes, so it is left out in that language.

    Fix: correct the material; its own Problems have the lines. Everything else of the event can be
    made.
    """
    return Problem(
        "event-material",
        f'item {number} is left out in {language.text}: "{name}" has mistakes',
        language.source,
        f"fix it: hrcpub check {name}",
    )


def edition_absent(place: Source, material: Material) -> Problem:
    """An item asks for an edition that its material, or the layout, does not have.

    Fix: use one of the editions in the hint. `editions:` in the material, and in its layout's
    `layout.yaml`, name those it has. A poster, for example, is larger than an office printer's
    paper.
    """
    return Problem(
        "event-edition",
        f"{material.name} does not have this edition",
        place,
        f"it has {', '.join(material.editions)}",
    )


def layout_other(place: Source, material: Material, layout: str) -> Problem:
    """An item's layout is not its material's, or a translation has another layout.

    Fix: write the layout that the materials have, or make two items. All languages of an item are
    cut, folded and packed alike.
    """
    return Problem(
        "event-layout",
        f"{material.name} has the layout {material.layout.name}, not {layout}",
        place,
        "write the layout that the material has, or make two items",
    )


def fold_other(place: Source, fold: str, material: Material) -> Problem:
    """An item asks for a fold that its layout was not drawn for.

    Fix: leave `fold` out, and the ticket has the layout's. Panels and folds are where `fold:` in
    the layout's `layout.yaml` puts them.
    """
    folding = material.layout.folding
    has = f"has the fold {folding.name}" if folding else "is not folded"
    return Problem(
        "event-fold",
        f'"{fold}" is not the fold of {material.layout.name}, which {has}',
        place,
        "leave it out, or write the layout's",
    )


def scheme_elsewhere(place: Source, edition: str) -> Problem:
    """A scheme says how pieces are laid on an office printer's sheets; other editions have none.

    Fix: leave `scheme` out, or ask for the office edition. A print shop lays pieces on its own
    sheets.
    """
    return Problem(
        "event-scheme", f"the {edition} edition is not laid on sheets", place, "leave it out"
    )


def too_thick(place: Source) -> Problem:
    """A stock's thickness is over 1.5 mm, and no paper is as thick as that.

    Fix: write the thickness in mm or inches. Most often a US shop's points were meant: its "14 pt"
    cover is 14 thousandths of an inch thick. Here `pt` is the point of type, 72 to the inch.
    """
    return Problem(
        "event-caliper",
        "no paper is as thick as that",
        place,
        'a shop\'s "14 pt" is 0.014 in: write it so',
    )


def item_twice(place: Source, first: int) -> Problem:
    """Two items give the same sites the same material, in one language, edition and from one shop.

    Fix: add the quantities up in one of them, or write under `sites` who gets which.
    """
    return Problem(
        "event-item-twice",
        f"this item is the same as item {first}",
        place,
        "add the quantities up in one item, or write the sites of each",
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
