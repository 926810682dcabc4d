"""WeasyPrint's requests for files to `Sources`: it may use no other scheme of URLs than ours."""

from __future__ import annotations

import hashlib
import math
import mimetypes
import urllib.parse
from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from hrcpub.files.sources import Sources
from hrcpub.pipeline.photographs import Master, PictureView, view_of
from hrcpub.pipeline.photographs.lines import LEAST
from hrcpub.pipeline.typeset.seating import seated
from hrcpub.problems import HrcpubError, Problem, Severity, Source
from hrcpub.project import drawings
from hrcpub.project.pictures import KINDS, prove
from hrcpub.project.words import Image, Words
from hrcpub.units import distance

if TYPE_CHECKING:
    from weasyprint.document import Document
    from weasyprint.urls import URLFetcher

SCHEME = "hrcpub"
BASE = f"{SCHEME}://project/"
PICTURES = tuple(f".{ending}" for ending in KINDS)
FONTS = (".ttf", ".otf")
MADE = "made"  # in place of "project": a picture that comes with the document

# urljoin resolves relative references only for the schemes in these lists.
for _schemes in (urllib.parse.uses_relative, urllib.parse.uses_netloc):
    if SCHEME not in _schemes:
        _schemes.append(SCHEME)


_NONE: Mapping[str, bytes] = MappingProxyType({})
Masters = Callable[[str, PictureView], Master]  # that of a file, as it is shown


def fetcher(
    sources: Sources,
    pictures: Mapping[str, bytes] = _NONE,
    proven: Collection[str] = (),
    masters: Masters | None = None,
) -> URLFetcher:
    """Return a fetcher that reads through `sources`; its `problems` say what it refused.

    `pictures` are those that are in no file, by their names. A document asks for them by
    `hrcpub://made/NAME`. Pictures of the project are decoded to the end, but for those at paths
    that are `proven`: WeasyPrint prints what there is of one that was cut short. With `masters` it
    gets an empty picture of the same size for each, and `photographs` has what takes its place.

    Why a list: WeasyPrint ignores what a fetcher raises, for images in SVG even fatal errors.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class ProjectFetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols={SCHEME}, allow_redirects=False)
            self.problems: list[Problem] = []
            self.lacks = False  # whether the pages are without a file that they ask for
            self.paths: dict[str, str] = {}  # by the addresses that they were asked for with
            self.photographs: dict[str, Master] = {}  # by their names in a PDF
            self.coarse: list[Problem] = []  # warnings, of pictures with too few pixels
            self._seen: set[str] = set()

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            parts = urllib.parse.urlsplit(url)
            if parts.scheme != SCHEME:
                self.problems.append(address_refused(url))
                self.lacks = True
                raise ValueError(url)
            path = urllib.parse.unquote(parts.path).lstrip("/")
            try:
                data = self._read(parts.netloc, path)
            except HrcpubError as error:
                self.problems += error.problems
                self.lacks = True
                raise ValueError(url) from None
            self.paths[url] = path
            self._look_at(path, data)
            if masters and parts.netloc != MADE and path.lower().endswith(PICTURES):
                view = view_of(parts.query)
                master = masters(path, view)
                self.coarse += _coarse(master, path, view)
                self.photographs |= dict.fromkeys(_names(url), master)
                return URLFetcherResponse(url, master.stand_in, {"Content-Type": "image/jpeg"})
            if parts.query and path.lower().endswith(FONTS):
                data = seated(data, parts.query)
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, data, {"Content-Type": kind})

        def _look_at(self, path: str, data: bytes) -> None:
            if path not in self._seen:
                self._seen.add(path)
                wrong = drawings.of_file(data, path)
                self.problems += wrong
                self.lacks |= any(problem.code == "svg-broken" for problem in wrong)

        def _read(self, place: str, path: str) -> bytes:
            if place != MADE:
                data = sources.read(path)
                if path not in proven and path.lower().endswith(PICTURES):
                    place_of = Source(path)
                    prove(Image(Words(path, place_of), Words("", place_of)), data)
                return data
            if path not in pictures:
                raise HrcpubError(address_refused(f"{SCHEME}://{MADE}/{path}"))
            return pictures[path]

    return ProjectFetcher()


def _coarse(master: Master, path: str, view: PictureView) -> list[Problem]:
    """Return a Problem when a picture has too few pixels for a line screen at its size.

    Why here: the finished page has the lines, which are fine whatever they were made from.
    """
    if not view.is_lined or view.frame is None:
        return []
    pixels, wide = master.picture.width, view.frame.width
    is_coarse = 72 * pixels / wide < LEAST - 0.5
    return [lines_coarse(path, pixels, wide, LEAST)] if is_coarse else []


def picture_paths(document: Document) -> dict[str, str]:
    """Return the paths of a document's pictures by the names that they have in its PDF.

    WeasyPrint 70 calls a picture by the MD5 of its address, and a digit follows.
    """
    paths: dict[str, str] = document.url_fetcher.paths
    return {name: path for url, path in paths.items() for name in _names(url)}


def _names(url: str) -> tuple[str, str]:
    """Return the names that a picture may have in a PDF, by its address."""
    digest = hashlib.md5(url.encode(), usedforsecurity=False).hexdigest()
    return f"i{digest}0", f"i{digest}1"


def address_refused(url: str) -> Problem:
    """A layout asks for something outside the project: an address on the web, or a path on disk.

    Fix: copy the file into the project, and name it by its path. A piece is made only from the
    files of its project, so that it can be made again anywhere, without a network.
    """
    return Problem(
        "address-refused",
        f"{url[:120]} is not in the project",
        None,
        "copy the file into the project and name it by its path",
    )


def lines_coarse(path: str, pixels: int, wide: float, least: float) -> Problem:
    """A photograph that is printed in lines (`lines: yes`) has too few pixels for its size.

    Fix: take a larger original, or have it printed without `lines`. The lines swell and narrow with
    what is in the picture: under 240 pixels to the inch of its place they swell in steps, and faces
    are hard to tell.
    """
    ppi, needed, good = 72 * pixels / wide, math.ceil(wide / 72 * least), 72 * pixels / least
    return Problem(
        "photo-coarse",
        f"{path} is {pixels:,} px wide as shown; at {distance(wide)} its lines take {needed:,}"
        f" ({ppi:.0f} ppi instead of {least:g}), and print well up to {distance(good)}",
        Source(path),
        "put in the original, or a larger one; or print it without lines (lines: no)",
        Severity.WARNING,
    )


CODES = drawings.CODES | {"address-refused": address_refused, "photo-coarse": lines_coarse}
