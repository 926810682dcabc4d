"""What a QR code says, by what its author wrote: telephones must act upon it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.project.material import Material, read_material
from tests.shared.cards import with_code


def piece(project: Path, code: str) -> Material:
    path = project / "materials/codes.yaml"
    path.write_text(with_code(code), encoding="utf-8")
    return read_material(Project(Sources(project)), "codes")


# What is written: what the code says, what is printed beside it, and what that opens on a screen.
SAID = {
    "{url: https://example.org/help/}": (
        "https://example.org/help/", "example.org/help", "https://example.org/help/",
    ),
    "{url: example.org/help?a=1}": (
        "https://example.org/help?a=1", "example.org/help?a=1", "https://example.org/help?a=1",
    ),
    "{tel: (212) 213-6376}": ("tel:+12122136376", "(212) 213-6376", "tel:+12122136376"),
    "{tel: 988}": ("tel:988", "988", "tel:988"),
    "{sms: 741741, message: HOME}": ("SMSTO:741741:HOME", "741741", "sms:741741"),
    "{email: a@example.org}": ("mailto:a@example.org", "a@example.org", "mailto:a@example.org"),
    '{wifi: "Guests; all", password: "a:b"}': (
        "WIFI:T:WPA;S:Guests\\; all;P:a\\:b;;", "Guests; all", None,
    ),
    "{wifi: Guests}": ("WIFI:T:nopass;S:Guests;;", "Guests", None),
}  # fmt: skip


@pytest.mark.parametrize("written", SAID)
def test_a_code_says(written: str, project: Path) -> None:
    (said,) = piece(project, written).codes.values()
    assert (said.payload, said.address.text, said.link) == SAID[written]


def test_an_office_is_a_business_card(project: Path) -> None:
    material = piece(project, "{contact: east-coast}")
    (said,) = material.codes.values()
    assert said.payload.splitlines() == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:East Coast Office;;;;",
        "FN:East Coast Office",
        "ORG:East Coast Office",
        "TEL:+12122136376",
        "ADR:;;22 West 27th Street\\, 5th Floor\\, New York\\, NY 10001;;;;",
        "END:VCARD",
    ]
    assert said.address.text == "East Coast Office"


def test_an_office_that_is_saved_has_its_addresses_of_mail_and_web(project: Path) -> None:
    path = project / "materials/contacts.yaml"
    tel = "    tel: (212) 213-6376\n"
    more = f"{tel}    email: help@example.org\n    url: example.org/help\n"
    path.write_text(path.read_text(encoding="utf-8").replace(tel, more), encoding="utf-8")
    (said,) = piece(project, "{contact: east-coast}").codes.values()
    lines = said.payload.splitlines()
    assert lines[lines.index("TEL:+12122136376") + 1 :][:2] == [
        "EMAIL:help@example.org",
        "URL:https://example.org/help",
    ]


def test_an_office_that_is_saved_has_all_its_numbers_and_what_they_are_for(project: Path) -> None:
    path = project / "materials/contacts.yaml"
    tel = "    tel: (212) 213-6376\n"
    more = """\
    tel:
      - (212) 213-6376 ext. 12
      - Van; truck: 212-213-6377
    text: HOME to 741741
"""
    path.write_text(path.read_text(encoding="utf-8").replace(tel, more), encoding="utf-8")
    (said,) = piece(project, "{contact: east-coast}").codes.values()
    lines = said.payload.splitlines()
    assert lines[lines.index("TEL:+12122136376,12") + 1 :][:3] == [
        "TEL:+12122136377",
        "TEL;TYPE=MSG:741741",
        "NOTE:Van\\; truck\\, SMS HOME",
    ]


def test_what_is_printed_beside_a_code_is_among_the_texts_that_a_page_must_have(
    project: Path,
) -> None:
    material = piece(project, "{wifi: Guests, password: open sesame, about: Be our guest}")
    texts = [text.text for text in material.texts]
    assert {"Guests", "open sesame", "Be our guest"} <= set(texts)


FAULTS = {
    "{url: help}": "code-unfit",
    "{url: help me}": "code-unfit",
    "{email: example.org}": "code-unfit",
    "{tel: tomorrow}": "code-unfit",
    "{tel: 213-6376}": "telephone-area-code",
    "{contact: nobody}": "contact-unknown",
    "{about: nothing}": "slot-shape",
    "{url: example.org, tel: 988}": "slot-shape",
    "https://example.org": "slot-shape",
    "{link: https://example.org}": "slot-unknown",
}


@pytest.mark.parametrize("written", FAULTS)
def test_a_code_that_would_say_nothing_is_told_with_its_place(written: str, project: Path) -> None:
    try:
        problems = piece(project, written).problems
    except HrcpubError as error:
        problems = error.problems
    found = {problem.code: problem for problem in problems}
    problem = found[FAULTS[written]]
    assert problem.source
    assert (problem.source.path, problem.source.line) == ("materials/codes.yaml", 10)
