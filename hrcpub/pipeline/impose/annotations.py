"""A page's entries to whether something stands on it that is not in its content."""

from __future__ import annotations

from hrcpub.pipeline.impose.pypdf_values import PypdfEntries, number_of, resolved

UNPRINTED = {"/Link", "/Popup", "/TrapNet", "/PrinterMark"}
HIDDEN, PRINTED = 2, 4  # flags of an annotation (ISO 32000-2 §12.5.3)


def has_printed_annotations(entries: PypdfEntries) -> bool:
    """Return whether viewers print comments, stamps or form fields with a page."""
    array = resolved(entries.get("/Annots"))
    for reference in array if isinstance(array, list) else ():
        annotation = resolved(reference)
        if not isinstance(annotation, dict) or annotation.get("/Subtype") in UNPRINTED:
            continue
        flags = int(number_of(annotation.get("/F"), 0.0))
        if flags & PRINTED and not flags & HIDDEN and _draws(annotation):
            return True
    return False


def _draws(annotation: PypdfEntries) -> bool:
    """Return whether a viewer shows something of an annotation.

    What has no appearance of its own (`/AP`) viewers draw as they like; of a form field that is
    its border and ground (`/MK`) and its value, which may stand at its parent (§12.7.4). Signatures
    without an appearance are not shown.
    """
    if "/AP" in annotation or annotation.get("/Subtype") != "/Widget":
        return True
    parent = resolved(annotation.get("/Parent"))
    field = {**(parent if isinstance(parent, dict) else {}), **annotation}
    if field.get("/FT") == "/Sig":
        return False
    return any(resolved(field.get(key)) for key in ("/MK", "/V"))
