"""Words are lost in every way that CSS has, and each is told; the verdicts stand in the cases."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from hrcpub.files.cache import ParsedCache
from tests.shared.css_pages import make_root, page, problems

FOLDER = Path(__file__).parent / "cases"
HEAD = re.compile(r"^<!-- (?P<name>[^\n{]+): (?P<verdict>[a-z0-9 -]+) -->\n", re.MULTILINE)
FEW = "Words that take some room, as many as stand here by chance"
WORDS = {
    "one": "One line",
    "two": "Two lines of words, which take so much room that one line of them is too short",
    "few": FEW,
    "page": " ".join([FEW] * 8),
    "many": " ".join([FEW] * 34),
    "rows": "<tr><td>One row</td></tr>" * 35,
}


class Case(NamedTuple):
    """A body and what is to be told of it."""

    body: str
    codes: set[str]
    pages: int
    folds: tuple[float, ...]


def cases() -> dict[str, Case]:
    """Return all cases by their file and name."""
    cases = {}
    for file in sorted(FOLDER.glob("*.html")):
        parts = HEAD.split(file.read_text(encoding="utf-8"))
        for name, verdict, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
            cases[f"{file.stem}: {name}"] = case(verdict.split(), body)
    return cases


def case(verdict: list[str], body: str) -> Case:
    """Return a case from its verdict's words: codes, `pages N`, `folds X`, `right`."""
    numbers = {word: float(verdict[at + 1]) for at, word in enumerate(verdict[:-1])
               if word in ("pages", "folds")}  # fmt: skip
    codes = {word for word in verdict if "-" in word}
    for name, text in WORDS.items():
        body = body.replace(f"{{{name}}}", text)
    folds = (numbers["folds"],) if "folds" in numbers else ()
    return Case(body, codes, int(numbers.get("pages", 1)), folds)


CASES = cases()


def test_there_are_cases_of_both_kinds() -> None:
    wrong = [case for case in CASES.values() if case.codes]
    assert len(wrong) >= 60
    assert len(CASES) - len(wrong) >= 40


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("cases"))


@pytest.fixture(scope="module")
def cache() -> ParsedCache:
    return ParsedCache()


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_told_and_nothing_else(root: Path, cache: ParsedCache, name: str) -> None:
    asked = CASES[name]
    reported = problems(root, page(asked.body, asked.pages), cache, asked.folds)
    assert {problem.code for problem in reported} == asked.codes, [p.message for p in reported]
