"""Details at one size: the ways in which they fit, and which of them is taken."""

from __future__ import annotations

from hrcpub.events.fulfil.copies import CopyMaker
from hrcpub.events.imprint import blocks
from hrcpub.events.imprint.columns import BrokenGroups
from hrcpub.events.imprint.places import ImprintTrial, at_size, fitting
from hrcpub.files.sources import Sources
from hrcpub.pipeline.setting import codes
from hrcpub.units import Size
from tests.shared.local_sites import local
from tests.shared.project import ROOT

FACES = CopyMaker(Sources(ROOT), lambda digest: b"").letters.fonts.faces
WIDE, TALL, SMALL = Size(300, 100), Size(140, 260), Size(60, 30)


def trial(area: Size, *, has_logo: bool = False) -> ImprintTrial:
    site = local(logo=has_logo)
    assert site.url
    modules, groups = codes.modules(site.url.text), tuple(blocks.groups(site))
    return ImprintTrial(site, area, 9.0, modules, groups, 0.0, BrokenGroups(FACES))


def test_a_wide_area_has_its_code_beside_the_words_or_under_them() -> None:
    ways = list(fitting(trial(WIDE)))
    assert len(ways) > 1
    for way in ways:
        assert way.code
        last = max(line.y for line in way.lines)
        right = max(
            line.x + FACES[line.face].display_width(line.text) * line.size for line in way.lines
        )
        assert way.code.x > right or way.code.y > last


def test_a_tall_area_has_its_code_under_the_words_and_a_logo_beside_it() -> None:
    first = next(fitting(trial(TALL, has_logo=True)))
    last = max(line.y for line in first.lines)
    assert first.code
    assert first.logo
    assert min(first.code.y, first.logo.y) > last
    assert first.logo.x > first.code.x


def test_of_the_ways_that_fit_one_with_the_fewest_lines_is_taken() -> None:
    for area in (WIDE, TALL, Size(200, 160), Size(170, 120)):
        counts = [len(way.lines) for way in fitting(trial(area))]
        taken = at_size(trial(area))
        assert taken
        assert len(taken.lines) == min(counts)


def test_where_nothing_fits_there_is_none() -> None:
    assert at_size(trial(SMALL)) is None
    assert not list(fitting(trial(SMALL)))
