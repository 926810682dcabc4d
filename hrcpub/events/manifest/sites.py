"""`materials/sites.csv` to `Site`s: one a row; a bad row is told of, and the others stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hrcpub.events.manifest.damage import damage
from hrcpub.events.manifest.event import Logo, Site
from hrcpub.events.manifest.links import check_tel, check_url
from hrcpub.events.manifest.logos import read_logo
from hrcpub.files.csvfile import Cell, Row, Table, read_csv
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem, Severity, Source, stop_on_errors
from hrcpub.project.names import is_device, slug
from hrcpub.project.slots import ID
from hrcpub.project.words import Image, Words

PATH = "materials/sites.csv"
COLUMNS = (
    "id", "name", "address", "address1", "address2", "city", "state", "zip", "hours", "tel",
    "url", "logo", "logo-alt", "box",
)  # fmt: skip
ALSO = {
    "phone": "tel",
    "telephone": "tel",
    "website": "url",
    "web": "url",
    "link": "url",
    "site": "name",
    "street": "address1",
    "zip code": "zip",
    "postcode": "zip",
}
SAMPLE = "replace-this-site"  # the id of the row that `event new` writes


@dataclass(frozen=True, slots=True)
class Sites:
    """A file's sites by id, where the rows are that were left out, and all that was found."""

    path: str
    sites: Mapping[str, Site]
    left_out: Mapping[str, Source]
    problems: tuple[Problem, ...]


def read_sites(project: Project, path: str) -> Sites:
    """Return a file's sites; raise HrcpubError when it cannot be read at all.

    A row with a mistake is left out; its Problems, errors, are among those returned. As a whole
    the table is kept as one thing: hundreds of logos, one by one, would push all else out.
    """
    return project.parsed(("sites", path), lambda s: _read(s, path))


def _read(sources: Sources, path: str) -> Sites:
    table = read_csv(sources, path, COLUMNS, ALSO)
    stop_on_errors((*table.problems, *_nameless(table, path)))
    ids = _ids(table.rows)
    problems, found, left_out = list(table.problems), dict[str, Site](), dict[str, Source]()
    taken: dict[str, Row] = {}
    logos: dict[str, Logo] = {}
    for row, name in zip(table.rows, ids, strict=True):
        if "id" in row.cells and (first := taken.setdefault(name, row)) is not row:
            problems.append(twice(row.cells["id"], first))
            continue
        site, said = _site(row, name, sources, logos)
        problems += said
        if site:
            found[name] = site
        else:
            left_out[name] = row.source
    problems += _alike(found.values())
    return Sites(path, found, left_out, tuple(problems))


def _nameless(table: Table, path: str) -> Iterator[Problem]:
    if table.rows and not any("name" in row.cells for row in table.rows):
        yield no_name(Source(path, 1))


def _ids(rows: Sequence[Row]) -> list[str]:
    """Return each row's id, case-folded; one made from its name where it has none."""
    given = [row.cells["id"].text.casefold() if "id" in row.cells else None for row in rows]
    taken = {one for one in given if one}
    ids = []
    for row, one in zip(rows, given, strict=True):
        if one is None:
            name = row.cells.get("name")
            stem = one = slug(name.text if name else "", "site")
            number = 1
            while one in taken:
                number += 1
                one = f"{stem}-{number}"
            taken.add(one)
        ids.append(one)
    return ids


def _site(
    row: Row, name: str, sources: Sources, logos: dict[str, Logo]
) -> tuple[Site | None, tuple[Problem, ...]]:
    """Return a row's Site, None when something is wrong with it, and all that is."""
    if row.is_bad:  # what stands in which column is in doubt
        return None, row.problems
    problems = [found for key, cell in row.cells.items() if (found := damage(key, cell))]
    spoilt = {problem.source for problem in problems if problem.is_error}
    cells = {key: cell for key, cell in row.cells.items() if cell.source not in spoilt}
    for key, check in _CHECKS.items():
        if key in cells:
            problems += check(cells[key])
    if "name" not in row.cells:
        problems.append(no_name(row.source))
    logo = _logo(row, sources, logos, problems)
    if any(problem.is_error for problem in problems):
        return None, tuple(problems)
    words = {key: _words(key, cell) for key, cell in cells.items()}
    return Site(
        id=name,
        name=words["name"],
        lines=tuple(_lines(cells)),
        hours=words.get("hours"),
        tel=words.get("tel"),
        url=words.get("url"),
        logo=logo,
        box=words["box"].text if "box" in words else None,
        source=row.source,
    ), tuple(problems)


def _words(key: str, cell: Cell) -> Words:
    """Return a cell's text on one line; no-break spaces stay, their author put them there."""
    return Words(re.sub(r"[^\S\u00a0]+", " ", cell.text), cell.source, key)


def _lines(cells: Mapping[str, Cell]) -> Iterator[Words]:
    """Yield the address's lines: `address` at its breaks, then the columns of its parts."""
    for key in ("address", "address1", "address2"):
        if key in cells:
            for part in re.split(r"\n|;|\s/\s", cells[key].text):
                if part.strip(" ,"):
                    yield _words(key, Cell(part.strip(), cells[key].source))
    place = [cells[key] for key in ("city", "state", "zip") if key in cells]
    if place:
        state = " ".join(cells[key].text for key in ("state", "zip") if key in cells)
        city = [cells["city"].text] if "city" in cells else []
        yield _words("city", Cell(", ".join([*city, state] if state else city), place[0].source))


def _logo(
    row: Row, sources: Sources, logos: dict[str, Logo], problems: list[Problem]
) -> Logo | None:
    """Return a site's own logo; note what is wrong with it."""
    file, alt = row.cells.get("logo"), row.cells.get("logo-alt")
    if file is None:
        return None
    if alt is None:
        problems.append(no_alt(file))
        return None
    try:
        return read_logo(Image(_words("logo", file), _words("logo-alt", alt)), sources, logos)
    except HrcpubError as error:
        problems += error.problems
        return None


def _check_id(cell: Cell) -> Iterator[Problem]:
    if not ID.fullmatch(cell.text.casefold()) or is_device(cell.text):
        yield unfit_id(cell)
    elif cell.text == SAMPLE:
        yield still_sample(cell)


_CHECKS = {"id": _check_id, "tel": check_tel, "url": check_url}


def _alike(found: Iterable[Site]) -> Iterator[Problem]:
    """Yield a Problem for each site whose name and address another has too."""
    seen: dict[tuple[str, ...], Site] = {}
    for site in found:
        key = (site.name.text.casefold(), *(line.text.casefold() for line in site.lines))
        if key in seen:
            yield alike(site, seen[key])
        seen.setdefault(key, site)


def unfit_id(cell: Cell) -> Problem:
    """A site's id stands in the names of files, so it has to be safe in every file system.

    Small letters, digits and hyphens; not a name that Windows keeps for itself, such as con or
    aux. Without an id, one is made from the site's name.
    """
    return Problem(
        "site-id",
        f'"{cell.text}" cannot be a site\'s id',
        cell.source,
        f"use small letters, digits and hyphens, such as {slug(cell.text, 'site')}",
    )


def twice(cell: Cell, first: Row) -> Problem:
    """Two rows have the same id, capitals and small letters taken for the same.

    The second is left out. Give it an id of its own, or delete it when it is the same site.
    """
    return Problem(
        "site-twice",
        f'the id "{cell.text}" is taken: it stands on line {first.source.line} too',
        cell.source,
        "give this site another id",
    )


def alike(site: Site, first: Site) -> Problem:
    """Two rows have the same name and address, so most likely one site stands there twice.

    It would get everything twice. Delete one of the rows.
    """
    return Problem(
        "site-alike",
        f'"{site.name}" has the name and address of line {first.source.line}',
        site.source,
        "delete one of the two",
        Severity.WARNING,
    )


def no_name(place: Source) -> Problem:
    """A site has no name, so nobody would know whose pieces these are.

    Fill the column `name` in.
    """
    return Problem("site-name", "this site has no name", place, 'fill in the column "name"')


def no_alt(cell: Cell) -> Problem:
    """A site has a logo, but no words for those who cannot see it.

    Fill the column `logo-alt` in: most often the organisation's name is enough.
    """
    return Problem(
        "site-logo-alt", "this logo has no words", cell.source, 'fill in the column "logo-alt"'
    )


def still_sample(cell: Cell) -> Problem:
    """The row that `hrcpub event new` wrote as an example still stands in the table.

    Everything would be printed for it too. Write your first site in its place.
    """
    return Problem(
        "site-sample",
        "this still is the row that was written as an example",
        cell.source,
        "write a site of yours in its place, with an id of its own",
        Severity.WARNING,
    )


CODES = {
    "site-id": unfit_id,
    "site-twice": twice,
    "site-alike": alike,
    "site-name": no_name,
    "site-logo-alt": no_alt,
    "site-sample": still_sample,
}
