"""A finished piece to a `ShellTemplate`: the file that all sites' copies begin with.

An imprint is drawn by a Form XObject of its own, on top of a page. Here that form is put in place,
empty; `Joiner` appends the update that fills it (ISO 32000-2 §7.5.6). So a piece is parsed and
written once, however many sites there are.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hrcpub import loading
from hrcpub.events.shells.problems import shell_unreadable
from hrcpub.patterns import pattern
from hrcpub.problems import HrcpubError
from hrcpub.records import record
from hrcpub.units import Matrix, Size, pdf_numbers

if TYPE_CHECKING:
    import pikepdf

FORM = "/Imprint"
_STARTXREF = pattern(rb"startxref\s+(\d+)\s+%%EOF\s*$")


class ImprintSpot(NamedTuple):
    """Where an imprint is drawn: on which page, and how it comes to lie there.

    `matrix` turns points of the imprint's area, counted from its lower left corner, into points
    counted from the lower left corner of the page's trim (of the sheet, where pages are sheets).
    """

    page: int  # 1-based
    matrix: Matrix


class ImprintArea(NamedTuple):
    """What an imprint has to know of the place that a piece keeps for it. Lengths in points."""

    size: Size
    text: float  # the size that its text is to have where there is room
    least: float  # and the least that it may have
    label: float  # at the area's head, where words stand at the left already
    is_inked: bool  # for the press: black ink alone, which overprints
    language: str = "en"  # of the piece: its direction, and how its script is shaped


@record
class ShellTemplate:
    """A piece with a place for an imprint, and what an update of it must know.

    `base` is the whole file; the numbers are those of objects in it. Objects that an update adds
    are numbered from `free` on.
    """

    base: bytes
    area: ImprintArea
    digest: str  # of the piece that it was made of
    form: int  # the empty form in the imprint's place
    pages: tuple[bytes, ...]  # their dictionaries, each as it stands in the file
    tree: int  # the page tree's root, the XMP, the catalog, Info; 0 where there is none
    metadata: int
    catalog: int
    info: int
    xmp: bytes
    free: int
    table: int  # where the file's last cross-reference section begins, in bytes
    identifier: bytes  # the permanent half of the file's /ID (§14.4)
    trim: tuple[float, float, float, float]  # of the first page: left, foot, right, top

    def packed(self) -> bytes:
        """Return the template as bytes, for the cache and for other machines."""
        head = json.dumps([self.digest, self.area])
        return head.encode() + b"\n" + self.base


def preload() -> None:
    """Load what templates are read with, for workers that are forked later."""
    loading.load("pikepdf")


def unpack(data: bytes) -> ShellTemplate:
    """Return the template that `ShellTemplate.packed` wrote; raise ValueError for others."""
    import pikepdf

    head, _, base = data.partition(b"\n")
    try:
        digest, (size, text, least, label, is_inked, language) = json.loads(head)
        sizes = (float(text), float(least), float(label))
        area = ImprintArea(Size(*size), *sizes, bool(is_inked), str(language))
        return _template(base, area, str(digest))
    except (pikepdf.PdfError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(str(error)) from None


def prepare(pdf: bytes, spots: Sequence[ImprintSpot], area: ImprintArea) -> ShellTemplate:
    """Return the template of a finished piece whose imprint is drawn at `spots`.

    Raises HrcpubError when the file cannot be read: it is ours, so it was damaged since.
    """
    import pikepdf

    file = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(pdf)) as source:
            _add_form(source, spots, area.size)
            _flatten(source)
            source.save(
                file,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                static_id=True,
                fix_metadata_version=False,
            )
        return _template(file.getvalue(), area, hashlib.sha256(pdf).hexdigest())
    except (pikepdf.PdfError, KeyError, ValueError, TypeError) as error:
        raise HrcpubError(shell_unreadable(str(error))) from None


def _add_form(source: pikepdf.Pdf, spots: Sequence[ImprintSpot], area: Size) -> None:
    """Draw an empty form over the pages' own contents, whatever state those leave behind."""
    import pikepdf

    form = source.make_stream(
        b"",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, area.width, area.height],
    )
    for number, page in enumerate(source.pages, 1):
        drawn = [_drawn(spot, page) for spot in spots if spot.page == number]
        if not drawn:
            continue
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(("\nQ\n" + "\n".join(drawn)).encode())
        # Resources become the page's own: other pages may share what it had, and have no imprint.
        resources = _copied(page.obj, "/Resources")
        forms = _copied(resources, "/XObject")
        forms[FORM] = form
        resources["/XObject"] = forms
        page.obj["/Resources"] = resources


def _copied(holder: pikepdf.Object, name: str) -> pikepdf.Dictionary:
    import pikepdf

    inner: Any = holder.get(name, {})
    return pikepdf.Dictionary(inner)


def _drawn(spot: ImprintSpot, page: pikepdf.Page) -> str:
    left, foot, _, _ = _trim(page)
    *turn, x, y = spot.matrix
    numbers = pdf_numbers((*turn, x + left, y + foot))
    return f"q {numbers} cm {FORM} Do Q"


def _trim(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """Return a page's trim; of a sheet without a TrimBox, the whole sheet."""
    left, foot, right, top = page.trimbox.as_list()
    return (float(left), float(foot), float(right), float(top))


def _flatten(source: pikepdf.Pdf) -> None:
    """Hang all pages at the tree's root: that is where a run's pages will hang."""
    import pikepdf

    root = source.Root.Pages
    root["/Kids"] = pikepdf.Array([page.obj for page in source.pages])
    for page in source.pages:
        page.obj["/Parent"] = root


def _template(base: bytes, area: ImprintArea, digest: str) -> ShellTemplate:
    """Read what an update must know of its base."""
    import pikepdf

    with pikepdf.open(io.BytesIO(base), attempt_recovery=False) as source:
        catalog, info = source.Root, source.trailer.get("/Info")
        xmp = catalog.get("/Metadata")
        table = _STARTXREF.search(base, len(base) - 40)
        if table is None:
            raise ValueError("it has no cross-reference table")
        return ShellTemplate(
            base=base,
            area=area,
            digest=digest,
            form=_form(source),
            pages=tuple(page.obj.unparse(resolved=True) for page in source.pages),
            tree=catalog.Pages.objgen[0],
            metadata=xmp.objgen[0] if xmp is not None else 0,
            catalog=catalog.objgen[0],
            info=info.objgen[0] if info is not None else 0,
            xmp=xmp.read_bytes() if xmp is not None else b"",
            free=int(source.trailer["/Size"]),
            table=int(table[1]),
            identifier=bytes(source.trailer["/ID"][0]),
            trim=_trim(source.pages[0]),
        )


def _form(source: pikepdf.Pdf) -> int:
    for page in source.pages:
        resources = page.obj["/Resources"]
        if "/XObject" in resources and FORM in resources["/XObject"]:
            return resources["/XObject"][FORM].objgen[0]
    raise ValueError("it has no place for an imprint")
