"""Every layout with what groups have: any title, any name or logo, ways to reach them, a code.

One build carries several of them, which stand in different places. What each must be is said where
its kinds are: test_titles.py, test_logos.py, test_wordmark.py, test_reach_us.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pytest

from hrcpub.build.batch import BuildWorker
from tests.judges import verapdf
from tests.shared.pages import links, texts
from tests.whole.test_colons import MARK
from tests.whole.test_decorative_pictures import figures
from tests.whole.test_layouts import (
    LAYOUTS,
    WAYS,
    assert_right,
    build,
    counted,
    editions,
    pdf,
    sample,
    slots,
    texts_of,
)
from tests.whole.test_logos import LOGOS, NAME, ON_BLACK, sign
from tests.whole.test_reach_us import LINKS, ROOMY, SAID
from tests.whole.test_titles import APART, TITLES, titles_of, touching
from tests.whole.test_wordmark import ABROAD, NAMES, SHORT

LARGE = ("card", "sheet")  # large print signs for all layouts alike: so it is tried with two
# By the most entries, a logo, and the ways to reach who signs, all at once.
CROWDED = ("card", "postcard", "steps", "schedule-sheet")
# Their titles have the room that the ways leave: both are tried apart.
YIELDING = ("brief",)
TAGGED = ("sheet", "trifold", "card")  # of which veraPDF reads how their makers are reached


class Trial(NamedTuple):
    """What one build of a layout's sample carries; "" where it has none."""

    layout: str
    sheet: str
    title: str = ""  # its kind
    name: str = ""
    logo: str = ""
    paper: str = ""  # in which every edition is made, of the whole sample
    has_most: bool = False  # entries that it takes
    has_code: bool = False  # its words have tails
    has_ways: bool = False  # to reach who signs

    def __str__(self) -> str:
        return "-".join(filter(None, (*self[:6], "most" * self.has_most)))

    @property
    def is_whole(self) -> bool:
        """Whether it is the sample's in all editions."""
        return bool(self.paper)

    @property
    def may_be_fitted(self) -> bool:
        """Whether its text may be set smaller: by who signs, or of steps by the ways, too."""
        if self.layout == "steps":
            return self.has_ways or self.name == NAMES["the longest"]
        return self.layout == "postcard" and not self.has_ways

    @property
    def tried(self) -> tuple[str, ...]:
        """The editions that are made."""
        if not self.is_whole:
            return ("screen", "large-print") if self.layout in LARGE else ("screen",)
        # A telephone's page is the same, whatever offices print on; the words have the same room
        # in large print on either paper, since it takes as many pages as it needs.
        others = ("large-print", "phone") if self.sheet == "a4" else ()
        return tuple(name for name in editions(self.layout) if name not in others)

    @property
    def read(self) -> tuple[str, ...]:
        """The editions of which the words are read."""
        return tuple(name for name in self.tried if name in ("screen", "large-print", "phone"))


def trials(layout: str) -> Iterator[Trial]:
    """Yield a layout's trials: two with its whole sample, then what is left for each paper."""
    has_code = "code" in {slot["kind"] for slot in slots(layout).values()}
    drawn, other = LOGOS[layout]
    apart = [""] * 2 if layout in YIELDING else []
    first, second, third, *titles = [*apart, *titles_of(layout, "letter"), "", "", ""]
    ways = layout in ROOMY
    yield Trial(layout, "letter", first, SHORT[layout], paper="flood", has_ways=ways)
    most = Trial(layout, "letter", second, logo=drawn, has_most=True, has_code=has_code)
    yield most._replace(has_ways=layout not in CROWDED)
    if layout in CROWDED and ways:
        yield Trial(layout, "letter", name=NAME, has_most=True, has_ways=True)
    yield Trial(layout, "letter", third, NAMES["the longest"])
    yield from (Trial(layout, "letter", title, NAME) for title in titles if title)
    first, second, *titles = [*apart[:1], *titles_of(layout, "a4"), "", ""]
    yield Trial(layout, "a4", first, ABROAD[layout], paper="stock", has_ways=ways)
    yield Trial(layout, "a4", second, logo=other, has_code=has_code)
    yield from (Trial(layout, "a4", title, NAME) for title in titles if title)


TRIALS = [trial for layout in LAYOUTS for trial in trials(layout)]


def test_every_kind_is_tried_with_its_layouts() -> None:
    tried = {(trial.layout, trial.sheet): set[str]() for trial in TRIALS}
    for trial in TRIALS:
        tried[trial.layout, trial.sheet] |= {trial.title, trial.name, trial.logo}
    for layout, (drawn, other) in LOGOS.items():
        letter = {*titles_of(layout, "letter"), SHORT[layout], NAMES["the longest"], drawn}
        assert letter <= tried[layout, "letter"]
        assert {*titles_of(layout, "a4"), ABROAD[layout], other} <= tried[layout, "a4"]
    assert {layout for layout, _ in tried} == set(LAYOUTS)
    beside = {trial.layout for trial in TRIALS if trial.has_most and trial.has_ways}
    assert set(LAYOUTS) - beside == {"postcard"}  # which leaves them out


def material_of(trial: Trial) -> dict[str, Any]:
    """Return a layout's sample with what a trial has of its own."""
    material = counted(trial.layout, fewest=False) if trial.has_most else sample(trial.layout)
    words = material["words"]
    if trial.title:
        title = TITLES[trial.title]
        words |= {name: title for name in ("title", "question", "reach") if name in words}
    if trial.has_code:
        words["code"] = {"about": "Scan gypsy quay", "tel": "(212) 213-6376 ext. 5"}
    return material


def made(worker: BuildWorker, trial: Trial) -> dict[str, Any]:
    """Build a trial, which is right; return its material."""
    path = Path(worker.options.root) / "materials/organisation.yaml"
    if trial.logo:
        sign(worker, trial.logo, is_on_black=trial.layout in ON_BLACK)
    else:
        path.write_text(f'paper-size: letter\nname: "{trial.name}"\n', encoding="utf-8")
    if trial.has_ways:
        path.write_text(f"{path.read_text(encoding='utf-8')}{WAYS}", encoding="utf-8")
    material = material_of(trial)
    report = build(
        worker, trial.layout, material, trial.tried, trial.paper or None, sheet=trial.sheet
    )
    told = {
        "text-fitted": trial.may_be_fitted and not trial.is_whole,
        "title-small": bool(trial.title),
    }
    assert_right(report, *(code for code, may_be in told.items() if may_be), made=trial.tried)
    assert [output.edition for output in report.outputs] == list(trial.tried)
    return material


@pytest.mark.slow(
    but=[
        "card-letter-one word-wide-most",
        "postcard-a4-weight first-alpha",
        "sheet-a4-nine words-tall",
        "schedule-a4-weight first-alpha",
    ]
)
@pytest.mark.parametrize("trial", TRIALS, ids=str)
def test_a_layout_takes_what_groups_have(worker: BuildWorker, trial: Trial) -> None:
    material = made(worker, trial)
    for edition in trial.tried:
        assert_sound(pdf(worker, edition))
    said = {edition: texts(pdf(worker, edition)) for edition in trial.read}
    assert_title(worker, trial, said)
    assert_signed(worker, trial, said)
    if trial.has_ways and trial.layout in ROOMY:
        for edition, pages in said.items():
            words = " ".join(" ".join(pages).split())
            assert [words.count(text) for text in SAID] == [1] * len(SAID), edition
            assert links(pdf(worker, edition)) >= LINKS, edition
    if trial.is_whole:
        assert_all_words(trial.layout, material, said["screen"])
        assert MARK not in " ".join(said["screen"])  # no text asks for it
    if trial.layout in TAGGED and trial.paper == "flood":
        files = [pdf(worker, edition) for edition in trial.read]
        verdicts = verapdf.judge((verapdf.PDF_UA_1, file) for file in files)
        assert len(verdicts) == 3
        assert [str(verdict) for verdict in verdicts if not verdict.is_compliant] == []


def assert_sound(file: Path) -> None:
    """qpdf finds no fault with a file, whose fonts are all ours."""
    with pikepdf.open(file) as opened:
        assert [*opened.get_warnings(), *opened.check_pdf_syntax()] == []
        things = (thing for thing in opened.objects if isinstance(thing, pikepdf.Dictionary))
        fonts = [str(thing.BaseFont) for thing in things if thing.get("/Type") == "/Font"]
    assert fonts
    assert all("HRC-" in font for font in fonts), "a font of some computer"


def assert_title(worker: BuildWorker, trial: Trial, said: dict[str, list[str]]) -> None:
    """It is whole; tails of a title of one kind hang clear of what stands under them."""
    # Large print sets the titles of all layouts alike: so it is read in one.
    for edition in ("screen", "large-print") if trial.layout == "card" else ("screen",):
        # PDFium calls a hyphen at a line's end U+0002.
        pages = " ".join("".join(said.get(edition, said["screen"])).replace("\2", "-").split())
        assert not trial.title or TITLES[trial.title].replace("*", "") in pages, edition
    assert trial.title not in APART or touching(pdf(worker, "screen")) == []


def assert_signed(worker: BuildWorker, trial: Trial, said: dict[str, list[str]]) -> None:
    """A name is whole; a logo is a figure that says it, and nothing else does."""
    for edition, pages in said.items():
        if trial.logo:
            assert figures(pdf(worker, edition)).count(NAME) >= 1, edition
            assert NAME not in "".join(pages), "signed twice"
        else:
            assert trial.name in " ".join(" ".join(pages).split()), edition


def assert_all_words(layout: str, material: dict[str, Any], pages: list[str]) -> None:
    """All words of a material are shown."""
    shown = "".join("".join(pages).replace("\2", "-").replace("’", "'").split())
    described = slots(layout)
    wanted = [
        text
        for name, value in material["words"].items()
        if described[name]["kind"] != "code"
        for text in texts_of(value, described[name])
    ]
    assert wanted
    plain = ("".join(text.replace("*", "").split()) for text in wanted)
    assert [text for text in plain if text not in shown] == []
