"""What is found from left to right in texts from right to left."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.setting import held, is_whole, isolates

# text: its parts from left to right
PARTS = {
    "טלפון: (212) 213-6376, או 988.": ["(212) 213-6376"],
    "اتصل على +1 (212) 213-6376 أو 911 الآن": ["+1 (212) 213-6376"],
    "212 213 6376": ["212 213 6376"],
    # As where it is set large, on one line.
    "(212)\u00a0213-6376 או +33\u202f1\u202f23\u202f45\u202f67": [
        "(212)\u00a0213-6376",
        "+33\u202f1\u202f23\u202f45\u202f67",
    ],
    "510-444-6969 و510-444-6970": ["510-444-6969", "510-444-6970"],
    # Doses, with what they are counted in; not those in letters of the text's own.
    "خذ 5 mg أو 4 mg/0.1 ml": ["5 mg", "4 mg/0.1 ml"],
    "خذ 5 ملغ": [],
    # Times and ranges; lists of numbers are read from the right.
    "בין 9:00–17:00, 9 – 17, או 5-10 ימים": ["9:00–17:00", "9 – 17", "5-10"],
    "בשעה 9:00, 24/7, 10, 20, 30": [],
    "מחיר $5 או 15%": ["$5"],
    # Addresses, of the web and of streets, with the brackets that belong to them.
    "https://example.org/a?b=1&c أو info@example.org.": [
        "https://example.org/a?b=1&c",
        "info@example.org",
    ],
    "כתובת: 22 W 27th St (5th Floor), NY 10001.": ["22 W 27th St (5th Floor), NY 10001"],
    "NARCAN (נלוקסון) הוא": ["NARCAN"],
    "(NARCAN) הוא": ["NARCAN"],
    # A number belongs to the words before it, where a name only follows.
    "בשנת 2026 Narcan נמצא": ["Narcan"],
    "אל 22 West 27th Street": ["22 West 27th Street"],
    "כתובת: 12 Main Street": ["12 Main Street"],
    # A label and its number are two.
    "Tel: (212) 213-6376": ["Tel", "(212) 213-6376"],
    # A source in another language is read as it is written, colons and all.
    "Lakeside: A toolkit (2026), p. 12": ["Lakeside: A toolkit (2026), p. 12"],
    "Lakeside Health: A toolkit (2026),": ["Lakeside Health: A toolkit (2026),"],
    "East Coast Office:": ["East Coast Office"],
    "שלום": [],
    "": [],
}


@pytest.mark.parametrize("text", PARTS)
def test_parts_from_left_to_right_are_found(text: str) -> None:
    assert [text[start:end] for start, end in isolates(text)] == PARTS[text]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("אל (212) 213-6376 או", "אל (212)_213-6376 או"),
        ("خذ 4 mg/0.1 ml الآن", "خذ 4_mg/0.1_ml الآن"),
        ("בין 9 – 17 כל יום", "בין 9_–_17 כל יום"),
        ("22 West 27th Street, NY 10001", "22_West_27th Street, NY_10001"),
        ("Harm Reduction Coalition", "Harm Reduction Coalition"),
    ],
)
def test_no_line_ends_within_a_number_and_what_it_counts(text: str, shown: str) -> None:
    assert held(text).replace("\u00a0", "_") == shown
    assert len(held(text)) == len(text)


def test_short_parts_with_a_number_stay_on_a_line() -> None:
    assert is_whole("(212) 213-6376")
    assert is_whole("4 mg/0.1 ml")
    assert not is_whole("Harm Reduction")
    assert not is_whole("example.org/2026")
    assert not is_whole("22 West 27th Street, 5th Floor")
    assert not is_whole("1440 Broadway, Suite 510")
