"""What can be wrong between a text and its translation, as the Problems that translators read."""

from __future__ import annotations

from hrcpub.problems import Problem, Severity
from hrcpub.project.translations.catalog import Message


def differs(
    message: Message,
    name: str,
    lacks: list[str],
    more: list[str],
    hint: str,
    severity: Severity = Severity.ERROR,
) -> Problem:
    r"""A translation has another telephone, number, address or sign of markup than its original.

    Fix: correct the translation. Telephones (in letters, too), addresses of the web, the
    numbers and units of doses, minutes and hours must be the same in every language; digits may
    be those of the language. Signs of the markup (`*…*`, `[…](…)`, `\` at a line's end) and names
    in `{ }` must be there as often.
    """
    said = []
    if lacks:
        said.append(f"lacks {', '.join(lacks)}")
    if more:
        said.append(f"has {', '.join(more)}, and the original has not")
    return Problem(
        "translation-differs",
        f'"{message.slot}" is not as its original ({name}): it {" and ".join(said)}',
        message.place,
        hint,
        severity,
    )


def ends_otherwise(message: Message, there: str, here: str) -> Problem:
    """A translation ends in another sign than its original: one asks, or announces a list.

    Fix: look whether something is missing at its end. If the language has it so, leave it.
    """
    said = f"ends in {here}" if here else "does not"
    original = f"ends in {there}" if there else "does not end in it"
    return Problem(
        "translation-ending",
        f'the original of "{message.slot}" {original}, and the translation {said}',
        message.place,
        "look whether something is missing",
        Severity.WARNING,
    )


def half_unsaid(message: Message, there: list[str], here: list[str]) -> Problem:
    """A time after noon has the same number in a language whose clock goes to 24.

    Fix: write `19:30` for 7:30 pm, or say the part of the day as the language does (`7 Uhr abends`,
    `7 h du soir`). Without that it is in the morning, and readers come to a closed door.
    """
    return Problem(
        "translation-half",
        f'"{message.slot}" has {", ".join(here)}, which may be read as in the morning; the '
        f"original has {', '.join(there)}",
        message.place,
        "write it on a clock of 24 hours, or say the part of the day",
        Severity.WARNING,
    )


def left_as_it_was(message: Message, written: str) -> Problem:
    """A text seems to be in the language of its original still.

    Fix: translate it. If it is the same in both languages, as a name is, leave it.
    """
    return Problem(
        "translation-same",
        f'"{message.slot}" may still be in {written}',
        message.place,
        "translate it; leave it if it is the same in both languages",
        Severity.NOTE,
    )


CODES = {
    "translation-differs": differs,
    "translation-ending": ends_otherwise,
    "translation-half": half_unsaid,
    "translation-same": left_as_it_was,
}
