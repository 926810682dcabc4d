"""What goes to a print shop is PDF/A-2b too, by veraPDF's word: it knows no PDF/X-4."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.judges.editions import verdicts
from tests.judges.verapdf import PDF_A_2B
from tests.shared.project import MATERIALS


@pytest.mark.slow
def test_every_press_file_is_archival(built: Path) -> None:
    judged = verdicts(built, "press")

    assert sorted(verdict.file.stem for verdict in judged) == sorted(MATERIALS)
    assert {verdict.flavour for verdict in judged} == {PDF_A_2B}
    assert [str(verdict) for verdict in judged if not verdict.is_compliant] == []
