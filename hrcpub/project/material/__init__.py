"""`materials/*.yaml` and their translations, checked against their layout's slots, to `Material`s.

`record` is what comes out, `head` what stands above the words, `names` which files there are,
`reading` how one is read, and `translated` how one is read in another language.
"""

from __future__ import annotations

from hrcpub.project.material.head import head_slots, material_slot
from hrcpub.project.material.names import (
    FOLDER,
    NOT_MATERIALS,
    material_file,
    material_names,
    own_names,
    words_file,
)
from hrcpub.project.material.reading import read_material, read_material_file
from hrcpub.project.material.record import Material, Translated

__all__ = [
    "FOLDER",
    "NOT_MATERIALS",
    "Material",
    "Translated",
    "head_slots",
    "material_file",
    "material_names",
    "material_slot",
    "own_names",
    "read_material",
    "read_material_file",
    "words_file",
]
