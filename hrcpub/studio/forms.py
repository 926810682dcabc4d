"""A layout's slots to the form in which its words are written: what each field is, and its help.

A slot says what may stand in a place, `FormField` how a person fills it: in one line, in several,
from a list of choices, with rows to add.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, field, replace
from typing import Any

from hrcpub.project.dated import FIELDS as DATED_FIELDS
from hrcpub.project.layout.declared import plainly
from hrcpub.project.page_slots import MAP_FIELDS
from hrcpub.project.picture_slots import CONSENT_FIELDS, IMAGE_FIELDS
from hrcpub.project.schedule_fields import SITE_FIELDS
from hrcpub.project.slot import Slot
from hrcpub.project.slots import CODE_FIELDS
from hrcpub.records import record

# How a person fills a field.
LINE, TEXT, DATE, CHOICE, YES_NO, LIST, GROUP, PICTURE, ROWS = (
    "line", "text", "date", "choice", "yes-no", "list", "group", "picture", "rows",
)  # fmt: skip
SCHEDULE = "schedule"  # a table of the project, or a list
NAMED = "named"  # a group for each name, and names are free
_OF_PICTURES = {"alt": "What it shows"}  # what the fields of a picture are called
# Of offices: a text or one for each language, telephones with what they are for, codes with commas.
BY_LANGUAGE, TELEPHONES, CODES = "by-language", "telephones", "codes"
LOGO = "logo"  # of who signs: a file, or a group with one


@record
class FormField:
    """One field of a form.

    `limit` counts letters as a reader sees them; where `is_firm` is not set, the page decides.
    A list has the field of its entries in `entry`, and how many there may be; a group has the
    fields in it. `one_of` says that just one of a group's fields may be filled.
    """

    name: str
    label: str
    about: str
    fill: str
    required: bool = False
    limit: int | None = None
    is_firm: bool = True
    fewest: int = 0
    most: int | None = None
    choices: tuple[tuple[str, str], ...] = ()  # what is written, and what is shown
    fields: tuple[FormField, ...] = ()
    entry: FormField | None = None
    one_of: bool = False
    has_markup: bool = False  # *emphasis* and **strong** mean something in it
    # As a layout says it by language; the page knows the words of our own layouts in others.
    labels: Mapping[str, str] = field(default_factory=dict)
    abouts: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)


class FormMaker:
    """Makes fields of slots; `offices` are those that can be picked, their names by their ids."""

    def __init__(self, offices: Mapping[str, str]) -> None:
        """Take the offices."""
        self.offices = tuple(offices.items())

    def fields(self, slots: Mapping[str, Slot]) -> tuple[FormField, ...]:
        """Return the fields of a group's slots, in their order."""
        return tuple(self.field(name, slot) for name, slot in slots.items())

    def field(self, name: str, slot: Slot) -> FormField:
        """Return the field of one slot."""
        plain = FormField(
            name,
            plainly(slot.labels) or name.replace("-", " ").capitalize(),
            slot.about,
            LINE,
            slot.required,
            slot.limit,
            slot.is_firm,
            slot.fewest,
            slot.most,
            labels=slot.labels,
            abouts=slot.abouts,
        )
        return _KINDS[slot.kind](self, plain, slot)

    def of_entries(self, plain: FormField, entry: FormField) -> FormField:
        """Return a field as a list of entries; what it says of their letters goes to them."""
        return replace(plain, fill=LIST, entry=replace(entry, name="", about=""), limit=None)

    def of_fields(self, plain: FormField, slots: Mapping[str, Slot]) -> FormField:
        """Return a field as a group of others."""
        return replace(plain, fill=GROUP, fields=self.fields(slots))


Make = Callable[[FormMaker, FormField, Slot], FormField]


def _line(form: FormMaker, plain: FormField, slot: Slot) -> FormField:
    return replace(plain, has_markup=slot.kind == "line")


def _filled(how: str) -> Make:
    return lambda form, plain, slot: replace(plain, fill=how)


def _text(form: FormMaker, plain: FormField, slot: Slot) -> FormField:
    return replace(plain, fill=TEXT, has_markup=True)


def _paragraphs(form: FormMaker, plain: FormField, slot: Slot) -> FormField:
    return form.of_entries(
        plain, replace(_text(form, plain, slot), required=False, label="Paragraph")
    )


def _items(form: FormMaker, plain: FormField, slot: Slot) -> FormField:
    return form.of_entries(plain, form.of_fields(FormField("", "Entry", "", GROUP), slot.fields))


def _choice(form: FormMaker, plain: FormField, slot: Slot) -> FormField:
    shown = tuple((choice, choice) for choice in slot.choices)
    return replace(plain, fill=CHOICE, choices=shown)


def _choices(form: FormMaker, plain: FormField, slot: Slot) -> FormField:
    return form.of_entries(plain, replace(_choice(form, plain, slot), required=False, label="One"))


def _offices(form: FormMaker, plain: FormField, slot: Slot) -> FormField:
    return form.of_entries(plain, FormField("", "Office", "", CHOICE, choices=form.offices))


def _opening(form: FormMaker, plain: FormField, slot: Slot) -> FormField:
    """Return the field of what a page opens with: a word, a number, or a figure."""
    inner = {
        "word": Slot("line", "a word", limit=slot.limit),
        "number": Slot("line", "a number", limit=slot.limit),
        "figure": Slot("figure", "a figure", choices=slot.choices),
    }
    return replace(form.of_fields(plain, inner), one_of=True)


def _fixed(slots: Mapping[str, Slot], how: str = GROUP) -> Make:
    return lambda form, plain, slot: replace(form.of_fields(plain, slots), fill=how)


def _picture(form: FormMaker, plain: FormField, slot: Slot) -> FormField:
    made = _fixed(IMAGE_FIELDS, PICTURE)(form, plain, slot)
    fields = (replace(one, label=_OF_PICTURES.get(one.name, one.label)) for one in made.fields)
    return replace(made, fields=tuple(fields))


def _table(form: FormMaker, plain: FormField, slot: Slot) -> FormField:
    return replace(form.of_fields(plain, slot.fields), fill=NAMED)


def _schedule(form: FormMaker, plain: FormField, slot: Slot) -> FormField:
    site = form.of_fields(FormField("", "Site", "", GROUP), SITE_FIELDS)
    return replace(form.of_entries(plain, site), fill=SCHEDULE)


_KINDS: dict[str, Make] = {
    "line": _line,
    "label": _line,
    "phone": _line,
    "text": _text,
    "paragraphs": _paragraphs,
    "items": _items,
    "choice": _choice,
    "figure": _choice,
    "choices": _choices,
    "contacts": _offices,
    "ids": lambda form, plain, slot: form.of_entries(plain, FormField("", "One", "", LINE)),
    "group": lambda form, plain, slot: form.of_fields(plain, slot.fields),
    "table": _table,
    "image": _picture,
    "consent": _fixed(CONSENT_FIELDS),
    "code": _fixed(CODE_FIELDS),
    "dated": _fixed(DATED_FIELDS),
    "opening": _opening,
    "map": _fixed(MAP_FIELDS),
    "rows": _filled(ROWS),
    "schedule": _schedule,
    "yes-no": _filled(YES_NO),
    "date": _filled(DATE),
} | dict.fromkeys(
    (
        "any",
        "place",
        "count",
        "number",
        "quantities",
        "percent",
        "length",
        "points",
        "metres",
        "size",
    ),
    _line,
)
