"""`check --online`: addresses are opened, here those of a server on this computer alone."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from hrcpub.cli.online import CheckedAddress, show_addresses
from hrcpub.cli.web_pages import MOST, PageAnswer, is_public, opened
from hrcpub.problems import Source
from tests.shared.cards import CONTACTS
from tests.shared.project import Hrcpub


class Site(BaseHTTPRequestHandler):
    """Answers as its paths say."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        name = self.path.strip("/").partition("?")[0]
        if name in ("moved", "moved-private", "round", "elsewhere"):
            targets = {"moved": "/home", "round": "/round", "elsewhere": "file:///etc/passwd"}
            self.send_response(301)
            self.send_header("Location", targets.get(name, "http://127.0.0.1:1/"))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = b"<html><title>\n A &amp; B\x07 </title></html>"
        if name == "endless":
            body = b"<title" * (MOST // 3)
        self.send_response(404 if name == "gone" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """Return the address of a server on this computer."""
    Site.asked.clear()
    yield from _served(None)


def _served(context: ssl.SSLContext | None) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    scheme, host = ("https", "localhost") if context else ("http", "127.0.0.1")
    yield f"{scheme}://{host}:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def anywhere(_: str) -> bool:
    """Let a test open what is on this computer."""
    return True


def codes(url: str, answer: PageAnswer) -> list[str]:
    return [problem.code for problem in CheckedAddress(url, Source(), answer).problems]


def test_a_page_that_answers_has_a_title(site: str) -> None:
    answer = opened(f"{site}/home?a=é b", anywhere)
    assert (answer.status, answer.title) == (200, "A & B")
    assert Site.asked == ["/home?a=%C3%A9%20b"]
    assert codes(site, answer._replace(url=site)) == []


def test_a_page_that_is_not_there_is_told(site: str) -> None:
    answer = opened(f"{site}/gone", anywhere)
    assert answer.status == 404
    assert codes(f"{site}/gone", answer) == ["link-unreachable"]


def test_a_page_that_has_moved_is_told_with_its_new_address(site: str) -> None:
    answer = opened(f"{site}/moved", anywhere)
    assert (answer.status, answer.url, answer.has_moved) == (200, f"{site}/home", True)
    assert codes(f"{site}/moved", answer) == ["link-moved"]
    # Only another way to write the same page.
    assert codes("http://a.example/x", answer._replace(url="https://www.a.example/x/")) == []


@pytest.mark.parametrize("path", ["round", "elsewhere"])
def test_what_leads_nowhere_is_told(path: str, site: str) -> None:
    answer = opened(f"{site}/{path}", anywhere)
    assert codes(site, answer) == ["link-unreachable"]
    assert len(Site.asked) <= 6


def test_of_a_page_without_an_end_only_the_head_is_read(site: str) -> None:
    assert opened(f"{site}/endless", anywhere).title == ""


PRIVATE = ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/",
           "http://192.168.1.1/", "http://169.254.169.254/", "http://0.0.0.0/",
           "http://[::ffff:127.0.0.1]/", "http://2130706433/"]  # fmt: skip


@pytest.mark.parametrize("url", PRIVATE)
def test_addresses_of_this_computer_and_its_network_are_not_opened(url: str) -> None:
    answer = opened(url)
    assert answer.is_private, answer
    assert codes(url, answer) == ["link-private"]


def test_a_public_page_may_not_lead_to_this_computer(site: str) -> None:
    """Every redirection is looked at again: here the first address counts as public."""
    port = int(site.rpartition(":")[2])
    first = iter([True])

    def may_open(address: str) -> bool:
        return next(first, is_public(address))

    answer = opened(f"http://127.0.0.1:{port}/moved-private", may_open)
    assert answer.is_private
    assert Site.asked == ["/moved-private"]


def test_what_is_no_address_of_the_web_is_not_opened() -> None:
    for url in ("file:///etc/passwd", "ftp://example.org/", "http:///x", "http://a\r\nb/"):
        assert opened(url, anywhere).status is None


def test_nobody_there_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    answer = opened(f"http://127.0.0.1:{port}/", anywhere)
    assert codes("http://x", answer) == ["link-unreachable"]
    assert answer.reason == "its computer answers, and has no website there"


@contextlib.contextmanager
def answering(data: bytes | None) -> Iterator[str]:
    """Give the place of a program that answers once with some bytes; None: never."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                if data is None:
                    is_over.wait(10)
                    return
                connection.sendall(data)
                connection.recv(4096)

        is_over = threading.Event()
        thread = threading.Thread(target=answer)
        thread.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        is_over.set()
        thread.join()


@pytest.mark.parametrize(
    ("scheme", "data", "reason"),
    [
        ("http", b"", "its server broke the connection off"),
        ("http", b"SSH-2.0-words\r\n", "what answers is no website"),
        ("https", b"HTTP/1.1 200 OK\r\n\r\n", "no secure connection can be made"),
        ("http", None, "no answer within 0 s"),
    ],
)
def test_what_answers_as_no_website_does_is_told_in_plain_words(
    scheme: str, data: bytes | None, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if data is None:
        monkeypatch.setattr("hrcpub.cli.web_pages.WAIT", 0.1)
    with answering(data) as place:
        answer = opened(f"{scheme}://{place}/", anywhere)
    assert (answer.status, answer.reason) == (None, reason)


def test_without_a_network_one_thing_is_told_and_not_one_for_each_address(
    capsys: pytest.CaptureFixture[str],
) -> None:
    unknown = PageAnswer(reason="nobody knows this name", is_unknown=True)
    found = [CheckedAddress(f"https://{name}.example", Source(), unknown) for name in "abc"]
    show_addresses({"one": found, "two": found})
    told = capsys.readouterr().err
    assert "none of 3 addresses could be looked up: is there a network?" in told
    assert "link-unreachable" not in told
    show_addresses({"one": [*found, CheckedAddress("http://d", Source(), PageAnswer(200))]})
    assert capsys.readouterr().err.count("link-unreachable") == 3
    show_addresses({"one": found[:1]})
    assert "link-unreachable" in capsys.readouterr().err, "one name alone may be mistyped"


def certified(folder: Path, days: int) -> tuple[ssl.SSLContext, Path]:
    """Return the context of a server with a certificate for localhost, made by OpenSSL."""
    openssl = shutil.which("openssl")
    assert openssl, "apt-get install openssl"
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-keyout", str(key), "-out", str(certificate), "-days", str(days),
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, certificate


def test_a_certificate_that_ends_soon_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, certificate = certified(tmp_path, 5)
    for url in _served(context):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        answer = opened(f"{url}/home", anywhere)
        assert (answer.status, answer.days_left) == (200, 4)
        assert codes(f"{url}/home", answer) == ["link-certificate"]
        monkeypatch.delenv("SSL_CERT_FILE")
        unknown = opened(f"{url}/home", anywhere)
        assert "certificate" in unknown.reason
        assert codes(url, unknown) == ["link-unreachable"]


def test_check_opens_the_addresses_of_pieces_once(site: str, project: Path, hrcpub: Hrcpub) -> None:
    office = f"{CONTACTS}    url: {site}/gone\n"
    (project / "materials/contacts.yaml").write_text(office, encoding="utf-8")
    text = f"""\
layout: half-sheet
title: Ask us
language: en
code: C9
revision: 1
revised: 2026-01-01
words:
  title: Ask us
  lead: Read [this]({site}/home).
  points:
    - {{opening: One, text: "See [it]({site}/home)."}}
    - {{opening: Two, text: We are here.}}
    - {{opening: Three, text: Come in.}}
  contacts: [van]
"""
    (project / "materials/mine.yaml").write_text(text, encoding="utf-8")
    done = hrcpub("check", "mine", "--edition", "screen", "--online", "--private")
    assert sorted(Site.asked) == ["/gone", "/home"]
    assert f'{site}/home  200  "A & B"\n' in done.stdout
    assert "materials/contacts.yaml:10:" in done.stderr
    assert "[link-unreachable]" in done.stderr
    Site.asked.clear()
    (report,) = json.loads(
        hrcpub("check", "mine", "--edition", "screen", "--online", "--json").stdout
    )
    assert Site.asked == []  # this computer is private
    assert {one["is_private"] for one in report["addresses"]} == {True}
    assert "addresses" not in json.loads(hrcpub("check", "mine", "--json").stdout)[0]
