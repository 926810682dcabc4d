"""What people read on a screen is PDF/UA-1, by veraPDF's word."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.project.edition import EDITIONS
from tests.judges.editions import verdicts
from tests.judges.verapdf import PDF_UA_1
from tests.shared.project import MATERIALS

TAGGED = [edition.name for edition in EDITIONS.values() if edition.is_tagged]


@pytest.mark.slow
@pytest.mark.parametrize("edition", TAGGED)
def test_every_material_is_accessible(edition: str, built: Path) -> None:
    judged = verdicts(built, edition)

    assert sorted(verdict.file.stem for verdict in judged) == sorted(MATERIALS)
    assert {verdict.flavour for verdict in judged} == {PDF_UA_1}
    assert [str(verdict) for verdict in judged if not verdict.is_compliant] == []


def test_all_that_is_read_on_a_screen_is_tagged() -> None:
    assert TAGGED == ["screen", "large-print", "phone"]
