"""A folder of fonts that is not in the wheel to its files, out of a package of npm with a checksum.

Only what a package's record in `PACKAGES` names is taken out of it, and only when the whole has the
digest that is written here: whoever changes it on its way changes no page.
"""

from __future__ import annotations

import base64
import hashlib
import tarfile
import tempfile
from collections.abc import Mapping
from typing import BinaryIO

from hrcpub.problems import HrcpubError, Problem
from hrcpub.records import record

_MOST = 120_000_000  # bytes of a package; the largest has 57 MB
_LARGEST = 30_000_000  # of a file in it
_WAIT = 30.0  # seconds without a byte


@record
class FontPackage:
    """A package of npm that has the files of a folder under `fonts/`."""

    url: str
    sha512: str  # of the package, in base 64, as npm's registry has it
    megabytes: int  # to fetch
    members: Mapping[str, str]  # file in our folder: file in the package


def _noto(script: str, sha512: str, megabytes: int) -> FontPackage:
    """Return the record of a Noto Sans for Chinese, Japanese or Korean."""
    name = f"noto-sans-{script.lower()}"
    weights = {"Regular": "400Regular", "Bold": "700Bold", "Black": "900Black"}
    members = {
        f"NotoSans{script}-{weight}.ttf": f"{folder}/NotoSans{script}_{folder}.ttf"
        for weight, folder in weights.items()
    }
    url = f"https://registry.npmjs.org/@expo-google-fonts/{name}/-/{name}-0.4.3.tgz"
    return FontPackage(url, sha512, megabytes, members | {"OFL.txt": "LICENSE_FONT"})


# By the folder under `fonts/`. The digests are those of version 0.4.3 of each.
PACKAGES = {
    "noto-sans-sc": _noto(
        "SC",
        "9rAwdFTFHbO/u6Cs0gj2jZbW74TGIiaFNQnXYH2s5wA1bzVkwbaviL4t8YUV642eGYjg86eH6DkAEQmfNHDncQ==",
        57,
    ),
    "noto-sans-tc": _noto(
        "TC",
        "69XAOTLPz0WlAxL6qJEKlDMxHsBd4J1M39HjV0gPF2o1xWVALOsVWvDgistnecVockA9wbU/tH5C/gyS2PdnHg==",
        39,
    ),
    "noto-sans-jp": _noto(
        "JP",
        "Fl+Z6vtD24HFAYsvzB0S9Nery1ly16B9PesdY0wBd+wEHAvkNglnkTUspU0HqGOubkmoa8zusJrKv6vDx1o70A==",
        29,
    ),
    "noto-sans-kr": _noto(
        "KR",
        "EVS/uJPcf1TgJtjmQmrFr0oGdcl7ml09CSu0E/AyGzR0UfzdR2pBbzWWPsnuzZiGUl643ODYwYiXK5+B+fLjhQ==",
        28,
    ),
}


def fetched(folder: str, package: FontPackage) -> dict[str, bytes]:
    """Return the files of a package by their names in our folder; raise HrcpubError without it."""
    import urllib.error
    import urllib.request

    try:
        with (
            tempfile.TemporaryFile() as file,
            urllib.request.urlopen(package.url, timeout=_WAIT) as answer,
        ):
            digest = _kept(answer, file)
            if digest != package.sha512:
                raise HrcpubError(fonts_altered(package.url))
            return _members(file, package)
    except (urllib.error.URLError, OSError, EOFError, tarfile.TarError) as error:
        reason = getattr(error, "reason", None) or error
        raise HrcpubError(fonts_not_fetched(package.url, str(reason), folder)) from None


def _kept(answer: BinaryIO, file: BinaryIO) -> str:
    """Write what is sent into a file, and return its SHA-512 in base 64."""
    digest, length = hashlib.sha512(), 0
    while block := answer.read(1 << 16):
        length += len(block)
        if length > _MOST:
            raise OSError("it is larger than it can be")
        digest.update(block)
        file.write(block)
    return base64.b64encode(digest.digest()).decode()


def _members(file: BinaryIO, package: FontPackage) -> dict[str, bytes]:
    file.seek(0)
    names = {f"package/{inside}": own for own, inside in package.members.items()}
    files = {}
    with tarfile.open(fileobj=file, mode="r:gz") as archive:
        for member in archive:
            if member.name in names and member.isfile() and member.size <= _LARGEST:
                stream = archive.extractfile(member)
                files[names[member.name]] = stream.read() if stream else b""
    return files


def fonts_not_fetched(url: str, reason: str, folder: str) -> Problem:
    """A package of fonts could not be fetched from the network.

    Fix: try again when there is a network. Or fetch the package elsewhere, from the address that
    the message names, unpack it, and add the fonts from that folder: `hrcpub fonts add LANGUAGE
    --from FOLDER`. Its files and its licence are found there by their names.
    """
    return Problem(
        "fonts-not-fetched",
        f"{url} cannot be fetched: {reason}",
        None,
        f"unpack that package elsewhere, and add fonts/{folder} with --from FOLDER",
    )


def fonts_altered(url: str) -> Problem:
    """A package of fonts is not the one that hrcpub knows: its checksum differs.

    Fix: try again. If it stays so, something between you and the registry changes what is sent, or
    the package was replaced: do not use it, and tell whoever looks after hrcpub. `hrcpub fonts add
    LANGUAGE --from FOLDER` takes fonts that you trust.
    """
    return Problem(
        "fonts-altered",
        f"{url} is not the package that hrcpub knows: its checksum differs",
        None,
        "try again; if it stays so, do not use it, and take fonts that you trust with --from",
    )


CODES = {"fonts-not-fetched": fonts_not_fetched, "fonts-altered": fonts_altered}
