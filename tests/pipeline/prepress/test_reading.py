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


@pytest.mark.parametrize("name", MATERIALS)
def test_the_foot_is_read_once_and_is_an_artifact_before(built: Path, name: str) -> None:
    text = spoken(built / "screen" / f"{name}.pdf").replace("\xa0", " ")

    assert text.count(f"· {PIECES[name].month}") == PIECES[name].has_foot


@pytest.mark.parametrize(("name", "count"), [("principles", 8), ("why-harm-reduction", 6)])
@pytest.mark.parametrize("edition", ["screen", "large-print"])
def test_numerals_are_the_labels_of_a_numbered_list(
    built: Path, edition: str, name: str, count: int
) -> None:
    with pikepdf.open(built / edition / f"{name}.pdf") as pdf:
        kinds = [
            str(thing.S)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/S" in thing and "/P" in thing
        ]
        lists = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/L"
        ]
        assert {str(listing.A.ListNumbering) for listing in lists} == {"/Decimal"}
    assert kinds.count("/Lbl") == count


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
