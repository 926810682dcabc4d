"""A file's objects into another, as they stand: pages as forms, and all they draw with, once."""

from __future__ import annotations

import io
import zlib
from collections import deque
from typing import TYPE_CHECKING, Any

from hrcpub.pipeline.impose.artwork import IDENTITY, ArtPage, resolved
from hrcpub.units import pdf_number

if TYPE_CHECKING:
    from pypdf import PdfReader

    from hrcpub.pipeline.impose.writing import Writer


class Copier:
    """Copies one file's objects into another as they are asked for, each once."""

    def __init__(self, reader: PdfReader, writer: Writer) -> None:
        """Begin with nothing copied."""
        self._reader, self._writer = reader, writer
        self._numbers: dict[int, int] = {}
        self._waiting: deque[Any] = deque()
        self._forms: dict[Any, int] = {}

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

    def _group(self, group: Any) -> bytes:
        """Return a page's group as a form's: a page's is isolated (ISO 32000-2 §11.4.7)."""
        entries = resolved(group)
        if not isinstance(entries, dict):
            return b"null"
        kept = (self._entry(entries, key) for key in entries if key != "/I")
        return b"<<" + b" ".join(kept) + b" /I true>>"

    def _contents(self, contents: Any) -> tuple[bytes, bytes]:
        """Return a page's drawing with the entries that say how it is packed."""
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
        kept = _packing(self, stream)
        self._forget(contents)
        return kept

    def text(self, value: Any) -> bytes:
        """Return a value as it is written, its references those of the new file."""
        from pypdf import generic

        if isinstance(value, generic.IndirectObject):
            number = self.number(value)
            return b"null" if number is None else b"%d 0 R" % number
        if isinstance(value, dict):
            return b"<<" + b" ".join(self._entry(value, key) for key in value) + b">>"
        if isinstance(value, list):
            return b"[" + b" ".join(self.text(one) for one in value) + b"]"
        if isinstance(value, generic.TextStringObject | generic.ByteStringObject):
            return b"<" + value.original_bytes.hex().encode() + b">"
        if isinstance(value, generic.NameObject):
            # pypdf 7.1 takes NUL, which is white space (ISO 32000-2 §7.2.3), for a part of names.
            return value.renumber().replace(b"#00", b" ")
        written = io.BytesIO()
        value.write_to_stream(written)
        return written.getvalue()

    def _entry(self, entries: Any, key: Any) -> bytes:
        return self.text(key) + b" " + self.text(entries.raw_get(key))

    def number(self, reference: Any) -> int | None:
        """Return the new number of an object, which is copied when the time comes."""
        if reference.idnum not in self._numbers:
            self._numbers[reference.idnum] = self._writer.number()
            self._waiting.append(reference)
        return self._numbers[reference.idnum]

    def drain(self) -> None:
        """Copy what has been referred to, and what that refers to."""
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
                self._writer.put(number, b"null")  # a way back into the file, not what is drawn
            else:
                self._writer.put(number, b"null" if value is None else self.text(value))

    def _forget(self, reference: Any) -> None:
        """Let go of a stream: it is not asked for again, and pypdf would keep it."""
        number = getattr(reference, "idnum", None)
        if number is not None:
            self._reader.resolved_objects.pop((reference.generation, number), None)


PACKING = ("/Length", "/Filter", "/DecodeParms", "/DL")


def _packing(copier: Copier, stream: Any) -> tuple[bytes, bytes]:
    """Return a stream's data as it stands in its file, with the entries that say how."""
    entries = b"".join(
        b" %b %b" % (key.encode(), copier.text(stream.raw_get(key)))
        for key in ("/Filter", "/DecodeParms")
        if key in stream
    )
    data = bytes(stream._data)
    return (entries, data) if entries else _packed(data)


def _packed(data: bytes) -> tuple[bytes, bytes]:
    return b" /Filter /FlateDecode", zlib.compress(data)
