"""What can be wrong with a YAML file, as the Problems that its author reads."""

from __future__ import annotations

from hrcpub.problems import Problem, Source
from hrcpub.unseen import name_of

NEVER_CLOSED = "a bracket is never closed"


def syntax(reason: str, place: Source) -> Problem:
    """The file is not valid YAML: it is not clear where a value begins or ends.

    Fix: most often a text holds a colon, a quotation mark is never closed, or a line is indented
    by another number of spaces than the lines around it. Put a text that holds a colon in
    quotation marks, or write it on the next line after `|` or `>`.
    """
    return slip(*_in_words(reason, place), place)


def slip(message: str, hint: str, place: Source) -> Problem:
    """Return the Problem of a slip that breaks the file's form."""
    return Problem("yaml-syntax", f"this cannot be read: {message}", place, hint)


def _in_words(reason: str, place: Source) -> tuple[str, str]:
    """Return what the parser says, and what to do, in an author's words."""
    at = (place.column or 1) - 1
    before, sign = (place.quote or "")[:at], (place.quote or "")[at : at + 1]
    if "expected key while parsing a block mapping" in reason and before.strip(" -"):
        return _AFTER_BRACKET if before.rstrip().endswith(("]", "}")) else _AFTER_QUOTE
    if "mapping values are not allowed" in reason and ": " not in before:
        return _MISFIT
    for part, words, hint in _WORDS:
        if part in reason:
            return words.format(sign=sign), hint
    return _MISFIT


_AFTER_QUOTE = (
    "there is text after a closing quotation mark",
    "put the whole text in quotation marks of the other kind",
)
_AFTER_BRACKET = (
    "there is text after a closing bracket",
    "put the whole text in quotation marks",
)
_MISFIT = (
    "this line does not fit what is above it",
    "look at the lines above it: a colon or a hyphen needs a space after it, and a text of several "
    "lines begins with `name: >-`",
)
# A part of what libyaml says, then the author's words for it and what to do.
_WORDS = (
    (
        "mapping values are not allowed",
        'there is a second ": " in this line',
        "put the whole text in quotation marks",
    ),
    (
        "block sequence entries are not allowed",
        'the "- " of a list is not allowed here',
        "begin the list on the next line, or put the text in quotation marks",
    ),
    (
        "cannot start any token",
        'a text cannot begin with "{sign}"',
        "put the text in quotation marks",
    ),
    (
        "mapping keys are not allowed",
        'a text cannot begin with "{sign}"',
        "put the text in quotation marks",
    ),
    (
        "unknown escape character",
        "the sign after this backslash has no meaning",
        "write two backslashes, or use single quotation marks: 'C:\\x'",
    ),
    (
        "end of stream while scanning a quoted scalar",
        "this quotation mark is never closed",
        "close it at the end of the text, or delete it",
    ),
    (
        "expected '-' indicator",
        "this line is not indented like the other lines of its entry",
        'begin it under the first letter of the name after the "- "',
    ),
    (
        "expected key while parsing a block mapping",
        "this line is not indented like the other lines of its group",
        "indent all lines of a group by the same number of spaces; or add the space that is "
        "missing after a colon in a line above",
    ),
    (
        "expected '-' indicator",
        "a list goes wrong here",
        "begin each entry with a hyphen and a space, all in one column",
    ),
    (
        "could not find expected ':'",
        "a line above lacks its colon, or the space after it",
        "write `name: words`, or `name: >-` and the words on the lines below",
    ),
    (
        "expected ',' or ",
        NEVER_CLOSED,
        "close it, or put the text in quotation marks",
    ),
    (
        "expected node content",
        NEVER_CLOSED,
        "close it, or put the text in quotation marks",
    ),
)


def comment(text: str | None, lost: str, place: Source, below: str = "") -> Problem:
    """Words after a text on its line would be lost: YAML takes " #" for the start of a comment.

    Fix: put the whole text in quotation marks, as the hint shows. If it is a remark and no part of
    the words, write it on a line of its own, above them.
    """
    hint = "put all of the words inside the quotation marks, or on the lines below >-"
    if text is not None:
        hint = f"put the whole text in quotation marks: {_quoted(text, lost + below)}"
    return Problem(
        "yaml-comment",
        f'"{lost}" would be lost: after a space, # begins a comment',
        place,
        f"{hint}; or write a comment on a line of its own",
    )


def is_remark(comment: Problem) -> bool:
    """Return whether a comment looks like a remark, with a space after its #, and no value."""
    return comment.message.startswith('"# ')


def _quoted(text: str, lost: str) -> str:
    """Return a text with the words that it lost, in the quotation marks that need no escapes."""
    if len(text) > SHOWN:
        text = "…" + text[-SHOWN:].partition(" ")[2]
    whole = text + lost
    if '"' in whole or "\\" in whole:
        return "'" + whole.replace("'", "''") + "'"
    return f'"{whole}"'


SHOWN = 60  # characters of a text in a hint


def tab(place: Source) -> Problem:
    """A line is indented with a tab. YAML allows only spaces, since tabs have no fixed width.

    Fix: replace the tab by two spaces. Most editors have a setting to always do so.
    """
    quote = place.quote or ""
    column = quote.find("\t") + 1
    return Problem(
        "yaml-tab",
        "this line is indented with a tab",
        Source(place.path, place.line, column or place.column, quote=quote),
        "use two spaces for each step inwards",
    )


def duplicate_key(name: str, place: Source, first: Source, group: str | None) -> Problem:
    """A group has the same name twice, so one of the two texts would be lost.

    Fix: keep one of them. In a list, begin each entry with `- `. What belongs to a group such as
    `words:` begins two spaces further in than its name.
    """
    hint = "keep one of the two"
    if group:
        hint += f'; if it belongs to "{group}", begin it two spaces further in than "{group}:"'
    elif (place.column or 1) > 3:  # deeper than the words themselves
        hint += "; if a new entry of the list begins here, write `- ` before it"
    return Problem(
        "yaml-duplicate-key",
        f'"{name}" is here twice; the first one is on line {first.line}',
        place,
        hint,
    )


def alias(place: Source) -> Problem:
    """A value begins with `&` or `*`, which YAML takes for an anchor or an alias.

    Fix: put the text in quotation marks if the sign is part of it. If you wanted to repeat a
    text, write it out again.
    """
    return Problem(
        "yaml-alias",
        "YAML takes a value that begins with & or * for an anchor or an alias",
        place,
        "put the text in quotation marks",
    )


def tag(place: Source, name: str) -> Problem:
    """A value begins with `!`, which YAML takes for a tag.

    Fix: put the text in quotation marks if the sign is part of it.
    """
    return Problem(
        "yaml-tag",
        f'YAML takes a value that begins with "{name}" for a tag',
        place,
        "put the text in quotation marks",
    )


def second_document(place: Source) -> Problem:
    """A line of `---` begins a second document, which would be lost: a file holds one piece.

    Fix: delete the line, or move what follows into a file of its own.
    """
    return Problem(
        "yaml-second-document",
        "a second document begins here",
        place,
        "delete the line ---, or move what follows into a file of its own",
    )


def key_not_text(place: Source) -> Problem:
    """A name before a colon is itself a list or a group.

    Fix: put it in quotation marks. Most often a curly bracket was meant as text.
    """
    return Problem(
        "yaml-key", "a name must be plain text", place, "put the text in quotation marks"
    )


def not_a_mapping(place: Source) -> Problem:
    """The file has no names with values: it is empty, or only a text, or a list.

    Fix: begin from a material that `hrcpub new` writes.
    """
    return Problem(
        "yaml-empty",
        "this file is empty, or has no lines like `title: My words`",
        place,
        "begin from a file that `hrcpub new` writes",
    )


def too_large(place: Source) -> Problem:
    """The file is over 1 MB. That is hundreds of pages of text, so it is hardly a material.

    Fix: look whether a picture, or data of another program, got into it. Keep pictures in files
    of their own.
    """
    return Problem("yaml-too-large", "this file is over 1 MB", place, "split it")


def too_deep(place: Source, deepest: int) -> Problem:
    """There are lists in lists over 12 levels deep, and no layout asks for that.

    Fix: put the text in quotation marks if it begins with many brackets.
    """
    return Problem(
        "yaml-too-deep",
        f"this is more than {deepest} levels deep",
        place,
        "take out a level of brackets",
    )


def unseen_character(character: str, place: Source) -> Problem:
    """A character cannot be seen: a control character, or one that turns text around.

    Fix: select the letters on both sides of it, and type them again. Such characters come with
    copied text, and they print as nothing or make a number read backwards. In Arabic or Hebrew none
    is needed: telephones, addresses and doses are set from left to right by themselves.
    """
    turns = "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"
    hint = "take it out: numbers and addresses are set in their direction without it"
    return Problem(
        "yaml-unseen-character",
        f"there is an invisible character here: {name_of(character)}",
        place,
        hint if turns else "type the letters around it again",
    )


CODES = {
    "yaml-syntax": syntax,
    "yaml-comment": comment,
    "yaml-tab": tab,
    "yaml-duplicate-key": duplicate_key,
    "yaml-alias": alias,
    "yaml-tag": tag,
    "yaml-second-document": second_document,
    "yaml-key": key_not_text,
    "yaml-empty": not_a_mapping,
    "yaml-too-large": too_large,
    "yaml-too-deep": too_deep,
    "yaml-unseen-character": unseen_character,
}
