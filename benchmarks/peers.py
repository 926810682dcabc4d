"""The brief with a site's imprint as other programs make it: weasyprint's command, WeasyPrint kept
warm in one process, and Typst.

Each gets the words of `why-harm-reduction` on two letter pages as plain HTML or Typst, written as
somebody would who has nothing but that program: no rag, no copyfit, no checks, no press file. The
site's name, address, hours, telephone and QR code (vectors, by segno, in the time that is
measured) stand in a box at the end. `python -m benchmarks.peers FOLDER FIRST END PIECES` is the
warm process.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
import venv
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from benchmarks import fair
from benchmarks.clock import Spent, run
from benchmarks.project import BRIEF, ROOT
from benchmarks.typst_peer import drawn

TYPST = ("typst==0.15.2", "segno==1.6.6")
WAYS = ("compile", "Compiler")
WEASYPRINT = Path(sys.executable).parent / "weasyprint"
FACES = ("Regular", "Bold", "Italic")

# A computer may have no fonts, of which WeasyPrint's fontconfig then complains: these are enough.
FONTS = "fonts.conf"
FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""
CSS = """
@page { size: letter; margin: 0.75in }
html { font: 12pt/1.4 "Brief"; color: #000 }
h1 { font-size: 40pt; line-height: 1.05; margin: 0 0 18pt }
h2 { font-size: 17pt; margin: 16pt 0 3pt }
p { margin: 0 }
.second { break-before: page }
.imprint { border-top: 1pt solid; margin-top: 24pt; padding-top: 8pt; position: relative;
  min-height: 1.3in }
.imprint svg { position: absolute; right: 0; top: 6pt; width: 1.2in; height: 1.2in }
"""
PAGE = """
#set page(paper: "us-letter", margin: 0.75in)
#set text(font: "Libre Franklin", size: 12pt)
#set par(leading: 0.62em, spacing: 0.62em)
#let title(body) = block(below: 18pt, text(size: 40pt, weight: "bold", body))
#let opening(body) = block(above: 16pt, below: 6pt, text(size: 17pt, weight: "bold", body))
"""
IMPRINT = """
#line(length: 100%, stroke: 1pt)
#grid(columns: (1fr, 1.2in))[
  *#sys.inputs.name* \\
  #sys.inputs.address \\
  #sys.inputs.hours \\
  *#sys.inputs.tel* \\
  #sys.inputs.url \\
  Piece #sys.inputs.piece
][#image(bytes(sys.inputs.code), format: "svg", width: 1.2in)]
"""


class Rate(NamedTuple):
    """What one document takes: seconds by the clock (of all workers at once), and of processor."""

    wall: float
    cpu: float


class Words(NamedTuple):
    """What the brief says."""

    title: str
    lead: str
    points: list[tuple[str, str]]


def write(folder: Path, rows: list[fair.Site]) -> Path:
    """Write everything that the peers read into a folder, and return Typst's Python."""
    words = _words()
    (folder / "sites.json").write_text(json.dumps([row._asdict() for row in rows]))
    (folder / "brief.typ").write_text(_typst(words), encoding="utf-8")
    (folder / "brief.css").write_text(_faces() + CSS, encoding="utf-8")
    (folder / "fonts").mkdir()
    for face in FACES:
        shutil.copy(_font(face), folder / "fonts")
    (folder / FONTS).write_text(FONTCONFIG.format(folder=escape(str(folder))), encoding="utf-8")
    venv.create(folder / "peer", with_pip=True)
    python = folder / "peer/bin/python"
    run([python, "-m", "pip", "install", "--quiet", *TYPST], folder)
    return python


def typst(python: Path, folder: Path, way: str, sites: int, pieces: int) -> Rate:
    """Return what Typst takes for a document, with a process for each core."""
    script = Path(__file__).with_name("typst_peer.py")
    return _shared([str(python), str(script), str(folder), way], sites, pieces)


def warm(folder: Path, sites: int, pieces: int) -> Rate:
    """Return what WeasyPrint takes for a document, fonts and CSS kept, a process for each core."""
    command = [sys.executable, "-m", "benchmarks.peers", str(folder)]
    return _shared([*_with_fonts(folder), *command], sites, pieces)


def calls(folder: Path, count: int) -> list[Spent]:
    """Return what each of so many calls of the weasyprint command takes, one after the other.

    The site's page is made in the time that is measured, as little as that is.
    """
    found = []
    words = _words()
    for row in _rows(folder)[:count]:
        started = time.perf_counter(), time.process_time()
        page = folder / f"call-{row['id']}.html"
        link = '<link rel="stylesheet" href="brief.css">'
        page.write_text(_html(words, row, 1).replace("</head>", f"{link}</head>"), "utf-8")
        own = time.perf_counter() - started[0], time.process_time() - started[1]
        spent = run([*_with_fonts(folder), WEASYPRINT, page, page.with_suffix(".pdf")], folder)
        found.append(Spent(spent.wall + own[0], spent.cpu + own[1]))
    return found


def refuse_difference(folder: Path) -> None:
    """Raise RuntimeError unless all peers made two pages that say the brief and the imprint."""
    import pypdf

    row = _rows(folder)[0]
    words = _words()
    wanted = [words.title, words.lead, *(" ".join(point) for point in words.points)]
    wanted += [row[key] for key in ("name", "address", "hours", "tel", "url")]
    for name in (f"typst-{row['id']}-1", f"warm-{row['id']}-1", f"call-{row['id']}"):
        pages = pypdf.PdfReader(folder / f"{name}.pdf").pages
        said = _letters(" ".join(page.extract_text() for page in pages))
        missing = [text for text in wanted if _letters(text) not in said]
        if len(pages) != 2 or missing:
            raise RuntimeError(f"{name} has {len(pages)} pages, and does not say {missing}")


def _letters(text: str) -> str:
    """Return a text's letters and digits: programs set quotes, hyphens and spaces as they do."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _shared(command: list[str], sites: int, pieces: int) -> Rate:
    """Run two processes with half of the sites each; return what a document takes.

    The slower of the two counts by the clock, imports left out.
    """
    half = sites // 2
    shares = [(0, half), (half, sites)]
    running = [
        subprocess.Popen(
            [*command, str(first), str(end), str(pieces)],
            stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )
        for first, end in shares
    ]  # fmt: skip
    spent = [json.loads(process.communicate()[0]) for process in running]
    if any(process.returncode for process in running):
        raise RuntimeError(f"{' '.join(command)} failed")
    count = sites * pieces
    return Rate(max(wall for wall, _ in spent) / count, sum(cpu for _, cpu in spent) / count)


def _work(folder: Path, first: int, end: int, pieces: int) -> list[float]:
    """Typeset a share of briefs in this process, fonts and parsed CSS kept between them."""
    from weasyprint import CSS as Sheet
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    words, rows = _words(), _rows(folder)[first:end]
    started = time.perf_counter(), time.process_time()
    fonts = FontConfiguration()
    sheet = Sheet(filename=folder / "brief.css", font_config=fonts)
    for row in rows:
        for number in range(1, pieces + 1):
            page = HTML(string=_html(words, row, number), base_url=str(folder))
            path = folder / f"warm-{row['id']}-{number}.pdf"
            page.write_pdf(path, stylesheets=[sheet], font_config=fonts)
    return [time.perf_counter() - started[0], time.process_time() - started[1]]


def _with_fonts(folder: Path) -> list[str]:
    """Return the beginning of a command that sees the fonts of the folder."""
    return ["env", f"FONTCONFIG_FILE={folder / FONTS}"]


def _rows(folder: Path) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads((folder / "sites.json").read_text())
    return rows


def _words() -> Words:
    text = (ROOT / "materials" / f"{BRIEF}.yaml").read_text(encoding="utf-8")
    words: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)["words"]
    points = [(point["opening"], point["text"]) for point in words["points"]]
    return Words(words["title"], words["lead"], points)


def _html(words: Words, row: dict[str, str], piece: int) -> str:
    parts = [
        f"<h2{' class=second' if number == 3 else ''}>{escape(opening)}</h2><p>{escape(text)}</p>"
        for number, (opening, text) in enumerate(words.points)
    ]
    said = {key: escape(value) for key, value in row.items()}
    imprint = (
        f"<b>{said['name']}</b><br>{said['address']}<br>{said['hours']}<br><b>{said['tel']}</b>"
        f"<br>{said['url']}<br>Piece {piece}{drawn(row['url'])}"
    )
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{escape(words.title)}</title></head><body>"
        f"<h1>{escape(words.title)}</h1><p>{escape(words.lead)}</p>{''.join(parts)}"
        f"<div class=imprint>{imprint}</div></body></html>"
    )


def _typst(words: Words) -> str:
    def plain(text: str) -> str:
        return re.sub(r"([\\#$*_@<>`\-~\"'/\[\]])", r"\\\1", text)

    parts = [PAGE, f"#title[{plain(words.title)}]", plain(words.lead), ""]
    for number, (opening, text) in enumerate(words.points):
        if number == 3:
            parts.append("#pagebreak()")
        parts += [f"#opening[{plain(opening)}]", plain(text), ""]
    return "\n".join([*parts, IMPRINT])


def _font(face: str) -> Path:
    return ROOT / "fonts/libre-franklin" / f"LibreFranklin-{face}.ttf"


def _faces() -> str:
    kinds = {"Regular": "", "Bold": ";font-weight:bold", "Italic": ";font-style:italic"}
    return "".join(
        f'@font-face{{font-family:Brief;src:url("{_font(face).as_uri()}"){kind}}}'
        for face, kind in kinds.items()
    )


if __name__ == "__main__":
    print(json.dumps(_work(Path(sys.argv[1]), *map(int, sys.argv[2:5]))))
