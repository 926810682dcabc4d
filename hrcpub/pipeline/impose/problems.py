"""What can be wrong with a file that is to be imposed, or with what was asked for it."""

from __future__ import annotations

from collections.abc import Sequence

from hrcpub.problems import Problem, Severity, Source
from hrcpub.units import Size, inches

LARGER = (
    "take a larger --stock, or let pages be made smaller: --scale fit; "
    "in a build, leave the office edition out: editions: [screen, press]"
)


def too_large(piece: Size, sheet: Size, many: int = 1) -> Problem:
    """Pieces are larger than the sheet, less its margins, or so many of them do not fit on it.

    Take a larger sheet, fewer pieces side by side, no margin or no gutter, or let pages be made
    smaller with `--scale fit`. In a build, leave the office edition out, under `editions:` in the
    layout or in the material, or make the layout's trim smaller.
    """
    what = (
        f"{many} pieces of {inches(piece)} do" if many > 1 else f"a piece of {inches(piece)} does"
    )
    said = f"{what} not fit on a sheet of {inches(sheet)}"
    return Problem("piece-too-large", said, None, LARGER)


def no_room(stock: Size) -> Problem:
    """A sheet is too small for its margins and the overlap of a poster's tiles.

    Take a larger sheet, or less of `--margin` or `--overlap`.
    """
    said = f"a sheet of {inches(stock)} has no room beside its margins and the overlap"
    return Problem("stock-too-small", said, None, "take a larger --stock or a smaller --overlap")


def unreadable(name: str, said: str) -> Problem:
    """A file that is to be imposed is no PDF, or a damaged one.

    Open it in a viewer first: what no viewer opens has to be exported or sent again. What a viewer
    does open, it can often mend by printing to PDF, and so can `qpdf IN.pdf OUT.pdf`.
    """
    hint = "export or download it again; what a viewer can open, qpdf IN.pdf OUT.pdf may mend"
    return Problem(
        "file-unreadable", f"this is no PDF that can be read: {said}", Source(name), hint
    )


def encrypted(name: str) -> Problem:
    """A file that is to be imposed is encrypted, and print shops refuse such files (PDF/X-4).

    Ask for one without a password, or take it off where you may: `qpdf --decrypt IN.pdf OUT.pdf`,
    with `--password=…` where it asks for one.
    """
    hint = "ask for it without, or: qpdf --decrypt --password=… IN.pdf OUT.pdf"
    return Problem("file-encrypted", "the file is encrypted", Source(name), hint)


def empty(name: str) -> Problem:
    """A file that is to be imposed has no page.

    Export it again; something went wrong there.
    """
    return Problem("file-empty", "the file has no pages", Source(name), "export it again")


def mixed_sizes(name: str, page: int, size: Size, first: Size) -> Problem:
    """Pages have different trims, so that no grid fits them all.

    Impose them apart, by size; or export them all in one size. A page that is turned in its file
    (landscape among upright ones) counts as another size.
    """
    said = f"the page is {inches(size)}, but the first is {inches(first)}"
    return Problem("page-sizes-mixed", said, Source(name, page=page), "impose each size by itself")


def page_broken(name: str, page: int, said: str) -> Problem:
    """A page has no size, or one that no paper has: empty, not a number, or larger than 200 in.

    Export the file again, or mend it: `qpdf IN.pdf OUT.pdf`.
    """
    return Problem("page-broken", said, Source(name, page=page), "export the file again")


def page_count(said: str, hint: str) -> Problem:
    """A scheme cannot take so many pages.

    A zine has up to eight pages; work-and-turn and work-and-tumble need a back for each front.
    """
    return Problem("page-count", said, None, hint)


def quantity_count(given: int, pieces: int) -> Problem:
    """More quantities were given than there are pieces to print.

    A flat piece is a page, or a front and a back (`--sides`); `--quantity` may stand once for all,
    or once for each piece in their order. What is not flat, such as a booklet, has one quantity.
    """
    many = "1 piece" if pieces == 1 else f"{pieces} pieces"
    said = f"{given} quantities were given for {many}"
    return Problem("quantity-count", said, None, "give one --quantity for all, or one for each")


def creep_too_large(shift: float, width: float) -> Problem:
    """The innermost pages would be moved by more than an eighth of their width.

    A stock's thickness is about 0.1 mm (text) to 0.3 mm (cover), and `--creep` is what the
    innermost pages of a thick booklet move: a few millimetres. Otherwise the booklet has too many
    pages to be stitched in one: `--section`, or `--scheme perfect-bound`.
    """
    said = f"the innermost pages would move by {shift:.1f} of their {width:.0f} pt"
    hint = 'a caliper is about "0.1 mm"; thick booklets take --section or perfect-bound'
    return Problem("creep-too-large", said, None, hint)


def stock_unknown(text: str, known: Sequence[str]) -> Problem:
    """A sheet size is neither a name nor a size, or is no size that paper has.

    Names are letter, legal, tabloid, a3, a4 and the like; sizes are two lengths with their units:
    `"12 in x 18 in"`, `"450 mm x 320 mm"`.
    """
    hint = f'a size such as "12 in x 18 in", or one of: {", ".join(known)}'
    return Problem("stock-unknown", f'"{text}" is no sheet size', None, hint)


def no_trim(name: str, size: Size) -> Problem:
    """A file does not say where its pages are cut: it has no TrimBox (ISO 32000-2 §14.11.2).

    The whole page, as a viewer shows it, is taken for the finished piece, without bleed. When it
    has bleed or crop marks, export it again with its boxes: PDF/X does that.
    """
    said = f"no TrimBox: the whole page, {inches(size)}, is taken for the trim, without bleed"
    return Problem("trim-missing", said, Source(name), None, Severity.NOTE)


def notes_dropped(name: str, pages: Sequence[int]) -> Problem:
    """A page has comments, stamps or form fields that would print, but not on a press sheet.

    Only a page's own content is imposed. Flatten them first: print the file to PDF, or
    `qpdf --flatten-annotations=print IN.pdf OUT.pdf`.
    """
    many = ", ".join(map(str, pages[:5])) + (" …" if len(pages) > 5 else "")
    said = f"comments or form fields are left out (page {many})"
    hint = "to have them printed: qpdf --flatten-annotations=print IN.pdf OUT.pdf"
    return Problem("annotation-dropped", said, Source(name), hint, Severity.WARNING)


def files_differ(name: str) -> Problem:
    """Files that are imposed together are meant for different printing conditions.

    The sheets then name none, and claim no standard (PDF/X, PDF/A). Make the files for one
    condition, or impose them apart.
    """
    said = "the files are meant for different printing: the sheets name no output intent"
    return Problem("files-differ", said, Source(name), None, Severity.WARNING)


def into_margin(margin: float) -> Problem:
    """Pieces reach into the edge of the sheet that most printers leave white, about 6 mm.

    Take a larger sheet, or let pages be made smaller with `--scale fit`; when the pages are white
    there, nothing is lost.
    """
    said = (
        f"pieces reach into the sheet's outer {margin:.0f} pt, where most printers leave it white"
    )
    hint = "nothing is lost where pages are white; else a larger --stock, or --scale fit"
    return Problem("sheet-margin", said, None, hint, Severity.WARNING)


def no_gutter(bleed: float) -> Problem:
    """Pieces lie without the gutter that their bleed asks for, since that would not fit.

    One cut parts two pieces. Where their colours differ, a knife that is off shows a sliver of the
    neighbour's: take a larger sheet, or cut with care.
    """
    said = (
        f"no room for gutters of {2 * bleed:g} pt: pieces share their cuts, bleed is cut off there"
    )
    return Problem("sheet-gutter", said, None, "take a larger --stock", Severity.WARNING)


def blanks(many: int, where: str) -> Problem:
    """The number of pages does not fill the sheets: blank ones were added.

    In a saddle-stitched booklet and a zine they stand before the back cover, otherwise at the end.
    """
    said = f"{many} blank page{'s' if many > 1 else ''} {where}"
    return Problem("page-blank", said, None, None, Severity.NOTE)


CODES = {
    "piece-too-large": too_large,
    "stock-too-small": no_room,
    "file-unreadable": unreadable,
    "file-encrypted": encrypted,
    "file-empty": empty,
    "page-sizes-mixed": mixed_sizes,
    "page-broken": page_broken,
    "page-count": page_count,
    "quantity-count": quantity_count,
    "creep-too-large": creep_too_large,
    "stock-unknown": stock_unknown,
    "trim-missing": no_trim,
    "annotation-dropped": notes_dropped,
    "files-differ": files_differ,
    "sheet-margin": into_margin,
    "sheet-gutter": no_gutter,
    "page-blank": blanks,
}
