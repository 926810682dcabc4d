"""A site's telephone number and web address to what is wrong with them, by rule alone.

Nobody is called and nothing is fetched: whether somebody answers is for people to try.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from hrcpub.files.csvfile import Cell
from hrcpub.problems import Problem, Severity
from hrcpub.project.telephone_problems import doubts
from hrcpub.project.telephones import Doubt, Home, read

# At level M, 200 characters make a QR code of 57 modules: 23 mm wide at 0.4 mm a module.
LONGEST_URL = 200
_TRACKING = re.compile(r"[?&;](utm_\w+|fbclid|gclid|mc_[ce]id|igshid|msclkid)=")


def check_tel(cell: Cell, home: Home) -> Iterator[Problem]:
    """Yield what is wrong with a telephone number, as it is called from `home`."""
    numbers = read(cell.text, home)
    if not numbers:
        yield no_tel(cell)
    elif any(number.doubt is Doubt.AREA_CODE for number in numbers):
        yield no_area_code(cell)
    else:
        yield from doubts(cell, home)


def check_url(cell: Cell) -> Iterator[Problem]:
    """Yield what is wrong with an address that a QR code is to lead to."""
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


def no_tel(cell: Cell) -> Problem:
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
        "write it like (510) 555-0101, or +1 510 555 0101",
    )


def no_area_code(cell: Cell) -> Problem:
    """A telephone number has no area code, so it cannot be called from elsewhere.

    Fix: write it in full. In much of the US a number without an area code cannot be called at all.
    """
    return Problem(
        "site-area-code",
        f'"{cell.text}" has no area code',
        cell.source,
        "write it like (510) 555-0101",
        Severity.WARNING,
    )


def bad_url(cell: Cell, said: str, hint: str) -> Problem:
    """The web address of a site leads nowhere, or makes a QR code that is too large.

    Fix: write an address that begins with `https://`, without spaces, of at most 200 plain Latin
    characters. Open it on a phone before it is printed.
    """
    shown = cell.text if len(cell.text) <= 60 else f"{cell.text[:60]}…"
    return Problem("site-url", f'"{shown}" {said}', cell.source, hint)


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
    "site-area-code": no_area_code,
    "site-url": bad_url,
    "site-url-insecure": insecure_url,
    "site-url-tracking": tracking_url,
}
