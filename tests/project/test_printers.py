"""`materials/printers.yaml`: what shops ask for, by name."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.project.condition import CONDITIONS
from hrcpub.project.printers import HOUSE, printer, read_printers
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
