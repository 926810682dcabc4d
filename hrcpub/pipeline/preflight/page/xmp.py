"""A file's XMP metadata (ISO 16684-1) to its properties."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
# Namespaces that are read, by the prefixes under which ISO's texts know them. A file may call a
# namespace anything, and say so at any element.
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
}


def properties(packet: bytes) -> dict[str, str]:
    """Return the properties of an XMP packet by `prefix:name`; of a list, its first item.

    Raises ValueError if it cannot be read. One with a document type is not: XMP has none, and what
    it defines may grow without end.
    """
    if b"<!DOCTYPE" in packet:
        raise ValueError("it has a document type")
    try:
        root = ElementTree.fromstring(packet.strip(b"\x00 \t\r\n"))
    except (ElementTree.ParseError, LookupError) as error:  # LookupError: an unknown encoding
        raise ValueError(str(error)) from None
    found: dict[str, str] = {}
    for description in root.iter(f"{_RDF}Description"):
        for tag, value in _fields(description):
            namespace, _, name = tag.removeprefix("{").partition("}")
            if prefix := _PREFIXES.get(namespace):
                found.setdefault(f"{prefix}:{name}", value)
    return found


def _fields(description: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Yield each property of a description, which is an attribute or an element, and its text."""
    yield from description.items()
    for element in description:
        item = next(element.iter(f"{_RDF}li"), element)
        yield element.tag, (item.text or "").strip()
