"""A `SheetLayout` and its `Artwork` to a file: the only place where press sheets become PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from hrcpub.pipeline.impose import artwork as art
from hrcpub.pipeline.impose import dummy, sheet_marks
from hrcpub.pipeline.impose import problems as impose_problems
from hrcpub.pipeline.impose.artwork import Artwork
from hrcpub.pipeline.impose.copying import Copier
from hrcpub.pipeline.impose.sheet_marks import Marks
from hrcpub.pipeline.impose.sheets import Flip, Placement, SheetLayout, Side
from hrcpub.pipeline.impose.writing import Writer
from hrcpub.problems import HrcpubError
from hrcpub.units import Size, pdf_number

OLDEST = "1.5"  # the first version with object streams


OFFICE = Marks()  # black, for a printer of the office


@dataclass(frozen=True, slots=True)
class Appearance:
    """How press sheets come out."""

    marks: Marks = OFFICE
    is_dummy: bool = False
    has_boxes: bool = True  # Trim and Bleed around the pieces; else the sheet is all there is


def place(
    artwork: Artwork,
    layout: SheetLayout,
    file: BinaryIO,
    look: Appearance,
    slugs: Artwork | None = None,
) -> None:
    """Write a layout's sheets: each page once, as a Form XObject, drawn wherever it lies.

    Sheets are written as they come, so that many take no more memory than few. `slugs` has one
    page for each side, drawn beneath it at full size. Raises HrcpubError when a file breaks on
    the way: what it holds is read only now.
    """
    writer = Writer(file, _version(artwork))
    try:
        _SheetWriter(artwork, layout, look, slugs, writer).write()
    except (HrcpubError, OSError, MemoryError):
        raise
    except (Exception, RecursionError) as error:  # whatever pypdf stumbles over
        said = " ".join(str(error).split())[:120] or type(error).__name__
        raise HrcpubError(impose_problems.unreadable(", ".join(artwork.names), said)) from error


def _version(artwork: Artwork) -> str:
    """Return the newest version among the files, and no older than what is written."""
    versions = [reader.pdf_header.removeprefix("%PDF-").strip() for reader in artwork.readers]
    known = [version for version in versions if version in ("1.5", "1.6", "1.7", "2.0")]
    return max([OLDEST, *known])


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
        self.copiers = [Copier(reader, writer) for reader in artwork.readers]
        self.slug_copiers = [Copier(reader, writer) for reader in slugs.readers] if slugs else []
        self.forms: dict[int, int] = {}
        self.shared: dict[bytes, int] = {}
        self.group = next((p for p in artwork.pages if p.group is not None), None)
        self.every_plate = 0

    def write(self) -> None:
        """Write everything: sides, page tree, catalog."""
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
        drawn, used = [], {}
        around = sheet_marks.drawn(side, self.layout.sheet, self.look.marks)
        if around:
            used["/Marks"] = self._shared("\n".join(around).encode())
            drawn.append("/Marks Do")
        if self.slugs:
            used["/Slug"] = self.slug_copiers[0].form(self.slugs.pages[index])
            drawn.append("/Slug Do")
        drawn += sheet_marks.slug(side, self.layout.sheet, self.look.marks)
        for placement in side.placements:
            used[f"/P{placement.page}"] = self._form(placement.page)
            drawn.append(self._drawn(placement))
        contents = self.writer.add_packed(b"", "\n".join(drawn).encode())
        forms = " ".join(f"{name} {number} 0 R" for name, number in used.items())
        spaces = (
            f"/ColorSpace <</{sheet_marks.ALL} {self.every_plate} 0 R>>" if self.every_plate else ""
        )
        resources = f"<</XObject <<{forms}>> {spaces}>>".encode()
        head = b"<</Type /Page /Parent %d 0 R /Contents %d 0 R /Resources " % (tree, contents)
        number = self.writer.add(head + resources + self._boxes(side) + self._page_group() + b">>")
        for copier in (*self.copiers, *self.slug_copiers):
            copier.drain()
        return number

    def _boxes(self, side: Side) -> bytes:
        sheet = self.layout.sheet
        boxes = f" /MediaBox [0 0 {pdf_number(sheet.width)} {pdf_number(sheet.height)}]"
        if self.look.has_boxes and side.trim is not None:
            for name, box in (("Bleed", side.bleed or side.trim), ("Trim", side.trim)):
                boxes += f" /{name}Box [{' '.join(pdf_number(max(0.0, edge)) for edge in box)}]"
        return boxes.encode()

    def _page_group(self) -> bytes:
        """Return the pages' transparency group: what is blended is blended in the same space."""
        if self.group is None or self.look.is_dummy:
            return b""
        return b" /Group " + self.copiers[self.group.file].text(self.group.group)

    def _shared(self, content: bytes) -> int:
        """Return the form that draws this, written once however many sides have it."""
        if content not in self.shared:
            width, height = self.layout.sheet
            entries = f"/Subtype /Form /BBox [0 0 {pdf_number(width)} {pdf_number(height)}]"
            if self.every_plate:
                entries += (
                    f" /Resources <</ColorSpace <</{sheet_marks.ALL} {self.every_plate} 0 R>>>>"
                )
            else:
                entries += " /Resources <<>>"
            self.shared[content] = self.writer.add_packed(entries.encode(), content)
        return self.shared[content]

    def _form(self, number: int) -> int:
        if number not in self.forms:
            page = self.artwork.pages[number - 1]
            if self.look.is_dummy:
                self.forms[number] = self._dummy(number, page.size)
            else:
                self.forms[number] = self.copiers[page.file].form(page)
        return self.forms[number]

    def _dummy(self, number: int, size: Size) -> int:
        box = f"[0 0 {pdf_number(size.width)} {pdf_number(size.height)}]"
        entries = f"/Subtype /Form /BBox {box} /Resources <<>>".encode()
        return self.writer.add_packed(entries, dummy.page(number, size))

    def _drawn(self, placement: Placement) -> str:
        """Return the operators that draw a page where it lies, clipped to what is shown of it."""
        clip = placement.clip or placement.covers(self.artwork.pages[placement.page - 1].size)
        cosine, sine = placement.turn
        turn = " ".join(pdf_number(part) for part in (cosine, sine, -sine, cosine))
        box = " ".join(pdf_number(part) for part in (clip.left, clip.foot, clip.width, clip.height))
        at = f"{pdf_number(placement.x)} {pdf_number(placement.y)}"
        return f"q {box} re W n {turn} {at} cm /P{placement.page} Do Q"

    # --- The document ---

    def _catalog(self, tree: int) -> tuple[int, int | None]:
        flips = {Flip.LONG: "DuplexFlipLongEdge", Flip.SHORT: "DuplexFlipShortEdge"}
        duplex = flips[self.layout.flip] if self.layout.flip else "Simplex"
        entries = f"/Type /Catalog /Pages {tree} 0 R /ViewerPreferences".encode()
        entries += f" <</Duplex /{duplex} /PrintScaling /None>>".encode()
        info = None
        reader, copier = self.artwork.readers[0], self.copiers[0]
        if agree(self.artwork):
            for key in ("/OutputIntents", "/Lang"):
                if key in reader.root_object:
                    value = copier.text(reader.root_object.raw_get(key))
                    entries += b" %b %b" % (key.encode(), value)
            if found := art.metadata(reader):
                entries += b" /Metadata %d 0 R" % self._metadata(found)
        if "/Info" in reader.trailer:
            info = copier.number(reader.trailer.raw_get("/Info"))
        return self.writer.add(b"<<%b%b>>" % (entries, self._layers())), info

    def _metadata(self, xmp: bytes) -> int:
        """Write XMP as it was, unpacked: who looks for it need not know PDF (ISO 19005-2)."""
        number = self.writer.number()
        return self.writer.put_stream(number, b"/Type /Metadata /Subtype /XML", xmp)

    def _layers(self) -> bytes:
        """Return the layers of all files: what was hidden stays hidden."""
        groups, off = [], []
        for reader, copier in zip(self.artwork.readers, self.copiers, strict=True):
            found = reader.root_object.get("/OCProperties")
            properties = found.get_object() if found is not None else None
            if not isinstance(properties, dict) or self.look.is_dummy:
                continue
            shown = properties.get("/D")
            default = shown.get_object() if shown is not None else {}
            groups += [copier.text(one) for one in properties.get("/OCGs", ())]
            off += [copier.text(one) for one in default.get("/OFF", ())]
        if not groups:
            return b""
        every, hidden = b" ".join(groups), b" ".join(off)
        return b" /OCProperties <</OCGs [%b] /D <</Order [%b] /OFF [%b]>>>>" % (
            every,
            every,
            hidden,
        )


def agree(artwork: Artwork) -> bool:
    """Return whether all files are meant for the same printing."""
    return len({art.intents(reader) for reader in artwork.readers}) == 1


def _first_id(artwork: Artwork) -> bytes | None:
    found = artwork.readers[0].trailer.get("/ID")
    ids = found.get_object() if found is not None else None
    first = ids[0] if isinstance(ids, list) and ids else None
    return (
        bytes(first.original_bytes)
        if first is not None and hasattr(first, "original_bytes")
        else None
    )
