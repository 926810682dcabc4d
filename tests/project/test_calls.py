"""Telephones and lines for texts: what people type, what is printed of it, and what it opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.project.contacts import Contact, doubtful, in_language, read_contacts
from hrcpub.project.homes import PATH
from hrcpub.project.words import Words

FILE = """\
verified: 2026-01-10
review-by: 2026-07-10
calling-code: "1"
offices:
  north:
    name: North Side
    lines: [1 Main Street]
"""
SAID = {
    "en": {
        "tel": "Tel",
        "fax": "Fax",
        "text": "Text",
        "text-to": "Text {keyword} to {number}",
        "extension": "ext. {extension}",
    },
    "de": {
        "tel": "Tel.",
        "fax": "Fax",
        "text": "SMS",
        "text-to": "{keyword} an {number} senden",
        "extension": "Durchwahl {extension}",
    },
}


def office(root: Path, *lines: str) -> Contact:
    (root / "materials").mkdir(exist_ok=True)
    text = FILE + "".join(f"    {line}\n" for line in lines)
    (root / PATH).write_text(text, encoding="utf-8")
    return read_contacts(Sources(root))["north"]


def printed(contact: Contact, language: str = "en") -> list[tuple[str, str | None]]:
    """Return each number as a piece prints it, and what it opens."""
    phrases = {name: Words(text, Source()) for name, text in SAID[language].items()}
    problems: list[Problem] = []
    lines = in_language(contact, language, phrases, problems).numbers
    assert not problems
    return [(line.text.replace("\u00a0", " "), line.link) for line in lines]


MAIN, OTHER = "tel:+12122136376", "tel:+12122136377"

# What is typed for telephones, and what is printed of it in English.
TELEPHONES: dict[tuple[str, ...], list[tuple[str, str | None]]] = {
    ("tel: (212) 213-6376",): [("Tel: (212) 213-6376", MAIN)],
    ("tel: [(212) 213-6376, 212-213-6377]",): [
        ("Tel: (212) 213-6376", MAIN),
        ("Tel: 212-213-6377", OTHER),
    ],
    ("tel:", "  - (212) 213-6376", "  - {number: (212) 213-6377, label: Van}"): [
        ("Tel: (212) 213-6376", MAIN),
        ("Van: (212) 213-6377", OTHER),
    ],
    ("tel:", "  - Office: (212) 213-6376", "  - Van: (212) 213-6377"): [
        ("Office: (212) 213-6376", MAIN),
        ("Van: (212) 213-6377", OTHER),
    ],
    ("tel:", "  Office: (212) 213-6376", "  Spanish: (212) 213-6377"): [
        ("Office: (212) 213-6376", MAIN),
        ("Spanish: (212) 213-6377", OTHER),
    ],
    ("tel: (212) 213-6376 x12",): [("Tel: (212) 213-6376 ext. 12", f"{MAIN};ext=12")],
    ("tel: (212) 213-6376, extension 12",): [("Tel: (212) 213-6376 ext. 12", f"{MAIN};ext=12")],
    ('tel: "(212) 213-6376 #12"',): [("Tel: (212) 213-6376 ext. 12", f"{MAIN};ext=12")],
    ("tel: {number: (212) 213-6376, extension: 12}",): [
        ("Tel: (212) 213-6376 ext. 12", f"{MAIN};ext=12")
    ],
    # A number that takes texts alone is no telephone.
    ("tel: [(212) 213-6376, 741741]",): [
        ("Tel: (212) 213-6376", MAIN),
        ("Text: 741741", "sms:741741"),
    ],
    ("tel: Text HOME to 741741",): [("Text HOME to 741741", "sms:741741")],
    # What stands around a number stays, and so does its extension then.
    ("tel: Call (212) 213-6376 x12",): [("Tel: Call (212) 213-6376 x12", f"{MAIN};ext=12")],
    ("tel: (212) 213-6376", "fax: (212) 213-6377", "text: 741741"): [
        ("Tel: (212) 213-6376", MAIN),
        ("Text: 741741", "sms:741741"),
        ("Fax: (212) 213-6377", None),
    ],
    # In a line from right to left their groups would stand the other way round.
    ("tel: ٢١٢-٢١٣-٦٣٧٦", "fax: ٢١٢-٢١٣-٦٣٧٧", "text: ٧٤١٧٤١"): [
        ("Tel: 212-213-6376", MAIN),
        ("Text: 741741", "sms:741741"),
        ("Fax: 212-213-6377", None),
    ],
}


@pytest.mark.parametrize("lines", TELEPHONES)
def test_telephones_are_read_as_people_type_them(lines: tuple[str, ...], tmp_path: Path) -> None:
    assert printed(office(tmp_path, *lines)) == TELEPHONES[lines]


# The same for a line that takes texts.
TEXTS = {
    "741741": ("Text: 741741", "sms:741741"),
    "Text 741741": ("Text: 741741", "sms:741741"),
    "(212) 213-6376": ("Text: (212) 213-6376", "sms:+12122136376"),
    "HOME to 741741": ("Text HOME to 741741", "sms:741741?body=HOME"),
    "Text HOME to 741741": ("Text HOME to 741741", "sms:741741?body=HOME"),
    "Text “HOME” to 741741": ("Text HOME to 741741", "sms:741741?body=HOME"),
    "envía HOLA al 741741": ("Text HOLA to 741741", "sms:741741?body=HOLA"),
    "Envoyez HOLA au 741741": ("Text HOLA to 741741", "sms:741741?body=HOLA"),
    "Voye HOLA nan 741741": ("Text HOLA to 741741", "sms:741741?body=HOLA"),
    "Nhắn tin HOLA tới 741741": ("Text HOLA to 741741", "sms:741741?body=HOLA"),
    "发短信“HOLA”到741741": ("Text HOLA to 741741", "sms:741741?body=HOLA"),
    "发送HOLA至741741": ("Text HOLA to 741741", "sms:741741?body=HOLA"),
    "أرسل HOLA إلى 741741": ("Text HOLA to 741741", "sms:741741?body=HOLA"),
    "Отправьте HOLA на 741741": ("Text HOLA to 741741", "sms:741741?body=HOLA"),
    "ផ្ញើ HOLA ទៅ 741741": ("Text HOLA to 741741", "sms:741741?body=HOLA"),
    "HOLA ወደ 741741 ይላኩ": ("Text HOLA to 741741", "sms:741741?body=HOLA"),
    "Sende HOLA an 741741": ("Text HOLA to 741741", "sms:741741?body=HOLA"),
    "{number: 741741, keyword: NIGHT VAN}": (
        "Text NIGHT VAN to 741741",
        "sms:741741?body=NIGHT%20VAN",
    ),
}


@pytest.mark.parametrize("typed", TEXTS)
def test_a_line_for_texts_opens_a_message_with_its_keyword(typed: str, tmp_path: Path) -> None:
    assert printed(office(tmp_path, f"text: {typed}")) == [TEXTS[typed]]


def test_numbers_are_printed_in_the_language_of_the_piece(tmp_path: Path) -> None:
    lines = (
        "tel:",
        "  - {number: (212) 213-6376 x12, label: {en: Van, de: Bus}}",
        "  - {number: (212) 213-6377, label: {en: Office}}",
        "text: HOME to 741741",
    )
    assert [said for said, _ in printed(office(tmp_path, *lines), "de")] == [
        "Bus: (212) 213-6376 Durchwahl 12",
        "Office: (212) 213-6377",
        "HOME an 741741 senden",
    ]


def test_the_first_number_that_people_call_or_text_is_the_one_to_set_large(tmp_path: Path) -> None:
    phrases = {name: Words(text, Source()) for name, text in SAID["en"].items()}

    def large(*lines: str) -> tuple[str | None, int]:
        contact = in_language(office(tmp_path, *lines), "en", phrases, [])
        call = contact.call.text.replace("\u00a0", " ") if contact.call else None
        return call, len(contact.others)

    assert large("text: 741741", "tel: (212) 213-6376") == ("Tel: (212) 213-6376", 1)
    assert large("text: 741741", "fax: (212) 213-6376") == ("Text: 741741", 1)
    assert large("fax: (212) 213-6376") == (None, 1)
    assert large() == (None, 0)


def test_a_number_is_not_broken_into_two_lines(tmp_path: Path) -> None:
    phrases = {name: Words(text, Source()) for name, text in SAID["en"].items()}

    def words(*lines: str) -> list[str]:
        contact = in_language(office(tmp_path, *lines), "en", phrases, [])
        return [line.words.text for line in contact.numbers]

    assert words("tel: {Night nurse: (212) 213-6376}") == ["(212)\u00a0213-6376"]
    assert words("tel: 1 212 213 6376 x12") == ["1\u00a0212\u00a0213\u00a06376 ext.\u00a012"]
    assert words("text: (212) 213-6376") == ["(212)\u00a0213-6376"]
    long = "+44 (0) 20 7183 8750"  # no narrow column has room for it in one line
    assert words(f"tel: {long}") == [long]


def test_a_historical_extension_stays_as_it_was_typed(tmp_path: Path) -> None:
    contact = office(tmp_path, "tel: (212) 213-6376 X 12", "historical: yes")
    assert printed(contact) == [("Tel: (212) 213-6376 X 12", f"{MAIN};ext=12")]


def test_an_extension_stays_as_it_was_typed_where_the_design_has_no_phrase(tmp_path: Path) -> None:
    contact = in_language(office(tmp_path, "tel: (212) 213-6376 x12"), "tlh", {}, [])
    assert [line.text for line in contact.numbers] == ["(212) 213-6376 x12"]


def test_a_language_without_words_for_texts_says_so_at_the_number(tmp_path: Path) -> None:
    problems: list[Problem] = []
    in_language(office(tmp_path, "text: HOME to 741741"), "tlh", {}, problems)
    assert [(p.code, str(p.source)) for p in problems] == [("contact-phrase", f"{PATH}:8:11")]
    assert '"text-to"' in problems[0].message


MISTAKES = {
    "tel: [(212) 213-6376, 12345678901234]": ("slot-value", "8:27"),
    "tel: {Van: tomorrow}": ("slot-value", "8:16"),
    "tel: {label: Van}": ("slot-missing", "8:10"),
    "tel: {number: (212) 213-6376, lable: Van}": ("slot-unknown", "8:35"),
    "tel: [(212) 213-6376, '']": ("slot-empty", "8:27"),
    "tel: [[(212) 213-6376]]": ("slot-shape", "8:11"),
    "text: tomorrow": ("slot-value", "8:11"),
    "text: [741741]": ("slot-shape", "8:11"),
    "text: {keyword: HOME}": ("slot-missing", "8:11"),
}


@pytest.mark.parametrize("line", MISTAKES)
def test_what_is_no_number_is_told_at_its_place(line: str, tmp_path: Path) -> None:
    with pytest.raises(HrcpubError) as told:
        office(tmp_path, line)
    code, place = MISTAKES[line]
    assert [(p.code, str(p.source)) for p in told.value.problems] == [(code, f"{PATH}:{place}")]


@pytest.mark.parametrize(
    "line", ["tel: [988, (242) 555-0123]", "text: (212) 555-0100", "tel: {Van: (212) 555-0100}"]
)
def test_each_number_is_looked_over(line: str, tmp_path: Path) -> None:
    [doubt] = doubtful(office(tmp_path, line))
    assert doubt.code.startswith("telephone-")
