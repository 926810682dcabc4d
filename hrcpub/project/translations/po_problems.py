"""What can be wrong with a PO file, as the Problems that translators read."""

from __future__ import annotations

from dataclasses import replace

from hrcpub.problems import Problem, Severity, Source
from hrcpub.project.translations.catalog import Message

# What people, and the programs that they write in, take for quotation marks.
_OTHER_MARKS = "“”„‟‘’‚'«»`´"
_GETTEXT = "an editor for translations (Poedit, Weblate) writes such files without slips"


def syntax(place: Source, message: str, hint: str) -> Problem:
    r"""A line of a PO file cannot be read, so its translation would be lost.

    Fix: do as the hint says. Every text stands in quotation marks; inside of it, write a quotation
    mark as `\"`. A long text goes on in the next line, in quotation marks of its own. An editor
    for translations, such as Poedit or Weblate, makes no such slips.
    """
    return Problem("po-syntax", message, place, hint)


def unquoted(place: Source, rest: str) -> Problem:
    """Return the Problem of a keyword whose text has no quotation marks."""
    if not rest:
        return syntax(place, "there is no text here", 'write "" for none')
    text = rest.strip().strip(_OTHER_MARKS).replace('"', '\\"')
    return syntax(place, 'this text does not stand between two "', f'write "{text}"')


def quotation_mark(place: Source) -> Problem:
    """Return the Problem of a text whose quotation marks do not go together."""
    hint = 'begin and end the text with ", and write a quotation mark inside of it as \\"'
    return syntax(place, "the quotation marks of this text do not go together", hint)


def escape(place: Source, sign: str) -> Problem:
    """Return the Problem of a backslash before a sign for which it means nothing."""
    hint = 'write \\\\ for a backslash; the others are \\n and \\"'
    return syntax(place, f"{sign} means nothing here", hint)


def unknown_line(place: Source) -> Problem:
    """Return the Problem of a line that is nothing that gettext knows."""
    hint = "lines begin with msgctxt, msgid, msgstr, # or a quotation mark"
    return syntax(place, "this line is no part of a PO file", hint)


def alone(place: Source, what: str, other: str) -> Problem:
    """Return the Problem of a part of a message without the part that it belongs to."""
    return syntax(place, f"{what} stands here without its {other}", _GETTEXT)


def too_large(place: Source) -> Problem:
    """Return the Problem of a file that no translation of pamphlets can be."""
    return syntax(place, "this file is over 4 MB", "a material has a file of its own")


def plural(place: Source) -> Problem:
    """A message has forms for one and for many, which nothing that is printed here needs.

    Fix: write one `msgid` and one `msgstr`. `hrcpub translate update` writes messages as they are
    needed.
    """
    return Problem(
        "po-plural",
        "this message has forms for one and for many",
        place,
        "write one msgid and one msgstr",
    )


def byte_order_mark(place: Source) -> Problem:
    """A PO file begins with a mark that some editors on Windows write, and gettext refuses.

    Fix: `hrcpub translate update` writes the file without it. Or save it as "UTF-8" and not as
    "UTF-8 with BOM".
    """
    return Problem(
        "po-byte-order-mark",
        "this file begins with a byte order mark: gettext's programs refuse it",
        place,
        "hrcpub translate update writes it without; or save it as UTF-8 without BOM",
        Severity.WARNING,
    )


def carriage_returns(place: Source) -> Problem:
    """The lines of a PO file end as those of Windows do.

    Fix: you need not do anything. `hrcpub translate update` writes the file with the ends that
    other programs write, so that versions can be compared line by line.
    """
    return Problem(
        "po-line-ends",
        "the lines of this file end as on Windows",
        place,
        "hrcpub translate update writes the usual line ends",
        Severity.NOTE,
    )


def no_header(place: Source) -> Problem:
    """A PO file has no header, so nobody can tell its language and its encoding.

    Fix: copy the header (the lines from the first `msgid ""` on) from another translation of the
    project, and write this one's language. `hrcpub translate new` writes files with one.
    """
    return Problem(
        "po-header",
        "this file has no header",
        place,
        'copy it from another translation: from the first msgid "" to the empty line under it',
    )


def second_header(place: Source) -> Problem:
    """Return the Problem of a file that has two headers, as files have that were joined."""
    said = "this is the second header of this file"
    return replace(no_header(place), message=said, hint='take it out: this msgid "" and its text')


def charset(place: Source, name: str | None) -> Problem:
    r"""A PO file does not say that it is in UTF-8, so other programs would garble its letters.

    Fix: write `"Content-Type: text/plain; charset=UTF-8\n"` into its header, and save it as UTF-8.
    """
    said = f"says that it is in {name}" if name else "does not say that it is in UTF-8"
    return Problem(
        "po-charset",
        f"the header {said}",
        place,
        'write "Content-Type: text/plain; charset=UTF-8\\n" into it',
    )


def other_language(place: Source, said: str, language: str) -> Problem:
    """A PO file says another language than the folder that it is in.

    Fix: move it into that language's folder, or correct `Language:` in its header.
    """
    what = f'says the language "{said}"' if said else "says no language"
    return Problem(
        "po-language",
        f"the header {what}; the file is in the folder of {language}",
        place,
        f'write "Language: {language.replace("-", "_")}\\n", or move the file',
    )


def slotless(message: Message) -> Problem:
    """A message does not say for which place its words are: it has no `msgctxt`.

    Fix: `hrcpub translate update` gives it to a place with the same original, marked fuzzy. A
    program that drops `msgctxt` is not fit for these files: Poedit, Weblate, and gettext's own
    programs keep it.
    """
    return Problem(
        "po-slot",
        "this message has no msgctxt, so its words are not printed: nobody knows where",
        message.place,
        "run hrcpub translate update, and look over what it marks fuzzy",
        Severity.WARNING,
    )


def twice(message: Message, first: Message) -> Problem:
    """A PO file has two messages for one place, and only one of them can be printed.

    Fix: keep the better translation, and delete the other message.
    """
    return Problem(
        "po-twice",
        f'there is a second message for "{message.slot}"',
        message.place,
        f"the first is in line {first.place.line}: take one of the two out",
    )


CODES = {
    "po-syntax": syntax,
    "po-plural": plural,
    "po-byte-order-mark": byte_order_mark,
    "po-line-ends": carriage_returns,
    "po-header": no_header,
    "po-charset": charset,
    "po-language": other_language,
    "po-slot": slotless,
    "po-twice": twice,
}
