"""A project's pieces to what their words rest on: each source with the passages that name it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hrcpub.files.project import Project
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.claims import Claim
from hrcpub.project.material import Material, read_material
from hrcpub.project.references import Reference, due, read_references


class Rest(NamedTuple):
    """A passage of a piece that rests on a source."""

    piece: str
    claim: Claim


class Grounds(NamedTuple):
    """What pieces rest on."""

    references: Mapping[str, Reference]  # of the project, by id
    rests: Mapping[str, tuple[Rest, ...]]  # by the id of the source; one that nobody names has none
    due: Mapping[str, Problem]  # by the same id: those to be looked at again, or soon
    unsourced: tuple[Problem, ...]  # figures that name no source
    problems: tuple[Problem, ...]  # why pieces could not be read
    materials: tuple[Material, ...]  # those that could


def grounds_of(project: Project, names: Sequence[str], *, is_whole: bool = True) -> Grounds:
    """Return what pieces rest on; `is_whole` keeps sources that none of them names.

    Raises HrcpubError where the sources cannot be read. A piece that cannot be read is left out,
    and its problems are told.
    """
    known = project.known("references", read_references)
    materials: list[Material] = []
    problems: list[Problem] = []
    for name in names:
        try:
            # An open translation is looked at as far as it goes.
            materials.append(read_material(project, name, is_draft=True))
        except HrcpubError as error:
            problems += error.problems
    # What a translation still has in its original's words is told there.
    found: dict[tuple[object, ...], Rest] = {}
    for material in materials:
        for claim in (claim for voice in material.voices for claim in voice.claims):
            key = (claim.place, claim.source, claim.passage)
            found.setdefault(key, Rest(material.name, claim))
    rests = {id: tuple(rest for rest in found.values() if rest.claim.source == id) for id in known}
    kept = {id: known[id] for id in known if is_whole or rests[id]}
    told = {id: due(one, project.sources) for id, one in kept.items()}
    return Grounds(
        kept,
        {id: rests[id] for id in kept},
        {id: problem for id, problem in told.items() if problem},
        tuple(problem for material in materials for problem in _unsourced(material)),
        tuple(dict.fromkeys(problems)),
        tuple(materials),
    )


def _unsourced(material: Material) -> list[Problem]:
    return [problem for problem in material.problems if problem.code == "figure-unsourced"]
