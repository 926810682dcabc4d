"""From where people call: `calling-code` and `country` of `materials/contacts.yaml` to a `Home`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project import slot_problems
from hrcpub.project.slots import Slot
from hrcpub.project.telephones import Home
from hrcpub.project.words import Words

PATH = "materials/contacts.yaml"
HOME = {
    "calling-code": Slot("label", "the country's, for links to telephones"),
    "country": Slot("label", "its two letters, where countries share the calling code: CA"),
}


def read_home(sources: Sources) -> Home:
    """Return from where the project's people call; without contacts, or with mistakes, the US."""
    if not sources.has(PATH):
        return Home()
    try:
        names = read_yaml(sources, PATH).mapping or {}
    except HrcpubError:
        return Home()
    values = {
        key: Words(text.strip(), names[key].source)
        for key in HOME
        if key in names and (text := names[key].text)
    }
    return home_of(values, Home(), [])


def home_of(values: Mapping[str, Any], file: Home, problems: list[Problem]) -> Home:
    """Return from where an office is called, as it says or as its file does."""
    code: Words | None = values.get("calling-code")
    country: Words | None = values.get("country")
    if code is None and country is None:
        return file
    home = Home(code.text.lstrip("+") if code else file.code, country.text if country else None)
    if home.region:
        return home
    if code and Home(home.code).region is None:
        problems.append(slot_problems.not_a(code, "country's calling code", "1, or 44"))
    elif country:
        known = f"country with the calling code {home.code}"
        problems.append(slot_problems.not_a(country, known, "US, or CA"))
    return file
