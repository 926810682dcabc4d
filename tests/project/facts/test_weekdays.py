"""Days of the week beside dates."""

from __future__ import annotations

import datetime

import pytest

from hrcpub.project.facts.weekdays import misdated

WRITTEN = datetime.date(2026, 1, 10)
# 2026-03-04 is a Wednesday.
RIGHT = [
    ("en", "Come on Wednesday, March 4, 2026."),
    ("en", "Wed. March 4"),
    ("en", "Wednesday 4 March 2026"),
    ("en", "Wednesday, the 4th of March"),
    ("en", "Open Tuesday, March 3rd, 2026"),
    ("en", "Thursday, March 4"),  # of the next year
    ("es", "miércoles, 4 de marzo de 2026"),
    ("es", "el miercoles 4 de marzo"),
    ("vi", "Tuesday, March 4, 2026"),
    ("de", "Mittwoch, 4. März 2026"),
    ("de", "am Mittwoch, den 4. März"),
    ("fr", "le mercredi 4 mars 2026, à 7 h"),
    ("ht", "mèkredi 4 mas 2026"),
    ("vi", "thứ Tư, ngày 4 tháng 3 năm 2026"),
    ("zh-Hans", "2026年3月4日（星期三）"),
    ("ko", "2026년 3월 4일 수요일"),
    ("ru", "в среду, 4 марта"),  # in a case that the calendar's name is not: not found
    ("ar", "الأربعاء 4 مارس 2026"),
    ("tlh", "jaj 4"),
    ("en", "Tuesday or March 4"),
    ("en", "Maybe 4, may we"),
]
WRONG = [
    ("en", "Come on Tuesday, March 4, 2026.", "Tuesday, March 4, 2026", "Wednesday"),
    ("en", "Tues. March 4", "Tues. March 4", "Wednesday in 2026 or Thursday in 2027"),
    ("en", "Tuesday 4 March 2026", "Tuesday 4 March 2026", "Wednesday"),
    ("en", "Monday, February 30, 2026", "Monday, February 30, 2026", None),
    ("en", "Tuesday, March ٤, 2026", "Tuesday, March ٤, 2026", "Wednesday"),
    ("es", "martes, 4 de marzo de 2026", "martes, 4 de marzo de 2026", "miércoles"),
    ("de", "Dienstag, 4. März 2026", "Dienstag, 4. März 2026", "Mittwoch"),
    ("fr", "le mardi 4 mars 2026", "mardi 4 mars 2026", "mercredi"),
    ("ht", "vini madi 4 mas", "madi 4 mas", "mèkredi in 2026 or jedi in 2027"),
    ("vi", "thứ Ba, ngày 4 tháng 3 năm 2026", "thứ Ba, ngày 4 tháng 3 năm 2026", "Thứ Tư"),
    ("zh-Hans", "2026年3月4日星期二", "2026年3月4日星期二", "星期三"),
    ("ko", "3월 4일 화요일", "3월 4일 화요일", "수요일 in 2026 or 목요일 in 2027"),
    ("ru", "вторник, 4 марта 2026 г.", "вторник, 4 марта 2026", "среда"),
    ("ar", "الثلاثاء 4 مارس 2026", "الثلاثاء 4 مارس 2026", "الأربعاء"),
    ("pt", "terça-feira, 4 de março de 2026", "terça-feira, 4 de março de 2026", "quarta-feira"),
    ("es", "el sábado 4 de marzo del 2026", "sábado 4 de marzo del 2026", "miércoles"),
]


@pytest.mark.parametrize(("language", "text"), RIGHT)
def test_a_date_on_its_day_is_right(language: str, text: str) -> None:
    assert list(misdated(text, language, WRITTEN)) == []


@pytest.mark.parametrize(("language", "text", "quoted", "right"), WRONG)
def test_a_date_on_another_day_is_told(
    language: str, text: str, quoted: str, right: str | None
) -> None:
    (found,) = misdated(text, language, WRITTEN)
    assert (found.text, found.right) == (quoted, right)
    assert text[found.start : found.end] == quoted
