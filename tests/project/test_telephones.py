"""Telephone numbers: which a text is, in its country, and what calls them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hrcpub.project.telephones import (
    Doubt,
    Home,
    Telephone,
    first_number,
    link,
    numbers_in,
    read,
)
from tests.shared.project import ROOT

AREA_CODE, UNKNOWN, FICTION, ABROAD, LETTERS = (
    Doubt.AREA_CODE,
    Doubt.UNKNOWN,
    Doubt.FICTION,
    Doubt.ABROAD,
    Doubt.LETTERS,
)
US, CANADA = Home("1"), Home("1", "CA")
BRITAIN, FRANCE, GERMANY, ITALY, AUSTRALIA, NEW_ZEALAND, BRAZIL, IRELAND = (
    Home(code) for code in ("44", "33", "49", "39", "61", "64", "55", "353")
)

# As it is typed: what calls it.
RIGHT = {
    US: {
        "(212) 213-6376": "tel:+12122136376",
        "212.213.6376": "tel:+12122136376",
        "(212)\u00a0213–6376": "tel:+12122136376",
        "٢١٢ ٢١٣ ٦٣٧٦": "tel:+12122136376",
        "\u202a(212)\u200e 213-6376\u202c": "tel:+12122136376",  # out of an address book
        "1 212 213 6376": "tel:+12122136376",
        "+1 212 213 6376": "tel:+12122136376",
        "787 724 1234": "tel:+17877241234",  # Puerto Rico
        "911": "tel:911",
        "9-1-1": "tel:911",
        "988": "tel:988",
        "211": "tel:211",
        "311": "tel:311",
        "711": "tel:711",
        "112": "tel:112",
        "Call 988": "tel:988",
        "Call or text 988": "tel:988",
        "988 (24/7)": "tel:988",
        "988, then press 1": "tel:988",
        "(212) 213-6376 ext. 12": "tel:+12122136376;ext=12",
        "(212) 213-6376, ext 12": "tel:+12122136376;ext=12",
        "(212) 213-6376 extension 12": "tel:+12122136376;ext=12",
        "(212) 213-6376 x12": "tel:+12122136376;ext=12",
        "(212) 213-6376x12": "tel:+12122136376;ext=12",
        "(212) 213-6376 #12": "tel:+12122136376;ext=12",
        "1-800-GET-HELP": "tel:+18004384357",
        "1-800-555-HELP": "tel:+18005554357",
        "1-800-273-TALK (8255)": "tel:+18002738255",
        "1-800-MEDICARE": "tel:+18006334227",  # its last letter is not dialled
        "Text HOME to 741741": "sms:741741",
        "text “HOLA” to 741741": "sms:741741",
        "Text: 838255": "sms:838255",
        "Envíe AYUDA al 741741": "sms:741741",
        "Text 207-898-2816": "sms:+12078982816",
        "741741": "sms:741741",  # takes no calls
        "TTY: (800) 799-7233": "tel:+18007997233",
        "TTY/TDD 711": "tel:711",
        "(212) 213-6376 (TTY)": "tel:+12122136376",
        "(212) 213-6376 TTY": "tel:+12122136376",
    },
    CANADA: {
        "416 967 1111": "tel:+14169671111",
        "1-800-668-6868": "tel:+18006686868",
        "988": "tel:988",
    },
    BRITAIN: {
        "020 7219 4272": "tel:+442072194272",
        "+44 (0)20 7219 4272": "tel:+442072194272",
        "01481 723552": "tel:+441481723552",  # Guernsey
        "0800 1111": "tel:+448001111",
        "116 123": "tel:116123",
        "111": "tel:111",
        "999": "tel:999",
        "Text SHOUT to 85258": "sms:85258",
    },
    IRELAND: {"116 123": "tel:116123", "50808": "sms:50808"},
    FRANCE: {"3114": "tel:3114", "15": "tel:15", "01 42 68 53 00": "tel:+33142685300"},
    GERMANY: {
        "030/1234567": "tel:+49301234567",
        "116 117": "tel:116117",
        "116 016": "tel:116016",
    },
    ITALY: {"06 6710 1": "tel:+390667101", "112": "tel:112"},
    AUSTRALIA: {"000": "tel:000", "13 11 14": "tel:131114"},
    NEW_ZEALAND: {"1737": "tel:1737", "0800 543 354": "tel:+64800543354"},
    BRAZIL: {"188": "tel:188", "190": "tel:190"},
}


@pytest.mark.parametrize(
    ("home", "text"), [(home, text) for home, texts in RIGHT.items() for text in texts]
)
def test_a_number_has_a_link_that_calls_it(home: Home, text: str) -> None:
    (number,) = read(text, home)
    assert (number.link, number.doubt) == (RIGHT[home][text], None)


# As it is typed: what is doubtful, and what calls it; None where nothing would.
DOUBTFUL: dict[Home, dict[str, tuple[Doubt, str | None]]] = {
    US: {
        "213-6376": (AREA_CODE, None),
        "555-0100": (AREA_CODE, None),
        "Text 213-6376": (AREA_CODE, None),
        "(212) 555-0100": (FICTION, "tel:+12125550100"),
        "(212) 555-0199 ext. 3": (FICTION, "tel:+12125550199;ext=3"),
        "1-800-555-0199": (FICTION, "tel:+18005550199"),
        "+44 20 7946 0000": (FICTION, "tel:+442079460000"),
        "242 502 1234": (ABROAD, "tel:+12425021234"),  # Bahamas
        "(416) 967-1111": (ABROAD, "tel:+14169671111"),  # Canada
        "+44 20 7219 4272": (ABROAD, "tel:+442072194272"),
        "011 44 20 7219 4272": (ABROAD, "tel:+442072194272"),
        "(555) 234-5678": (UNKNOWN, None),
        "(212) 736-5OOO": (LETTERS, None),
        "2I2 736 5000": (LETTERS, None),
        "212-736-500l ext. 12": (LETTERS, None),
    },
    CANADA: {"(212) 213-6376": (ABROAD, "tel:+12122136376")},
    BRITAIN: {
        "7219 4272": (AREA_CODE, None),
        "020 7946 0958": (FICTION, "tel:+442079460958"),
        "07700 900123": (FICTION, "tel:+447700900123"),
        "988": (UNKNOWN, None),
    },
    GERMANY: {"116 999": (UNKNOWN, None)},
}


@pytest.mark.parametrize(
    ("home", "text"), [(home, text) for home, texts in DOUBTFUL.items() for text in texts]
)
def test_a_doubtful_number_says_why(home: Home, text: str) -> None:
    (number,) = read(text, home)
    assert (number.doubt, number.link) == DOUBTFUL[home][text]


@pytest.mark.parametrize(("text", "others"), [("555-0198", "tel:+18005550198")])
def test_only_one_toll_free_number_is_reserved_for_fiction(text: str, others: str) -> None:
    whole = f"800 {text}"
    assert read(whole, US) == (Telephone(whole, others, None, "US", number=whole),)


SEVERAL = {
    "(212) 213-6376/6582": ["tel:+12122136376", "tel:+12122136582"],
    "(212) 213-6376 / (212) 213-6582": ["tel:+12122136376", "tel:+12122136582"],
    "(212) 213-6376 or 1-800-799-7233": ["tel:+12122136376", "tel:+18007997233"],
    "911 or 988": ["tel:911", "tel:988"],
    "911/988/211": ["tel:911", "tel:988", "tel:211"],
}


@pytest.mark.parametrize("text", SEVERAL)
def test_several_numbers_are_not_one_of_all_their_digits(text: str) -> None:
    assert [number.link for number in read(text, US)] == SEVERAL[text]
    assert link(text, US) == SEVERAL[text][0]


NONE = (
    "", "call us", "call us at noon", "Call 911 now", "12-34", "HELP", "()-–", "12", "5 days",
    "123", "555", "999", "12345", "+988", "1.51E+10", "510 Corner Street", "100 Main Street",
    "(212) 213-637", "(212) 213-63761", "(212) 113-6376", "(112) 213-6376", "1 555 0100",
    "00 44 20 7219 4272", "(212) 213-6376 after six", "1" * 16, "0" * 400,
)  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_other_texts_are_no_telephone_and_have_no_link(text: str) -> None:
    assert read(text, US) == ()
    assert link(text, US) is None


REGIONS = {
    Home(): "US",
    Home("1", "ca"): "CA",
    Home("44"): "GB",
    Home("44", "JE"): "JE",
    Home("7", "KZ"): "KZ",
    Home("999"): None,
    Home("+1"): None,
    Home("1", "GB"): None,
    Home("one"): None,
    Home("800"): None,  # freephone: of all countries, and so of none
}


@pytest.mark.parametrize(
    ("home", "number"),
    [
        (FRANCE, "01 44 27 81 00"),
        (FRANCE, "01\u202f44\u202f27\u202f81\u202f00"),  # as CLDR and typesetters group figures
        (FRANCE, "01\u200944\u200927\u200981\u200900"),
        (US, "(212)\u200e 213-6376"),
    ],
)
def test_a_number_is_found_among_words_whatever_spaces_and_marks_it_has(
    home: Home, number: str
) -> None:
    text = f"Fax 212 213 6377, \u2066{number}\u2069 demain" if home is US else f"Tél. {number}."
    start = text.index(number)
    assert list(numbers_in(text, home))[-1] == (start, start + len(number), number)
    assert first_number(text, home) == number
    assert link(number, home)


@pytest.mark.parametrize("home", REGIONS)
def test_a_home_is_a_country_of_its_calling_code(home: Home) -> None:
    assert home.region == REGIONS[home]


# The library's metadata are loaded by what reads a number, and by nothing else.
COMMAND = """
import sys
from hrcpub.cli import main
try:
    main()
except SystemExit as done:
    sys.exit("phonenumbers" if "phonenumbers" in sys.modules else done.code)
"""


def loads(*words: str) -> bool:
    """Return whether a command loads the library."""
    command = [sys.executable, "-c", COMMAND, *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0 or done.stderr.endswith("phonenumbers\n"), done.stderr
    return done.returncode != 0


@pytest.mark.slow
@pytest.mark.usefixtures("cold")  # a number that was read before is kept
def test_what_reads_no_number_does_not_load_the_numbering_plans(tmp_path: Path) -> None:
    build = ("build", "contact-card", "--edition", "office", "--output", str(tmp_path))
    assert not loads("--help")
    assert not loads("list")
    assert loads(*build)
    assert not loads(*build)  # there is nothing to do
