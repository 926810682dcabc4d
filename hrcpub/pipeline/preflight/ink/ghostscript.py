"""A page of a file to its plates, by Ghostscript: exact, where that program is installed.

Ghostscript is asked as a program of its own, so its licence (AGPL) does not reach this one, and a
file that harms it harms nothing else. Its `tiffsep` device draws each ink on a plate, with spot
inks and overprint. It leaves the output intent aside, as it should: inks are what is asked for.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.pipeline.preflight.page.checked_page import CheckedPage
from hrcpub.project.condition import OutputCondition
from hrcpub.units import Rect

if TYPE_CHECKING:
    from PIL import Image

OLDEST = (9, 54)  # tiffsep averages finer dots (DownScaleFactor), and -dSAFER is on from 9.50
PAGE_SECONDS = 30.0  # an ordinary page takes half a second
FILE_SECONDS = 90.0  # for all pages: the rest of the file's time is for the other checks
_MEMORY = 1 << 20  # kilobytes
_LARGEST_FILE = 256 << 20  # bytes: the plates of a poster of 36 x 48 inches are 60 MB at most
_MOST_SPOTS = 12  # plates beside the four
# Ghostscript paints every dot that a shape touches. Dots of a quarter of a cell, averaged, keep
# letters and lines thin; coarser ones than 100 dpi make them too fat, so that ours is nearer.
_FINE = 4  # dots to a cell's side
_COARSEST = 100.0  # dots per inch
_UPRIGHT = {  # /Rotate turns a page clockwise (ISO 32000-2 §7.7.3.3); this turns it back
    90: "ROTATE_90",
    180: "ROTATE_180",
    270: "ROTATE_270",
}


class Ghostscript(NamedTuple):
    """Ghostscript on this machine: where, and which release."""

    path: str
    version: str


@functools.lru_cache(maxsize=1)
def installed() -> Ghostscript | None:
    """Return the Ghostscript of this machine; None when there is none, or too old a one."""
    return look()


def look(path: str | None = None) -> Ghostscript | None:
    """Look for Ghostscript in the folders of a `path`; None means those of PATH."""
    program = shutil.which("gs", path=path)
    if program is None:
        return None
    try:
        said = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=10, check=True
        ).stdout.strip()
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return Ghostscript(program, said) if _release(said) >= OLDEST else None


def _release(said: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", said)[:2])


def none() -> None:
    """Find no Ghostscript, whatever is installed: for those who want our own drawing."""


class Separations:
    """One file, to be drawn by Ghostscript page by page.

    The program is looked for, and the file written beside a profile that says how colours that are
    not inks become inks, when the first page is to be drawn: most files never come to that.
    """

    def __init__(
        self,
        data: bytes,
        condition: OutputCondition,
        find: Callable[[], Ghostscript | None] = installed,
        page_seconds: float = PAGE_SECONDS,
        file_seconds: float = FILE_SECONDS,
    ) -> None:
        """Take a file's bytes."""
        self._data, self._condition, self._find = data, condition, find
        self.drawn = 0  # pages
        self._page_seconds, self._file_seconds = page_seconds, file_seconds
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Separations:
        """Return this; nothing is written yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove what was written."""
        if self._folder is not None:
            self._folder.cleanup()

    def plates(
        self, page: CheckedPage, view: Rect, cell: float, left: float
    ) -> list[Image.Image] | None:
        """Return the view's plates, 255 where an ink is solid; None when they cannot be had.

        A `cell` is a pixel's side in the page's units; `left` is how many seconds there are.
        """
        named = self.named_plates(page, view, cell, left)
        return list(named.values()) if named else None

    def named_plates(
        self, page: CheckedPage, view: Rect, cell: float, left: float
    ) -> dict[str, Image.Image] | None:
        """Return the same by the inks' names, as Ghostscript writes them."""
        resolution = 72 / (cell * page.unit) * _FINE  # UserUnit makes the page so much larger
        seconds = min(self._page_seconds, self._file_seconds, left)
        if resolution < _COARSEST or seconds <= 0:
            return None
        program = self._find()
        if program is None:
            return None
        started = time.monotonic()
        try:
            folder = self.folder
            _run(_command(program.path, page.number, resolution), folder, seconds)
            files = sorted(folder.glob("plate(*).tif"))
            plates = {_ink(file): _cropped(file, page, view, cell) for file in files}
            self.drawn += bool(plates)
            return plates or None
        except (OSError, ValueError, subprocess.SubprocessError):
            return None
        finally:
            self._file_seconds -= time.monotonic() - started
            self._forget_plates()

    @property
    def folder(self) -> Path:
        """The folder with the file and the profile; made when it is first asked for."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="hrcpub-gs-")
            folder = Path(self._folder.name)
            (folder / "file.pdf").write_bytes(self._data)
            (folder / "inks.icc").write_bytes(self._condition.profile)
        return Path(self._folder.name)

    def _forget_plates(self) -> None:
        if self._folder is not None:
            for file in Path(self._folder.name).glob("plate*.tif"):
                file.unlink()


def _command(program: str, page: int, resolution: float) -> list[str]:
    """Return what to call. File names are relative to the folder, which is ours alone."""
    return [
        *(program, "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", f"-K{_MEMORY}"),
        # Half a page is worse than none: without this Ghostscript leaves out what it cannot read.
        "-dPDFSTOPONERROR",
        *(f"-dFirstPage={page}", f"-dLastPage={page}", "-dShowAnnots=false"),
        *("-sDEVICE=tiffsep", f"-dMaxSpots={_MOST_SPOTS}", "-sCompression=lzw"),
        *(f"-r{resolution:.6f}", f"-dDownScaleFactor={_FINE}"),
        # One profile in and out: inks pass as they are, and RGB becomes inks by it.
        *("-sDefaultCMYKProfile=inks.icc", "-sOutputICCProfile=inks.icc"),
        *("-dRenderIntent=1", "-dBlackPtComp=1", "--permit-file-read=inks.icc"),
        *("-sOutputFile=plate.tif", "file.pdf"),
    ]


def _run(command: Sequence[str], folder: Path, seconds: float) -> None:
    """Run a program in a folder and kill it at the deadline. Raises SubprocessError, OSError."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _limit(process.pid, seconds)
            if process.wait(seconds):
                raise subprocess.CalledProcessError(process.returncode, command)
        finally:
            process.kill()


def _limit(pid: int, seconds: float) -> None:
    """Bound what a process writes and computes, where the system can: Linux."""
    try:
        import resource

        resource.prlimit(pid, resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))
        resource.prlimit(pid, resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
    except (ImportError, AttributeError, ValueError, OSError):
        pass  # there is a stricter limit, or the system has none: the deadline and -K always hold


def _ink(file: Path) -> str:
    """Return the ink of a plate's file: plate(Cyan).tif."""
    return file.name.removeprefix("plate(").removesuffix(").tif")


def _cropped(file: Path, page: CheckedPage, view: Rect, cell: float) -> Image.Image:
    """Return a plate upright, of the view alone; raise ValueError when it is not the page's."""
    from PIL import Image, ImageChops

    with Image.open(file) as plate:
        plate.load()
        upright = plate.convert("L")
    if page.rotation in _UPRIGHT:
        upright = upright.transpose(Image.Transpose[_UPRIGHT[page.rotation]])
    wide, high = page.media.width / cell, page.media.height / cell
    if abs(upright.width - wide) > 2 or abs(upright.height - high) > 2:
        raise ValueError("this is another page than the one that was asked for")
    left, top = (view.left - page.media.left) / cell, (page.media.top - view.top) / cell
    right, bottom = left + view.width / cell, top + view.height / cell
    return ImageChops.invert(upright.crop((round(left), round(top), round(right), round(bottom))))
