"""Pages of one file, with pages of others stamped on them, to one file.

A page keeps places for stamps. Each place is an empty text object in what the page draws
(`BT ET`: WeasyPrint writes one for a box on a line that holds a space), and a stamp is drawn there,
so that words are read in their order. Each page that is stamped becomes a form (ISO 32000-2
§8.10) once, however often it is used; and so is what a page draws between its places there once.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.events.shells.cells import CellForm, put_cell
from hrcpub.events.shells.problems import copy_broken
from hrcpub.events.shells.written_file import WrittenFile
from hrcpub.patterns import pattern
from hrcpub.pipeline.stages import Pdf
from hrcpub.problems import HrcpubError
from hrcpub.units import pdf_numbers

if TYPE_CHECKING:
    import pikepdf

_KEPT = pattern(rb"(?<=\n)BT\nET(?=\n)")
_NAME = pattern(rb"/(S\d+) Do")
_NUMBER = pattern(rb"(\d+) 0 R")  # of an object that is referred to
_NAMED = pattern(rb"/(S\d+) (\d+) 0 R")
# What WeasyPrint begins a page with: from CSS pixels, y downwards, to points.
_PIXELS = pattern(rb"\A1 0 0 -1 0 ([\d.]+) cm\nq\n0\.75 0 0 0\.75 0 0 cm\n")
_PIXEL = 0.75  # points
_DECIMALS = 6  # so that a sheet's far corner is right to a thousandth of a point


class PageForm(NamedTuple):
    """A page as a form."""

    pdf: Pdf
    page: int  # 1-based
    drawn: bytes | None = None  # in place of what the page draws, in its fonts; None: as it is


class Stamp(NamedTuple):
    """A form that is drawn on a page, moved and scaled about its upper left corner."""

    form: PageForm | CellForm
    x: float  # points, to the right
    y: float  # downwards
    scale: float = 1.0


class StampedPages(NamedTuple):
    """A file's pages, and what is stamped in the places of its first page, in their order."""

    pdf: Pdf
    places: tuple[tuple[Stamp, ...], ...] = ()


def layered(sheets: Sequence[StampedPages]) -> Pdf:
    """Return one file of stamped pages; its title and other metadata are the first file's.

    The same pages give the same bytes. Raises HrcpubError when a page has not as many places as
    there are stamps for, or when what was written does not read as it should.
    """
    import pikepdf

    try:
        layers = _Layers()
        expected = [drawn for sheet in sheets for drawn in layers.add(sheet)]
        pdf = layers.finished(sheets[0].pdf)
        _verify(pdf, expected)
    except (OSError, pikepdf.PdfError, LookupError, TypeError, ValueError) as error:
        raise HrcpubError(copy_broken(str(error))) from None
    return pdf


class DrawnStamp(NamedTuple):
    """What a stamp draws, and the imprint in it; None: there is none."""

    operators: bytes
    imprint: bytes | None = None


class _StampGround(NamedTuple):
    """A file's pages, as they are written but for what is their own on each."""

    head: bytes  # of the first page: its dictionary, but for what follows
    resources: bytes  # without its forms and pictures
    forms: bytes
    pieces: tuple[int, ...]  # what it draws, cut at its places
    height: float
    others: tuple[bytes, ...]  # further pages


class _PlacedStamps(NamedTuple):
    """What is stamped in one place: a stream, the forms that it names, and what they draw."""

    stream: int
    forms: tuple[int, ...]
    drawn: tuple[DrawnStamp, ...]


class _Layers:
    """A file on its way; what was opened and taken so far is there once."""

    def __init__(self) -> None:
        self._file = WrittenFile()
        self._catalog, self._tree = self._file.number(), self._file.number()
        self._pages: list[int] = []
        self._opened: dict[Pdf, pikepdf.Pdf] = {}
        self._grounds: dict[Pdf, _StampGround] = {}
        self._forms: dict[PageForm | CellForm, tuple[int, DrawnStamp]] = {}
        self._stamped: dict[tuple[tuple[Stamp, ...], float], _PlacedStamps] = {}
        self._whole: dict[tuple[Pdf, int], tuple[bytes, bytes]] = {}

    def add(self, sheet: StampedPages) -> list[list[DrawnStamp]]:
        """Add a file's pages; return what each one's stamps have to draw."""
        ground = self._ground(sheet.pdf)
        if len(ground.pieces) != len(sheet.places) + 1 and sheet.places:
            raise ValueError(f"{len(ground.pieces) - 1} places for {len(sheet.places)} stamps")
        placed = [self._place(place, ground.height) for place in sheet.places]
        forms = dict.fromkeys(number for one in placed for number in one.forms)
        streams = [ground.pieces[0]]
        for one, piece in zip(placed, ground.pieces[1:], strict=bool(placed)):
            streams += [one.stream, piece]
        self._put_page(
            b"%b/Contents[%b]/Resources<<%b/XObject<<%b%b>>>>"
            % (
                ground.head, b" ".join(map(_referring, streams or ground.pieces)),
                ground.resources, ground.forms,
                b"".join(b"/S%d %d 0 R" % (number, number) for number in forms),
            )
        )  # fmt: skip
        for page in ground.others:
            self._put_page(page)
        return [[drawn for one in placed for drawn in one.drawn], *([] for _ in ground.others)]

    def _put_page(self, entries: bytes) -> None:
        self._pages.append(self._file.put(b"<<%b/Parent %d 0 R>>" % (entries, self._tree)))

    def _place(self, stamps: tuple[Stamp, ...], height: float) -> _PlacedStamps:
        """Put what is stamped in a place, once for all pages that have the same there."""
        if (stamps, height) not in self._stamped:
            forms = [self._form(stamp.form) for stamp in stamps]
            numbers = tuple(number for number, _ in forms)
            pairs = zip(stamps, numbers, strict=True)
            drawn = b"".join(_placed(stamp, height, number) for stamp, number in pairs)
            self._stamped[stamps, height] = _PlacedStamps(
                self._file.stream(b"", drawn), numbers, tuple(one for _, one in forms)
            )
        return self._stamped[stamps, height]

    def _form(self, form: PageForm | CellForm) -> tuple[int, DrawnStamp]:
        """Return the number of a stamp's form, put where it is not there yet, and what it draws."""
        if form not in self._forms:
            put = put_cell(self._file, form) if isinstance(form, CellForm) else self._put_form(form)
            copy = form.copy.drawn if isinstance(form, CellForm) and form.copy else None
            self._forms[form] = (put[0], DrawnStamp(put[1], copy))
        return self._forms[form]

    def _put_form(self, form: PageForm) -> tuple[int, bytes]:
        """Put a page as a form; return its number, and what it draws."""
        drawn, key = form.drawn, (form.pdf, form.page)
        if key not in self._whole:
            file = self._opening(form.pdf)
            page = file.pages[form.page - 1].obj
            box = page["/MediaBox"].unparse(resolved=True)
            resources = self._file.text_of(page["/Resources"], file)
            entries = b"/Type/XObject/Subtype/Form/BBox %b/Resources %b" % (box, resources)
            self._whole[key] = (entries, page["/Contents"].read_bytes())
        entries, whole = self._whole[key]
        return self._file.stream(entries, whole if drawn is None else drawn), drawn or whole

    def _opening(self, pdf: Pdf) -> pikepdf.Pdf:
        import pikepdf

        if pdf not in self._opened:
            file = self._opened[pdf] = pikepdf.open(io.BytesIO(pdf))
            file.remove_unreferenced_resources()
        return self._opened[pdf]

    def _ground(self, pdf: Pdf) -> _StampGround:
        if pdf not in self._grounds:
            file = self._opening(pdf)
            first, *others = file.pages
            pieces, height = _cut(first.obj["/Contents"].read_bytes())
            resources = first.obj["/Resources"]
            self._grounds[pdf] = _StampGround(
                self._entries(first.obj, file, "/Parent", "/Contents", "/Resources"),
                self._entries(resources, file, "/XObject"),
                self._entries(resources["/XObject"], file) if "/XObject" in resources else b"",
                tuple(self._file.stream(b"", piece) for piece in pieces),
                height,
                tuple(self._entries(page.obj, file, "/Parent") for page in others),
            )
        return self._grounds[pdf]

    def _entries(self, things: pikepdf.Object, file: pikepdf.Pdf, *without: str) -> bytes:
        """Return a dictionary's entries as they are written here."""
        import pikepdf

        copied = pikepdf.Dictionary(dict(things.items()))
        for name in without:
            if name in copied:
                del copied[name]
        return self._file.text_of(copied, file)[2:-2]

    def finished(self, first: Pdf) -> Pdf:
        """Return the file; its catalog is that of the first one, but for the pages."""
        file = self._opening(first)
        kids = b" ".join(map(_referring, self._pages))
        count = len(self._pages)
        self._file.put(b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, kids), self._tree)
        catalog = self._entries(file.Root, file, "/Pages")
        self._file.put(b"<<%b/Pages %d 0 R>>" % (catalog, self._tree), self._catalog)
        info = file.trailer.get("/Info")
        said = self._file.text_of(info, file) if info is not None else b""
        return Pdf(self._file.finished(self._catalog, said))


def _referring(number: int) -> bytes:
    return b"%d 0 R" % number


def _cut(drawn: bytes) -> tuple[list[bytes], float]:
    """Return what a page draws, cut at its places, and how tall it is."""
    begins = _PIXELS.match(drawn)
    if begins is None:
        raise ValueError("a page does not begin as WeasyPrint's do")
    return _KEPT.split(drawn), float(begins[1])


def _placed(stamp: Stamp, height: float, number: int) -> bytes:
    """Return the operators that draw a stamp where the page counts in pixels, y downwards."""
    return b"q %b cm /S%d Do Q\n" % (_matrix(*stamp[1:], height), number)


@functools.lru_cache(maxsize=4096)  # boxes with the same things in them have the same places
def _matrix(x: float, y: float, scale: float, height: float) -> bytes:
    pixels = scale / _PIXEL
    # The form's own y grows upwards from its foot, which lies `height` below its head.
    down = (y + scale * height) / _PIXEL
    numbers = (pixels, 0.0, 0.0, -pixels, x / _PIXEL, down)
    return pdf_numbers(numbers, _DECIMALS).encode()


def _verify(pdf: Pdf, expected: Sequence[Sequence[DrawnStamp]]) -> None:
    """Read a stamped file again; raise ValueError unless each stamp is drawn on its page.

    Why: it is written by hand where nothing looked at it since the parts were proven.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as file:
        stamps = _ReadStamps(file)
        found = [stamps.of_page(page) for page in file.pages]
        if warnings := file.get_warnings():
            raise ValueError(str(warnings[0]))
    if found != list(expected):
        raise ValueError("a stamp is not the one that should be there")


class _ReadStamps:
    """What stamps draw; they come on many pages, as what is drawn there does, and are read once."""

    def __init__(self, file: pikepdf.Pdf) -> None:
        self._file = file
        self._names: dict[bytes, list[bytes]] = {}  # by the stream's number
        self._drawn: dict[bytes, DrawnStamp] = {}  # by the form's

    def of_page(self, page: pikepdf.Page) -> list[DrawnStamp]:
        """Return what each stamp of a page draws, in their order."""
        streams = _NUMBER.findall(page.obj["/Contents"].unparse())
        names = [name for number in streams for name in self._named(number)]
        if not names:
            return []
        forms = dict(_NAMED.findall(page.obj["/Resources"]["/XObject"].unparse(resolved=True)))
        return [self._read(forms[name]) for name in names]

    def _named(self, number: bytes) -> list[bytes]:
        if number not in self._names:
            self._names[number] = _NAME.findall(self._object(number).read_bytes())
        return self._names[number]

    def _read(self, number: bytes) -> DrawnStamp:
        if number not in self._drawn:
            form = self._object(number)
            inner = form["/Resources"].get("/XObject")
            is_cell = inner is not None and "/Copy" in inner
            copy = form["/Resources"]["/XObject"]["/Copy"].read_bytes() if is_cell else None
            self._drawn[number] = DrawnStamp(form.read_bytes(), copy)
        return self._drawn[number]

    def _object(self, number: bytes) -> pikepdf.Object:
        return self._file.get_object(int(number), 0)
