"""What joining can break, looked for in every file that was joined, by a reader that is not ours."""

from __future__ import annotations

import io

from hrcpub.problems import HrcpubError
from hrcpub.stock.troubles import joint_broken


def look_over(pdf: bytes, pages: int, operators: bytes) -> None:
    """Read a joined piece again; raise HrcpubError unless it has its pages and the imprint.

    `operators` are those that its imprint was to draw. The stock piece itself was proven before.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as read:
            found = len(read.pages)
            forms = {
                form.objgen: form
                for page in read.pages
                if (form := page.obj["/Resources"].get("/XObject", {}).get("/Imprint")) is not None
            }
            drawn = {form.read_bytes() for form in forms.values()}
            damaged = read.get_warnings()
            for form in forms.values():
                for font in form["/Resources"].get("/Font", {}).values():
                    font["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"].read_raw_bytes()
    except (pikepdf.PdfError, KeyError, TypeError, ValueError) as error:
        raise HrcpubError(joint_broken(str(error))) from None
    if damaged:
        raise HrcpubError(joint_broken(str(damaged[0])))
    if found != pages:
        raise HrcpubError(joint_broken(f"it has {found} pages, not {pages}"))
    if drawn != {operators}:
        raise HrcpubError(joint_broken("its imprint is not the one that was to be drawn"))
