"""An `Event` and its stock pieces to the files to be made, each with what it depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from hrcpub.events.fulfil.jobs import CopyJob, RunJob, Shell, ShellJob
from hrcpub.events.manifest.event import Event, Item, Piece, Site
from hrcpub.project.edition import EDITIONS
from hrcpub.project.printers import HOUSE


@dataclass(frozen=True, slots=True)
class Planned:
    """One file to be made of a piece: by a copy job, or, without one, the stock piece itself."""

    piece: Piece
    stock: Shell
    job: CopyJob | None
    key: str  # of all that it is made from


@dataclass(frozen=True, slots=True)
class Batch:
    """What is made of one item in one language, in packing order."""

    item: Item
    language: str
    stock: Shell
    pieces: tuple[Planned, ...]

    @property
    def run_path(self) -> str | None:
        """Return where the file of all pieces stands; None when there is one piece alone."""
        if not self.stock.template or len(self.pieces) < 2:
            return None
        return f"{under(self.item)}{self.item.id}-{self.language}-run.pdf"


def stock_job(item: Item, language: str) -> ShellJob:
    """Return the stock piece of an item in a language."""
    is_shops = EDITIONS[item.edition].is_inked and item.printer.name != HOUSE.name
    name = item.printer.name if is_shops else None
    return ShellJob(item.materials[language].name, item.edition, name, item.scheme)


def vendor(item: Item) -> str:
    """Return who prints an item: a shop, or what the edition's name says."""
    return item.printer.name if EDITIONS[item.edition].is_inked else item.edition


def under(item: Item) -> str:
    """Return the folder of an item's pieces, with a / at its end."""
    return f"{vendor(item)}/{item.id}/"


def batch(event: Event, item: Item, language: str, stock: Shell, environment: str) -> Batch:
    """Return the files of an item in a language; `environment` is what imprints depend on."""
    material = item.materials[language]
    sites: tuple[Site | None, ...] = item.sites if stock.is_local and item.sites else (None,)
    return Batch(
        item,
        language,
        stock,
        tuple(
            _planned(event, item, language, stock, site, material.language, environment)
            for site in sites
        ),
    )


def _planned(
    event: Event,
    item: Item,
    language: str,
    stock: Shell,
    site: Site | None,
    spoken: str,
    environment: str,
) -> Planned:
    if site is None:
        path = f"{under(item)}{item.id}-{language}.pdf"
        piece = Piece(item, language, None, path)
        return Planned(piece, stock, None, _digest(stock.digest))
    path = f"{under(item)}{language}/{site.id}.pdf"
    printed = details(site, event, spoken)
    piece = Piece(item, language, site, path)
    job = CopyJob(path, stock.job, stock.template_digest, printed)
    key = _digest(stock.digest, environment, *imprinted(printed))
    return Planned(piece, stock, job, key)


def run_job(batch: Batch, made: Mapping[str, object]) -> tuple[RunJob, str] | None:
    """Return the job of a batch's run file, and its key; None where there is none to make.

    Pieces that were not `made` are left out of it.
    """
    path = batch.run_path
    pieces = [one for one in batch.pieces if one.piece.path in made and one.job]
    if path is None or not pieces:
        return None
    separators = tuple(_separator(one) for one in pieces) if batch.item.has_separators else ()
    job = RunJob(
        path,
        batch.stock.job,
        batch.stock.template_digest,
        tuple(one.job.site for one in pieces if one.job),
        separators,
    )
    return job, _digest(*(one.key for one in pieces), repr(separators))


def _separator(planned: Planned) -> tuple[str, ...]:
    site, item, language = planned.piece.site, planned.piece.item, planned.piece.language
    name = site.name.text if site else ""
    many = item.quantities[language]
    return (name, f"{item.id}, {language}: {many} pieces")


def details(site: Site, event: Event, language: str) -> Site:
    """Return a site as its imprint prints it: with typographic quotes, and a partner's logo."""
    logo = site.logo or next((p.logo for p in event.partners if p.logo), None)
    return replace(site.quoted(language), logo=logo)


def imprinted(site: Site) -> Iterator[str]:
    """Yield what an imprint depends on of a site: its texts, not where they are written."""
    for number, line in enumerate((site.name, *site.lines)):
        yield f"{number} {line.text}"
    for name, words in (("hours", site.hours), ("tel", site.tel), ("url", site.url)):
        yield f"{name} {words.text if words else ''}"
    yield f"tel-link {site.tel_link or ''}"
    yield repr(site.logo)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
