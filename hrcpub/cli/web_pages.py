"""An address of the web to what its server answers: status, where it leads, title, certificate.

Only `http` and `https` are opened, and only computers on the public net, unless somebody asks: an
address in a material must not make this computer ask its own network. The address that was looked
up is the one that is connected to, at every redirection. There is no way through a proxy.
"""

from __future__ import annotations

import contextlib
import html
import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

WAIT = 10.0  # seconds for a connection, and for each piece of an answer
LONGEST = 20.0  # seconds for an address, all redirections together
MOST = 200_000  # bytes of a page that are read for its title
REDIRECTIONS = 5

_AGENT = "hrcpub-check (looks whether a printed address answers)"

MayOpen = Callable[[str], bool]  # of an address of the net


class PageAnswer(NamedTuple):
    """What an address answered."""

    status: int | None = None  # of HTTP; None: nothing answered
    url: str = ""  # where it led to in the end
    title: str = ""
    has_moved: bool = False  # for good, as its server says (301 or 308)
    days_left: int | None = None  # until the certificate ends; None: no https
    reason: str = ""  # why nothing answered
    is_private: bool = False  # it was not opened: it is on no public net
    is_unknown: bool = False  # its name is not known, or there is no network to ask


class _NotOpenedError(Exception):
    def __init__(self, answer: PageAnswer) -> None:
        super().__init__(answer.reason)
        self.answer = answer


def opened(url: str, may_open: MayOpen | None = None) -> PageAnswer:
    """Return what an address answers, its redirections followed.

    `may_open` says of each address of the net whether to open it; else those that are public are.
    """
    first, stop, has_moved = url, time.monotonic() + LONGEST, False
    try:
        for _ in range(REDIRECTIONS + 1):
            if time.monotonic() > stop:
                return PageAnswer(url=url, reason=f"it took more than {LONGEST:.0f} s")
            answer, target = _asked(url, may_open or is_public, stop)
            if target is None:
                return answer._replace(url=url, has_moved=has_moved)
            has_moved |= answer.status in (301, 308)
            url = urljoin(url, target)
        return PageAnswer(url=url, reason=f"it leads on more than {REDIRECTIONS} times")
    except _NotOpenedError as error:
        return error.answer._replace(url=url)
    except ssl.SSLCertVerificationError as error:
        return PageAnswer(url=url, reason=f"its certificate: {error.verify_message}")
    except socket.gaierror:
        if url != first:
            return PageAnswer(url=url, reason=f"it leads to {url}, whose name nobody knows")
        return PageAnswer(url=url, reason="nobody knows this name", is_unknown=True)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return PageAnswer(url=url, reason=_in_words(error))


def _in_words(error: Exception) -> str:
    """Return why an address did not open, in plain words."""
    if isinstance(error, TimeoutError):
        return f"no answer within {WAIT:.0f} s"
    if isinstance(error, ConnectionRefusedError):
        return "its computer answers, and has no website there"
    if isinstance(error, ConnectionError):
        return "its server broke the connection off"
    if isinstance(error, http.client.HTTPException):
        return "what answers is no website"
    if isinstance(error, ssl.SSLError):
        return "no secure connection can be made"
    return getattr(error, "strerror", None) or "it cannot be reached"


def _asked(url: str, may_open: MayOpen, stop: float) -> tuple[PageAnswer, str | None]:
    """Return the answer of one address, and the one it leads to."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _NotOpenedError(PageAnswer(reason="it is no address of http or https"))
    is_secure = parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    with contextlib.closing(_connected(parts.hostname, port, may_open)) as plain:
        days = None
        connection = http.client.HTTPConnection(parts.hostname, port, timeout=WAIT)
        if is_secure:
            context = ssl.create_default_context()
            secure = context.wrap_socket(plain, server_hostname=parts.hostname)
            days = _days_left(secure)
            connection.sock = secure
        else:
            connection.sock = plain
        with contextlib.closing(connection):
            path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
            path = quote(path, safe="/%:@!$&'()*+,;=?~-._")
            connection.request("GET", path, headers={"User-Agent": _AGENT, "Accept": "text/html"})
            response = connection.getresponse()
            answer = PageAnswer(response.status, days_left=days)
            target = response.getheader("Location")
            if response.status in (301, 302, 303, 307, 308) and target:
                return answer, target
            return answer._replace(title=_title(_read(response, stop))), None


def _connected(host: str, port: int, may_open: MayOpen) -> socket.socket:
    """Return a connection to the first address of a host; raise for one that is not public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not may_open(address):
            said = f"{host}{f' is {address},' if address != host else ' is'} on no public net"
            raise _NotOpenedError(PageAnswer(reason=said, is_private=True))
    last: OSError | None = None
    for address in dict.fromkeys(addresses):
        try:
            return socket.create_connection((address, port), timeout=WAIT)
        except OSError as error:
            last = error
    raise last or OSError("it has no address")


def is_public(address: str) -> bool:
    """Return whether an address of the net is one that everybody can reach."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast


def _days_left(secure: ssl.SSLSocket) -> int | None:
    ends = (secure.getpeercert() or {}).get("notAfter")
    if not isinstance(ends, str):
        return None
    return int((ssl.cert_time_to_seconds(ends) - time.time()) // 86400)


def _read(response: http.client.HTTPResponse, stop: float) -> bytes:
    """Return the head of a page: to its title's end, to the limit, or to the end of the time."""
    data = b""
    while len(data) < MOST and time.monotonic() < stop and b"</title" not in data.lower():
        block = response.read1(1 << 14)
        if not block:
            break
        data += block
    return data


def _title(data: bytes) -> str:
    low = data.lower()
    start = low.find(b">", low.find(b"<title")) + 1 if b"<title" in low else 0
    end = low.find(b"</title", start)
    text = html.unescape(data[start:end].decode("utf-8", "replace")) if 0 < start < end else ""
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(shown.split())[:120]
