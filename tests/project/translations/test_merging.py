"""Texts that change and move, and what becomes of their translations."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hrcpub.project.translations.catalog import Catalog, Message
from hrcpub.project.translations.merging import likeness, merged, told
from hrcpub.project.translations.passages import Passage

WAKE = "Shout. Shake them. Rub the breastbone with your knuckles. No answer? Go on."
CALL = "Say where you are. Say that someone is not breathing and will not wake up."
SPRAY = "Lay them on their back. Tilt the head back. Spray naloxone into one nostril."
STAY = "Stay with them until help comes."
# Each text, in brief; a mark behind it is a small change of it.
TEXTS = {"A": WAKE, "B": CALL, "C": SPRAY, "D": STAY, "T": "Overdose?", "v": "Wake", "w": "Call"}
NEW = {"N": "Naloxone is free at every pharmacy of the county.", "M": "Do not leave people alone."}
CHANGE: dict[str, Callable[[str], str]] = {
    "'": lambda text: text.replace(".", "!", 1),
    '"': lambda text: f"{text} Please.",
}


def text(letter: str) -> str:
    said = {**TEXTS, **NEW}[letter[0]]
    for sign in letter[1:]:
        said = CHANGE[sign](said)
    return said


def passages(row: str, slots: str = "words.steps.{}.text") -> list[Passage]:
    return [Passage(slots.format(n), text(letter)) for n, letter in enumerate(row.split(), 1)]


def catalog(row: str, slots: str = "words.steps.{}.text") -> Catalog:
    """Each translation is the letter of the text that it was made for."""
    messages = [
        Message(slots.format(n), text(letter), words=letter)
        for n, letter in enumerate(row.split(), 1)
    ]
    return Catalog("x.po", {}, tuple(messages))


def shown(catalog: Catalog) -> str:
    """Each message: the translation, `?` where it has to be looked over, - for none; ~ unused."""

    def sign(message: Message) -> str:
        return (message.words or "-") + "?" * message.is_fuzzy

    used = [sign(message) for message in catalog.messages if not message.is_obsolete]
    old = [sign(message) for message in catalog.messages if message.is_obsolete]
    return " ".join(used) + (f" ~ {' '.join(old)}" if old else "")


# What was, what is, and whose translations are where.
CASES = {
    "nothing changed": ("A B C", "A B C", "A B C"),
    "one corrected": ("A B C", "A B' C", "A B? C"),
    "one written anew": ("A B C", "A N C", "A B? C"),
    "all written anew": ("A B", "N M", "A? B?"),
    "put in at the head": ("A B C", "N A B C", "- A B C"),
    "put in within": ("A B C", "A N B C", "A - B C"),
    "put in at the end": ("A B", "A B N", "A B -"),
    "put in at the head, others corrected": ("A B C", "N A' B' C'", "- A? B? C?"),
    "put in at the head, one corrected": ("A B C", "N A B' C", "- A B? C"),
    "taken out at the head": ("A B C", "B C", "B C ~ A"),
    "taken out at the head, another corrected": ("A B C", "B' C", "B? C ~ A"),
    "turned round": ("A B C", "C B A", "C B A"),
    "two change places, both corrected": ("A B", "B' A'", "B? A?"),
    "moved and corrected, its place taken by a new one": ("A B", "N B A'", "- B A?"),
    "twice the same": ("D D A", "D D A", "D D A"),
    "doubled": ("D A", "D D A", "D - A"),
    "nothing is left": ("A B", "", " ~ A B"),
    "from nothing": ("", "A B", "- -"),
}


@pytest.mark.parametrize("name", CASES)
def test_each_text_keeps_its_own_translation(name: str) -> None:
    was, now, expected = CASES[name]
    result = merged(passages(now), catalog(was), "materials/x.yaml")
    assert shown(result) == expected
    slots = [message.slot for message in result.messages if not message.is_obsolete]
    assert slots == [passage.slot for passage in passages(now)]
    # Nothing is lost, and a second time nothing changes.
    assert sorted(m.words for m in result.messages if m.words) == sorted(was.split())
    assert merged(passages(now), result, "materials/x.yaml") == result


def test_what_a_fuzzy_translation_was_made_for_is_kept() -> None:
    first = merged(passages("A'"), catalog("A"), "x.yaml")
    assert first.messages[0].previous == ("words.steps.1.text", WAKE)
    second = merged(passages("""A'\""""), first, "x.yaml")
    assert second.messages[0].source == text("""A'\"""")
    assert second.messages[0].previous == ("words.steps.1.text", WAKE)


def test_an_entry_moves_as_a_whole() -> None:
    """Its other words tell whose the one is that was written anew."""
    was = Catalog(
        "x.po",
        {},
        (
            Message("words.steps.1.verb", "Wake", "v"),
            Message("words.steps.1.text", WAKE, "A"),
            Message("words.steps.2.verb", "Call", "w"),
            Message("words.steps.2.text", CALL, "B"),
        ),
    )
    now = [
        Passage("words.steps.1.verb", "Look"),
        Passage("words.steps.1.text", NEW["M"]),
        Passage("words.steps.2.verb", "Wake"),
        Passage("words.steps.2.text", "Are they awake? Find out."),
        Passage("words.steps.3.verb", "Call"),
        Passage("words.steps.3.text", CALL),
    ]
    assert shown(merged(now, was, "x.yaml")) == "- - v A? w B"


def test_a_text_that_moved_to_another_kind_of_place_is_looked_over() -> None:
    was = Catalog("x.po", {}, (Message("words.title", "Overdose?", "T"),))
    now = [Passage("title", "Overdose?")]
    (message,) = merged(now, was, "x.yaml").messages
    assert (message.words, message.is_fuzzy) == ("T", True)
    assert message.previous == ("words.title", "Overdose?")


def test_what_went_out_of_use_comes_back() -> None:
    without = merged(passages("B"), catalog("A B"), "x.yaml")
    assert shown(without) == "B ~ A"
    assert shown(merged(passages("A B"), without, "x.yaml")) == "A B"


def test_what_a_translator_noted_is_kept() -> None:
    message = Message("words.title", "Overdose?", "", notes=("ask",), flags=("no-wrap",))
    was = Catalog("x.po", {}, (message,))
    (kept,) = merged([Passage("words.title", "Overdose!")], was, "x.yaml").messages
    assert (kept.notes, kept.flags, kept.words) == (("ask",), ("no-wrap",), "")
    (old,) = merged([], was, "x.yaml").messages
    assert old.is_obsolete
    assert old.notes == ("ask",)


def test_what_a_text_rests_on_is_none_of_its_words() -> None:
    was = Message("words.lead", "It works.", "Funciona.")
    (now,) = merged(
        [Passage("words.lead", "It works. {cdc-2024}")], Catalog("x.po", {}, (was,)), "a"
    ).messages
    assert (now.source, now.words, now.is_open) == ("It works. {cdc-2024}", "Funciona.", False)
    assert "names a source" in now.told[0]
    was = Message("valid-until", "Until {date}", "Hasta {date}")
    (now,) = merged(
        [Passage("valid-until", "Until {day}")], Catalog("x.po", {}, (was,)), "a"
    ).messages
    assert now.is_open, "in a phrase of the design braces are a part of it"


def test_a_translator_is_told_of_the_place() -> None:
    passage = Passage("verb", r"*Wake* {name}\\", about="one word, set large", limit=9)
    assert list(told(passage)) == [
        "One word, set large.",
        "At most 9 characters, with spaces.",
        r"Keep the signs *, [ ]( ) and \ where they belong: they set words off, and link.",
        "What is in { } is put in by the program: keep it as it is.",
    ]
    (soft,) = told(passage._replace(text="Wake", about="", is_firm=False))
    assert soft == "About 9 characters at most, with spaces: the page decides."


def test_likeness_is_none_under_the_threshold() -> None:
    assert likeness(WAKE, WAKE, 0.6) == 1
    assert likeness(WAKE, CALL, 0.6) == 0
