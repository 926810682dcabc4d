"""What a file is to be: an edition's and a printer's demands, and the figures of each variant.

The figures are those of the Ghent Workgroup's 2022 specification, for its variants SheetCMYK,
Digital Print, Large Format and News; a printer's own demands take their place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.problems import Severity
from hrcpub.project.edition import BLEED, EDITIONS, SAFE, Edition
from hrcpub.records import record
from hrcpub.units import Size

if TYPE_CHECKING:
    from hrcpub.project.layout.mail import Mail
    from hrcpub.project.printers import Printer


class Resolution(NamedTuple):
    """Pixels per inch at the printed size: at or under the first an error, the second a warning."""

    least: float
    good: float


@record
class Limits:
    """Figures that a press file is held to. Lengths in points, ink in per cent.

    None means that the variant does not ask.
    """

    name: str
    about: str
    contone: Resolution
    bitmap: Resolution
    total_ink: float | None  # of all plates, in any square of 15 mm
    rich_text: float  # total ink of text whose black is 85 % or more
    reversed_text: float  # white text on a ground
    inked_text: float  # text of more than one ink
    fine_line: float = 0.25  # white, or of more than one ink
    hairline: float = 0.1  # of one ink
    bleed: float = BLEED
    safe: float = SAFE
    most_spots: int = 0
    spots: Severity = Severity.ERROR
    identity: Severity = Severity.ERROR  # PDF/X-4 and its output intent
    unit: Severity = Severity.ERROR  # UserUnit
    hidden_layers: Severity = Severity.WARNING
    blank: bool = True
    overprint: bool = True  # whether black that knocks out is worth a word
    managed_colour: bool = False  # RGB and ICC are converted by the printer


VARIANTS = {
    limits.name: limits
    for limits in (
        Limits(
            "sheetfed",
            "sheetfed offset (GWG 2022 SheetCMYK)",
            # GWG writes "less than 150" and "less than 225": at or under 149 and 224.
            contone=Resolution(149, 224),
            bitmap=Resolution(549, 799),
            total_ink=320,
            rich_text=280,
            reversed_text=8,
            inked_text=8,
        ),
        Limits(
            "digital",
            "digital presses (GWG 2022 Digital Print)",
            contone=Resolution(95, 149),
            bitmap=Resolution(349, 599),
            total_ink=None,
            rich_text=280,
            reversed_text=5,
            inked_text=5,
            spots=Severity.WARNING,
            identity=Severity.WARNING,
            blank=False,
            overprint=False,
            managed_colour=True,
        ),
        Limits(
            "large-format",
            "banners and posters on inkjets (GWG 2022 Large Format)",
            contone=Resolution(239, 299),
            bitmap=Resolution(549, 799),
            total_ink=None,
            rich_text=280,
            reversed_text=5,
            inked_text=5,
            fine_line=0.15,
            identity=Severity.WARNING,
            unit=Severity.WARNING,
            hidden_layers=Severity.ERROR,
        ),
        Limits(
            "newspaper",
            "coldset web on newsprint (GWG 2022 News)",
            contone=Resolution(99, 149),
            bitmap=Resolution(549, 799),
            total_ink=245,
            rich_text=220,
            reversed_text=10,
            inked_text=10,
            bleed=0.0,
        ),
    )
}
DEFAULT = "sheetfed"

BINDINGS = {"saddle": 4, "perfect": 2, "duplex": 2}  # pages to a sheet, or to a leaf


def limits_of(variant: str, printer: Printer | None = None, spots: int = 0) -> Limits:
    """Return a variant's figures, with what a printer asks for in their place.

    `spots` are the plates that are ordered besides those of the process inks.
    """
    limits = replace(VARIANTS[variant], most_spots=spots)
    if printer is None:
        return limits
    ink = printer.ink_limit  # where the variant has no limit: a digital press may have one
    if limits.total_ink is not None:
        ink = min(limits.total_ink, printer.most_ink)
    # A shop's figure is what it likes to see; the variant's error stays where it is.
    contone = Resolution(limits.contone.least, printer.minimum_ppi - 1)
    return replace(
        limits,
        total_ink=ink,
        bleed=printer.bleed,
        safe=printer.safe,
        contone=contone if printer.minimum_ppi > limits.contone.least else limits.contone,
    )


class Expected(NamedTuple):
    """What a file should be. `size` is its pages' trim, in points; None where nobody said.

    `folds` are where a piece is folded, in points from the trim's left edge. `limits` is None for
    the editions that no print shop sees.
    """

    edition: Edition = EDITIONS["press"]
    pages: int | None = None
    size: Size | None = None
    bleed: float | None = None  # exactly, where it is ours; else at least that of the limits
    families: frozenset[str] = frozenset()  # that may be drawn; empty: any
    limits: Limits | None = None
    folds: tuple[float, ...] = ()
    page_folds: tuple[tuple[float, ...], ...] = ()  # the same for each page, where they differ
    binding: str | None = None
    sheets: tuple[Size, ...] = ()  # what the printer prints on; empty: anything
    mail: Mail | None = None  # what a post keeps of an address side
    said: tuple[str, ...] = ()  # the texts of each page, as they were set; empty: nobody knows
    ours: bool = True  # whether it is held to what hrcpub writes, not only to what printers need

    def folds_on(self, page: int) -> tuple[float, ...]:
        """Return where a page, counted from 1, is folded."""
        return self.page_folds[page - 1] if page <= len(self.page_folds) else self.folds

    def resolution(self, is_bitmap: bool) -> Resolution | None:
        """Return what pictures are held to, or those of only black and white; None: to nothing."""
        if self.limits:
            return self.limits.bitmap if is_bitmap else self.limits.contone
        # Never an error: a poor picture in an office's print is better than no print.
        good = self.edition.good_ppi * (2 if is_bitmap else 1)
        return Resolution(0, good - 1) if good else None

    @property
    def is_press(self) -> bool:
        """Whether the file goes to a print shop."""
        return self.limits is not None
