"""Pages of one file, with pages of others stamped on them, to one file.

A page keeps places for stamps. Each place is an empty text object in what the page draws
(`BT ET`: WeasyPrint writes one for a box on a line that holds a space), and a stamp is drawn there,
so that words are read in their order. Each page that is stamped becomes a form (ISO 32000-2
§8.10) once, however often it is used.
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hrcpub.events.shells.problems import copy_broken
from hrcpub.pipeline.stages import Pdf
from hrcpub.problems import HrcpubError
from hrcpub.units import pdf_number

if TYPE_CHECKING:
    import pikepdf

_KEPT = re.compile(rb"(?<=\n)BT\nET(?=\n)")
_NAME = re.compile(rb"/(S\d+) Do")
# What WeasyPrint begins a page with: from CSS pixels, y downwards, to points.
_PIXELS = re.compile(rb"\A1 0 0 -1 0 ([\d.]+) cm\nq\n0\.75 0 0 0\.75 0 0 cm\n")
_PIXEL = 0.75  # points
_DECIMALS = 6  # so that a sheet's far corner is right to a thousandth of a point


class Stamp(NamedTuple):
    """A page that is drawn on another one, moved and scaled about its upper left corner."""

    pdf: Pdf
    page: int  # 1-based
    x: float  # points, to the right
    y: float  # downwards
    scale: float = 1.0


class StampedPages(NamedTuple):
    """A file's pages, and what is stamped in the places of its first page, in their order."""

    pdf: Pdf
    places: tuple[tuple[Stamp, ...], ...]


def layered(sheets: Sequence[StampedPages]) -> Pdf:
    """Return one file of stamped pages; its title and other metadata are the first file's.

    The same pages give the same bytes. Raises HrcpubError when a page has not as many places as
    there are stamps for, or when what was written does not read as it should.
    """
    import pikepdf

    layers = _Layers()
    file = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(sheets[0].pdf)) as target:
            del target.pages[:]
            expected = [drawn for sheet in sheets for drawn in layers.add(target, sheet)]
            target.save(
                file,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
            )
        pdf = Pdf(file.getvalue())
        _verify(pdf, expected)
    except (pikepdf.PdfError, KeyError, TypeError, ValueError) as error:
        raise HrcpubError(copy_broken(str(error))) from None
    return pdf


class _StampGround(NamedTuple):
    """A page that stamps are put on: what it draws, cut at its places, and how tall it is."""

    pieces: tuple[bytes, ...]
    height: float


class _Layers:
    """What was opened and copied so far, each once."""

    def __init__(self) -> None:
        self._files: dict[bytes, pikepdf.Pdf] = {}
        self._forms: dict[tuple[bytes, int], pikepdf.Object] = {}
        self._drawn: dict[tuple[bytes, int], bytes] = {}
        self._grounds: dict[bytes, _StampGround] = {}

    def add(self, target: pikepdf.Pdf, sheet: StampedPages) -> list[list[bytes]]:
        """Add a file's pages; return what each one's stamps have to draw."""
        source = self._file(sheet.pdf)
        first = len(target.pages)
        target.pages.extend(source.pages)
        stamps = [stamp for place in sheet.places for stamp in place]
        others: list[list[bytes]] = [[] for _ in source.pages]
        if not sheet.places:
            return others
        page = target.pages[first]
        names = {(stamp.pdf, stamp.page): f"/S{n}" for n, stamp in enumerate(stamps)}
        self._add_forms(target, page, names)
        ground = self._ground(sheet.pdf, source.pages[0])
        if len(ground.pieces) != len(sheet.places) + 1:
            raise ValueError(f"{len(ground.pieces) - 1} places for {len(sheet.places)} stamps")
        page.obj["/Contents"] = target.make_stream(b"".join(_stamped(ground, sheet.places, names)))
        return [[self._drawn[stamp.pdf, stamp.page] for stamp in stamps], *others[1:]]

    def _add_forms(
        self, target: pikepdf.Pdf, page: pikepdf.Page, names: dict[tuple[Pdf, int], str]
    ) -> None:
        # The page's own: others have other stamps.
        resources = _copied(page.obj, "/Resources")
        forms = _copied(resources, "/XObject")
        for (pdf, number), name in names.items():
            forms[name] = self._form(target, pdf, number)
        resources["/XObject"] = forms
        page.obj["/Resources"] = resources

    def _file(self, pdf: Pdf) -> pikepdf.Pdf:
        import pikepdf

        if pdf not in self._files:
            file = self._files[pdf] = pikepdf.open(io.BytesIO(pdf))
            # Before it is copied: of a page that is used hundreds of times this is looked at once.
            file.remove_unreferenced_resources()
        return self._files[pdf]

    def _form(self, target: pikepdf.Pdf, pdf: Pdf, number: int) -> pikepdf.Object:
        key = (pdf, number)
        if key not in self._forms:
            form = self._file(pdf).pages[number - 1].as_form_xobject()
            self._drawn[key] = form.read_bytes()
            self._forms[key] = target.copy_foreign(form)
        return self._forms[key]

    def _ground(self, pdf: Pdf, page: pikepdf.Page) -> _StampGround:
        if pdf not in self._grounds:
            drawn = page.obj["/Contents"].read_bytes()
            begins = _PIXELS.match(drawn)
            if begins is None:
                raise ValueError("a page does not begin as WeasyPrint's do")
            self._grounds[pdf] = _StampGround(tuple(_KEPT.split(drawn)), float(begins[1]))
        return self._grounds[pdf]


def _stamped(
    ground: _StampGround, places: Sequence[Sequence[Stamp]], names: dict[tuple[Pdf, int], str]
) -> Iterator[bytes]:
    """Yield what a stamped page draws."""
    yield ground.pieces[0]
    for stamps, piece in zip(places, ground.pieces[1:], strict=True):
        for stamp in stamps:
            yield _placed(stamp, ground.height, names[stamp.pdf, stamp.page])
        yield piece


def _placed(stamp: Stamp, height: float, name: str) -> bytes:
    """Return the operators that draw a stamp where the page counts in pixels, y downwards."""
    return b"q %b cm %b Do Q\n" % (_matrix(*stamp[2:], height), name.encode())


@functools.lru_cache(maxsize=4096)  # boxes with the same things in them have the same places
def _matrix(x: float, y: float, scale: float, height: float) -> bytes:
    pixels = scale / _PIXEL
    # The form's own y grows upwards from its foot, which lies `height` below its head.
    down = (y + scale * height) / _PIXEL
    numbers = (pixels, 0.0, 0.0, -pixels, x / _PIXEL, down)
    return " ".join(pdf_number(one, _DECIMALS) for one in numbers).encode()


def _verify(pdf: Pdf, expected: Sequence[Sequence[bytes]]) -> None:
    """Read a stamped file again; raise ValueError unless each stamp is drawn on its page.

    Why: it is written by hand where nothing looked at it since the parts were proven.
    """
    import pikepdf

    known: dict[tuple[int, int], bytes] = {}  # stamps come on many pages, and are read once
    with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as file:
        found = [_drawn_stamps(page, known) for page in file.pages]
        if warnings := file.get_warnings():
            raise ValueError(str(warnings[0]))
    if found != list(expected):
        raise ValueError("a stamp is not the one that should be there")


def _drawn_stamps(page: pikepdf.Page, known: dict[tuple[int, int], bytes]) -> list[bytes]:
    """Return what each stamp of a page draws, in their order; `known` are those that were read."""
    resources = page.obj["/Resources"]
    drawn = []
    for name in _NAME.findall(page.obj["/Contents"].read_bytes()):
        form = resources["/XObject"][f"/{name.decode()}"]
        if form.objgen not in known:
            known[form.objgen] = form.read_bytes()
        drawn.append(known[form.objgen])
    return drawn


def _copied(holder: pikepdf.Object, name: str) -> pikepdf.Dictionary:
    import pikepdf

    inner: Any = holder.get(name, {})
    return pikepdf.Dictionary(inner)
