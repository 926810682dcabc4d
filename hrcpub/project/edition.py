"""The editions: what each is for, and what prepress, preflight and imposition make of it."""

from __future__ import annotations

from enum import StrEnum

from hrcpub.records import record
from hrcpub.units import PAPER_SIZES, POINTS_PER_UNIT, Size


class PaperColour(StrEnum):
    """How a piece's paper gets its colour."""

    FLOOD = "flood"  # printed, to the bleed
    STOCK = "stock"  # it is coloured paper: black alone is printed
    WHITE = "white"  # black on white paper


@record
class Edition:
    """One kind of file that leaves the house. Lengths in points."""

    name: str
    about: str
    paper: PaperColour  # unless the build says otherwise
    bleed: float = 0.0  # beyond the trim, on every side
    margin: float = 0.0  # of the sheet, kept clear for a printer that cannot print to the edge
    # What a smaller piece is imposed on; None: one piece a page. `Layout.edition` has the office's.
    sheet: Size | None = None
    is_tagged: bool = False  # PDF/UA-1: tags, reading order, language
    has_links: bool = False
    form: str = "layout"  # how words are laid out: as the layout has it, or reflowed on a grid
    template: str = "layout"  # of the layout's folder; two forms may share one
    is_on_request: bool = False  # made only where a material, an item or a person asks for it
    ppi: float = 220.0  # pixels to the inch of photographs: what a good screen shows at full size
    # Under so many a photograph looks poor on the paper of an office; 0: a shop says, or nobody.
    good_ppi: float = 0.0
    is_grey: bool = False  # photographs are black alone
    is_inked: bool = False  # PDF/X-4 and PDF/A-2b: inks, output intent, printer's marks

    def is_sheet(self, trim: Size) -> bool:
        """Return whether a piece is as large as this edition's sheet, whichever way up."""
        return self.sheet is not None and sorted(trim) == sorted(self.sheet)

    @property
    def is_printed(self) -> bool:
        """Whether it is for paper, in an office or a print shop."""
        return self.is_inked or self.sheet is not None

    def is_filled_by(self, trim: Size) -> bool:
        """Return whether pieces of a size fill the sheet to its edges: one, or two half sheets."""
        if self.sheet is None:
            return False
        ways = (self.sheet, (self.sheet.height, self.sheet.width))
        return any(wide % trim.width < 0.01 and high % trim.height < 0.01 for wide, high in ways)


# Numbers, since nearly every start loads them: to read lengths as texts, one more pattern.
_INCH, _MM = POINTS_PER_UNIT["in"], POINTS_PER_UNIT["mm"]
BLEED = 0.125 * _INCH  # what US shops ask for
MARGIN = 6 * _MM  # what office printers cannot reach, and what presses hold a sheet by
DESK_PPI = 150.0  # a laser printer of 600 dpi has half as many dots of grey; GWG asks it of digital
SAFE = 0.125 * _INCH  # inside the trim: shops' knives are off by up to 1/16 in

EDITIONS = {
    edition.name: edition
    for edition in (
        Edition(
            "office",
            "for an office printer: margins kept clear, no bleed; small pieces several to a sheet",
            paper=PaperColour.STOCK,
            margin=MARGIN,
            sheet=PAPER_SIZES["letter"],
            ppi=300.0,
            good_ppi=DESK_PPI,
            is_grey=True,
        ),
        Edition(
            "screen",
            "for the web and phones, with links; accessible (tagged, PDF/UA-1)",
            paper=PaperColour.FLOOD,
            is_tagged=True,
            has_links=True,
        ),
        Edition(
            "large-print",
            "in large type, 18 pt, black on white; accessible (tagged, PDF/UA-1)",
            paper=PaperColour.WHITE,
            is_tagged=True,
            has_links=True,
            form="large-print",
            template="large-print",
            good_ppi=DESK_PPI,  # offices print it, too
        ),
        Edition(
            "phone",
            "for a phone in the hand, 16 pt on pages of its size; made when it is asked for",
            paper=PaperColour.FLOOD,
            is_tagged=True,
            has_links=True,
            form="phone",
            template="large-print",
            is_on_request=True,
        ),
        Edition(
            "press",
            "for a print shop: inks, bleed and printer's marks (PDF/X-4, PDF/A-2b)",
            paper=PaperColour.FLOOD,
            bleed=BLEED,
            ppi=300.0,
            is_inked=True,
        ),
    )
}

USUAL = tuple(edition.name for edition in EDITIONS.values() if not edition.is_on_request)
TEMPLATES = {edition.form: edition.template for edition in EDITIONS.values()}
FORMS = tuple(dict.fromkeys(TEMPLATES.values()))  # as layouts name them: by their templates
