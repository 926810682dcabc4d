"""`imprint: none`: a piece keeps no place for who hands it out."""

from __future__ import annotations

import pytest

from hrcpub.build.batch import BuildWorker
from tests.shared.pages import texts
from tests.whole.test_layouts import build, pdf, sample

KEEPING = ("sheet", "trifold", "booklet", "steps", "alert", "brochure")


@pytest.mark.parametrize("layout", KEEPING)
def test_a_piece_may_leave_out_the_place_for_a_site(worker: BuildWorker, layout: str) -> None:
    said = {}
    for wanted in ("stamp", "none"):
        material = sample(layout) | {"imprint": wanted}
        assert not build(worker, layout, material, ("screen",)).failed
        said[wanted] = " ".join(" ".join(texts(pdf(worker, "screen"))).split())
    assert "Distributed by" in said["stamp"]
    assert "Distributed by" not in said["none"]
    assert said["stamp"].replace("Distributed by ", "") == said["none"]
