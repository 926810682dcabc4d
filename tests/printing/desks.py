"""The printers of the tests' office: what each is, and what it tells of itself."""

from __future__ import annotations

from dataclasses import dataclass

LETTER = ("na_letter_8.5x11in", 21590, 27940)
EDGES = ("bottom", "left", "right", "top")
A4 = ("iso_a4_210x297mm", 21000, 29700)


@dataclass(frozen=True)
class Desk:
    """A printer of `ippeveprinter`. With `attributes` it says what they say, and nothing else."""

    name: str
    port: int
    formats: str
    switches: tuple[str, ...] = ()
    attributes: str = ""


def told(media: tuple[str, int, int], margin: int, formats: str, *, is_laser: bool = False) -> str:
    """Return a printer's attributes with one paper, margins in 1/100 mm.

    It prints both sides, and sheets come out face up; a small laser: one, face down.
    """
    name, wide, high = media
    margins = " ".join(f"MEMBER integer media-{edge}-margin {margin}" for edge in EDGES)
    size = (
        f"MEMBER collection media-size {{ MEMBER integer x-dimension {wide} "
        f"MEMBER integer y-dimension {high} }} MEMBER keyword media-size-name {name}"
    )
    tray = f"MEMBER keyword media-color yellow {margins} MEMBER keyword media-source main"
    sides = "one-sided" if is_laser else "one-sided,two-sided-long-edge,two-sided-short-edge"
    bin_ = "face-down" if is_laser else "face-up"
    urf = "V1.4,CP1,W8,PQ4,RS300" + ("" if is_laser else ",DM1")
    lines = [
        f"ATTR keyword media-supported {name}",
        f"ATTR keyword media-default {name}",
        f"ATTR keyword media-ready {name}",
        f"ATTR collection media-size-supported {{ MEMBER integer x-dimension {wide} "
        f"MEMBER integer y-dimension {high} }}",
        f"ATTR collection media-col-default {{ {size} {margins} }}",
        f"ATTR collection media-col-database {{ {size} {margins} }}",
        f"ATTR collection media-col-ready {{ {size} {tray} }}",
        *(f"ATTR integer media-{edge}-margin-supported {margin}" for edge in EDGES),
        "ATTR keyword media-source-supported main",
        "ATTR keyword media-type-supported stationery",
        "ATTR keyword media-col-supported media-size,media-bottom-margin,media-left-margin,"
        "media-right-margin,media-top-margin,media-source",
        f"ATTR keyword sides-supported {sides}",
        "ATTR keyword sides-default one-sided",
        "ATTR boolean color-supported false",
        "ATTR keyword print-color-mode-supported monochrome",
        "ATTR keyword print-color-mode-default monochrome",
        "ATTR integer pages-per-minute 60",
        "ATTR rangeOfInteger copies-supported 1-999",
        "ATTR integer copies-default 1",
        f"ATTR keyword output-bin-supported {bin_}",
        f"ATTR keyword output-bin-default {bin_}",
        "ATTR enum print-quality-supported 4",
        "ATTR enum print-quality-default 4",
        "ATTR resolution printer-resolution-supported 300dpi",
        "ATTR resolution printer-resolution-default 300dpi",
        "ATTR keyword pwg-raster-document-type-supported sgray_8",
        "ATTR resolution pwg-raster-document-resolution-supported 300dpi",
        "ATTR keyword pwg-raster-document-sheet-back normal",
        f"ATTR keyword urf-supported {urf}",
        "ATTR enum finishings-supported 3",
        "ATTR enum finishings-default 3",
        f"ATTR mimeMediaType document-format-supported application/octet-stream,{formats}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


PDF, PWG, URF = "application/pdf", "image/pwg-raster", "image/urf"
DESKS = (
    Desk("duplex", 8631, PDF, ("-2",)),
    Desk("simplex", 8632, PWG, attributes=told(LETTER, 635, PWG, is_laser=True)),
    Desk("colour", 8633, PDF, ("-2", "-s", "30,30")),
    Desk("a4", 8634, URF, attributes=told(A4, 423, URF)),
    Desk("wide", 8635, PWG, attributes=told(LETTER, 1270, PWG)),
)
