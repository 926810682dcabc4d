"""An `Event` and its shells to the files to be made, each with what it depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from hrcpub.events.fulfil.jobs import CopyJob, RunJob, Shell, ShellJob
from hrcpub.events.manifest.event import Event, Item, Site
from hrcpub.events.manifest.event import copies as with_spares
from hrcpub.events.paperwork.arithmetic import repeats
from hrcpub.events.paperwork.phrases import language
from hrcpub.files import lasting
from hrcpub.files.sources import Sources
from hrcpub.project.edition import EDITIONS
from hrcpub.project.layout import read_system
from hrcpub.project.printers import HOUSE
from hrcpub.project.words import Words
from hrcpub.records import record

FACES = ("text", "bold")  # of the design system, that imprints are set in


@record
class Planned:
    """One file to be made of a piece."""

    path: str  # below the event's folder: "digital/principles-press/en/fruitvale.pdf"
    site: Site | None  # None: blank, or the same for everybody
    shell: Shell
    job: CopyJob | None  # None: the shell's own file
    key: str  # of all that it is made from


@record
class Batch:
    """What is made of one item in one language, in packing order."""

    item: Item
    language: str
    shell: Shell
    pieces: tuple[Planned, ...]

    @property
    def run_path(self) -> str | None:
        """Return where the run file is written; None where there is none.

        A single piece needs none, and pieces that are typeset whole cannot be joined in one.
        """
        if not self.shell.template or len(self.pieces) < 2:
            return None
        return f"{under(self.item)}{self.item.id}-{self.language}-run.pdf"


def shell_job(item: Item, language: str) -> ShellJob:
    """Return the job of an item's shell in a language."""
    # Only a press file depends on the shop: items of other editions share one shell.
    has_shop = EDITIONS[item.edition].is_inked and item.printer.name != HOUSE.name
    name = item.printer.name if has_shop else None
    return ShellJob(item.materials[language].name, item.edition, name, item.scheme)


def under(item: Item) -> str:
    """Return the folder of an item's pieces, with a / at its end."""
    return f"{item.vendor}/{item.id}/"


def environment_of(sources: Sources, programs: str, event: Event) -> str:
    """Return what imprints are made from beside a site's details: `programs`, ink, and fonts."""
    from hrcpub.pipeline.compose import stacks_for

    system = lasting.parsed("system", sources, read_system)
    files = dict.fromkeys(system.faces[name].file for name in FACES)
    spoken = {material.language for item in event.items for material in item.materials.values()}
    texts = [words for site in event.sites for words in said_of(site)]
    for tag in sorted(spoken):
        stacks = stacks_for(tag, texts, system, sources).stacks
        files |= dict.fromkeys(file.file for name in FACES for file in stacks[name])
    return "\0".join([programs, system.ink.screen, *(str(sources.digest(path)) for path in files)])


def said_of(site: Site) -> tuple[Words, ...]:
    """Return all texts that a site's imprint may have."""
    return (*site.texts, *(extra.words for extra in site.extras))


class PrintedSites:
    """An event's sites as their imprints print them: each once for all items of a language."""

    def __init__(self, event: Event) -> None:
        """Begin with none."""
        self.event = event
        self._known: dict[tuple[str, str], tuple[Site, Site, str]] = {}

    def of(self, site: Site, language: str) -> tuple[Site, str]:
        """Return a site's `details`, and what its imprint depends on of it, as one text."""
        known = self._known.get((site.id, language))
        if known is None or known[0] is not site:
            printed = details(site, self.event, language)
            known = (site, printed, imprinted_text(printed))
            self._known[site.id, language] = known
        return known[1:]


def batch_of(
    sites: PrintedSites, item: Item, language: str, shell: Shell, environment: str
) -> Batch:
    """Return the files of an item in a language; `environment` is what imprints depend on.

    `sites` are the event's, the same for all its items.
    """
    if not shell.is_local or not item.sites:
        path = f"{under(item)}{item.id}-{language}.pdf"
        blank = Planned(path, None, shell, None, _digest(shell.digest))
        return Batch(item, language, shell, (blank,))
    spoken = item.materials[language].language
    copies = []
    for site in item.receivers(language):
        path = f"{under(item)}{language}/{site.id}.pdf"
        printed, said = sites.of(site, spoken)
        job = CopyJob(path, shell.job, shell.template_digest, printed)
        key = _digest(shell.digest, environment, said)
        copies.append(Planned(path, site, shell, job, key))
    return Batch(item, language, shell, tuple(copies))


def run_job(batch: Batch, made: Mapping[str, object]) -> tuple[RunJob, str] | None:
    """Return the job of a batch's run file, and its key; None where there is none to make.

    Pieces that were not `made` are left out of it.
    """
    path = batch.run_path
    copies = [piece for piece in batch.pieces if piece.path in made and piece.job]
    if path is None or not copies:
        return None
    item, facts = batch.item, batch.shell.facts
    sites = [copy.site for copy in copies if copy.site]
    printed = [with_spares(item.count(batch.language, site), item.spares) for site in sites]
    repeated = repeats(printed, facts, has_separators=item.has_separators)
    separators: tuple[tuple[str, ...], ...] = ()
    if batch.item.has_separators:
        separators = tuple(_separator(batch, copy.site) for copy in copies)
    job = RunJob(
        path,
        batch.shell.job,
        batch.shell.template_digest,
        tuple(copy.job.site for copy in copies if copy.job),
        separators,
        repeated,
    )
    return job, _digest(*(copy.key for copy in copies), repr(separators), repr(repeated))


def _separator(batch: Batch, site: Site | None) -> tuple[str, ...]:
    """Return the lines of the page before a site's copy."""
    item = batch.item
    quantity = item.count(batch.language, site) if site else item.total(batch.language)
    kind = item.materials[batch.language].layout.title
    what = f"{kind}, {language(batch.language)}"
    note = f"{item.id} · separator sheet, on white paper"
    return (site.name.text if site else "", f"{quantity:,}", what, note)


def details(site: Site, event: Event, language: str) -> Site:
    """Return a site as its imprint prints it: with typographic quotes, and a partner's logo."""
    logo = site.logo or next((p.logo for p in event.partners if p.logo), None)
    return replace(site.quoted(language), logo=logo)


def _imprinted(site: Site) -> Iterator[str]:
    """Yield what an imprint depends on of a site: its texts, not where they are written."""
    for number, line in enumerate((site.name, *site.lines)):
        yield f"{number} {line.text}"
    for name, words in (("hours", site.hours), ("tel", site.tel), ("url", site.url)):
        yield f"{name} {words.text if words else ''}"
    yield f"tel-link {site.tel_link or ''}"
    yield from (f"{extra.column} {extra.words.text} {extra.link}" for extra in site.extras)
    yield repr(site.logo)


def imprinted_text(site: Site) -> str:
    """Return what an imprint depends on of a site, as one text."""
    return "\0".join(_imprinted(site))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
