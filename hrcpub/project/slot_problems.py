"""What can be wrong with the value of a slot, as the Problems that its author reads."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import replace

from hrcpub.files.yamlfile import Node
from hrcpub.problems import Problem, Severity, Source, did_you_mean
from hrcpub.project.markup import WORD, is_unspaced
from hrcpub.project.slot import Slot
from hrcpub.project.words import Words


def unknown_name(place: Source, name: str, known: Iterable[str]) -> Problem:
    """The layout has no place for this name, so its words would be lost.

    Fix: look for a slip in the name. A layout's `layout.yaml` has the names of its slots; an
    editor that was given the layout's schema offers them while you type.
    """
    return Problem("slot-unknown", f'there is no "{name}" here', place, did_you_mean(name, known))


def missing(place: Source, path: str, about: str = "") -> Problem:
    """Something is missing that the layout needs.

    Fix: add it. `hrcpub new LAYOUT NAME` writes a file that has every slot, with its purpose.
    """
    purpose = f": {about}" if about else ""
    # Without the width: what is missing has none, and the whole group is not to be underlined.
    where = Source(place.path, place.line, place.column, quote=place.quote)
    return Problem("slot-missing", f'"{path}" is missing', where, f"add {path}{purpose}")


def empty(place: Source, path: str, about: str = "") -> Problem:
    """A name has nothing after it, or an entry of a list is empty.

    Fix: write the words after it, or delete the name if the layout does not need it. For a picture
    that says nothing, write `decorative: yes` in place of `alt`.
    """
    return Problem(
        "slot-empty", f'"{path}" is empty', place, f"write {about or 'the words after it'}"
    )


def alt_of_decoration(alt: Words) -> Problem:
    """A picture is called decorative, and yet has words for those who cannot see it.

    Fix: leave one of them out. With `decorative: yes`, screen readers skip the picture; with `alt`,
    they say those words in its place.
    """
    return Problem(
        "alt-decorative",
        f'"{alt.slot}" would be left out: the picture is called decorative',
        alt.source,
        "leave out alt, or decorative",
    )


def over_limit(words: Words, length: int, slot: Slot) -> Problem:
    """A text is longer than its place on the page was designed for.

    Fix: cut words until it fits. The limit counts the characters that a reader sees, with spaces.
    If it is a warning, words in this layout may be set smaller, and `hrcpub check` says how full
    the page is. You can leave a text that fits and looks well.
    """
    limit = slot.limit or 0
    over = length - limit
    cut = max(1, round(over / WORD))
    letters = f"{over} character{'s' * (over > 1)}"
    # Where no spaces part words, they are much shorter: letters alone say how many to cut.
    about = "" if is_unspaced(words.text) else f", about {cut} word{'s' * (cut > 1)}"
    return Problem(
        "slot-limit",
        f'"{words.slot}" has {length} characters; its place holds {limit}',
        words.source,
        f"cut {letters}{about}"
        + (", or look whether the page is still good" if not slot.is_firm else ""),
        Severity.ERROR if slot.is_firm else Severity.WARNING,
    )


def wrong_shape(node: Node, path: str, shape: str) -> Problem:
    """There is a list where a text belongs, or the other way round.

    Fix: write a list as one entry a line, each with `- ` before it; write a group as one
    `name: value` a line, all with the same indent. Put a text that has a colon in quotation marks.
    """
    said = f'"{path}" must be {shape}; here is {node.shape}'
    return Problem("slot-shape", said, node.source, _shape_hint(node, path, shape))


def _shape_hint(node: Node, path: str, shape: str) -> str | None:
    """Return how to write what is there in the shape that belongs there; None: it is not known."""
    name, entries = path.rpartition(".")[2], node.mapping or {}
    texts = [item.text or "en" for item in node.items or ()] or [node.text or "en"]
    match shape.partition(" (")[0]:
        case "a list" if entries and not all((e.text or "").isdigit() for e in entries.values()):
            return "write `- ` before the first name of each entry"
        case "a list" if entries:
            return f"write {name}: [{', '.join(entries)}]"
        case "a list" if node.text and node.text.startswith("-"):
            return "write a space after the hyphen of each entry"
        case "a list" if node.text and re.fullmatch(r"[\w-]+(, *[\w-]+)*", node.text):
            return f"write {name}: [{node.text}]"
        case "a list":
            return "write one entry a line, each after `- `"
        case "a group of names and quantities":
            return f"write {name}: {{{', '.join(map(_quantity, texts))}}}"
        case "a group of names and values":
            return "write one `name: value` a line, all indented alike"
        case "text" if ".contacts." in path:
            return "write the office into materials/contacts.yaml, and only its short name here"
        case "text" if entries:
            first, value = next(iter(entries.items()))
            return f'if this is one text, put it in quotation marks: "{first}: {value.text or "…"}"'
        case "text":
            return "write one text; in quotation marks, if it begins with [ or `- `"
    return None


def _quantity(text: str) -> str:
    """Return a language and a quantity as they are to be written: `en`, `100` and `en 100`."""
    language, number = re.search("[A-Za-z-]+", text), re.search("[0-9]+", text)
    return f"{language[0] if language else 'en'}: {number[0] if number else 100}"


def empty_quantity(place: Source, name: str, path: str) -> Problem:
    """Return the Problem of a name in a group of quantities that has none."""
    problem = empty(place, path)
    if name.isdigit():  # {en: 1,000}
        return replace(problem, hint="write whole numbers without commas: 1000")
    if ":" in name:  # {en:100}
        return replace(problem, hint=f"write a space after the colon: {name.replace(':', ': ')}")
    return problem


def wrong_count(node: Node, path: str, count: int, fewest: int, most: int | None) -> Problem:
    """A list has fewer or more entries than its place on the page was designed for.

    Fix: add entries, or delete some. Or ask the designer for a layout with more or fewer places.
    """
    needs = f"at least {fewest}" if count < fewest else f"at most {most}"
    said = f'"{path}" has {count} {"entry" if count == 1 else "entries"}; it needs {needs}'
    hint = f"add {fewest - count}" if count < fewest else f"take out {count - (most or 0)}"
    return Problem("slot-count", said, node.source, hint)


def unknown_choice(words: Words, choices: tuple[str, ...]) -> Problem:
    """This value is not one of the possible ones.

    Fix: look for a slip. The hint has the nearest possible value, or all of them.
    """
    if set(choices) == {"yes", "no"}:
        said = f'"{words.text}" is neither yes nor no'
    else:
        name = words.slot.rstrip(".0123456789").rpartition(".")[2]
        said = f'there is no {name.removesuffix("s") or "choice"} "{words.text}"'
    return Problem("slot-choice", said, words.source, did_you_mean(words.text, choices))


def not_a(words: Words, name: str, example: str) -> Problem:
    """A value is not a date, number, length or name in the form that belongs here.

    Fix: write it like the example in the hint. Dates are year, month, day (2026-05-31), since 5/6
    is May in one country and June in another. Lengths have a unit (13.5 pt, 6 mm, 0.125 in).
    Names that other files refer to are small letters, digits and hyphens (east-coast).
    """
    hint = f"write it like {example}"
    if re.fullmatch("[“”‘’].*[“”‘’]", words.text):
        hint += ", without these quotation marks"
    if words.text.endswith(")") and "(" not in words.text:  # a formula that its comma cut in two
        hint = 'between { }, put quotation marks around a value with a comma: "round(a, b)"'
    article = "an" if name[0] in "aeio" else "a"
    return Problem("slot-value", f'"{words.text}" is not {article} {name}', words.source, hint)


def no_date(words: Words) -> Problem:
    """Return the Problem of a text that is not a date, or of a day that its month does not have."""
    match = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])-([0-9]{2})", words.text)
    problem = not_a(words, "date", "2026-05-31 (year, month, day)")
    if not match or match[1] == "0000":
        return problem
    days = calendar.monthrange(int(match[1]), int(match[2]))[1]
    return replace(problem, hint=f"{match[1]}-{match[2]} has {days} days; {problem.hint}")


CODES = {
    "slot-unknown": unknown_name,
    "slot-missing": missing,
    "slot-empty": empty,
    "alt-decorative": alt_of_decoration,
    "slot-limit": over_limit,
    "slot-shape": wrong_shape,
    "slot-count": wrong_count,
    "slot-choice": unknown_choice,
    "slot-value": not_a,
}
