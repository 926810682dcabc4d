"""What can be wrong with a file of XLIFF, as the Problems that people read who got it back."""

from __future__ import annotations

from hrcpub.problems import Problem, Severity, Source

_EXPORT = "ask for XLIFF 2.0, the format of the file that hrcpub translate export wrote"


def syntax(place: Source, what: str) -> Problem:
    """A file that was to be imported is not whole XML.

    Fix: ask for the file again: it was cut off, or changed by hand.
    """
    return Problem(
        "xliff-syntax", f"this file cannot be read: {what}", place, "ask for the file again"
    )


def document_type(path: str) -> Problem:
    """A file that was to be imported can do more than translations may.

    Fix: ask for the file as XLIFF 2.0. One with a document type (`<!DOCTYPE`) is never read: it can
    make itself gigabytes, or read other files. Nor is one that is very large, or very deep.
    """
    return Problem(
        "xliff-refused", "this file has a document type (<!DOCTYPE)", Source(path), _EXPORT
    )


def too_large(path: str) -> Problem:
    """Return the Problem of a file that no translation can be."""
    return Problem("xliff-refused", "this file is over 16 MB", Source(path), _EXPORT)


def too_deep(path: str) -> Problem:
    """Return the Problem of a file with too many elements within each other."""
    said = "this file has more than 64 elements within each other"
    return Problem("xliff-refused", said, Source(path), _EXPORT)


def other_format(path: str, *, is_older: bool) -> Problem:
    """A file that was to be imported is no XLIFF 2.

    Fix: ask for it in the format that `hrcpub translate export` wrote. XLIFF 1.2 is another one.
    """
    said = "this file is XLIFF 1.2" if is_older else "this file is not XLIFF 2"
    return Problem("xliff-format", said, Source(path), _EXPORT)


def no_target(path: str) -> Problem:
    """Return the Problem of a file that says no language."""
    said = "this file does not say into which language it translates (trgLang)"
    return Problem("xliff-format", said, Source(path), _EXPORT)


def no_units(path: str) -> Problem:
    """Return the Problem of a file without texts."""
    return Problem("xliff-format", "this file has no texts", Source(path), _EXPORT)


def unknown_unit(path: str, file: str, slot: str) -> Problem:
    """A file has a translation for which there is no place any more, so it is not taken.

    Fix: none is needed where the original has lost that text since it was sent out. Otherwise the
    file was made from something else, or a program changed its names.
    """
    return Problem(
        "xliff-unknown",
        f'there is no "{slot}" in {file or "this project"}: this translation is not taken',
        Source(path),
        "look whether it was taken out of the original",
        Severity.WARNING,
    )


CODES = {
    "xliff-syntax": syntax,
    "xliff-refused": document_type,
    "xliff-format": other_format,
    "xliff-unknown": unknown_unit,
}
