"""A text to an address of the web or of mail: how it is printed, and what it opens."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from hrcpub.patterns import pattern

# A host's name has at least two labels (RFC 1123 §2.1), with letters of any script (RFC 5890), and
# the last is not of digits alone; an IPv4 address has four numbers.
_LABEL = r"\w(?:[\w-]{0,61}\w)?"
_NAME = rf"(?:{_LABEL}\.)+(?![0-9]+(?![\w-]))\w[\w-]{{0,61}}\w"
_HOST = rf"(?:{_NAME}|(?:[0-9]{{1,3}}\.){{3}}[0-9]{{1,3}})"
# What follows it has none of the signs that an address cannot have (RFC 3986 §2).
_URL = pattern(
    rf"(?P<scheme>https?://)?(?P<rest>{_HOST}(?::[0-9]{{1,5}})?(?:[/?#][^\s<>\"\\^`{{|}}\[\]]*)?)",
    re.IGNORECASE,
)
_MAIL = pattern(
    rf"(?:mailto:)?(?P<box>[^\s@<>()\[\]\\,;:\"*]{{1,64}})@(?P<host>{_NAME})", re.IGNORECASE
)
# Signs that are markup or quotes in words, as any address may write them (RFC 3986 §2.1).
_CODED = str.maketrans({"*": "%2A", "'": "%27"})
_PLAIN_IN_LINK = "!$'+-._~"  # what a mailbox's name may have as it is (RFC 6068 §2)


class Address(NamedTuple):
    """An address of the web or of mail."""

    shown: str  # as it is printed: `example.org/help`
    link: str


def web(text: str) -> Address | None:
    """Return an address of the web, typed with or without its scheme; None for anything else."""
    match = _URL.fullmatch(text)
    if not match:
        return None
    rest = match["rest"].translate(_CODED)
    return Address(rest.removesuffix("/"), (match["scheme"] or "https://") + rest)


def mail(text: str) -> Address | None:
    """Return an e-mail address; None for anything else."""
    match = _MAIL.fullmatch(text)
    if not match or ".." in f".{match['box']}.":
        return None
    link = f"mailto:{quote(match['box'], safe=_PLAIN_IN_LINK)}@{match['host']}"
    return Address(f"{match['box']}@{match['host']}", link)
