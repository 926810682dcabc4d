"""Words of a material that are still its layout's sample; and why a file is not made of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node, read_yaml
from hrcpub.patterns import pattern
from hrcpub.problems import Problem, Severity, some
from hrcpub.project import date_problems
from hrcpub.project.edition import Edition
from hrcpub.project.layout import Layout
from hrcpub.project.markup import one_line
from hrcpub.project.references import outdated
from hrcpub.project.words import ScanCode, Words, values_of

# Shorter texts ("One number") are in other people's words by chance.
_LONG = 24
_SHORT_NUMBER = pattern(r"\d{1,5}")  # 911 is right in any piece, and in a sample
_QUOTES = str.maketrans("‘’“”", "''\"\"")


def sample_left(
    words: Mapping[str, Any], path: str, layout: Layout, project: Project
) -> list[Problem]:
    """Return a Problem when words of the material at `path` still are its layout's sample."""
    sample = f"{layout.folder}/sample.yaml"
    if path == sample:
        return []
    known = project.known(("sample", layout.name), lambda s: _sample(s, sample))
    offices = {name for name, slot in layout.slots.items() if slot.kind == "contacts"}
    own = {name: value for name, value in words.items() if name not in offices}
    left = _left([*values_of(own, Words), *(c.value for c in values_of(own, ScanCode))], known)
    return [sample_words(left)] if left else []


def _left(texts: Sequence[Words], known: Mapping[str, str]) -> list[Words]:
    """Return the texts that are the sample's; `known` are its words by slot.

    A long one may be in any slot. A short one must be in its own; in a list's entry, beside a
    long one.
    """
    spelled = {_alike(text) for text in known.values() if len(text) > _LONG}
    long = {words.slot for words in texts if _alike(words.text) in spelled}
    entries = {slot.rpartition(".")[0] for slot in long}

    def is_left(words: Words) -> bool:
        if words.slot in long:
            return True
        entry = words.slot.rpartition(".")[0]
        is_same = _alike(words.text) == _alike(known.get(words.slot, ""))
        if _SHORT_NUMBER.fullmatch(words.text):
            return False
        return is_same and (not re.search(r"\.\d+$", entry) or entry in entries)

    return [words for words in texts if is_left(words)]


@lru_cache(maxsize=4096)  # a layout's sample is the same for all of its materials
def _alike(text: str) -> str:
    """Return a text without what an editor or a formatter changes of it."""
    return unicodedata.normalize("NFC", one_line(text).translate(_QUOTES)).casefold()


def _sample(sources: Sources, path: str) -> dict[str, str]:
    """Return the texts of a layout's sample by their slots."""
    return dict(_texts("words", (read_yaml(sources, path).mapping or {}).get("words")))


def _texts(slot: str, node: Node | None) -> Iterator[tuple[str, str]]:
    if node is None:
        return
    if node.text is not None:
        yield slot, node.text
    for number, item in enumerate(node.items or (), 1):
        yield from _texts(f"{slot}.{number}", item)
    for name, value in (node.mapping or {}).items():
        yield from _texts(f"{slot}.{name}", value)


def sample_words(texts: Sequence[Words]) -> Problem:
    """Some texts are still the layout's sample, which explains the layout and is not to be printed.

    Fix: write your own words in their place. Until then no press file is made of the piece.
    """
    names = [words.slot.removeprefix("words.") for words in texts]
    return Problem(
        "sample-words",
        f"these are still the layout's sample words: {some(names, 4)}",
        texts[0].source,
        "write your own in their place; until then no press file is made",
        Severity.WARNING,
    )


def unfit_for_press(problems: Sequence[Problem]) -> list[Problem]:
    """Return why no press file may be made of a material, by the Problems that it has."""
    return [placeholder(problem) for problem in problems if _is_stand_in(problem)]


def unfit_for(edition: Edition, problems: Sequence[Problem]) -> list[Problem]:
    """Return why an edition may not be made of a material, by the Problems that it has."""
    unfit = unfit_for_press(problems) if edition.is_inked else []
    if edition.is_inked:
        unfit += [outdated(problem) for problem in problems if _is_due(problem)]
    if edition.is_printed:
        unfit += [date_problems.withheld(problem) for problem in problems if _is_over(problem)]
    return unfit


def _is_due(problem: Problem) -> bool:
    return problem.code == "source-due" and problem.severity is not Severity.NOTE


def _is_over(problem: Problem) -> bool:
    return problem.code == "notice-over" and problem.severity is not Severity.NOTE


def _is_stand_in(problem: Problem) -> bool:
    if problem.code == "telephone-fiction":
        return any(f'"{number}"' in problem.message for _, number in TELEPHONES.values())
    return problem.code == "sample-words"


# What `hrcpub init` writes for a telephone, by the family of the paper: a calling code, and a
# number of it that is kept for fiction. Other numbers of that kind are somebody's own doing.
TELEPHONES = {"letter": ("1", "(212) 555-0100"), "a4": ("44", "020 7946 0958")}


def placeholder(stand_in: Problem) -> Problem:
    """A piece for the print shop still has words of its layout's sample, or a sample's telephone.

    Fix: write your own in their place. `hrcpub new` and `hrcpub init` begin with samples, which
    you may look at on the screen and print at the office. A print shop prints thousands of them.
    """
    return Problem(
        "placeholder-left",
        f"not ready for the press: {stand_in.message}",
        stand_in.source,
        (stand_in.hint or "").partition(";")[0] or None,
    )


CODES = {"sample-words": sample_words, "placeholder-left": placeholder}
