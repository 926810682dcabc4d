"""A project's folders of translations to `Translation`s: which PO file is whose, in what language.

`materials/i18n/es/principles.po` is the piece `principles-es`; `zh-Hans/card.po` is `card-zh-hans`.
"""

from __future__ import annotations

from typing import NamedTuple

from hrcpub.files.sources import Sources

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

    Why the hyphen: of most projects no folder is listed for that.
    """
    return translations(sources).get(name) if "-" in name else None
