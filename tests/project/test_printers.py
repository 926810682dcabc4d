"""`materials/printers.yaml`: what shops ask for, by name."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pikepdf
import pytest

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from hrcpub.events.fulfil.make_shell import make_shell
from hrcpub.events.fulfil.plan import shell_job
from hrcpub.events.manifest.manifest import read_event
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.preflight import VARIANTS
from hrcpub.problems import HrcpubError, Problem, problem_from_json
from hrcpub.project.condition import CONDITIONS
from hrcpub.project.printers import HOUSE, KINDS, printer, read_printers
from tests.shared.project import Hrcpub


def test_the_projects_printers_are_read_with_their_units(sources: Sources) -> None:
    known = read_printers(sources)

    assert set(known) == {"sheetfed", "digital", "web", "europe"}
    assert known["europe"].bleed == pytest.approx(3 * 72 / 25.4)
    assert known["web"].condition is CONDITIONS["swop2006-coated3"]
    assert known["sheetfed"].most_ink == 300


def test_without_a_name_the_house_asks_for_what_most_shops_do(sources: Sources) -> None:
    assert printer(None, read_printers(sources)) is HOUSE
    assert (HOUSE.bleed, HOUSE.condition.identifier) == (9.0, "CGATS TR 006")


def test_a_project_without_printers_has_none(project: Path) -> None:
    (project / "materials" / "printers.yaml").unlink()

    assert read_printers(Sources(project)) == {}


def test_a_stranger_is_a_problem_with_the_nearest_name(sources: Sources) -> None:
    with pytest.raises(HrcpubError) as caught:
        printer("europa", read_printers(sources))

    (problem,) = caught.value.problems
    assert (problem.code, problem.hint) == ("printer-unknown", 'did you mean "europe"?')


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("bleed: 3", "slot-value"),
        ("condition: gracol", "slot-choice"),
        ("blead: 3 mm", "slot-unknown"),
        ("sheets: [big]", "slot-value"),
        ("profile: materials/icc/none.icc", "file-missing"),
    ],
)
def test_mistakes_in_a_printer_are_told(
    project: Path, hrcpub: Hrcpub, line: str, code: str
) -> None:
    path = project / "materials" / "printers.yaml"
    path.write_text(f"printers:\n  shop:\n    {line}\n", encoding="utf-8")

    done = hrcpub("build", "contact-card", "--edition", "press", "--printer", "shop")

    assert done.returncode == 1
    assert set(re.findall(r"error: .*\[([a-z-]+)\]$", done.stderr, re.MULTILINE)) == {code}


def test_a_printers_bleed_and_condition_are_in_the_file(project: Path, hrcpub: Hrcpub) -> None:
    done = hrcpub("build", "contact-card", "--edition", "press", "--printer", "europe")

    assert done.returncode == 0, done.stderr
    with pikepdf.open(project / "output" / "press" / "contact-card.pdf") as pdf:
        page = pdf.pages[0]
        trim = [float(edge) for edge in page.TrimBox]
        bleed = [float(edge) for edge in page.BleedBox]
        intents = {str(intent.S): intent for intent in pdf.Root.OutputIntents}
    assert trim[0] - bleed[0] == pytest.approx(3 * 72 / 25.4, abs=0.01)
    assert set(intents) == {"/GTS_PDFX", "/GTS_PDFA1"}
    assert {str(i.OutputConditionIdentifier) for i in intents.values()} == {"FOGRA39"}


def test_a_shops_own_profile_travels_in_the_file(project: Path, hrcpub: Hrcpub) -> None:
    folder = project / "materials" / "icc"
    folder.mkdir()
    profile = CONDITIONS["fogra39-coated"].profile
    (folder / "shop.icc").write_bytes(profile)
    (project / "materials" / "printers.yaml").write_text(
        "printers:\n  shop:\n    about: The Shop\n    profile: materials/icc/shop.icc\n"
        "    identifier: Shop 2026\n",
        encoding="utf-8",
    )

    done = hrcpub("build", "contact-card", "--edition", "press", "--printer", "shop")

    assert done.returncode == 0, done.stderr
    with pikepdf.open(project / "output" / "press" / "contact-card.pdf") as pdf:
        (first, second) = pdf.Root.OutputIntents
        assert str(first.OutputConditionIdentifier) == "Shop 2026"
        assert first.DestOutputProfile.read_bytes() == profile
        assert first.DestOutputProfile.objgen == second.DestOutputProfile.objgen


def write_shops(project: Path, *lines: str) -> Sources:
    """Replace the project's printers by some; one line is one printer."""
    text = "".join(f"  {line}\n" for line in lines)
    (project / "materials/printers.yaml").write_text(f"printers:\n{text}", encoding="utf-8")
    return Sources(project)


def order_from(project: Path, shop: str) -> None:
    """Order everything of the sample event from one shop."""
    path = project / "materials/events/health-fair.yaml"
    text = path.read_text(encoding="utf-8")
    changed, count = re.subn(r"printer: \w+", f"printer: {shop}", text)
    assert count
    path.write_text(changed, encoding="utf-8")


def shops_of_event(sources: Sources) -> set[tuple[str, float]]:
    """Return the printer of each item, and the bleed of the printer that its piece is built for."""
    event, known = read_event(Project(sources), "health-fair"), read_printers(sources)
    return {
        (item.printer.name, printer(shell_job(item, language).printer, known).bleed)
        for item in event.items
        for language in item.materials
        if item.edition == "press"
    }


# --- A shop's name means nothing but the shop ---


@pytest.mark.parametrize("name", ["house", "office", "screen", "large-print", "con"])
def test_a_shop_cannot_have_a_name_that_means_something_else(project: Path, name: str) -> None:
    sources = write_shops(project, f"{name}: {{bleed: 0.25 in}}")

    with pytest.raises(HrcpubError) as caught:
        read_printers(sources)

    (problem,) = caught.value.problems
    assert (problem.code, problem.hint) == (
        "printer-name",
        f"give it another name, such as {name}-shop",
    )
    assert problem.source
    assert (problem.source.line, problem.source.column) == (2, 3)


def test_house_is_no_shop_in_particular_wherever_it_is_asked_for(project: Path) -> None:
    order_from(project, "house")
    sources = write_shops(project, "our-house: {bleed: 0.25 in}")

    assert printer("house", read_printers(sources)) is HOUSE
    assert shops_of_event(sources) == {("house", HOUSE.bleed)}


def test_an_events_pieces_have_the_bleed_that_its_shop_asks_for(project: Path) -> None:
    order_from(project, "our-house")
    sources = write_shops(project, "our-house: {bleed: 0.25 in}")

    assert shops_of_event(sources) == {("our-house", 18.0)}


# --- Kinds of presses ---


def test_each_kind_has_limits_and_each_limit_a_kind() -> None:
    assert tuple(VARIANTS) == KINDS


def test_the_kind_decides_and_the_name_does_not(project: Path) -> None:
    sources = write_shops(
        project, "digital: {kind: newspaper}", "newspaper: {bleed: 3 mm}", "corner: {kind: digital}"
    )

    kinds = {name: shop.kind for name, shop in read_printers(sources).items()}

    assert kinds == {"digital": "newspaper", "newspaper": "sheetfed", "corner": "digital"}


def test_a_shop_called_like_a_kind_is_told_what_to_write(project: Path) -> None:
    known = read_printers(write_shops(project, "digital: {bleed: 3 mm}", "sheetfed: {bleed: 3 mm}"))

    (problem,) = known["digital"].problems
    assert (problem.code, problem.severity) == ("printer-kind", "warning")
    assert problem.hint == "write kind: digital under it, or kind: sheetfed"
    assert known["sheetfed"].problems == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shop", "line"), [("newspaper", "{bleed: 3 mm}"), ("corner", "{kind: newspaper}")]
)
def test_build_preflight_impose_and_events_agree_about_a_shop(
    project: Path, hrcpub: Hrcpub, shop: str, line: str
) -> None:
    """Ink of 240 % is too much for text in newspapers (220 %), and right on sheetfed presses."""
    sources = write_shops(project, f"{shop}: {line}")
    order_from(project, shop)
    system = project / "layouts/system/system.yaml"
    text = system.read_text(encoding="utf-8")
    system.write_text(text.replace("press: 0 0 0 100", "press: 60 40 40 100", 1), encoding="utf-8")

    worker = BuildWorker(BatchOptions(str(project), str(project / "output")))
    report = worker.do(Job("contact-card", ("press",), printer=shop))
    event = read_event(Project(sources), "health-fair")
    piece = shell_job(next(item for item in event.items if item.edition == "press"), "en")
    shell = make_shell(piece, Project(sources))
    file = str(project / "output/press/contact-card.pdf")
    judged = json.loads(hrcpub("preflight", file, "--printer", shop, "--json").stdout)
    imposed = json.loads(hrcpub("impose", file, "--printer", shop, "--json").stdout)

    found = {
        "build": report.outputs[0].problems,
        "event": shell.problems,
        "preflight": problems_of(judged["problems"], judged["files"][0]["problems"]),
        "impose": problems_of(imposed["problems"]),
    }
    is_unsaid = shop in KINDS
    assert judged["variant"] == ("sheetfed" if is_unsaid else "newspaper")
    for who, problems in found.items():
        codes = {problem.code for problem in problems}
        assert ("printer-kind" in codes, "text-rich-black" in codes) == (
            is_unsaid,
            not is_unsaid,
        ), who
    assert ("printer-kind" in {problem.code for problem in event.problems}) == is_unsaid


def problems_of(*lists: list[dict[str, object]]) -> list[Problem]:
    return [problem_from_json(fields) for problems in lists for fields in problems]
