"""What a QR code of a piece says to a telephone, from what its author wrote under a `code` slot.

Each kind says it in the form that telephones' cameras act upon: an address to open, a number to
call or to text, a mail to write, an office to save, a network to join.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from hrcpub.patterns import pattern
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project import addresses, telephone_problems, telephones
from hrcpub.project.addresses import Address
from hrcpub.project.contacts import Contact
from hrcpub.project.material_problems import unknown_contact
from hrcpub.project.telephones import Home
from hrcpub.project.words import ScanCode, Words

_WIFI_SIGNS = pattern(r'([\\;,:"])')


class Scannable(NamedTuple):
    """What a code says, and the same for those who cannot scan it."""

    payload: str
    address: Words  # as it is printed beside the code
    link: str | None  # what the address opens on a screen
    password: Words | None = None  # of a network: printed too


def scannable(
    code: ScanCode, home: Home, offices: Callable[[], Mapping[str, Contact]]
) -> tuple[Scannable | None, list[Problem]]:
    """Return what a code says, None where that cannot be said, and what is wrong with it.

    `home` is from where people call; `offices` gives the project's contacts where one is named.
    """
    if code.kind == "contact":
        return _office(code, offices)
    read = {"url": _url, "email": _mail, "wifi": _wifi}.get(code.kind)
    if read is None:
        return _number(code, home)
    said = read(code)
    return said, [] if said else [code_unfit(code)]


def _address(code: ScanCode, address: Address | None) -> Scannable | None:
    if address is None:
        return None
    shown = Words(address.shown, code.value.source, code.value.slot)
    return Scannable(address.link, shown, address.link)


def _url(code: ScanCode) -> Scannable | None:
    return _address(code, addresses.web(code.value.text))


def _mail(code: ScanCode) -> Scannable | None:
    return _address(code, addresses.mail(code.value.text))


def _wifi(code: ScanCode) -> Scannable | None:
    name = _WIFI_SIGNS.sub(r"\\\1", code.value.text)
    if not code.more:
        return Scannable(f"WIFI:T:nopass;S:{name};;", code.value, None)
    password = _WIFI_SIGNS.sub(r"\\\1", code.more.text)
    return Scannable(f"WIFI:T:WPA;S:{name};P:{password};;", code.value, None, code.more)


def _number(code: ScanCode, home: Home) -> tuple[Scannable | None, list[Problem]]:
    label = "text " if code.kind == "sms" else ""
    link = telephones.link(label + code.value.text, home)
    problems = list(telephone_problems.doubts(code.value, home))
    if link is None:
        return None, problems or [code_unfit(code)]
    number = link.partition(":")[2]
    if code.kind == "tel":
        return Scannable(link, code.value, link), problems
    body = code.more.text if code.more else ""
    return Scannable(f"SMSTO:{number}:{body}", code.value, f"sms:{number}"), problems


def _office(
    code: ScanCode, offices: Callable[[], Mapping[str, Contact]]
) -> tuple[Scannable | None, list[Problem]]:
    try:
        known = offices()
    except HrcpubError as error:
        return None, list(error.problems)
    office = known.get(code.value.text)
    if office is None:
        return None, [unknown_contact(code.value, known)]
    said = "\r\n".join(_vcard(office)) + "\r\n"
    name = office.name.plain().rstrip(":")
    return Scannable(said, Words(name, office.name.source, code.value.slot), None), []


def _vcard(office: Contact) -> Iterator[str]:
    """Yield the lines of a business card (vCard 3.0, RFC 2426)."""
    name = _escaped(office.name.plain().rstrip(":"))
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"N:{name};;;;"
    yield f"FN:{name}"
    yield f"ORG:{name}"
    yield from _numbers(office)
    if office.email:
        yield f"EMAIL:{office.email.words.text}"
    if office.url:
        yield f"URL:{office.url.link}"
    if office.lines:
        yield f"ADR:;;{_escaped(', '.join(line.plain() for line in office.lines))};;;;"
    yield "END:VCARD"


def _numbers(office: Contact) -> Iterator[str]:
    """Yield an office's telephones and its line for texts.

    A comma is the pause after which telephones dial an extension. What the numbers are for, in
    their order, and the word to send are the note: vCard 3.0 has no labels for them.
    """
    labels = (next(iter(call.labels.values()), None) for call in office.calls)
    notes = [label.plain() for label in labels if label]
    for call in office.calls:
        scheme, _, called = (call.link or "").partition(":")
        if called:
            kind = ";TYPE=MSG" if scheme == "sms" else ""
            yield f"TEL{kind}:{called.replace(';ext=', ',')}"
    text = office.text
    if text and text.link:
        number = text.link.partition(":")[2].partition("?")[0]
        yield f"TEL;TYPE=MSG:{number}"
        notes += [f"SMS {text.keyword}"] if text.keyword else []
    if notes:
        yield f"NOTE:{_escaped(', '.join(notes))}"


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text)


def code_unfit(code: ScanCode) -> Problem:
    """What a QR code is to say is not of its kind: no web address, no e-mail address, no number.

    Fix: write it like the example. A web address needs its domain (`example.org/help`), a
    telephone its area code.
    """
    name, example = _EXAMPLES[code.kind]
    said = f'"{code.value.text}" is not {name}, so a code cannot say it'
    return Problem("code-unfit", said, code.value.source, f"write it like {example}")


_EXAMPLES = {
    "url": ("a web address", "https://example.org/help"),
    "email": ("an e-mail address", "help@example.org"),
    "tel": ("a telephone number", "(212) 213-6376"),
    "sms": ("a telephone number", "741741"),
    "wifi": ("a network's name", "Guests"),
}

CODES = {"code-unfit": code_unfit}
