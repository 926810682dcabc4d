"""What imitates coloured paper is printed only where the paper is to be flooded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.prepress import Demands, prepress
from hrcpub.pipeline.stages import Html, Stylesheet
from hrcpub.pipeline.typeset import typeset
from hrcpub.project.edition import EDITIONS, PaperColour
from hrcpub.units import Size
from tests.shared.pages import pictures, pixel
from tests.shared.project import ROOT

PAPERS = {"#ffe14a": "#ffffff", "#8fd3ee": "#ffffff"}
CSS = """
    @page { size: 60pt 60pt; margin: 0; background: #ffe14a; bleed: 9pt }
    i { position: absolute; width: 10pt; height: 10pt; top: 20pt }
    .ink { left: 0; background: #141414 }
    .same { left: 10pt; background: #ffe14a }
    .near { left: 20pt; background: #ffe14b }
    .other { left: 30pt; background: #8fd3ee }
    .bare { left: 40pt; background: #ffffff }
    .edge { left: 50pt; top: 22pt; width: 6pt; height: 6pt; border: 2pt solid #ffe14a }
"""
AT = {"ink": 5, "same": 15, "near": 25, "other": 35, "bare": 45, "edge": 51}
BODY = "".join(f'<i class="{name}"></i>' for name in AT)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("paper")
    shutil.copytree(ROOT / "fonts", root / "fonts")
    return root


def printed(root: Path, how: PaperColour) -> Image.Image:
    html = Html(
        text=f"<!doctype html><html lang=en><title>Squares</title><body>{BODY}",
        stylesheets=(Stylesheet("style.css", CSS),),
        base=".",
        words=(),
        families=frozenset(),
        sides=1,
        trim=Size(60, 60),
        bleed=9,
        safe=0,
    )
    pages = typeset(html, Project(Sources(root)))
    (picture,) = pictures(prepress(pages, Demands(EDITIONS["press"], how, 9.0, PAPERS)))
    return picture


@pytest.mark.parametrize(
    ("how", "colours"),
    [
        (
            PaperColour.FLOOD,
            "ink #141414, same #ffe14a, near #ffe14b, other #8fd3ee, bare #ffffff, edge #ffe14a",
        ),
        (
            PaperColour.STOCK,
            "ink #141414, same #ffffff, near #ffe14b, other #ffffff, bare #ffffff, edge #ffffff",
        ),
        (
            PaperColour.WHITE,
            "ink #141414, same #ffffff, near #ffe14b, other #ffffff, bare #ffffff, edge #ffffff",
        ),
    ],
)
def test_only_what_has_a_papers_very_colour_is_left_out(
    root: Path, how: PaperColour, colours: str
) -> None:
    picture = printed(root, how)
    found = []
    for name, x in AT.items():
        red, green, blue = pixel(picture, (x + 9) * 2, (26 + 9) * 2)
        found.append(f"{name} #{red:02x}{green:02x}{blue:02x}")
    assert ", ".join(found) == colours


@pytest.mark.parametrize("how", list(PaperColour))
def test_the_page_itself_is_coloured_to_the_bleed_or_not_at_all(
    root: Path, how: PaperColour
) -> None:
    picture = printed(root, how)
    ground = (255, 225, 74) if how is PaperColour.FLOOD else (255, 255, 255)
    assert picture.size == (156, 156)
    assert {picture.getpixel(place) for place in ((0, 0), (155, 0), (0, 155), (155, 155))} == {
        ground
    }
