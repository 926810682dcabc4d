"""What a screen reader is given: Poppler's reading of the tags of the screen edition."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from tests.judges import tools
from tests.shared.project import MATERIALS, PIECES


def spoken(path: Path) -> str:
    """Return the texts of a file's structure tree, joined as they stand."""
    tree = tools.say("pdfinfo", "-struct-text", path)
    return "".join(re.findall(r'^ *"(.*)"$', tree, re.MULTILINE))


@pytest.mark.parametrize("edition", ["screen", "large-print"])
def test_words_at_lines_ends_stay_apart(built: Path, edition: str) -> None:
    text = spoken(built / edition / "principles.pdf")

    assert "set of practical strategies that reduce negative" in text
    assert "22 West 27th Street, 5th Floor New York, NY 10001" in text
    assert re.search(r"What\s+Is Harm\s+Reduction\?", text)


@pytest.mark.slow(but=["principles", "carry-lleve"])
@pytest.mark.parametrize("name", MATERIALS)
def test_the_foot_is_read_once_and_is_an_artifact_before(built: Path, name: str) -> None:
    text = spoken(built / "screen" / f"{name}.pdf").replace("\xa0", " ")

    assert text.count(f"· {PIECES[name].month}") == PIECES[name].has_foot


def lists_of(file: Path) -> tuple[set[str], int]:
    """Return how the lists of a tagged file are numbered, and how many labels they have."""
    with pikepdf.open(file) as pdf:
        things = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]
        lists = [thing for thing in things if thing.get("/S") == "/L"]
        numbered = {str(thing.A.ListNumbering) if "/A" in thing else "" for thing in lists}
        labels = [thing for thing in things if thing.get("/S") == "/Lbl" and "/P" in thing]
    return numbered, len(labels)


@pytest.mark.parametrize("edition", ["screen", "large-print"])
def test_a_list_that_is_no_order_has_no_labels(built: Path, edition: str) -> None:
    numbered, labels = lists_of(built / edition / "principles.pdf")
    assert numbered
    assert not numbered & {"/Decimal"}
    assert labels == 0


def test_numerals_are_the_labels_of_a_numbered_list(project: Path) -> None:
    sheet = project / "layouts/sheet"
    for name, call in (
        ("layout.html", "c.stack(words.principles, tall, grid.stack, text"),
        ("large-print.html", "large.items(words.principles"),
    ):
        text = (sheet / name).read_text(encoding="utf-8")
        assert f"{call})" in text
        text = text.replace("c.beside(grid.stack)", "c.beside(grid.stack, true)")
        text = text.replace(f"{call})", f"{call}, numbered=true)")
        (sheet / name).write_text(text, encoding="utf-8")
    material = project / "materials/principles.yaml"
    text = material.read_text(encoding="utf-8").replace("verbatim: yes", "verbatim: no")
    at = text.index("    - opening: Does not")  # numerals take some of the texts' measure
    material.write_text(text[:at] + text[text.index("  contacts:") :], encoding="utf-8")
    worker = BuildWorker(BatchOptions(str(project), str(project / "output")))
    report = worker.do(Job("principles", ("screen", "large-print")))
    assert not report.failed, report.all_problems
    for edition in ("screen", "large-print"):
        assert lists_of(project / "output" / edition / "principles.pdf") == ({"/Decimal"}, 7)


def test_a_telephone_on_the_card_is_a_link_with_its_number_in_it(built: Path) -> None:
    tree = tools.say("pdfinfo", "-struct-text", built / "screen" / "contact-card.pdf")

    links = re.findall(r'Link.*?\n(?: +Object.*\n)* *"(.*)"', tree)
    assert [link.strip() for link in links] == [
        "(212) 213-6376",
        "(510) 444-6969",
        "(212) 683-2334",
    ]


def test_a_phrase_in_another_language_says_so(project: Path) -> None:
    path = project / "materials" / "principles.yaml"
    text = path.read_text(encoding="utf-8").replace("verbatim: yes", "verbatim: no")
    words = "a set of practical strategies"
    assert words in text
    path.write_text(text.replace(words, "a [conjunto práctico](lang:es) of them"), encoding="utf-8")
    worker = BuildWorker(BatchOptions(str(project), str(project / "output")))
    assert not worker.do(Job("principles", ("screen",))).failed

    with pikepdf.open(project / "output" / "screen" / "principles.pdf") as pdf:
        foreign = [
            str(thing.Lang)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/S" in thing and "/Lang" in thing
        ]
    assert foreign == ["es"]
