"""What qpdf remarks about a file, by what it means for print."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from hrcpub.pipeline.preflight.checks.document import CheckedFile
from hrcpub.pipeline.preflight.checks.limits import Expected
from hrcpub.problems import Problem, Severity

# qpdf has a remark for each object of a broken file: twenty show that it is broken.
_MOST = 20

# Parts of remarks of qpdf 12 (libqpdf/*.cc) that cost no ink. All others are errors: something may
# be missing from the page.
_HARMLESS = (
    "has offset 0",  # a free object that is referred to, as macOS Quartz writes
    "Resources is missing or invalid",  # what a page draws and does not have is told by itself
    "reported number of objects",
    "extraneous whitespace",  # behind `stream`, before `xref`
    "stream keyword followed by carriage return only",
    "stream keyword not followed by proper line terminator",
    "accepting invalid xref table entry",
    "/Type key should be /Page",
    "appears more than once in the pages tree",
    "invalid /ID in trailer",
    "non-array /Annots",
    "annotation that is not a dictionary",
    "/AcroForm",
    "form field",
    "/Outlines tree",
    "Embedded file object",
    "linearization",
)
# They are read one way by all programs we know, but are wrong.
_DOUBTFUL = (
    "metadata (XMP) cannot be read",
    "expected endobj",
    "EOF after endobj",
    "duplicated key",
    "length is inconsistent with filters",
    "too many errors",
)
_SEVERITIES = (
    *((part, Severity.NOTE) for part in _HARMLESS),
    *((part, Severity.WARNING) for part in _DOUBTFUL),
)


def syntax(file: CheckedFile, expected: Expected) -> Iterator[Problem]:
    """The file breaks PDF's syntax: some programs repair that, others print a blank page.

    Fix: export it again. What is only a note prints as it should, and needs nothing. If hrcpub
    made the file, it is our mistake, not the author's: please report it.
    """
    for said in islice(dict.fromkeys(file.warnings), _MOST):
        severity = Severity.ERROR if expected.ours else severity_of(said)
        yield Problem("pdf-syntax", said[:300], None, None, severity)


def severity_of(remark: str) -> Severity:
    """Return what a remark of qpdf means for print."""
    found = (severity for part, severity in _SEVERITIES if part in remark)
    return next(found, Severity.ERROR)


FILE_CHECKS = (syntax,)

CODES = {"pdf-syntax": syntax}
