"""This repository's own project: where it is, its materials and what becomes of each."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from hrcpub.project.edition import EDITIONS

ROOT = Path(__file__).resolve().parents[2]
MATERIALS = (
    "principles",
    "why-harm-reduction",
    "contact-card",
    "principles-card",
    "why-folder",
    "what-postcard",
    "principles-poster",
    "why-in-short",
    "harm-reduction",
)
LARGER = frozenset({"principles-poster"})  # than the office's paper
SIDES = {"principles-poster": 1, "harm-reduction": 8}  # of a piece, where they are not two
SHEETS = {"harm-reduction": 4}  # sides of them, where an office prints not two
Hrcpub = Callable[..., "subprocess.CompletedProcess[str]"]


def editions_of(name: str) -> tuple[str, ...]:
    """Return the editions that a material of this repository has."""
    return tuple(edition for edition in EDITIONS if edition != "office" or name not in LARGER)


def pages_of(name: str, edition: str) -> int:
    """Return how many pages a material has in an edition that is not large print."""
    return (SHEETS if edition == "office" else SIDES).get(name, 2)
