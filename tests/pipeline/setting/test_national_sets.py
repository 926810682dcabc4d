"""The letters of national standards, and a font that is cut to them."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.setting.national_sets import SETS, cut_to_set, letters_of_set
from hrcpub.pipeline.typeset.seating import _tables
from tests.shared.project import ROOT


@pytest.mark.parametrize(
    ("script", "letters", "not_in_it", "least"),
    [
        ("Hans", "们爱国。，《》Ａ", "們愛國", 6763),
        ("Hant", "們愛國。，「」", "们爱", 13051),
        ("Jpan", "愛国かなカナ、。「」", "们", 6355),
        ("Kore", "한국어愛", "们", 2350),
    ],
)
def test_a_set_has_its_countrys_letters(
    script: str, letters: str, not_in_it: str, least: int
) -> None:
    known = letters_of_set(script)
    assert set(map(ord, letters + "Aé“”–…")) <= known
    assert not set(map(ord, not_in_it)) & known
    assert len(known) > least
    assert set(SETS) == {"Hans", "Hant", "Jpan", "Kore"}


def test_a_font_is_cut_to_its_set_and_still_shapes() -> None:
    data = (ROOT / "fonts/source-sans-3/SourceSans3-Regular.ttf").read_bytes()
    cut = cut_to_set(data, "Hans")
    assert len(cut) < len(data)
    tables = _tables(cut)
    assert b"GSUB" in tables
    assert b"GPOS" in tables
    assert b"BASE" in _tables(data)
    assert b"BASE" not in tables
    assert not Face(cut).missing("Naloxone — α")  # GB 2312 has Greek
    assert Face(cut).missing("ơ") == "ơ"
    assert cut_to_set(data, "Grek") == data
    assert cut == cut_to_set(data, "Hans")


def test_simplified_chinese_here_has_its_whole_set() -> None:
    for weight in ("Regular", "Bold", "Black"):
        file = ROOT / f"fonts/noto-sans-sc/NotoSansSC-{weight}.ttf"
        face = Face(file.read_bytes())
        letters = "".join(chr(code) for code in letters_of_set("Hans") if chr(code).isalpha())
        assert face.missing(letters) == "", weight
