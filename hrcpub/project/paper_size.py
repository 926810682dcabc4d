"""A project's `paper-size` to the sheet that its offices print on."""

from __future__ import annotations

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.problems import Problem, stop_on_errors
from hrcpub.project import slots
from hrcpub.project.sheets import DEFAULT, SHEETS, Sheet
from hrcpub.project.slots import Slot

ORGANISATION = "materials/organisation.yaml"
PAPER_SIZE = Slot("choice", "what the office printer is loaded with", choices=tuple(SHEETS))


def project_sheet(sources: Sources) -> Sheet:
    """Return the sheet that the project's offices print on: `paper-size` in its organisation.yaml.

    Raises HrcpubError where that is not a sheet. Letter where nothing is said.
    """
    if not sources.has(ORGANISATION):
        return DEFAULT
    node = (read_yaml(sources, ORGANISATION).mapping or {}).get("paper-size")
    if node is None:
        return DEFAULT
    problems: list[Problem] = []
    name = slots.check(node, PAPER_SIZE, "paper-size", problems)
    stop_on_errors(problems)
    return SHEETS[name]


def sheet_of(project: Project) -> Sheet:
    """Return the sheet that was asked for when hrcpub was called, else the project's."""
    if project.sheet:
        return SHEETS[project.sheet]
    return project.parsed("paper-size", project_sheet)
