"""`event new` and `event schema --write`: a project to a commented manifest, a table, a schema."""

from __future__ import annotations

import datetime
import os
from typing import NamedTuple

from hrcpub.build.starting import name_taken, write_text
from hrcpub.events.manifest.cells import SAMPLE
from hrcpub.events.manifest.manifest import SAMPLES, event_unfit
from hrcpub.events.manifest.schema import FOLDER, SCHEMA, schema_text
from hrcpub.events.manifest.sites import PATH
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.problems import HrcpubError
from hrcpub.project.edition import EDITIONS
from hrcpub.project.homes import read_home
from hrcpub.project.layout import read_layout
from hrcpub.project.material import FOLDER as MATERIALS
from hrcpub.project.material import own_names
from hrcpub.project.paper_size import project_sheet
from hrcpub.project.placeholders import TELEPHONES
from hrcpub.project.printers import read_printers
from hrcpub.project.slots import ID

AHEAD = datetime.timedelta(days=30)  # from today to the event, in a new manifest
EARLY = datetime.timedelta(days=4)  # from the delivery to the event

_MANIFEST = """\
# yaml-language-server: $schema=schema.json
# What is printed for an event, for whom, by when. Check it with: hrcpub event check {name}

name: {title}
# year, month, day
date: {date}
place: {samples[place]}
# whom the print shop asks
contact:
  name: {samples[contact]}
  # tel: {tel}
  # email: you@example.org
# approver: {samples[approver]}
# only pieces that somebody has approved (hrcpub approve) are made
# approved: required

# who hands out pieces with you; a logo is a PNG or JPEG
# partners:
#   - name: {samples[partner]}
#     logo: {{file: materials/images/organisation.png, alt: An organisation}}

# Every row of materials/sites.csv gets pieces, unless you name some sites by their ids. For an
# event without sites, write [].
# sites: [fruitvale-corner, night-van]
# sites-file: materials/another.csv

delivery:
  by: {due}
  # to: [12 Example Street, "{town}"]
  # boxes: 2

# how many extra, for misprints
spares: 5 %

items:
  # a file's name in materials/
  - material: {material}
    # how many copies for each site, in each language
    languages: {{{language}: 100}}
    # one of {editions}
    edition: {edition}
    # of materials/printers.yaml: {printers}
    # printer: {printer}
    # the paper, as the print shop calls it, and its thickness
    # stock: {stock}
    # caliper: 0.1 mm
    # if not the event's
    # spares: 10 %
    # who gets it, if not all
    # sites: [night-van]
    # how pieces are placed on the office's sheets, if not as in the layout
    # scheme: cards
    # a sheet with the site's name before each site's pieces
    # separators: yes
"""
_TABLE = """\
# One row for each site. The first row below names the columns. Save this table as CSV UTF-8.
id,name,address,hours,tel,url,logo,logo-alt,box
{site},Your first site,"1 Example Street; {town}","Mon-Fri {hours}",{tel},\
https://example.org/first,,,
"""


class _Usage(NamedTuple):
    """How the examples of a new event are written where the project is."""

    town: str
    hours: str
    stock: str


_USAGES = {
    "letter": _Usage("Oakland, CA 94612", "9 am-5 pm", "20 lb bond, yellow"),
    "a4": _Usage("Your Town", "9-17", "80 g/m², yellow"),
}


def start_event(sources: Sources, name: str) -> tuple[str, ...]:
    """Write a new manifest, and a table of sites if there is none; return their paths.

    Raises HrcpubError if the name is not allowed, or taken.
    """
    if not ID.fullmatch(name):
        raise HrcpubError(event_unfit(name))
    path = f"{FOLDER}/{name}.yaml"
    if os.path.lexists(sources.root / path):
        raise HrcpubError(name_taken(name, path))
    write_event_schema(sources)
    write_text(sources, path, _manifest(sources, name))
    if os.path.lexists(sources.root / PATH):
        return (path,)
    # A spreadsheet program knows by the byte order mark that the table is UTF-8.
    usage, tel = _usage(sources)
    table = _TABLE.format(site=SAMPLE, tel=tel, **usage._asdict())
    write_text(sources, PATH, "\ufeff" + table)
    return path, PATH


def write_event_schema(sources: Sources) -> str:
    """Write the manifests' JSON Schema beside them, and return its path."""
    write_text(sources, SCHEMA, schema_text())
    return SCHEMA


def _manifest(sources: Sources, name: str) -> str:
    day = datetime.date.today() + AHEAD
    material, language = _some_material(sources)
    shops = _printers(sources)
    usage, tel = _usage(sources)
    return _MANIFEST.format(
        tel=tel or "…",
        town=usage.town,
        stock=usage.stock,
        name=name,
        samples=SAMPLES,
        title=name.replace("-", " ").capitalize(),
        date=day,
        due=day - EARLY,
        material=material,
        language=language,
        edition="office",
        editions=", ".join(EDITIONS),
        printer=next(iter(shops), "acme"),
        printers=", ".join(shops) or "it has none yet",
    )


def _usage(sources: Sources) -> tuple[_Usage, str]:
    """Return how examples are written, and a telephone of the country that nobody has.

    A country without such a number that we know of has none.
    """
    code = read_home(sources).code
    numbers = dict(TELEPHONES.values())
    tel = "(510) 555-0100" if code == "1" else numbers.get(code, "")
    return _USAGES[project_sheet(sources).family], tel


def _is_draft(sources: Sources, name: str) -> bool:
    """Return whether a material's layout asks for a review that it has not had."""
    try:
        mapping = read_yaml(sources, f"{MATERIALS}/{name}.yaml").mapping or {}
        layout = read_layout(sources, mapping["layout"].text or "")
    except (HrcpubError, KeyError):
        return True
    return layout.needs_review and "reviewed" not in mapping


def _some_material(sources: Sources) -> tuple[str, str]:
    """Return the name and language of some material of the project, to begin from.

    One that is no draft is better: an event's shop prints none.
    """
    names = own_names(sources)
    for name in sorted(names, key=lambda name: _is_draft(sources, name)):
        try:
            mapping = read_yaml(sources, f"{MATERIALS}/{name}.yaml").mapping or {}
        except HrcpubError:
            continue
        if "language" in mapping and mapping["language"].text:
            return name, mapping["language"].text
    return "my-material", "en"


def _printers(sources: Sources) -> tuple[str, ...]:
    try:
        return tuple(read_printers(sources))
    except HrcpubError:
        return ()
