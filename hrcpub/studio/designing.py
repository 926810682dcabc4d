"""A layout that is open to its designer: its files, as texts; their saving, and what they may say.

Layouts are trusted code, and only files of the project's `layouts/` are read or written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.layout import SPECIMEN, SYSTEM, Layout, layout_names, read_layout
from hrcpub.project.material import FOLDER
from hrcpub.project.material.names import own_names
from hrcpub.studio.documents import ConflictError, OpenDocument
from hrcpub.studio.preview import Lay
from hrcpub.studio.whole_files import WholeFiles

if TYPE_CHECKING:
    from hrcpub.studio.studio import Studio

KINDS = (".html", ".css", ".yaml")
SAMPLE = "sample.yaml"
_FIRST = ("layout.html", "layout.css", "layout.yaml", SAMPLE)


@dataclass(frozen=True)
class TypedLayout:
    """A layout's files as they are typed, shown with a material or with its sample."""

    layout: str
    piece: str  # "": the layout's sample
    drafts: Mapping[str, str]  # by path

    @property
    def paths(self) -> frozenset[str]:
        """The files that are typed."""
        return frozenset(self.drafts)

    def lay(self, number: int, edition: str) -> Lay:
        """Return the task that lays it out."""
        drafts = {path: text.encode() for path, text in self.drafts.items()}
        sample = "" if self.piece else f"layouts/{self.layout}/{SAMPLE}"
        return Lay(
            number,
            self.piece or self.layout,
            edition,
            drafts,
            layout_file=sample,
            tells_values=True,
        )

    def is_saved(self, sources: Sources) -> bool:
        """Return whether all of its files say the same."""
        now = sources.recording()
        return all(now.has(path) and now.text(path) == text for path, text in self.drafts.items())

    def problem_json(self, problem: Problem) -> dict[str, Any]:
        """Return a Problem's plain values."""
        return problem.as_json() | {"slot": None}


class Designing:
    """The layouts of an open project, for the window in which one is changed."""

    def __init__(self, studio: Studio) -> None:
        """Take the project."""
        self.studio = studio

    @property
    def _sources(self) -> Sources:
        return self.studio.project.sources.recording()

    @property
    def _files(self) -> WholeFiles:
        return WholeFiles(self._sources, self.studio.history)

    def layout(self, name: str) -> dict[str, Any]:
        """Return a layout: its files, its editions, and the pieces that use it.

        Raises HrcpubError where there is none. One with mistakes is opened to be mended.
        """
        sources = self._sources
        if name not in layout_names(sources):
            raise HrcpubError(no_layout_here(name))
        try:
            layout: Layout | None = read_layout(sources, name)
        except HrcpubError:
            layout = None
        return {
            "name": name,
            "title": layout.title if layout else name,
            "about": layout.about if layout else "",
            "editions": self._editions(name, layout),
            "files": [self._file(path) for path in self.paths(name)],
            "pieces": sorted(piece for piece, of in self._pieces(sources).items() if of == name),
        }

    def paths(self, name: str) -> list[str]:
        """Return the files that a layout is made of, its own first."""
        sources, folder = self._sources, f"layouts/{name}"
        own = [one for one in sources.names(folder) if one.endswith(KINDS)]
        own.sort(key=lambda one: (_FIRST.index(one) if one in _FIRST else len(_FIRST), one))
        shared = [one for one in sources.names(SYSTEM) if one.endswith(KINDS)]
        shared.sort(key=lambda one: (one != "system.yaml", one != "system.css", one))
        return [f"{folder}/{one}" for one in own] + [f"{SYSTEM}/{one}" for one in shared]

    def file(self, name: str, path: str) -> dict[str, Any]:
        """Return a file of a layout with its text; raise KeyError for what is none of it."""
        return self._state(self._files.open(self._owned(name, path)))

    def save(self, name: str, path: str, base: str, text: str) -> dict[str, Any]:
        """Return a file with a new text, made from the one with the digest `base`.

        Where it says something else by now, nothing is saved, and `conflict` has what it says. The
        text may have mistakes: they are told, as those of any file.
        """
        try:
            return self._state(self._files.save_text(self._owned(name, path), base, text))
        except ConflictError as error:
            return {"conflict": {"digest": error.document.digest, "text": error.document.text}}

    def undo(self, name: str, path: str) -> dict[str, Any]:
        """Return a file as it was before it was last saved."""
        return self._state(self._files.undo(self._owned(name, path)))

    def redo(self, name: str, path: str) -> dict[str, Any]:
        """Return a file as it was before the last undo."""
        return self._state(self._files.redo(self._owned(name, path)))

    def versions(self, name: str, path: str) -> list[dict[str, Any]]:
        """Return what was saved of a file, the newest first."""
        history, now = self.studio.history, self.studio.history.now(self._owned(name, path))
        return [
            {
                "id": one.id,
                "at": one.at.isoformat(),
                "by": one.by,
                "what": one.what,
                "is_now": now is not None and one.id == now.id,
            }
            for one in history.versions(path)
        ]

    def version(self, name: str, path: str, number: int) -> str:
        """Return the text of a version; raise KeyError where the file has no such."""
        if not self.studio.history.has(self._owned(name, path), number):
            raise KeyError(number)
        return self.studio.history.text(number)

    def copy(self, name: str, new: str) -> dict[str, Any]:
        """Make a new layout of one that there is; raise HrcpubError where the name is not free."""
        from hrcpub.build.starting import copy_layout

        copy_layout(self._sources, name, new)
        return {"name": new}

    def complete(self, name: str, path: str, drafts: Mapping[str, str], at: int) -> dict[str, Any]:
        """Return what may be typed at a place of a file; nothing while layout.yaml has mistakes."""
        from hrcpub.studio.completion import complete
        from hrcpub.studio.vocabulary import vocabulary

        self._owned(name, path)
        known = {path: text.encode() for path, text in drafts.items()}
        # What completes a text does not depend on what is being typed in it.
        others = {one: data for one, data in known.items() if one != path}
        project = Project(self._sources.with_drafts(others), self.studio.project.cache)
        try:
            words = project.parsed(("vocabulary", name), lambda s: vocabulary(Project(s), name))
        except HrcpubError:
            return {"from": at, "options": []}
        found = complete(path, drafts[path], at, words)
        return {"from": found.start, "options": [one._asdict() for one in found.options]}

    def _file(self, path: str) -> dict[str, Any]:
        return {"path": path, "is_shared": path.startswith(f"{SYSTEM}/")}

    def _owned(self, name: str, path: str) -> str:
        if path not in self.paths(name):
            raise KeyError(path)
        return path

    def _state(self, document: OpenDocument) -> dict[str, Any]:
        history = self.studio.history
        return {
            "path": document.path,
            "text": document.text,
            "digest": document.digest,
            "can_undo": history.before(document.path) is not None,
            "can_redo": history.after(document.path) is not None,
        }

    def _editions(self, name: str, layout: Layout | None) -> list[str]:
        editions = list(layout.editions) if layout else ["screen"]
        has_plates = f"{SPECIMEN}.html" in self._sources.names(f"layouts/{name}")
        return editions + ([SPECIMEN] if has_plates else [])

    def _pieces(self, sources: Sources) -> dict[str, str]:
        """Return the layouts of all materials by their names, translations left out."""
        rows = self.studio.rows
        return {
            name: rows.row(sources, name, f"{FOLDER}/{name}.yaml").get("layout", "")
            for name in own_names(sources)
        }


def typed_layout(message: Mapping[str, Any]) -> TypedLayout:
    """Return what a window types; raise ValueError for anything else."""
    drafts = message.get("drafts")
    if not isinstance(drafts, dict) or not all(isinstance(one, str) for one in drafts.values()):
        raise ValueError("drafts are texts by their paths")
    if not all(str(path).startswith("layouts/") for path in drafts):
        raise ValueError("only files of layouts are typed here")
    return TypedLayout(str(message["design"]), str(message.get("piece") or ""), drafts)


def no_layout_here(name: str) -> Problem:
    """There is no layout of that name: it was deleted, or renamed, while it was open.

    Fix: go back to the list of layouts.
    """
    message = f"there is no layout {name}"
    return Problem("layout-gone", message, None, "go back to the list of layouts")


CODES = {"layout-gone": no_layout_here}
