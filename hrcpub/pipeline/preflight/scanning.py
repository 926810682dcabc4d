"""A finished file's pages to what a reader of QR codes reads off them, held to what they must say.

Each page is drawn by PDFium at 200 pixels to the inch, as a good photograph has it, and read by
ZXing: two programs that did not make the code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hrcpub.pipeline.stages import DrawnCode
from hrcpub.problems import Problem

_PPI = 200


def unread_codes(data: bytes, codes: Sequence[DrawnCode]) -> Iterator[Problem]:
    """Yield a Problem for each code that cannot be read off the file's pages."""
    if not codes:
        return
    unread = {code.payload for code in codes}
    for said in _read(data):
        unread.discard(said)
        if not unread:
            return
    yield from (code_unread(code) for code in codes if code.payload in unread)


def _read(data: bytes) -> Iterator[str]:
    """Yield what each QR code on the pages says, page by page as they are asked for.

    Why no code of another kind: none is ours, and to look for all takes ten times as long.
    """
    import pypdfium2
    import zxingcpp

    kind = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            drawn = page.render(scale=_PPI / 72, grayscale=True).to_pil()
            for code in zxingcpp.read_barcodes(
                drawn, formats=kind, text_mode=zxingcpp.TextMode.Plain
            ):
                yield code.text
    finally:
        document.close()


def code_unread(code: DrawnCode) -> Problem:
    """A QR code on the finished page cannot be read, or says something else.

    Fix: look at the page. Something lies over the code, it has too little white around it, or its
    ink and ground are too alike. Ask the designer for a white panel with nothing on it.
    """
    return Problem(
        "code-unread",
        f'the QR code for "{" ".join(code.payload.split())}" cannot be read off the finished page',
        code.source,
        "look at the page: is something over the code, or too near to it?",
    )


CODES = {"code-unread": code_unread}
