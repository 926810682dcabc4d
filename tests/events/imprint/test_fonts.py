"""The fonts of imprints: readers find every letter again, and the widths that the font has."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from hrcpub.events.fulfil.copies import CopyMaker
from hrcpub.events.fulfil.jobs import CopyJob, ShellJob
from hrcpub.events.imprint import FontName, Fonts
from hrcpub.files.sources import Sources
from hrcpub.pipeline.setting import DISPLAY_FEATURES, said_line
from tests.judges import tools
from tests.shared.local_sites import local
from tests.shared.project import ROOT

NAMES = {
    "english": "Tom & Ann's “Fair” – 7 pm… fi fl ffi office",
    "western": "Clínica Señales, Œuvre Größe Åse Þór ½ €",
    "cyrillic": "Центр «Надежда» № 5, Їжак",
    "all": "Nhà Văn Hóa Đường Số 7, Łódź, Dvořák, Ştefan",
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a postcard for a site of each name."""
    templates: dict[str, bytes] = {}
    maker = CopyMaker(Sources(ROOT), templates.__getitem__)
    job = ShellJob("what-postcard", "press")
    shell = maker.shell(job)
    templates[shell.template_digest] = shell.template
    folder = tmp_path_factory.mktemp("fonts")
    for repertoire, name in NAMES.items():
        pdf, *_ = maker.copy(CopyJob("x", job, shell.template_digest, local(name)))
        (folder / f"{repertoire}.pdf").write_bytes(pdf)
    return {repertoire: folder / f"{repertoire}.pdf" for repertoire in NAMES}


@pytest.mark.parametrize("repertoire", NAMES)
def test_a_reader_finds_every_letter_again(repertoire: str, files: dict[str, Path]) -> None:
    text = "".join(tools.text(files[repertoire]).split())
    assert "".join(NAMES[repertoire].split()) in text


@pytest.mark.parametrize("repertoire", NAMES)
def test_every_font_is_embedded_and_says_its_letters(
    repertoire: str, files: dict[str, Path]
) -> None:
    fonts = tools.fonts(files[repertoire])
    assert len(fonts) >= 2
    assert all(font.is_embedded and font.is_subset and font.has_unicode for font in fonts)


@pytest.mark.parametrize("repertoire", NAMES)
def test_widths_are_those_of_the_embedded_font(repertoire: str, files: dict[str, Path]) -> None:
    seen = 0
    with pikepdf.open(files[repertoire]) as pdf:
        form = next(
            page.Resources.XObject["/Imprint"]
            for page in pdf.pages
            if "/Imprint" in page.Resources.get("/XObject", {})
        )
        for font in form.Resources.Font.as_dict().values():
            descendant = font.DescendantFonts[0]
            data = bytes(descendant.FontDescriptor.FontFile2.read_bytes())
            file = TTFont(io.BytesIO(data))
            order, metrics, per_em = file.getGlyphOrder(), file["hmtx"], file["head"].unitsPerEm
            for glyph, width in widths(descendant.W).items():
                assert width == pytest.approx(metrics[order[glyph]][0] * 1000 / per_em, abs=0.01)
                seen += 1
    assert seen > 150


def widths(array: pikepdf.Object) -> dict[int, float]:
    """Return a /W array's widths by glyph: a number, then an array of widths from it on."""
    found: dict[int, float] = {}
    for first, values in zip(list(array)[::2], list(array)[1::2], strict=True):
        found |= {int(first) + number: float(value) for number, value in enumerate(values)}
    return found


@pytest.mark.parametrize("repertoire", NAMES)
def test_a_text_takes_the_least_repertoire_that_draws_it(repertoire: str) -> None:
    fonts: Fonts = CopyMaker(Sources(ROOT), lambda digest: b"").letters.fonts
    assert needed("bold", NAMES[repertoire], fonts).repertoire == repertoire
    sizes = [
        sum(map(len, fonts.font(needed("text", name, fonts)).objects(1))) for name in NAMES.values()
    ]
    assert sizes == sorted(sizes)


def needed(face: str, text: str, fonts: Fonts) -> FontName:
    line = said_line(text, fonts.faces[face], DISPLAY_FEATURES, from_the_right=False)
    said = tuple((glyph.number, part) for glyph, part in line.glyphs)
    return fonts.needed(face, [said], is_first=True)
