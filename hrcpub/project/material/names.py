"""A project's folder of materials to their names, those of translations too, and their files."""

from __future__ import annotations

from hrcpub.files.sources import Sources
from hrcpub.project.names import misnamed
from hrcpub.project.translations.files import translation_of, translations

FOLDER = "materials"
NOT_MATERIALS = {"contacts.yaml", "organisation.yaml", "printers.yaml", "sources.yaml"}


def material_names(sources: Sources) -> tuple[str, ...]:
    """Return the names of all materials, each followed by those of its translations."""
    own = own_names(sources)
    others: dict[str, list[str]] = {}
    for name, translation in translations(sources).items():
        others.setdefault(translation.material, []).append(name)
    beside = [other for name in own for other in (name, *others.pop(name, ()))]
    without = [other for names in others.values() for other in names]  # its material is gone
    return tuple(dict.fromkeys((*beside, *without)))


def own_names(sources: Sources) -> tuple[str, ...]:
    """Return the names of the materials that are written here, without translations."""
    files = sources.names(FOLDER, ".yaml")
    named = [file.removesuffix(".yaml") for file in files if file not in NOT_MATERIALS]
    # Such a file is not read, but must not be passed over in silence either.
    return (*named, *(name for name in misnamed(sources.names(FOLDER)) if name not in named))


def material_file(sources: Sources, name: str) -> str:
    """Return the YAML file of a piece, with its layout: of a translation, that of its material."""
    path = f"{FOLDER}/{name}.yaml"
    if "-" not in name or sources.has(path):
        return path
    translation = translation_of(sources, name)
    return f"{FOLDER}/{translation.material}.yaml" if translation else path


def words_file(sources: Sources, name: str) -> str:
    """Return the file that has a piece's words: of a translation, its PO file."""
    path = f"{FOLDER}/{name}.yaml"
    translation = None if sources.has(path) else translation_of(sources, name)
    return translation.path if translation else path
