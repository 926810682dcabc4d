"""What imprints and captions are set in: the design system's faces, and others behind them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar

from hrcpub.events.fulfil.plan import FACES
from hrcpub.events.imprint import FaceStack, Fonts
from hrcpub.files.project import Project
from hrcpub.pipeline.compose import compose_face, read_face, stacked_faces, stacks_for
from hrcpub.pipeline.setting import Face
from hrcpub.project.layout import System, read_system
from hrcpub.project.words import Words

ValueT = TypeVar("ValueT")
LAST_LATIN = "\u024f"  # of the letters that our own faces have
MOST_STACKS = 64


class LastUsed(OrderedDict[object, ValueT]):
    """The values that were used last, up to so many."""

    def __init__(self, most: int) -> None:
        """Keep `most` values."""
        super().__init__()
        self.most = most

    def take(self, key: object, make: Callable[[], ValueT]) -> ValueT:
        """Return the value kept under a key, made where it is not there."""
        if key not in self:
            self[key] = make()
            while len(self) > self.most:
                self.popitem(last=False)
        self.move_to_end(key)
        return self[key]


class ImprintLetters:
    """The faces of one project, read and stacked as they are needed."""

    def __init__(self, project: Project) -> None:
        """Read from a project; nothing is read yet."""
        self.project = project
        self._stacks: LastUsed[dict[str, FaceStack]] = LastUsed(MOST_STACKS)

    @cached_property
    def system(self) -> System:
        """The design system, as it was when it was first needed."""
        return self.project.known("system", read_system)

    @cached_property
    def fonts(self) -> Fonts:
        """The faces that imprints are set in; all of a build's are the same."""
        return Fonts(
            {
                name: (
                    compose_face(name, self.system, self.project),
                    self.project.sources.read(self.system.faces[name].file),
                )
                for name in FACES
            },
            self._font,
        )

    def _font(self, path: str) -> tuple[Face, bytes]:
        """Return a font's file, and the face that it is by itself."""
        face = self.project.parsed(("face alone", path), lambda sources: read_face(sources, path))
        return face, self.project.sources.read(path)

    def stacks(self, language: str, texts: Sequence[Words]) -> dict[str, FaceStack]:
        """Return the faces of a language, with those of other scripts in texts behind them."""
        others = {letter for words in texts for letter in words.text if letter > LAST_LATIN}
        key = (language, "".join(sorted(others)))
        return self._stacks.take(key, lambda: self._found_stacks(language, texts))

    def _found_stacks(self, language: str, texts: Sequence[Words]) -> dict[str, FaceStack]:
        known = stacks_for(language, texts, self.system, self.project.sources)
        faces = stacked_faces(known, language, self.system, self.project)
        return {
            name: FaceStack(faces[name], tuple(file.file for file in known.stacks[name]))
            for name in FACES
        }
