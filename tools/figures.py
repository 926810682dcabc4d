"""All figures with their names to `layouts/figures/figures.png`, or to the PDF that is named.

    make setup-dev && .venv/bin/python tools/figures.py [FILE.pdf]

Each row stands on one floor; the last rows are the same figures again, reversed on black. Look at
the picture before it is committed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pypdfium2
from PIL import Image

from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose.figures import drawn_figure
from hrcpub.pipeline.compose.tokens import fonts
from hrcpub.pipeline.typeset.engine import load
from hrcpub.project.figures import HIGH, figure_names
from hrcpub.project.figures.reading import read_figure
from hrcpub.project.figures.shapes import Figure
from hrcpub.project.layout import read_system

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "layouts" / "figures" / "figures.png"

MEASURE, MARGIN, GUTTER = 738.0, 27.0, 24.0  # points
HEIGHT = 72.0  # of the figures
REVERSED = 60.0  # of those on black
WIDTH = 1600  # pixels of the picture
ROW, REVERSED_ROW = 112.5, 78.0  # with what is under the figures
AROUND = 71.0  # above, between and below the two blocks
COLOURS = 32
FINER = 3  # pages are drawn so many times larger, then averaged: pdfium's own edges are rough
CSS = f"""
* {{ margin: 0; padding: 0 }}
body {{ font: 500 9.5pt/12pt "HRC Franklin" }}
.row {{ display: flex; justify-content: space-between; position: relative; margin: 0 {MARGIN}pt }}
.last {{ justify-content: flex-start; column-gap: {2 * GUTTER}pt }}
.paper .row {{ height: {ROW}pt }}
.paper .row::before {{
  content: ""; position: absolute; left: 0; right: 0; top: {HEIGHT}pt; height: 3pt;
  background: #141414;
}}
span {{ display: block; margin-top: 8pt; white-space: nowrap }}
.ink {{ background: #141414; padding: 27pt 0 40pt; margin-top: 4pt }}
.ink .row {{ height: {REVERSED_ROW}pt }}
.ink span {{ display: none }}
"""


def main() -> None:
    """Draw all figures and say where they are."""
    sources = Sources(ROOT)
    figures = [read_figure(sources, name) for name in figure_names(sources)]
    system = read_system(sources)
    ink, paper = system.ink.screen, system.papers["what"].screen
    width = MEASURE + 2 * MARGIN
    named, reverse = list(_filled(figures, HEIGHT)), list(_filled(figures, REVERSED))
    body = f'<div class="paper">{_rows(named, HEIGHT, ink, paper)}</div>'
    body += f'<div class="ink">{_rows(reverse, REVERSED, paper, ink)}</div>'
    height = MARGIN + len(named) * ROW + len(reverse) * REVERSED_ROW + AROUND
    page = f"@page {{ size: {width}pt {height}pt; margin: {MARGIN}pt 0 0; background: {paper} }}"
    html = f"<style>{fonts(system)}{CSS}{page}</style>{body}".replace('url("/', f'url("{ROOT}/')
    pdf = load(ROOT).HTML(string=html, base_url=f"{ROOT}/").write_pdf()
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_bytes(pdf)
    else:
        _picture(pdf, width)
    print(f"{len(figures)} figures: {sys.argv[1] if len(sys.argv) > 1 else TARGET}")


def _rows(rows: list[list[Figure]], height: float, ink: str, paper: str) -> str:
    """Return rows of figures, each with its name."""
    colours = {"ink": ink, "paper": paper}
    cells = (
        "".join(
            f"<div>{drawn_figure(figure, height, colours, 'en')}<span>{escape(figure.name)}</span>"
            "</div>"
            for figure in row
        )
        for row in rows
    )
    # The last one is not spread: it is seldom full.
    last = len(rows) - 1
    return "".join(
        f'<div class="row{" last" if number == last else ""}">{row}</div>'
        for number, row in enumerate(cells)
    )


def _filled(figures: list[Figure], height: float) -> Iterator[list[Figure]]:
    """Yield figures by rows, as many in each as the measure holds."""
    row: list[Figure] = []
    used = 0.0
    for figure in figures:
        wide = max(figure.wide * height / HIGH, 4.6 * len(figure.name)) + GUTTER
        if used + wide > MEASURE + GUTTER and row:
            yield row
            row, used = [], 0.0
        row.append(figure)
        used += wide
    yield row


def _picture(pdf: bytes, width: float) -> None:
    page = pypdfium2.PdfDocument(pdf)[0]
    large = page.render(scale=WIDTH / width * FINER).to_pil().convert("RGB")
    small = large.resize((WIDTH, round(large.height / FINER)), Image.Resampling.BOX)
    few = small.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(TARGET, optimize=True)


if __name__ == "__main__":
    main()
