"""What a form's template owes to a material: the words, pictures and figures that it must print."""

from __future__ import annotations

from collections.abc import Iterator

from hrcpub.pipeline.compose.setter import Setter
from hrcpub.pipeline.stages import AuthorText
from hrcpub.project.layout import OWN
from hrcpub.project.material import Material
from hrcpub.project.words import FigureName, Words, values_of


def owed_texts(material: Material, form: str) -> list[Words]:
    """Return the texts that a form's template must print: all, but those of slots for others."""
    layout = material.layout
    offices = [name for name, slot in layout.slots.items() if slot.kind == "contacts"]
    owed = [
        words
        for words in material.texts
        # There the words are an office's id.
        if words.slot.split(".")[1] not in offices and layout.prints(words.slot, form)
    ]
    printing = [layout.slots[name] for name in offices if layout.prints(f"words.{name}", form)]
    parts = {slot.only for slot in printing} if form == OWN else set()
    if printing and parts == {"call"}:
        owed += _call_words(material)
    elif printing:
        faxes = [contact.fax for contact in material.contacts] if parts == {"no-fax"} else []
        owed += [words for words in contact_words(material) if words not in faxes]
    return owed + endnotes(material, form)


def endnotes(material: Material, form: str) -> list[Words]:
    """Return what a form prints of the sources that the words rest on.

    Pages that are as many as the words need have room for them. A layout's own have where it says.
    """
    return [*material.endnotes] if form != OWN or material.layout.has_endnotes else []


def _call_words(material: Material) -> list[Words]:
    """Return the names of a piece's offices, and the number of each that is to be called."""
    calls = (contact.call.words for contact in material.contacts if contact.call)
    return [*(contact.name for contact in material.contacts), *calls]


def owed_pictures(material: Material, form: str) -> tuple[AuthorText, ...]:
    """Return the pictures that a form's template must print, by their files."""
    slots = ((image.file, image.file.slot.removesuffix(".file")) for image in material.pictures)
    return tuple(
        AuthorText(file.text, slot, file.source)
        for file, slot in slots
        if material.layout.prints(slot, form)
    )


def owed_figures(material: Material, form: str) -> list[FigureName]:
    """Return the figures that a form's template must print."""
    chosen = values_of(material.words, FigureName)
    return [figure for figure in chosen if material.layout.prints(figure.name.slot, form)]


def owed_logos(setter: Setter) -> Iterator[AuthorText]:
    """Yield the logos that a template asked for, and must print, by the names that it was told."""
    for name, file in setter.signer.owed.items():
        yield AuthorText(name, file.slot or "logo", file.source)


def reach_words(setter: Setter) -> Iterator[Words]:
    """Yield the texts by which readers reach who signs, where the template prints them."""
    for line in setter.reached:
        yield from (words for words in (line.label, line.words) if words)


def contact_words(material: Material) -> list[Words]:
    """Return the texts of a piece's offices."""
    return [words for contact in material.contacts for words in contact.texts]
