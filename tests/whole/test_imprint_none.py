"""`imprint: none`: a piece keeps no place for who hands it out."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.build.batch import BuildWorker
from hrcpub.build.job import Job
from tests.shared.pages import texts
from tests.shared.project import PIECES

KEEPING = {"sheet", "trifold", "booklet", "steps", "alert", "brochure"}
PIECE = {PIECES[name].design.layout: name for name in reversed(PIECES)}


@pytest.mark.slow(but=["sheet"])
@pytest.mark.parametrize("layout", sorted(KEEPING))
def test_a_piece_may_leave_out_the_place_for_a_site(
    built: Path, worker: BuildWorker, layout: str
) -> None:
    name, root = PIECE[layout], Path(worker.options.root)
    path = root / f"materials/{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert "imprint:" not in text
    path.write_text(f"imprint: none\n{text}", encoding="utf-8")
    assert not worker.do(Job(name, ("screen",))).failed
    stamped, bare = (
        " ".join(" ".join(texts(folder / f"screen/{name}.pdf")).split())
        for folder in (built, root / "output")
    )
    assert "Distributed by" in stamped
    assert "Distributed by" not in bare
    assert stamped.replace("Distributed by ", "") == bare
