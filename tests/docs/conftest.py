"""Fixtures for the documentation's tests: each page is carried out once, by whoever asks first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docs.making.running import run_page
from tests.shared.once import made_once
from tests.shared.project import ROOT
from tests.shared.standby import standing_by

Runs = Callable[[str], Path]


@pytest.fixture(scope="session")
def ready() -> Iterator[Path]:
    """Return a folder of programs whose `hrcpub` is loaded already."""
    with standing_by() as programs:
        yield programs


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory, ready: Path) -> Runs:
    """Return a function from a page's name to the folder where its commands were run.

    What differs from the page is in the folder's `slips`.
    """

    kept = made_once(tmp_path_factory, "kept-of-pages", Path.mkdir)

    def run(name: str) -> Path:
        def make(folder: Path) -> None:
            slips = list(run_page(ROOT / "docs" / f"{name}.md", folder, kept, ready))
            (folder / "slips").write_text("\n".join(slips), encoding="utf-8")

        return made_once(tmp_path_factory, f"run-of-{name.replace('/', '-')}", make)

    return run
