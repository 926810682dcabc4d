"""What can be wrong with a file that is to be imposed, or with what was asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hrcpub.problems import Problem, Severity, Source
from hrcpub.units import Size, dimensions, distance

LARGER = "take a larger --stock, or let pages be made smaller: --scale fit"


def too_large(piece: Size, sheet: Size, count: int = 1) -> Problem:
    """The pieces do not fit on the sheet inside its margins.

    Fix: take a larger sheet, fewer pieces side by side, no margin or no gutter, or let pages be
    made smaller with `--scale fit`. In a build, leave out the office edition, under `editions:` in
    the layout or the material, or make the layout's trim smaller.
    """
    pieces = (
        f"{count} pieces of {dimensions(piece)} do"
        if count > 1
        else f"a piece of {dimensions(piece)} does"
    )
    message = f"{pieces} not fit on a sheet of {dimensions(sheet)}"
    return Problem("piece-too-large", message, None, LARGER)


def in_a_build(problem: Problem) -> Problem:
    """Return a Problem with what an author can do, who has no options of `hrcpub impose`."""
    if problem.code != "piece-too-large":
        return problem
    return replace(problem, hint="leave out the office edition: editions: [screen, press]")


def no_room(stock: Size) -> Problem:
    """A sheet is too small for its margins and for the overlap of a poster's tiles.

    Fix: take a larger sheet, or a smaller `--margin` or `--overlap`.
    """
    message = f"a sheet of {dimensions(stock)} is too small for its margins and the overlap"
    return Problem("stock-too-small", message, None, "take a larger --stock or a smaller --overlap")


def unreadable(name: str, reason: str) -> Problem:
    """A file that is to be imposed is not a PDF, or is too badly damaged.

    Fix: open it in a viewer. If no viewer opens it, export it or ask for it again. If one does,
    print it to a new PDF there.
    """
    hint = "export or download it again; if a viewer opens it, print it to a new PDF there"
    return Problem("file-unreadable", f"this PDF cannot be read: {reason}", Source(name), hint)


def damaged(name: str, pages: int) -> Problem:
    """A file was damaged, for example by a download that stopped early. It was repaired.

    Fix: compare the sheets with the file in a viewer, since pages or pictures may be missing. If
    you can, export or download it again. The file itself was not changed.
    """
    pages_left = "1 page was found" if pages == 1 else f"{pages} pages were found"
    message = f"this file was damaged; it was repaired before it was imposed, and {pages_left}"
    hint = "check that nothing is missing; better export or download it again"
    return Problem("file-repaired", message, Source(name), hint, Severity.WARNING)


def encrypted(name: str) -> Problem:
    """A file that is to be imposed opens only with a password.

    Fix: ask for one without. Where you may, take it off yourself:
    `qpdf --decrypt --password=… IN.pdf OUT.pdf`. Print shops refuse such files (PDF/X-4).
    """
    hint = "ask for one without a password, or: qpdf --decrypt --password=… IN.pdf OUT.pdf"
    return Problem("file-encrypted", "the file needs a password to open", Source(name), hint)


def unlocked(name: str, may_print: bool) -> Problem:
    """A file is encrypted, but opens without a password. Its sheets are not encrypted.

    Fix: there is nothing to do, except where the message says that the file's author does not
    allow printing: ask first. The file itself was not changed, and print shops refuse it as it is
    (PDF/X-4).
    """
    message = "the file is encrypted, but opens without a password; its sheets are not encrypted"
    if may_print:
        return Problem("file-unlocked", message, Source(name), None, Severity.NOTE)
    message += ". It says that it may not be printed"
    hint = "ask its author first"
    return Problem("file-unlocked", message, Source(name), hint, Severity.WARNING)


def empty(name: str) -> Problem:
    """A file that is to be imposed has no pages.

    Fix: export it again. Something went wrong there.
    """
    return Problem("file-empty", "the file has no pages", Source(name), "export it again")


def mixed_sizes(name: str, page: int, size: Size, first: Size) -> Problem:
    """Pages have different trims, so they do not fit one grid.

    Fix: impose the pages of each size by themselves, or export them all in one size. Or let them
    be made one size: `--mixed scale` scales each page to fit the first page's size, and
    `--mixed center` puts each page as it is in the middle of the largest size. A page that is
    turned in its file (landscape among portrait ones) counts as another size.
    """
    message = f"the page is {dimensions(size)}, but the first is {dimensions(first)}"
    hint = "impose each size by itself, or all with --mixed scale or --mixed center"
    return Problem("page-sizes-mixed", message, Source(name, page=page), hint)


def other_size(name: str, pages: Sequence[int], place: Size, percent: int, bleed: float) -> Problem:
    """Pages of another size were scaled, or stand in the middle of a larger place (`--mixed`).

    Fix: look at those pages on the sheets. A page that was made smaller has less bleed, and may
    have words too small to read and lines too thin to print. One that was made larger may have
    coarse pictures. Where a page is smaller than its place, white paper is around it, and it is
    cut at the size of the place.
    """
    listed = f"page{'' if len(pages) == 1 else 's'} {_listed(pages)}"
    if percent == 100:
        message = f"in the middle of {dimensions(place)}, and cut at that size: {listed}"
    else:
        of_bleed = f" with {distance(bleed)} of bleed" if bleed else ""
        message = f"scaled to {percent} %{of_bleed}, to fit {dimensions(place)}: {listed}"
    return Problem("page-size-changed", message, Source(name), None, Severity.NOTE)


def page_broken(name: str, page: int, message: str) -> Problem:
    """A page has no size, or an impossible one: empty, not a number, or over 200 in.

    Fix: export the file again, or repair it: `qpdf IN.pdf OUT.pdf`.
    """
    return Problem("page-broken", message, Source(name, page=page), "export the file again")


def page_count(message: str, hint: str) -> Problem:
    """A scheme cannot take this number of pages.

    Fix: choose another `--scheme`. A zine has up to eight pages; work-and-turn and
    work-and-tumble need a back for each front.
    """
    return Problem("page-count", message, None, hint)


def quantity_count(given: int, pieces: int) -> Problem:
    """More quantities were given than there are pieces to print.

    Fix: give `--quantity` once for all pieces, or once for each piece in their order. A flat
    piece is a page, or a front and a back (`--sides`). A booklet is one piece.
    """
    of_pieces = "1 piece" if pieces == 1 else f"{pieces} pieces"
    message = f"{given} quantities were given for {of_pieces}"
    return Problem("quantity-count", message, None, "give one --quantity for all, or one for each")


def creep_too_large(shift: float, width: float) -> Problem:
    """The innermost pages would be moved by more than an eighth of their width.

    Fix: check `--caliper`, the thickness of the paper: about 0.1 mm (text) to 0.3 mm (cover), and
    `--creep`, by how much the innermost pages move: a few millimetres. If both are right, the
    booklet is too thick for one section: use `--section`, or `--scheme perfect-bound`.
    """
    message = f"the innermost pages would move by {shift:.1f} of their {width:.0f} pt"
    hint = 'a caliper is about "0.1 mm"; for thick booklets use --section or perfect-bound'
    return Problem("creep-too-large", message, None, hint)


def stock_unknown(text: str, known: Sequence[str]) -> Problem:
    """A sheet size is neither a known name nor a possible size.

    Fix: write a name (letter, legal, tabloid, a3, a4 and the like), or two lengths with their
    units: `"12 in x 18 in"`, `"450 mm x 320 mm"`.
    """
    hint = f'a size such as "12 in x 18 in", or one of: {", ".join(known)}'
    return Problem("stock-unknown", f'"{text}" is not a sheet size', None, hint)


def _listed(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages[:5])) + (" …" if len(pages) > 5 else "")


def no_trim(name: str, size: Size) -> Problem:
    """A file does not say where its pages are cut: it has no TrimBox (ISO 32000-2 §14.11.2).

    Fix: if the pages have bleed or crop marks, export the file again with its boxes; PDF/X does
    that. If not, there is nothing to do: the whole page is taken for the trim, without bleed.
    """
    message = (
        f"no TrimBox: the whole page, {dimensions(size)}, is taken for the trim, without bleed"
    )
    return Problem("trim-missing", message, Source(name), None, Severity.NOTE)


def odd_trim(name: str, pages: Sequence[int], size: Size) -> Problem:
    """A page's TrimBox has no area, or does not lie on the page: nobody knows where it is cut.

    Fix: export the file again, and look at a proof first. (ISO 32000-2 §14.11.2.1.)
    """
    message = (
        f"the TrimBox is not on the page (page {_listed(pages)}): "
        f"{dimensions(size)} is taken for the trim"
    )
    hint = "export the file again, or measure whether that is the finished size"
    return Problem("trim-odd", message, Source(name), hint, Severity.WARNING)


def no_media(name: str, pages: Sequence[int]) -> Problem:
    """A page does not say how large it is: it has no MediaBox (ISO 32000-2 §14.11.2).

    Fix: export the file again. If the pages are Letter, there is nothing to do: viewers take them
    for that, and so they are imposed.
    """
    message = f"the page has no MediaBox, and is taken for Letter (page {_listed(pages)})"
    hint = "export the file again, if its pages are of another size"
    return Problem("media-missing", message, Source(name), hint, Severity.WARNING)


def annotations_dropped(name: str, pages: Sequence[int]) -> Problem:
    """A page has comments, stamps or form fields that would print, but are not on the sheets.

    Fix: flatten them first. Print the file to PDF, or use
    `qpdf --generate-appearances --flatten-annotations=print IN.pdf OUT.pdf`. Only the content of a
    page is imposed.
    """
    message = f"comments or form fields are left out (page {_listed(pages)})"
    hint = (
        "to print them too: qpdf --generate-appearances --flatten-annotations=print IN.pdf OUT.pdf"
    )
    return Problem("annotation-dropped", message, Source(name), hint, Severity.WARNING)


def files_differ(names: str) -> Problem:
    """Files that are imposed together are meant for different printing conditions.

    Fix: make the files for one condition, or impose them separately. As they are, the sheets name
    no condition, and claim no standard (PDF/X, PDF/A).
    """
    message = "the files are for different printing conditions, so the sheets name none"
    return Problem("files-differ", message, Source(names), None, Severity.WARNING)


def into_margin(margin: float) -> Problem:
    """Pieces reach into the edge of the sheet that most printers leave white, about 6 mm.

    Fix: take a larger sheet, or let pages be made smaller with `--scale fit`. If the pages are
    white there, nothing is lost.
    """
    message = (
        f"pieces reach into the sheet's outer {distance(margin)}, where most printers cannot print"
    )
    hint = "if the pages are white there, nothing is lost; if not: a larger --stock or --scale fit"
    return Problem("sheet-margin", message, None, hint, Severity.WARNING)


def no_gutter(bleed: float) -> Problem:
    """There is no gutter between the pieces, although they have bleed: it would not fit.

    Fix: take a larger sheet, or cut with care. One cut parts two pieces. Where their colours
    differ, a cut that is slightly off shows a sliver of the other piece.
    """
    message = (
        f"gutters of {distance(2 * bleed)} do not fit: pieces share their cuts, and lose their "
        "bleed there"
    )
    return Problem("sheet-gutter", message, None, "take a larger --stock", Severity.WARNING)


def blanks(count: int, where: str) -> Problem:
    """The pages do not fill the sheets, so blank pages were added.

    Fix: nothing, if blank pages do no harm. In a saddle-stitched booklet they come before the back
    cover, otherwise at the end.
    """
    message = f"{count} blank page{'s' if count > 1 else ''} {where}"
    return Problem("page-blank", message, None, None, Severity.NOTE)


CODES = {
    "piece-too-large": too_large,
    "stock-too-small": no_room,
    "file-unreadable": unreadable,
    "file-repaired": damaged,
    "file-encrypted": encrypted,
    "file-unlocked": unlocked,
    "file-empty": empty,
    "page-sizes-mixed": mixed_sizes,
    "page-size-changed": other_size,
    "page-broken": page_broken,
    "page-count": page_count,
    "quantity-count": quantity_count,
    "creep-too-large": creep_too_large,
    "stock-unknown": stock_unknown,
    "trim-missing": no_trim,
    "trim-odd": odd_trim,
    "media-missing": no_media,
    "annotation-dropped": annotations_dropped,
    "files-differ": files_differ,
    "sheet-margin": into_margin,
    "sheet-gutter": no_gutter,
    "page-blank": blanks,
}
