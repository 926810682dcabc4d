"""The check of a page's texts: read by its codes, and by PDFium where letters change places."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.blame import blamed
from hrcpub.pipeline.preflight import Expected, preflight
from hrcpub.pipeline.preflight.checks.text_layer import words_lost
from hrcpub.pipeline.prepress import Demands, prepress
from hrcpub.pipeline.stages import AuthorText, Typeset
from hrcpub.pipeline.typeset import lay_out
from hrcpub.problems import Problem, Source
from hrcpub.project.edition import EDITIONS, PaperColour
from tests.shared.css_pages import make_root, page
from tests.shared.project import ROOT
from tests.shared.sentences import TITLES

SCREEN = EDITIONS["screen"]
WORDS = f"{TITLES['hi']} Naloxone (212) 213-6376"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = make_root(tmp_path_factory.mktemp("said"))
    (root / "fonts" / "hind.ttf").write_bytes((ROOT / "fonts/hind/Hind-Regular.ttf").read_bytes())
    return Project(Sources(root), ParsedCache())


@pytest.fixture(scope="module")
def pages(project: Project) -> Typeset:
    style = '@font-face{font-family:Hind;src:url(/fonts/hind.ttf)}p{font-family:"HRC Gothic",Hind}'
    words = (AuthorText(WORDS, "why.text", Source("materials/a.yaml", 7)),)
    return lay_out(page(f"<style>{style}</style><p>{WORDS}", words=words), project)


def problems(pages: Typeset, said: str) -> list[Problem]:
    data = prepress(pages, Demands(SCREEN, PaperColour.FLOOD))
    expected = Expected(SCREEN, 1, pages.html.trim, 0.0, said=(said,))
    return [problem for problem in preflight(data, expected) if problem.code == "text-layer"]


def test_what_was_set_is_known_of_each_page(pages: Typeset) -> None:
    assert [" ".join(said.split()) for said in pages.said] == [WORDS]


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        (WORDS, None),
        (WORDS.replace("(", "\u2066("), None),
        (WORDS.replace("मानव", "मनाव"), "मनाव"),  # the same letters: PDFium reads their order
        (WORDS.replace("6376", "6377"), "213-6377"),
        (f"{WORDS} \u05e9\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd"),
    ],
)
def test_a_word_that_is_not_read_is_named(pages: Typeset, said: str, lost: str | None) -> None:
    found = problems(pages, said)
    assert [problem.message.split("»")[0] for problem in found] == (
        [f"the word «{lost}"] if lost else []
    )
    assert all(problem.source and problem.source.page == 1 for problem in found)


def test_a_word_is_told_where_it_was_written(pages: Typeset, project: Project) -> None:
    (problem,) = problems(pages, f"{WORDS} मानव")  # once more than it is on the page
    (told,) = blamed([problem], pages, project)
    assert told.source == Source("materials/a.yaml", 7, page=1)
    assert "«मानव» (why.text)" in told.message


def test_files_of_others_are_not_compared(tmp_path: Path, pages: Typeset) -> None:
    data = prepress(pages, Demands(SCREEN, PaperColour.FLOOD))
    codes = {problem.code for problem in preflight(data, Expected(SCREEN, ours=False))}
    assert codes.isdisjoint({"text-layer", "font-without-text"})


def test_a_page_from_the_right_is_not_held_to_the_order_of_letters() -> None:
    hindi, arabic = "सामुदायिक", "الحد من الضرر هو مجموعة من الاستراتيجيات"
    assert words_lost(f"{hindi} Oakland", "दायिकुसाम Oakland") == [hindi]
    assert words_lost(f"{hindi} {arabic}", f"दायिकुसाम {arabic}") == []
