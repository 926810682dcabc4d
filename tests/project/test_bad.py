"""Mistakes in YAML files: each stands in `bad/`, with what is said about it at its place.

A file's name begins with what reads it: `material-`, `contacts-`, `layout-`. In it, a comment says
which Problem is expected on the next line that is no such comment:

    # error 3-7 slot-unknown did you mean "title"?
      titel: Who Answers When You Call

that is: an error (or warning, or note) with the code `slot-unknown`, its carets under columns 3 to
7, whose message or hint has the words after the code in it. One column alone is one caret. Where
no comment may stand above the line, its number comes first: `# error 9:3-7 …`. A file's Problems
are all told, no more and no fewer.

Materials are read in a project of their own: the layout, offices and pictures below.
"""

from __future__ import annotations

import datetime
import io
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.contacts import doubtful, due, read_contacts
from hrcpub.project.layout import read_layout
from hrcpub.project.material import Material, read_material_file
from tests.shared.photographs import saved
from tests.shared.pictures import header_only
from tests.shared.project import ROOT

BAD = Path(__file__).parent / "bad"
FILES = sorted(BAD.glob("*.yaml"))
TODAY = datetime.date(2026, 12, 1)

LAYOUT = """
title: Poster
about: a layout with every kind of slot
trim: 8.5 in x 11 in
sides: 1
grid: letter
colour: what
slots:
  title: {kind: line, about: in front, required: yes, limit: 24}
  lead: {kind: text, about: the answer}
  notes: {kind: paragraphs, about: beside it, fewest: 2, most: 3, limit: 30}
  points:
    kind: items
    about: the points
    most: 2
    fields:
      opening: {kind: line, about: set large, required: yes, limit: 12}
      text: {kind: text, about: how it goes on}
      picture: {kind: image, about: beside it}
  picture: {kind: image, about: above all}
  day: {kind: date, about: when it is}
  contacts: {kind: contacts, about: whom to call, most: 2}
"""
SAMPLE = """
words:
  title: Sample, to replace
"""
CONTACTS = """
verified: 2026-11-01
review-by: 2027-05-01
calling-code: "1"
offices:
  north-side: {name: North Side, lines: [1 Main Street], tel: (212) 213-6376}
  south-side: {name: South Side, lines: [9 Main Street]}
  old-office: {name: Old Office, lines: [5 Main Street], historical: yes}
"""
SOURCE_TEXT = "Call before you need to. We answer day and night.\n"


class Said(NamedTuple):
    """A Problem as an author sees it."""

    severity: str
    line: int | None
    columns: str  # "3-7", or "3" for one
    code: str

    def __str__(self) -> str:
        """Return it as an expectation with its line is written."""
        return f"# {self.severity} {self.line}:{self.columns} {self.code}"


EXPECTED = re.compile(
    r"\s*# (?P<severity>error|warning|note) ((?P<line>\d+):)?(?P<columns>\d+(-\d+)?)"
    r" (?P<code>[a-z-]+)( (?P<words>.+))?"
)


def expectations(text: str) -> Iterator[tuple[Said, str]]:
    """Yield what a bad file says is wrong with it, and the words that must be said."""
    lines = re.split("\r\n|\r|\n", text)
    for number, line in enumerate(lines, 1):
        if not (match := EXPECTED.fullmatch(line)):
            continue
        below = next(
            (n for n, one in enumerate(lines, 1) if n > number and not EXPECTED.fullmatch(one)), 0
        )
        place = int(match["line"] or below)
        yield Said(match["severity"], place, match["columns"], match["code"]), match["words"] or ""


def said(problem: Problem) -> Said:
    """Return a Problem as it is compared."""
    place = problem.source
    assert place is not None, problem
    first = place.column or 0
    last = first + place.width - 1
    columns = f"{first}-{last}" if last > first else str(first)
    return Said(str(problem.severity), place.line, columns, problem.code)


def set_stage(folder: Path) -> Path:
    """Return a project with one layout, a few offices and pictures good and bad."""
    root = folder / "project"
    (root / "layouts" / "poster").mkdir(parents=True)
    (root / "materials" / "images").mkdir(parents=True)
    shutil.copytree(ROOT / "layouts" / "system", root / "layouts" / "system")
    (root / "layouts" / "poster" / "layout.yaml").write_text(LAYOUT)
    (root / "layouts" / "poster" / "sample.yaml").write_text(SAMPLE)
    (root / "materials" / "contacts.yaml").write_text(CONTACTS)
    (root / "materials" / "organisation.yaml").write_text("name: North and South")
    (root / "materials" / "source.txt").write_text(SOURCE_TEXT)
    images = root / "materials" / "images"
    picture = io.BytesIO()
    Image.effect_noise((40, 40), 50).save(picture, "PNG")
    (images / "whole.png").write_bytes(picture.getvalue())
    (images / "cut.png").write_bytes(picture.getvalue()[:-700])
    (images / "large.png").write_bytes(header_only(10_000, 10_000))
    (images / "text.png").write_text("no picture at all\n")
    (images / "photo.jpg").write_bytes(saved(Image.effect_noise((40, 40), 50)))
    (images / "named.jpg").write_bytes(picture.getvalue())
    (images / "named.webp").write_bytes(saved(Image.effect_noise((40, 40), 50)))
    (images / "iphone.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40))
    (folder / "elsewhere.png").write_bytes(picture.getvalue())
    (images / "link.png").symlink_to(folder / "elsewhere.png")
    (images / "endless.png").symlink_to("/dev/zero")
    os.mkfifo(images / "pipe.png")
    return root


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    return set_stage(tmp_path)


def read_bad_material(root: Path, data: bytes) -> tuple[Problem, ...]:
    """Return what is said of a material."""
    (root / "materials" / "bad.yaml").write_bytes(data)
    return _complaints(
        lambda: read_material_file(Project(Sources(root, today=TODAY)), "materials/bad.yaml", "bad")
    )


def read_bad_contacts(root: Path, data: bytes) -> tuple[Problem, ...]:
    """Return what is said of a contacts.yaml."""
    (root / "materials" / "contacts.yaml").write_bytes(data)
    sources = Sources(root, today=TODAY)
    found: list[Problem] = []

    def read() -> None:
        found.extend(p for c in read_contacts(sources).values() if (p := due(c, sources)))
        found.extend(p for c in read_contacts(sources).values() for p in doubtful(c))

    return (*_complaints(read), *found)


def read_bad_layout(root: Path, data: bytes) -> tuple[Problem, ...]:
    """Return what is said of a layout.yaml."""
    (root / "layouts" / "poster" / "layout.yaml").write_bytes(data)
    return _complaints(lambda: read_layout(Sources(root), "poster"))


def _complaints(read: Callable[[], object]) -> tuple[Problem, ...]:
    try:
        value = read()
    except HrcpubError as error:
        return error.problems
    return value.problems if isinstance(value, Material) else ()


READERS = {
    "material": read_bad_material,
    "contacts": read_bad_contacts,
    "layout": read_bad_layout,
}


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_bad_file_gets_exactly_the_complaints_that_stand_in_it(path: Path, stage: Path) -> None:
    read = READERS[path.stem.partition("-")[0]]
    data = path.read_bytes()
    problems = read(stage, data)
    wanted = list(expectations(data.decode()))
    assert sorted(map(str, map(said, problems))) == sorted(str(one) for one, _ in wanted)
    for one, words in wanted:
        heard = [f"{p.message}\n{p.hint}" for p in problems if said(p) == one]
        assert any(words in text for text in heard), f"{one}: no {words!r} in {heard}"
    lines = re.split("\r\n|\r|\n", data.decode())
    for problem in problems:
        assert problem.source is not None
        assert problem.source.quote == lines[(problem.source.line or 0) - 1]


def test_there_are_bad_files_for_every_mistake_that_words_can_have() -> None:
    """Codes that only a build can meet are tried where they are met."""
    from hrcpub.files import yaml_problems
    from hrcpub.project import (
        contacts,
        layout,
        material_problems,
        pictures,
        slot_problems,
        telephone_problems,
    )

    rooms = (
        contacts,
        layout,
        material_problems,
        pictures,
        slot_problems,
        telephone_problems,
        yaml_problems,
    )
    codes = {code for room in rooms for code in room.CODES}
    tried = {one.code for path in FILES for one, _ in expectations(path.read_text("utf-8"))}
    elsewhere = {
        "contact-phrase", "grid-value", "material-unknown", "material-misnamed", "name-unfit",
        "faces-absent", "language-faceless", "letter-quoted", "translation-misplaced",
        "translation-twice", "yaml-too-large",
    }  # fmt: skip
    assert len(codes) > 25
    assert codes - tried <= elsewhere
    assert tried <= codes | {"file-missing", "sample-words"}


def test_every_bad_file_says_what_is_wrong_with_it() -> None:
    assert len(FILES) > 20
    for path in FILES:
        assert path.stem.partition("-")[0] in READERS, path
        assert list(expectations(path.read_text("utf-8"))), path


def test_the_notation_is_read_as_its_explanation_says() -> None:
    text = (
        "# error 1 yaml-tab\n# note 3-7 slot-unknown did you mean?\n  titel: x\n# warning 9:1 a-b\n"
    )
    assert list(expectations(text)) == [
        (Said("error", 3, "1", "yaml-tab"), ""),
        (Said("note", 3, "3-7", "slot-unknown"), "did you mean?"),
        (Said("warning", 9, "1", "a-b"), ""),
    ]


def test_a_file_over_the_limit_is_refused_before_it_is_parsed(stage: Path) -> None:
    problems = read_bad_material(stage, b"a: " + b"x" * 2**20)
    assert [problem.code for problem in problems] == ["yaml-too-large"]


def test_a_file_that_is_not_utf_8_says_where(stage: Path) -> None:
    problems = read_bad_material(stage, "layout: poster\ntitle: Caf\xe9\n".encode("latin-1"))
    [problem] = problems
    assert (problem.code, str(problem.source)) == ("file-encoding", "materials/bad.yaml:2:11")


def test_a_byte_order_mark_is_no_mistake(stage: Path) -> None:
    data = (BAD / "material-slot-unknown.yaml").read_bytes()
    assert read_bad_material(stage, b"\xef\xbb\xbf" + data) == read_bad_material(stage, data)
