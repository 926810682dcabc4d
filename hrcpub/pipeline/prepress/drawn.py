"""Pages as WeasyPrint has drawn them, kept for the next edition; and objects that are made once.

Editions without tags are drawn alike, and differ by what the steps of prepress make of that: so the
drawing is copied before the first one's steps. And pydyf 0.13 asks each object for its bytes twice,
to write them and to name the file by them. Here all objects keep theirs, and the one that it packs
most of them into, too. Streams that come again are packed once: fonts of the same letters, and all
that an edit leaves as it is.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pydyf

if TYPE_CHECKING:
    from weasyprint.document import Document
    from weasyprint.pdf.fonts import Font


class DrawnPages(NamedTuple):
    """What WeasyPrint was about to write, and what it knows of the fonts in it."""

    pdf: pydyf.PDF
    fonts: dict[Any, Font]


def kept(document: Document, pdf: pydyf.PDF) -> DrawnPages:
    """Return a copy of pages that have just been drawn."""
    return DrawnPages(_copied(pdf), dict(document.fonts))


def taken(drawn: DrawnPages, document: Document) -> pydyf.PDF:
    """Return pages that were kept, to be changed; the document's fonts are those of them."""
    document.fonts.clear()
    document.fonts.update(drawn.fonts)
    return _copied(drawn.pdf)


def settle(pdf: pydyf.PDF) -> None:
    """Let the objects of a file keep their bytes. After this nothing may change them."""
    pdf.__class__ = _SettledPdf
    for thing in pdf.objects:
        _settle(thing)


def written(pdf: pydyf.PDF, options: dict[str, Any]) -> bytes:
    """Return the file, as `Document.write_pdf` ends: with its options."""
    file = io.BytesIO()
    pdf.write(file, options.get("pdf_version"), options["pdf_identifier"], compress=True)
    return file.getvalue()


class _SettledPdf(pydyf.PDF):  # type: ignore[misc]
    """A file that is only written; what pydyf adds while it writes is settled too."""

    def add_object(self, object_: pydyf.Object) -> None:
        _settle(object_)
        super().add_object(object_)


class _SettledStream(pydyf.Stream):  # type: ignore[misc]
    """A stream that nobody changes any more."""

    stream: list[Any]

    @cached_property
    def data(self) -> bytes:
        raw, entries = b"\n".join(map(_bytes, self.stream)), dict(self.extra)
        if self.compress:
            raw = (_packed_once if len(raw) <= _LARGE else _packed)(raw)
            entries["Filter"] = "/FlateDecode"
        entries["Length"] = len(raw)
        return b"\n".join((_entries(entries), b"stream", raw, b"endstream"))


_LARGE = 400_000  # bytes, more than pages and fonts have: such are not kept


def _packed(raw: bytes) -> bytes:
    """Return the bytes of a stream packed as pydyf does."""
    pack = zlib.compressobj(level=9)
    return pack.compress(raw) + pack.flush()


_packed_once = lru_cache(maxsize=64)(_packed)


class _SettledDictionary(pydyf.Dictionary):  # type: ignore[misc]
    """A dictionary that nobody changes any more."""

    @cached_property
    def data(self) -> bytes:
        return _entries(self)


class _SettledArray(pydyf.Array):  # type: ignore[misc]
    """An array that nobody changes any more."""

    @cached_property
    def data(self) -> bytes:
        return b"[" + b" ".join(map(_bytes, self)) + b"]"


def _entries(entries: Mapping[str, object]) -> bytes:
    said = [b"/%b %b" % (_bytes(key), _bytes(value)) for key, value in entries.items()]
    return b"<<" + b"".join(said) + b">>"


def _bytes(item: Any) -> bytes:
    """Return a part of an object as pydyf 0.13 writes it, what is frequent first."""
    kind = item.__class__
    if kind is bytes:
        return item  # type: ignore[no-any-return]
    if kind is str:
        return item.encode("ascii")  # type: ignore[no-any-return]
    if kind is int:
        return b"%d" % item
    if kind is float:
        return (b"%d" % item) if item.is_integer() else f"{item:f}".rstrip("0").encode()
    return item.data if isinstance(item, pydyf.Object) else str(item).encode("ascii")


def _settle(thing: pydyf.Object) -> None:
    for kind, settled in _SETTLED.items():
        if isinstance(thing, kind):
            thing.__class__ = settled


_SETTLED = {
    pydyf.Stream: _SettledStream,
    pydyf.Dictionary: _SettledDictionary,
    pydyf.Array: _SettledArray,
}


def _copied(pdf: pydyf.PDF) -> pydyf.PDF:
    made: dict[int, Any] = {}
    copy = pydyf.PDF.__new__(pydyf.PDF)
    vars(copy).update({name: _copy(value, made) for name, value in vars(pdf).items()})
    return copy


def _copy(value: Any, made: dict[int, Any]) -> Any:
    """Return a copy of an object and of all in it; what is there twice is one in the copy too."""
    if isinstance(value, bytes | str | int | float | tuple) or value is None:
        return value
    if id(value) in made:
        return made[id(value)]
    copy = made[id(value)] = value.__class__.__new__(value.__class__)
    if isinstance(value, dict):
        copy.update({name: _copy(inner, made) for name, inner in value.items()})
    elif isinstance(value, list):
        copy += [_copy(inner, made) for inner in value]
    if isinstance(value, pydyf.Object):
        vars(copy).update(vars(value))
    if isinstance(value, pydyf.Stream):
        copy.stream, copy.extra = _copy(value.stream, made), _copy(value.extra, made)
    return copy
