"""Hours of offices: what people type, and how a language prints it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.project.contacts import read_contacts
from hrcpub.project.homes import PATH
from hrcpub.project.hours import OpenDays
from hrcpub.project.hours_styles import printed
from hrcpub.project.words import Words

FILE = """\
verified: 2026-01-10
review-by: 2026-07-10
calling-code: "1"
offices:
  north:
    name: North Side
    lines: [1 Main Street]
    hours:
"""
PHRASES = {
    name: Words(text, Source())
    for name, text in {"closed": "closed", "by-appointment": "by appointment"}.items()
}


def read(root: Path, *entries: str) -> tuple[OpenDays, ...]:
    (root / "materials").mkdir(exist_ok=True)
    text = FILE + "".join(f"      - {{{entry}}}\n" for entry in entries)
    (root / PATH).write_text(text, encoding="utf-8")
    return read_contacts(Sources(root))["north"].hours


def lines(
    rows: tuple[OpenDays, ...], language: str = "en", country: str | None = None
) -> list[str]:
    return [
        line.text.replace("\u00a0", " ") if isinstance(line, Words) else line.code
        for line in printed(rows, language, PHRASES, country)
    ]


# What is typed, and what is printed of it in English.
TYPED = {
    "days: Mon-Fri, from: 9 am, to: 5 pm": "Mon–Fri 9 am – 5 pm",
    "days: Mon-Fri, from: 9-5": "Mon–Fri 9 am – 5 pm",
    "days: monday to friday, from: 9, to: 17": "Mon–Fri 9 am – 5 pm",
    "days: lunes a viernes, from: 9:00, to: 17:00": "Mon–Fri 9 am – 5 pm",
    "days: weekdays, from: 9 a.m., to: 5 p.m.": "Mon–Fri 9 am – 5 pm",
    "days: Mondays, from: 7-23": "Mon 7 am – 11 pm",
    'days: "Mon, Wed", from: 9:30-11': "Mon, Wed 9:30–11 am",
    "days: Tues. and Thurs., from: 1-5 pm": "Tue, Thu 1–5 pm",
    "days: sábado y domingo, from: 10, to: mediodía": "Sat–Sun 10 am – noon",
    "days: mié, from: noon, to: 12 am": "Wed noon – midnight",
    "days: Sat, from: 19:00, to: 01:00": "Sat 7 pm – 1 am",
    "days: Sat, from: 10 pm - 2": "Sat 10 pm – 2 am",
    "days: Fri-Mon, from: 8 am, to: 9 am": "Fri–Mon 8–9 am",
    "days: daily, from: 0:00, to: 24:00": "Mon–Sun 24 hours",
    "days: Sat, from: 9 pm, to: 9 am": "Sat 9 pm – 9 am",
    "days: Mon-Fri, from: 9 a.m. - 5 p.m.": "Mon–Fri 9 am – 5 pm",
    "days: lunes a viernes, from: 9 a.m. a 5 p.m.": "Mon–Fri 9 am – 5 pm",
    'days: Mon-Fri, times: "9-12, 1-5"': "Mon–Fri 9 am – noon, 1–5 pm",
    "days: Mon-Fri, times: [9-12, 1-5 pm]": "Mon–Fri 9 am – noon, 1–5 pm",
    "days: Mon-Fri, times: 9 am-noon and 1 pm to 5": "Mon–Fri 9 am – noon, 1–5 pm",
    "days: Mon-Fri, from: 8-12 & 1-5 & 7-10": "Mon–Fri 8 am – noon, 1–5 pm, 7–10 pm",
    'days: Fri, times: "13:00-17:00, 22:00-2:00"': "Fri 1–5 pm, 10 pm – 2 am",
    'days: Fri, times: "1-5 pm, 9-12"': "Fri 1–5 pm, 9 pm – midnight",
    "days: Mon, from: 05:00-1": "Mon 5 am – 1 pm",
    "days: Mon, from: 5-17": "Mon 5 am – 5 pm",
    "days: Sun, closed: yes": "Sun closed",
    "days: Tue, by: appointment": "Tue by appointment",
}


# The same in other languages: days, and times.
TYPED_ELSEWHERE = {
    "days: Mo-Do, from: 9 Uhr, to: 17 Uhr": "Mon–Thu 9 am – 5 pm",
    "days: Montag bis Freitag, from: 9 bis 17.30 Uhr": "Mon–Fri 9 am – 5:30 pm",
    "days: Sonnabend, from: 7 Uhr abends, to: Mitternacht": "Sat 7 pm – midnight",
    "days: du lundi au vendredi, from: 9 h à 17 h 30": "Mon–Fri 9 am – 5:30 pm",
    'days: "mar., jeu.", from: 9h, to: midi': "Tue, Thu 9 am – noon",
    "days: lendi rive vandredi, from: 9è dimaten rive 5è aprèmidi": "Mon–Fri 9 am – 5 pm",
    "days: samdi ak dimanch, from: 7è30 diswa, to: minwi": "Sat–Sun 7:30 pm – midnight",
    "days: chak jou, from: 9 dimaten, to: midi": "Mon–Sun 9 am – noon",
    "days: Thứ 2 - Thứ 6, from: 9 giờ sáng đến 5 giờ chiều": "Mon–Fri 9 am – 5 pm",
    'days: "T7, CN", from: 7-9 tối': "Sat–Sun 7–9 pm",
    "days: Thứ bảy, from: 9g30, to: 12 giờ trưa": "Sat 9:30 am – noon",
    "days: từ thứ hai đến thứ sáu, from: 9:00, to: 17 giờ 30": "Mon–Fri 9 am – 5:30 pm",
    "days: 周一至周五, from: 上午9点到下午5点半": "Mon–Fri 9 am – 5:30 pm",
    "days: 星期六, from: ９：００～１７：００": "Sat 9 am – 5 pm",
    "days: 周六和周日, from: 9:00至17:00": "Sat–Sun 9 am – 5 pm",
    "days: من الاثنين إلى الجمعة, from: ٩ ص - ٥ م": "Mon–Fri 9 am – 5 pm",
    "days: السبت والأحد, from: من ٩:٠٠ إلى ١٧:٠٠": "Sat–Sun 9 am – 5 pm",
    "days: с понедельника по пятницу, from: с 9 до 17 часов": "Mon–Fri 9 am – 5 pm",
    'days: "сб, вс", from: 7 вечера, to: 11 вечера': "Sat–Sun 7–11 pm",
    "days: ចន្ទ ដល់ សុក្រ, from: 9:00, to: 17:00": "Mon–Fri 9 am – 5 pm",
    "days: ሰኞ እስከ ዓርብ, from: 9:00, to: 17:00": "Mon–Fri 9 am – 5 pm",
    "days: 월-금, from: 오전 9시, to: 오후 5시": "Mon–Fri 9 am – 5 pm",
    "days: segunda a sexta, from: 9h às 17h30": "Mon–Fri 9 am – 5:30 pm",
    "days: Isniin-Jimce, from: 9-5": "Mon–Fri 9 am – 5 pm",
    "days: lunes, from: de 9 a 17 horas": "Mon 9 am – 5 pm",
    "days: MON-FRI, from: 9 AM TO 5 PM": "Mon–Fri 9 am – 5 pm",
}


@pytest.mark.parametrize("entry", TYPED_ELSEWHERE)
def test_hours_are_read_as_people_type_them_in_other_languages(entry: str, tmp_path: Path) -> None:
    assert lines(read(tmp_path, entry)) == [TYPED_ELSEWHERE[entry]]


@pytest.mark.parametrize("days", ["Do", "Mi-Do", "Di"])
def test_a_day_that_two_languages_take_for_two_is_asked_for(days: str, tmp_path: Path) -> None:
    with pytest.raises(HrcpubError) as told:
        read(tmp_path, f"days: {days}, from: 9-5")
    (problem,) = told.value.problems
    assert problem.code == "hours-which-day"
    assert "German" in problem.message


@pytest.mark.parametrize("entry", TYPED)
def test_hours_are_read_as_people_type_them(entry: str, tmp_path: Path) -> None:
    assert lines(read(tmp_path, entry)) == [TYPED[entry]]


def test_hours_are_put_in_the_order_of_the_week(tmp_path: Path) -> None:
    rows = read(
        tmp_path, "days: Sun, closed: yes", 'days: "Mon, Thu", from: 9-5', "days: Tue, from: 1-2 am"
    )
    assert lines(rows) == ["Mon, Thu 9 am – 5 pm", "Tue 1–2 am", "Sun closed"]


def test_entries_of_one_day_are_its_times_together(tmp_path: Path) -> None:
    rows = read(
        tmp_path,
        "days: Mon-Fri, from: 9-12",
        "days: Mon-Fri, from: 1-5",
        "days: Wed, from: 7 pm, to: 1 am",
        "days: Sat, from: 1-5 pm",
        "days: Sat, from: 9-12",
    )
    assert lines(rows) == [
        "Mon–Tue, Thu–Fri 9 am – noon, 1–5 pm",
        "Wed 9 am – noon, 1–5 pm, 7 pm – 1 am",
        "Sat 9 am – noon, 1–5 pm",
    ]


# Patterns of CLDR 49: en and es-US have h, es-ES and de have Hm.
LANGUAGES = {
    ("en-US", "US"): ["Mon–Fri 9 am – 5:30 pm", "Sat 7 pm – 1 am", "Sun 9 am – noon, 1–5 pm"],
    ("es", "US"): [
        "lun–vie 9 a.m. – 5:30 p.m.",
        "sáb 7 p.m. – 1 a.m.",
        "dom 9 a.m. – mediodía, 1–5 p.m.",
    ],
    ("es-MX", None): [
        "lun–vie 9 a.m. – 5:30 p.m.",
        "sáb 7 p.m. – 1 a.m.",
        "dom 9 a.m. – mediodía, 1–5 p.m.",
    ],
    ("es", "ES"): ["lun–vie 9:00–17:30", "sáb 19:00–1:00", "dom 9:00–12:00, 13:00–17:00"],
    ("es-ES", "US"): ["lun–vie 9:00–17:30", "sáb 19:00–1:00", "dom 9:00–12:00, 13:00–17:00"],
    ("de", "DE"): ["Mo–Fr 9:00–17:30 Uhr", "Sa 19–1 Uhr", "So 9–12, 13–17 Uhr"],
    ("de", "US"): ["Mo–Fr 9:00–17:30 Uhr", "Sa 19–1 Uhr", "So 9–12, 13–17 Uhr"],
    ("fr", "US"): ["lun.–ven. 09:00–17:30", "sam. 19:00–01:00", "dim. 09:00–12:00, 13:00–17:00"],
    ("ht", "US"): ["len–van 9:00–17:30", "sam 19:00–1:00", "dim 9:00–12:00, 13:00–17:00"],
    ("vi", None): ["Thứ 2–Thứ 6 09:00–17:30", "Thứ 7 19:00–01:00", "CN 09:00–12:00, 13:00–17:00"],
    ("zh-Hans", None): [
        "周一–周五 09:00–17:30",
        "周六 19:00–01:00",
        "周日 09:00–12:00、13:00–17:00",
    ],
    ("ar", "US"): [
        "الاثنين–الجمعة 9:00 ص – 5:30 م",
        "السبت 7:00 م – 1:00 ص",
        "الأحد 9:00 ص – 12:00 م، 1:00 م – 5:00 م",
    ],
    ("fa", None): ["دوشنبه–جمعه ۹:۰۰–۱۷:۳۰", "شنبه ۱۹:۰۰–۱:۰۰", "یکشنبه ۹:۰۰–۱۲:۰۰، ۱۳:۰۰–۱۷:۰۰"],
    ("tlh", "US"): ["hours-language"],
    ("nv", "US"): ["hours-language"],
    ("hmn", "US"): ["hours-language"],
}


@pytest.mark.parametrize("place", LANGUAGES)
def test_each_language_prints_hours_its_own_way(
    place: tuple[str, str | None], tmp_path: Path
) -> None:
    rows = read(
        tmp_path,
        "days: Mon-Fri, from: 9-17:30",
        "days: Sat, from: 19-1",
        "days: Sun, times: [9-12, 13-17]",
    )
    assert lines(rows, *place) == LANGUAGES[place]


def test_hours_until_midnight_end_at_24_in_german(tmp_path: Path) -> None:
    rows = read(tmp_path, "days: Fri, from: 19-24", "days: Sat, from: 19:30, to: midnight")
    assert lines(rows, "de") == ["Fr 19–24 Uhr", "Sa 19:30–24:00 Uhr"]


def test_what_is_wrong_in_an_entry_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(HrcpubError) as told:
        read(tmp_path, "days: Mon, closed: sí")
    assert [problem.code for problem in told.value.problems] == ["slot-choice"]


def test_a_place_that_never_closes_says_so_in_its_language(tmp_path: Path) -> None:
    rows = read(tmp_path, "days: daily, from: 0:00, to: 24:00")
    said = [lines(rows, language) for language in ("en", "es", "de")]
    assert said == [["Mon–Sun 24 hours"], ["lun–dom 24 horas"], ["Mo–So 0–24 Uhr"]]


@pytest.mark.parametrize("language", ["en", "es", "es-ES", "de"])
def test_no_line_breaks_within_a_time(language: str, tmp_path: Path) -> None:
    rows = read(tmp_path, "days: Mon-Fri, times: [9-12:30, 13-17]", "days: Sat, from: 19-1")
    texts = [line.text for line in printed(rows, language, PHRASES) if isinstance(line, Words)]
    assert [text.count(" ") for text in texts] == [2, 1]  # after the days, after a comma


def test_a_language_without_the_words_says_so_at_the_day(tmp_path: Path) -> None:
    [told] = printed(read(tmp_path, "days: Sun, closed: yes"), "es", {})
    assert isinstance(told, Problem)
    assert (told.code, str(told.source)) == ("hours-phrase", f"{PATH}:9:16")


MISTAKES = {
    ("days: Mon-Fri, from: 9-5", "days: Wed, closed: yes"): ("hours-day", "10:16"),
    ("days: Mon, from: 9 am, to: 9 am",): ("hours-none", "9:37"),
    ("days: Mon, from: 9, to: 25:00",): ("slot-value", "9:34"),
    ("days: Mon, from: 9:60, to: 17",): ("slot-value", "9:27"),
    ("days: Mon, from: 13 pm, to: 17",): ("slot-value", "9:27"),
    ("days: Mon, from: dawn, to: 17",): ("slot-value", "9:27"),
    ("days: Mox, from: 9-5",): ("slot-value", "9:16"),
    ("days: M, from: 9-5",): ("slot-value", "9:16"),
    ("days: Mon-Wed-Fri, from: 9-5",): ("slot-value", "9:16"),
    ("days: Mon-Fri, from: 9-5", "days: Wed, from: 4-8 pm"): ("hours-overlap", "10:27"),
    ("days: Sat, from: 9 pm, to: 9 am", "days: Sun, from: 8-12"): ("hours-overlap", "10:27"),
    ("days: Mon, from: 8-12", "days: Sun, from: 9 pm, to: 9 am"): ("hours-overlap", "10:27"),
    ('days: Mon, times: "9 am-1 pm, 12:30-5 pm"',): ("hours-overlap", "9:28"),
    ("days: Tue, from: 2-4",): ("hours-half", "9:27"),
    ("days: Sat, from: 5-1",): ("hours-half", "9:27"),
    ("days: Mon-Wed, from: 9-5", "days: Wed, from: 4-8"): ("hours-half", "10:27"),
    ('days: Mon, times: "1-3, 10-12"',): ("hours-half", "9:28"),
    ("days: Mon, times: [9-12, 1]",): ("slot-value", "9:35"),
    ("days: Mon, times: [9-12, 13-25]",): ("slot-value", "9:35"),
    ("days: Mon, times: [9-12], from: 1-5",): ("hours-unclear", "9:16"),
    ("days: Mon, from: 9-5", "days: Mon, from: 9-5"): ("hours-overlap", "10:27"),
    ("days: Mon, times: {a: b}",): ("slot-shape", "9:28"),
    ("days: Mon, by: appointment", "days: Mon, from: 9-5"): ("hours-day", "10:16"),
    ("days: Mon",): ("hours-unclear", "9:16"),
    ("days: Mon, from: 9 am",): ("hours-unclear", "9:16"),
    ("days: Mon, to: 9 am",): ("hours-unclear", "9:16"),
    ("days: Mon, from: 9-5, closed: yes",): ("hours-unclear", "9:16"),
    ("from: 9, to: 5",): ("slot-missing", "9:9"),
    ("days: Mon, by: chance",): ("slot-choice", "9:25"),
}


@pytest.mark.parametrize("entries", MISTAKES)
def test_hours_that_cannot_be_are_told_at_their_place(
    entries: tuple[str, ...], tmp_path: Path
) -> None:
    with pytest.raises(HrcpubError) as told:
        read(tmp_path, *entries)
    code, place = MISTAKES[entries]
    problem = told.value.problems[0]
    assert (problem.code, str(problem.source)) == (code, f"{PATH}:{place}")
