"""A site's telephone number and web address to what is wrong with them, by rule alone.

Nobody is called and nothing is fetched: whether somebody answers is for people to try.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from hrcpub.events.manifest.mending import set_right
from hrcpub.files.table import Cell
from hrcpub.patterns import pattern
from hrcpub.problems import Problem, Severity
from hrcpub.project.addresses import mail
from hrcpub.project.telephone_problems import doubts
from hrcpub.project.telephones import Doubt, Home, examples, first_number, in_groups, on_keys, read

# At level M, 200 characters make a QR code of 57 modules: 23 mm wide at 0.4 mm a module.
LONGEST_URL = 200
_TRACKING = pattern(r"[?&;](utm_\w+|fbclid|gclid|mc_[ce]id|igshid|msclkid)=")


def read_tel(cell: Cell, home: Home) -> tuple[Cell, list[Problem]]:
    """Return the number to print, as it is called from `home`, and what is wrong with it.

    Of several numbers, or of one among words, the first that is no fax is printed.
    """
    if re.match(r"tel:\+?\d", cell.text, re.IGNORECASE):  # a link, not words for readers
        cell = Cell(cell.text[len("tel:") :], cell.source)
    cell = Cell(on_keys(cell.text), cell.source)
    numbers = read(cell.text, home)
    if len(numbers) == 1:
        return _grouped(cell, home)
    at = cell.text.find(numbers[0].text) if numbers else -1  # -1: it has other spaces
    if at >= 0:
        first = cell.text[: at + len(numbers[0].text)]
    else:
        first = first_number(cell.text, home) or ""
    if not read(first, home):
        return cell, [no_tel(cell, home)]
    printed = Cell(first.strip(), cell.source)
    return printed, [one_of_several(cell, printed.text), *_tel_faults(printed, home)]


def _grouped(cell: Cell, home: Home) -> tuple[Cell, list[Problem]]:
    """Return a cell with one number, with spaces where it has digits alone."""
    text = in_groups(cell.text, home)
    if text is None or text == cell.text:
        return cell, list(_tel_faults(cell, home))
    printed = Cell(text, cell.source)
    return printed, [set_right(cell, text), *_tel_faults(printed, home)]


def _tel_faults(cell: Cell, home: Home) -> Iterator[Problem]:
    if any(number.doubt is Doubt.AREA_CODE for number in read(cell.text, home)):
        yield no_area_code(cell, home)
    else:
        yield from doubts(cell, home)


def read_url(cell: Cell, _home: Home) -> tuple[Cell, list[Problem]]:
    """Return the address that a QR code is to lead to, and what is wrong with it."""
    cell = Cell(_bare(cell.text), cell.source)
    several = [_completed(part) for part in re.split(r"[\s;,|]+(?:or |and )?", cell.text) if part]
    if len(several) > 1 and not any(map(_url_fault, several)):
        printed = Cell(several[0], cell.source)
        return printed, [one_of_several(cell, printed.text), *_url_faults(printed)]
    printed = Cell(_completed(cell.text), cell.source)
    if printed.text != cell.text and not _url_fault(printed.text):
        return printed, [completed_url(printed), *_url_faults(printed)]
    return cell, list(_url_faults(cell))


def read_mail(cell: Cell, _home: Home) -> tuple[Cell, list[Problem]]:
    """Return the mail address to print, the first of several, and what is wrong with it."""
    parts = [part for part in re.split(r"[\s;,|<>]+", cell.text) if "@" in part]
    found = mail(parts[0]) if parts else None
    if not found:
        return cell, [no_mail(cell)]
    printed = Cell(found.shown, cell.source)
    is_alone = cell.text.removeprefix("mailto:") == found.shown
    return printed, [] if is_alone else [one_of_several(cell, printed.text)]


def _bare(url: str) -> str:
    """Return an address without the brackets, and the stop or comma, that belong to a sentence."""
    if brackets := re.fullmatch(r"<(.*)>|\((.*)\)", url):
        url = brackets[1] or brackets[2] or ""
    return url.rstrip(".,;")


def _completed(url: str) -> str:
    """Return an address as a browser takes it: www.example.org is https://www.example.org."""
    return url if re.match(r"[a-z]+:", url, re.IGNORECASE) else f"https://{url}"


def _url_faults(cell: Cell) -> Iterator[Problem]:
    url = cell.text
    said = _url_fault(url)
    if said:
        yield bad_url(cell, *said)
        return
    if url.lower().startswith("http:"):
        yield insecure_url(cell)
    if parameter := _TRACKING.search(url):
        yield tracking_url(cell, parameter[1])


def _url_fault(url: str) -> tuple[str, str] | None:
    """Return what is wrong with an address that a QR code is to lead to, and what to do."""
    if re.match(r"[\w-]+(\.[\w-]+)+(?![\w.@-])", url):
        url = _completed(url)
    if re.search(r"\s", url):
        return "has a space or a line break in it", "write one address, without spaces"
    if len(url) > LONGEST_URL:
        said = f"has {len(url)} characters; a QR code that is small enough holds {LONGEST_URL}"
        return said, "use a shorter page address of your own"
    if not re.match("https?://", url, re.IGNORECASE):
        return "does not begin with https://", f"write https://{url.split('://')[-1]}"
    if not url.isascii() or re.search(r'["<>\\^`{|}]', url):
        return "has letters that phones read differently", "copy it from the browser's address line"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        return f"is not an address: {error}", "copy it from the browser's address line"
    if parts.username is not None or "@" in parts.netloc:
        return "has a user's name in it", "delete everything before the @"
    if not re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", host):
        return "has no valid host name", "write it like https://example.org/places"
    return None


def no_tel(cell: Cell, home: Home) -> Problem:
    """The column for the telephone has something that nobody can call.

    Fix: write the number with its area code, with brackets, hyphens and points if you like. Letters
    on the keys are fine (1-800-555-HELP), `ext. 12` may follow, and short numbers are known (911,
    988, 211; in other countries theirs), and `Text HOME to 741741`. Put other words about the
    telephone into the column `hours`. Numbers are read as those of the country whose
    `calling-code` is in `materials/contacts.yaml`.
    """
    return Problem(
        "site-tel",
        f'"{cell.text}" is not a telephone number',
        cell.source,
        f"write it like {', or '.join(examples(home))}",
    )


def one_of_several(cell: Cell, printed: str) -> Problem:
    """A cell has several telephones or addresses, or words around one. The first is printed.

    Fix: nothing, if the right one is printed. For a second telephone, add a column `tel2`. Put
    words about the telephone into the column `hours` or `note`.
    """
    return Problem(
        "site-first-of-several",
        f'of "{cell.text}" this is printed: {printed}',
        cell.source,
        "if that is wrong, leave the right one alone in the cell",
        Severity.WARNING,
    )


def no_mail(cell: Cell) -> Problem:
    """The column for the mail address has something to which nobody can write.

    Fix: write an address such as `help@example.org`, or leave the cell empty.
    """
    return Problem(
        "site-email",
        f'"{cell.text}" is not a mail address',
        cell.source,
        "write it like help@example.org",
    )


def no_area_code(cell: Cell, home: Home) -> Problem:
    """A telephone number has no area code, so it cannot be called from elsewhere.

    Fix: write it in full. In much of the US a number without an area code cannot be called at all.
    """
    return Problem(
        "site-area-code",
        f'"{cell.text}" has no area code',
        cell.source,
        f"write it like {examples(home)[0]}",
        Severity.WARNING,
    )


def bad_url(cell: Cell, said: str, hint: str) -> Problem:
    """The web address of a site leads nowhere, or makes a QR code that is too large.

    Fix: write an address that begins with `https://`, without spaces, of at most 200 plain Latin
    characters. Open it on a phone before it is printed.
    """
    shown = cell.text if len(cell.text) <= 60 else f"{cell.text[:60]}…"
    return Problem("site-url", f'"{shown}" {said}', cell.source, hint)


def completed_url(cell: Cell) -> Problem:
    """An address has no `https://`, so that was put before it.

    Fix: nothing, if the address opens in a browser. Nearly every site answers there.
    """
    return Problem(
        "site-url-completed",
        f"read as {cell.text}",
        cell.source,
        "try whether it opens",
        Severity.NOTE,
    )


def insecure_url(cell: Cell) -> Problem:
    """An address begins with `http://`, so others can see who reads the page.

    Fix: write `https://`, and try whether it opens. Nearly every site answers there too.
    """
    return Problem(
        "site-url-insecure",
        "this address is not https, so others on the network can see what people read there",
        cell.source,
        f"write https{cell.text[4:]}, and try whether it opens",
        Severity.WARNING,
    )


def tracking_url(cell: Cell, name: str) -> Problem:
    """An address tells its site, or an advertiser, who came from this piece.

    Fix: delete the address from the ? on, and try whether it still opens. It leads to the same
    page, and the QR code is smaller. People who ask for help should not be tracked.
    """
    return Problem(
        "site-url-tracking",
        f'this address tracks who follows it ("{name}")',
        cell.source,
        "delete everything from the ? on, and try whether it still opens",
        Severity.WARNING,
    )


CODES = {
    "site-tel": no_tel,
    "site-email": no_mail,
    "site-area-code": no_area_code,
    "site-first-of-several": one_of_several,
    "site-url": bad_url,
    "site-url-completed": completed_url,
    "site-url-insecure": insecure_url,
    "site-url-tracking": tracking_url,
}
