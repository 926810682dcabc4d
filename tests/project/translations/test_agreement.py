"""What must be the same in a text and its translation."""

from __future__ import annotations

import pytest

from hrcpub.problems import Severity
from hrcpub.project.translations.agreement import disagreements
from hrcpub.project.translations.catalog import Message
from hrcpub.project.translations.passages import Passage

# Source, translation, its language.
RIGHT = {
    "words": ("Wake up.", "Despierte.", "es"),
    "telephone": ("Call (212) 213-6376.", "Llame al 212 213 6376.", "es"),
    "short number": ("Call 911.", "Rele 911.", "ht"),
    "native digits": ("Wait 2 to 3 minutes.", "انتظر ٢ إلى ٣ دقائق.", "ar"),
    "khmer digits": ("Every 5 seconds", "រៀងរាល់ ៥ វិនាទី", "km"),
    "decimal comma": ("1.5 mg", "1,5 mg", "es"),
    "thousands": ("1,000 kits", "1\u202f000 trousses", "fr"),
    "hours": ("From 7 pm to 1 am", "19 h à 1 h", "fr"),
    "hours of a span": ("9-5 pm", "9-17 h", "es"),
    "midnight": ("at 12 am", "a las 24 h", "es"),
    "number in letters": ("1-800-GET-HELP", "1-800-GET-HELP", "es"),
    "no number in letters": ("Room 101 OPEN NOW TODAY", "Sala 101 ABIERTA YA HOY", "es"),
    "word to send": ("Text HOME to 741741", "发送HOME至741741", "zh-Hans"),
    "micrograms": ("50 mcg", "50 µg", "fr"),
    "unit of the language": ("4 mg", "4 мг", "ru"),
    "unit in words": ("4 milligrams", "4 mg", "es"),
    "printed address": ("See example.org/help.", "Mire example.org/help.", "es"),
    "times": ("10:30 am", "10 h 30", "fr"),
    "dates": ("2026-11-28", "28/11/2026", "es"),
    "years": ("1996-2006", "1996–2006", "es"),
    "links": ("[See](https://example.org) us", "Mire [aquí](https://example.org)", "es"),
    "bare address": ("See www.example.org.", "Mire www.example.org.", "es"),
    "emphasis": ("*Do not* leave", "*No* se vaya", "es"),
    "line break": ("One\\\ntwo", "Uno\\\ndos", "es"),
    "khmer colon": ("To talk:", "ដើម្បីនិយាយ៖", "km"),
    "amharic colon": ("To talk:", "ለመነጋገር፦", "am"),
    "placeholder": ("side {side} of {sides}", "cara {side} de {sides}", "es"),
    "question": ("Awake?", "هل هو مستيقظ؟", "ar"),
    "no question marks": ("Awake?", "ตื่นไหม", "th"),
    "chinese": ("Call 911: now.", "拨打911：现在。", "zh-Hans"),
    "a name among words": (
        "Call the Harm Reduction Coalition",
        "Звоните Harm Reduction Coalition",
        "ru",
    ),
    "a name": ("Harm Reduction", "Harm Reduction", "es"),
}
# The same, and code, severity and a part of what is said.
WRONG = {
    "telephone": ("(212) 213-6376", "(212) 213-6367", "es", "differs", "error", "2122136367"),
    "no telephone": ("Call 1-800-662-4357", "Llame", "es", "differs", "error", "lacks 18006624357"),
    "short number": ("Call 911.", "Llame al 112.", "es", "differs", "error", "lacks 911"),
    "dose": ("1.5 mg", "15 mg", "es", "differs", "error", "lacks 1.5 and has 15"),
    "number": ("5 seconds", "٦ ثوان", "ar", "differs", "error", "lacks 5 and has 6"),
    "in words": ("5 seconds", "cinco segundos", "es", "differs", "error", "lacks 5"),
    "in digits": ("one breath", "1 soplo", "es", "differs", "warning", "has 1"),
    "hours": ("until 7 pm", "hasta 8 pm", "es", "differs", "error", "lacks 7 pm"),
    "morning": ("until 7 am", "hasta 19 h", "es", "differs", "error", "lacks 7 am and has 19 h"),
    "noon": ("at 12 pm", "a las 0 h", "es", "differs", "error", "lacks 12 pm and has 0 h"),
    "no hour": ("7 pm, 14 kits", "7 pm, 2 kits", "es", "differs", "error", "lacks 14 and has 2"),
    "letters": ("1-800-GET-HELP", "1-800-GET-HELD", "es", "differs", "error", "1800GETHELD"),
    "sent": ("Text HOME to 741741", "CASA al 741741", "es", "differs", "warning", "lacks HOME"),
    "unit": ("4 mg", "4 g", "es", "differs", "error", "lacks mg and has g"),
    "printed site": ("example.org/a", "exampel.org/a", "es", "differs", "error", "exampel.org"),
    "printed page": ("example.org/en", "example.org/es", "es", "differs", "warning", "/es"),
    "address": ("[a](https://a.org)", "[a](https://b.org)", "es", "differs", "error", "b.org"),
    "page": ("https://a.org/en", "https://a.org/es", "es", "differs", "warning", "a.org/es"),
    "no link": ("[a](https://a.org)", "a", "es", "differs", "error", "lacks https://a.org"),
    "emphasis": ("*a* b", "a b", "es", "differs", "error", "lacks *…*"),
    "strong": ("**a** b", "*a* b", "es", "differs", "error", "lacks **…**"),
    "line break": ("a\\\nb", "a b", "es", "differs", "error", "lacks \\"),
    "placeholder": ("{side} of {sides}", "{lado} de {sides}", "es", "differs", "error", "{side}"),
    "question": ("Awake?", "Despierto", "es", "ending", "warning", "ends in ?"),
    "announces": ("Call:", "Llame", "es", "ending", "warning", "ends in :"),
    "asks": ("Call", "¿Llamar?", "es", "ending", "warning", "ends in ?"),
    "same": ("Lay them down", "Lay them down", "es", "same", "note", "still be in en"),
    "latin": ("Lay them down", "lay them on back", "ru", "same", "note", "still be in en"),
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_the_same_is_right(name: str) -> None:
    source, words, language = RIGHT[name]
    assert (
        list(disagreements(Passage("a", source), Message("a", source, words), language, "en")) == []
    )


@pytest.mark.parametrize("name", WRONG)
def test_what_differs_is_told(name: str) -> None:
    source, words, language, code, severity, said = WRONG[name]
    message = Message("a", source, words)
    (problem,) = disagreements(Passage("a", source), message, language, "en")
    assert (problem.code, problem.severity) == (f"translation-{code}", Severity(severity))
    assert said in problem.message.replace("‹U+000A a control character›", "")
    assert problem.hint
