"""An office with all that it may have, in every layout, on both families of paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml

from hrcpub.build.batch import BuildWorker
from hrcpub.build.job import Job
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Report
from hrcpub.project.layout import layout_names
from tests.judges import tools
from tests.shared.project import ROOT

FULL = """
  night-van:
    historical: no
    name: Night Van Outreach Office
    lines: [12 Example Street, "Example City, NY 10001"]
    tel: (212) 213-6376
    fax: (212) 213-6377
    hours:
      - {days: Sat, closed: yes}
      - {days: Mon-Fri, from: 9 am, to: 5 pm}
    email: help@nightvan.example.org
    url: https://nightvan.example.org/help/
"""
FAX = "    fax: (212) 213-6377\n"
TEL = "    tel: (212) 213-6376\n"
LINKS = {
    "tel:+12122136376",
    "mailto:help@nightvan.example.org",
    "https://nightvan.example.org/help/",
}


def sample(layout: str) -> dict[str, Any]:
    path = ROOT / "layouts" / layout / "sample.yaml"
    found = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


LAYOUTS = [name for name in layout_names(Sources(ROOT)) if "contacts" in sample(name)["words"]]


def built(worker: BuildWorker, layout: str, office: str, sheet: str, *editions: str) -> Report:
    """Build a layout's sample with one office."""
    folder = Path(worker.options.root) / "materials"
    contacts = folder / "contacts.yaml"
    contacts.write_text(contacts.read_text(encoding="utf-8") + office, encoding="utf-8")
    material = sample(layout)
    material["words"]["contacts"] = ["night-van"]
    text = yaml.safe_dump(material, allow_unicode=True)
    (folder / "piece.yaml").write_text(text, encoding="utf-8")
    return worker.do(Job("piece", editions, sheet=sheet))


def said(report: Report) -> set[str]:
    return {problem.code for problem in report.all_problems} - {"sample-words"}


def links(pdf: Path) -> set[str]:
    with pikepdf.open(pdf) as opened:
        return {
            str(annotation.A.URI)
            for page in opened.pages
            for annotation in page.get("/Annots", ())
            if "/A" in annotation and "/URI" in annotation.A
        }


def test_layouts_with_offices_were_found() -> None:
    assert len(LAYOUTS) >= 8


@pytest.mark.parametrize(
    ("sheet", "editions"), [("letter", ("screen", "large-print", "phone")), ("a4", ("screen",))]
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_of_an_office_is_printed_and_can_be_called_or_opened(
    worker: BuildWorker, layout: str, sheet: str, editions: tuple[str, ...]
) -> None:
    report = built(worker, layout, FULL, sheet, *editions)
    assert said(report) == set()
    for edition in editions:
        path = Path(worker.options.folder) / edition / "piece.pdf"
        words = " ".join(tools.text(path).split())
        assert "Mon–Fri 9 am – 5 pm Sat closed" in words
        assert "help@nightvan.example.org nightvan.example.org/help" in words
        assert links(path) >= LINKS  # besides that of the sample's code


@pytest.mark.parametrize("office", [FULL.replace(FAX, ""), FULL.replace(FAX, "").replace(TEL, "")])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_office_without_a_fax_or_any_number_has_room_for_its_addresses(
    worker: BuildWorker, layout: str, office: str
) -> None:
    assert said(built(worker, layout, office, "letter", "screen")) == set()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_address_that_is_too_long_for_its_line_never_overflows_in_silence(
    worker: BuildWorker, layout: str
) -> None:
    office = FULL.replace("/help/", "/WhereToFindUs" * 10)
    report = built(worker, layout, office, "letter", "screen", "large-print")
    for problem in report.all_problems:
        if problem.is_error:
            assert problem.code in ("text-overset", "text-overlap"), problem
            assert problem.source
            assert problem.source.path == "materials/contacts.yaml"
    assert [output.edition for output in report.outputs][-1] == "large-print"
