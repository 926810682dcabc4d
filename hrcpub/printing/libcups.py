"""libcups, as it is on this computer: questions to a print server in, plain values out.

It is the library that `lp` itself is made of, so it finds servers, sockets and passwords as all
other programs do. It is loaded by name, and nothing is compiled. Where there is none, `library`
raises HrcpubError. All private names of CUPS are here and nowhere else.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from ctypes import POINTER, byref, c_char, c_char_p, c_int, c_void_p
from pathlib import Path
from typing import Any, NamedTuple

from hrcpub.problems import HrcpubError, Problem

# IANA, IPP registrations: the numbers are on the wire, and never change.
GET_PRINTER_ATTRIBUTES, PRINT_JOB, VALIDATE_JOB = 0x0B, 0x02, 0x04
CANCEL_JOB, GET_JOB_ATTRIBUTES = 0x08, 0x09
_OPERATION, _JOB = 0x01, 0x02  # groups
_INTEGER, _BOOLEAN, _ENUM, _COLLECTION = 0x21, 0x22, 0x23, 0x34
_RANGE, _OCTETS = 0x33, 0x30
_TEXTS = {0x35, 0x36, *range(0x40, 0x4A)}
_NAME, _KEYWORD, _URI, _MIME = 0x42, 0x44, 0x45, 0x49
# What a value is on the wire; all others are keywords.
_TAGS = {
    "printer-uri": _URI,
    "job-uri": _URI,
    "requesting-user-name": _NAME,
    "job-name": _NAME,
    "document-format": _MIME,
    "job-id": _INTEGER,
    "copies": _INTEGER,
    "number-up": _INTEGER,
    "orientation-requested": _ENUM,
    "ipp-attribute-fidelity": _BOOLEAN,
}
# They say who asks whom for what; all others are the job's (RFC 8011 §4.2.1).
_OF_OPERATIONS = {
    "printer-uri", "job-uri", "job-id", "requesting-user-name", "job-name", "document-format",
    "requested-attributes", "ipp-attribute-fidelity",
}  # fmt: skip
_DEVICE = 0x80  # CUPS_DEST_FLAGS_DEVICE: the printer itself, not its queue
_GOOD = 0x00FF  # all codes up to here are kinds of success (RFC 8011 §4.1.6.1)
PATIENCE = 3000  # ms for a printer that sleeps to answer

IppValues = dict[str, tuple[Any, ...]]  # a collection is a dictionary of the same kind
AskedValue = str | int | bool | Sequence[str]
Pointer = int | None  # a pointer to what only libcups sees into


class _CupsOption(ctypes.Structure):
    _fields_ = (("name", c_char_p), ("value", c_char_p))


class _CupsDest(ctypes.Structure):
    """cups_dest_t, which is public and the same since CUPS 1.1."""

    _fields_ = (
        ("name", c_char_p),
        ("instance", c_char_p),
        ("is_default", c_int),
        ("num_options", c_int),
        ("options", POINTER(_CupsOption)),
    )


class Destination(NamedTuple):
    """A queue as libcups lists it: of this computer, or one that the network has announced."""

    name: str
    is_default: bool
    options: Mapping[str, str]


class IppAnswer(NamedTuple):
    """What was answered: whether it was done, in words if not, and the values by their names."""

    is_good: bool
    said: str
    values: IppValues


_SIGNATURES: Mapping[str, tuple[Any, tuple[Any, ...]]] = {
    "cupsUser": (c_char_p, ()),
    "cupsServer": (c_char_p, ()),
    "ippPort": (c_int, ()),
    "cupsEncryption": (c_int, ()),
    "httpConnect2": (
        c_void_p, (c_char_p, c_int, c_void_p, c_int, c_int, c_int, c_int, c_void_p),
    ),
    "cupsGetDests2": (c_int, (c_void_p, POINTER(POINTER(_CupsDest)))),
    "cupsFreeDests": (None, (c_int, POINTER(_CupsDest))),
    "cupsConnectDest": (
        c_void_p,
        (
            POINTER(_CupsDest), ctypes.c_uint, c_int, POINTER(c_int), POINTER(c_char),
            ctypes.c_size_t, c_void_p, c_void_p,
        ),
    ),
    "cupsDoFileRequest": (c_void_p, (c_void_p, c_void_p, c_char_p, c_char_p)),
    "cupsLastError": (c_int, ()),
    "cupsLastErrorString": (c_char_p, ()),
    "httpClose": (None, (c_void_p,)),
    "ippNewRequest": (c_void_p, (c_int,)),
    "ippDelete": (None, (c_void_p,)),
    "ippAddString": (c_void_p, (c_void_p, c_int, c_int, c_char_p, c_char_p, c_char_p)),
    "ippAddStrings": (
        c_void_p, (c_void_p, c_int, c_int, c_char_p, c_int, c_char_p, POINTER(c_char_p)),
    ),
    "ippAddInteger": (c_void_p, (c_void_p, c_int, c_int, c_char_p, c_int)),
    "ippAddBoolean": (c_void_p, (c_void_p, c_int, c_char_p, c_char)),
    "ippFirstAttribute": (c_void_p, (c_void_p,)),
    "ippNextAttribute": (c_void_p, (c_void_p,)),
    "ippGetName": (c_char_p, (c_void_p,)),
    "ippGetValueTag": (c_int, (c_void_p,)),
    "ippGetCount": (c_int, (c_void_p,)),
    "ippGetInteger": (c_int, (c_void_p, c_int)),
    "ippGetBoolean": (c_int, (c_void_p, c_int)),
    "ippGetString": (c_char_p, (c_void_p, c_int, c_void_p)),
    "ippGetOctetString": (c_void_p, (c_void_p, c_int, POINTER(c_int))),
    "ippGetCollection": (c_void_p, (c_void_p, c_int)),
    "ippGetRange": (c_int, (c_void_p, c_int, POINTER(c_int))),
}  # fmt: skip


@functools.cache
def library() -> ctypes.CDLL:
    """Return libcups with what its functions take; raise HrcpubError where there is none."""
    for name in ("libcups.so.2", ctypes.util.find_library("cups")):
        if name is None:
            continue
        with contextlib.suppress(OSError, AttributeError):
            loaded = ctypes.CDLL(name)
            for function, (result, arguments) in _SIGNATURES.items():
                found = getattr(loaded, function)
                found.restype, found.argtypes = result, arguments
            return loaded
    raise HrcpubError(cups_missing())


@contextlib.contextmanager
def _listed() -> Iterator[list[Any]]:
    """Give all queues as libcups has them, and let them go."""
    cups, found = library(), POINTER(_CupsDest)()
    count = cups.cupsGetDests2(None, byref(found))
    try:
        yield [found[number] for number in range(count)]
    finally:
        cups.cupsFreeDests(count, found)


def destinations() -> tuple[Destination, ...]:
    """Return all queues, with those that the network announces.

    Raises HrcpubError where CUPS is not there, or does not answer.
    """
    with _listed() as found:
        known = tuple(_plain(each) for each in found if not each.instance)
    if not known and not is_answering():
        raise HrcpubError(cups_silent())
    return known


def is_answering() -> bool:
    """Return whether CUPS runs, on this computer or where its settings say."""
    cups = library()
    where = (cups.cupsServer(), cups.ippPort(), None, 0, cups.cupsEncryption())
    connection = cups.httpConnect2(*where, 1, PATIENCE, None)
    if connection:
        cups.httpClose(connection)
    return bool(connection)


def _plain(found: _CupsDest) -> Destination:
    options = {
        found.options[number].name.decode(): found.options[number].value.decode(errors="replace")
        for number in range(found.num_options)
    }
    return Destination(found.name.decode(errors="replace"), bool(found.is_default), options)


def ask(
    queue: str,
    operation: int,
    attributes: Mapping[str, Any],
    file: Path | None = None,
    is_of_device: bool = False,
) -> IppAnswer:
    """Ask a queue something, and return what it said; or ask the printer behind it.

    A queue that only the network announces is set up by CUPS at this moment. An answer is never
    good where nobody answers.
    """
    cups = library()
    with _connected(queue, is_of_device) as (connection, resource):
        if not connection:
            return IppAnswer(False, _last(cups), {})
        uri = _uri(queue, resource, is_of_device)
        request = _request(operation, {"printer-uri": uri, **attributes})
        path = str(file).encode() if file else None
        response = cups.cupsDoFileRequest(connection, request, resource, path)
        is_good, said = cups.cupsLastError() <= _GOOD, _last(cups)
        values = _values(response) if response else {}
        cups.ippDelete(response)
    return IppAnswer(is_good and bool(response), said, values)


def _uri(queue: str, resource: bytes, is_of_device: bool) -> str:
    from urllib.parse import quote

    return (
        f"ipp://localhost{resource.decode()}"
        if is_of_device
        else (f"ipp://localhost/printers/{quote(queue)}")
    )


@contextlib.contextmanager
def _connected(queue: str, is_of_device: bool) -> Iterator[tuple[Pointer, bytes]]:
    """Give a connection for a queue, or None, and the path to ask at."""
    cups, resource = library(), ctypes.create_string_buffer(1024)
    with _listed() as found:
        here = next((d for d in found if d.name == queue.encode() and not d.instance), None)
        connection = here and cups.cupsConnectDest(
            byref(here), _DEVICE if is_of_device else 0, PATIENCE, None, resource, 1024, None, None
        )
    try:
        yield connection, resource.value
    finally:
        if connection:
            cups.httpClose(connection)


def _last(cups: ctypes.CDLL) -> str:
    return (cups.cupsLastErrorString() or b"").decode(errors="replace")


def _request(operation: int, attributes: Mapping[str, Any]) -> Pointer:
    """Return a new request; who asks is who uses this computer."""
    cups = library()
    request: Pointer = cups.ippNewRequest(operation)
    user = cups.cupsUser().decode(errors="replace")
    first = {name: attributes[name] for name in ("printer-uri", "job-id") if name in attributes}
    for name, value in (first | {"requesting-user-name": user} | dict(attributes)).items():
        group = _OPERATION if name in _OF_OPERATIONS else _JOB
        _add(cups, request, group, name, value)
    return request


def _add(cups: ctypes.CDLL, request: Pointer, group: int, name: str, value: AskedValue) -> None:
    tag, key = _TAGS.get(name, _KEYWORD), name.encode()
    if isinstance(value, bool):
        cups.ippAddBoolean(request, group, key, bytes([value]))
    elif isinstance(value, int):
        cups.ippAddInteger(request, group, tag, key, value)
    elif isinstance(value, str):
        cups.ippAddString(request, group, tag, key, None, value.encode())
    else:
        texts = (c_char_p * len(value))(*(each.encode() for each in value))
        cups.ippAddStrings(request, group, tag, key, len(value), None, texts)


def _values(message: Pointer) -> IppValues:
    """Return an answer's attributes; a collection is a dictionary of the same kind."""
    cups = library()
    found: IppValues = {}
    attribute = cups.ippFirstAttribute(message)
    while attribute:
        if name := cups.ippGetName(attribute):
            read = _reader(cups, cups.ippGetValueTag(attribute))
            count = cups.ippGetCount(attribute)
            found[name.decode()] = tuple(read(attribute, at) for at in range(count)) if read else ()
        attribute = cups.ippNextAttribute(message)
    return found


def number(values: Mapping[str, tuple[Any, ...]], name: str) -> int | None:
    """Return the first value of an attribute where it is a whole number."""
    value = next(iter(values.get(name, ())), None)
    return value if isinstance(value, int) else None


def text(values: Mapping[str, tuple[Any, ...]], name: str) -> str:
    """Return the first value of an attribute as text; nothing where there is none."""
    value = next(iter(values.get(name, ())), None)
    return "" if value is None else str(value)


def _reader(cups: ctypes.CDLL, tag: int) -> Callable[[Pointer, int], Any] | None:
    """Return what reads one value of a kind; None for those that nobody here asks for."""
    if tag in _TEXTS:
        return lambda one, at: (cups.ippGetString(one, at, None) or b"").decode(errors="replace")
    readers: dict[int, Callable[[Pointer, int], Any]] = {
        _INTEGER: cups.ippGetInteger,
        _ENUM: cups.ippGetInteger,
        _BOOLEAN: lambda one, at: bool(cups.ippGetBoolean(one, at)),
        _COLLECTION: lambda one, at: _values(cups.ippGetCollection(one, at)),
        _RANGE: lambda one, at: _pair(cups.ippGetRange, one, at),
        _OCTETS: lambda one, at: _octets(cups, one, at),
    }
    return readers.get(tag)


def _pair(read: Callable[..., int], attribute: Pointer, at: int) -> tuple[int, int]:
    other = c_int()
    first = read(attribute, at, byref(other))
    return first, other.value


def _octets(cups: ctypes.CDLL, attribute: Pointer, at: int) -> str:
    length = c_int()
    start = cups.ippGetOctetString(attribute, at, byref(length))
    return ctypes.string_at(start, length.value).decode(errors="replace") if start else ""


def cups_missing() -> Problem:
    """This computer has no CUPS, which printers are reached by; all else works without it.

    Fix: install it. Debian, Ubuntu: `apt install cups`. Fedora: `dnf install cups`. A Mac has it
    already. Then add your printer in the settings of the computer. To see what a print would be
    like: `hrcpub print NAME --to FILE.pdf`.
    """
    return Problem(
        "cups-missing",
        "there is no CUPS on this computer, so no printer can be reached",
        None,
        "install it (apt install cups, dnf install cups), or print to a file: --to FILE.pdf",
    )


def cups_silent() -> Problem:
    """CUPS is installed, but does not run.

    Fix: start it: `sudo systemctl start cups`. On a Mac: `sudo launchctl start
    org.cups.cupsd`.
    """
    return Problem(
        "cups-silent", "CUPS does not answer", None, "start it: sudo systemctl start cups"
    )


CODES = {"cups-missing": cups_missing, "cups-silent": cups_silent}
