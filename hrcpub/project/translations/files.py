"""A project's folders of translations to `Translation`s: which PO file is whose, in what language.

`materials/i18n/es/principles.po` is the piece `principles-es`; `zh-Hans/card.po` is `card-zh-hans`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from hrcpub.files.sources import Sources
from hrcpub.patterns import pattern

FOLDER = "materials/i18n"
END = ".po"


class Translation(NamedTuple):
    """One material in another language."""

    material: str
    language: str  # as BCP 47 writes it, and so its folder: `zh-Hans`

    @property
    def name(self) -> str:
        """The piece's name."""
        return f"{self.material}-{self.language.lower()}"

    @property
    def path(self) -> str:
        """The file with its words."""
        return f"{FOLDER}/{self.language}/{self.material}{END}"


def is_tag(name: str) -> bool:
    """Return whether a name has the form of a language's tag, as BCP 47 writes it."""
    return bool(_TAG.fullmatch(name.lower())) and tag_of(name) == name


def languages(sources: Sources) -> tuple[str, ...]:
    """Return the languages that a project has translations in."""
    return tuple(name for name in sources.names(FOLDER) if "." not in name)


def translations(sources: Sources) -> dict[str, Translation]:
    """Return all translations of a project by their names."""
    found = (
        Translation(file.removesuffix(END), language)
        for language in languages(sources)
        for file in sources.names(f"{FOLDER}/{language}", END)
    )
    return {translation.name: translation for translation in found}


def translation_of(sources: Sources, name: str) -> Translation | None:
    """Return the translation that a piece's name means; None for one in its own language.

    Where its files are named as they should be, no folder is listed: so a piece stays current when
    translations are added.
    """
    return translation_beside(sources, name) or (
        translations(sources).get(name) if "-" in name else None
    )


def translation_beside(sources: Sources, name: str) -> Translation | None:
    """Return the translation of a material that is there, by its name alone."""
    for hyphen in re.finditer("-", name):
        material, tag = name[: hyphen.start()], name[hyphen.end() :]
        if _TAG.fullmatch(tag) and sources.has(f"materials/{material}.yaml"):
            translation = Translation(material, tag_of(tag))
            if sources.has(translation.path):
                return translation
    return None


_TAG = pattern(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")


def tag_of(name: str) -> str:
    """Return a language's tag as BCP 47 writes it, of gettext's name for it: `zh_Hans`, `sr@latin`.

    What is no tag comes back as it is.
    """
    said, _, script = name.strip().replace("_", "-").partition("@")
    parts = said.split("-")
    if script.lower() in _SCRIPTS:
        parts.insert(1, _SCRIPTS[script.lower()])
    written = [parts[0].lower()]
    for part in parts[1:]:
        shape = {4: part.title, 2: part.upper}.get(len(part), part.lower)
        written.append(shape() if part.isalpha() else part)
    return "-".join(written)


_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva"}
