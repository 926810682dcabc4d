"""What is an address of the web or of mail, how it is printed, and what it opens."""

from __future__ import annotations

import pytest

from hrcpub.project.addresses import mail, web
from hrcpub.project.markup import plain

WEB = {
    "example.org": ("example.org", "https://example.org"),
    "https://example.org/help/": ("example.org/help", "https://example.org/help/"),
    "http://www.example.org:8080/?a=1#b": (
        "www.example.org:8080/?a=1#b",
        "http://www.example.org:8080/?a=1#b",
    ),
    "HTTPS://Example.org": ("Example.org", "HTTPS://Example.org"),
    "hilfe.köln": ("hilfe.köln", "https://hilfe.köln"),
    "xn--bcher-kva.example": ("xn--bcher-kva.example", "https://xn--bcher-kva.example"),
    "192.168.1.10/join": ("192.168.1.10/join", "https://192.168.1.10/join"),
    "example.org/_a_--b": ("example.org/_a_--b", "https://example.org/_a_--b"),
    "example.org/*a*": ("example.org/%2Aa%2A", "https://example.org/%2Aa%2A"),
    "example.org/o'neill": ("example.org/o%27neill", "https://example.org/o%27neill"),
}
NOT_WEB = (
    "help", "call us", "example.org or call", "example..org", "example.org.", ".example.org",
    "-a.org", "example.123", "12.50", "ftp://example.org", "https://", "https:/example.org",
    "a@example.org", "javascript:alert(1).org", "example.org/<b>", "example.org/[a](b)",
    "example.org:port", "x.y",
)  # fmt: skip


@pytest.mark.parametrize("text", WEB)
def test_an_address_of_the_web_is_printed_without_its_scheme(text: str) -> None:
    assert web(text) == WEB[text]


@pytest.mark.parametrize("text", NOT_WEB)
def test_anything_else_is_no_address_of_the_web(text: str) -> None:
    assert web(text) is None


@pytest.mark.parametrize("text", WEB)
def test_nothing_in_an_address_is_read_as_markup(text: str) -> None:
    address = web(text)
    assert address
    assert plain(address.shown) == address.shown


MAIL = {
    "help@example.org": "mailto:help@example.org",
    "mailto:help@example.org": "mailto:help@example.org",
    "night.van+help@mail.example.org": "mailto:night.van+help@mail.example.org",
    "o'neill@example.org": "mailto:o'neill@example.org",
    "a?subject=b@example.org": "mailto:a%3Fsubject%3Db@example.org",
}
NOT_MAIL = (
    "example.org", "help@", "@example.org", "help@example", "a@b@example.org", "a b@example.org",
    ".a@example.org", "a.@example.org", "a..b@example.org", "a,b@example.org", "a@example.org.",
    "Help <a@example.org>", "a@192.168.1.10",
)  # fmt: skip


@pytest.mark.parametrize("text", MAIL)
def test_an_e_mail_address_opens_a_letter_to_it(text: str) -> None:
    assert mail(text) == (text.removeprefix("mailto:"), MAIL[text])


@pytest.mark.parametrize("text", NOT_MAIL)
def test_anything_else_is_no_e_mail_address(text: str) -> None:
    assert mail(text) is None
