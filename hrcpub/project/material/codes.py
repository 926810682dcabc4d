"""The codes of a project's pieces: which are taken, and what is said of one that two have."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.problems import HrcpubError, Problem, Severity, Source, some
from hrcpub.project.languages import main_part
from hrcpub.project.material.names import FOLDER, own_names
from hrcpub.project.words import Words
from hrcpub.records import record


@record
class PieceCode:
    """What a piece's file says of itself."""

    name: str
    code: Words
    language: str


def free_code(name: str, sources: Sources) -> str:
    """Return a code for a new piece that no other one has: MY1, or MY2 where that is taken."""
    taken = {one.code.text.casefold() for one in piece_codes(sources)}
    letters = name[:2].upper()
    codes = (f"{letters}{number}" for number in itertools.count(1))
    return next(code for code in codes if code.casefold() not in taken)


def piece_codes(sources: Sources) -> tuple[PieceCode, ...]:
    """Return the code of each piece that says one, in the order of their names."""
    return tuple(_codes(sources))


def _codes(sources: Sources) -> Iterator[PieceCode]:
    for name in own_names(sources):
        try:
            head = read_yaml(sources, f"{FOLDER}/{name}.yaml").mapping or {}
        except HrcpubError:  # told where the piece is read
            continue
        code, language = head.get("code"), head.get("language")
        if code and code.text:
            words = Words(code.text.strip(), code.source, "code")
            yield PieceCode(name, words, (language and language.text) or "en")


def shared_code(name: str, project: Project) -> Iterator[Problem]:
    """Yield a Problem where another piece in the same language has a piece's code.

    In another language the same sheet may be a file of its own: the code is that of both.
    """
    pieces = project.known("codes", piece_codes)
    for own in [one for one in pieces if one.name == name]:
        others = [one.name for one in pieces if one.name != name and _are_alike(one, own)]
        if others:
            yield code_shared(own.code.text, others, own.code.source)


def _are_alike(one: PieceCode, other: PieceCode) -> bool:
    is_same = one.code.text.casefold() == other.code.text.casefold()
    return is_same and main_part(one.language) == main_part(other.language)


def code_shared(code: str, others: list[str], place: Source) -> Problem:
    """Two pieces have the same code, so an old sheet cannot be told from one of the other piece.

    Fix: write another code into one of them, and count its `revision` up. The code stands at the
    foot of each sheet with its month: by it people order a piece again, and `hrcpub current` says
    whether a sheet is still given out.
    """
    return Problem(
        "code-shared",
        f'"{code}" is also the code of {some(others, 3)}',
        place,
        "give one of them another code: by it sheets are ordered again, and old ones found",
        Severity.WARNING,
    )


CODES = {"code-shared": code_shared}
