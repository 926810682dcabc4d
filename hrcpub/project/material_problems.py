"""What can be wrong with a material beyond its slots, as the Problems that its author reads."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hrcpub.problems import Problem, Severity, Source, did_you_mean
from hrcpub.project.languages import script_of
from hrcpub.project.lookalikes import Lookalike
from hrcpub.project.names import slug
from hrcpub.project.words import Words


def name_unfit(name: str, place: Source | None = None) -> Problem:
    """A material's name is its file's, and part of the names of all files made from it.

    Fix: rename the file, such as `health-fair-brief.yaml`. Small letters, digits and hyphens are
    safe in every shell, address and file system. Windows keeps names such as `con` for itself.
    """
    return Problem(
        "name-unfit",
        f'"{name}" cannot be a material\'s name',
        place,
        f"use small letters, digits and hyphens, such as {slug(name, 'health-fair-brief')}",
    )


def unknown_material(name: str, known: Iterable[str]) -> Problem:
    """There is no material of the name that was asked for.

    Fix: look for a slip in the name. A material is a file in `materials/`; its name is the file's
    without `.yaml`. `hrcpub list` shows them all.
    """
    names = tuple(known)
    hint = did_you_mean(name, names)
    if hint and (begin := _beginning(name, names)):
        hint = f"{hint.removesuffix('?')}? If it is a translation, begin it: {begin}"
    return Problem("material-unknown", f'there is no material "{name}"', None, hint)


def _beginning(name: str, known: Iterable[str]) -> str:
    """Return the command that begins the translation that a name may mean; "" for none."""
    material, _, language = name.rpartition("-")
    is_language = re.fullmatch("[a-z]{2,3}", language) and script_of(language) != "Zyyy"
    return (
        f"hrcpub translate new {language} {material}" if is_language and material in known else ""
    )


def misnamed(path: str) -> Problem:
    """A material's file is called `.yml` or `.YAML`, and only `.yaml` is read.

    Fix: rename it, so that its name ends in `.yaml`.
    """
    return Problem(
        "material-misnamed",
        f"{path} is not read: its name does not end in .yaml",
        Source(path),
        f"rename it to {path.rpartition('.')[0]}.yaml",
    )


def written_twice(path: str, translation: str) -> Problem:
    """A piece in another language is there twice: as a file of its own, and as a translation.

    Fix: keep one of the two. Words that are to follow their original belong into the translation,
    `materials/i18n/LANGUAGE/NAME.po`; words of their own into `materials/NAME-LANGUAGE.yaml`.
    """
    return Problem(
        "translation-twice",
        f"this piece is also the translation {translation}",
        Source(path),
        "delete or rename one of the two files",
    )


def untranslatable(path: str, why: str, hint: str) -> Problem:
    """A translation cannot be of anything: its material is not there, or is in that language.

    Fix: name the file as its material is named (`materials/i18n/es/brief.po` translates
    `materials/brief.yaml`), and its folder as the language's tag is written: `es`, `pt-BR`,
    `zh-Hans`.
    """
    return Problem("translation-misplaced", why, Source(path), hint)


def unknown_contact(office: Words, known: Iterable[str]) -> Problem:
    """A material names an office that is not in `materials/contacts.yaml`.

    Fix: look for a slip in the id, or add the office to that file. Offices are kept there once, so
    that a number that changes is changed in one place.
    """
    return Problem(
        "contact-unknown",
        f'there is no contact "{office.text}"',
        office.source,
        did_you_mean(office.text, known),
    )


def verbatim_differs(words: Words, why: str) -> Problem:
    """A piece claims to reprint its source to the letter, but has other words, or only a part.

    Fix: copy the source's words, including its mistakes, and whole sentences. For an office, do so
    in `materials/contacts.yaml`. Or, if the change is meant, write `verbatim: no` in the piece: its
    words are then the editor's, and no longer the source's.

    Whole words and whole sentences are compared; only a title may be part of a sentence. Emphasis
    that the source does not mark with the same `*` is a change. An office that is `historical` must
    be in the source that `contacts.yaml` names (or else in the piece's own), line by line.
    """
    return Problem(
        "verbatim-differs",
        f'"{words.slot}" is not in the source to the letter: {why}',
        words.source,
        "copy the source's words, or write verbatim: no in the piece",
    )


def verbatim_without_source(place: Source) -> Problem:
    """A piece claims to reprint its source to the letter, but does not name the source's text.

    Fix: put the text into `materials/sources/`, and name it under `source:` as `file:`.
    """
    return Problem(
        "verbatim-without-source",
        "verbatim needs the source's text to compare with",
        place,
        "add source: with credit: and file: materials/sources/….txt",
    )


def language_unknown(language: Words, known: Iterable[str]) -> Problem:
    """The design has no words of its own ("Distributed by") in the language of a piece.

    Fix: begin its translation, `hrcpub translate new LANGUAGE`, and translate what is in
    `layouts/system/i18n/LANGUAGE.po`.
    """
    short = re.split("[-_]", _LANGUAGES.get(language.text.lower(), language.text.lower()))[0]
    hint = (
        f"pieces can be in: {', '.join(known)}. Another language begins with: "
        f"hrcpub translate new {language.text}"
    )
    return Problem(
        "language-unknown",
        f'the design has no words in "{language}"',
        language.source,
        f"write {short}" if short in known or language.text.lower() in _LANGUAGES else hint,
    )


_LANGUAGES = {
    "english": "en", "spanish": "es", "español": "es", "french": "fr", "français": "fr",
    "vietnamese": "vi", "chinese": "zh", "portuguese": "pt", "haitian creole": "ht",
    "kreyòl": "ht", "kreyòl ayisyen": "ht", "tiếng việt": "vi", "中文": "zh", "português": "pt",
    "arabic": "ar", "العربية": "ar", "russian": "ru", "русский": "ru", "german": "de",
    "deutsch": "de", "amharic": "am", "አማርኛ": "am", "khmer": "km", "ខ្មែរ": "km",
}  # fmt: skip


def not_markup(lookalike: Lookalike, place: Source) -> Problem:
    r"""Something looks like markup, but means nothing here: it is printed as it was typed.

    Fix: write it as the hint says, or leave it if you want to see these signs on paper. The markup
    is `*emphasis*`, `**strong**`, `[words](https://example.org)` and a backslash at a line's end;
    write a sign of these as `\*`, `\[` or `\]` to have it printed. `{id}` names a source.
    """
    shown = lookalike.shown.strip()
    return Problem(
        "words-not-markup",
        f'"{shown}" looks like {lookalike.name}, but is printed as it is typed',
        place,
        lookalike.hint,
        Severity.WARNING,
    )


def quote_for_letter(typed: str, meant: str, place: Source) -> Problem:
    """A quotation mark stands where the language has a letter: Hawaiian ʻ, Navajo and Yapese ʼ.

    Fix: write the letter. Copy it from the hint, or type U+02BB (ʻ, the ʻokina) or U+02BC (ʼ, the
    glottal stop) with your keyboard for that language. Quotation marks look alike but break words
    apart: searching does not find them, and screen readers read two words. Nothing is changed by
    itself.
    """
    letter = "ʻ (U+02BB)" if "ʻ" in meant else "ʼ (U+02BC)"
    said = f'"{typed}" has a quotation mark in the place of the letter {letter}'
    return Problem("letter-quoted", said, place, f"write {meant}", Severity.WARNING)


CODES = {
    "material-unknown": unknown_material,
    "material-misnamed": misnamed,
    "name-unfit": name_unfit,
    "translation-twice": written_twice,
    "translation-misplaced": untranslatable,
    "contact-unknown": unknown_contact,
    "verbatim-differs": verbatim_differs,
    "verbatim-without-source": verbatim_without_source,
    "language-unknown": language_unknown,
    "words-not-markup": not_markup,
    "letter-quoted": quote_for_letter,
}
