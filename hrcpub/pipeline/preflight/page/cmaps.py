"""A CMap's bytes to what its codes stand for: CIDs, or words by a ToUnicode (ISO 32000-2 §9.7.5).

Why not a parser of PostScript: CMaps in PDFs are lists between `begin…` and `end…`, which a regular
expression cuts. Predefined CMaps, which are in no file, are not known here.
"""

from __future__ import annotations

import re

from hrcpub.patterns import pattern

_PAIRS = pattern(rb"<([0-9A-Fa-f\s]*)>")
_SECTION = pattern(rb"begin(bfchar|bfrange|cidchar|cidrange|codespacerange)(.*?)end\1", re.DOTALL)
_RANGE = pattern(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(<[^>]*>|\[[^\]]*\]|\d+)")
_CID = pattern(rb"<([0-9A-Fa-f]+)>\s*(\d+)")
_MOST_CODES = 200_000  # in one CMap: Unicode's planes in use, and some more


def codes_to_cids(data: bytes) -> tuple[set[int], dict[tuple[int, int], int]]:
    """Return the bytes that codes may have, and CIDs by such a number and the code (§9.7.5.4)."""
    sizes: set[int] = set()
    cids: dict[tuple[int, int], int] = {}
    for kind, body in _SECTION.findall(data):
        if kind == b"codespacerange":
            # The low end of a range is as long as its high end.
            sizes |= {len(b"".join(d.split())) // 2 for d in _PAIRS.findall(body)[::2]}
        elif kind == b"cidchar":
            for code, cid in _CID.findall(body):
                cids[len(code) // 2, int(code, 16)] = int(cid)
        elif kind == b"cidrange":
            for low, high, cid in _RANGE.findall(body):
                if cid.isdigit() and len(cids) <= _MOST_CODES:
                    _number(cids, low, high, int(cid))
    return sizes, cids


def _number(cids: dict[tuple[int, int], int], low: bytes, high: bytes, cid: int) -> None:
    """Number a range's codes from its first CID on."""
    first = int(low, 16)
    # An honest range varies in its last byte or two; a hostile one would fill the memory.
    for code in range(first, min(int(high, 16), first + 65535) + 1):
        cids[len(low) // 2, code] = cid + code - first


def codes_to_words(data: bytes) -> dict[int, str]:
    """Return a ToUnicode CMap's characters by code (§9.10.3)."""
    words: dict[int, str] = {}
    for kind, body in _SECTION.findall(data):
        if kind == b"bfchar":
            both = _PAIRS.findall(body)
            for code, to in zip(both[::2], both[1::2], strict=False):
                words[_code(code)] = _utf16(to)
        elif kind == b"bfrange":
            for low, high, to in _RANGE.findall(body):
                first = _code(low)
                last = min(_code(high), first + 65535)
                _fill(words, first, last, to)
        if len(words) > 100_000:
            break
    return words


def _fill(words: dict[int, str], first: int, last: int, to: bytes) -> None:
    if to.startswith(b"["):
        for offset, digits in enumerate(_PAIRS.findall(to)[: last - first + 1]):
            words[first + offset] = _utf16(digits)
        return
    start = _utf16(to.strip(b"<>"))
    if start:
        for code in range(first, last + 1):
            # Of a range only the last character counts up (§9.10.3).
            point = ord(start[-1]) + code - first
            words[code] = start[:-1] + (chr(point) if point < 0x110000 else "\ufffd")


def _code(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _utf16(digits: bytes) -> str:
    clean = b"".join(digits.split())
    return bytes.fromhex(clean[: len(clean) & ~1].decode("ascii", "ignore")).decode(
        "utf-16-be", "replace"
    )
