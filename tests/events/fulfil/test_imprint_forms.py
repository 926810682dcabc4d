"""A site's imprints, set one after the other, are those that are set alone."""

from __future__ import annotations

import random
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from hrcpub.events.fulfil.imprint_forms import ImprintForms, MadeForm
from hrcpub.events.fulfil.jobs import ShellJob
from hrcpub.events.fulfil.letters import ImprintLetters
from hrcpub.events.fulfil.parts import NO_PARTS, PartCache
from hrcpub.events.manifest.event import Site
from hrcpub.events.shells import ImprintArea
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.units import Size
from tests.shared.local_sites import local
from tests.shared.project import ROOT

JOB = ShellJob("what-postcard", "press")
NAMES = (
    "Lakeside",
    "The Harm Reduction and Community Health Resource Center of Greater Example County",
    "Nhà Văn Hóa",
    "مركز الحد من الضرر",
    "Центр снижения вреда",
    "X" * 300,
)
AREAS = [
    ImprintArea(Size(*size), text, 7.0, label, is_inked, language)
    for size in ((255.0, 105.0), (210.0, 125.0), (140.0, 260.0), (310.0, 45.0))
    for text, label in ((10.5, 0.0), (9.0, 12.0))
    for is_inked in (True, False)
    for language in ("en", "ar")
]


def forms(parts: PartCache = NO_PARTS) -> ImprintForms:
    project = Project(Sources(ROOT))
    return ImprintForms(project, ImprintLetters(project), parts)


def made(maker: ImprintForms, area: ImprintArea, site: Site) -> MadeForm | tuple[Problem, ...]:
    """Return a site's form, or why there is none."""
    try:
        return maker.form(JOB, area, site)
    except HrcpubError as error:
        return error.problems


def plain(form: MadeForm | tuple[Problem, ...]) -> object:
    """Return what a form says, without the functions that write its fonts."""
    if not form or isinstance(form[0], Problem):
        return form
    drawn, problems = form
    fonts = [(name, font) for name, font, _ in drawn.fonts]
    return drawn.operators, fonts, drawn.picture, drawn.overprints, drawn.packed, problems


@pytest.mark.slow(but=["True-name5"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("has_logo", [True, False])
def test_an_area_is_set_as_it_is_alone_whichever_came_before(
    name: str, has_logo: bool, tmp_path: Path
) -> None:
    site = local(name, logo=has_logo)
    areas, chance = list(AREAS), random.Random(name)
    chance.shuffle(areas)
    parts = PartCache(ByteStore(tmp_path), "e1")
    together = forms(parts)
    alone = [plain(made(forms(), area, site)) for area in areas[:12]]
    assert [plain(made(together, area, site)) for area in areas[:12]] == alone
    together.write()
    kept = forms(parts)
    assert [plain(made(kept, area, site)) for area in areas[:12]] == alone


def test_a_form_is_packed_as_it_draws() -> None:
    maker, site = forms(), local(logo=True)
    for area in AREAS:
        drawn, _ = maker.form(JOB, area, site)
        assert zlib.decompress(drawn.packed) == drawn.operators
        assert drawn.operators.startswith(b"/Overprint gs" if area.is_inked else b"0")


@pytest.mark.parametrize("has_logo", [True, False])
def test_sites_that_come_again_have_the_same_forms(has_logo: bool) -> None:
    maker, sites = forms(), [local(name, logo=has_logo) for name in NAMES[:3]]
    first = [plain(made(maker, area, site)) for site in sites for area in AREAS[:4]]
    again = [
        plain(made(maker, area, local(name, logo=has_logo)))
        for name in NAMES[:3]
        for area in AREAS[:4]
    ]
    assert again == first


def test_a_site_of_another_row_with_the_same_words_is_told_of_by_its_own_place() -> None:
    maker, area = forms(), AREAS[-1]
    places = []
    for line in (2, 9):
        site = replace(local(NAMES[1], logo=True), source=Source("materials/sites.csv", line))
        site = replace(site, name=replace(site.name, source=site.source))
        found = made(maker, area, site)
        problems = found if isinstance(found[0], Problem) else found[1]
        places += [problem.source.line for problem in problems if problem.source]
    assert set(places) == {2, 9}
