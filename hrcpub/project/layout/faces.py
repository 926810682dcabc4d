"""The faces of the design system: ours, and those of other scripts, to the stacks of a language.

A text in any language is set in our own face as far as that has its letters, so that Latin names
and numbers look the same everywhere, and then in its script's. A large line has one face; ours
lends the signs that it lacks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from hrcpub.files.yamlfile import Node
from hrcpub.patterns import pattern
from hrcpub.problems import Problem, Source
from hrcpub.project import slot_problems, slots
from hrcpub.project.languages import main_part, script_of
from hrcpub.project.slots import Slot
from hrcpub.project.words import Words
from hrcpub.records import record

# What a face is for. In the second table: what stands in where a script has no such face.
ROLES = ("display", "text", "italic", "medium", "bold", "bold-italic", "black")
# In another script: our own large face, for telephones and names in Latin letters.
NUMBERS = "numbers"
_INSTEAD = {"medium": "text", "black": "bold", "bold": "text"}
# Where a script has no italic, what is stressed is bold: slanted letters are unknown to it.
_STRESSED = {"italic": "bold", "bold-italic": "bold"}
_KEY = pattern(r"[A-Z][a-z]{3}|[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SCALES, _LEADINGS = (0.5, 2.0), (0.5, 4.0)  # that text may have, as multiples of Latin's


@record
class FaceFile:
    """One font file and the private family name under which CSS asks for it."""

    family: str
    weight: int
    style: str  # normal or italic
    file: str
    source: Source  # where the file is named


@record
class ScriptFaces:
    """What a script, or a language, is set in beside our own faces."""

    key: str  # a script (ISO 15924), or a language
    files: Mapping[str, FaceFile]  # by what they are for
    scale: float = 1.0  # of text: its size, as a multiple of Latin's
    leading: float = 1.0  # and the distance of its lines
    capital: str = "H"  # the letter whose top is that of capitals
    source: Source | None = None


@record
class FaceStacks:
    """What a language is set in: for each use the files in the order in which they are asked."""

    stacks: Mapping[str, tuple[FaceFile, ...]]
    scale: float = 1.0
    leading: float = 1.0
    capital: str = "H"
    has_italic: bool = True  # else what is stressed is bold
    own: ScriptFaces | None = field(default=None, compare=False)  # None: ours alone

    @property
    def files(self) -> tuple[FaceFile, ...]:
        """All files, each once: ours first."""
        return tuple(
            dict.fromkeys(
                file for files in zip_longest(*self.stacks.values()) for file in files if file
            )
        )

    @property
    def families(self) -> frozenset[str]:
        """The families of all files."""
        return frozenset(file.family for file in self.files)


def stacks_of(
    ours: Mapping[str, FaceFile], own: ScriptFaces | None, others: tuple[ScriptFaces, ...] = ()
) -> FaceStacks:
    """Return the stacks of a language with faces of its `own`; `others` are for words within."""
    if own is None and not others:
        return FaceStacks({role: (file,) for role, file in ours.items()})
    groups = ([own] if own else []) + list(others)
    has_italic = own is None or "text" not in own.files or "italic" in own.files
    stacks: dict[str, tuple[FaceFile, ...]] = {}
    for role, file in ours.items():
        if role == "display":
            # Behind it ours, for signs alone: the face of Khmer has no dash.
            large = own.files.get(role, file) if own else file
            stacks[role] = tuple(dict.fromkeys((large, file)))
        else:
            first = file if has_italic else ours.get(_STRESSED.get(role, role), file)
            rest = (_file(group.files, role) for group in groups)
            stacks[role] = (first, *(other for other in rest if other and other != first))
    if own is None:
        return FaceStacks(stacks)
    script = own.key if own.key[0].isupper() else script_of(own.key)
    if "display" in own.files and script != "Latn":
        stacks[NUMBERS] = (ours["display"],)
    return FaceStacks(stacks, own.scale, own.leading, own.capital, has_italic, own)


def _file(files: Mapping[str, FaceFile], role: str) -> FaceFile | None:
    """Return a script's face for a use, or what stands in for it; None: it has only a display."""
    names = (role, _STRESSED.get(role, role), _INSTEAD.get(role, role), "text")
    return next((files[name] for name in names if name in files), None)


@lru_cache(maxsize=256)
def keys_of(language: str) -> tuple[str, ...]:
    """Return the keys under which a language's faces may stand, the nearest first."""
    tag = language.replace("_", "-")
    return tuple(dict.fromkeys((tag, main_part(tag), script_of(tag))))


def read_script_faces(node: Node | None, problems: list[Problem]) -> dict[str, ScriptFaces]:
    """Return the faces under a system's `faces-for:`; Problems go onto the list."""
    table: dict[str, ScriptFaces] = {}
    for key, entry in ((node and node.mapping) or {}).items():
        path = f"faces-for.{key}"
        if node and not _KEY.fullmatch(key):
            place = Words(key, node.key(key), "faces-for")
            problems.append(slot_problems.not_a(place, "script or language", "Arab, or ur"))
        values = slots.check(entry, _SCRIPT, path, problems) or {}
        files = {role: face_file(values[role]) for role in ROLES if _is_whole(values.get(role))}
        if not files and not problems:
            problems.append(slot_problems.missing(entry.source, f"{path}.text"))
        table[key] = ScriptFaces(
            key,
            files,
            _within(values.get("scale"), _SCALES, entry, f"{path}.scale", problems),
            _within(values.get("leading"), _LEADINGS, entry, f"{path}.leading", problems),
            _letter(values.get("capital"), problems),
            entry.source,
        )
    return table


def _within(
    value: float | None,
    limits: tuple[float, float],
    entry: Node,
    path: str,
    problems: list[Problem],
) -> float:
    """Return a factor, 1 where none is given; a Problem where it is not within limits."""
    least, most = limits
    if value is not None and not least <= value <= most:
        node = (entry.mapping or {})[path.rpartition(".")[2]]
        words = Words(node.text or "", node.source, path)
        problems.append(slot_problems.not_a(words, f"factor from {least:g} to {most:g}", "1.1"))
    return 1.0 if value is None else value


def _letter(words: Words | None, problems: list[Problem]) -> str:
    if words and len(words.text) != 1:
        problems.append(slot_problems.not_a(words, "letter", "H"))
    return words.text if words else "H"


def face_file(entry: Mapping[str, Any]) -> FaceFile:
    """Return one face from its checked values."""
    return FaceFile(
        entry["family"].text,
        entry["weight"],
        entry.get("style", "normal"),
        entry["file"].text,
        entry["file"].source,
    )


def _is_whole(entry: Mapping[str, Any] | None) -> bool:
    return entry is not None and {"family", "weight", "file"} <= {
        name for name, value in entry.items() if value is not None
    }


FACE = {
    "family": Slot("line", required=True),
    "weight": Slot("count", required=True),
    "style": Slot("choice", choices=("normal", "italic")),
    "file": Slot("line", required=True),
}
_SCRIPT = Slot(
    "group",
    fields={
        **{role: Slot("group", fields=FACE) for role in ROLES},
        "scale": Slot("number", "the size of text, as a multiple of Latin's"),
        "leading": Slot("number", "the distance of its lines, in the same way"),
        "capital": Slot("line", "the letter whose top is that of capitals"),
    },
)
