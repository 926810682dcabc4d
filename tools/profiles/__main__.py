"""The characterisation data of printing conditions to `hrcpub/icc/*.icc`, and their measures.

    python -m tools.profiles [NAME ...]            # make them, then measure them
    python -m tools.profiles --measure [NAME ...]  # measure those that are there

Needs Argyll and the data, in Debian `argyll` and `icc-profiles-free`, and Pillow. Making one takes
Argyll three minutes or so. The same data and the same Argyll give the same bytes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hrcpub.project.condition import CONDITIONS
from tools.profiles.container import description, output_profile, tags, text
from tools.profiles.measure import HEADINGS, measures
from tools.profiles.tables import (
    from_lab,
    in_eleven_bits,
    in_one_byte,
    read,
    with_short_curves,
    write,
)

DATA = Path("/usr/share/color/icc")  # of Debian's icc-profiles-free
PROFILES = Path(__file__).resolve().parents[2] / "hrcpub" / "project" / "icc"
TOOLS = ("colprof", "profcheck", "xicclu", "colverify")

# Shops ask for 280 to 300 %, sheetfed too, where the condition itself would bear 320: that would
# buy 0.4 L* in black and longer drying. All three alike, so that any shop prints any file.
INK_LIMIT = 300
# Moderate: black ink starts at L* 85, is 30 % in the grey of L* 50, and full in black. Greys hold
# when the press drifts, and light skin stays free of black dots.
BLACK = "0 .15 .95 .95 .5"
COLPROF = (
    *("-qm", "-bh"),  # 9 nodes a side to Lab, 33 from Lab
    *("-l", str(INK_LIMIT - 1)),  # 1 for rounding to bytes
    *("-kp", *BLACK.split()),
    "-nc",  # the data stay out
)
# Under absolute colorimetric, every colour engine scales XYZ by the paper's white (ICC.1:2001-04,
# `mediaWhitePointTag`); Argyll alone would adapt by Bradford, and others miss the data by a little.
MEDIA_RELATIVE = "ARGYLL_CREATE_WRONG_VON_KRIES_OUTPUT_CLASS_REL_WP"

# Measured on TR 006 (mean ΔE2000 to and fro, of colours that it can print; Flate bytes of the
# table): 33 nodes in equal steps 0.16, 99 KB; 25 so spread 0.29, 49 KB; 17 0.45, 16 KB. A byte of
# ink alone is 0.2 or so.
NODES = 25
GAMUT_NODES = 17
SPREAD = 0.85


@dataclass(frozen=True, slots=True)
class Recipe:
    """From which data a condition's profile is made, and what it says of itself."""

    data: str
    description: str
    credit: str


NPES = (
    "Made by the hrcpub authors. Source of the characterization data: ANSI CGATS {}, "
    "Copyright 2007 NPES."
)
RECIPES = {
    "gracol2006-coated": Recipe(
        "TR006.ti3", "hrcpub coated, CGATS TR 006 data", NPES.format("TR 006-2007 (GRACoL)")
    ),
    "swop2006-coated3": Recipe(
        "TR003.ti3", "hrcpub coated grade 3, CGATS TR 003 data", NPES.format("TR 003-2007 (SWOP)")
    ),
    "fogra39-coated": Recipe(
        "FOGRA39L.ti3",
        "hrcpub coated, FOGRA39 data",
        "Made by the hrcpub authors. Source of the characterization data: Fogra, FOGRA39L, 2006.",
    ),
}


def main() -> int:
    """Make and measure; 0, or 2 where something is missing."""
    parser = argparse.ArgumentParser(prog="python -m tools.profiles")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(CONDITIONS))
    parser.add_argument("--measure", action="store_true", help="make nothing, only measure")
    wanted = parser.parse_args()
    names = wanted.names or list(CONDITIONS)
    if lacking := _lacking(names):
        print(*lacking, sep="\n", file=sys.stderr)
        return 2
    if not wanted.measure:
        for name in names:
            (PROFILES / f"{name}.icc").write_bytes(make(RECIPES[name]))
    _row(HEADINGS)
    _row(("---",) * len(HEADINGS))
    for name in names:
        _row((name, *measures(PROFILES / f"{name}.icc", DATA / RECIPES[name].data, INK_LIMIT)))
    return 0


def _lacking(names: list[str]) -> list[str]:
    unknown = [f"No condition is named {name}." for name in names if name not in RECIPES]
    data = [DATA / RECIPES[name].data for name in names if name in RECIPES]
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    missing += [str(path) for path in data if not path.is_file()]
    way = "Missing: {}. On Debian: apt-get install argyll icc-profiles-free"
    return unknown + ([way.format(", ".join(missing))] if missing else [])


def _row(cells: tuple[str, ...]) -> None:
    print("| " + " | ".join(cells) + " |", flush=True)


def make(recipe: Recipe) -> bytes:
    """Return the profile: Argyll's model of the data, in tables cut to the size that carries it."""
    made = tags(_argyll(DATA / recipe.data))
    to_lab = with_short_curves(read(made["A2B1"]), inputs=129, outputs=33)
    from_pcs = from_lab(read(made["B2A1"]), NODES, SPREAD)
    beyond = from_lab(read(made["gamt"]), GAMUT_NODES, SPREAD)
    a2b, b2a = write(to_lab, in_eleven_bits), write(from_pcs, in_one_byte)
    return output_profile(
        {
            "desc": description(recipe.description),
            "cprt": text(recipe.credit),
            "wtpt": made["wtpt"],
            # One rendering, colorimetric: the other intents point to it.
            **{"A2B0": a2b, "A2B1": a2b, "A2B2": a2b},
            **{"B2A0": b2a, "B2A1": b2a, "B2A2": b2a},
            "gamt": write(beyond, in_one_byte),
        }
    )


def _argyll(data: Path) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(data, folder)
        command = ["colprof", *COLPROF, "-O", "made.icc", data.stem]
        environment = {**os.environ, MEDIA_RELATIVE: "1"}
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
        return (Path(folder) / "made.icc").read_bytes()


if __name__ == "__main__":
    sys.exit(main())
