"""What pieces share, as forms: the offices, the organisation, and the tables of sites."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, NamedTuple

from hrcpub.events.manifest.schema import COLUMNS
from hrcpub.events.manifest.sites import read_sites
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.table import Columns
from hrcpub.files.yaml_spans import Plain
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project import contacts, organisation
from hrcpub.project.colours import ACCENT, FIXED
from hrcpub.project.homes import PATH as OFFICES
from hrcpub.project.layout import read_system
from hrcpub.project.material import FOLDER, own_names
from hrcpub.project.paper_size import ORGANISATION
from hrcpub.project.schedules import table_problems
from hrcpub.project.site_columns import ALSO, FOREIGN
from hrcpub.studio.documents import OpenDocuments
from hrcpub.studio.edited_file import EditedFile
from hrcpub.studio.forms import (
    BY_LANGUAGE,
    GROUP,
    LINE,
    LIST,
    LOGO,
    TELEPHONES,
    FormField,
    FormMaker,
)
from hrcpub.studio.forms import CODES as WITH_COMMAS
from hrcpub.studio.history import History
from hrcpub.studio.notations import YAML, CsvNotation

TABLE = CsvNotation(Columns(tuple(COLUMNS), ALSO, foreign=FOREIGN))
WORKBOOK = ".xlsx"
_OF_A_LOGO = (
    FormField("reversed", "For black ground", "where a layout signs on black", LINE),
    FormField("alt", "What it says", "if that is not the name", BY_LANGUAGE),
)
# How values that may be written in several ways are filled, by their names.
_WAYS: Mapping[str, Callable[[FormField], FormField]] = {
    "name": lambda field: replace(field, fill=BY_LANGUAGE),
    "lines": lambda field: replace(
        field, fill=LIST, entry=FormField("", "Line", "", BY_LANGUAGE), fewest=1
    ),
    "tel": lambda field: replace(field, fill=TELEPHONES),
    "languages": lambda field: replace(field, fill=WITH_COMMAS),
    "colours": lambda field: replace(field, fill=GROUP),
    "logo": lambda field: replace(field, fill=LOGO, fields=_OF_A_LOGO),
}
# What is told of them in their file, where it is not so in a form.
_ABOUTS = {
    "tel": "",
    "name": "as it is printed",
    "colours": "in place of the design's, each as #rrggbb; the accent is that of who signs",
    "languages": "spoken there, by their codes: en, es",
    "lines": "a line each, as on an envelope",
    "logo": "signs pieces in place of the name, in one black ink",
}
_LABELS = {"tel": "Telephones", "url": "Web page", "email": "E-mail", "lines": "Address"}


class SharedFile(NamedTuple):
    """A file that pieces share: its form, and what is wrong in it as it is typed."""

    file: EditedFile
    fields: tuple[FormField, ...]  # none: it is a table
    check: Callable[[Project], tuple[Problem, ...]]
    used_by: tuple[str, ...] = ()  # names of materials
    # The same for each office. Worked out for the form alone, and not at each key.
    named_by: Callable[[], Mapping[str, tuple[str, ...]]] = dict

    def as_json(self) -> dict[str, Any]:
        """Return its form and its state."""
        return {
            "name": self.file.path,
            **self.file.state(),
            "fields": [asdict(field) for field in self.fields],
            "used_by": list(self.used_by),
            "named_by": {id: list(names) for id, names in self.named_by().items()},
        }

    def problems(
        self, project: Project, base: str, edits: Sequence[Mapping[str, Any]]
    ) -> list[dict[str, Any]]:
        """Return what is wrong in it after edits, each Problem with its place in the form."""
        typed = self.file.draft(base, edits)
        sources = project.sources.with_drafts({typed.path: typed.text.encode()})
        found = self.check(Project(sources, project.cache))
        return [typed.problem_json(problem) for problem in found]


class SharedFiles:
    """The shared files of a project."""

    def __init__(self, project: Project, history: History) -> None:
        """Take the project, and the history that saves go into."""
        self.project = project
        self.history = history

    def overview(self) -> list[dict[str, Any]]:
        """Return which there are: an address for each, and its file."""
        sources = self.project.sources.recording()
        own = [("offices", OFFICES), ("organisation", ORGANISATION)]
        there = [(name, path) for name, path in own if sources.has(path)]
        names = (*table_names(sources), *sources.names(FOLDER, WORKBOOK))
        tables = [(f"table/{name}", f"{FOLDER}/{name}") for name in names]
        return [{"address": address, "file": path} for address, path in (*there, *tables)]

    def offices(self) -> SharedFile:
        """Return the offices; raise HrcpubError where they cannot be read."""
        file = EditedFile(OFFICES, self._documents(), contacts.FILE.fields)
        fields = form_fields(contacts.FILE.fields)

        def named_by() -> Mapping[str, tuple[str, ...]]:
            return _named_by(self.project.sources.recording(), file.open().plain)

        return SharedFile(file, fields, _office_problems, named_by=named_by)

    def organisation(self) -> SharedFile:
        """Return who signs."""
        file = EditedFile(ORGANISATION, self._documents(), organisation.FILE.fields)
        colours = colour_fields(self.project.sources, file.open().plain)
        fields = form_fields(organisation.FILE.fields, self._names_of_offices())
        return SharedFile(
            file,
            tuple(replace(one, fields=colours) if one.name == "colours" else one for one in fields),
            _organisation_problems,
        )

    def table(self, name: str) -> SharedFile:
        """Return a table of sites; raise KeyError where there is none of that name.

        Raises HrcpubError for one that cannot be changed here.
        """
        sources = self.project.sources.recording()
        path = f"{FOLDER}/{name}"
        if name in sources.names(FOLDER, WORKBOOK):
            raise HrcpubError(table_elsewhere(path, "is a workbook"))
        if name not in table_names(sources):
            raise KeyError(name)
        _require_utf8(sources, path)
        used = tuple(_naming(sources, path))
        file = EditedFile(path, OpenDocuments(sources, self.history, TABLE))
        if used:
            return SharedFile(file, (), lambda project: table_problems(project, path), used)
        return SharedFile(file, (), lambda project: _site_problems(project, path))

    def _documents(self) -> OpenDocuments:
        return OpenDocuments(self.project.sources.recording(), self.history, YAML)

    def _names_of_offices(self) -> dict[str, str]:
        try:
            offices = self.project.known("contacts", contacts.read_contacts)
        except HrcpubError:
            return {}
        return {id: office.name.plain().rstrip(":") for id, office in offices.items()}


def _require_utf8(sources: Sources, path: str) -> None:
    try:
        sources.text(path)
    except HrcpubError as error:
        if any(problem.code == "file-encoding" for problem in error.problems):
            raise HrcpubError(table_elsewhere(path, "is not saved as UTF-8")) from None
        raise


def table_names(sources: Sources) -> tuple[str, ...]:
    """Return the names of a project's tables of sites."""
    return sources.names(FOLDER, ".csv")


def _named_by(sources: Sources, now: Plain) -> dict[str, tuple[str, ...]]:
    """Return which materials name each office, in a list.

    Theirs are looked for in the text: a material with a mistake names them too.
    """
    offices = now.get("offices") if isinstance(now, dict) else None
    texts = dict(_texts(sources))
    found = {
        id: tuple(name for name, text in texts.items() if _names(text, id))
        for id in (offices if isinstance(offices, dict) else ())
    }
    return {id: names for id, names in found.items() if names}


def _texts(sources: Sources) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each material that can be read."""
    for name in own_names(sources):
        with contextlib.suppress(HrcpubError):
            yield name, sources.text(f"{FOLDER}/{name}.yaml")


def _names(text: str, id: str) -> bool:
    """Return whether an id stands in a list: after a hyphen on its own line, or in brackets."""
    quoted = rf"([\"']?){re.escape(id)}\1"
    entry = rf"^\s*-\s+{quoted}\s*(?:#.*)?$"
    return bool(
        re.search(entry, text, re.MULTILINE) or re.search(rf"[\[,]\s*{quoted}\s*[,\]]", text)
    )


def _naming(sources: Sources, path: str) -> Iterator[str]:
    """Yield the materials that name a table."""
    return (name for name, text in _texts(sources) if path in text)


def form_fields(
    slots: Mapping[str, Any], offices: Mapping[str, str] | None = None
) -> tuple[FormField, ...]:
    """Return the fields of a shared file's slots; `offices` are those that can be picked."""
    return tuple(_way(field) for field in FormMaker(offices or {}).fields(slots))


def _way(field: FormField) -> FormField:
    """Return a field filled as offices are; so are the fields in it."""
    field = replace(field, label=_LABELS.get(field.name, field.label))
    if field.fill == LINE and field.name in _WAYS:
        about = _ABOUTS.get(field.name, field.about)
        return _WAYS[field.name](replace(field, about=about))
    return replace(field, fields=tuple(map(_way, field.fields)))


def _office_problems(project: Project) -> tuple[Problem, ...]:
    try:
        offices = contacts.read_contacts(project.sources)
    except HrcpubError as error:
        return error.problems
    found = []
    for office in offices.values():
        found += [*contacts.doubtful(office)]
        if due := contacts.due(office, project.sources):
            found.append(due)
    return tuple(found)


def colour_fields(sources: Sources, now: Plain) -> tuple[FormField, ...]:
    """Return a field for each colour that a group may have in place of the design's."""
    said = now.get("colours") if isinstance(now, dict) else None
    own = said if isinstance(said, dict) else {}
    # As if the file had no colours yet: those that it has may be wrong.
    papers = read_system(sources.with_drafts({ORGANISATION: b"{}"})).papers
    names = [key if key in own else paper.name for key, paper in papers.items()]
    return tuple(
        FormField(name, name.capitalize(), "", LINE)
        for name in dict.fromkeys((ACCENT, *names, *own))
        if name not in FIXED
    )


def _organisation_problems(project: Project) -> tuple[Problem, ...]:
    found: list[Problem] = []
    try:
        if not organisation.read_organisation(project.sources).names:
            found.append(organisation.unsigned(project.sources))
        read_system(project.sources)
    except HrcpubError as error:  # of the design's own files its designer is told
        own = (one for one in error.problems if one.source and one.source.path == ORGANISATION)
        found += own
    return tuple(found)


def _site_problems(project: Project, path: str) -> tuple[Problem, ...]:
    try:
        return read_sites(project, path).problems
    except HrcpubError as error:
        return error.problems


def table_elsewhere(path: str, why: str) -> Problem:
    """A table of sites can be printed from, but not be changed in the studio.

    The studio changes one line of a file and leaves all others. In a workbook, or a file in an old
    encoding, it can't.

    Fix: go on in Excel or LibreOffice, where it was made. Or save it there as "CSV UTF-8" into
    `materials/`, and take the old file away: then it is changed here. Where a piece or an event
    names the old file, write the new name there.
    """
    return Problem(
        "table-elsewhere",
        f"{path} {why}: it is printed from, but not changed here",
        None,
        'change it in Excel or LibreOffice; or save it there as "CSV UTF-8" into materials/',
    )


CODES = {"table-elsewhere": table_elsewhere}
