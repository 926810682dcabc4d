"""A material's file, and that of its translation, to a `Material`; every mistake to a Problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node
from hrcpub.problems import HrcpubError, Problem, Source, nearest, stop_on_errors
from hrcpub.project import dated, material_problems, slot_problems, slots, telephone_problems
from hrcpub.project.call_missing import call_missing
from hrcpub.project.claims import Claim, take_claims, unsourced, without_numbers
from hrcpub.project.contacts import (
    Contact,
    doubtful,
    due,
    historical,
    in_language,
    read_contacts,
)
from hrcpub.project.edition import USUAL
from hrcpub.project.homes import read_home
from hrcpub.project.languages import main_part
from hrcpub.project.layout import Layout, faces_lacking, read_layout, read_system
from hrcpub.project.layout.phrases import phrase_languages, speaking
from hrcpub.project.lookalikes import lookalikes
from hrcpub.project.markup import spans
from hrcpub.project.material.head import head_slots, material_slot
from hrcpub.project.material.names import FOLDER, material_names
from hrcpub.project.material.record import Material, Translated
from hrcpub.project.material.reviews import head_to_come, with_reviews
from hrcpub.project.material.translated import in_translation, read_base
from hrcpub.project.names import is_device, misnamed
from hrcpub.project.organisation import Organisation, read_organisation, unsigned
from hrcpub.project.paper_size import ORGANISATION, sheet_of
from hrcpub.project.pictures import consented, prove, read_bytes
from hrcpub.project.pictures import misnamed as misnamed_picture
from hrcpub.project.placeholders import sample_left
from hrcpub.project.quotes import letters_meant
from hrcpub.project.references import Reference, read_references, unknown
from hrcpub.project.references import due as due_source
from hrcpub.project.review import review_of
from hrcpub.project.scancodes import Scannable, scannable
from hrcpub.project.schedules import with_schedules
from hrcpub.project.translations.files import (
    Translation,
    translation_beside,
    translation_of,
)
from hrcpub.project.verbatim import against_sources
from hrcpub.project.waivers import waivers_of
from hrcpub.project.words import Dated, Image, ScanCode, Words, locate, values_of


def read_material(
    project: Project, name: str, *, is_draft: bool = False, bears: frozenset[str] = frozenset()
) -> Material:
    """Return a material, or one in another language; raise HrcpubError with every mistake in it.

    `is_draft` lets words of a translation that are open stand in the language that they are in.
    Errors with a code in `bears` come back with the material, for who shows it all the same.
    """
    path = f"{FOLDER}/{name}.yaml"
    of: Translation | None = None
    if project.sources.has(path):
        if twin := translation_beside(project.sources, name):
            raise HrcpubError(material_problems.written_twice(path, twin.path))
    elif other := misnamed(project.sources.names(FOLDER)).get(name):
        raise HrcpubError(material_problems.misnamed(f"{FOLDER}/{other}"))
    elif (
        not (of := translation_of(project.sources, name))
        and f"{name}.yaml" not in project.sources.names(FOLDER)  # else it cannot be read: told then
    ):
        known = material_names(project.sources)
        raise HrcpubError(material_problems.unknown_material(name, known))
    if not slots.ID.fullmatch(name) or is_device(name):
        raise HrcpubError(material_problems.name_unfit(name, Source(of.path if of else path)))
    if of:
        path = f"{FOLDER}/{of.material}.yaml"
    material = read_material_file(project, path, name, of, is_draft=is_draft, bears=bears)
    if of or not material.languages:
        return material
    # Not before: what compares two languages is for few pieces.
    from hrcpub.project.material.twins import in_both

    def translated(name: str) -> Material | None:
        other = translation_of(project.sources, name)
        return other and read_material_file(
            project, path, name, other, is_draft=is_draft, bears=bears
        )

    return in_both(material, translated)


def read_material_file(
    project: Project,
    path: str,
    name: str,
    translation: Translation | None = None,
    *,
    is_draft: bool = False,
    bears: frozenset[str] = frozenset(),
) -> Material:
    """Return the material in any file of the project, a layout's sample too; or its translation."""
    node = read_base(project.sources, path, translation)
    layout = layout_of(node, project)
    problems: list[Problem] = []
    translated: Translated | None = None
    if translation:
        node, translated = in_translation(node, layout, translation, project, is_draft, problems)
        path = translation.path
    node, claims = _claimed(node, layout, translation, project.sources)
    organisation = _organisation(project, problems)
    slot = material_slot((layout.name,), layout, organisation)
    values = slots.check(node, slot, "", problems) or {}
    if translated:  # what is longer in its own language is told there
        problems = [problem for problem in problems if not _is_of(problem, translated.file)]
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
    layout = speaking(layout, language, project, is_draft=is_draft)
    phrases = layout.system.phrases_in(language)
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
    if translated and values.get("verbatim"):
        pass  # what it is translated from is held to its source
    elif values.get("verbatim"):
        its_offices = (office for _, office in offices)
        problems += against_sources(words, values.get("source"), node, layout, its_offices, project)
    else:
        problems += [historical(office, id.source) for id, office in offices if office.historical]
        problems += sample_left(words, path, layout, project)
        if not translated:  # what it is made from tells it: the marks of both are the same
            problems += unsourced(without_numbers(texts, claims), claims, language, project.sources)
        if "call" in layout.slots:
            numbers = [*reach, *(line for _, office in offices for line in office.numbers)]
            problems += call_missing(texts, language, bool(numbers))
    problems += [
        material_problems.not_markup(part, locate(part.shown, text.source, project.sources))
        for text in (*texts, *(text for _, office in offices for text in office.texts))
        for part in lookalikes(text.text)
    ]
    problems += [
        material_problems.quote_for_letter(
            typed, meant, locate(typed, text.source, project.sources)
        )
        for text in texts
        for typed, meant in letters_meant(text.text, language)
    ]
    problems += [problem for _, office in offices if (problem := due(office, project.sources))]
    problems += [problem for _, office in offices for problem in doubtful(office)]
    codes, code_problems = _codes(words, project)
    problems += code_problems
    texts += tuple(
        text for said in codes.values() for text in (said.address, said.password) if text
    )
    problems += _dead_links(texts, project)
    problems += _languages(values.get("language"), layout, project)
    references = _references(claims, project, problems)
    review = review_of(values.get("reviewed"))
    problems += head_to_come(node, review, values.get("revised"), project.sources)
    source = values.get("source") or {}
    stop_on_errors(problem for problem in problems if problem.code not in bears)
    along = tuple(problems)  # from here on, what is required is there
    material = Material(
        name=name,
        path=path,
        layout=layout.suited(values["language"].text),
        title=values["title"],
        language=values["language"].text,
        code=values["code"].text,
        revision=values["revision"].text,
        revised=values["revised"],
        colour=values.get("colour") or layout.colour,
        verbatim=(values.get("verbatim") or False) and not translated,
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
        reviewed=review,
        translated=translated,
        claims=claims,
        references=references,
        languages=values.get("languages") or (),
        is_of_verbatim=bool(values.get("verbatim") and translated),
        waived=waivers_of(values.get("waived")),
    )
    return with_reviews(material, _head(node), project.sources)


def _claimed(
    node: Node, layout: Layout, translation: Translation | None, sources: Sources
) -> tuple[Node, tuple[Claim, ...]]:
    """Return a material's YAML without the marks of its sources, and what they say.

    Small numbers stand in their places where the layout wants them, and its faces have them.
    """
    written = ((node.mapping or {}).get("language") or node).text or "en"
    language = translation.language if translation else written
    is_numbered = layout.has_note_numbers(language)
    node, claims = take_claims(node, layout.slots, are_numbered=is_numbered)
    return node, tuple(
        claim._replace(place=locate(f"{{{claim.source}}}", claim.place, sources))
        for claim in claims
    )


def _references(
    claims: Iterable[Claim], project: Project, problems: list[Problem]
) -> tuple[Reference, ...]:
    """Return the sources that claims name, each once; note those that are unknown, or due."""
    if not claims:
        return ()
    try:
        known = project.known("references", read_references)
    except HrcpubError as error:
        problems += error.problems
        return ()
    places = {claim.source: claim.place for claim in reversed(tuple(claims))}
    named = dict.fromkeys(claim.source for claim in claims)
    problems += [unknown(id, known, places[id]) for id in named if id not in known]
    found = tuple(known[id] for id in named if id in known)
    problems += [told for one in found if (told := due_source(one, project.sources))]
    return found


def _is_of(problem: Problem, file: str) -> bool:
    """Return whether words are too long for their place in the file they are translated from."""
    place = problem.source
    return problem.code == "slot-limit" and place is not None and place.path == file


def _head(node: Node) -> Source:
    """Return where a material says who reviewed it, else where its head begins."""
    entry = (node.mapping or {}).get("reviewed")
    return entry.source if entry else node.source


def layout_of(node: Node, project: Project) -> Layout:
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
        return known_layout(name, place, project)
    except HrcpubError as error:
        raise HrcpubError(*_with_all_of_organisation(error.problems, project)) from error


def known_layout(name: str, place: Source | None, project: Project) -> Layout:
    """Return a layout in the sizes of the project's paper; `place` is where it is named."""
    sheet = sheet_of(project)
    return project.known(("layout", name, sheet), lambda s: read_layout(s, name, place, sheet))


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
        known = project.known("contacts", read_contacts)
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
        home = project.known("home", read_home)
        said, wrong = scannable(code, home, lambda: project.known("contacts", read_contacts))
        problems += wrong
        if said:
            codes[code.value.slot] = said
    return codes, problems


def _dead_links(texts: tuple[Words, ...], project: Project) -> Iterator[Problem]:
    """Yield what is wrong with each link in the words that calls a number, or texts to it."""
    for words in texts:
        if "](tel:" in (text := words.text.lower()) or "](sms:" in text:
            home = project.known("home", read_home)
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


def _languages(language: Words | None, layout: Layout, project: Project) -> list[Problem]:
    system = layout.system
    if language is None:
        return []
    if lacks := faces_lacking(language, system, project.sources):
        return lacks
    if system.phrases_in(language.text):
        return []
    for name in (language.text, main_part(language.text)):
        if name in system.unfinished:
            return list(system.unfinished[name])
    known = dict.fromkeys((*system.phrases, *phrase_languages(project.sources)))
    return [material_problems.language_unknown(language, known)]
