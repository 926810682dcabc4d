"""Names made safe: for files, addresses and ids."""

from __future__ import annotations

import pytest

from hrcpub.events.manifest.manifest import event_unfit
from hrcpub.project.material_problems import name_unfit
from hrcpub.project.names import LONGEST, is_device, slug

NAMES = {
    "Łódź spring": "lodz-spring",
    "Søndag": "sondag",
    "Đà Nẵng": "da-nang",
    "Straße 7": "strasse-7",
    "Ærø": "aero",
    "Œuvre": "oeuvre",
    "Þórshöfn": "thorshofn",
    "Diyarbakır": "diyarbakir",
    "Women's  Night": "womens-night",
    "Women’s Night": "womens-night",
    "--Fair / 2026--": "fair-2026",
    "Київ": "otherwise",
    "": "otherwise",
    "Con": "con-otherwise",
    "LPT1": "lpt1-otherwise",
}


@pytest.mark.parametrize(("text", "name"), NAMES.items(), ids=list(NAMES.values()))
def test_a_text_becomes_a_safe_name(text: str, name: str) -> None:
    assert slug(text, "otherwise") == name


def test_a_name_has_room_for_a_number_behind_it() -> None:
    assert slug("fair " * 40, "site").startswith("fair-fair")
    assert len(slug("fair " * 40, "site")) <= LONGEST


def test_materials_and_events_are_advised_alike() -> None:
    hints = {name_unfit("Łódź spring").hint, event_unfit("Łódź spring").hint}

    assert hints == {"use small letters, digits and hyphens, such as lodz-spring"}


@pytest.mark.parametrize("name", ["con", "AUX", "nul.pdf", "Com1.tar.gz", "lpt9", "com²"])
def test_windows_keeps_names_for_devices(name: str) -> None:
    assert is_device(name)


@pytest.mark.parametrize("name", ["console", "com10", "auxiliary.pdf", "x.con", ""])
def test_other_names_are_free(name: str) -> None:
    assert not is_device(name)
