"""This repository's project to throwaway copies of it, with as many materials as are wanted."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
BRIEF, CARD, FOLDER = "why-harm-reduction", "contact-card", "why-folder"


def copy_project(folder: Path) -> Path:
    """Copy materials, layouts and fonts into a new folder, and return it."""
    for name in ("materials", "layouts", "fonts"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def add_different(project: Path, original: str, count: int) -> list[str]:
    """Add materials like `original`, each with its words in another order; return their names.

    The words stay, so that every one is as long as the original; their order decides every line.
    """
    text = (project / "materials" / f"{original}.yaml").read_text(encoding="utf-8")
    # Every scalar stays the text that it is.
    fields = yaml.load(text, Loader=yaml.BaseLoader)
    # In another order they are no longer their source's words to the letter.
    fields = {key: value for key, value in fields.items() if key not in ("verbatim", "source")}
    names = [f"{original}-{number:04}" for number in range(1, count + 1)]
    for number, name in enumerate(names, 1):
        words = _in_other_order(fields["words"], random.Random(number))
        path = project / "materials" / f"{name}.yaml"
        path.write_text(yaml.safe_dump(fields | {"words": words}), encoding="utf-8")
    contacts = project / "materials" / "contacts.yaml"
    current = contacts.read_text(encoding="utf-8")
    contacts.write_text(current.replace("historical: yes", "historical: no"), encoding="utf-8")
    return names


def _in_other_order(value: Any, order: random.Random) -> Any:
    """Return texts with their words shuffled, all but the first; ids are one word and stay."""
    if isinstance(value, dict):
        return {key: _in_other_order(inner, order) for key, inner in value.items()}
    if isinstance(value, list):
        return [_in_other_order(inner, order) for inner in value]
    first, *rest = value.split()
    order.shuffle(rest)
    return " ".join([first, *rest])
