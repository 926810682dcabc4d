"""A page's entries to whether something stands on it that is not in its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrcpub.pipeline.impose.pdf_syntax import PdfValue, entries, items, number_of

if TYPE_CHECKING:
    from hrcpub.pipeline.impose.pdf_file import PdfFile

UNPRINTED = {b"/Link", b"/Popup", b"/TrapNet", b"/PrinterMark"}
EMPTY = {b"null", b"()", b"<>", b"<<>>", b"false", b"[]"}
HIDDEN, PRINTED = 2, 4  # flags of an annotation (ISO 32000-2 §12.5.3)


def has_printed_annotations(pdf: PdfFile, page: dict[bytes, PdfValue]) -> bool:
    """Return whether viewers print comments, stamps or form fields with a page."""
    if b"/Annots" not in page:
        return False
    for annotation in items(pdf.resolved(page[b"/Annots"])):
        its = entries(pdf.resolved(annotation))
        if not its or its.get(b"/Subtype") in UNPRINTED:
            continue
        flags = int(number_of(its.get(b"/F"), 0.0))
        if flags & PRINTED and not flags & HIDDEN and _draws(pdf, its):
            return True
    return False


def _draws(pdf: PdfFile, annotation: dict[bytes, PdfValue]) -> bool:
    """Return whether a viewer shows something of an annotation.

    What has no appearance of its own (`/AP`) viewers draw as they like; of a form field that is
    its border and ground (`/MK`) and its value, which may stand at its parent (§12.7.4). Signatures
    without an appearance are not shown.
    """
    if b"/AP" in annotation or annotation.get(b"/Subtype") != b"/Widget":
        return True
    field = entries(pdf.resolved(annotation.get(b"/Parent"))) | annotation
    if pdf.resolved(field.get(b"/FT")) == b"/Sig":
        return False
    shown = (pdf.resolved(field.get(key)) for key in (b"/MK", b"/V"))
    return any(b"".join(value.split()) not in EMPTY for value in shown)
