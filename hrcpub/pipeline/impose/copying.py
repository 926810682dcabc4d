"""Objects of one PDF to another, unchanged: pages as forms, with all that they draw with.

Streams are copied as they are packed. To unpack and pack them again would take most of the time,
and would lose quality where pictures are JPEGs.
"""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Sequence

from hrcpub.pipeline.impose.artwork import ArtPage
from hrcpub.pipeline.impose.pdf_file import PdfFile, StoredObject
from hrcpub.pipeline.impose.pdf_syntax import (
    PdfValue,
    entries,
    items,
    with_references,
)
from hrcpub.pipeline.impose.writing import Writer, numbers
from hrcpub.units import IDENTITY

PACKING = (b"/Length", b"/Filter", b"/DecodeParms", b"/DL")


class Copier:
    """Copies the objects of one file as they are asked for, each of them once."""

    def __init__(self, pdf: PdfFile, writer: Writer) -> None:
        """Begin with an empty copy."""
        self._pdf, self._writer = pdf, writer
        self._numbers: dict[tuple[int, int], int] = {}  # of each object: the old, and the new
        self._waiting: deque[tuple[int, int]] = deque()
        self._forms: dict[ArtPage, int] = {}
        self._last: tuple[tuple[object, ...], bytes] = ((), b"")  # entries of a form, and of what

    def form(self, page: ArtPage) -> int:
        """Write a page as a Form XObject (ISO 32000-2 §8.10); return its number."""
        number = self._forms.get(page)
        if number is None:
            packing, data = self._contents(page.contents)
            number = self._forms[page] = self._writer.number()
            self._writer.put_stream(number, self._form_entries(page) + packing, data)
            self.drain()
        return number

    def _form_entries(self, page: ArtPage) -> bytes:
        """Return a form's entries but for its packing; mostly they are those of the page before."""
        its = (page.shape, page.resources, page.group)
        if its != self._last[0]:
            self._last = its, self._new_form_entries(page)
        return self._last[1]

    def _new_form_entries(self, page: ArtPage) -> bytes:
        head = f"/Subtype /Form /BBox [{numbers(page.shape.box, 5)}]".encode()
        if page.shape.matrix != IDENTITY:
            head += f" /Matrix [{numbers(page.shape.matrix, 5)}]".encode()
        head += b" /Resources " + self.text(page.resources or b"<<>>")
        if page.group:
            head += b" /Group " + self._group(page.group)
        return head

    def _group(self, group: PdfValue) -> bytes:
        """Return a page's transparency group as that of a form.

        A page's group is isolated whatever it says (ISO 32000-2 §11.4.7), a form's only by `/I`.
        """
        its = entries(self._pdf.resolved(group))
        return b"<<%b /I true>>" % self._inside(its, (b"/I",)) if its else b"null"

    def _contents(self, contents: PdfValue) -> tuple[bytes, bytes]:
        """Return a page's content, packed, after the entries that say how it is packed."""
        whole = self._pdf.stream(contents)  # which most pages have
        if whole and not whole.value.startswith(b"["):
            streams = [whole]
        else:
            parts = items(self._pdf.resolved(contents))
            streams = [stream for part in parts if (stream := self._pdf.stream(part))]
        if len(streams) == 1:
            return self._packed(streams[0], entries(streams[0].value))
        if not streams:
            return b"", b""
        return _packed(b"\n".join(self._pdf.unpacked(stream) for stream in streams))

    def text(self, value: PdfValue) -> bytes:
        """Return a value with references to the new file."""
        return with_references(value, self.number)

    def number(self, old: tuple[int, int]) -> int:
        """Return the new number of an object, by the old and its generation; `drain` copies it."""
        if old not in self._numbers:
            self._numbers[old] = self._writer.number()
            self._waiting.append(old)
        return self._numbers[old]

    def drain(self) -> None:
        """Copy all objects that were referred to, and those that they refer to."""
        while self._waiting:
            old = self._waiting.popleft()
            number, copied = self._numbers[old], self._pdf.object(*old)
            its = entries(copied.value)
            if copied.data_at is not None:
                packing, data = self._packed(copied, its)
                self._writer.put_stream(number, self._inside(its, PACKING) + packing, data)
            elif its.get(b"/Type") in (b"/Page", b"/Pages", b"/Catalog"):
                # A way back into the file, such as a link's target. What draws never needs it.
                self._writer.put(number, b"null")
            else:
                self._writer.put(number, self.text(copied.value))

    def _packed(self, stream: StoredObject, its: dict[bytes, PdfValue]) -> tuple[bytes, bytes]:
        """Return a stream's data as they are in its file, after the entries of their packing."""
        packing = {key: value for key, value in its.items() if key in (b"/Filter", b"/DecodeParms")}
        data = self._pdf.data(stream, its)
        return (b" " + self._inside(packing), data) if packing else _packed(data)

    def _inside(self, its: dict[bytes, PdfValue], without: Sequence[bytes] = ()) -> bytes:
        """Return what stands inside a dictionary."""
        kept = (key + b" " + self.text(its[key]) for key in its if key not in without)
        return b" ".join(kept)


def _packed(data: bytes) -> tuple[bytes, bytes]:
    return b" /Filter /FlateDecode", zlib.compress(data)
