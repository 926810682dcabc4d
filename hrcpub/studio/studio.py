"""What the studio's window asks for, as plain values: pieces, forms, saves, versions, new pieces.

Nothing here knows of HTTP. Every method raises HrcpubError with the mistakes of people.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.contacts import read_contacts
from hrcpub.project.edition import EDITIONS
from hrcpub.project.layout import Layout, files_lacking, layout_names, read_system
from hrcpub.project.layout.faceless import faces_absent
from hrcpub.project.material import FOLDER, material_file, material_names
from hrcpub.project.material.head import head_slots
from hrcpub.project.material.reading import known_layout
from hrcpub.project.organisation import read_organisation
from hrcpub.project.slot import Slot
from hrcpub.project.translations.files import translation_of, translations
from hrcpub.studio.documents import BY_STUDIO, OpenDocuments
from hrcpub.studio.edited_file import EditedFile, TypedPiece
from hrcpub.studio.forms import FormMaker
from hrcpub.studio.history import History
from hrcpub.studio.lists import SharedFiles, table_names
from hrcpub.studio.logos import add_logo
from hrcpub.studio.open_translation import OpenTranslation, open_translation
from hrcpub.studio.pictures import add_picture
from hrcpub.studio.piece_languages import begun_translation, language_rows
from hrcpub.studio.piece_rows import PieceRows

# A language to the paths of its fonts that were brought: none where they do not come with hrcpub.
BringFonts = Callable[[Sources, str], Sequence[str]]


class Studio:
    """A project that is open in the studio. For one thread."""

    def __init__(self, root: Path, fonts: BringFonts | None = None) -> None:
        """Open the project in `root`, and its history; `fonts` brings a language's."""
        self._project = Project(Sources(root))
        self._fonts = fonts
        self.history = History(self.project.sources.root)
        self.rows = PieceRows()
        self.shared = SharedFiles(self.project, self.history)

    @property
    def project(self) -> Project:
        """The project, on the day that it is."""
        self._project.sources.look_at_clock()
        return self._project

    @property
    def documents(self) -> OpenDocuments:
        """The project's files, as they are now."""
        return OpenDocuments(self.project.sources.recording(), self.history)

    def overview(self) -> dict[str, Any]:
        """Return the project's pieces and layouts, for the first page."""
        sources = self.project.sources.recording()
        return {
            "name": self._whose() or sources.root.name,
            "pieces": self._pieces(sources),
            "layouts": [self._layout_row(name) for name in layout_names(sources)],
            "editions": [{"name": one.name, "about": one.about} for one in EDITIONS.values()],
        }

    def piece(self, name: str) -> dict[str, Any]:
        """Return a piece with its form: what it says now, and what may stand where."""
        path = self.path(name)
        layout = self._layout_of(path)
        slots = self._slots(layout)
        offices = self._offices()
        form = FormMaker(offices)
        head = {slot: value for slot, value in slots.items() if slot != "words"}
        return {
            "name": name,
            **EditedFile(path, self.documents, slots).state(),
            "layout": self._layout_row(layout.name),
            "head": [field.as_json() for field in form.fields(head)],
            "words": [field.as_json() for field in form.fields(slots["words"].fields)],
            "offices": offices,
            "tables": [f"{FOLDER}/{table}" for table in table_names(self.project.sources)],
            "editions": list(layout.editions),
        }

    def draft(self, name: str, base: str, edits: Sequence[Mapping[str, Any]]) -> TypedPiece:
        """Return a piece, or a translation, as it is typed; see EditedFile."""
        of = translation_of(self.project.sources.recording(), name)
        file = self.translation(of.material, of.language).file if of else self.file(name)
        return file.draft(base, edits)

    def file(self, name: str) -> EditedFile:
        """Return a piece's file; raise HrcpubError where there is none."""
        path = self.path(name)
        return EditedFile(path, self.documents, self._slots(self._layout_of(path)))

    def translation(self, material: str, language: str) -> OpenTranslation:
        """Return a piece in another language; raise HrcpubError where there is none."""
        return open_translation(self.project, self.history, material, language)

    def translation_form(self, material: str, language: str) -> dict[str, Any]:
        """Return a translation's form, with the piece's fields: their names and what they tell."""
        piece = self.piece(material)
        fields = {part: piece[part] for part in ("head", "words")}
        return self.translation(material, language).as_json() | fields

    def languages(self, name: str) -> dict[str, Any]:
        """Return how far a piece's translations are, and which languages are offered."""
        self.path(name)
        return language_rows(self.project, name)

    def begin_translation(self, name: str, language: str) -> dict[str, Any]:
        """Begin a translation, as `translate new` does, with its fonts; return its language."""
        self.path(name)
        tag = begun_translation(self.project.sources.recording(), name, language)
        with contextlib.suppress(HrcpubError):  # what is missing is told where it is set
            self.bring_fonts(tag)
        return {"language": tag}

    def bring_fonts(self, language: str) -> dict[str, Any]:
        """Bring a language's fonts that came with hrcpub; return their paths.

        Raises HrcpubError where they have to come from elsewhere: the command that gets them.
        """
        sources = self.project.sources.recording()
        lacking = files_lacking(language, read_system(sources), sources)
        brought = self._fonts(sources, language) if self._fonts and lacking else ()
        if lacking and not brought:
            raise HrcpubError(faces_absent(language, lacking, None))
        return {"files": list(brought)}

    def create(self, layout: str, name: str, title: str = "") -> dict[str, Any]:
        """Begin a piece with a layout's sample words, and return its name."""
        from hrcpub.build.starting import start_material

        sources = self.project.sources.recording()
        path = start_material(sources, layout, name, title=" ".join(title.split()))
        self.history.keep(path, sources.text(path), BY_STUDIO, "new")
        return {"name": name}

    def add_picture(self, name: str, data: bytes, use: str = "") -> dict[str, Any]:
        """Keep a picture with the project's own, and return its path.

        `use` is "logo" or "reversed" where it is to sign, on paper or on black ground.
        """
        sources = self.project.sources.recording()
        if use:
            return {"file": add_logo(sources, name, data, use == "reversed")}
        return {"file": add_picture(sources, name, data)}

    def path(self, name: str) -> str:
        """Return the YAML file of a piece; raise HrcpubError where there is none."""
        sources = self.project.sources.recording()
        if name not in material_names(sources):
            raise HrcpubError(no_piece(name))
        return material_file(sources, name)

    def _whose(self) -> str:
        """Return who signs the pieces; nothing where nobody does, or the file has a mistake."""
        try:
            name = self.project.known("organisation", read_organisation).name("en")
        except HrcpubError:
            return ""
        return name.plain() if name else ""

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
        said = {"title": layout.title, "about": layout.about, "abouts": layout.abouts}
        return {"name": name, **said, "trim": size}

    def _layout_of(self, path: str) -> Layout:
        plain = self.documents.open(path).plain
        name = plain.get("layout") if isinstance(plain, dict) else None
        if not isinstance(name, str):
            raise HrcpubError(no_layout(path))
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
