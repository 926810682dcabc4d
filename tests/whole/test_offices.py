"""An office with all that it may have, in every layout, on both families of paper."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from hrcpub.build.batch import BuildWorker
from hrcpub.build.job import Job
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Report
from hrcpub.project.layout import layout_names
from tests.judges import tools, verapdf
from tests.shared.once import made_once, made_together
from tests.shared.pages import links, texts
from tests.shared.pairs import spread
from tests.shared.project import ROOT

FULL = """
  night-van:
    historical: no
    name: Night Van Outreach Office
    lines: [12 Example Street, "Example City, NY 10001"]
    tel: {Office: (212) 213-6376 ext. 12, Van: (212) 213-6378}
    text: VAN to 741741
    fax: (212) 213-6377
    hours:
      - {days: Sat, closed: yes}
      - {days: Mon-Fri, times: "9-12, 1-5"}
      - {days: Wed, from: 7 pm, to: 1 am}
      - {days: Sun, by: appointment}
    languages: [en, es, vi, ru, {hmn: Hmoob}]
    email: help@nightvan.example.org
    url: https://nightvan.example.org/help/
"""
FAX = "    fax: (212) 213-6377\n"
TEL = "    tel: {Office: (212) 213-6376 ext. 12, Van: (212) 213-6378}\n"
TEXT = "    text: VAN to 741741\n"
LINKS = {
    "tel:+12122136376;ext=12",
    "tel:+12122136378",
    "sms:741741?body=VAN",
    "mailto:help@nightvan.example.org",
    "https://nightvan.example.org/help/",
}

LINES = (
    "Office: (212) 213-6376 ext. 12",
    "Van: (212) 213-6378",
    "Text VAN to 741741",
    "Fax: (212) 213-6377",
    "Mon–Tue, Thu–Fri 9 am – noon, 1–5 pm Wed 9 am – noon, 1–5 pm, 7 pm – 1 am Sat closed "
    "Sun by appointment",
    "English, Español, Tiếng Việt, Русский, Hmoob",
)


def sample(layout: str) -> dict[str, Any]:
    path = ROOT / "layouts" / layout / "sample.yaml"
    found = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
    assert isinstance(found, dict)
    return found


TAGGED = ("screen", "large-print", "phone")
LAYOUTS = [name for name in layout_names(Sources(ROOT)) if "contacts" in sample(name)["words"]]

# Those that print only its name and the number to call: large print has all of it.
CALLING = [
    name
    for name in LAYOUTS
    if "only: call" in (ROOT / f"layouts/{name}/layout.yaml").read_text(encoding="utf-8")
]


def built(worker: BuildWorker, layout: str, office: str, sheet: str, *editions: str) -> Report:
    """Build a layout's sample with one office."""
    add(worker, office)
    material = sample(layout)
    material["words"]["contacts"] = ["night-van"]
    return write(worker, material, sheet, *editions)


def add(worker: BuildWorker, office: str) -> None:
    """Add an office to the project's, in place of one that was added before."""
    contacts = Path(worker.options.root) / "materials/contacts.yaml"
    others, _, _ = contacts.read_text(encoding="utf-8").partition("\n  night-van")
    contacts.write_text(others + office, encoding="utf-8")


def write(worker: BuildWorker, material: dict[str, Any], sheet: str, *editions: str) -> Report:
    """Build a material."""
    text = yaml.safe_dump(material, allow_unicode=True)
    path = Path(worker.options.root) / "materials/piece.yaml"
    path.write_text(text, encoding="utf-8")
    return worker.do(Job("piece", editions, sheet=sheet))


def said(report: Report) -> set[str]:
    return {problem.code for problem in report.all_problems} - {"sample-words"}


def test_layouts_with_offices_were_found() -> None:
    assert len(LAYOUTS) >= 8


class Made(NamedTuple):
    """The full office in a layout, in one edition on one family of paper."""

    layout: str
    sheet: str
    edition: str

    def file(self, root: Path) -> Path:
        return root / f"{self.layout}-{self.sheet}-{self.edition}.pdf"


# A telephone's page is the same, whatever offices print on.
FULLY = [
    Made(layout, *how)
    for layout in LAYOUTS
    for how in itertools.product(("letter", "a4"), TAGGED)
    if how != ("a4", "phone")
]


def _make(worker: BuildWorker, folder: Path, layout: str, sheet: str) -> None:
    made = [one for one in FULLY if (one.layout, one.sheet) == (layout, sheet)]
    report = built(worker, layout, FULL, sheet, *(one.edition for one in made))
    assert said(report) <= (set() if layout in CALLING else {"page-hollow"}), layout
    for one in made:
        (Path(worker.options.folder) / one.edition / "piece.pdf").rename(one.file(folder))


FileOf = Callable[[Made], Path]


@pytest.fixture
def full(worker: BuildWorker, tmp_path_factory: pytest.TempPathFactory) -> FileOf:
    """Return what gives a file of the full office: whoever asks first for a layout makes it."""
    folder = made_once(tmp_path_factory, "full-offices", Path.mkdir)

    def file(made: Made) -> Path:
        part = f"{made.layout}-{made.sheet}"
        make = partial(_make, worker, folder, made.layout, made.sheet)
        made_together(tmp_path_factory, "full-office", [part], lambda _: make())
        return made.file(folder)

    return file


PRINTING = [made for made in FULLY if made.layout not in CALLING or made.edition != "screen"]


@pytest.mark.slow(
    but=["card-letter-large-print", "brief-letter-screen", "brief-letter-large-print"]
)
@pytest.mark.parametrize("made", PRINTING, ids="-".join)
def test_all_of_an_office_is_printed_and_can_be_called_or_opened(full: FileOf, made: Made) -> None:
    words = " ".join(tools.text(full(made)).split())
    # A card for the pocket has no fax; large print has all.
    is_pocket = (made.layout, made.edition) == ("card", "screen")
    for line in LINES:
        assert (line in words) != (is_pocket and line.startswith("Fax"))
    assert "help@nightvan.example.org nightvan.example.org/help" in words
    assert "Tel:" not in words
    assert links(full(made)) >= LINKS  # besides that of the sample's code


@pytest.mark.slow
def test_all_of_an_office_is_accessible_in_every_layout(full: FileOf) -> None:
    verdicts = verapdf.judge((verapdf.PDF_UA_1, full(made)) for made in FULLY)
    assert len(verdicts) == len(FULLY)
    assert [verdict for verdict in verdicts if not verdict.is_compliant] == []


@pytest.mark.parametrize("layout", CALLING)
def test_a_piece_with_one_number_has_the_rest_in_large_print(full: FileOf, layout: str) -> None:
    screen, large = (
        " ".join(tools.text(full(Made(layout, "letter", edition))).split())
        for edition in ("screen", "large-print")
    )
    assert "Night Van" in screen
    assert "(212) 213-6376" in screen
    assert [line for line in LINES if line not in large] == []
    assert "nightvan.example.org/help" not in screen


def without(*lines: str) -> str:
    """Return the office without some of its lines."""
    office = FULL
    for line in lines:
        assert line in office
        office = office.replace(line, "")
    return office


LESS = {
    "no fax": without(FAX),
    "no telephone": without(TEL),
    "texts alone": without(FAX, TEL),
    "fax alone": without(TEXT, TEL),
    "no number": without(FAX, TEXT, TEL),
}


NARROW = ("card", "postcard")


def lacking() -> list[tuple[str, tuple[str, ...]]]:
    """Return for each layout what offices lack: two have room at once, but in small pieces."""
    cases: dict[str, list[str]] = {}
    for layout, lacks in spread(LAYOUTS, [*LESS], 2):
        cases.setdefault(layout, []).append(lacks)
    both = [(layout, tuple(kinds)) for layout, kinds in cases.items() if layout not in NARROW]
    return both + [(layout, (kind,)) for layout in NARROW for kind in cases[layout]]


@pytest.mark.slow(but=["postcard-lacks8", "card-lacks6", "brief-lacks1"])
@pytest.mark.parametrize(("layout", "lacks"), lacking())
def test_offices_without_some_or_all_numbers_have_room_for_their_addresses(
    worker: BuildWorker, layout: str, lacks: tuple[str, ...]
) -> None:
    names = [f"night-van{number}" for number in range(len(lacks))]
    offices = (
        LESS[kind].replace("night-van:", f"{name}:")
        for name, kind in zip(names, lacks, strict=True)
    )
    add(worker, "".join(offices))
    material = sample(layout)
    material["words"]["contacts"] = names
    assert said(write(worker, material, "letter", "screen")) == set()


def changed(words: Any) -> Any:
    """Return words with another sign at the end of each text."""
    if isinstance(words, dict):
        return {name: changed(value) for name, value in words.items()}
    return [changed(value) for value in words] if isinstance(words, list) else f"{words}!"


# Each form on the paper that changes it, and each edition somewhere.
WITHOUT = (("letter", ("screen", "large-print", "phone")), ("a4", ("screen", "office", "press")))


@pytest.mark.slow(but=["postcard-letter-editions0"])
@pytest.mark.parametrize(("sheet", "editions"), WITHOUT)
@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "card"])
def test_a_piece_needs_no_office(
    worker: BuildWorker, layout: str, sheet: str, editions: tuple[str, ...]
) -> None:
    material = sample(layout)
    for name in ("contacts", "reach", "code"):
        material["words"].pop(name, None)
    material["words"] = changed(material["words"])  # sample words are not for the press
    report = write(worker, material, sheet, *editions)
    assert said(report) <= {"page-hollow"}
    for edition in editions:
        words = " ".join(texts(Path(worker.options.folder) / edition / "piece.pdf"))
        assert "None" not in words
        assert "Tel" not in words.replace("Telephones", "")


@pytest.mark.parametrize("layout", ["card", "trifold", "booklet"])
def test_offices_that_are_too_tall_together_say_how_much(worker: BuildWorker, layout: str) -> None:
    add(worker, FULL)
    material = sample(layout)
    material["words"]["contacts"] = ["night-van"] * (2 if layout == "card" else 3)
    report = write(worker, material, "letter", "screen", "large-print")
    [problem] = [problem for problem in report.all_problems if problem.is_error]
    assert problem.code == "offices-overset"
    assert re.search(r"\d+(\.\d)? mm .*, about \d+ lines, too tall", problem.message)
    assert problem.source
    assert (problem.source.path, problem.source.quote) == (
        "materials/piece.yaml",
        "  - night-van",
    )
    assert [output.edition for output in report.outputs] == ["large-print"]


@pytest.mark.parametrize("typed", [None, []])
def test_a_piece_names_the_usual_offices_but_not_when_it_names_none(
    worker: BuildWorker, typed: list[str] | None
) -> None:
    organisation = Path(worker.options.root) / "materials/organisation.yaml"
    organisation.write_text("name: Night Van\noffices: [night-van]\n", encoding="utf-8")
    material = sample("sheet")
    del material["words"]["contacts"]
    if typed is not None:
        material["words"]["contacts"] = typed
    add(worker, FULL)
    assert said(write(worker, material, "letter", "screen")) == set()
    words = tools.text(Path(worker.options.folder) / "screen" / "piece.pdf")
    assert ("Night Van Outreach Office" in words) == (typed is None)


@pytest.mark.slow(but=["card", "postcard"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_address_that_is_too_long_for_its_line_never_overflows_in_silence(
    worker: BuildWorker, layout: str
) -> None:
    office = FULL.replace("/help/", "/WhereToFindUs" * 10)
    report = built(worker, layout, office, "letter", "screen", "large-print")
    for problem in report.all_problems:
        if problem.is_error:
            assert problem.code in ("text-overset", "text-overlap", "text-lost"), problem
            assert problem.source
            assert problem.source.path == "materials/contacts.yaml"
    assert [output.edition for output in report.outputs][-1] == "large-print"
