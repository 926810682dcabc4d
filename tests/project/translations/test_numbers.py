"""Numbers and times of day, as each language writes them: what is the same, and what is not."""

from __future__ import annotations

import pytest

from hrcpub.project.translations.agreement import disagreements
from hrcpub.project.translations.catalog import Message
from hrcpub.project.translations.numbers import without_shared_times
from hrcpub.project.translations.passages import Passage

EVENING = "We meet at 7:30 pm."
# Of the same moment, by language.
SAME_TIME = {
    "de": ("um 19.30 Uhr", "um 19:30 Uhr", "um 19 Uhr 30", "um halb 8 abends", "7.30 Uhr abends"),
    "fr": ("à 19 h 30", "à 19h30", "à 19h30 précises", "à 7 h et demie du soir"),
    "pt": ("às 19h30", "às 7 e meia da noite"),
    "es": ("a las 19:30", "a las 7 y media de la tarde", "a las 7:30 p. m.", "a las 19 h 30"),
    "it": ("alle 19.30", "alle 7 e mezza di sera"),
    "fi": ("klo 19.30",),
    "pl": ("o 19.30", "o 7.30 wieczorem"),
    "ru": ("в 19:30", "в 19.30", "в 7:30 вечера", "в 19 ч. 30 мин"),
    "ht": ("a 7:30 p.m.", "a 7è30 diswa", "a 7è edmi diswa", "a 19è30"),
    "vi": ("lúc 19 giờ 30", "lúc 7 giờ 30 tối", "lúc 7 giờ rưỡi tối", "lúc 19h30"),
    "zh-Hans": ("晚上7:30见面", "晚上7点半", "19:30", "今晚7点30分", "晚上7：30", "１９：３０"),
    "ja": ("午後7時30分", "19時30分"),
    "ko": ("오후 7시 30분", "저녁 7시 반", "19시 30분"),
    "ar": ("في ٧:٣٠ مساءً", "الساعة ٧:٣٠ م", "الساعة 19:30"),
    "fa": ("ساعت ۷:۳۰ شب", "ساعت ۱۹:۳۰"),
    "hi": ("शाम 7:30 बजे",),
    "bn": ("সন্ধ্যা ৭টা ৩০ মিনিট",),
    "th": ("19.30 น.",),
    "km": ("ម៉ោង 7:30 យប់",),
    "so": ("7:30 fiidnimo",),
    # There hours may be counted from sunrise: 1:30 in the evening.
    "am": ("ከምሽቱ 1:30", "ከምሽቱ 7:30"),
}
OTHER_TIME = {
    "de": ("um 18.30 Uhr", "um 7.30 Uhr morgens"),
    "fr": ("à 20 h 30", "à 7 h 30 du matin"),
    "ru": ("в 7:30 утра", "в 19:40"),
    "ht": ("a 7è30 dimaten", "a 8è30 diswa"),
    "vi": ("lúc 7 giờ 30 sáng",),
    "zh-Hans": ("早上7:30", "晚上8:30", "晚上7点"),
    "ko": ("오전 7시 30분", "19시 20분"),
    "ar": ("٧:٣٠ ص", "٨:٣٠ م"),
    "am": ("ከምሽቱ 2:30",),
}
RIGHT = {
    ("at 7 pm", "fr"): "à 19h",
    ("at 7:00 pm", "fr"): "à 19 h",
    ("by 7 pm", "de"): "bis 19.00 Uhr",
    ("9 am to noon", "ht"): "9è dimaten rive midi",
    ("9 am - 5 pm", "am"): "ከጠዋቱ 3 ሰዓት እስከ 11 ሰዓት",
    ("9–5", "es"): "9–17",
    ("9 to 5", "es"): "de 9 a 17",
    ("From 7 to 9 pm", "ar"): "من 7 إلى 9 مساءً",
    ("From 1 to 5 pm", "zh-Hans"): "下午1点到5点",
    ("noon", "fr"): "12 h",
    ("midnight", "de"): "0 Uhr",
    ("12 pm", "es"): "mediodía",
    ("half past 7", "de"): "7:30",
    ("9 am–noon, 1–5 pm", "de"): "9–12, 13–17 Uhr",
    ("9 am–noon, 1–5 pm", "fr"): "9 h – midi, 13 h – 17 h",
    ("from 10 pm to 2 am", "de"): "22–2 Uhr",
    ("7 pm, 7 kits", "es"): "19 h, 7 kits",
    ("7 pm. Call at 7.", "fr"): "19 h. Appelez à 19 h.",
    ("Room 7, 7 pm", "de"): "Raum 7, 19 Uhr",
    ("at 8 pm for 3 days", "ru"): "в 20:00, 3 дня",
    ("within 2 hours", "es"): "en menos de 2 h",
    ("30:2", "de"): "30:2",
    ("10,000 kits", "zh-Hans"): "1万套",
    ("1.5 million", "zh-Hans"): "150万",
    ("1.5 million people", "es"): "1,5 millones de personas",
    ("100,000 kits", "hi"): "1,00,000 किट",
    ("1,000 kits", "de"): "1’000 Sets",
    ("1.5 mg", "fa"): "۱٫۵ میلی‌گرم",
    ("on 11/28/2026", "es"): "el 28 de noviembre de 2026",
    ("November 28, 2026", "zh-Hans"): "2026年11月28日",
    ("November 28, 2026", "de"): "28.11.2026",
    ("Nov 28", "ru"): "28 ноября",
    ("March 4, 2026", "vi"): "ngày 4 tháng 3 năm 2026",
    ("11/28", "ht"): "28 novanm",
    ("in 2026", "th"): "ในปี 2569",
    ("24/7", "fr"): "24h/24, 7j/7",
    ("8 pm", "zh-Hans"): "晚间8点",
    ("8 pm", "de"): "abends um 8 Uhr",
}
# And a part of what is said.
WRONG = {
    ("7 pm", "7 a.m.", "es"): "lacks 7 pm and has 7 a.m.",
    ("8 pm", "8 Uhr", "de"): "has 8 Uhr, which may be read as in the morning",
    ("9–5", "9–16", "es"): "lacks 5 and has 16",
    ("9 am–noon, 1–5 pm", "9–12, 13–18 Uhr", "de"): "lacks 5 pm and has 18 Uhr",
    ("7 pm, 7 kits", "19 h, 8 kits", "es"): "lacks 7 and has 8",
    ("wait 2 hours", "14 h", "fr"): "lacks 2 and has 14",
    ("7:30", "19:30", "de"): "lacks 7 and has 19",
    ("7 pm", "siete de la tarde", "es"): "lacks 7",
    ("10,000 kits", "1千套", "zh-Hans"): "lacks 10000",
    ("100,000", "10,00,000", "hi"): "has 1000000",
    ("11/28", "28 de octubre", "es"): "lacks 11",
    ("3/4", "martes 4", "es"): "lacks 3",
    ("in 2026", "ในปี 2570", "th"): "has 2570",
}


def told(source: str, words: str, language: str) -> list[str]:
    message = Message("a", source, words)
    found = disagreements(Passage("a", source), message, language, "en")
    return [problem.message for problem in found]


@pytest.mark.parametrize("language", SAME_TIME)
def test_a_time_is_the_same_on_each_clock(language: str) -> None:
    assert {words: told(EVENING, words, language) for words in SAME_TIME[language]} == {
        words: [] for words in SAME_TIME[language]
    }


@pytest.mark.parametrize("language", OTHER_TIME)
def test_another_time_is_found_on_each_clock(language: str) -> None:
    assert [words for words in OTHER_TIME[language] if not told(EVENING, words, language)] == []


@pytest.mark.parametrize(("source", "language"), RIGHT)
def test_what_is_written_in_another_way_is_the_same(source: str, language: str) -> None:
    assert told(source, RIGHT[source, language], language) == []


@pytest.mark.parametrize(("source", "words", "language"), WRONG)
def test_what_differs_is_found(source: str, words: str, language: str) -> None:
    (said,) = told(source, words, language)
    assert WRONG[source, words, language] in said


def test_times_that_two_languages_share_are_taken_out() -> None:
    """A piece in two languages could not have 7 pm beside 19 h."""
    texts = ("7 pm, 2 kits, 8 pm", "19 h, 2 kits, 21 h")
    assert without_shared_times(*texts, "en", "es") == (" , 2 kits, 8 pm", " , 2 kits, 21 h")


def test_an_original_may_be_on_a_clock_of_24_hours() -> None:
    message = Message("a", "um 19.30 Uhr", "at 7:30 pm")
    assert list(disagreements(Passage("a", "um 19.30 Uhr"), message, "en", "de")) == []
