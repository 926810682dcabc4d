"""A material's words and offices to the facts in them that cannot be right.

Area codes and ZIP codes are held against states (`states.yaml`), days of the week against dates.
Nobody is called and nothing is looked up: whether somebody answers is for people to try, and
`called:` in contacts.yaml keeps who did.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import Problem, Severity, Source
from hrcpub.project import telephone_problems
from hrcpub.project.contacts import Contact
from hrcpub.project.date_problems import is_to_come, to_come
from hrcpub.project.facts import fact_problems
from hrcpub.project.facts.states import letters_of, state_of_area_code, states, states_of_zip
from hrcpub.project.facts.weekdays import misdated
from hrcpub.project.homes import read_home
from hrcpub.project.material.record import Material
from hrcpub.project.mistyped_digits import mistyped
from hrcpub.project.telephones import Home, is_toll_free, numbers_in, read
from hrcpub.project.typed_places import TypedPlaces
from hrcpub.project.words import Words

RECENT = datetime.timedelta(days=182)  # a call is good for half a year
_FREE = re.compile(r"toll[- ]?free|llamadas? gratuitas?|línea gratuita|sin costo", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
# Groups of Arabic digits, which stand from right to left as words do.
_TURNED = re.compile("[٠-٩][^\\w٠-٩\n]{1,3}[٠-٩]")
_FEWEST_DIGITS = 7  # of a text with a telephone number


def facts_of(material: Material, project: Project) -> list[Problem]:
    """Return what cannot be right in a material's words and its offices."""
    if material.verbatim:
        return []
    found = [
        problem
        for voice in material.voices
        for words in (voice.title, *voice.own_texts)
        for problem in _of_text(words, voice, project)
    ]
    for office in material.contacts:
        if not office.historical:
            found += _of_office(office, project.sources)
    return found


def _of_text(words: Words, material: Material, project: Project) -> Iterator[Problem]:
    seen = words.plain(material.language)
    if not _DIGIT.search(seen):
        return
    places = TypedPlaces(project.sources)
    for wrong in misdated(seen, material.language, material.worded):
        place = places.of(words, wrong.start, wrong.end, seen)
        yield fact_problems.wrong_weekday(wrong, place)
    home = project.known("home", read_home)
    for slip in mistyped(seen, home):
        typed = Words(slip.number.text, places.of(words, slip.start, slip.end, seen))
        yield telephone_problems.letters(typed, slip.number)
    if _TURNED.search(seen):
        for start, end, number in numbers_in(seen, home):
            if _TURNED.search(number):
                yield fact_problems.turned(number, places.of(words, start, end, seen))
    if home.region != "US":
        return
    for state, zip, start, end in _zips(seen):
        yield from _zip(zip, state, places.of(words, start, end, seen))
    if _FREE.search(seen):
        for start, end, number in numbers_in(seen, home):
            yield from _not_free(number, home, places.of(words, start, end, seen))


def _of_office(office: Contact, sources: Sources) -> Iterator[Problem]:
    last = office.called
    if last and is_to_come(last.on, sources):
        told = to_come(f'"{office.id}" was called', last.on, last.by.source)
        yield told.at(Severity.WARNING)
    elif last and sources.has_come(last.on + RECENT):
        by = last.by.plain()
        yield fact_problems.called_long_ago(office.id, last.on, by, last.by.source)
    if office.home.region != "US":
        return
    state = None
    for line in office.as_typed.lines:
        for state, zip, _, _ in _zips(line.plain()):
            yield from _zip(zip, state, line.source)
    numbers = [call.typed for call in office.calls] + ([office.fax] if office.fax else [])
    if state and not last:
        for typed in numbers:
            yield from _in_other_state(typed, state, office.home)
    for call in office.calls:
        labels = " ".join(label.plain() for label in call.labels.values())
        if _FREE.search(f"{labels} {call.typed.text}"):
            yield from _not_free(call.typed.text, office.home, call.typed.source)


_ZIP = re.compile(
    r"\b(?P<state>[A-Z]{2}|(?:[A-Z][a-z]+ (?:of )?)?[A-Z][a-z]+),?\s+"
    r"(?P<zip>\d{5})(?:-\d{4})?\b(?!-)"
)


def _zips(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield the letters of each state in a text that has a ZIP code behind it, that, and where."""
    for match in _ZIP.finditer(text):
        words = match["state"].split(" ")
        for name in (match["state"], words[-1]):
            if letters := letters_of(name):
                yield letters, match["zip"], match.start("zip"), match.end("zip")
                break


def _zip(zip: str, state: str, place: Source) -> Iterator[Problem]:
    there = states_of_zip(zip)
    if state not in there:
        names = tuple(states()[letters].name for letters in there)
        yield fact_problems.zip_elsewhere(zip, states()[state].name, names, place)


def _in_other_state(typed: Words, state: str, home: Home) -> Iterator[Problem]:
    for number in read(typed.text, home):
        code = (number.link or "").removeprefix("tel:+1")[:3]
        its_state = state_of_area_code(code) if (number.link or "").startswith("tel:+1") else None
        if its_state and its_state != state:
            name = states()[its_state].name
            yield fact_problems.other_state(number.text, name, states()[state].name, typed.source)


def _not_free(typed: str, home: Home, place: Source) -> Iterator[Problem]:
    for number in read(typed, home):
        if (number.link or "").startswith("tel:+1") and not is_toll_free(number.link or ""):
            yield fact_problems.not_free(number.text, place)


def two_ways(materials: Iterable[Material], project: Project) -> list[Problem]:
    """Return a Problem for each telephone number that stands elsewhere in another way.

    Numbers in letters are another way on purpose, and reprints are as they are.
    """
    home = project.known("home", read_home)
    first: dict[str, tuple[str, Source]] = {}
    told: dict[Source, Problem] = {}
    for number, link, place in _all_numbers(materials, home, TypedPlaces(project.sources)):
        known, where = first.setdefault(link, (number, place))
        if _shape(number) != _shape(known):
            told.setdefault(place, fact_problems.written_otherwise(number, known, where, place))
    return list(told.values())


def _shape(number: str) -> str:
    return re.sub(r"\d", "0", number.replace("\u00a0", " ").removeprefix("+"))


def _all_numbers(
    materials: Iterable[Material], home: Home, places: TypedPlaces
) -> Iterator[tuple[str, str, Source]]:
    """Yield each telephone number, what calls it, and where it stands: those of offices first."""
    own = [material for material in materials if not material.verbatim]
    offices = {office.id: office for material in own for office in material.contacts}
    for office in offices.values():
        for typed in [call.typed for call in office.calls if not office.historical]:
            yield from _numbers(typed.text, typed.source, office.home)
    for material in own:
        for words in material.own_texts:
            seen = words.plain(material.language)
            if len(_DIGIT.findall(seen)) >= _FEWEST_DIGITS:
                for start, end, number in numbers_in(seen, home):
                    yield from _numbers(number, places.of(words, start, end, seen), home)


def _numbers(typed: str, place: Source, home: Home) -> Iterator[tuple[str, str, Source]]:
    for number in read(typed, home):
        if number.link and number.country and not any(sign.isalpha() for sign in number.number):
            yield number.number, number.link.partition(";")[0], place
