"""What is built after a change is to the byte what a first build of the changed event makes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hrcpub.events.fulfil.outcome import BuildProgress, EventOptions
from hrcpub.events.fulfil.run import build_event
from hrcpub.events.paperwork.box_pages import FEW
from hrcpub.events.paperwork.contact_sheet import TOGETHER
from hrcpub.files.sources import Sources
from tests.shared.fairs import MANIFEST, files, folder_of, make_fair

SILENT = BuildProgress(lambda step, count: None, lambda path: None, lambda line: None)
HEAD = "id,name,address,hours,tel,url,logo,logo-alt,box"
MANY = 38  # sites: their imprints have pages of their own, and their labels patterns
TABLE = "materials/sites.csv"
CARD = """\
  - material: contact-card
    languages: {en: 10, es: 5}
    edition: office
    sites: [site-01, site-02, site-03, site-04, site-05]
"""
PAPERS = ("contact-sheet.pdf", "packing-list.pdf")

Rows = dict[str, str]


def row(number: int, name: str = "", tel: str = "555-01", box: str = "") -> str:
    """Return a site's line; some have names in two lines, marks, or letters of another script."""
    names = ("Example Clinic", "Río Centre for Everybody and Whoever Comes", "Центр Example")
    name = name or f"{names[0 if number % 10 else number // 10 % 3]} {number}"
    return (
        f"site-{number:02},{name},{number} Example Street; Oakland,Mon-Fri 9-5,"
        f"(510) {tel}{number:02},https://example.org/{number},,,{box}"
    )


def write(project: Path, rows: Rows) -> None:
    text = "\n".join([HEAD, *rows.values()]) + "\n"
    (project / TABLE).write_text(text, encoding="utf-8")


def add(rows: Rows) -> None:
    """Add a site in the middle."""
    later = {key: rows.pop(key) for key in list(rows)[20:]}
    rows["new"] = row(77)
    rows |= later


def replaced(old: str, new: str, path: str = "materials/events/fair.yaml") -> Callable[..., None]:
    """Return what changes a file of a project."""

    def change(project: Path) -> None:
        text = (project / path).read_text(encoding="utf-8")
        assert old in text
        (project / path).write_text(text.replace(old, new), encoding="utf-8")

    return change


def spoil(project: Path) -> None:
    """Damage all that is kept but shells, a byte in the middle of each entry, when it is wanted."""
    shutil.rmtree(folder_of(project) / "office")
    spoilt = 0
    for path in (project / "output/.cache/store").rglob("*"):
        if path.is_file() and path.stat().st_size < 200_000:
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 1
            path.write_bytes(data)
            spoilt += 1
    assert spoilt > 20


def cut(project: Path) -> None:
    """Damage papers, as somebody may who opens them."""
    for name in PAPERS:
        for path in folder_of(project).rglob(name):
            path.write_bytes(path.read_bytes()[:-99])


to_a4 = replaced("paper-size: letter", "paper-size: a4", "materials/organisation.yaml")
add_item = replaced("items:\n", f"items:\n{CARD}")
IN_TABLE: dict[str, Callable[[Rows], object]] = {
    "a telephone": lambda rows: rows.update({"5": row(5, tel="555-02")}),
    "a name that is longer": lambda rows: rows.update(
        {"7": row(7, "Community Centre of the Example Street and of All its Neighbours")}
    ),
    "a site less, and a name in another script": lambda rows: rows.update(
        {"9": row(9, f"Дом {rows.pop('12')[:7]}")}
    ),
    "a site more, in the middle": add,
    "two sites in one box": lambda rows: rows.update(
        {key: row(int(key), box="Van 1") for key in ("30", "31")}
    ),
}
IN_PROJECT: dict[str, Callable[[Path], None]] = {
    "a quantity": replaced("{en: 60}", "{en: 75}"),
    "a designer's change": lambda project: replaced(
        ".address { font-size: 18pt;", ".address { letter-spacing: 0.3pt; font-size: 18pt;",
        "layouts/system/paperwork/paperwork.css",
    )(project),
    "an item in two languages": add_item,
    # Last, for the time: cards lie turned on it, so that each imprint is a picture.
    "another size of paper": to_a4,
}  # fmt: skip
IN_OUTPUT = {"papers that somebody changed": cut, "all that is kept is damaged": spoil}


def build(project: Path, *only: str) -> dict[str, str]:
    """Build the event; return its files' digests."""
    folder, options = folder_of(project), EventOptions(zips="all", only=only)
    folder.mkdir(parents=True, exist_ok=True)
    outcome = build_event(Sources(project), "fair", folder, options, SILENT)
    assert outcome.failed == {}
    return files(folder)


def first_build(project: Path, stock: Path, to: Path) -> dict[str, str]:
    """Return what a build makes of a project that has kept nothing but stock pieces."""
    shutil.copytree(project, to, ignore=shutil.ignore_patterns("output"))
    shutil.copytree(stock, to / "output/.cache")
    return build(to)


def make_event(project: Path, rows: Rows) -> Path:
    """Return a project with one item for many sites."""
    make_fair(project)
    manifest = project / "materials/events/fair.yaml"
    first, _, _ = MANIFEST.partition("  - material: principles")
    manifest.write_text(first, encoding="utf-8")
    write(project, rows)
    return project


def make_stock(project: Path, rows: Rows) -> Path:
    """Return what is kept where the pieces are typeset, for either paper, and next to no more."""
    make_event(project, rows)
    build(project, "site-01")
    to_a4(project)
    add_item(project)
    build(project, "site-01")
    return project / "output/.cache"


@pytest.mark.slow
def test_after_each_change_files_are_those_of_a_first_build(tmp_path: Path) -> None:
    rows = {str(number): row(number) for number in range(1, MANY + 1)}
    project, stock = make_event(tmp_path / "fair", rows), make_stock(tmp_path / "stock", rows)
    shutil.copytree(stock, project / "output/.cache")
    made = build(project)
    for name, change in IN_TABLE.items():
        change(rows)
        assert len(rows) > max(FEW, TOGETHER)
        write(project, rows)
        again = build(project)
        assert any(again[path] != made[path] for path in made if path.endswith(PAPERS)), name
        made = again
        assert made == first_build(project, stock, tmp_path / name), name
    for name, damage in IN_OUTPUT.items():
        damage(project)
        assert build(project) == made, name
    for name, other in IN_PROJECT.items():
        other(project)
        made = build(project)
        assert made == first_build(project, stock, tmp_path / name), name
