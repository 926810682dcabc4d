"""What preflight costs on PDFs that other programs made, over Ghostscript's `inkcov` of them.

They are those that the packages on this machine bring along: manuals, mostly. Both go by processor
time, hrcpub warm in this process, what it calls Ghostscript for included.
"""

from __future__ import annotations

import os
import resource
import shutil
import site
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.clock import Figure, quartiles

FOLDERS = ("/usr/share", "/usr/lib", "/usr/local", "/opt", *site.getsitepackages())
_OURS = ("WeasyPrint", "hrcpub", "pydyf")
_OF_EACH, _LONGEST = 5, 200  # files of one program, and pages of one file


class StrangersFile(NamedTuple):
    """A PDF of another program."""

    path: Path
    producer: str
    pages: int


def found(folders: tuple[str, ...] = FOLDERS) -> list[StrangersFile]:
    """Return the PDFs below some folders that are not ours, a few of each program."""
    files: dict[str, list[StrangersFile]] = {}
    sizes: set[int] = set()  # of the same size are copies of one
    for path in _below(folders):
        file = _read(path)
        if file is None or path.stat().st_size in sizes:
            continue
        listed = files.setdefault(file.producer, [])
        if len(listed) < _OF_EACH:
            listed.append(file)
            sizes.add(path.stat().st_size)
    return [file for listed in files.values() for file in listed]


def _below(folders: tuple[str, ...]) -> Iterator[Path]:
    paths = {
        Path(folder, name).resolve()
        for top in folders
        for folder, _, names in os.walk(top)
        for name in names
        if name.lower().endswith(".pdf")
    }
    yield from sorted(path for path in paths if path.is_file())


def _read(path: Path) -> StrangersFile | None:
    """Return a file with its producer; None for ours, and for what cannot be read."""
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            producer = str(pdf.docinfo.get("/Producer", "an unknown program"))
            file = StrangersFile(path, producer, len(pdf.pages))
    except (pikepdf.PdfError, ValueError, TypeError):
        return None
    is_ours = any(name in producer for name in _OURS)
    return None if is_ours or not 0 < file.pages <= _LONGEST else file


def cost(rounds: int) -> Iterator[Figure]:
    """Yield preflight's processor time over Ghostscript's; nothing where no file is found."""
    from hrcpub.pipeline.preflight import Expected, limits_of, preflight

    files = found()
    if not files or shutil.which("gs") is None:
        what = "Ghostscript is not installed" if files else f"no PDF is in {', '.join(FOLDERS)}"
        print(f"strangers: not measured, since {what}", file=sys.stderr)
        return
    contents = [file.path.read_bytes() for file in files]
    expected = Expected(limits=limits_of("sheetfed"), ours=False)

    def ours() -> None:
        for data in contents:
            preflight(data, expected)

    def theirs() -> None:
        command = ["gs", "-q", "-dSAFER", "-o", "-", "-sDEVICE=inkcov"]
        paths = [file.path for file in files]
        subprocess.run([*command, *paths], stdout=subprocess.DEVNULL, check=True)

    ours()
    spent = [(_spent(ours), _spent(theirs)) for _ in range(rounds)]
    ratios = [mine / other for mine, other in spent]
    low, high = quartiles(ratios)
    pages = sum(file.pages for file in files)
    each = statistics.median(mine for mine, _ in spent) / pages * 1000
    makers = ", ".join(sorted({file.producer for file in files}))
    yield Figure(
        "preflight of others' files, over inkcov", statistics.median(ratios), "×", 1.5, False,
        low, high, rounds, statistics.median(ratios),
        f"{each:.1f} ms a page, {pages} pages of {len(files)} files by {makers}",
    )  # fmt: skip


def _spent(work: Callable[[], None]) -> float:
    """Return the processor time of some work, its children's included."""
    before = _used()
    work()
    return _used() - before


def _used() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(one.ru_utime + one.ru_stime for one in map(resource.getrusage, kinds))
