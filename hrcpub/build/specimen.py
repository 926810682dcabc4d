"""The design system to its specimen book: every paper, face, figure and component, on sheets.

What the system has stands on the first plates. After them come those of each layout that has a
`specimen.html`: its components alone, with its sample's words, on its own grid.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hrcpub.build.finishing import finish
from hrcpub.build.store import not_written
from hrcpub.files.cache import write_whole
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.copyfit import copyfit
from hrcpub.pipeline.impose.joining import joined
from hrcpub.pipeline.stages import Output
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.edition import EDITIONS, Edition, PaperColour
from hrcpub.project.layout import DESIGN, SPECIMEN, layout_names
from hrcpub.project.material import read_material_file
from hrcpub.project.printers import HOUSE
from hrcpub.records import record

NAME = "specimen"
FIRST = "sheet"  # whose sample and grid the system's own plates are set with
# A sample's words and figures are nobody's message: what is doubtful about them is no news here.
OF_SAMPLES = frozenset({"figure-untested", "not-reviewed", "page-hollow", "sample-words"})


@record
class SpecimenBook:
    """The book as it was written."""

    path: Path
    pages: int
    problems: tuple[Problem, ...]


def plates_of(sources: Sources) -> tuple[tuple[str, str], ...]:
    """Return the book's parts in their order: a layout, and the form of it that is shown."""
    names = layout_names(sources)
    own = [name for name in names if "specimen.html" in sources.names(f"layouts/{name}")]
    first = FIRST if FIRST in names else next(iter(names), FIRST)
    return ((first, DESIGN), *((name, SPECIMEN) for name in own))


def build_specimen(project: Project, folder: Path, sheet: str | None = None) -> SpecimenBook:
    """Write the book into a folder; raise HrcpubError with all that is wrong on its plates."""
    project = project.recording(sheet)
    files, problems = [], []
    for name, form in plates_of(project.sources):
        data, output = _plate(name, form, project)
        files.append(data)
        problems += [one for one in output.problems if one.code not in OF_SAMPLES]
    book, pages = joined(files)
    path = folder / NAME / f"{NAME}.pdf"
    try:
        write_whole(path, book)
    except OSError as error:
        raise HrcpubError(not_written(str(path), error)) from None
    return SpecimenBook(path, pages, tuple(dict.fromkeys(problems)))


def _plate(layout: str, form: str, project: Project) -> tuple[bytes, Output]:
    """Return one part of the book, proven like any file."""
    path = f"layouts/{layout}/sample.yaml"
    material = read_material_file(project, path, NAME)
    if form == DESIGN:  # papers show on white, beside each other
        material = replace(material, colour="bare")
    pages = copyfit(material, project, form)
    file = finish(material, pages, plate_edition(form), PaperColour.FLOOD, HOUSE, project)
    return file.data, file.output


def plate_edition(form: str) -> Edition:
    """Return the edition in which plates of the book are written."""
    return replace(EDITIONS["screen"], name=NAME, is_tagged=False, has_links=False, form=form)
