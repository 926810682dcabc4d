"""The files of editions to what judges say of them, who are asked once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.judges import tools, verapdf
from tests.shared.once import made_once

FLAVOURS = {
    "press": verapdf.PDF_A_2B,
    "screen": verapdf.PDF_UA_1,
    "large-print": verapdf.PDF_UA_1,
    "phone": verapdf.PDF_UA_1,
}


def verdicts(output: Path, edition: str) -> list[verapdf.Verdict]:
    """Return the verdicts on an edition's files, in the order of their names."""
    files = sorted((output / edition).glob("*.pdf"))
    return verapdf.judge((FLAVOURS[edition], file) for file in files)


def press_plates(
    output: Path, factory: pytest.TempPathFactory, name: str
) -> list[dict[str, Image.Image]]:
    """Return the plates of a piece's press file at 72 dpi, as `tools.plates` does.

    Ghostscript draws those of all pieces at once, for all processes of a run.
    """
    files = sorted((output / "press").glob("*.pdf"))

    def make(folder: Path) -> None:
        folder.mkdir()
        tools.separate(files, folder)

    return tools.separated(made_once(factory, f"plates-{output.parent.name}", make) / name)
