"""What qpdf remarks about files that other programs wrote, by what it means for print."""

from __future__ import annotations

import re

import pytest

from hrcpub.problems import Problem, Severity
from tests.shared.press_files import SHEETFED, found

OURS = SHEETFED._replace(ours=True)
PAGE = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R%b>>"
RESOURCES = b" /Resources <<>>"


def written(
    *, page: bytes = PAGE % RESOURCES, ends: bytes = b"\nendobj\n", extra: str = ""
) -> bytes:
    """Write a file as its objects, with a cross-reference table; `extra` is a line of that."""
    objects = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        page,
        b"<</Length 22>>\nstream\n0 0 0 1 k 9 9 9 9 re f\nendstream",
    ]
    data, table = b"%PDF-1.6\n", "0000000000 65535 f \n"
    for number, body in enumerate(objects, 1):
        table += f"{len(data):010} 00000 n \n"
        data += b"%d 0 obj\n" % number + body + (ends if number == 4 else b"\nendobj\n")
    table += extra
    count = table.count("\n")
    tail = f"xref\n0 {count}\n{table}trailer\n<</Size {count} /Root 1 0 R%s>>\nstartxref\n"
    info = " /Info 5 0 R" if extra else ""
    return data + (tail % info).encode() + b"%d\n%%%%EOF\n" % len(data)


def remarks(data: bytes, ours: bool = False) -> list[Problem]:
    return [p for p in found(data, OURS if ours else SHEETFED) if p.code == "pdf-syntax"]


def test_a_file_without_a_flaw_has_none() -> None:
    assert remarks(written()) == []


@pytest.mark.parametrize(
    ("data", "said", "severity"),
    [
        # as macOS Quartz writes an information dictionary that is not there
        (
            written(extra="0000000000 00000 n \n"),
            "object 5 0: object has offset 0",
            Severity.NOTE,
        ),
        (written(page=PAGE % b""), "object 3 0 at offset", Severity.NOTE),
        (written(ends=b"\n"), "expected endobj", Severity.WARNING),
        (
            written(page=PAGE % (RESOURCES + b" /Rotate 0 /Rotate 0")),
            "duplicated key /Rotate",
            Severity.WARNING,
        ),
        (
            written(page=PAGE % (RESOURCES + b" /Dur )")),
            "unexpected",
            Severity.ERROR,
        ),
    ],
)
def test_a_remark_weighs_what_it_costs_in_print(data: bytes, said: str, severity: Severity) -> None:
    problems = remarks(data)
    assert [problem.severity for problem in problems] == [severity], problems
    assert said in problems[0].message
    assert not re.search(r"BytesIO|^\W", problems[0].message)


def test_in_a_file_of_ours_every_remark_is_an_error() -> None:
    problems = remarks(written(page=PAGE % b""), ours=True)
    assert [problem.severity for problem in problems] == [Severity.ERROR]


def test_metadata_that_cannot_be_read_is_told() -> None:
    page = PAGE % RESOURCES
    catalog = b"<</Type /Catalog /Pages 2 0 R>>"
    torn = b"<</Type /Catalog /Pages 2 0 R /Metadata 4 0 R>>"
    data = written(page=page).replace(catalog, torn)
    (problem,) = [p for p in found(data, SHEETFED) if "XMP" in p.message]
    assert (problem.code, problem.severity) == ("pdf-syntax", Severity.WARNING)
