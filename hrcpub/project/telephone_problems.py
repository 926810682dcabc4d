"""What is doubtful about the telephone numbers of a text, as the Problems that its author reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol
from urllib.parse import unquote

from hrcpub.patterns import pattern
from hrcpub.problems import Problem, Severity, Source
from hrcpub.project.telephones import Doubt, Home, Telephone, link, read
from hrcpub.project.words import Words

_SEPARATORS = pattern(r"[-.()]")  # RFC 3966 §3: visual, and not dialled


class Place(Protocol):
    """A text that an author typed, in any file."""

    @property
    def text(self) -> str:
        """What was typed."""

    @property
    def source(self) -> Source:
        """Where it stands."""


def doubts(place: Place, home: Home) -> Iterator[Problem]:
    """Yield what is doubtful about the telephone numbers of a text; nothing where it has none."""
    numbers = read(place.text, home)
    for number in numbers:
        match number.doubt:
            case Doubt.AREA_CODE:
                yield no_area_code(place, number)
            case Doubt.UNKNOWN:
                yield unknown(place, number, home)
            case Doubt.FICTION:
                yield fiction(place, number)
            case Doubt.LETTERS:
                yield letters(place, number)
            case Doubt.ABROAD:
                yield abroad(place, number, home)
    if len(numbers) > 1 and not any(number.doubt for number in numbers):
        yield several(place, numbers)


def of_link(words: Words, target: str, home: Home) -> Iterator[Problem]:
    """Yield what is wrong with the target of a link, where it is a telephone number."""
    scheme, _, called = target.partition(":")
    if scheme.lower() not in ("tel", "sms"):
        return
    number = Words(_typed(called), words.source, words.slot)
    label = "text " if scheme.lower() == "sms" else ""
    right = link(label + number.text, home)
    if right is None or _SEPARATORS.sub("", target.lower()) != right:
        yield dead_link(words, target, right)
    else:
        yield from doubts(number, home)


def _typed(called: str) -> str:
    """Return the number of a link as people type it."""
    return unquote(called).replace(";ext=", " ext. ")


def no_area_code(place: Place, number: Telephone) -> Problem:
    """A telephone number has no area code, so it cannot be called from elsewhere.

    Fix: write it in full, such as (212) 213-6376. In much of the US a number without its area code
    cannot be called at all, and from a mobile phone nowhere. It is printed, but it is no link.
    """
    return Problem(
        "telephone-area-code",
        f'"{number.text}" has no area code, so it cannot be called from elsewhere',
        place.source,
        "write the area code before it",
        Severity.WARNING,
    )


def unknown(place: Place, number: Telephone, home: Home) -> Problem:
    """Nobody can have this telephone number: its country gives out none like it.

    Fix: compare it with where you have it from, digit by digit, and call it. If it is right, it may
    be newer than the list of all numbering plans that hrcpub knows: it is printed as it is, but it
    is no link. If it is another country's, begin with + and that country's calling code.
    """
    return Problem(
        "telephone-unknown",
        f'"{number.text}" is not in use in {home.region}, as far as we know; it is no link',
        place.source,
        "compare it digit by digit, and call it",
        Severity.WARNING,
    )


def fiction(place: Place, number: Telephone) -> Problem:
    """A telephone number is reserved for books and films, so nobody answers it.

    Fix: write the real number. In North America 555-0100 to 555-0199 are such numbers in every area
    code, and they are what samples use. Great Britain has some as well, such as 020 7946 0000.
    """
    return Problem(
        "telephone-fiction",
        f'"{number.text}" is reserved for examples and fiction: nobody has it',
        place.source,
        "write the real number",
        Severity.WARNING,
    )


def letters(place: Place, number: Telephone) -> Problem:
    """A telephone number has letters that look like digits: O for 0, I or l for 1.

    Fix: type the digits. The letters' keys are others (O is 6, I is 4, L is 5), so the number would
    call somebody else. It is printed as it is, but it is no link.
    """
    return Problem(
        "telephone-letters",
        f'"{number.text}" has letters for digits: O for 0, or I for 1; it is no link',
        place.source,
        "type the digits",
        Severity.WARNING,
    )


def abroad(place: Place, number: Telephone, home: Home) -> Problem:
    """A telephone number belongs to another country: a call there costs more, or is not possible.

    Fix: look at its area code. Some islands and Canada share the calling code 1 with the United
    States: 242 is the Bahamas. If the office is really there, write its own `calling-code`, and
    its `country` where several share the code, into its entry in `materials/contacts.yaml`.
    """
    country = number.country or "another country"
    return Problem(
        "telephone-abroad",
        f'"{number.text}" is a number in {country}, not in {home.region}',
        place.source,
        "look at its area code; people there may call it, others pay more",
        Severity.WARNING,
    )


def several(place: Place, numbers: tuple[Telephone, ...]) -> Problem:
    """One place has several telephone numbers; a link can call one of them only.

    Fix: in `materials/contacts.yaml` write a list, `tel: [(212) 555-0100, (212) 555-0101]`: each
    is a link then. Elsewhere keep the number that should be called, and print the others in a line
    of the address. If you leave it as it is, all are printed, and the link calls the first.
    """
    return Problem(
        "telephone-several",
        f'"{place.text}" is {len(numbers)} numbers; the link calls the first, {numbers[0].text}',
        place.source,
        "write one number here; in contacts.yaml, a list of them",
        Severity.NOTE,
    )


def dead_link(place: Place, target: str, right: str | None) -> Problem:
    """A link in the words begins with `tel:` or `sms:` and would not dial.

    Fix: write the number with + and the calling code, and without its first 0:
    `[call us](tel:+12122136376)`. A short number stays as it is: `[call 988](tel:988)`. An
    extension follows as `;ext=12`.
    """
    hint = f"write {right}" if right else "write it like tel:+12122136376, or tel:988"
    return Problem("telephone-link", f'the link "{target}" would not dial', place.source, hint)


CODES = {
    "telephone-area-code": no_area_code,
    "telephone-unknown": unknown,
    "telephone-fiction": fiction,
    "telephone-letters": letters,
    "telephone-abroad": abroad,
    "telephone-several": several,
    "telephone-link": dead_link,
}
