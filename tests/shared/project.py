"""This repository's own project: where it is, its materials and what becomes of each."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Protocol

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
    "overdose",
    "medetomidine-alert",
)
LARGER = frozenset({"principles-poster"})  # than the office's paper
# Of a piece, where they are not two.
SIDES = {"principles-poster": 1, "harm-reduction": 8, "overdose": 1}
SHEETS = {"harm-reduction": 4, "overdose": 1}  # sides of them, where an office prints not two


class Hrcpub(Protocol):
    """The command line: its arguments to how it ended and what it printed."""

    def __call__(
        self,
        *arguments: str,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> CompletedProcess[str]:
        """Run it in a folder, the test's project where none is named."""


def copy_project(root: Path) -> Path:
    """Copy this repository's project, without its output, into a folder that it makes."""
    files = _files()
    for folder in {path.parent for path in files} | {Path("output")}:
        (root / folder).mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        (root / path).write_bytes(data)
    return root


@functools.cache
def _files() -> dict[Path, bytes]:
    """Return the project's files. Why cached: hundreds of tests have a copy each."""
    folders = (ROOT / "materials", ROOT / "layouts", ROOT / "fonts")
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(ROOT): path.read_bytes() for path in paths}


def editions_of(name: str) -> tuple[str, ...]:
    """Return the editions that a material of this repository has."""
    return tuple(edition for edition in EDITIONS if edition != "office" or name not in LARGER)


def pages_of(name: str, edition: str) -> int:
    """Return how many pages a material has in an edition that is not large print."""
    return (SHEETS if edition == "office" else SIDES).get(name, 2)
