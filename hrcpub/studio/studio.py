"""What the studio's window asks for, as plain values: pieces, forms, saves, versions, new pieces.

Nothing here knows of HTTP. Every method raises HrcpubError with the mistakes of people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.yaml_edits import Edit, Insert, Move, Put, Remove
from hrcpub.files.yaml_spans import BREAK, Plain, ValueSpan, YamlPath, spans
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.contacts import read_contacts
from hrcpub.project.edition import EDITIONS
from hrcpub.project.layout import Layout, layout_names
from hrcpub.project.material import FOLDER, material_file, material_names
from hrcpub.project.material.head import head_slots
from hrcpub.project.material.reading import known_layout
from hrcpub.project.organisation import read_organisation
from hrcpub.project.slot import Slot
from hrcpub.project.translations.files import translations
from hrcpub.studio.documents import OpenDocument, OpenDocuments
from hrcpub.studio.forms import FormMaker
from hrcpub.studio.history import History
from hrcpub.studio.pictures import add_picture
from hrcpub.studio.piece_rows import PieceRows


class TypedPiece(NamedTuple):
    """A piece's file as it is typed."""

    path: str
    text: str

    def is_saved(self, sources: Sources) -> bool:
        """Return whether its file says the same."""
        try:
            return sources.recording().text(self.path) == self.text
        except HrcpubError:
            return False

    def problem_json(self, problem: Problem) -> dict[str, Any]:
        """Return a Problem's plain values, with the slot whose value stands at its place."""
        place = problem.source
        slot = None
        if place and place.path == self.path and place.line:
            slot = slot_at(self.text, place.line, place.column or 1)
        return problem.as_json() | {"slot": slot}


class Studio:
    """A project that is open in the studio. For one thread."""

    def __init__(self, root: Path) -> None:
        """Open the project in `root`, and its history."""
        self.project = Project(Sources(root))
        self.history = History(self.project.sources.root)
        self.rows = PieceRows()

    @property
    def documents(self) -> OpenDocuments:
        """The project's files, as they are now."""
        return OpenDocuments(self.project.sources.recording(), self.history)

    def overview(self) -> dict[str, Any]:
        """Return the project's pieces and layouts, for the first page."""
        sources = self.project.sources.recording()
        return {
            "name": sources.root.name,
            "pieces": self._pieces(sources),
            "layouts": [self._layout_row(name) for name in layout_names(sources)],
            "editions": [{"name": one.name, "about": one.about} for one in EDITIONS.values()],
        }

    def piece(self, name: str) -> dict[str, Any]:
        """Return a piece with its form: what it says now, and what may stand where."""
        path = self.path(name)
        document = self.documents.open(path)
        layout = self._layout_of(document)
        offices = self._offices()
        form = FormMaker(offices)
        slots = self._slots(layout)
        head = {slot: value for slot, value in slots.items() if slot != "words"}
        return {
            "name": name,
            **self.state(document),
            "layout": {"name": layout.name, "title": layout.title, "about": layout.about},
            "head": [field.as_json() for field in form.fields(head)],
            "words": [field.as_json() for field in form.fields(slots["words"].fields)],
            "offices": offices,
            "editions": list(layout.editions),
        }

    def state(self, document: OpenDocument) -> dict[str, Any]:
        """Return what a window must know of a file after each change of it."""
        return {
            "path": document.path,
            "digest": document.digest,
            "values": document.plain,
            "can_undo": self.history.before(document.path) is not None,
            "can_redo": self.history.after(document.path) is not None,
        }

    def save(self, name: str, base: str, edits: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Return the state of a piece after edits made on the text with the digest `base`.

        Raises ConflictError where others changed the same places.
        """
        path = self.path(name)
        slots = self._slots(self._layout_of(self.documents.open(path)))
        made = [edit_of(edit, slots) for edit in edits]
        return self.state(self.documents.save(path, base, made))

    def draft(self, name: str, base: str, edits: Sequence[Mapping[str, Any]]) -> TypedPiece:
        """Return a piece as it would be after edits, which are not saved, of the text `base`.

        Raises KeyError where that text is not known any more.
        """
        path = self.path(name)
        text = self.documents.drafted(path, base, [edit_of(edit, {}) for edit in edits])
        return TypedPiece(path, text)

    def create(self, layout: str, name: str) -> dict[str, Any]:
        """Begin a piece with a layout's sample words, and return its name."""
        from hrcpub.build.starting import start_material

        start_material(self.project.sources.recording(), layout, name)
        return {"name": name}

    def add_picture(self, name: str, data: bytes) -> dict[str, Any]:
        """Keep a picture with the project's own, and return its path."""
        return {"file": add_picture(self.project.sources.recording(), name, data)}

    def undo(self, name: str) -> dict[str, Any]:
        """Return the state of a piece after its last change was undone."""
        return self.state(self.documents.undo(self.path(name)))

    def redo(self, name: str) -> dict[str, Any]:
        """Return the state of a piece after the last undo was undone."""
        return self.state(self.documents.redo(self.path(name)))

    def versions(self, name: str) -> list[dict[str, Any]]:
        """Return what was saved of a piece, the newest first."""
        path = self.path(name)
        now = self.history.now(path)
        return [
            {
                "id": version.id,
                "at": version.at.isoformat(),
                "by": version.by,
                "what": version.what,
                "is_now": now is not None and version.id == now.id,
            }
            for version in self.history.versions(path)
        ]

    def version(self, name: str, number: int) -> str:
        """Return the text of a version; raise KeyError where the piece has no such."""
        if not self.history.has(self.path(name), number):
            raise KeyError(number)
        return self.history.text(number)

    def go_back(self, name: str, number: int) -> dict[str, Any]:
        """Return the state of a piece with the text of one of its versions."""
        return self.state(self.documents.go_back(self.path(name), number))

    def path(self, name: str) -> str:
        """Return the YAML file of a piece; raise HrcpubError where there is none."""
        sources = self.project.sources.recording()
        if name not in material_names(sources):
            raise HrcpubError(no_piece(name))
        return material_file(sources, name)

    def _pieces(self, sources: Sources) -> list[dict[str, Any]]:
        """Return a row for each material, with its translations in it."""
        translated = translations(sources)
        rows = {
            name: self.rows.row(sources, name, f"{FOLDER}/{name}.yaml") | {"translations": []}
            for name in material_names(sources)
            if name not in translated
        }
        for name, one in translated.items():
            if one.material in rows:
                row = {"name": name, "language": one.language}
                rows[one.material]["translations"].append(row)
        return list(rows.values())

    def _layout_row(self, name: str) -> dict[str, Any]:
        try:
            layout = known_layout(name, None, self.project)
        except HrcpubError as error:
            return {"name": name, "title": name, "problem": error.problems[0].message}
        size = [layout.trim.width, layout.trim.height]
        return {"name": name, "title": layout.title, "about": layout.about, "trim": size}

    def _layout_of(self, document: OpenDocument) -> Layout:
        plain = document.plain
        name = plain.get("layout") if isinstance(plain, dict) else None
        if not isinstance(name, str):
            raise HrcpubError(no_layout(document.path))
        return known_layout(name, None, self.project)

    def _offices(self) -> dict[str, str]:
        """Return the offices' names by their ids; none where their file has a mistake."""
        try:
            offices = self.project.known("contacts", read_contacts)
        except HrcpubError:  # told where the piece is laid out
            return {}
        return {id: office.name.plain().rstrip(":") for id, office in offices.items()}

    def _slots(self, layout: Layout) -> dict[str, Slot]:
        organisation = self.project.known("organisation", read_organisation)
        words = Slot("group", "the words", True, fields=organisation.eased(layout.slots))
        names = layout_names(self.project.sources.recording())
        return head_slots(names, layout) | {"words": words}


def slot_at(text: str, line: int, column: int) -> str | None:
    """Return the slot (words.points.2.text) of the value at a place of a YAML text, from 1.

    A name belongs to its value. None: there is none, or the text is no YAML.
    """
    starts = [0, *(found.end() for found in BREAK.finditer(text))]
    if line > len(starts):
        return None
    at = starts[line - 1] + column - 1
    try:
        return _slot_in(spans(text), at) or None
    except ValueError:
        return None


def _slot_in(span: ValueSpan, at: int) -> str:
    for number, item in enumerate(span.items or (), 1):
        if item.start <= at <= item.end:
            return f"{number}.{_slot_in(item, at)}".strip(".")
    for name, value in (span.group or {}).items():
        if span.keys[name] <= at <= value.end:
            return f"{name}.{_slot_in(value, at)}".strip(".")
    return ""


def edit_of(fields: Mapping[str, Any], slots: Mapping[str, Slot]) -> Edit:
    """Return the edit that a window sends; raise ValueError for anything else.

    `slots` give the order in which new names come to stand.
    """
    if not isinstance(fields, Mapping):
        raise ValueError("an edit is a group of names and values")
    path = _path(fields.get("path"))
    match fields.get("do"):
        case "put":
            return Put(path, _plain(fields.get("value")), _order(path, slots))
        case "insert":
            return Insert(path, _plain(fields.get("value")))
        case "remove":
            return Remove(path)
        case "move":
            return Move(path, _number(fields.get("from")), _number(fields.get("to")))
    raise ValueError("an edit is put, insert, remove or move")


def _path(steps: object) -> YamlPath:
    if not isinstance(steps, list) or not 1 <= len(steps) <= 12:
        raise ValueError("a path is a list of names and numbers")
    if not all(isinstance(step, str) or _is_number(step) for step in steps):
        raise ValueError("a path is a list of names and numbers")
    return tuple(steps)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _number(value: object) -> int:
    if not _is_number(value):
        raise ValueError("a place in a list is a number from 0")
    return int(value)  # type: ignore[call-overload, no-any-return]


def _plain(value: object) -> Plain:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    raise ValueError("a value is a text, a list or a group")


def _order(path: YamlPath, slots: Mapping[str, Slot]) -> tuple[str, ...]:
    """Return the names of the group that a path ends in, in the order of its slots."""
    fields = slots
    for step in path[:-1]:
        if isinstance(step, str):
            fields = fields[step].fields if step in fields else {}
    return tuple(fields)


def no_piece(name: str) -> Problem:
    """There is no piece of that name: it was deleted, or renamed, while it was open.

    Fix: go back to the list of pieces.
    """
    return Problem("no-piece", f"there is no piece {name}", None, "go back to the list of pieces")


def no_layout(path: str) -> Problem:
    """A piece does not say which layout it has.

    Fix: open its file in a text editor, and write `layout:` with the name of a layout.
    """
    return Problem(
        "no-layout",
        f"{path} does not say which layout it has",
        None,
        "open the file in a text editor, and write `layout:` with the name of a layout",
    )


CODES = {"no-piece": no_piece, "no-layout": no_layout}
