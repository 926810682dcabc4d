"""PDFs to what Poppler, qpdf and Ghostscript say of them: records, texts and pictures."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pikepdf
from PIL import Image, ImageChops, ImageOps, ImageStat

PACKAGES = {  # Debian's
    "chromium": "chromium",
    "gs": "ghostscript",
    "java": "default-jre-headless",
    "msgcat": "gettext",
    "msgfmt": "gettext",
    "pdffonts": "poppler-utils",
    "pdfimages": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
}
# Chromium without windows takes less time; then Debian's, Fedora's and other systems' whole one.
NAMES = {"chromium": ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")}
# Messages to parse are in English, and a file's name may have any letter.
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
SECONDS = 300


class JudgeMissing(Exception):
    """A judge is not there. Says what installs it."""


def find(program: str) -> str:
    """Return a program's path. Raises JudgeMissing."""
    for name in NAMES.get(program, (program,)):
        if path := shutil.which(name):
            return path
    raise JudgeMissing(f"{program} is missing. {installing(program)}")


def installing(program: str) -> str:
    """Return what to type to have a program."""
    return f"To install it: make setup-dev (Debian, Ubuntu: apt-get install {PACKAGES[program]})"


def run(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Return what a program answered, well or not. Raises JudgeMissing."""
    return subprocess.run(
        [find(program), *map(str, arguments)],
        env=os.environ | ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )


def say(program: str, *arguments: object) -> str:
    """Return what a program wrote. Raises AssertionError with its complaint where it has one."""
    done = run(program, *arguments)
    asked = f"{program} {' '.join(map(str, arguments))}"
    assert (done.returncode, done.stderr) == (0, ""), f"{asked}\n{done.stdout}{done.stderr}"
    return done.stdout


# --- Structure -----------------------------------------------------------------------------------


def qpdf_complaints(pdf: Path) -> str:
    """Return what qpdf finds wrong with a file's syntax and streams, "" when nothing is."""
    done = run("qpdf", "--check", pdf)
    return "" if done.returncode == 0 else done.stdout + done.stderr


class Font(NamedTuple):
    """One font of a file, as pdffonts lists it."""

    name: str  # with its subset tag
    kind: str
    encoding: str
    is_embedded: bool
    is_subset: bool
    has_unicode: bool


FONT = re.compile(
    r"(?P<name>.*?)\s+"
    r"(?P<kind>(?:CID )?(?:Type \d\w?|TrueType)(?: \(OT\))?|unknown)\s+"
    r"(?P<encoding>\S+)\s+"
    r"(?P<embedded>yes|no)\s+(?P<subset>yes|no)\s+(?P<unicode>yes|no)\s"
)


def fonts(pdf: Path) -> list[Font]:
    """Return the fonts of a file."""
    found = []
    for line in say("pdffonts", pdf).splitlines()[2:]:
        match = FONT.match(line)
        assert match, f"no line of pdffonts: {line!r}"
        name, kind, encoding, *said = match.groups()
        found.append(Font(name, kind, encoding, *(word == "yes" for word in said)))
    return found


class Picture(NamedTuple):
    """One image of a file, as pdfimages lists it."""

    page: int
    kind: str  # image, smask, mask, stencil
    width: int
    height: int
    colour: str  # gray, rgb, cmyk, icc, index, sep
    components: int
    bits: int
    encoding: str  # image: lossless; jpeg, jpx, ccitt, jbig2
    is_interpolated: bool
    ppi: tuple[int, int]


def images(pdf: Path) -> list[Picture]:
    """Return the images of a file, once for every place where they stand."""
    return [_picture(line.split()) for line in say("pdfimages", "-list", pdf).splitlines()[2:]]


def _picture(cells: list[str]) -> Picture:
    page, _, kind, width, height, colour, components, bits, encoding, smooth = cells[:10]
    ppi = (int(cells[-4]), int(cells[-3]))  # what stands between is one cell for an inline image
    size = (int(width), int(height))
    depth = (int(components), int(bits))
    return Picture(int(page), kind, *size, colour, *depth, encoding, smooth == "yes", ppi)


class Box(NamedTuple):
    """A page's box in points, from the origin of the page: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float

    def outset(self, by: float) -> Box:
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def holds(self, other: Box) -> bool:
        left, bottom, right, top = self.outset(0.01)
        return (
            left <= other.left
            and bottom <= other.bottom
            and right >= other.right
            and top >= other.top
        )


BOX = re.compile(r"Page\s+(\d+) (\w+)Box:" + r"\s+(-?[\d.]+)" * 4)


def boxes(pdf: Path) -> list[dict[str, Box]]:
    """Return each page's Media, Crop, Bleed, Trim and Art box, as a reader takes them."""
    pages: dict[int, dict[str, Box]] = {}
    for page, name, *edges in BOX.findall(say("pdfinfo", "-box", "-f", 1, "-l", 99999, pdf)):
        pages.setdefault(int(page), {})[name.lower()] = Box(*map(float, edges))
    return list(pages.values())


def text(pdf: Path) -> str:
    """Return a file's words in the order of its content, a form feed after each page."""
    return say("pdftotext", "-raw", "-enc", "UTF-8", pdf, "-")


# --- Ink -----------------------------------------------------------------------------------------


def ghostscript(device: str, output: object, pdfs: Sequence[Path], *arguments: object) -> str:
    """Return what Ghostscript wrote while it drew files, as if they were one.

    Why many at once: to start, and to read its profiles, takes it as long as three pages.
    """
    fixed = ("-q", "-dBATCH", "-dNOPAUSE", "-dNOPLATFONTS")
    return say("gs", *fixed, f"-sDEVICE={device}", f"-sOutputFile={output}", *arguments, *pdfs)


def page_count(pdf: Path) -> int:
    """Return how many pages a file has."""
    with pikepdf.open(pdf) as opened:
        return len(opened.pages)


def plates(pdf: Path, dpi: float = 72, *arguments: object) -> list[dict[str, Image.Image]]:
    """Return each page's plates by the name of their ink, from 0 (no ink) to 255 (solid).

    Cyan, Magenta, Yellow and Black are always there, and each Separation that the page names. The
    pictures show the MediaBox.
    """
    with tempfile.TemporaryDirectory() as folder:
        separate([pdf], Path(folder), dpi, *arguments)
        return separated(Path(folder) / pdf.stem)


def separate(pdfs: Sequence[Path], folder: Path, dpi: float = 72, *arguments: object) -> None:
    """Write the plates of files into folders of their names, for `separated`."""
    plain = ("-sCompression=none", f"-r{dpi}")  # they are read once, and gone
    ghostscript("tiffsep", f"{folder}/%d.tif", pdfs, *plain, *arguments)
    pages = itertools.count(1)
    for pdf in pdfs:
        (folder / pdf.stem).mkdir()
        for number, page in zip(range(1, page_count(pdf) + 1), pages, strict=False):
            (folder / f"{page}.tif").unlink()  # all inks together
            for plate in folder.glob(f"{page}(*).tif"):
                plate.rename(folder / pdf.stem / f"{number}{plate.name.removeprefix(str(page))}")


def separated(folder: Path) -> list[dict[str, Image.Image]]:
    """Return each page's plates as they were written."""
    pages: dict[int, dict[str, Image.Image]] = {}
    for file in sorted(folder.glob("*(*).tif")):
        page, name = re.fullmatch(r"(\d+)\((.*)\)", file.stem).groups()
        with Image.open(file) as plate:
            pages.setdefault(int(page), {})[name] = ImageOps.invert(plate.convert("L"))
    return [pages[page] for page in sorted(pages)]


class Coverage(NamedTuple):
    """The share of a page that has any of an ink, from 0 to 1."""

    cyan: float
    magenta: float
    yellow: float
    black: float


def coverage(pdf: Path) -> list[Coverage]:
    """Return how much of each page's MediaBox carries each ink."""
    lines = ghostscript("inkcov", "-", [pdf]).splitlines()
    return [Coverage(*map(float, line.split()[:4])) for line in lines if line.endswith("CMYK OK")]


# --- Pictures ------------------------------------------------------------------------------------


def drawn_by_poppler(pdf: Path, dpi: int = 72, fineness: int = 2) -> list[Image.Image]:
    """Return each page's MediaBox as Poppler draws it, in RGB.

    It is drawn `fineness` times finer, and made smaller; 1: as Poppler smooths edges itself.
    """
    with tempfile.TemporaryDirectory() as folder:
        say("pdftoppm", "-r", fineness * dpi, pdf, f"{folder}/page")
        return [picture.reduce(fineness) for picture in _pictures(folder, "*.ppm")]


def scanned_by_poppler(pdf: Path, dpi: int) -> list[Image.Image]:
    """Return each page's MediaBox as Poppler draws it for who reads codes: in grey, no finer."""
    with tempfile.TemporaryDirectory() as folder:
        say("pdftoppm", "-gray", "-r", dpi, pdf, f"{folder}/page")
        return _pictures(folder, "*.pgm", "L")


def drawn_by_ghostscript(pdf: Path, dpi: int = 72) -> list[Image.Image]:
    """Return each page's MediaBox as Ghostscript draws it, in RGB."""
    (pages,) = all_drawn_by_ghostscript([pdf], dpi)
    return pages


def all_drawn_by_ghostscript(pdfs: Sequence[Path], dpi: int = 72) -> list[list[Image.Image]]:
    """Return the same of each file.

    Why four times finer: below 288 dpi Ghostscript 10.00 draws the largest letters 2 pt short.
    """
    with tempfile.TemporaryDirectory() as folder:
        fine = (f"-r{4 * dpi}", "-dDownScaleFactor=4", "-sCompression=none")
        ghostscript("tiffscaled24", f"{folder}/%05d.tif", pdfs, *fine)
        pages = iter(_pictures(folder, "*.tif"))
    files = [list(itertools.islice(pages, page_count(pdf))) for pdf in pdfs]
    assert next(pages, None) is None, "more pages were drawn than there are"
    return files


def mean_difference(one: Image.Image, other: Image.Image) -> float:
    """Return by how much two pictures differ on average: 0 the same, 1 white against black."""
    means = ImageStat.Stat(_difference(one, other, 1)).mean
    return sum(means) / len(means) / 255


def worst_difference(one: Image.Image, other: Image.Image, cell: int = 12) -> float:
    """Return by how much two pictures differ where they do most, from 0 to 1.

    Squares of `cell` pixels are compared by what they hold on average: smooth edges matter little,
    a word that only one of them draws matters much.
    """
    extremes = ImageStat.Stat(_difference(one, other, cell)).extrema
    return max(most for _, most in extremes) / 255


def _difference(one: Image.Image, other: Image.Image, cell: int) -> Image.Image:
    # Renderers may round a page's size to either side: one pixel is let go.
    width, height = (min(sides) for sides in zip(one.size, other.size, strict=True))
    assert max(one.width, other.width) - width <= 1, (one.size, other.size)
    assert max(one.height, other.height) - height <= 1, (one.size, other.size)
    common = (0, 0, width, height)
    return ImageChops.difference(one.crop(common).reduce(cell), other.crop(common).reduce(cell))


def _pictures(folder: str, pattern: str, mode: str = "RGB") -> list[Image.Image]:
    return [_picture_of(file, mode) for file in sorted(Path(folder).glob(pattern))]


def _picture_of(file: Path, mode: str) -> Image.Image:
    """Return a picture that needs its file no more; to convert it in vain would copy it."""
    with Image.open(file) as picture:
        picture.load()
        return picture if picture.mode == mode else picture.convert(mode)
