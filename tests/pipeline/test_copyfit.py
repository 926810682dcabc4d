"""Words that are too many are set tighter, as far as a layout allows, and no further."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.copyfit import Search, copyfit
from hrcpub.pipeline.stages import Html, Typeset
from hrcpub.pipeline.typeset import typeset
from hrcpub.problems import HrcpubError, Problem, Severity
from hrcpub.project.layout import read_layout
from hrcpub.project.layout.panels import Allowance, Panel
from hrcpub.project.material import read_material

Full = Callable[[float], float | None]
GRID = {"text-size": 10.0, "text-leading": 14.0, "small-size": 8.0, "small-leading": 10.0}


def answers(
    fits_from: int, steps: int, share: float | None = None, full: Full = lambda area: None
) -> tuple[int | None, int]:
    """Return what a search finds where words fit from a step on, and by how many tries.

    What is over is told as the areas have it, or as `share` says; `full` says how full it is, of
    the area of a step that fits, against that of the loosest.
    """
    scales = [1 - 0.02 * step for step in range(steps)]
    search, tries = Search(scales), 0
    while not (search.is_settled or search.is_hopeless):
        tries += 1
        assert tries < 20, "it goes on for ever"
        if search.step >= fits_from:
            search.learn(None, full(scales[search.step] / scales[fits_from]))
        else:
            search.learn(scales[fits_from] / scales[search.step] if share is None else share)
    return (None if search.is_hopeless else search.step), tries


@pytest.mark.parametrize("fits_from", range(25))
def test_the_loosest_setting_that_fits_is_found_with_few_layouts(fits_from: int) -> None:
    answer, tries = answers(fits_from, 25)
    assert answer == fits_from
    assert tries <= 3


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
@pytest.mark.parametrize("fits_from", range(1, 24, 3))
def test_how_full_a_place_is_shows_where_the_answer_is(fits_from: int, share: float) -> None:
    """The share that fits is told wrong: it leads too far."""
    answer, tries = answers(fits_from, 25, share, full=lambda area: 0.995 * area)
    assert answer == fits_from
    assert tries <= (4 if share < 0.7 or fits_from < 16 else 5)


@pytest.mark.parametrize("full", [0.01, 0.5, 0.99, 1.0, 1.01])
@pytest.mark.parametrize("fits_from", range(0, 25, 3))
def test_the_loosest_setting_is_found_though_how_full_it_is_is_told_wrong(
    fits_from: int, full: float
) -> None:
    answer, tries = answers(fits_from, 25, 0.7, full=lambda area: full)
    assert answer == fits_from
    assert tries <= 10, "no ladder"


@pytest.mark.parametrize("share", [0.3, 0.7, 0.9, 0.97, 0.999, 1.0])
@pytest.mark.parametrize("fits_from", range(0, 25, 3))
def test_the_loosest_setting_is_found_though_what_is_over_is_told_wrong(
    fits_from: int, share: float
) -> None:
    answer, tries = answers(fits_from, 25, share)
    assert answer == fits_from
    assert tries <= 10, "no ladder"


def test_what_does_not_fit_at_the_limit_is_hopeless() -> None:
    scales = [1.0, 0.9, 0.8]
    search = Search(scales)
    while not search.is_hopeless:
        search.learn(0.5)
    assert search.step == 2


def test_a_setting_that_no_longer_fits_is_searched_anew() -> None:
    """Another panel gave way meanwhile, and pushed this one."""
    search = Search([1.0, 0.9, 0.8])
    search.learn(None)
    assert search.is_settled
    search.learn(0.95)
    assert not search.is_settled
    assert search.step > 0


def test_things_give_one_after_the_other_and_the_leading_keeps_its_ratio() -> None:
    panel = Panel(
        "front", "", "text", (Allowance("leading", None, 1.38), Allowance("size", None, 9.7))
    )
    ladder = panel.ladder(GRID)
    sizes = [round(setting.size, 2) for setting in ladder]
    ratios = [round(setting.leading / setting.size, 3) for setting in ladder]
    assert sizes == [10, 10, 9.88, 9.75, 9.7]
    assert ratios == [1.4, 1.38, 1.38, 1.38, 1.38]
    assert {setting.tracking for setting in ladder} == {0}


def test_tracking_gives_in_thousandths_of_an_em() -> None:
    ladder = Panel("front", "", "small", (Allowance("tracking", 0, -3),)).ladder(GRID)
    assert [setting.tracking for setting in ladder] == [0, -2, -3]
    assert {(setting.size, setting.leading) for setting in ladder} == {(8, 10)}


# A design of smaller text, which may give way in all three ways.
SMALLER = {
    "step: 5 pt": "step: 4.5 pt",
    "drop: 15 pt": "drop: 13.5 pt",
    "text-size: 12 pt": "text-size: 10.75 pt",
    "text-leading: 15 pt": "text-leading: 13.5 pt",
    "small-size: 10.5 pt": "small-size: 9.5 pt",
    "small-leading: 13 pt": "small-leading: 12 pt",
    "smallest: 12 pt": "smallest: 9.5 pt",
    "text: 12 pt, contacts: 10.5 pt": "text: 9.5 pt, contacts: 9.5 pt",
}
FIT = "fit: [leading ..1.18, size ..9.5 pt, tracking ..-5, size ..14 pt up]"


@pytest.fixture
def project(project: Path) -> Path:
    """Return a project whose brief is set in smaller text, with panels that give way alike."""
    system = project / "layouts/system/system.yaml"
    text = system.read_text(encoding="utf-8")
    for ours, smaller in SMALLER.items():
        assert ours in text, ours
        text = text.replace(ours, smaller)
    system.write_text(text, encoding="utf-8")
    brief = project / "layouts/brief/layout.yaml"
    text, count = re.subn(r"fit: \[.*\]", FIT, brief.read_text(encoding="utf-8"))
    assert count == 2
    brief.write_text(text, encoding="utf-8")
    return project


LONGER = " It says more than there is room for, again and again, until the place is full."


def lengthened(project: Path, times: int) -> None:
    """Make the points of the brief longer."""
    path = project / "materials" / "why-harm-reduction.yaml"
    text = path.read_text(encoding="utf-8").replace("verbatim: yes", "verbatim: no")
    head, points = text.split("  points:", 1)
    parts = points.split("    - opening:")
    for number in range(1, times + 1):
        at = 1 + (number - 1) % (len(parts) - 1)
        body, sep, rest = parts[at].partition("\n  contacts:")
        parts[at] = body.rstrip() + LONGER + "\n" + sep.removeprefix("\n") + rest
    path.write_text(f"{head}  points:{'    - opening:'.join(parts)}", encoding="utf-8")
    layout = project / "layouts" / "brief" / "layout.yaml"
    layout.write_text(layout.read_text(encoding="utf-8").replace("limit: 480", "limit: 2000"))


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[Html]:
    """Return a list that gets each Html that is laid out."""
    seen: list[Html] = []

    def counted(html: Html, opened: Project) -> Typeset:
        seen.append(html)
        return typeset(html, opened)

    monkeypatch.setattr("hrcpub.pipeline.copyfit.typeset", counted)
    return seen


def fitted(project: Path, name: str = "why-harm-reduction") -> Typeset:
    opened = Project(Sources(project))
    return copyfit(read_material(opened, name), opened)


def notes(pages: Typeset) -> list[Problem]:
    return [problem for problem in pages.problems if problem.code == "text-fitted"]


def test_words_that_fit_are_laid_out_once_and_as_designed(
    project: Path, layouts: list[Html]
) -> None:
    pages = fitted(project)
    assert notes(pages) == []
    assert len(layouts) <= 2  # once as designed; and once larger, where there is room


@pytest.mark.parametrize("times", [20, 24, 30])
def test_words_that_are_too_many_are_set_tighter_with_few_layouts(
    project: Path, layouts: list[Html], times: int
) -> None:
    lengthened(project, times)
    (note,) = notes(fitted(project))
    assert note.severity is Severity.NOTE
    assert '"answer", "points" set in ' in note.message
    assert len(layouts) <= 4


def test_panels_with_the_same_fit_have_one_setting_on_every_page(project: Path) -> None:
    lengthened(project, 22)
    pages = fitted(project)
    settings = set(pages.html.settings.values())
    assert set(pages.html.settings) == {"answer", "points"}
    assert len(settings) == 1
    (setting,) = settings
    sizes: dict[str | None, set[float]] = {}
    from hrcpub.pipeline.typeset import tree

    for page in tree.pages(pages.document):
        for text in page.texts:
            if text.area.panel and text.size < 12 and text.text.strip():
                sizes.setdefault(text.area.panel, set()).add(round(text.size, 3))
    assert sizes == {"answer": {round(setting.size, 3)}, "points": {round(setting.size, 3)}}


def test_what_was_chosen_is_the_loosest_that_fits(project: Path) -> None:
    """One step looser does not fit: else the search would have gone too far."""
    lengthened(project, 22)
    chosen = fitted(project).html.settings["points"]
    panel = read_layout(Sources(project), "brief").panels["points"]
    ladder = panel.ladder(read_layout(Sources(project), "brief").grid)
    step = ladder.index(chosen)
    assert step > 0
    layout = project / "layouts" / "brief" / "layout.yaml"
    before = ladder[step - 1]
    text = layout.read_text(encoding="utf-8")
    limits = f"[leading ..{before.leading / before.size:.2f}, size ..{before.size:.3f} pt]"
    layout.write_text(re.sub(r"fit: \[.*\]", f"fit: {limits}", text))
    with pytest.raises(HrcpubError):
        fitted(project)


def test_past_the_limits_it_is_told_how_many_words_to_cut(project: Path) -> None:
    lengthened(project, 60)
    with pytest.raises(HrcpubError) as caught:
        fitted(project)
    (problem,) = caught.value.problems
    assert problem.code == "stack-overset"
    assert 'too tall for the panel "points"' in problem.message
    assert re.match(r"cut about \d+ words from the longest entries", problem.hint or "")
    assert problem.source
    assert problem.source.path == "materials/why-harm-reduction.yaml"


def test_a_layout_can_forbid_it(project: Path) -> None:
    lengthened(project, 22)
    assert notes(fitted(project))
    layout = project / "layouts" / "brief" / "layout.yaml"
    layout.write_text(re.sub(r"fit: \[.*\]", "fit: none", layout.read_text(encoding="utf-8")))
    with pytest.raises(HrcpubError) as caught:
        fitted(project)
    assert [problem.code for problem in caught.value.problems] == ["stack-overset"]


def test_a_flowing_panel_gives_way_too(project: Path, layouts: list[Html]) -> None:
    """The sheet's answer is a paragraph in each of two columns, and no stack."""
    path = project / "materials" / "principles.yaml"
    text = path.read_text(encoding="utf-8").replace("verbatim: yes", "verbatim: no")
    path.write_text(text.replace("use along with the use itself.", "use along with the use itself."
                                 + LONGER * 2))  # fmt: skip
    layout = project / "layouts" / "sheet" / "layout.yaml"
    layout.write_text(layout.read_text(encoding="utf-8").replace("limit: 380", "limit: 2000"))
    pages = fitted(project, "principles")
    (note,) = notes(pages)
    assert '"answer"' in note.message
    assert len(layouts) <= 4
    assert pages.oversets == ()


def shortened(project: Path, words: str = "is what we do, in a few words.") -> None:
    """Leave the points of the brief few words, and the answer too."""
    path = project / "materials" / "why-harm-reduction.yaml"
    text = path.read_text(encoding="utf-8").replace("verbatim: yes", "verbatim: no")
    text = re.sub(r"(      text:) >-\n(        .*\n)+", rf"\1 {words}\n", text)
    text = re.sub(r"(  lead:) >-\n(    .*\n)+", rf"\1 {words}\n", text)
    assert text.count(words) >= 4
    path.write_text(text, encoding="utf-8")


def test_words_that_are_few_grow_to_the_limit_alike_on_all_pages(
    project: Path, layouts: list[Html]
) -> None:
    shortened(project)
    pages = fitted(project)
    assert set(pages.html.settings) == {"answer", "points"}
    (setting,) = set(pages.html.settings.values())
    assert setting.size == 14
    assert setting.leading == pytest.approx(14 * 13.5 / 10.75)
    assert notes(pages) == []
    assert len(layouts) <= 3


@pytest.mark.parametrize("limit", ["12 pt", "11.3 pt"])
def test_text_grows_no_further_than_its_layout_allows(project: Path, limit: str) -> None:
    shortened(project)
    layout = project / "layouts" / "brief" / "layout.yaml"
    text = layout.read_text(encoding="utf-8")
    assert "14 pt up" in text
    layout.write_text(text.replace("14 pt up", f"{limit} up"), encoding="utf-8")
    (setting,) = set(fitted(project).html.settings.values())
    assert setting.size == float(limit.removesuffix(" pt"))


def test_text_that_grows_leaves_its_panel_some_air(project: Path) -> None:
    shortened(project, "is what we do, in more words, so that it takes four lines or so. " * 4)
    layout = project / "layouts" / "brief" / "layout.yaml"
    text = layout.read_text(encoding="utf-8").replace("14 pt up", "21 pt up")
    layout.write_text(re.sub("limit: 480", "limit: 900", text), encoding="utf-8")
    pages = fitted(project)
    (setting,) = set(pages.html.settings.values())
    assert 10.75 < setting.size < 21
    shares = {fill.panel: fill.share for fill in pages.fills if fill.slot is None}
    assert 0.6 < max(shares.values()) < 0.82


def test_a_panel_grows_in_steps_and_its_leading_with_it() -> None:
    panel = Panel("front", "", "text", largest=10.3)
    assert [setting.size for setting in panel.grown(GRID)] == [10.125, 10.25, 10.3]
    assert all(
        setting.leading == pytest.approx(1.4 * setting.size) for setting in panel.grown(GRID)
    )
    assert Panel("front", "", "text").grown(GRID) == ()
