"""This repository's own project: where it is, and the table of its layouts and materials.

A new layout is a row of DESIGNS, a new material a row of PIECES: all tests of finished pieces go
over these.
"""

from __future__ import annotations

import atexit
import contextlib
import datetime
import functools
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, NamedTuple, Protocol

import yaml

from hrcpub.project.edition import EDITIONS
from hrcpub.units import Size

ROOT = Path(__file__).resolve().parents[2]
# The event in six languages. It is in no copy: tests of events are of the other, and of one.
NEIGHBOURS = ROOT / "materials/events/neighbours.yaml"


@functools.cache
def read_yaml(path: str) -> dict[str, Any]:
    """Return a file of this repository, every scalar a string; only to be read."""
    # libyaml: tables of tests are made of these, in each process before its first test.
    found = yaml.load((ROOT / path).read_text(encoding="utf-8"), yaml.CBaseLoader)
    assert isinstance(found, dict)
    return found


def kinds_of(layout: str) -> set[str]:
    """Return the kinds of a layout's slots and their fields."""
    found, todo = set(), [*read_yaml(f"layouts/{layout}/layout.yaml")["slots"].values()]
    while todo:
        slot = todo.pop()
        found.add(slot["kind"])
        todo += slot.get("fields", {}).values()
    return found


def must_be_reviewed(layout: str) -> bool:
    """Return whether a layout's words are to be reviewed."""
    return "review" in read_yaml(f"layouts/{layout}/layout.yaml")  # it can be `required` alone


def names_in(value: Any) -> set[str]:
    """Return the keys of what was read from YAML."""
    if isinstance(value, str):
        return set()
    inner = value.values() if isinstance(value, dict) else value
    return set(value if isinstance(value, dict) else ()).union(*map(names_in, inner))


def scalars(value: Any) -> Iterator[str]:
    """Yield the scalars of what was read from YAML, in their order."""
    if isinstance(value, str):
        yield value
    else:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from scalars(inner)


class Design(NamedTuple):
    """A layout as it should come out: what its files say, written here a second time."""

    layout: str
    trim: Size  # on Letter's family of paper, in points
    a_trim: Size  # on A4's, in millimetres
    sides: int
    sheets: int  # sides of paper that an office prints; 0 where the piece is larger than that
    paper: str
    format: str = "sheet"  # of the system's, which have the least sizes
    least: float = 7.0  # points: its smallest letters
    word: int | None = None  # letters of a long word that its columns hold, None where 44 fit
    is_turned: bool = False  # on its office's sheet, which lies across then
    has_bar: bool = False  # a black one, that runs off the page
    white_side: int = 0  # the page that is mailed, and so white in part

    @property
    def sheet(self) -> Size:
        """The office's paper as it lies before the reader."""
        return Size(LETTER.height, LETTER.width) if self.is_turned else LETTER


A3, A4, A5 = Size(297, 420), Size(210, 297), Size(148, 210)
LETTER, HALF, TABLOID = Size(612, 792), Size(396, 612), Size(792, 1224)
FOLDER = Size(792, 612)
DESIGNS = {
    design.layout: design
    for design in (
        Design("sheet", LETTER, A4, 2, 2, "what", least=7.0, word=34),
        Design("brief", LETTER, A4, 2, 2, "why", has_bar=True),
        Design("card", Size(144, 252), Size(55, 85), 2, 2, "how", "card", 8.0),
        Design("palm-card", Size(288, 648), Size(99, 210), 2, 2, "what", "palm", 7.0, 30),
        Design(
            "trifold",
            FOLDER,
            Size(297, 210),
            2,
            2,
            "why",
            least=7.0,
            word=24,
            is_turned=True,
            has_bar=True,
        ),
        Design(
            "postcard", Size(432, 288), Size(148, 105), 2, 2, "what", "palm", 7.0, 26, white_side=2
        ),
        Design("poster", TABLOID, A3, 1, 0, "what", least=9.0, word=14, has_bar=True),
        Design("half-sheet", HALF, A5, 2, 2, "why", word=32, has_bar=True),
        Design("booklet", HALF, A5, 8, 4, "what", least=7.0, word=28, is_turned=True, has_bar=True),
        Design("zine", Size(198, 306), Size(74.25, 105), 8, 1, "care", "card", 7.0, 10, True, True),
        Design("brochure", FOLDER, Size(297, 210), 2, 2, "carry", "sheet", 7.0, 16, True, True),
        Design("steps", LETTER, A4, 1, 1, "act", least=7.0, word=16, has_bar=True),
        Design("sticker", Size(216, 144), Size(75, 50), 5, 1, "carry", "card", 8.0, 16),
        Design(
            "wallet-fold", Size(576, 252), Size(190, 85), 2, 2, "act", "card", 7.0, 12, has_bar=True
        ),
        Design("alert", HALF, A5, 2, 2, "act", least=7.0, word=16, has_bar=True),
        Design("schedule", TABLOID, A3, 1, 0, "how", least=9.0, word=12, has_bar=True),
        Design("schedule-sheet", LETTER, A4, 2, 2, "how", least=7.0, word=9, has_bar=True),
    )
}


class Piece(NamedTuple):
    """A material of this repository. What its file says is read from there, and not by hrcpub."""

    name: str
    lines: int = 25  # of running text that it has at least; 0 where it has none
    has_foot: bool = True  # which says the month of its revision
    fits_a4: bool = True  # with text of its grid's size
    a4_codes: tuple[str, ...] = ()  # what is said of it on A4 alone
    also: str = ""  # its title in a second language

    @property
    def written(self) -> dict[str, Any]:
        """The file, every scalar a string."""
        return read_yaml(f"materials/{self.name}.yaml")

    @property
    def design(self) -> Design:
        """What its layout makes of it."""
        return DESIGNS[self.written["layout"]]

    @property
    def is_draft(self) -> bool:
        """Whether nobody has reviewed words that have to be."""
        return must_be_reviewed(self.design.layout) and "reviewed" not in self.written

    @property
    def title(self) -> str:
        """What programs call it, in each of its languages."""
        return " / ".join(filter(None, (self.written["title"], self.also)))

    @property
    def codes(self) -> set[str]:
        """What is said of it when it is built."""
        kinds = kinds_of(self.design.layout)
        said = {
            "figure-untested": "figure" in names_in(self.written["words"]),
            "schedule-fiction": "schedule" in kinds,
            "not-reviewed": self.is_draft,
            "telephone-fiction": any("55501" in number for number in self.telephones),
        }
        return {code for code, is_said in said.items() if is_said}

    @property
    def telephones(self) -> list[str]:
        """The links of the offices that it names, in their order."""
        offices = read_yaml("materials/contacts.yaml")["offices"]
        named = [text for text in scalars(self.written["words"]) if text in offices]
        digits = [re.sub(r"\D", "", offices[name]["tel"])[-10:] for name in named]
        return [f"tel:+1{number}" for number in digits]

    @property
    def month(self) -> str:
        """What its foot says of its revision."""
        return f"{datetime.date.fromisoformat(self.written['revised']):%B %Y}"

    @property
    def revision(self) -> str:
        """What pages of large print say of it."""
        return f"Revision {self.written['revision']}, {self.written['revised']}"


PIECES = {
    piece.name: piece
    for piece in (
        Piece("principles"),
        Piece("why-harm-reduction", fits_a4=False),  # there is room for larger text
        Piece("contact-card", lines=0, has_foot=False),
        # A DL is 19 mm less high than a US palm card.
        Piece("principles-card", lines=8, fits_a4=False, a4_codes=("text-fitted",)),
        Piece("why-folder"),
        Piece("what-postcard", lines=4),
        Piece("principles-poster"),
        Piece("why-in-short", lines=14),
        Piece("harm-reduction"),
        Piece("overdose", lines=18),
        Piece("carry-naloxone", lines=16),
        Piece("carry-lleve", lines=16, also="Lleve naloxona"),
        Piece("two-please", lines=0),  # what is told grows
        Piece("medetomidine-alert", lines=12),
        Piece("kit-stickers", lines=0, has_foot=False),
        Piece("overdose-wallet", lines=12),
        Piece("where", lines=0),
        Piece("where-sheet", lines=0),
    )
}
MATERIALS = tuple(PIECES)
LARGER = frozenset(name for name in PIECES if not PIECES[name].design.sheets)  # than office paper


class Hrcpub(Protocol):
    """The command line: its arguments to how it ended and what it printed."""

    def __call__(
        self,
        *arguments: str,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> CompletedProcess[str]:
        """Run it in a folder, the test's project where none is named."""


def copy_project(root: Path) -> Path:
    """Copy this repository's project, without its output, into a folder that it makes."""
    for folder in _folders():
        (root / folder).mkdir(parents=True, exist_ok=True)
    for path in project_files():
        copy_file(path, root)
    return root


def copy_file(path: Path, root: Path) -> None:
    """Put one of the project's files into a copy, whose folders are there.

    A shared font is a second name of one file: no test may write into it.
    """
    if is_shared(path):
        with contextlib.suppress(OSError):  # another file system
            os.link(_shared_fonts() / path, root / path)
            return
    (root / path).write_bytes(project_files()[path])


# The faces that pages in English need. Those of other scripts have 17 MB: copies share them.
OUR_FONTS = ("README.md", "league-gothic", "libre-franklin")


def is_shared(path: Path) -> bool:
    """Return whether a file of the project is one file in all copies."""
    return path.parts[0] == "fonts" and path.parts[1] not in OUR_FONTS


@functools.cache
def _folders() -> list[Path]:
    return sorted({path.parent for path in project_files()} | {Path("output")})


@functools.cache
def _shared_fonts() -> Path:
    """Return a folder with a copy of the other scripts' fonts, which goes with this process."""
    folder = Path(tempfile.mkdtemp(prefix="hrcpub-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for path, data in project_files().items():
        if is_shared(path):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    return folder


@functools.cache
def project_files() -> dict[Path, bytes]:
    """Return the project's files. Why cached: hundreds of tests have a copy each."""
    folders = (ROOT / "materials", ROOT / "layouts", ROOT / "fonts")
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    paths.remove(NEIGHBOURS)
    return {path.relative_to(ROOT): path.read_bytes() for path in paths}


def editions_of(name: str) -> tuple[str, ...]:
    """Return the editions that a material of this repository has."""
    return tuple(edition for edition in EDITIONS if edition != "office" or name not in LARGER)


def pages_of(name: str, edition: str) -> int:
    """Return how many pages a material has in an edition that is not large print."""
    design = PIECES[name].design
    return design.sheets if edition == "office" else design.sides
