"""`materials/*.yaml` checked against their layout's slots, to `Material`s."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hrcpub.files.cache import ParsedCache
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node, read_yaml
from hrcpub.problems import (
    HrcpubError,
    Problem,
    Severity,
    Source,
    did_you_mean,
    stop_on_errors,
)
from hrcpub.project import slots
from hrcpub.project.contacts import Contact, due, historical, read_contacts
from hrcpub.project.edition import EDITIONS
from hrcpub.project.layout import Layout, read_layout
from hrcpub.project.markup import one_line
from hrcpub.project.names import slug
from hrcpub.project.pictures import prove, read_bytes
from hrcpub.project.slots import Image, Slot, Words

FOLDER = "materials"
NOT_MATERIALS = {"contacts.yaml", "printers.yaml"}


@dataclass(frozen=True, slots=True)
class Material:
    """One pamphlet: its words and where they came from."""

    name: str
    path: str
    layout: Layout
    title: Words
    language: str
    code: str  # what a reorder asks for: "P1"
    revision: str
    revised: datetime.date
    colour: str  # its paper's name in the palette
    verbatim: bool  # a reprint to the letter of its source
    credit: Words | None  # whose words they are
    editions: tuple[str, ...]
    words: Mapping[str, Any]  # per slot
    contacts: tuple[Contact, ...]
    every: tuple[Words, ...]  # all texts of the slots, in order
    problems: tuple[Problem, ...] = ()  # that ride along


def material_names(sources: Sources) -> tuple[str, ...]:
    """Return the names of all materials."""
    files = sources.names(FOLDER, ".yaml")
    return tuple(file.removesuffix(".yaml") for file in files if file not in NOT_MATERIALS)


def head_slots(layouts: tuple[str, ...], layout: Layout | None) -> dict[str, Slot]:
    """Return what stands at the head of every material, above its words."""
    papers = tuple(layout.system.papers) if layout else ()
    editions = layout.editions if layout else tuple(EDITIONS)
    return {
        "layout": Slot("choice", "the page design", required=True, choices=layouts),
        "title": Slot("line", "what a reader's program calls the piece", True, limit=120),
        "language": Slot("line", "of the words, such as en or es", required=True),
        "code": Slot("label", "a short name to reorder by", required=True),
        "revision": Slot("label", "counted up with each change of the words", required=True),
        "revised": Slot("date", "the day of that change: year, month, day", required=True),
        "colour": Slot("choice", "the paper, when not the layout's", choices=papers),
        "verbatim": Slot("yes-no", "yes when the words reprint their source to the letter"),
        "source": Slot(
            "group",
            "where the words come from",
            fields={
                "credit": Slot("line", "whose words they are", required=True),
                "file": Slot("line", "the source's text in the project, for verbatim"),
            },
        ),
        "editions": Slot("choices", "which are made, when not all", choices=editions),
    }


def material_slot(layouts: tuple[str, ...], layout: Layout) -> Slot:
    """Return the slot that a whole material in `layout` fills: its schema."""
    words = Slot("group", "the words", required=True, fields=layout.slots)
    return Slot("group", layout.about, fields=head_slots(layouts, layout) | {"words": words})


def read_material(sources: Sources, name: str, shelf: ParsedCache) -> Material:
    """Return a material; raise HrcpubError with every mistake in it."""
    path = f"{FOLDER}/{name}.yaml"
    if not sources.has(path) and name not in (known := material_names(sources)):
        raise HrcpubError(unknown_material(name, known))
    if not slots.ID.fullmatch(name):
        raise HrcpubError(name_unfit(name, Source(path)))
    return read_material_file(sources, path, name, shelf)


def read_material_file(sources: Sources, path: str, name: str, shelf: ParsedCache) -> Material:
    """Return the material in any file of the project, a layout's sample too."""
    node = read_yaml(sources, path)
    layout = _layout(node, sources, shelf)
    problems: list[Problem] = []
    values = slots.check(node, material_slot((layout.name,), layout), "", problems) or {}
    words = values.get("words") or {}
    every = tuple(_texts(words))
    named = _contacts(layout, words, sources, shelf, problems)
    contacts = tuple(contact for _, contact in named)
    problems += _images(words, sources)
    if values.get("verbatim"):
        problems += _verbatim(words, values.get("source"), node, layout, sources)
    else:
        problems += [historical(c, entry.source) for entry, c in named if c.historical]
        problems += _leftovers(every, path, layout, sources, shelf)
    problems += [found for c in contacts if (found := due(c, sources))]
    problems += _languages(values.get("language"), layout)
    problems = list(stop_on_errors(problems))
    source = values.get("source") or {}
    return Material(
        name=name,
        path=path,
        layout=layout,
        title=values["title"],
        language=values["language"].text,
        code=values["code"].text,
        revision=values["revision"].text,
        revised=values["revised"],
        colour=values.get("colour") or layout.colour,
        verbatim=values.get("verbatim") or False,
        credit=source.get("credit"),
        editions=values.get("editions") or layout.editions,
        words=words,
        contacts=contacts,
        every=every,
        problems=tuple(problems),
    )


def _layout(node: Node, sources: Sources, shelf: ParsedCache) -> Layout:
    """Return the layout that a material names; raise HrcpubError when it names none."""
    named = (node.mapping or {}).get("layout")
    if named is None or not named.text:
        place = named.source if named else node.source
        raise HrcpubError(slots.missing(place, "layout", head_slots((), None)["layout"]))
    name, place = named.text, named.source
    return shelf.get(("layout", name), sources, lambda s: read_layout(s, name, place))


def _texts(value: Any) -> Iterator[Words]:
    """Yield every text to be set of checked values, in the order of the slots."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, tuple) and not isinstance(value, Image):
        for inner in value:
            yield from _texts(inner)


def _contacts(
    layout: Layout,
    words: Mapping[str, Any],
    sources: Sources,
    shelf: ParsedCache,
    problems: list[Problem],
) -> list[tuple[Words, Contact]]:
    """Return what the words refer to, and by which words; note a Problem for each unknown id."""
    names = [name for name, slot in layout.slots.items() if slot.kind == "contacts"]
    ids = [entry for name in names for entry in words.get(name) or () if entry]
    if not ids:
        return []
    try:
        known = shelf.get("contacts", sources, read_contacts)
    except HrcpubError as error:
        problems += error.problems
        return []
    problems += [unknown_contact(entry, known) for entry in ids if entry.text not in known]
    return [(entry, known[entry.text]) for entry in ids if entry.text in known]


def _images(words: Mapping[str, Any], sources: Sources) -> Iterator[Problem]:
    """Yield a Problem for each picture that is not there or cannot be used."""
    for image in _pictures(words):
        try:
            data = read_bytes(image, sources)
            is_svg = image.file.text.lower().endswith(".svg")
            if not is_svg:  # WeasyPrint says what is wrong with an SVG, with its line
                prove(image, data)
        except HrcpubError as error:
            yield error.problems[0]


def _pictures(value: Any) -> Iterator[Image]:
    """Yield every picture of checked values, those in a list's entries too."""
    if isinstance(value, Image):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _pictures(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _pictures(inner)


def _verbatim(
    words: Mapping[str, Any],
    source: dict[str, Any] | None,
    node: Node,
    layout: Layout,
    sources: Sources,
) -> list[Problem]:
    """Return a Problem for each text that does not stand in the source to the letter."""
    file: Words | None = (source or {}).get("file")
    if file is None:
        place = node.key("verbatim")
        return [verbatim_without_source(place)]
    try:
        original = _letters(sources.text(file.text))
    except HrcpubError as error:
        problem = error.problems[0]
        return [Problem(problem.code, problem.message, file.source, problem.hint)]
    found = []
    for name, value in words.items():
        if layout.slots[name].kind != "contacts":
            found += [
                verbatim_differs(text) for text in _passages(value) if _differs(text, original)
            ]
    return found


def _differs(text: Words, original: str) -> bool:
    return _letters(text.text) not in original


def _letters(text: str) -> str:
    return " ".join(re.sub(r"[*_\\]", "", text).split())


def _passages(value: Any) -> Iterator[Words]:
    """Yield the texts as the source has them: the fields of one entry are one passage."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, Mapping):
        texts = list(_texts(value))
        if texts:
            yield Words(" ".join(one.text for one in texts), texts[0].source, texts[0].slot)
    elif isinstance(value, tuple) and not isinstance(value, Image):
        for inner in value:
            yield from _passages(inner)


def _leftovers(
    every: tuple[Words, ...], path: str, layout: Layout, sources: Sources, shelf: ParsedCache
) -> list[Problem]:
    """Return a Problem when texts still are the layout's sample."""
    sample = f"{layout.folder}/sample.yaml"
    if path == sample:
        return []
    texts = shelf.get(("sample", layout.name), sources, lambda s: _sample_texts(s, sample))
    left = [words for words in every if words.text in texts]
    return [sample_words(left)] if left else []


def _sample_texts(sources: Sources, path: str) -> frozenset[str]:
    """Return the long texts of a layout's sample; short ones stand anywhere by chance."""
    todo, texts = [read_yaml(sources, path)], set()
    while todo:
        node = todo.pop()
        if node.text is not None and len(node.text) > 16:
            texts.add(one_line(node.text))
        todo += [*(node.items or ()), *(node.mapping or {}).values()]
    return frozenset(texts)


def _languages(language: Words | None, layout: Layout) -> list[Problem]:
    known = layout.system.phrases
    if language is None or language.text.partition("-")[0] in known:
        return []
    return [language_unknown(language, tuple(known))]


def name_unfit(name: str, place: Source | None = None) -> Problem:
    """A material's name is its file's, and stands in the names of what is made from it.

    Small letters, digits and hyphens are safe in every shell, address and file system: rename the
    file, such as `health-fair-brief.yaml`.
    """
    return Problem(
        "name-unfit",
        f'"{name}" cannot be a material\'s name',
        place,
        f"use small letters, digits and hyphens, such as {slug(name, 'health-fair-brief')}",
    )


def unknown_material(name: str, known: tuple[str, ...]) -> Problem:
    """A material was asked for that is not there.

    A material is a file in `materials/`; its name is the file's without `.yaml`. `hrcpub list`
    names them all.
    """
    return Problem(
        "material-unknown", f'there is no material "{name}"', None, did_you_mean(name, known)
    )


def unknown_contact(entry: Words, known: Mapping[str, Contact]) -> Problem:
    """A material refers to an office that is not in `materials/contacts.yaml`.

    Contacts live there once and are named by their id, so that a number that changes is changed
    in one place.
    """
    return Problem(
        "contact-unknown",
        f'there is no contact "{entry.text}"',
        entry.source,
        did_you_mean(entry.text, known),
    )


def verbatim_differs(words: Words) -> Problem:
    """A piece that says it reprints its source to the letter has other words than the source.

    Either copy the words as they stand, slips too; or, when the change is meant, set
    `verbatim: no`: the words are then the editor's, and no longer the source's.
    """
    return Problem(
        "verbatim-differs",
        f'"{words.slot}" does not stand in the source to the letter',
        words.source,
        "copy the source's words, or set verbatim: no",
    )


def verbatim_without_source(place: Source) -> Problem:
    """A piece says it reprints its source to the letter, but not which.

    Put the source's text into `materials/sources/` and name it under `source: file:`.
    """
    return Problem(
        "verbatim-without-source",
        "verbatim needs the source's text to compare with",
        place,
        "add source: with credit: and file: materials/sources/….txt",
    )


def sample_words(left: list[Words]) -> Problem:
    """Texts still are the layout's sample, which explains the layout and is for nobody to read.

    Write your own words in their place.
    """
    names = [words.slot.removeprefix("words.") for words in left]
    shown = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    return Problem(
        "sample-words",
        f"these are still the layout's sample words: {shown}",
        left[0].source,
        "write your own in their place",
        Severity.WARNING,
    )


def language_unknown(language: Words, known: tuple[str, ...]) -> Problem:
    """The design system has no words of its own ("Distributed by") in a piece's language.

    Add the language to `layouts/system/phrases.yaml`.
    """
    return Problem(
        "language-unknown",
        f'the design system has no phrases in "{language}"',
        language.source,
        f"add them to layouts/system/phrases.yaml; there are: {', '.join(known)}",
    )


CODES = {
    "material-unknown": unknown_material,
    "name-unfit": name_unfit,
    "contact-unknown": unknown_contact,
    "verbatim-differs": verbatim_differs,
    "verbatim-without-source": verbatim_without_source,
    "sample-words": sample_words,
    "language-unknown": language_unknown,
}
