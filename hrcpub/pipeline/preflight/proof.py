"""A file and what is wrong with it, to pictures of its pages with each finding boxed and numbered.

One PNG for one page, one PDF of pictures for more.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from hrcpub.pipeline.preflight.page.bounded import Budget
from hrcpub.pipeline.preflight.page.checked_page import MM, CheckedPage
from hrcpub.pipeline.preflight.page.interpreter import Library
from hrcpub.pipeline.preflight.page.operators import OPERATORS
from hrcpub.problems import Problem, Severity
from hrcpub.units import Rect

COLOURS = {
    Severity.ERROR: (214, 0, 60),
    Severity.WARNING: (226, 110, 0),
    Severity.NOTE: (0, 110, 200),
}
_TRIM = (0, 140, 90)
_DPI = 110
_WIDEST = 2400  # pixels of a page
_MOST_PAGES = 50
_LEGEND = 15  # pixels of a line

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def proof(data: bytes, problems: Sequence[Problem], title: str) -> bytes | None:
    """Return a marked-up PDF of the pages that have findings; None when none can be drawn."""
    sheets = pages(data, problems, title)
    if not sheets:
        return None
    file = io.BytesIO()
    sheets[0].save(
        file, "PDF", save_all=True, append_images=sheets[1:], resolution=_DPI, quality=85
    )
    return file.getvalue()


def picture(data: bytes, problems: Sequence[Problem], title: str) -> bytes | None:
    """Return the first page that has findings as a PNG; None when it cannot be drawn."""
    sheets = pages(data, problems, title)
    file = io.BytesIO()
    if sheets:
        sheets[0].save(file, "PNG", optimize=True)
    return file.getvalue() or None


def pages(data: bytes, problems: Sequence[Problem], title: str) -> list[Image.Image]:
    """Return a picture of each page that has findings, of the first page where none has."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return []
    import pikepdf

    numbered = list(enumerate(problems, 1))
    with_findings = {p.source.page for p in problems if p.source and p.source.page} or {1}
    first = min(with_findings)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            library = Library(Budget(), OPERATORS)
            return [
                _sheet(
                    document[page - 1],
                    CheckedPage(page, pdf.pages[page - 1].obj, library),
                    [(n, p) for n, p in numbered if _is_shown_on(p, page, first)],
                    f"{title}, page {page}",
                )
                for page in sorted(with_findings)[:_MOST_PAGES]
                if page <= len(pdf.pages)
            ]
    finally:
        document.close()


def _is_shown_on(problem: Problem, page: int, first: int) -> bool:
    """Return whether a finding is shown on a page; those of the whole file on the first."""
    own = problem.source.page if problem.source else None
    return (own or first) == page


def _sheet(
    drawn: pypdfium2.PdfPage, page: CheckedPage, findings: list[tuple[int, Problem]], title: str
) -> Image.Image:
    """Return a page's picture with its findings, and what they are under it."""
    box = page.media
    scale = min(_DPI / 72, _WIDEST / max(box.width, box.height))
    # Places of findings are in the page's own coordinates, before /Rotate.
    drawn.set_rotation(0)
    drawn.set_cropbox(*box)
    picture = drawn.render(scale=scale).to_pil()
    pen = ImageDraw.Draw(picture)
    wide, high = picture.width / box.width, picture.height / box.height

    def pixels(place: Rect) -> tuple[float, float, float, float]:
        return (
            (place.left - box.left) * wide,
            (box.top - place.top) * high,
            (place.right - box.left) * wide,
            (box.top - place.bottom) * high,
        )

    pen.rectangle(pixels(page.trim), outline=_TRIM)
    font = ImageFont.load_default(12)
    for number, problem in findings:
        if problem.source and problem.source.box:
            _mark(pen, font, pixels(_on_page(page, problem.source.box)), number, problem)
    return _with_legend(picture, findings, title)


def _on_page(page: CheckedPage, box: tuple[float, float, float, float]) -> Rect:
    """Return millimetres from the trim's upper left corner as a place on the page."""
    a, b, c, d = (edge / MM / page.unit for edge in box)
    return Rect(page.trim.left + a, page.trim.top - d, page.trim.left + c, page.trim.top - b)


def _mark(
    pen: ImageDraw.ImageDraw,
    font: Font,
    place: tuple[float, float, float, float],
    number: int,
    problem: Problem,
) -> None:
    colour = COLOURS[problem.severity]
    left, top, right, bottom = place
    pen.rectangle(
        (left - 2, top - 2, max(right, left) + 2, max(bottom, top) + 2), outline=colour, width=2
    )
    words = str(number)
    size = pen.textlength(words, font=font) + 6
    x, y = max(left - 2, 0), max(top - 17, 0)
    pen.rectangle((x, y, x + size, y + 15), fill=colour)
    pen.text((x + 3, y), words, fill="white", font=font)


def _with_legend(
    picture: Image.Image, findings: list[tuple[int, Problem]], title: str
) -> Image.Image:
    """Return a picture with its title and the findings' messages under it."""
    font = ImageFont.load_default(12)
    width = max(picture.width, 480)
    pen = ImageDraw.Draw(picture)
    lines: list[tuple[str, str | tuple[int, int, int]]] = [(title, "black")]
    for number, problem in findings:
        colour = COLOURS[problem.severity]
        text = f"{number}  {problem.severity}: {problem.message} [{problem.code}]"
        lines += [(line, colour) for line in _wrapped(pen, font, text, width - 16)]
    whole = Image.new("RGB", (width, picture.height + 12 + _LEGEND * len(lines)), "white")
    whole.paste(picture, ((width - picture.width) // 2, 0))
    pen = ImageDraw.Draw(whole)
    for at, (line, ink) in enumerate(lines):
        pen.text((8, picture.height + 6 + at * _LEGEND), line, fill=ink, font=font)
    return whole


def _wrapped(pen: ImageDraw.ImageDraw, font: Font, text: str, width: float) -> list[str]:
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if line and pen.textlength(longer, font=font) > width:
            lines.append(line)
            line = f"     {word}"
        else:
            line = longer
    return [*lines, line]
