"""A project with an event of many sites: ten pieces of two pages, and a table of made-up sites."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import NamedTuple

import yaml

from benchmarks.project import copy_project

EVENT = "fair"
# Pieces of two pages whose layouts keep a place for an imprint, and their twins under other names.
PIECES = ("principles", "why-folder", "what-postcard")
TWINS = ("principles", "why-folder")
EDITIONS = ("press", "office")
STREETS = ("Example", "Lakeside", "Harbor", "Orchard", "Station", "Mill", "Garden")
TOWNS = ("Oakland, CA 94612", "Fresno, CA 93701", "Eureka, CA 95501", "Redding, CA 96001")


class Site(NamedTuple):
    """One row of the table. Everything is made up: numbers of the range that nobody has."""

    id: str
    name: str
    address: str
    hours: str
    tel: str
    url: str


def sites(count: int) -> list[Site]:
    """Return so many sites, each with an address, a telephone and a QR code of its own."""
    return [
        Site(
            f"site-{number:05}",
            f"{STREETS[number % len(STREETS)]} Street Center {number}",
            f"{100 + number} {STREETS[number % 5]} Street; {TOWNS[number % len(TOWNS)]}",
            f"Mon-Fri {7 + number % 4} am-{5 + number % 3} pm",
            f"({201 + number // 100}) 555-01{number % 100:02}",
            f"https://example.org/centers/{number:05}",
        )
        for number in range(1, count + 1)
    ]


def make_project(folder: Path, count: int, *, is_one_piece: bool = False) -> Path:
    """Return a new project whose event gives so many sites ten pieces, or one."""
    project = copy_project(folder)
    for name in TWINS:
        shutil.copy(*(project / "materials" / f"{one}.yaml" for one in (name, f"{name}-twin")))
    write_table(project, sites(count))
    write_manifest(project, is_one_piece=is_one_piece)
    return project


def write_table(project: Path, rows: list[Site]) -> None:
    """Write the table of sites."""
    with (project / "materials/sites.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([Site._fields, *rows])


def write_manifest(
    project: Path, *, is_one_piece: bool = False, only: tuple[str, ...] = ()
) -> None:
    """Write the event's manifest, for all sites of the table or only some."""
    names = (*PIECES, *(f"{name}-twin" for name in TWINS))
    items = [
        {"material": name, "languages": {"en": "100"}, "edition": edition}
        for name in names
        for edition in EDITIONS
    ]
    event = {
        "name": "A fair",
        "date": "2099-06-12",
        "place": "Example Park",
        "contact": {"name": "Nobody"},
        "items": items[:1] if is_one_piece else items,
    } | ({"sites": list(only)} if only else {})
    path = project / "materials/events" / f"{EVENT}.yaml"
    path.write_text(yaml.safe_dump(event), encoding="utf-8")
