"""What one manifest names (shops, sites, materials) to what that is, or to what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from hrcpub.events.manifest.event import Site
from hrcpub.files.project import Project
from hrcpub.problems import HrcpubError, Problem, Severity, Source, did_you_mean
from hrcpub.project.material import Material, material_names, read_material, words_file
from hrcpub.project.material_problems import unknown_material
from hrcpub.project.printers import HOUSE, Printer, printer, read_printers
from hrcpub.project.words import Words


@dataclass(slots=True)
class ManifestReader:
    """One reading of one manifest: what was read for it, and all that is wrong.

    `problems` are the manifest's own: an error among them stops the event. `along` are errors that
    cost a site or a language and nothing else.
    """

    project: Project
    problems: list[Problem] = field(default_factory=list)
    along: list[Problem] = field(default_factory=list)
    materials: dict[str, Material | None] = field(default_factory=dict)  # None: it has mistakes
    shops: Mapping[str, Printer] | None = None
    left_out: Mapping[str, Source] = field(default_factory=dict)  # sites, by id: their rows
    made: frozenset[str] = frozenset()  # ids of sites that are made from their names
    has_table: bool = True  # False: it could not be read, so no id can be judged

    @property
    def all(self) -> tuple[Problem, ...]:
        """All Problems, each once: several materials may share an office that is to be called."""
        return tuple(dict.fromkeys((*self.along, *self.problems)))

    def has_material(self, name: str) -> bool:
        """Return whether there is a file of that name."""
        return name in material_names(self.project.sources)

    def material(self, name: str) -> Material | None:
        """Return a material that exists, None when its file has mistakes; they are noted once."""
        if name not in self.materials:
            try:
                material = read_material(self.project, name)
            except HrcpubError as error:
                self.materials[name] = None
                self.along += [self._placed(problem, name) for problem in error.problems]
            else:
                self.materials[name] = material
                self.problems += [self._placed(problem, name) for problem in material.problems]
        return self.materials[name]

    def _placed(self, problem: Problem, name: str) -> Problem:
        """Return a material's Problem that says at least which material it is of."""
        if problem.source and problem.source.path:
            return problem
        return replace(problem, source=Source(words_file(self.project.sources, name)))

    def named_material(self, name: Words) -> bool:
        """Return whether the material that a manifest names exists; note it when it does not."""
        if self.has_material(name.text):
            return True
        problem = unknown_material(name.text, material_names(self.project.sources))
        self.problems.append(replace(problem, source=name.source))
        return False

    def printer(self, name: Words | None) -> Printer:
        """Return a shop by its name, no shop in particular without one; note what is not known."""
        if name is None:
            return HOUSE
        try:
            if self.shops is None:
                self.shops = self.project.known("printers", read_printers)
            shop = printer(name.text, self.shops)
        except HrcpubError as error:
            self.problems += [
                problem if problem.source else replace(problem, source=name.source)
                for problem in error.problems
            ]
            return HOUSE
        self.problems += shop.problems
        return shop

    def picked(self, ids: Iterable[Words | None], known: Mapping[str, Site]) -> tuple[Site, ...]:
        """Return the sites that a manifest names, in its order; note what is wrong with each id."""
        sites: dict[str, Site] = {}
        for entry in ids:
            if entry is None or not self.has_table:
                continue
            if entry.text in sites:
                self.problems.append(site_twice(entry))
            elif entry.text in known:
                sites[entry.text] = known[entry.text]
                if entry.text in self.made:
                    self.problems.append(site_id_made(entry, known[entry.text]))
            elif entry.text in self.left_out:
                self.along.append(site_left_out(entry, self.left_out[entry.text]))
            else:
                self.problems.append(unknown_site(entry, known))
        return tuple(sites.values())


def unknown_site(entry: Words, known: Mapping[str, Site]) -> Problem:
    """A manifest names a site that is not in the table, or an item one that is not the event's.

    Fix: look for a slip; `hrcpub event check` lists the ids. A site's id is in the table's column
    `id`. Where that is empty, it is made from the name: `Fruitvale Corner` is fruitvale-corner.
    """
    hint = did_you_mean(entry.text, known) if known else "the table has no sites"
    return Problem("event-site", f'there is no site "{entry.text}" here', entry.source, hint)


def site_id_made(entry: Words, site: Site) -> Problem:
    """A manifest names a site whose id is not written in the table, but made from its name.

    Fix: write the id into the table's column `id`. As it is, the id changes when the name does, or
    when another site of that name is added, and the manifest then names nobody.
    """
    return Problem(
        "event-site-made",
        f'the id "{entry.text}" is not written in the table: it is made from the name',
        entry.source,
        f"write it into the column id of {site.source.path}, line {site.source.line}",
        Severity.WARNING,
    )


def site_twice(entry: Words) -> Problem:
    """A site is named twice in one list, and would get everything twice.

    Fix: take one of the two out. For twice as many pieces, give the site an item of its own.
    """
    return Problem(
        "event-site-twice", f'"{entry.text}" is named twice here', entry.source, "take one out"
    )


def site_left_out(entry: Words, row: Source) -> Problem:
    """A site that a manifest names is left out, because its row in the table has a mistake.

    Fix: correct the row; its own Problem says what is wrong. The other sites get their pieces.
    """
    return Problem(
        "event-site-left-out",
        f'the site "{entry.text}" is left out: its row has a mistake',
        entry.source,
        f"fix {row.path}, line {row.line}",
    )


CODES = {
    "event-site": unknown_site,
    "event-site-made": site_id_made,
    "event-site-twice": site_twice,
    "event-site-left-out": site_left_out,
}
