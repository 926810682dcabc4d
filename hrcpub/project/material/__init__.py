"""`materials/*.yaml` and their translations, checked against their layout's slots, to `Material`s.

`record` is what comes out, `head` what stands above the words, `names` which files there are,
`reading` how one is read, and `translated` how one is read in another language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrcpub.loading import homes_of
from hrcpub.project.material.names import (
    FOLDER,
    NOT_MATERIALS,
    material_file,
    material_names,
    own_names,
    words_file,
)

if TYPE_CHECKING:
    from hrcpub.project.material.head import head_slots, material_slot
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

# Loaded when they are asked for: most commands want the names alone, and to read a material is half
# of this package.
_HOMES = {
    "Material": "record",
    "Translated": "record",
    "head_slots": "head",
    "material_slot": "head",
    "read_material": "reading",
    "read_material_file": "reading",
}

__getattr__ = homes_of(__name__, _HOMES)
