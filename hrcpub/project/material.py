"""`materials/*.yaml` checked against their layout's slots, to `Material`s."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node, read_yaml
from hrcpub.problems import HrcpubError, Problem, Source, nearest, stop_on_errors
from hrcpub.project import dated, material_problems, slot_problems, slots, telephone_problems
from hrcpub.project.call_missing import call_missing
from hrcpub.project.calls import CallLine
from hrcpub.project.contacts import (
    Contact,
    doubtful,
    due,
    historical,
    in_language,
    read_contacts,
)
from hrcpub.project.edition import EDITIONS, USUAL, Edition
from hrcpub.project.homes import read_home
from hrcpub.project.languages import direction_of
from hrcpub.project.layout import Layout, read_layout, read_system
from hrcpub.project.lookalikes import lookalikes
from hrcpub.project.markup import spans
from hrcpub.project.names import misnamed
from hrcpub.project.organisation import Organisation, read_organisation, unsigned
from hrcpub.project.paper_size import ORGANISATION, sheet_of
from hrcpub.project.pictures import consented, prove, read_bytes
from hrcpub.project.pictures import misnamed as misnamed_picture
from hrcpub.project.placeholders import sample_left
from hrcpub.project.review import REVIEWED, Review, not_reviewed, review_of
from hrcpub.project.scancodes import Scannable, scannable
from hrcpub.project.schedules import with_schedules
from hrcpub.project.slots import Slot
from hrcpub.project.twins import LANGUAGES, in_both
from hrcpub.project.verbatim import against_sources
from hrcpub.project.words import Dated, Image, ScanCode, Words, locate, values_of

FOLDER = "materials"
NOT_MATERIALS = {"contacts.yaml", "organisation.yaml", "printers.yaml"}


@dataclass(frozen=True, slots=True)
class Material:
    """One pamphlet: its words and where they came from."""

    name: str
    path: str
    layout: Layout
    title: Words
    language: str
    code: str  # what a reorder asks for: "P1"
    revision: str
    revised: datetime.date
    colour: str  # its paper's name in the palette
    verbatim: bool  # a reprint to the letter of its source
    credit: Words | None  # whose words they are
    editions: tuple[str, ...]  # that it can be made in
    usual: tuple[str, ...]  # of these, what is made where nobody asks for another
    words: Mapping[str, Any]  # per slot
    contacts: tuple[Contact, ...]
    organisation: Organisation  # who signs it
    reach: tuple[CallLine, ...]  # how readers reach them, besides what its offices say
    texts: tuple[Words, ...]  # all of the slots, in their order
    pictures: tuple[Image, ...]
    codes: Mapping[str, Scannable]  # what each QR code says, by the place of its value
    problems: tuple[Problem, ...] = ()  # that ride along
    reviewed: Review | None = None  # who looked its words over
    keeps_imprint: bool = True  # a place for a local site's details, where its layout has one
    spares_toner: bool = False  # it is laid out for an office that prints no black panels
    languages: tuple[Words, ...] = ()  # of a piece in two, as they were typed
    twin: Material | None = None  # the same in the second language of a piece that has two

    def laid_for(self, edition: Edition) -> Material:
        """Return it as an edition lays it out: an office may have to spare its toner."""
        spares = bool(edition.sheet) and self.organisation.spares_toner
        return replace(self, spares_toner=True) if spares else self

    @property
    def direction(self) -> str:
        """The direction in which its language is written, as HTML says it: ltr or rtl."""
        return direction_of(self.language)

    @property
    def voices(self) -> tuple[Material, ...]:
        """It in each of its languages: itself, and its twin."""
        return (self, self.twin) if self.twin else (self,)

    @property
    def is_draft(self) -> bool:
        """Whether its words have consequences, and nobody has looked them over as they are."""
        is_covered = self.reviewed and self.reviewed.covers(self.revised)
        return self.layout.needs_review and not is_covered


def material_names(sources: Sources) -> tuple[str, ...]:
    """Return the names of all materials."""
    files = sources.names(FOLDER, ".yaml")
    named = [file.removesuffix(".yaml") for file in files if file not in NOT_MATERIALS]
    # Such a file is not read, but must not be passed over in silence either.
    return (*named, *(name for name in misnamed(sources.names(FOLDER)) if name not in named))


def head_slots(layouts: tuple[str, ...], layout: Layout | None) -> dict[str, Slot]:
    """Return the slots at the head of every material, above its words."""
    papers = layout.system.paper_names if layout else {}
    editions = layout.editions if layout else tuple(EDITIONS)
    return {
        "layout": Slot("choice", "the page design", required=True, choices=layouts),
        "title": Slot("line", "what a reader's program calls the piece", True, limit=120),
        "language": Slot("line", "of the words, such as en or es", required=True),
        "languages": LANGUAGES,
        "code": Slot("label", "a short name to reorder by", required=True),
        "revision": Slot("label", "counted up with each change of the words", required=True),
        "revised": Slot("date", "the day of that change: year, month, day", required=True),
        "colour": Slot(
            "choice", "the paper, if not the layout's", choices=tuple(papers), also=papers
        ),
        "verbatim": Slot("yes-no", "yes when the words reprint their source to the letter"),
        "source": Slot(
            "group",
            "where the words come from",
            fields={
                "credit": Slot("line", "whose words they are", required=True),
                "file": Slot("line", "the source's text in the project, for verbatim"),
            },
        ),
        "imprint": Slot(
            "choice",
            "none leaves out the place for who hands it out",
            choices=("stamp", "none"),
        ),
        "reviewed": REVIEWED,
        "editions": Slot("choices", "which ones to make, if not all", choices=editions),
    }


def material_slot(
    layouts: tuple[str, ...], layout: Layout, organisation: Organisation | None = None
) -> Slot:
    """Return the slot that a whole material in `layout` fills: its schema."""
    fields = organisation.eased(layout.slots) if organisation else layout.slots
    words = Slot("group", "the words", required=True, fields=fields)
    return Slot("group", layout.about, fields=head_slots(layouts, layout) | {"words": words})


def read_material(project: Project, name: str) -> Material:
    """Return a material; raise HrcpubError with every mistake in it."""
    path = f"{FOLDER}/{name}.yaml"
    if not project.sources.has(path):
        if other := misnamed(project.sources.names(FOLDER)).get(name):
            raise HrcpubError(material_problems.misnamed(f"{FOLDER}/{other}"))
        if name not in (known := material_names(project.sources)):
            raise HrcpubError(material_problems.unknown_material(name, known))
    if not slots.ID.fullmatch(name):
        raise HrcpubError(material_problems.name_unfit(name, Source(path)))
    material = read_material_file(project, path, name)
    if not material.languages:
        return material
    names = material_names(project.sources)
    return in_both(
        material,
        material.languages,
        lambda name: (
            read_material_file(project, f"{FOLDER}/{name}.yaml", name) if name in names else None
        ),
    )


def read_material_file(project: Project, path: str, name: str) -> Material:
    """Return the material in any file of the project, a layout's sample too."""
    node = read_yaml(project.sources, path)
    layout = _layout(node, project)
    problems: list[Problem] = []
    organisation = _organisation(project, problems)
    slot = material_slot((layout.name,), layout, organisation)
    values = slots.check(node, slot, "", problems) or {}
    words = values.get("words") or {}
    if organisation.offices:
        typed = (node.mapping or {}).get("words")
        lists = {
            name for name, value in ((typed and typed.mapping) or {}).items() if value.items == []
        }
        # A sample names offices that other projects need not have.
        named = set() if path == f"{layout.folder}/sample.yaml" else words.keys() | lists
        words |= organisation.usual_offices(layout.slots, named)
    language = values["language"].text if values.get("language") else "en"
    phrases = layout.system.phrases.get(language.partition("-")[0], {})
    words = with_schedules(words, layout.slots, language, phrases, project, problems)
    texts = tuple(values_of(words, Words))
    offices = [
        (id, in_language(office, language, phrases, problems))
        for id, office in _contacts(layout, words, project, problems)
    ]
    reach = organisation.address.lines(
        language, phrases, [office for _, office in offices], problems
    )
    problems += organisation.address.doubtful()
    problems += _images(words, project.sources)
    for days in values_of(words, Dated):
        problems += dated.doubtful(days, language, phrases, project.sources)
    if values.get("verbatim"):
        its_offices = (office for _, office in offices)
        problems += against_sources(words, values.get("source"), node, layout, its_offices, project)
    else:
        problems += [historical(office, id.source) for id, office in offices if office.historical]
        problems += sample_left(words, path, layout, project)
        if "call" in layout.slots:
            numbers = [*reach, *(line for _, office in offices for line in office.numbers)]
            problems += call_missing(texts, language, bool(numbers))
    problems += [
        material_problems.not_markup(part, locate(part.shown, text.source, project.sources))
        for text in (*texts, *(text for _, office in offices for text in office.texts))
        for part in lookalikes(text.text)
    ]
    problems += [problem for _, office in offices if (problem := due(office, project.sources))]
    problems += [problem for _, office in offices for problem in doubtful(office)]
    codes, code_problems = _codes(words, project)
    problems += code_problems
    texts += tuple(
        text for said in codes.values() for text in (said.address, said.password) if text
    )
    problems += _dead_links(texts, project)
    problems += _languages(values.get("language"), layout)
    source = values.get("source") or {}
    along = stop_on_errors(problems)  # from here on, what is required is there
    material = Material(
        name=name,
        path=path,
        layout=layout,
        title=values["title"],
        language=values["language"].text,
        code=values["code"].text,
        revision=values["revision"].text,
        revised=values["revised"],
        colour=values.get("colour") or layout.colour,
        verbatim=values.get("verbatim") or False,
        keeps_imprint=values.get("imprint") != "none",
        credit=source.get("credit"),
        editions=values.get("editions") or layout.editions,
        usual=values.get("editions") or tuple(name for name in layout.editions if name in USUAL),
        words=words,
        contacts=tuple(office for _, office in offices),
        organisation=organisation,
        reach=reach,
        texts=texts,
        pictures=tuple(values_of(words, Image)),
        codes=codes,
        problems=along,
        languages=values.get("languages") or (),
        reviewed=review_of(values.get("reviewed")),
    )
    if not material.is_draft:
        return material
    draft = not_reviewed(material.reviewed, material.revised, _head(node))
    return replace(material, problems=(*along, draft))


def _head(node: Node) -> Source:
    """Return where a material says who reviewed it, else where its head begins."""
    entry = (node.mapping or {}).get("reviewed")
    return entry.source if entry else node.source


def _layout(node: Node, project: Project) -> Layout:
    """Return the layout that a material names; raise HrcpubError when it names none."""
    entry = (node.mapping or {}).get("layout")
    if entry is None or not entry.text:
        for name in node.mapping or {}:  # `Layout:` and other slips
            if entry is None and nearest(name, head_slots((), None)) == "layout":
                raise HrcpubError(slot_problems.unknown_name(node.key(name), name, ("layout",)))
        place = entry.source if entry else node.source
        raise HrcpubError(slot_problems.missing(place, "layout", "the page design"))
    name, place = entry.text, entry.source
    try:
        sheet = sheet_of(project)
        return project.parsed(("layout", name, sheet), lambda s: read_layout(s, name, place, sheet))
    except HrcpubError as error:
        raise HrcpubError(*_with_all_of_organisation(error.problems, project)) from error


def _with_all_of_organisation(told: tuple[Problem, ...], project: Project) -> Iterable[Problem]:
    """Return what stops a layout; if organisation.yaml does, with all that is wrong in it.

    A layout needs the paper's size and the colours before anything else is read.
    """
    problems = list(told)
    if any(problem.source and problem.source.path == ORGANISATION for problem in told):
        try:
            read_system(project.sources)
        except HrcpubError as error:
            problems += error.problems
        _organisation(project, problems)
    return dict.fromkeys(problems)


def _contacts(
    layout: Layout,
    words: Mapping[str, Any],
    project: Project,
    problems: list[Problem],
) -> list[tuple[Words, Contact]]:
    """Return the offices that a material names, each with its id as it was written.

    An id that is not known becomes a Problem.
    """
    names = [name for name, slot in layout.slots.items() if slot.kind == "contacts"]
    ids = [office for name in names for office in words.get(name) or () if office]
    if not ids:
        return []
    try:
        known = project.parsed("contacts", read_contacts)
    except HrcpubError as error:
        problems += error.problems
        return []
    problems += [
        material_problems.unknown_contact(office, known)
        for office in ids
        if office.text not in known
    ]
    return [(office, known[office.text]) for office in ids if office.text in known]


def _organisation(project: Project, problems: list[Problem]) -> Organisation:
    """Return who signs; note a Problem when nobody does, and each mistake in the file."""
    try:
        organisation = project.parsed("organisation", read_organisation)
    except HrcpubError as error:
        problems += error.problems
        return Organisation()
    if not organisation.names:
        problems.append(unsigned(project.sources))
    return organisation


def _codes(
    words: Mapping[str, Any], project: Project
) -> tuple[dict[str, Scannable], list[Problem]]:
    """Return what each QR code says, by the place of its value, and what is wrong with them."""
    codes: dict[str, Scannable] = {}
    problems: list[Problem] = []
    for code in values_of(words, ScanCode):
        home = project.parsed("home", read_home)
        said, wrong = scannable(code, home, lambda: project.parsed("contacts", read_contacts))
        problems += wrong
        if said:
            codes[code.value.slot] = said
    return codes, problems


def _dead_links(texts: tuple[Words, ...], project: Project) -> Iterator[Problem]:
    """Yield what is wrong with each link in the words that calls a number, or texts to it."""
    for words in texts:
        if "](tel:" in (text := words.text.lower()) or "](sms:" in text:
            home = project.parsed("home", read_home)
            for target in dict.fromkeys(span.link for span in spans(words.text) if span.link):
                yield from telephone_problems.of_link(words, target, home)


def _images(words: Mapping[str, Any], sources: Sources) -> Iterator[Problem]:
    """Yield a Problem for each picture that is not there or cannot be used."""
    for image in values_of(words, Image):
        try:
            data = read_bytes(image, sources)
            is_svg = image.file.text.lower().endswith(".svg")
            if not is_svg:  # WeasyPrint says what is wrong with an SVG, with its line
                picture = prove(image, data)
                said = (misnamed_picture(image, picture), consented(image, picture, sources))
                yield from filter(None, said)
        except HrcpubError as error:
            yield error.problems[0]


def _languages(language: Words | None, layout: Layout) -> list[Problem]:
    known = layout.system.phrases
    name = language.text.partition("-")[0] if language else ""
    if language is None or name in known:
        return []
    if name in layout.system.unfinished:
        return list(layout.system.unfinished[name])
    return [material_problems.language_unknown(language, tuple(known))]
