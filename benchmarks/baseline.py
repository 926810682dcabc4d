"""A material to the page that the `weasyprint` command makes the same PDF from.

What hrcpub gains or costs is measured against that command, which does nothing but typeset: no
words are read, no template is filled in, nothing is checked and no edition is made.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose import compose
from hrcpub.project.material import read_material

WEASYPRINT = Path(sys.executable).parent / "weasyprint"

_URL = re.compile(r'url\("/([^"]+)"\)')


def write_page(project: Path, material: str, folder: Path) -> Path:
    """Write a material's HTML and stylesheets for the command line; return the HTML's path."""
    opened = Project(Sources(project))
    html = compose(read_material(opened, material), opened)
    links = []
    for number, sheet in enumerate(html.stylesheets):
        path = folder / f"{material}-{number}.css"
        # Fonts are named from the project's root; the command knows files only.
        text = _URL.sub(lambda match: f'url("{(project / match[1]).as_uri()}")', sheet.text)
        path.write_text(text, encoding="utf-8")
        links.append(f'<link rel="stylesheet" href="{path.name}">')
    page = folder / f"{material}.html"
    page.write_text(html.text.replace("</head>", "\n".join([*links, "</head>"])), encoding="utf-8")
    return page


def refuse_difference(ours: Path, theirs: Path) -> None:
    """Raise RuntimeError unless two PDFs have the same number of pages and the same words."""
    import pypdf

    pages = [
        [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages]
        for path in (ours, theirs)
    ]
    if len(pages[0]) != len(pages[1]):
        raise RuntimeError(f"{ours} has {len(pages[0])} pages, {theirs} {len(pages[1])}")
    if pages[0] != pages[1]:
        raise RuntimeError(f"{ours} and {theirs} have different words:\n{pages[0]}\n{pages[1]}")
