"""A text that is the same in all languages, or one for each: `name: Night Van`, `{en: …, es: …}`.

They are kept by language; "" is any.
"""

from __future__ import annotations

from collections.abc import Mapping

from hrcpub.files.yamlfile import Node
from hrcpub.problems import Problem
from hrcpub.project import slot_problems, slots
from hrcpub.project.slots import Slot
from hrcpub.project.words import Words


def read_by_language(
    node: Node | None, slot: Slot, path: str, problems: list[Problem]
) -> dict[str, Words]:
    """Return a text by language, as a text or a group of texts gives it; mistakes are noted."""
    if node is None:
        return {}
    typed = {"": (node, path)}
    if node.mapping is not None:
        typed = {name: (text, f"{path}.{name}") for name, text in node.mapping.items()}
    texts = ((name, read_text(*place, slot, problems)) for name, place in typed.items())
    return {name: words for name, words in texts if words}


def read_text(node: Node, path: str, slot: Slot, problems: list[Problem]) -> Words | None:
    """Return one text, None where there is none: of a slot that is required, that is a Problem."""
    if slot.required and not node.value:
        problems.append(slot_problems.empty(node.source, path))
        return None
    if node.text == "":
        problems += [node.lost] if node.lost else []
        return None
    words: Words | None = slots.check(node, slot, path, problems)
    return words


def in_language(texts: Mapping[str, Words], language: str) -> Words | None:
    """Return the text in a language; the first where that is not there, None without any."""
    main = language.partition("-")[0]
    return texts.get(language) or texts.get(main) or next(iter(texts.values()), None)
