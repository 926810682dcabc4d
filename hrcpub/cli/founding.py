"""`init`: an organisation's name, language and paper to a folder with a project that builds."""

from __future__ import annotations

import datetime
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from hrcpub.build.starting import start_material, write_bytes, write_schema, write_text
from hrcpub.cli import starter
from hrcpub.files.cache import SYNCS_ALL
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.homes import PATH as CONTACTS
from hrcpub.project.languages import script_of
from hrcpub.project.layout.phrases import phrase_languages
from hrcpub.project.paper_size import ORGANISATION
from hrcpub.project.placeholders import TELEPHONES
from hrcpub.project.sheets import SHEETS
from hrcpub.records import record

FIRST = "first-piece"  # the name of the piece to begin with
_LAYOUT = "brief"  # its layout; in other letters English words of its sample would touch
_LAYOUT_ELSEWHERE = "sheet"
_CHECKED = datetime.timedelta(days=182)


@record
class Founding:
    """What is asked of who begins a project."""

    name: str
    language: str
    paper: str  # of SHEETS


def languages() -> tuple[str, ...]:
    """Return the languages in which the design has its own words."""
    catalogs = phrase_languages(Sources(starter.root()))
    return tuple(dict.fromkeys((*starter.system().phrases, *catalogs)))


_OURS = (*starter.FOLDERS, "materials")  # nobody else's: none of them was there before


def found(folder: Path, founding: Founding) -> None:
    """Write a new project into a folder, which may exist; raise HrcpubError if it has one.

    Nothing is ever overwritten.
    """
    for name in _OURS:
        if os.path.lexists(folder / name):
            raise HrcpubError(project_exists(folder, name))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        _write(folder, founding)
    except BaseException:  # interrupted, or a full disk: half a project would refuse the next try
        for name in _OURS:
            shutil.rmtree(folder / name, ignore_errors=True)
        raise


def _write(folder: Path, founding: Founding) -> None:
    sources = Sources(folder)
    files = starter.design(starter.root(), starter.fonts_for([founding.language]))
    for path, text in _texts(founding):
        write_text(sources, path, text)
    for path, data in files.items():
        write_bytes(sources, path, data, sync=not SYNCS_ALL)
    digests = {path: starter.digest(data) for path, data in files.items()}
    write_text(sources, starter.RECORD, starter.record_text(digests))
    write_schema(sources, "organisation")
    write_schema(sources, "contacts")
    write_schema(sources, "sources")
    is_latin = script_of(founding.language) == "Latn"
    start_material(sources, _LAYOUT if is_latin else _LAYOUT_ELSEWHERE, FIRST)
    for name, text in _AROUND.items():
        if not os.path.lexists(folder / name):  # the folder may be somebody's repository
            write_text(sources, name, text)
    if SYNCS_ALL:
        os.sync()  # the design's files are not synced one by one


def _texts(founding: Founding) -> Iterator[tuple[str, str]]:
    """Yield the files of a new project's materials: paths and texts."""
    code, number = TELEPHONES[SHEETS[founding.paper].family]
    yield (
        ORGANISATION,
        _ORGANISATION.format(
            name=json.dumps(founding.name, ensure_ascii=False),
            language=founding.language,
            paper=founding.paper,
            number=number,
        ),
    )
    today = datetime.date.today()
    yield (
        CONTACTS,
        _CONTACTS.format(verified=today, review_by=today + _CHECKED, code=code, number=number),
    )
    yield starter.PRINTERS, (starter.root() / starter.PRINTERS).read_text(encoding="utf-8")


_ORGANISATION = """\
# yaml-language-server: $schema=organisation.schema.json
# Whose pieces these are. Every layout signs with this name.
name: {name}
# The language that new pieces begin in; each says its own.
language: {language}
# To use a line below, take the "# " before it away. With a logo, pieces are signed with that: best
# is a drawing (SVG) in one colour.
# logo: materials/images/logo.svg
# How readers reach you; each piece says it once.
# tel: {number}
# text: HOME to 741741
# url: www.example.org
# email: help@example.org
# Papers of your own in place of the design's, and the colour of who signs.
# colours: {{yellow: "#f3dea6", accent: "#0b5394"}}
# What the office printer is loaded with: letter, legal, tabloid, a4 or a3.
paper-size: {paper}
# The offices of a piece that names none itself, by their names in contacts.yaml.
offices: [main-office]
"""
_CONTACTS = """\
# yaml-language-server: $schema=contacts.schema.json
# Offices, each once. Pieces refer to them by their id; a number that changes is changed here.
# This one is an example: replace its name, address and number with yours. `verified` is the day
# on which somebody last called the number; on the day of `review-by` every build asks again.
verified: {verified}
review-by: {review_by}
# your country's calling code
calling-code: "{code}"

offices:
  main-office:
    name: "Main Office:"
    lines:
      - 1 Example Street
      - Your Town
    tel: {number}
    # To use a line below, take the "# " before it away.
    # text: HOME to 741741
    # hours:
    #   - {{days: Mon-Fri, times: "9-12, 1-5 pm"}}
    # languages: [en, es]
    # email: help@example.org
    # url: example.org/help
"""

# Files of a project that the program does not need, only its people.
_AROUND = {
    "README.md": """\
# Our pamphlets

PDFs are made from the words in `materials/` by hrcpub.

| in | there is | who changes it |
|---|---|---|
| `materials/` | a file for each piece, with its words | writers |
| `materials/organisation.yaml` | your name, logo, address, colours, paper | whoever begins |
| `materials/contacts.yaml` | offices and telephones, each once | whoever called them last |
| `layouts/`, `fonts/` | how pages look | designers |
| `output/` | the PDFs; made anew by each build | nobody |

| to | type |
|---|---|
| make all PDFs | `hrcpub build` |
| see a page change while you write | `hrcpub build first-piece --watch` |
| look for mistakes | `hrcpub check` |
| begin a piece | `hrcpub list` shows the layouts, `hrcpub new card our-card` begins a card |
| get newer layouts | `hrcpub upgrade` |
""",
    ".gitignore": "/output/\n",
}


def project_exists(folder: Path, name: str) -> Problem:
    """A folder already holds a project, or a part of one, and nothing is ever overwritten.

    Fix: name another folder: `hrcpub init my-pamphlets`. To bring an older project's layouts up to
    date, run `hrcpub upgrade` in it.
    """
    return Problem(
        "project-exists",
        f"there is a {name} in {folder} already, and nothing is overwritten",
        None,
        "name another folder: hrcpub init my-pamphlets",
    )


CODES = {"project-exists": project_exists}
