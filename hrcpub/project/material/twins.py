"""A material that names two languages, and its translation, to the piece that is printed in both.

`languages: [en, es]` puts `overdose` and `overdose-es` on one piece, the first reader's words
first. Whoever reads only one of them must read the same: the same rows, numbers, telephones and
offices.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from hrcpub.problems import HrcpubError, Problem, Source, stop_on_errors
from hrcpub.project import slot_problems
from hrcpub.project.material.record import Material
from hrcpub.project.translations.files import is_tag, tag_of
from hrcpub.project.translations.numbers import in_latin_digits, without_shared_times
from hrcpub.project.words import Words

_DIGITS = re.compile(r"\d+")


def in_both(material: Material, read: Callable[[str], Material | None]) -> Material:
    """Return a material with its twin; raise HrcpubError where they cannot be one piece.

    `read` returns a translation by its name, None where there is none.
    """
    languages = material.languages
    other = next((one for one in languages if one.text != material.language), None)
    if misspelt := next((one for one in languages if not is_tag(one.text)), None):
        raise HrcpubError(tag_misspelt(misspelt))
    if other is None or material.language not in [one.text for one in languages]:
        raise HrcpubError(languages_wrong(languages[0], material.language))
    layout = material.layout
    if not layout.is_twin and layout.sides != 1:
        raise HrcpubError(no_place_for_two(languages[0], layout.name, layout.sides))
    translated = read(f"{material.name}-{other.text.lower()}")
    if translated is None:
        raise HrcpubError(twin_missing(other, material.name))
    along = dict.fromkeys([*material.problems, *translated.problems])
    stop_on_errors(differences(material, translated))
    if languages[0].text == material.language:
        return replace(material, twin=translated, problems=tuple(along))
    return replace(translated, name=material.name, twin=material, problems=tuple(along))


def differences(one: Material, other: Material) -> list[Problem]:
    """Return what two languages do not have alike: a row, a number, an office."""
    return [*_words(one, other), *_offices(one, other)]


def _words(one: Material, other: Material) -> Iterator[Problem]:
    ours, theirs = ({text.slot: text for text in each.texts} for each in (one, other))
    for slot in dict.fromkeys([*ours, *theirs]):
        if slot not in ours or slot not in theirs:
            place = (ours.get(slot) or theirs[slot]).source
            lacks = other.language if slot in ours else one.language
            yield twin_differs(f'"{slot}" is missing in "{lacks}"', place)
        elif said := _unlike(
            ours[slot].plain(), theirs[slot].plain(), one.language, other.language
        ):
            yield twin_differs(f'"{slot}" has {said}', theirs[slot].source)


def _unlike(ours: str, theirs: str, language: str, other: str) -> str | None:
    """Return which numbers two texts have, where they differ: 7 pm and 19 h are the same."""
    if _numbers(ours) == _numbers(theirs):
        return None
    left, right = without_shared_times(
        in_latin_digits(ours), in_latin_digits(theirs), language, other
    )
    numbers, others = _numbers(left), _numbers(right)
    if numbers == others:
        return None
    return f'{_said(numbers)} in "{language}", and {_said(others)} in "{other}"'


def _offices(one: Material, other: Material) -> Iterator[Problem]:
    ours, theirs = ([office.id for office in each.contacts] for each in (one, other))
    if ours != theirs:
        said = f'{", ".join(ours)} in "{one.language}", and {", ".join(theirs)} in'
        yield twin_differs(f'it names {said} "{other.language}"', Source(other.path))


def _numbers(text: str) -> Counter[str]:
    """Return the numbers of a text, whatever digits they are written in, and how often each is."""
    return Counter(_DIGITS.findall(in_latin_digits(text)))


def _said(numbers: Counter[str]) -> str:
    return ", ".join(sorted(numbers.elements(), key=int)) or "no number"


def languages_wrong(place: Words, language: str) -> Problem:
    """A piece in two languages names others than its own and one more.

    Fix: write two, such as `languages: [en, es]`: the one that its words are typed in, and one that
    it has a translation into. Their order is that of the piece: the first has the front, or the
    place where the page begins.
    """
    return Problem(
        "languages-wrong",
        f'a piece in two languages is in its own, "{language}", and in another',
        place.source,
        f"write such as [{language}, {'en' if language == 'es' else 'es'}]",
    )


def tag_misspelt(language: Words) -> Problem:
    """Return the Problem of something that is not the tag of a language."""
    tag = tag_of(language.text)
    how = tag if is_tag(tag) else "en, es or zh-Hans"
    return slot_problems.not_a(language, "language", how)


def no_place_for_two(place: Words, layout: str, sides: int) -> Problem:
    """A layout has no place for a second language.

    Fix: choose one with a single side, such as `steps` or `poster`, whose back the second language
    has; or one that sets two beside each other (`languages: beside` in its layout.yaml), such as
    `brochure`. Or make a piece for each language. Pages with two sides and more would need
    four, on two sheets.
    """
    return Problem(
        "languages-no-place",
        f'"{layout}" has {sides} sides, and no place for a second language',
        place.source,
        "make a piece for each language, or take a layout with one side, or the brochure",
    )


def twin_missing(language: Words, name: str) -> Problem:
    """A piece in two languages has no translation into the second.

    Fix: begin one, `hrcpub translate new LANGUAGE NAME`, and translate what it lists.
    """
    return Problem(
        "twin-missing",
        f'"{name}" has no translation into "{language.text}"',
        language.source,
        f"run hrcpub translate new {language.text} {name}",
    )


def twin_differs(said: str, place: Source) -> Problem:
    """The two languages of a piece do not say the same: a row, a number or an office differs.

    Fix: give both the same rows in the same order, and the same numbers and telephones, in digits.
    Most readers read one of the two, and must not dial, count or wait differently than the others.
    """
    return Problem("twin-differs", said, place, "give both languages the same")


CODES = {
    "languages-wrong": languages_wrong,
    "languages-no-place": no_place_for_two,
    "twin-missing": twin_missing,
    "twin-differs": twin_differs,
}
