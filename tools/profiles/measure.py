"""A profile and the data that it was made from to its measures, taken with Argyll and LittleCMS."""

from __future__ import annotations

import re
import subprocess
import tempfile
import zlib
from collections.abc import Sequence
from itertools import chain, product
from pathlib import Path

from PIL import Image, ImageCms

HEADINGS = (
    *("profile", "bytes", "Flate", "to Lab ΔE76 mean, max", "ΔE00 mean, max"),
    *("to and fro ΔE00 mean, max", "in gamut", "most ink", "white", "black"),
)
SRGB = Path("/usr/share/color/icc/sRGB.icc")  # of Debian's icc-profiles-free
STEPS = 11  # a side, of the sRGB cube, to and fro
INK_STEPS = 52  # a side, for the most ink: every fifth value

Point = Sequence[float]


def measures(profile: Path, data: Path, ink_limit: int) -> tuple[str, ...]:
    """Return the cells under HEADINGS, but for the name."""
    content = profile.read_bytes()
    there, count, of = to_and_fro(profile, ink_limit)
    white, black = inks(profile, [(255, 255, 255), (0, 0, 0)])
    return (
        str(len(content)),
        str(len(zlib.compress(content, 9))),
        _accuracy(profile, data),
        _accuracy(profile, data, "-k"),
        there,
        f"{count} of {of}",
        f"{most_ink(profile):.1f} %",
        " ".join(f"{ink:.0f}" for ink in white),
        " ".join(f"{ink:.0f}" for ink in black),
    )


def _accuracy(profile: Path, data: Path, *options: str) -> str:
    said = _run(["profcheck", *options, str(data), str(profile)])
    most, mean = re.search(r"max\. = ([\d.]+), avg\. = ([\d.]+)", said).groups()
    return f"{float(mean):.2f}, {float(most):.2f}"


def to_and_fro(profile: Path, ink_limit: int) -> tuple[str, int, int]:
    """Return ΔE2000 of sRGB colours in print, mean and max, of how many that it can print.

    Relative colorimetric without black point compensation, which would move them. Argyll's inverse
    of the table to Lab says which can be printed: what the table from Lab says is under test.
    """
    cube = list(product([i / (STEPS - 1) for i in range(STEPS)], repeat=3))
    labs = look_up(SRGB, "-ff", cube, "-pl")
    inverse = ["-v1", "-fif", "-ir", "-kx", f"-l{ink_limit}", str(profile)]
    lines = _run(["xicclu", *inverse], labs).splitlines()
    clipped = ["(clip)" in line for line in lines if "->" in line]
    wanted = [lab for lab, is_clipped in zip(labs, clipped, strict=True) if not is_clipped]
    printed = look_up(profile, "-ff", look_up(profile, "-fb", wanted))
    return difference(wanted, printed), len(wanted), len(labs)


def look_up(profile: Path, direction: str, points: Sequence[Point], *options: str) -> list[Point]:
    """Return what a profile makes of points: device 0 to 1, Lab as such."""
    said = _run(["xicclu", "-v0", direction, "-ir", *options, str(profile)], points)
    return [tuple(map(float, line.split())) for line in said.splitlines()]


def difference(one: Sequence[Point], other: Sequence[Point]) -> str:
    """Return ΔE2000 between two lists of Lab colours, mean and max."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("one.ti3", "other.ti3")]
        for path, labs in zip(paths, (one, other), strict=True):
            path.write_text(_as_data(labs), encoding="ascii")
        said = _run(["colverify", "-k", *map(str, paths)])
    most, mean = re.search(r"Total errors.*peak = +([\d.]+), avg = +([\d.]+)", said).groups()
    return f"{float(mean):.2f}, {float(most):.2f}"


def _as_data(labs: Sequence[Point]) -> str:
    rows = "\n".join(f"{i} {lab[0]} {lab[1]} {lab[2]}" for i, lab in enumerate(labs, 1))
    return (
        'CTI3\n\nDEVICE_CLASS "OUTPUT"\nCOLOR_REP "LAB"\n'
        "NUMBER_OF_FIELDS 4\nBEGIN_DATA_FORMAT\nSAMPLE_ID LAB_L LAB_A LAB_B\nEND_DATA_FORMAT\n"
        f"NUMBER_OF_SETS {len(labs)}\nBEGIN_DATA\n{rows}\nEND_DATA\n"
    )


def most_ink(profile: Path) -> float:
    """Return the most ink that any sRGB colour gets, in %, as hrcpub converts."""
    steps = [round(i * 255 / (INK_STEPS - 1)) for i in range(INK_STEPS)]
    return max(map(sum, inks(profile, list(product(steps, repeat=3)))))


def inks(profile: Path, colours: Sequence[tuple[int, int, int]]) -> list[tuple[float, ...]]:
    """Return the inks of sRGB colours in %, relative colorimetric, black point compensated."""
    picture = Image.frombytes("RGB", (len(colours), 1), bytes(chain.from_iterable(colours)))
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        str(profile),
        "RGB",
        "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    content = ImageCms.applyTransform(picture, transform).tobytes()
    return [tuple(b / 2.55 for b in content[i : i + 4]) for i in range(0, len(content), 4)]


def _run(command: Sequence[str], points: Sequence[Point] = ()) -> str:
    lines = "".join(" ".join(f"{x:.6f}" for x in point) + "\n" for point in points)
    return subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout
