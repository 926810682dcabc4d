"""`materials/sites.csv` to `Site`s: one a row; a bad row is told of, and the others stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from hrcpub.cache import Shelf
from hrcpub.csvfile import Cell, Row, Table, read_csv
from hrcpub.event.damage import damage
from hrcpub.event.logos import read_logo
from hrcpub.event.records import Logo, Site
from hrcpub.problems import HrcpubError, Problem, Severity, Source, stop_on_errors
from hrcpub.slots import ID, Image, Words
from hrcpub.sources import Sources

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

# At level M, 200 characters make a QR code of 57 modules: 23 mm wide at 0.4 mm a module.
LONGEST_URL = 200
# Numbers of three digits that somebody answers: 211, 311 … 911, 988 in the US; 112, 999 abroad.
SHORT_CODES = {f"{n}11" for n in range(2, 10)} | {"988", "112", "999", "111"}
FEWEST, MOST = 7, 15  # digits: a local number; the longest of ITU-T E.164
# File names that Windows keeps for itself, whatever stands after a dot.
RESERVED = {"con", "prn", "aux", "nul"} | {f"{a}{n}" for a in ("com", "lpt") for n in range(10)}
_TEL = re.compile(r"\+?[\dA-Z ().\-–\u00a0/]+?(?:,? ?(?:ext\.?|x) ?\d{1,6})?", re.IGNORECASE)
_TRACKING = re.compile(r"[?&;](utm_\w+|fbclid|gclid|mc_[ce]id|igshid|msclkid)=")


@dataclass(frozen=True, slots=True)
class Sites:
    """A file's sites by id, where the rows are that were left out, and all that was found."""

    path: str
    sites: Mapping[str, Site]
    left_out: Mapping[str, Source]
    problems: tuple[Problem, ...]


def read_sites(sources: Sources, path: str, shelf: Shelf) -> Sites:
    """Return a file's sites; raise HrcpubError when it cannot be read at all.

    A row with a mistake is left out, its Problems, errors, are among those returned.
    """
    table = read_csv(sources, path, COLUMNS, ALSO)
    stop_on_errors((*table.problems, *_nameless(table, path)))
    ids = _ids(table.rows)
    problems, found, left_out = list(table.problems), dict[str, Site](), dict[str, Source]()
    taken: dict[str, Row] = {}
    for row, name in zip(table.rows, ids, strict=True):
        if "id" in row.cells and (first := taken.setdefault(name, row)) is not row:
            problems.append(twice(row.cells["id"], first))
            continue
        site, said = _site(row, name, sources, shelf)
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


def slug(text: str) -> str:
    """Return a name as an id: small letters, digits and hyphens; a site without any is `site`."""
    plain = text.translate(str.maketrans("đĐłŁøØßı", "dDlLoOsi"))
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower()
    made = re.sub("[^a-z0-9]+", "-", re.sub("['’]", "", letters)).strip("-")[:58].strip("-")
    return f"{made}-site" if made in RESERVED else made or "site"


def _ids(rows: Sequence[Row]) -> list[str]:
    """Return each row's id, case-folded; one made from its name where it has none."""
    given = [row.cells["id"].text.casefold() if "id" in row.cells else None for row in rows]
    taken = {one for one in given if one}
    ids = []
    for row, one in zip(rows, given, strict=True):
        if one is None:
            name = row.cells.get("name")
            stem = one = slug(name.text if name else "")
            number = 1
            while one in taken:
                number += 1
                one = f"{stem}-{number}"
            taken.add(one)
        ids.append(one)
    return ids


def _site(
    row: Row, name: str, sources: Sources, shelf: Shelf
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
    logo = _logo(row, sources, shelf, problems)
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


def _logo(row: Row, sources: Sources, shelf: Shelf, problems: list[Problem]) -> Logo | None:
    """Return a site's own logo; note what is wrong with it."""
    file, alt = row.cells.get("logo"), row.cells.get("logo-alt")
    if file is None:
        return None
    if alt is None:
        problems.append(no_alt(file))
        return None
    try:
        return read_logo(Image(_words("logo", file), _words("logo-alt", alt)), sources, shelf)
    except HrcpubError as error:
        problems += error.problems
        return None


def _check_id(cell: Cell) -> Iterator[Problem]:
    if not ID.fullmatch(cell.text.casefold()) or cell.text.casefold() in RESERVED:
        yield unfit_id(cell)
    elif cell.text == SAMPLE:
        yield still_sample(cell)


def _check_tel(cell: Cell) -> Iterator[Problem]:
    number = re.split(r",? ?(?:ext\.?|x) ?(?=\d+$)", cell.text, flags=re.IGNORECASE)[0]
    digits = [c for c in number if c.isdigit() or (c.isascii() and c.isalpha())]
    is_number = _TEL.fullmatch(cell.text) and FEWEST <= len(digits) <= MOST
    numerals = sum(c.isdigit() for c in number)
    if "".join(digits) in SHORT_CODES and len(number) == 3:
        return
    if not is_number or numerals < 3:
        yield no_tel(cell)
    elif len(digits) < 10 and not cell.text.startswith("+"):
        yield no_area_code(cell)


def _check_url(cell: Cell) -> Iterator[Problem]:
    url = cell.text
    said = _url_fault(url)
    if said:
        yield bad_url(cell, *said)
        return
    if url.lower().startswith("http:"):
        yield insecure_url(cell)
    if found := _TRACKING.search(url):
        yield tracking_url(cell, found[1])


def _url_fault(url: str) -> tuple[str, str] | None:
    """Return what is wrong with an address that a QR code is to lead to, and what to do."""
    if re.search(r"\s", url):
        return "has a space or a line break in it", "write one address, without spaces"
    if len(url) > LONGEST_URL:
        said = f"has {len(url)} characters; a QR code of sane size holds {LONGEST_URL}"
        return said, "use a shorter page address of your own"
    if not re.match("https?://", url, re.IGNORECASE):
        return "does not begin with https://", f"write https://{url.split('://')[-1]}"
    if not url.isascii() or re.search(r'["<>\\^`{|}]', url):
        return "has letters that phones read differently", "copy it from the browser's address line"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        return f"is no address: {error}", "copy it from the browser's address line"
    if parts.username is not None or "@" in parts.netloc:
        return "has a user's name in it", "take away what stands before the @"
    if not re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", host):
        return "names no site", "write it like https://example.org/places"
    return None


_CHECKS = {"id": _check_id, "tel": _check_tel, "url": _check_url}


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
        f"use small letters, digits and hyphens, such as {slug(cell.text)}",
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


def no_tel(cell: Cell) -> Problem:
    """What stands in the telephone's column is no number that somebody could call.

    A number has 7 to 15 digits (or letters on their keys: 1-800-555-HELP), brackets, hyphens and
    points; `ext. 12` may follow. Of numbers with three digits 211, 311 … 911, 988, 111, 112 and
    999 are known. Words about the telephone go into the column `hours`.
    """
    return Problem(
        "site-tel",
        f'"{cell.text}" is no telephone number',
        cell.source,
        "write it like (510) 555-0101, or +1 510 555 0101",
    )


def no_area_code(cell: Cell) -> Problem:
    """A telephone number has no area code, so it cannot be called from elsewhere.

    In much of the US a number without one cannot be called at all. Write it in full.
    """
    return Problem(
        "site-area-code",
        f'"{cell.text}" has no area code',
        cell.source,
        "write it like (510) 555-0101",
        Severity.WARNING,
    )


def bad_url(cell: Cell, said: str, hint: str) -> Problem:
    """The address that a site's QR code is to lead to would lead nowhere, or make too large a code.

    It begins with `https://`, has no spaces, at most 200 characters, and only those of the
    Latin alphabet; open it on a phone before it is printed.
    """
    shown = cell.text if len(cell.text) <= 60 else f"{cell.text[:60]}…"
    return Problem("site-url", f'"{shown}" {said}', cell.source, hint)


def insecure_url(cell: Cell) -> Problem:
    """An address begins with `http://`: who looks at the page can be watched doing so.

    Nearly every site answers at `https://` too. Try it, and write that.
    """
    return Problem(
        "site-url-insecure",
        "this address is not https, so others on the network see what is read there",
        cell.source,
        f"write https{cell.text[4:]}, and try whether it opens",
        Severity.WARNING,
    )


def tracking_url(cell: Cell, name: str) -> Problem:
    """An address tells its site, or an advertiser, who came by this piece.

    People who ask for help should not be counted without their knowing. Without the parameter
    the address leads to the same page, and the QR code is smaller.
    """
    return Problem(
        "site-url-tracking",
        f'this address tracks who follows it ("{name}")',
        cell.source,
        "take away all from the ? on, and try whether it still opens",
        Severity.WARNING,
    )


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
    "site-tel": no_tel,
    "site-area-code": no_area_code,
    "site-url": bad_url,
    "site-url-insecure": insecure_url,
    "site-url-tracking": tracking_url,
    "site-logo-alt": no_alt,
    "site-sample": still_sample,
}
