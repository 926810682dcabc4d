"""Names of files: a text to one that is safe everywhere, and files that are named amiss."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

APPROVED = "materials/approved"  # the folder of what was approved, as it then was
REVIEWED = "materials/reviewed"  # the folder of who has reviewed which words

# Letters that Unicode does not take apart into a Latin letter and a sign; ß is "ss" by casefold.
_LETTERS = str.maketrans(
    {"đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "ŧ": "t", "ŋ": "ng"}
    | {"æ": "ae", "œ": "oe", "þ": "th"}
)
LONGEST = 58  # characters: an id has 63, and a number behind a hyphen has to go in as well
# Microsoft, "Naming Files, Paths, and Namespaces": devices, also with an extension.
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}


def slug(text: str, otherwise: str) -> str:
    """Return a text as small letters, digits and hyphens: `Łódź spring` is lodz-spring.

    `otherwise` is returned where no letter is left (the text is in another script), and put after
    a name that Windows keeps for itself.
    """
    latin = text.casefold().translate(_LETTERS)
    letters = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode().lower()
    words = re.sub("[^a-z0-9]+", "-", letters.replace("'", "")).strip("-")
    name = words[:LONGEST].strip("-")
    return f"{name}-{otherwise}" if is_device(name) else name or otherwise


def is_device(name: str) -> bool:
    """Return whether Windows keeps a file's name for a device: no file can be called so there."""
    return name.casefold().partition(".")[0].rstrip(" ") in _DEVICES


def misnamed(files: Iterable[str]) -> dict[str, str]:
    """Return the files that were meant to be YAML and are not read, `.yml` and `.YAML`, by name."""
    parts = [(file, *file.rpartition(".")[::2]) for file in files if not file.endswith(".yaml")]
    return {stem: file for file, stem, end in parts if end.lower() in ("yml", "yaml")}
