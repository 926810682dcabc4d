"""`materials/sites.csv` to `Site`s, one a row; a row with a mistake costs its own site alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from hrcpub.events.manifest import site_problems
from hrcpub.events.manifest.cells import read_cells
from hrcpub.events.manifest.counts import count_of
from hrcpub.events.manifest.event import Logo, Site
from hrcpub.events.manifest.extras import read_extras
from hrcpub.events.manifest.logos import read_logo
from hrcpub.events.manifest.mending import mended
from hrcpub.events.manifest.schema import COLUMNS
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.table import Cell, Columns, OwnName, Row, Table, plain_name
from hrcpub.files.tablefile import read_table
from hrcpub.patterns import pattern
from hrcpub.problems import HrcpubError, Problem, Source, stop_on_errors
from hrcpub.project.homes import read_home
from hrcpub.project.names import slug
from hrcpub.project.site_columns import ALSO, FOREIGN
from hrcpub.project.telephones import Doubt, Home, link, read
from hrcpub.project.words import Image, Words
from hrcpub.records import record

PATH = "materials/sites.csv"
# What tells two sites of one name apart.
_DETAILS = (("address", "address1", "address2"), ("city", "zip"), ("tel",), ("url",))
_SUM = pattern(
    r"(?:(?:(?:grand|sub)[ -]?)?totals?(?: copies| pieces)?|totales|sums?|suma|summe|gesamt):?",
    re.IGNORECASE,
)
# RFC 2606, RFC 6761: names that are reserved for examples.
_EXAMPLE = pattern(
    r"https?://(?:[\w.-]+\.)?(?:example\.(?:org|com|net)|[\w-]+\.example)(?![\w.-])", re.IGNORECASE
)


@record
class Sites:
    """A file's sites by id, where the rows are that were left out, and all that was found."""

    path: str
    sites: Mapping[str, Site]
    left_out: Mapping[str, Source]
    problems: tuple[Problem, ...]
    names: tuple[str, ...] = ()  # of the table's columns
    made: frozenset[str] = frozenset()  # ids that are not written in it, but made from names


def read_sites(
    project: Project,
    path: str,
    chosen: Mapping[str, Words] | None = None,
    counts: Mapping[str, Sequence[str]] | None = None,
) -> Sites:
    """Return a file's sites; raise HrcpubError when it cannot be read at all.

    `chosen` has the file's own names of the columns that are read, by ours; then no other is.
    `counts` are columns that may say how many a site gets, each with its other names.
    A row with a mistake is left out; its Problems, errors, are among those returned. The table is
    kept as a whole, for later commands too: to read two thousand rows takes half a second, most of
    it for their telephones. Hundreds of logos, kept one by one, would push everything else out.
    """
    names = {column: OwnName(own.text, own.source) for column, own in (chosen or {}).items() if own}
    counts = counts or {}
    columns = Columns(tuple(COLUMNS), {**counts, **ALSO}, names, tuple(counts), FOREIGN)
    key = (
        "sites",
        path,
        tuple(counts),
        *sorted((column, own.text, repr(own.source)) for column, own in names.items()),
    )
    return project.known(key, lambda sources: _read(sources, path, columns))


def _read(sources: Sources, path: str, columns: Columns) -> Sites:
    table = read_table(sources, path, columns)
    stop_on_errors((*table.problems, *_nameless(table, path)))
    problems, sites, left_out = list(table.problems), dict[str, Site](), dict[str, Source]()
    taken: dict[str, Row] = {}
    home = (
        read_home(sources)
        if any({"tel", "tel2"} & row.cells.keys() for row in table.rows)
        else Home()
    )
    logos: dict[str, Logo] = {}
    for row, id in zip(table.rows, _ids(table.rows), strict=True):
        if "id" in row.cells and (first := taken.setdefault(id, row)) is not row:
            problems.append(site_problems.twice(row.cells["id"], first.source))
            continue
        site, row_problems = _site(row, id, sources, logos, home, columns.optional)
        problems += row_problems
        if site:
            sites[id] = site
        else:
            left_out[id] = row.source
    problems += _alike(sites.values())
    told = tuple(_as_sample(problems, table.rows, home))
    made = frozenset(sites) - {
        row.cells["id"].text.casefold() for row in table.rows if "id" in row.cells
    }
    return Sites(path, sites, left_out, told, table.names, made)


def _as_sample(problems: Sequence[Problem], rows: Sequence[Row], home: Home) -> Iterator[Problem]:
    """Yield the Problems, those of a sample's made-up telephones as one note.

    A sample has no other telephones, and its addresses are of names that nobody has. Made-up
    numbers among real ones, or beside real addresses, were forgotten.
    """
    urls = [row.cells["url"].text for row in rows if "url" in row.cells]
    cells = [row.cells[key] for row in rows for key in ("tel", "tel2") if key in row.cells]
    doubts = [number.doubt for cell in cells for number in read(cell.text, home)]
    is_sample = urls and all(_EXAMPLE.match(url) for url in urls)
    if not (is_sample and doubts and all(doubt is Doubt.FICTION for doubt in doubts)):
        yield from problems
        return
    yield from (problem for problem in problems if problem.code != "telephone-fiction")
    if all(problem.code != "site-sample" for problem in problems):  # that says it already
        yield site_problems.sample_telephones(cells[0].source)


def _nameless(table: Table, path: str) -> Iterator[Problem]:
    """Yield one Problem when no row has a name: then the column itself is missing."""
    if table.rows and not any("name" in row.cells for row in table.rows):
        yield site_problems.no_name(Source(path, 1))


def _ids(rows: Sequence[Row]) -> list[str]:
    """Return each row's id, case-folded; one made from its name where it has none.

    Of rows with one name each gets details of its own into its id. A number would be another
    site's as soon as a row is put in above.
    """
    written = [row.cells["id"].text.casefold() if "id" in row.cells else None for row in rows]
    made = _made([row for row, id in zip(rows, written, strict=True) if id is None])
    taken = {id for id in written if id}
    ids = []
    for id in written:
        if id is None:
            stem = id = next(made)
            number = 1
            while id in taken:
                number += 1
                id = f"{stem}-{number}"
            taken.add(id)
        ids.append(id)
    return ids


def _made(rows: Sequence[Row]) -> Iterator[str]:
    """Yield an id for each row, from its name and as many of its details as tell it apart."""
    names = [
        slug(mended(row.cells["name"]).cell.text, "site") if "name" in row.cells else "site"
        for row in rows
    ]
    ids = names
    for columns in _DETAILS:
        counts = Counter(ids)
        ids = [
            _longer(id, row, columns) if counts[id] > 1 else id
            for id, row in zip(ids, rows, strict=True)
        ]
    counts = Counter(ids)
    # Nothing tells these apart: they are numbered, and told of.
    yield from (name if counts[id] > 1 else id for name, id in zip(names, ids, strict=True))


def _longer(id: str, row: Row, columns: Sequence[str]) -> str:
    texts = [row.cells[column].text for column in columns if column in row.cells]
    detail = slug(" ".join(texts), "")
    return f"{id[:28]}-{detail}"[:58].strip("-") if detail else id


def _site(
    row: Row, id: str, sources: Sources, logos: dict[str, Logo], home: Home, counts: Sequence[str]
) -> tuple[Site | None, tuple[Problem, ...]]:
    """Return a row's Site, None when something is wrong with it, and all that is."""
    if row.is_bad:  # what stands in which column is in doubt
        return None, row.problems
    cells, problems = read_cells(row.cells, home, counts)
    if _is_sum(cells):
        return None, (*problems, site_problems.total(cells["name"]))
    if "name" not in cells or not cells["name"].text:
        problems.append(site_problems.no_name(row.source))
    logo = _logo(cells, sources, logos, problems)
    if any(problem.is_error for problem in problems):
        return None, tuple(problems)
    words = {key: _words(key, cell) for key, cell in cells.items()}
    return Site(
        id=id,
        name=words["name"],
        lines=tuple(_lines(cells)),
        hours=words.get("hours"),
        tel=words.get("tel"),
        url=words.get("url"),
        logo=logo,
        box=words["box"].text if "box" in words else None,
        source=row.source,
        tel_link=link(words["tel"].text, home) if "tel" in words else None,
        counts=tuple(
            (plain_name(name), count)
            for name in counts
            if name in cells and (count := count_of(cells[name])) is not None
        ),
        extras=tuple(read_extras(words, home)),
    ), tuple(problems)


def _is_sum(cells: Mapping[str, Cell]) -> bool:
    """Return whether a row adds up the ones above it: it has a sum's name, and no place."""
    return (
        "name" in cells
        and _SUM.fullmatch(cells["name"].text) is not None
        and not any(column in cells for columns in _DETAILS for column in columns)
    )


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
    cells: Mapping[str, Cell], sources: Sources, logos: dict[str, Logo], problems: list[Problem]
) -> Logo | None:
    """Return a site's own logo; note what is wrong with it."""
    file, alt = cells.get("logo"), cells.get("logo-alt")
    if file is None:
        return None
    if alt is None:
        problems.append(site_problems.no_alt(file))
        return None
    try:
        return read_logo(Image(_words("logo", file), _words("logo-alt", alt)), sources, logos)
    except HrcpubError as error:
        problems += error.problems
        return None


def _alike(sites: Iterable[Site]) -> Iterator[Problem]:
    """Yield a Problem for each site whose name and address another has too."""
    seen: dict[tuple[str, ...], Site] = {}
    for site in sites:
        key = (site.name.text.casefold(), *(line.text.casefold() for line in site.lines))
        if key in seen:
            yield site_problems.alike(site.name, seen[key].source, site.source)
        seen.setdefault(key, site)
