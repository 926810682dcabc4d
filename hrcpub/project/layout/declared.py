"""What a layout.yaml declares to `Slot`s: the places for words that its materials fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node
from hrcpub.problems import Problem
from hrcpub.project import slot_problems, slots
from hrcpub.project.by_language import read_by_language
from hrcpub.project.edition import FORMS
from hrcpub.project.figures import figure_names
from hrcpub.project.languages import script_of
from hrcpub.project.slots import Slot
from hrcpub.project.translations.files import is_tag
from hrcpub.project.words import Words

KINDS = (
    "line", "text", "paragraphs", "items", "contacts", "image", "figure", "code", "date", "number",
    "percent", "dated", "opening", "schedule", "rows", "map",
)  # fmt: skip


def declared_slots(node: Node, problems: list[Problem], sources: Sources) -> dict[str, Slot]:
    """Return the slots that a layout.yaml declares. Where it has panels, words fit themselves."""
    declared = _declared(node, "slots", "slots", problems, sources)
    if "panels" not in (node.mapping or {}):
        return declared
    return {name: _not_firm(slot) for name, slot in declared.items()}


def _not_firm(slot: Slot) -> Slot:
    fields = {name: _not_firm(field) for name, field in slot.fields.items()}
    return replace(slot, is_firm=False, fields=fields)


def _declared(
    node: Node, name: str, path: str, problems: list[Problem], sources: Sources
) -> dict[str, Slot]:
    """Return the slots under a name; none when it is absent."""
    declared = (node.mapping or {}).get(name)
    if declared is None or not declared.value:
        return {}
    if declared.mapping is None:
        problems.append(slot_problems.wrong_shape(declared, path, "a group of names and values"))
        return {}
    return {
        name: _slot(entry, f"{path}.{name}", problems, sources)
        for name, entry in declared.mapping.items()
    }


def _slot(node: Node, path: str, problems: list[Problem], sources: Sources) -> Slot:
    """Return one declared slot, with the fields of its entries where it has any."""
    values = slots.check(node, DECLARED, path, problems) or {}
    inner = _declared(node, "fields", f"{path}.fields", problems, sources)
    if values.get("kind") == "items" and not inner:
        missing = slot_problems.missing(node.source, f"{path}.fields", "what each entry holds")
        problems.append(missing)
    kind = values.get("kind") or "line"
    labels, abouts = (said(node, name, path, problems) for name in ("label", "about"))
    return Slot(
        kind=kind,
        about=plainly(abouts),
        required=values.get("required") or False,
        limit=values.get("limit"),
        fewest=values.get("fewest") or 0,
        most=values.get("most"),
        choices=figure_names(sources) if kind in ("figure", "opening") else (),
        fields=inner,
        forms=values.get("forms") or (),
        near=values.get("near") or False,
        only=values.get("only") or "",
        labels=labels,
        abouts=abouts,
    )


def said(node: Node, name: str, path: str, problems: list[Problem]) -> dict[str, str]:
    """Return what a layout.yaml says under a name, by language; "" is any."""
    typed = (node.mapping or {}).get(name)
    if typed is None or not typed.value:  # one that is needed is missed where its group is read
        return {}
    problems += (
        slot_problems.not_a(Words(code, typed.key(code)), "language's code", "es")
        for code in typed.mapping or {}
        if not is_tag(code) or script_of(code) == "Zyyy"
    )
    found = read_by_language(typed, _SAID[name], f"{path}.{name}".lstrip("."), problems)
    return {language: words.text for language, words in found.items()}


def plainly(texts: Mapping[str, str]) -> str:
    """Return a text in English, as all that is no form says it: else in the first language."""
    return texts.get("") or texts.get("en") or next(iter(texts.values()), "")


_SAID = {"label": Slot("line", limit=40), "about": Slot("line", required=True)}

DECLARED = Slot(
    "group",
    fields={
        "kind": Slot(
            "choice",
            required=True,
            choices=KINDS,
        ),
        "about": Slot("any", "what belongs there, for who writes it", required=True),
        "label": Slot("any", "what the form calls it, if not by its name"),
        "required": Slot("yes-no"),
        "limit": Slot("count"),
        "fewest": Slot("count"),
        "most": Slot("count"),
        "fields": Slot("any"),
        "forms": Slot("choices", choices=FORMS),
        "near": Slot("yes-no", "read from near, where the layout is read from afar"),
        "only": Slot(
            "choice", "of offices, what its own template prints", choices=("call", "no-fax")
        ),
    },
)
