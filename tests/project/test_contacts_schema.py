"""The JSON Schema of contacts.yaml takes what hrcpub takes, and is the one that is stored."""

from __future__ import annotations

import pytest
import yaml
from jsonschema import Draft202012Validator

from hrcpub.build.starting import schema_text
from hrcpub.files.sources import Sources
from hrcpub.project.contacts_schema import contacts_schema
from tests.shared.project import ROOT

HEAD = "verified: '2026-01-10'\nreview-by: '2026-07-10'\ncalling-code: '1'\n"
OFFICE = "offices: {north: {name: North Side, lines: [1 Main Street], %s}}\n"

TYPED = {
    "tel: 988": True,
    "tel: (212) 213-6376": True,
    "tel: [988, (212) 213-6376]": True,
    "tel: {Office: (212) 213-6376, Van: (212) 213-6377}": True,
    "tel: [Van: (212) 213-6376, {number: 988, label: {en: Help, es: Ayuda}, extension: 12}]": True,
    "tel: [[988]]": False,
    "text: 741741": True,
    "text: {number: 741741, keyword: HOME}": True,
    "text: {keyword: HOME}": False,
    "text: [741741]": False,
    "languages: [en, {hmn: Hmoob}]": True,
    "languages: 'en, es'": True,
    "languages: [[en]]": False,
    "hours: [{days: Mon, times: '9-12, 1-5'}, {days: Tue, times: [9-12, 1-5]}]": True,
    "hours: [{days: Mon, times: {a: b}}]": False,
    "hour: [{days: Mon}]": False,
}


@pytest.mark.parametrize("typed", TYPED)
def test_the_schema_takes_what_an_office_may_have(typed: str) -> None:
    value = yaml.safe_load(HEAD + OFFICE % typed)
    assert Draft202012Validator(contacts_schema()).is_valid(value) is TYPED[typed]


def test_this_repositorys_contacts_are_right_by_their_stored_schema() -> None:
    written = (ROOT / "materials/contacts.schema.json").read_text(encoding="utf-8")
    assert written == schema_text(Sources(ROOT), "contacts")
    loaded = yaml.load((ROOT / "materials/contacts.yaml").read_text("utf-8"), yaml.CBaseLoader)
    assert Draft202012Validator(contacts_schema()).is_valid(loaded)
