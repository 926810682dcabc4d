"""A `SheetLayout` and its `Artwork` to a PDF of press sheets.

`copying` brings the pages over, `writing` writes the file, and `sheet_marks`, `letters` and `dummy`
give what else is drawn. Everything before this step is numbers.
"""

from __future__ import annotations

from typing import BinaryIO, NamedTuple

from hrcpub.pipeline.impose import claims, dummy, sheet_marks
from hrcpub.pipeline.impose import problems as impose_problems
from hrcpub.pipeline.impose.artwork import Artwork
from hrcpub.pipeline.impose.copying import Copier
from hrcpub.pipeline.impose.pdf_syntax import (
    DamagedPdf,
    UnusualPdf,
    items,
    reference,
    string_of,
)
from hrcpub.pipeline.impose.pdf_syntax import entries as dict_of
from hrcpub.pipeline.impose.sheet_marks import Marks
from hrcpub.pipeline.impose.sheets import Flip, Placement, SheetLayout, Side
from hrcpub.pipeline.impose.writing import Writer, numbers
from hrcpub.problems import HrcpubError
from hrcpub.records import record
from hrcpub.units import Size

OLDEST = "1.5"  # the first version of PDF with object streams
OFFICE = Marks()  # black, for an office printer
DUPLEX = {None: "Simplex", Flip.LONG: "DuplexFlipLongEdge", Flip.SHORT: "DuplexFlipShortEdge"}


@record
class Appearance:
    """How press sheets look: their marks, and what is in the place of the pages."""

    marks: Marks = OFFICE
    is_dummy: bool = False  # numbers and arrows in place of the pages
    has_boxes: bool = True  # TrimBox and BleedBox around the pieces; False: only a MediaBox


def place(
    artwork: Artwork,
    layout: SheetLayout,
    file: BinaryIO,
    look: Appearance,
    slugs: Artwork | None = None,
) -> None:
    """Write a layout's sheets: each page once, as a Form XObject, drawn wherever it is placed.

    Sheets are written as they come, so many take no more memory than a few. `slugs` has one page
    for each side, drawn beneath it at full size. Raises HrcpubError when a page cannot be read:
    what pages hold is read only now.
    """
    writer = Writer(file, _version(artwork))
    try:
        _SheetWriter(artwork, layout, look, slugs, writer).write()
    except (DamagedPdf, UnusualPdf) as error:
        names = ", ".join(artwork.names)
        raise HrcpubError(impose_problems.unreadable(names, str(error))) from error


def _version(artwork: Artwork) -> str:
    """Return the newest version of PDF among the files, and not an older one than is written."""
    versions = [pdf.version for pdf in artwork.files]
    known = [version for version in versions if version in ("1.5", "1.6", "1.7", "2.0")]
    return max([OLDEST, *known])


class _SideMarks(NamedTuple):
    """What is around the pieces of a side, and over them: operators; and its boxes."""

    around: bytes
    over: bytes
    boxes: bytes


class _SheetWriter:
    """The writing of one file."""

    def __init__(
        self,
        artwork: Artwork,
        layout: SheetLayout,
        look: Appearance,
        slugs: Artwork | None,
        writer: Writer,
    ) -> None:
        self.artwork, self.layout, self.look, self.slugs = artwork, layout, look, slugs
        self.writer = writer
        self.copiers = [Copier(pdf, writer) for pdf in artwork.files]
        self.slug_copiers = [Copier(pdf, writer) for pdf in slugs.files] if slugs else []
        # Numbers of objects: of each page's dummy, of what sides share, and of the colour All.
        self.dummies: dict[int, int] = {}
        self.shared: dict[bytes, int] = {}
        self.side_marks: dict[tuple[object, ...], _SideMarks] = {}
        self.every_plate = 0
        # Colours of a sheet can blend in one space only: that of the first page that names one.
        self.group = next((p for p in artwork.pages if p.group), None)

    def write(self) -> None:
        """Write everything: the sides, the page tree, the catalog."""
        writer = self.writer
        tree, kids = writer.number(), []
        if self.look.marks.is_on_every_plate:
            self.every_plate = writer.add(sheet_marks.EVERY_PLATE)
        for index, side in enumerate(self.layout.sides):
            kids.append(self._side(index, side, tree))
        listed = b" ".join(b"%d 0 R" % kid for kid in kids)
        writer.put(tree, b"<</Type /Pages /Count %d /Kids [%b]>>" % (len(kids), listed))
        root, info = self._catalog(tree)
        for copier in (*self.copiers, *self.slug_copiers):
            copier.drain()
        self.writer.finish(root, info, _first_id(self.artwork))

    def _side(self, index: int, side: Side, tree: int) -> int:
        operators, forms = [], {}  # forms: numbers of objects by the names of resources
        its = self._marks(side)
        if its.around:
            forms["/Marks"] = self._shared(its.around)
            operators.append("/Marks Do")
        if self.slugs:
            forms["/Slug"] = self.slug_copiers[0].form(self.slugs.pages[index])
            operators.append("/Slug Do")
        else:  # two lines about one side would stand in each other's way
            operators += sheet_marks.slug(side, self.layout.sheet, self.look.marks)
        for placement in side.placements:
            forms[f"/P{placement.page}"] = self._form(placement.page)
            operators.append(self._drawn(placement))
        if its.over:
            forms["/Cuts"] = self._shared(its.over)
            operators.append("/Cuts Do")
        contents = self.writer.add_packed(b"", "\n".join(operators).encode())
        listed = " ".join(f"{name} {number} 0 R" for name, number in forms.items())
        resources = f"<</XObject <<{listed}>> {self._spaces()}>>".encode()
        head = b"<</Type /Page /Parent %d 0 R /Contents %d 0 R /Resources " % (tree, contents)
        number = self.writer.add(head + resources + its.boxes + self._page_group() + b">>")
        for copier in (*self.copiers, *self.slug_copiers):
            copier.drain()
        return number

    def _spaces(self) -> str:
        """Return the entry of resources that names the marks' colour; empty: they are black."""
        if not self.every_plate:
            return ""
        return f"/ColorSpace <</{sheet_marks.ALL} {self.every_plate} 0 R>>"

    def _marks(self, side: Side) -> _SideMarks:
        """Return the marks and boxes of a side, worked out once for all that are alike."""
        key = side.frame
        if key not in self.side_marks:
            sheet, marks = self.layout.sheet, self.look.marks
            around, over = (
                "\n".join(operators(side, sheet, marks)).encode()
                for operators in (sheet_marks.drawn, sheet_marks.inner)
            )
            self.side_marks[key] = _SideMarks(around, over, self._boxes(side))
        return self.side_marks[key]

    def _boxes(self, side: Side) -> bytes:
        boxes = f" /MediaBox [{numbers((0, 0, *self.layout.sheet))}]"
        if self.look.has_boxes and side.trim is not None:
            for name, box in (("Bleed", side.bleed or side.trim), ("Trim", side.trim)):
                boxes += f" /{name}Box [{numbers(tuple(max(0.0, edge) for edge in box))}]"
        return boxes.encode()

    def _page_group(self) -> bytes:
        """Return the transparency group of the pages: it says in which space colours blend."""
        if self.group is None or self.look.is_dummy:
            return b""
        return b" /Group " + self.copiers[self.group.file].text(self.group.group)

    def _shared(self, content: bytes) -> int:
        """Return the form that draws `content`, written once however many sides have it."""
        if content not in self.shared:
            entries = f"/Subtype /Form /BBox [{numbers((0, 0, *self.layout.sheet))}]"
            entries += f" /Resources <<{self._spaces()}>>"
            self.shared[content] = self.writer.add_packed(entries.encode(), content)
        return self.shared[content]

    def _form(self, number: int) -> int:
        page = self.artwork.pages[number - 1]
        if not self.look.is_dummy:
            return self.copiers[page.file].form(page)
        if number not in self.dummies:
            self.dummies[number] = self._dummy(number, page.size)
        return self.dummies[number]

    def _dummy(self, number: int, size: Size) -> int:
        box = numbers((0, 0, *size))
        entries = f"/Subtype /Form /BBox [{box}] /Resources <<>>".encode()
        return self.writer.add_packed(entries, dummy.page(number, size))

    def _drawn(self, placement: Placement) -> str:
        """Return the operators that draw a page in its place, clipped to what is shown of it."""
        clip = placement.clip or placement.covers(self.artwork.pages[placement.page - 1].size)
        cosine, sine = placement.turn
        at = numbers((cosine, sine, -sine, cosine, placement.x, placement.y))
        box = numbers((clip.left, clip.bottom, clip.width, clip.height))
        return f"q {box} re W n {at} cm /P{placement.page} Do Q"

    # --- The document ---

    def _catalog(self, tree: int) -> tuple[int, int | None]:
        """Write the catalog; return its number, and that of the document's Info or None."""
        entries = f"/Type /Catalog /Pages {tree} 0 R /ViewerPreferences".encode()
        entries += f" <</Duplex /{DUPLEX[self.layout.flip]} /PrintScaling /None>>".encode()
        info = None
        pdf, copier = self.artwork.files[0], self.copiers[0]
        if claims.agree(self.artwork):
            for key in (b"/OutputIntents", b"/Lang"):
                if key in pdf.root:
                    entries += b" %b %b" % (key, copier.text(pdf.root[key]))
            if xmp := claims.metadata(pdf):
                entries += b" /Metadata %d 0 R" % self._metadata(xmp)
        if fields := pdf.trailer.get(b"/Info"):
            old = reference(fields)  # some programs write it there, against §7.5.5
            info = copier.number(old) if old else self.writer.add(copier.text(fields))
        return self.writer.add(b"<<%b%b>>" % (entries, self._layers())), info

    def _metadata(self, xmp: bytes) -> int:
        """Write XMP unpacked: programs that do not know PDF look for it (ISO 19005-2 §6.6.2.1)."""
        number = self.writer.number()
        return self.writer.put_stream(number, b"/Type /Metadata /Subtype /XML", xmp)

    def _layers(self) -> bytes:
        """Return the layers of all files: what was hidden stays hidden."""
        if self.look.is_dummy:
            return b""
        layers: list[bytes] = []
        off: list[bytes] = []
        for pdf, copier in zip(self.artwork.files, self.copiers, strict=True):
            properties = dict_of(pdf.resolved(pdf.root.get(b"/OCProperties")))
            default = dict_of(pdf.resolved(properties.get(b"/D")))
            its, on, hidden = (
                [copier.text(layer) for layer in items(pdf.resolved(array))]
                for array in (properties.get(b"/OCGs"), default.get(b"/ON"), default.get(b"/OFF"))
            )
            # What the default configuration hides (ISO 32000-2 §8.11.4.3).
            is_all_off = default.get(b"/BaseState") == b"/OFF"
            off += [layer for layer in its if layer not in on] if is_all_off else hidden
            layers += its
        if not layers:
            return b""
        listed, unseen = b" ".join(layers), b" ".join(off)
        default_of_all = b"<</Order [%b] /OFF [%b]>>" % (listed, unseen)
        return b" /OCProperties <</OCGs [%b] /D %b>>" % (listed, default_of_all)


def _first_id(artwork: Artwork) -> bytes | None:
    pdf = artwork.files[0]
    first = next(items(pdf.resolved(pdf.trailer.get(b"/ID"))), b"")
    return string_of(pdf.resolved(first))
