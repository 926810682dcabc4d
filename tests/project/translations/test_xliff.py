"""XLIFF 2, written and read: slots, states, signs as codes; and what is refused."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from hrcpub.problems import HrcpubError
from hrcpub.project.translations.catalog import Catalog, Message
from hrcpub.project.translations.xliff_codes import coded
from hrcpub.project.translations.xliff_reading import TranslatedUnit, read_xliff
from hrcpub.project.translations.xliff_writing import NAMESPACE, xliff

SPACE = f"{{{NAMESPACE}}}"
TEXTS = (
    "Plain words & <signs>",
    "*Do not* leave: **stay**, [call](tel:911) or [write](sms:911)",
    "One\\\ntwo",
    r"A sign \* and \[ and 2*3",
    "side {side} of {sides}",
    "[in *it*](https://example.org/a?b=1&c=2)",
)


def catalog(**header: str) -> Catalog:
    messages = [
        Message(f"words.points.{n}.text", text, text.replace("a", "á"), told=("What it is & <x>.",))
        for n, text in enumerate(TEXTS)
    ]
    messages += [
        Message("words.open", "Wake", notes=("Ask.",)),
        Message("words.fuzzy", "Wake", "Despierta", flags=("fuzzy",)),
        Message("words.old", "Old", "Viejo", is_obsolete=True),
    ]
    return Catalog("x.po", header, tuple(messages))


def test_what_is_written_is_read_again() -> None:
    text = xliff([("overdose", catalog())], "en", "pt-BR")
    found = read_xliff(text.encode(), "x.xlf")
    assert (found.source, found.target) == ("en", "pt-BR")
    expected = [
        TranslatedUnit("overdose", m.slot, m.source, m.words, False, m.is_fuzzy)
        for m in catalog().messages
        if not m.is_obsolete
    ]
    assert list(found.units) == expected


def test_a_units_name_is_its_slot_and_its_signs_are_codes() -> None:
    root = ElementTree.fromstring(xliff([("overdose", catalog())], "en", "es"))
    units = {unit.get("name"): unit for unit in root.iter(f"{SPACE}unit")}
    assert "words.old" not in units
    assert all(unit.get("id") == name for name, unit in units.items())
    unit = units["words.points.1.text"]
    signs = ["*", "*", "**", "**", "[", "](tel:911)", "[", "](sms:911)"]
    assert [data.text for data in unit.iter(f"{SPACE}data")] == signs
    for part in ("source", "target"):
        (text,) = unit.iter(f"{SPACE}{part}")
        assert [ph.get("dataRef") for ph in text] == [f"d{n}" for n in range(1, 9)]
        assert "*" not in "".join(text.itertext())
    assert [note.text for note in unit.iter(f"{SPACE}note")] == ["What it is & <x>."]
    states = {n: u.find(f"{SPACE}segment").get("state") for n, u in units.items()}
    assert states["words.open"] == states["words.fuzzy"] == "initial"
    assert states["words.points.1.text"] == "translated"
    reviewed = xliff([("overdose", catalog(**{"X-Reviewed-By": "Ana"}))], "en", "es")
    assert 'state="reviewed"' in reviewed


@pytest.mark.parametrize("text", TEXTS)
def test_signs_are_taken_apart_without_loss(text: str) -> None:
    assert "".join(code.text for code in coded(text)) == text


FRAME = '<xliff xmlns="{}" version="2.0" srcLang="en" trgLang="es"><file id="x">{}</file></xliff>'
UNIT = '<unit id="u1" name="words.a">{}</unit>'
DATA = '<originalData><data id="a">*</data><data id="b">**</data></originalData>'


@pytest.mark.parametrize(
    ("inside", "source", "target", "is_done"),
    [
        ('<segment state="final"><source>a</source><target>b</target></segment>', "a", "b", True),
        ("<segment><source>a</source><target>b</target></segment>", "a", "b", False),
        ("<segment><source>a</source></segment>", "a", "", False),
        # A program cut it into sentences.
        (
            '<segment state="final"><source>A.</source><target>B.</target></segment>'
            "<ignorable><source> </source></ignorable>"
            '<segment state="reviewed"><source>C.</source><target>D.</target></segment>',
            "A. C.",
            "B. D.",
            True,
        ),
        # One of two is not translated.
        (
            "<segment><source>A.</source><target>B.</target></segment>"
            "<segment><source>C.</source></segment>",
            "A.C.",
            "",
            False,
        ),
        # Codes in pairs, remarks, and a code that nobody knows.
        (
            f'{DATA}<segment><source>x</source><target><pc id="1" dataRefStart="a" dataRefEnd="a">'
            'b</pc> <mrk id="m">c</mrk><ph id="2" dataRef="z"/>d</target></segment>',
            "x",
            "*b* cd",
            False,
        ),
    ],
)
def test_what_programs_of_agencies_make_of_it_is_read(
    inside: str, source: str, target: str, is_done: bool
) -> None:
    text = FRAME.format(NAMESPACE, UNIT.format(inside))
    (unit,) = read_xliff(text.encode(), "x.xlf").units
    assert (unit.slot, unit.source, unit.target, unit.is_done) == (
        "words.a",
        source,
        target,
        is_done,
    )


GOOD = FRAME.format(NAMESPACE, UNIT.format("<segment><source>a</source></segment>"))
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
BAD = {
    "torn": (GOOD[:-20].encode(), "xliff-syntax", 1),
    "empty": (b"", "xliff-syntax", 1),
    "entities": ((LAUGHS + GOOD.replace(">a<", ">&b;<")).encode(), "xliff-refused", None),
    "a file from outside": (
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd">' + GOOD).encode(),
        "xliff-refused",
        None,
    ),
    "in UTF-16": ((LAUGHS + GOOD).encode("utf-16"), "xliff-refused", None),
    "deep": (
        FRAME.format(NAMESPACE, "<group>" * 999 + "</group>" * 999).encode(),
        "xliff-refused",
        None,
    ),
    "an unknown entity": (GOOD.replace(">a<", ">&b;<").encode(), "xliff-syntax", 1),
    "an unknown encoding": (b'<?xml version="1.0" encoding="x-none"?><a/>', "xliff-syntax", None),
    "older": (GOOD.replace(NAMESPACE, NAMESPACE[:-3] + "1.2").encode(), "xliff-format", None),
    "other": (b"<html/>", "xliff-format", None),
    "no language": (GOOD.replace(' trgLang="es"', "").encode(), "xliff-format", None),
    "no texts": (FRAME.format(NAMESPACE, "").encode(), "xliff-format", None),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_told(name: str) -> None:
    data, code, line = BAD[name]
    with pytest.raises(HrcpubError) as told:
        read_xliff(data, "x.xlf")
    (problem,) = told.value.problems
    assert problem.code == code
    assert problem.source.path == "x.xlf"
    assert problem.hint
    if line:
        assert problem.source.line == line
