"""WeasyPrint's requests for files to `Sources`: it may use no other scheme of URLs than ours."""

from __future__ import annotations

import mimetypes
import urllib.parse
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from hrcpub.files.sources import Sources
from hrcpub.pipeline.typeset import drawings
from hrcpub.problems import HrcpubError, Problem

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

SCHEME = "hrcpub"
BASE = f"{SCHEME}://project/"
MADE = "made"  # in place of "project": a picture that comes with the document

# urljoin resolves relative references only for the schemes in these lists.
for _schemes in (urllib.parse.uses_relative, urllib.parse.uses_netloc):
    if SCHEME not in _schemes:
        _schemes.append(SCHEME)


_NONE: Mapping[str, bytes] = MappingProxyType({})


def fetcher(sources: Sources, pictures: Mapping[str, bytes] = _NONE) -> URLFetcher:
    """Return a fetcher that reads through `sources`; its `problems` say what it refused.

    `pictures` are those that are in no file, by their names. A document asks for them by
    `hrcpub://made/NAME`.

    Why a list: WeasyPrint ignores what a fetcher raises, for images in SVG even fatal errors.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class ProjectFetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols={SCHEME}, allow_redirects=False)
            self.problems: list[Problem] = []
            self._seen: set[str] = set()

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            parts = urllib.parse.urlsplit(url)
            if parts.scheme != SCHEME:
                self.problems.append(address_refused(url))
                raise ValueError(url)
            path = urllib.parse.unquote(parts.path).lstrip("/")
            try:
                data = self._read(parts.netloc, path)
            except HrcpubError as error:
                self.problems += error.problems
                raise ValueError(url) from None
            self._look_at(path, data)
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, data, {"Content-Type": kind})

        def _look_at(self, path: str, data: bytes) -> None:
            if path not in self._seen:
                self._seen.add(path)
                self.problems += drawings.of_file(data, path)

        def _read(self, place: str, path: str) -> bytes:
            if place != MADE:
                return sources.read(path)
            if path not in pictures:
                raise HrcpubError(address_refused(f"{SCHEME}://{MADE}/{path}"))
            return pictures[path]

    return ProjectFetcher()


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


CODES = drawings.CODES | {"address-refused": address_refused}
