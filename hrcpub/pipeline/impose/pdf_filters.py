"""The data of a stream, unpacked (ISO 32000-2 §7.4): what deflate packed, with predictors."""

from __future__ import annotations

import zlib
from itertools import accumulate

from hrcpub.pipeline.impose.pdf_syntax import (
    DamagedPdf,
    PdfValue,
    UnusualPdf,
    entries,
    items,
    number_of,
)

MOST = 2**28  # bytes of one stream, unpacked: more means harm


def unpacked(data: bytes, filters_value: PdfValue, parameters_value: PdfValue) -> bytes:
    """Return the data of a stream, by its /Filter and /DecodeParms.

    Raises UnusualPdf for other packing than deflate: qpdf unpacks that.
    """
    filters, parameters = _listed(filters_value), _listed(parameters_value) or [b"<<>>"]
    if not filters:
        return data
    if filters not in ([b"/FlateDecode"], [b"/Fl"]) or len(parameters) > 1:
        raise UnusualPdf("a stream is packed in a way that is rare")
    return _unpredicted(_inflated(data), entries(parameters[0]))


def _listed(value: PdfValue) -> list[PdfValue]:
    return list(items(value)) if value.startswith(b"[") else [value] if value != b"null" else []


def _inflated(data: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        whole = unpacker.decompress(data, MOST)
    except zlib.error as error:
        raise DamagedPdf(f"a stream cannot be unpacked: {error}") from None
    if not unpacker.eof:
        raise DamagedPdf("a stream ends too early, or is too large")
    return whole


def _unpredicted(data: bytes, parameters: dict[bytes, PdfValue]) -> bytes:
    """Return rows of bytes that were written as differences (§7.4.4.4)."""
    predictor = number_of(parameters.get(b"/Predictor"), 1)
    if predictor < 2:
        return data
    colours, bits, columns = (
        int(number_of(parameters.get(key), otherwise))
        for key, otherwise in ((b"/Colors", 1), (b"/BitsPerComponent", 8), (b"/Columns", 1))
    )
    if predictor < 10 or colours != 1 or bits != 8 or not 1 <= columns <= 2**20:
        raise UnusualPdf("a stream is written as differences in a way that is rare")
    if not set(data[:: columns + 1]) - {2}:
        return _summed(data, columns)
    above, rows = bytes(columns), []
    for at in range(0, len(data), columns + 1):
        row = data[at + 1 : at + 1 + columns].ljust(columns, b"\0")
        above = _row(data[at], row, above)
        rows.append(above)
    return b"".join(rows)


def _summed(data: bytes, columns: int) -> bytes:
    """Return rows that all say what they have more than the row above, as tables of objects do."""
    whole = bytearray(len(data) // (columns + 1) * columns)
    for column in range(columns):
        more = data[column + 1 :: columns + 1][: len(whole) // columns]
        whole[column::columns] = bytes(byte & 255 for byte in accumulate(more))
    return bytes(whole)


def _row(kind: int, row: bytes, above: bytes) -> bytes:
    """Return a row's bytes; `kind` is the filter of PNG (its specification, §9.2)."""
    if kind == 0:
        return row
    if kind == 2:
        return bytes([(byte + up) & 255 for byte, up in zip(row, above, strict=True)])
    done = bytearray()
    left = corner = 0
    for byte, up in zip(row, above, strict=True):
        left = (byte + _guess(kind, left, up, corner)) & 255
        corner = up
        done.append(left)
    return bytes(done)


def _guess(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 1:
        return left
    if kind == 3:
        return (left + up) // 2
    if kind != 4:
        raise DamagedPdf("a row is written in a way that nobody knows")
    along = left + up - corner
    return min((abs(along - one), at, one) for at, one in enumerate((left, up, corner)))[2]
