"""A document's pictures to how large each is on the paper, where it is largest.

Read from the content streams that pydyf is about to write: `q`, `Q`, `cm` and `Do` (ISO 32000-2
§8.4.4 and §8.8), in pages, forms and patterns.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import pydyf

from hrcpub.patterns import pattern
from hrcpub.pipeline.prepress.objects import PdfEntries, pages, resolve
from hrcpub.units import IDENTITY, Matrix, Size, times

_DEEPEST = 24  # forms in forms: WeasyPrint nests one for each box that is transparent
_CM = pattern(rb"((?:[-+.\de]+ ){6})cm")
_DO = pattern(rb"/([\w.#-]+) Do")


def sizes(pdf: pydyf.PDF) -> dict[str, Size]:
    """Return the size of each picture's largest place, by its name, in points."""
    largest: dict[str, Size] = {}
    for page in pages(pdf):
        resources = resolve(pdf, page["Resources"])
        for name, matrix in _of_stream(pdf, resolve(pdf, page["Contents"]), resources, IDENTITY, 0):
            wide, high = math.hypot(*matrix[:2]), math.hypot(*matrix[2:4])
            known = largest.get(name, Size(0.0, 0.0))
            largest[name] = Size(max(wide, known.width), max(high, known.height))
    return largest


def _of_stream(
    pdf: pydyf.PDF, stream: pydyf.Stream, resources: PdfEntries, matrix: Matrix, depth: int
) -> Iterator[tuple[str, Matrix]]:
    """Yield the pictures of a stream, each with the matrix of its unit square."""
    if depth > _DEEPEST:
        return
    base, saved = matrix, [matrix]
    forms = resources.get("XObject", {})
    for operator in stream.stream:
        text = operator.encode() if isinstance(operator, str) else operator
        if not isinstance(text, bytes) or len(text) > 120:
            continue
        if text == b"q":
            saved.append(matrix)
        elif text == b"Q":
            matrix = saved.pop() if len(saved) > 1 else base
        elif match := _CM.fullmatch(text):
            matrix = times(_matrix(match[1].split()), matrix)
        elif (match := _DO.fullmatch(text)) and match[1].decode() in forms:
            name = match[1].decode()
            inner = resolve(pdf, forms[name])
            if inner.extra.get("Subtype") == "/Image":
                yield name, matrix
            else:
                yield from _of_form(pdf, inner, matrix, depth)
    for reference in resources.get("Pattern", {}).values():
        pattern = resolve(pdf, reference)
        if isinstance(pattern, pydyf.Stream):
            yield from _of_form(pdf, pattern, IDENTITY, depth)


def _of_form(
    pdf: pydyf.PDF, form: pydyf.Stream, matrix: Matrix, depth: int
) -> Iterator[tuple[str, Matrix]]:
    if "Resources" not in form.extra:
        return
    inner = form.extra["Resources"]
    resources = inner if isinstance(inner, dict) else resolve(pdf, inner)
    own = _matrix(form.extra.get("Matrix", IDENTITY))
    yield from _of_stream(pdf, form, resources, times(own, matrix), depth + 1)


def _matrix(numbers: object) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in numbers)  # type: ignore[attr-defined]
    return (a, b, c, d, e, f)
