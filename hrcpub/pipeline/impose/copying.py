"""Objects of one PDF to another, unchanged: pages as forms, with all that they draw with.

Streams are copied as they are packed. To unpack and pack them again would take most of the time,
and would lose quality where pictures are JPEGs.
"""

from __future__ import annotations

import io
import zlib
from collections import deque
from typing import TYPE_CHECKING

from hrcpub.pipeline.impose.artwork import ArtPage
from hrcpub.pipeline.impose.pypdf_values import PdfValue, resolved
from hrcpub.units import IDENTITY, pdf_number

if TYPE_CHECKING:
    from pypdf import PdfReader

    from hrcpub.pipeline.impose.writing import Writer


class Copier:
    """Copies the objects of one file as they are asked for, each of them once."""

    def __init__(self, reader: PdfReader, writer: Writer) -> None:
        """Begin with an empty copy."""
        self._reader, self._writer = reader, writer
        self._numbers: dict[int, int] = {}  # of each object: the old, and the new
        self._waiting: deque[PdfValue] = deque()
        self._forms: dict[PdfValue, int] = {}

    def form(self, page: ArtPage, extra: str = "") -> int:
        """Write a page as a Form XObject (ISO 32000-2 §8.10); return its number."""
        entries = self._form_entries(page)
        contents = page.contents
        key = (entries, getattr(contents, "idnum", id(contents)))
        if key not in self._forms:
            packing, data = self._contents(contents)
            self._forms[key] = self._writer.number()
            self._writer.put_stream(self._forms[key], entries + packing, data)
            self.drain()
        return self._forms[key]

    def _form_entries(self, page: ArtPage) -> bytes:
        box = " ".join(pdf_number(edge, 5) for edge in page.box)
        head = f"/Subtype /Form /BBox [{box}]".encode()
        if page.matrix != IDENTITY:
            matrix = " ".join(pdf_number(part, 5) for part in page.matrix)
            head += f" /Matrix [{matrix}]".encode()
        resources = b"<<>>" if page.resources is None else self.text(page.resources)
        head += b" /Resources " + resources
        if page.group is not None:
            head += b" /Group " + self._group(page.group)
        return head

    def _group(self, group: PdfValue) -> bytes:
        """Return a page's transparency group as that of a form.

        A page's group is isolated whatever it says (ISO 32000-2 §11.4.7), a form's only by `/I`.
        """
        entries = resolved(group)
        if not isinstance(entries, dict):
            return b"null"
        others = (self._entry(entries, key) for key in entries if key != "/I")
        return b"<<" + b" ".join(others) + b" /I true>>"

    def _contents(self, contents: PdfValue) -> tuple[bytes, bytes]:
        """Return a page's content, packed, after the entries that say how it is packed."""
        stream = resolved(contents)
        if isinstance(stream, list):
            if len(stream) != 1:
                parts = [resolved(part) for part in stream]
                data = b"\n".join(part.get_data() for part in parts if hasattr(part, "get_data"))
                return _packed(data)
            contents = stream[0]
            stream = resolved(contents)
        if not hasattr(stream, "get_data"):
            return b"", b""
        packing_and_data = _packing(self, stream)
        self._forget(contents)
        return packing_and_data

    def text(self, value: PdfValue) -> bytes:
        """Return a value as PDF writes it, with references to the new file."""
        from pypdf import generic

        if isinstance(value, generic.IndirectObject):
            number = self.number(value)
            return b"null" if number is None else b"%d 0 R" % number
        if isinstance(value, dict):
            return b"<<" + b" ".join(self._entry(value, key) for key in value) + b">>"
        if isinstance(value, list):
            return b"[" + b" ".join(self.text(item) for item in value) + b"]"
        if isinstance(value, generic.TextStringObject | generic.ByteStringObject):
            return b"<" + value.original_bytes.hex().encode() + b">"
        if isinstance(value, generic.NameObject):
            # pypdf 7.1 takes NUL, which is white space (ISO 32000-2 §7.2.3), for a part of names.
            # May go with the release in which a NUL ends a name.
            return value.renumber().replace(b"#00", b" ")
        written = io.BytesIO()
        value.write_to_stream(written)
        return written.getvalue()

    def _entry(self, entries: PdfValue, key: PdfValue) -> bytes:
        return self.text(key) + b" " + self.text(entries.raw_get(key))

    def number(self, reference: PdfValue) -> int | None:
        """Return the new number of an object; `drain` copies it."""
        if reference.idnum not in self._numbers:
            self._numbers[reference.idnum] = self._writer.number()
            self._waiting.append(reference)
        return self._numbers[reference.idnum]

    def drain(self) -> None:
        """Copy all objects that were referred to, and those that they refer to."""
        while self._waiting:
            reference = self._waiting.popleft()
            number = self._numbers[reference.idnum]
            value = resolved(reference)
            if hasattr(value, "get_data"):
                entries = b" ".join(self._entry(value, key) for key in value if key not in PACKING)
                packing, data = _packing(self, value)
                self._writer.put_stream(number, entries + packing, data)
                self._forget(reference)
            elif isinstance(value, dict) and value.get("/Type") in ("/Page", "/Pages", "/Catalog"):
                # A way back into the file, such as a link's target. What draws never needs it.
                self._writer.put(number, b"null")
            else:
                self._writer.put(number, b"null" if value is None else self.text(value))

    def _forget(self, reference: PdfValue) -> None:
        """Let go of a stream: it is not asked for again, but pypdf would keep it in memory."""
        number = getattr(reference, "idnum", None)
        if number is not None:
            self._reader.resolved_objects.pop((reference.generation, number), None)


PACKING = ("/Length", "/Filter", "/DecodeParms", "/DL")


def _packing(copier: Copier, stream: PdfValue) -> tuple[bytes, bytes]:
    """Return a stream's data as it is in its file, after the entries that say how it is packed."""
    entries = b"".join(
        b" %b %b" % (key.encode(), copier.text(stream.raw_get(key)))
        for key in ("/Filter", "/DecodeParms")
        if key in stream
    )
    data = bytes(stream._data)  # pypdf has no public name for data that is still packed
    return (entries, data) if entries else _packed(data)


def _packed(data: bytes) -> tuple[bytes, bytes]:
    return b" /Filter /FlateDecode", zlib.compress(data)
