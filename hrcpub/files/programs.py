"""The programs that make what is made: what they are, as digests. Another program is another key.

Why digests of files and not versions alone: whoever changes hrcpub has the same version after it.
"""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from hrcpub import __version__

# Another version of these may make another file, or find other mistakes.
PACKAGES = (
    "babel", "budoux", "fonttools", "icu4py", "jinja2", "markdown_it_py", "openpyxl",
    "phonenumberslite", "pikepdf", "pillow", "pillow_heif", "pydyf", "pyphen", "pypdf", "pypdfium2",
    "pyyaml", "segno", "tinycss2", "uharfbuzz", "weasyprint", "zxing_cpp",
)  # fmt: skip
_OURS = Path(__file__).parents[1]


@functools.cache  # what runs is what was loaded, whatever becomes of the files
def sources_digest() -> str:
    """Return a digest of this package's own sources."""
    digest = hashlib.sha256()
    for path in sorted(_OURS.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@functools.cache
def program_key() -> str:
    """Return a digest of the same and of Python and the packages, by looking at files only.

    Of our own files it has the size and the dates, for what is kept on this computer alone: that
    takes 2 ms, and to read them 12. The date of the last change (ctime) cannot be set to another.
    """
    facts = (__version__, sys.version, sys.implementation.cache_tag, installed(), [*_own_files()])
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def _own_files() -> Iterator[tuple[str, int, int, int]]:
    folders = [str(_OURS)]
    for folder in folders:  # it grows
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith((".py", ".yaml")):  # rules of words, and facts
                    status = entry.stat()
                    yield entry.path, status.st_size, status.st_mtime_ns, status.st_ctime_ns
                elif entry.name != "__pycache__" and entry.is_dir():
                    folders.append(entry.path)


@functools.cache
def installed() -> tuple[str, ...]:
    """Return `name-version` of the packages that matter, from their folders' names."""
    packages = set()
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208  a Path for each takes ten times as long
        except OSError:
            continue
        for name in names:
            stem = name.removesuffix(".dist-info").lower()
            if name.endswith(".dist-info") and stem.rpartition("-")[0] in PACKAGES:
                packages.add(stem)
    return tuple(sorted(packages))
