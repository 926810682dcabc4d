"""WeasyPrint's requests for files to `Sources`: the only scheme it may use is our own."""

from __future__ import annotations

import mimetypes
import urllib.parse
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

SCHEME = "hrcpub"
BASE = f"{SCHEME}://project/"
MADE = "made"  # in the project's place: a picture that comes with the document

# urljoin resolves relative references for the schemes in these lists only.
for _schemes in (urllib.parse.uses_relative, urllib.parse.uses_netloc):
    if SCHEME not in _schemes:
        _schemes.append(SCHEME)


_NONE: Mapping[str, bytes] = MappingProxyType({})


def fetcher(sources: Sources, made: Mapping[str, bytes] = _NONE) -> URLFetcher:
    """Return a fetcher that reads through `sources`; its `problems` are what was refused.

    `made` are pictures that are in no file, by the names under which a document asks for them:
    `hrcpub://made/NAME`.

    Why a list: WeasyPrint swallows what a fetcher raises, for images inside SVG even fatal errors.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class ProjectFetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols={SCHEME}, allow_redirects=False)
            self.problems: list[Problem] = []

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
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, data, {"Content-Type": kind})

        def _read(self, place: str, path: str) -> bytes:
            if place != MADE:
                return sources.read(path)
            if path not in made:
                raise HrcpubError(address_refused(f"{SCHEME}://{MADE}/{path}"))
            return made[path]

    return ProjectFetcher()


def address_refused(url: str) -> Problem:
    """A layout asks for something outside the project: an address on the web, or a path on disk.

    A piece is made only from its project's files, so that it can be made again anywhere, without
    a network. Copy the file into the project and name it by its path.
    """
    return Problem(
        "address-refused",
        f"{url[:120]} is not in the project",
        None,
        "copy the file into the project and name it by its path",
    )


CODES = {"address-refused": address_refused}
