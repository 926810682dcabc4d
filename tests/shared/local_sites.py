"""Local sites' details for tests, and the project's faces that set them."""

from __future__ import annotations

import hashlib

from PIL import Image

from hrcpub.events.manifest.event import Logo, Site
from hrcpub.problems import Source
from hrcpub.project.telephones import Home, link
from hrcpub.project.words import Words
from tests.shared.project import ROOT

NIGHT_VAN = "materials/images/night-van.png"


def words(text: str, column: int = 1) -> Words:
    return Words(text, Source("materials/sites.csv", 2, column))


def picture(path: str = NIGHT_VAN) -> Logo:
    """Return a picture of the project as an imprint's logo."""
    data = (ROOT / path).read_bytes()
    with Image.open(ROOT / path) as image:
        size = image.size
    return Logo(path, "Lakeside Night Van", hashlib.sha256(data).hexdigest(), *size)


def local(
    name: str = "Clínica Esperanza & Señales",
    lines: tuple[str, ...] = ("34 Calle Ejemplo", "Oakland, CA 94601"),
    hours: str | None = "Lun-Vie 9-17 h",
    tel: str | None = "(510) 555-0103",
    url: str | None = "https://example.org/esperanza",
    *,
    logo: bool = False,
) -> Site:
    """Return a site's details."""
    return Site(
        id="site",
        name=words(name, 2),
        lines=tuple(words(line, 3) for line in lines),
        hours=words(hours, 4) if hours else None,
        tel=words(tel, 5) if tel else None,
        url=words(url, 6) if url else None,
        logo=picture() if logo else None,
        box=None,
        source=Source("materials/sites.csv", 2),
        tel_link=link(tel, Home()) if tel else None,
    )
