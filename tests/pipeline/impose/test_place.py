"""Press sheets as other programs see them: boxes, bleed, turned pages, what files say."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from hrcpub.pipeline.impose import (
    Appearance,
    Artwork,
    Flip,
    ImposeTask,
    Marks,
    inks,
    laid_out,
    place,
    read,
)
from hrcpub.pipeline.preflight import Expected, limits_of, preflight
from hrcpub.problems import HrcpubError, Severity
from hrcpub.project.edition import EDITIONS
from hrcpub.units import PAPER_SIZES, Size, size
from tests.judges import tools
from tests.judges.verapdf import PDF_A_2B
from tests.judges.verapdf import judge as verapdf
from tests.shared.pages import colours, pictures, pixel

LETTER, TABLOID = PAPER_SIZES["letter"], PAPER_SIZES["tabloid"]
PIECE = Size(200, 300)
RED, BLUE, WHITE, BLACK = (255, 0, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)
# Red to the bleed and beyond, a blue square in the trim's upper left corner.
DRAWING = "1 0 0 rg -50 -50 300 400 re f 0 0 1 rg 0 250 50 50 re f"
Change = Callable[[pikepdf.Pdf], None]


def made(pages: int = 1, bleed: float = 9.0, change: Change | None = None) -> bytes:
    """Return a file whose pages have a trim of 200 x 300 pt."""
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=PIECE)
        page.obj.MediaBox = Array([-30, -30, 230, 330])
        page.obj.TrimBox = Array([0, 0, *PIECE])
        page.obj.BleedBox = Array([-bleed, -bleed, 200 + bleed, 300 + bleed])
        page.obj.Contents = pikepdf.Stream(pdf, DRAWING.encode())
        page.obj.Resources = Dictionary()
    if change:
        change(pdf)
    file = io.BytesIO()
    pdf.save(file, static_id=True)
    return file.getvalue()


def artwork(*files: bytes) -> Artwork:
    return read([(f"{index}.pdf", io.BytesIO(data)) for index, data in enumerate(files, 1)])


def imposed(
    data: bytes, scheme: str = "cards", look: Appearance | None = None, **task: Any
) -> bytes:
    """Return a file on Tabloid sheets."""
    opened = artwork(data)
    fields: dict[str, Any] = {"stock": TABLOID, "bleed": opened.bleed} | task
    layout = laid_out(scheme, ImposeTask(len(opened.pages), opened.piece, **fields))
    output = io.BytesIO()
    place(opened, layout, output, look or Appearance(Marks(are_drawn=False)))
    return output.getvalue()


def at(picture: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """Return the colour at a place, counted from the sheet's lower left corner."""
    return pixel(picture, int(x * 2), picture.height - 1 - int(y * 2))


def test_the_bleed_is_drawn_around_the_pieces_and_not_beyond() -> None:
    layout = laid_out("cards", ImposeTask(1, PIECE, TABLOID, bleed=9, up=1))
    box = layout.sides[0].placements[0].covers(PIECE)
    (picture,) = pictures(imposed(made(), up=1))
    assert at(picture, box.right + 8, box.top - 20) == RED
    assert at(picture, box.right - 20, box.top + 8) == RED
    assert at(picture, box.right + 10, box.top - 20) == WHITE
    assert at(picture, box.right - 20, box.top + 10) == WHITE


def test_sheets_have_the_boxes_of_the_pieces_on_them(tmp_path: Path) -> None:
    """As Poppler reads them: the trim around all pieces, the bleed 9 pt around that."""
    file = tmp_path / "sheets.pdf"
    file.write_bytes(imposed(made(4), "saddle-stitch"))
    assert tools.qpdf_complaints(file) == ""
    for boxes in tools.boxes(file):
        trim, bleed = boxes["trim"], boxes["bleed"]
        assert (trim.right - trim.left, trim.top - trim.bottom) == (400, 300)
        assert bleed == trim.outset(9)
        assert boxes["media"] == boxes["crop"]
        assert boxes["media"].holds(bleed)


def test_nothing_crosses_a_fold() -> None:
    def recoloured(pdf: pikepdf.Pdf) -> None:
        for page in (pdf.pages[0], pdf.pages[3]):
            blue = DRAWING.replace("1 0 0 rg", "0 1 0 rg", 1)
            page.obj.Contents = pikepdf.Stream(pdf, blue.encode())

    def checked(data: bytes, colours: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]) -> None:
        for picture, (left, right) in zip(pictures(data), colours, strict=True):
            middle = picture.width / 4
            y = picture.height / 4 - 100
            assert at(picture, middle - 2, y) == left
            assert at(picture, middle + 2, y) == right

    def halved(pdf: pikepdf.Pdf) -> None:
        blue = DRAWING.replace("1 0 0 rg", "0 1 0 rg", 1)
        pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, blue.encode())

    green = (0, 255, 0)
    checked(imposed(made(4, change=recoloured), "saddle-stitch"), ((green, green), (RED, RED)))
    checked(imposed(made(4, change=halved), "saddle-stitch"), ((RED, green), (RED, RED)))


@pytest.mark.slow(
    but=[
        "origin0-2-0-corner0",
        "origin1-2-90-corner1",
        "origin1-None-180-corner2",
        "origin0-None--90-corner4",
    ]
)
@pytest.mark.parametrize(
    ("turn", "corner"),
    [(0, (0, 1)), (90, (1, 1)), (180, (1, 0)), (270, (0, 0)), (-90, (0, 0)), (450, (1, 1))],
)
@pytest.mark.parametrize("unit", [None, 2])
@pytest.mark.parametrize("origin", [(0, 0), (-300, 70)])
def test_a_page_lies_on_its_sheet_as_a_viewer_shows_it(
    turn: int, corner: tuple[int, int], unit: int | None, origin: tuple[int, int]
) -> None:
    """/Rotate turns clockwise; UserUnit makes a page larger; an origin may be anywhere."""
    dx, dy = origin

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        for key in ("/MediaBox", "/TrimBox", "/BleedBox"):
            left, foot, right, top = (float(edge) for edge in page[key])
            page[key] = Array([left + dx, foot + dy, right + dx, top + dy])
        moved = f"1 0 0 1 {dx} {dy} cm {DRAWING}"
        page.Contents = pikepdf.Stream(pdf, moved.encode())
        page.Rotate = turn
        if unit:
            page.UserUnit = unit

    opened = artwork(made(change=change))
    times = unit or 1
    width, height = (300, 200) if turn % 180 else (200, 300)
    assert opened.piece == (width * times, height * times)
    assert opened.bleed == 9 * times
    layout = laid_out("cards", ImposeTask(1, opened.piece, size("20 in x 20 in"), up=1))
    (placement,) = layout.sides[0].placements
    box = placement.covers(opened.piece)
    output = io.BytesIO()
    place(opened, layout, output, Appearance(Marks(are_drawn=False)))
    (picture,) = pictures(output.getvalue())
    assert placement.rotation in (0, 90)
    # Where the blue corner comes to lie, once more turned with the piece.
    x, y = corner if placement.rotation == 0 else (1 - corner[1], corner[0])
    for cx in (0, 1):
        for cy in (0, 1):
            px = box.right - 5 if cx else box.left + 5
            py = box.top - 5 if cy else box.bottom + 5
            assert at(picture, px, py) == (BLUE if (cx, cy) == (x, y) else RED)


def test_pages_without_a_trim_are_taken_whole_and_that_is_said() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            del page.obj.TrimBox
            del page.obj.BleedBox

    opened = artwork(made(change=change))
    assert (opened.piece, opened.bleed) == ((260, 360), 0)
    assert [problem.code for problem in opened.problems] == ["trim-missing"]


@pytest.mark.parametrize(
    "box", [(0, 0, 0, 0), (400, 400, 600, 500), (-50, 20, 100, 90), (10, 10, 90)]
)
def test_a_trim_that_is_not_on_the_page_is_told(box: tuple[float, ...]) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.TrimBox = Array(box)

    (problem,) = artwork(made(change=change)).problems
    assert (problem.code, problem.severity) == ("trim-odd", Severity.WARNING)
    assert "(page 1)" in problem.message


def test_a_trim_that_is_off_by_a_rounding_is_not_told() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.TrimBox = Array([-30.2, 0, 230.2, 300])

    assert artwork(made(change=change)).problems == ()
    assert artwork(made()).problems == ()


@pytest.mark.parametrize(
    ("boxes", "piece", "bleed"),
    [
        ({"CropBox": [0, 0, 100, 100]}, PIECE, 9),  # the TrimBox is what counts
        ({"TrimBox": None, "CropBox": [0, 0, 100, 100]}, (100, 100), 0),
        ({"TrimBox": [200, 300, 0, 0]}, PIECE, 9),  # corners in another order
        ({"TrimBox": [-500, -500, 900, 900]}, (260, 360), 0),  # larger than the page
        ({"TrimBox": [900, 900, 990, 990]}, (260, 360), 0),  # beside the page
        ({"TrimBox": ["a", 0, 1, 2]}, (260, 360), 0),
        ({"BleedBox": [-900, -900, 900, 900]}, PIECE, 30),
        ({"BleedBox": [20, 20, 30, 30]}, PIECE, 0),
        ({"BleedBox": None}, PIECE, 0),
        ({"UserUnit": 0.5}, (100, 150), 4.5),
    ],
)
def test_odd_boxes_are_made_sense_of(
    boxes: dict[str, object], piece: tuple[float, float], bleed: float
) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for name, value in boxes.items():
            if value is None:
                del pdf.pages[0].obj[f"/{name}"]
            elif isinstance(value, list):
                edges = [Name.a if edge == "a" else edge for edge in value]
                pdf.pages[0].obj[f"/{name}"] = Array(edges)
            else:
                pdf.pages[0].obj[f"/{name}"] = value

    opened = artwork(made(change=change))
    assert opened.piece == piece
    assert opened.bleed == bleed


def test_what_pages_share_is_written_once_and_the_file_hardly_grows() -> None:
    noise = random.Random(1).randbytes(90_000)

    def change(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(noise)
        image.Type, image.Subtype = Name.XObject, Name.Image
        image.Width, image.Height, image.BitsPerComponent = 200, 150, 8
        image.ColorSpace = Name.DeviceRGB
        for page in pdf.pages:
            page.obj.Resources = Dictionary(XObject=Dictionary(Im=image))
            page.obj.Contents = pikepdf.Stream(pdf, b"q 200 0 0 150 0 0 cm /Im Do Q")

    data = made(24, change=change)
    for scheme in ("saddle-stitch", "cards", "cut-and-stack"):
        output = imposed(data, scheme, Appearance())
        assert len(output) < 1.1 * len(data)
        with pikepdf.open(io.BytesIO(output)) as pdf:
            kinds = [o.get("/Subtype") for o in pdf.objects if isinstance(o, pikepdf.Stream)]
            assert kinds.count(Name.Image) == 1
            assert kinds.count(Name.Form) >= 24
            assert pdf.check_pdf_syntax() == []


def test_pages_in_turn_each_draw_with_their_own_resources() -> None:
    """What goes before a page's content is kept for the next one, if it is like it."""

    def in_turn(pdf: pikepdf.Pdf) -> None:
        for page, dark in zip(pdf.pages, ("0 0 1", "0 1 0", "0 0 1"), strict=True):
            drawn = pikepdf.Stream(pdf, f"{dark} rg 0 0 200 300 re f".encode())
            drawn.Type, drawn.Subtype, drawn.BBox = Name.XObject, Name.Form, Array([0, 0, *PIECE])
            page.obj.Resources = Dictionary(XObject=Dictionary(Drawn=drawn))
            page.obj.Contents = pikepdf.Stream(pdf, b"/Drawn Do")

    sheets = pictures(imposed(made(3, bleed=0, change=in_turn), up=1, sides=1))
    middle = [at(sheet, sheet.width / 4, sheet.height / 4) for sheet in sheets]
    assert middle == [BLUE, (0, 255, 0), BLUE]


def test_sides_that_are_cut_in_other_places_have_their_own_marks_and_boxes() -> None:
    """Marks and boxes are worked out once for all sides that are alike."""
    layout = laid_out("cards", ImposeTask(1, PIECE, TABLOID, up=1))
    (side,) = layout.sides
    moved = replace(
        side,
        placements=tuple(replace(one, x=one.x + 36) for one in side.placements),
        cuts_x=tuple(x + 36 for x in side.cuts_x),
        trim=side.trim and side.trim._replace(
            left=side.trim.left + 36, right=side.trim.right + 36
        ),
    )  # fmt: skip
    file = io.BytesIO()
    place(
        artwork(made(bleed=0)), replace(layout, sides=(side, moved, side)), file,
        Appearance(Marks()),
    )  # fmt: skip
    sheets = pikepdf.open(file).pages
    lefts = [float(sheet.trimbox[0]) for sheet in sheets]
    assert lefts == [side.cuts_x[0], side.cuts_x[0] + 36, side.cuts_x[0]]
    marks = [sheet.Resources.XObject.Marks.read_bytes() for sheet in sheets]
    assert f"{side.cuts_x[0]:.3f} ".encode() in marks[0]
    assert f"{side.cuts_x[0] + 36:.3f} ".encode() in marks[1]
    assert marks[2] == marks[0] != marks[1]


def test_transparency_is_blended_as_on_the_page() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK, Type=Name.Group)
        faint = Dictionary(Type=Name.ExtGState, ca=0.5, BM=Name.Multiply)
        page.Resources = Dictionary(ExtGState=Dictionary(G=faint))
        page.Contents = pikepdf.Stream(pdf, f"{DRAWING} /G gs 0 0 1 0 k 0 0 200 300 re f".encode())

    data = made(change=change)
    output = imposed(data, up=1, margin=0.0)
    with pikepdf.open(io.BytesIO(output)) as pdf:
        assert pdf.pages[0].obj.Group.CS == "/DeviceCMYK"
        (form,) = pdf.pages[0].obj.Resources.XObject.values()
        assert form.Group.CS == "/DeviceCMYK"
        assert form.Group.I
        assert form.Resources.ExtGState.G.BM == "/Multiply"
    (source,), (sheet,) = pictures(data), pictures(output)
    colours = {colour for _, colour in source.getcolors(1000)}
    assert {colour for _, colour in sheet.getcolors(1000)} <= colours | {WHITE}
    assert len(colours) > 1


@pytest.mark.parametrize("is_off_by_base", [False, True])
def test_layers_that_are_hidden_stay_hidden(is_off_by_base: bool) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        notes, own = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=n)) for n in ("N", "O"))
        default = Dictionary(BaseState=Name.OFF, ON=[own]) if is_off_by_base else None
        default = default or Dictionary(OFF=[notes], Order=[notes, own])
        pdf.Root.OCProperties = Dictionary(OCGs=[notes, own], D=default)
        page = pdf.pages[0].obj
        page.Resources = Dictionary(Properties=Dictionary(L=notes, O=own))
        hidden = f"/OC /O BDC {DRAWING} EMC /OC /L BDC 0 g 0 0 200 300 re f EMC"
        page.Contents = pikepdf.Stream(pdf, hidden.encode())

    (picture,) = pictures(imposed(made(change=change), up=1))
    assert BLACK not in {colour for _, colour in picture.getcolors(1000)}
    (shown,) = pictures(imposed(made(), up=1))
    assert picture.tobytes() == shown.tobytes()


def test_an_information_dictionary_in_the_trailer_itself_is_read() -> None:
    data = made(change=lambda pdf: pdf.docinfo.update({"/Title": "Cards"}))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        number = pdf.trailer.Info.objgen[0]
    reference, direct = b"/Info %d 0 R" % number, b"/Info << /Title (Cards) >>"
    assert reference in data
    with pikepdf.open(io.BytesIO(imposed(data.replace(reference, direct), up=1))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Cards"


def test_a_page_without_a_size_is_taken_for_letter_as_viewers_do() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for key in ("/MediaBox", "/TrimBox", "/BleedBox"):
            del pdf.pages[0].obj[key]

    opened = artwork(made(change=change))
    assert opened.piece == (612, 792)
    assert [problem.code for problem in opened.problems] == ["trim-missing", "media-missing"]


@pytest.mark.parametrize("parts", [1, 2, 3])
def test_contents_in_parts_are_drawn_as_one(parts: int) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        words = DRAWING.split()
        cut = [words[i * len(words) // parts : (i + 1) * len(words) // parts] for i in range(parts)]
        streams = [pdf.make_stream(" ".join(part).encode()) for part in cut]
        pdf.pages[0].obj.Contents = Array(streams)

    one, other = pictures(imposed(made(change=change))), pictures(imposed(made()))
    assert one[0].tobytes() == other[0].tobytes()


def test_a_nul_between_two_words_parts_them() -> None:
    """AutoCAD writes one after a colour space's name; it is white space."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Resources.ColorSpace = Dictionary(C=[Name.Indexed, Name.AB, 1, b"012345"])
        pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, b"/C cs 1 sc 0 0 200 300 re f")

    data = made(change=change)
    assert data.count(b"/AB 1 ") == 1
    nul = data.replace(b"/AB 1 ", b"/AB\x001 ")
    with pikepdf.open(io.BytesIO(imposed(nul))) as pdf:
        (form,) = pdf.pages[0].obj.Resources.XObject.values()
        assert list(form.Resources.ColorSpace.C)[1:3] == [Name.AB, 1]


def test_an_empty_page_leaves_its_place_empty() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[1].obj.Contents
        del pdf.pages[1].obj.Resources

    _, back = pictures(imposed(made(2, change=change)))
    assert colours(back) == {WHITE}


def test_a_dummy_shows_numbers_and_nothing_of_the_pages() -> None:
    data = made(8)
    output = imposed(data, "saddle-stitch", Appearance(is_dummy=True))
    for picture in pictures(output):
        drawn = colours(picture)
        assert RED not in drawn
        assert any(max(colour) < 90 for colour in drawn)
        # The same grey everywhere: nothing coloured was drawn.
        assert all(max(colour) - min(colour) < 8 for colour in drawn)


@pytest.mark.slow(but=["cards-True", "saddle-stitch-False"])
@pytest.mark.parametrize("is_on_every_plate", [False, True])
@pytest.mark.parametrize("scheme", ["cards", "saddle-stitch", "cut-and-stack", "work-and-turn"])
def test_marks_and_slug_stand_outside_the_pieces_and_their_bleed(
    scheme: str, is_on_every_plate: bool
) -> None:
    """Drawn with and without marks, a sheet differs nowhere inside the bleed, and does outside."""
    marks = Marks(True, is_on_every_plate, 12.0, "slug of this file")
    data = made(4)
    plain = imposed(data, scheme)
    marked = imposed(data, scheme, Appearance(marks))
    with pikepdf.open(io.BytesIO(marked)) as pdf:
        box = [float(edge) for edge in pdf.pages[0].obj.BleedBox]
    for one, other in zip(pictures(plain), pictures(marked), strict=True):
        inner = (
            2 * box[0] + 1,
            one.height - 2 * box[3] + 1,
            2 * box[2] - 1,
            one.height - 2 * box[1] - 1,
        )
        left, top, right, foot = (int(edge) for edge in inner)
        inside = (left, top, right, foot)
        assert one.crop(inside).tobytes() == other.crop(inside).tobytes()
        assert one.tobytes() != other.tobytes()


def test_a_file_says_how_its_sheets_are_turned_over() -> None:
    def preferred(flip: Flip | None, scheme: str) -> str:
        opened = artwork(made(2))
        layout = laid_out(scheme, ImposeTask(2, opened.piece, TABLOID), flip)
        output = io.BytesIO()
        place(opened, layout, output, Appearance())
        with pikepdf.open(io.BytesIO(output.getvalue())) as pdf:
            assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
            return str(pdf.Root.ViewerPreferences.Duplex)

    assert preferred(Flip.LONG, "cards") == "/DuplexFlipLongEdge"
    assert preferred(Flip.SHORT, "cards") == "/DuplexFlipShortEdge"
    assert preferred(None, "work-and-turn") == "/Simplex"


def test_the_same_files_make_the_same_sheets() -> None:
    assert imposed(made(8), "saddle-stitch") == imposed(made(8), "saddle-stitch")
    ids = []
    for pages in (4, 8):
        with pikepdf.open(io.BytesIO(imposed(made(pages), "saddle-stitch"))) as pdf:
            ids.append([bytes(part) for part in pdf.trailer.ID])
    assert ids[0][1] != ids[1][1]


# --- Press files ---------------------------------------------------------------------------------


# A piece, how a shop lays it on which sheet, and the pages that makes.
PRESSED = [
    ("contact-card", "cards", "12 in x 18 in", 2),
    ("contact-card", "work-and-turn", "13 in x 19 in", 1),
    ("principles", "saddle-stitch", "19 in x 25 in", 2),
    ("harm-reduction", "saddle-stitch", "12 in x 18 in", 4),
    ("why-in-short", "n-up", "12 in x 18 in", 1),
    ("why-in-short", "cards", "12 in x 18 in", 2),
    ("what-postcard", "cards", "13 in x 19 in", 2),
    ("what-postcard", "cut-and-stack", "13 in x 19 in", 2),
    ("principles-card", "cards", "12 in x 18 in", 2),
    ("principles-card", "work-and-tumble", "13 in x 19 in", 1),
    ("why-folder", "cards", "19 in x 25 in", 2),
    ("principles-poster", "n-up", "25 in x 38 in", 1),
]


@pytest.fixture(scope="module")
def pressed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the press files of PRESSED on their sheets, in its order."""
    folder = tmp_path_factory.mktemp("pressed")
    files = []
    for name, scheme, stock, _ in PRESSED:
        look = Appearance(Marks(True, True, 12.0, "slug"))
        data = (built / f"press/{name}.pdf").read_bytes()
        files.append(folder / f"{name}-{scheme}.pdf")
        files[-1].write_bytes(imposed(data, scheme, look, stock=size(stock)))
    return files


@pytest.mark.slow
def test_imposed_press_files_are_archival(pressed: list[Path]) -> None:
    """One virtual machine judges them all."""
    verdicts = verapdf((PDF_A_2B, file) for file in pressed)
    assert len(verdicts) == len(PRESSED)
    assert [str(verdict) for verdict in verdicts if not verdict.is_compliant] == []
    assert min(verdict.rules for verdict in verdicts) > 100


def test_imposed_press_files_pass_preflight(pressed: list[Path]) -> None:
    for file, (name, scheme, _, pages) in zip(pressed, PRESSED, strict=True):
        wanted = Expected(EDITIONS["press"], pages, bleed=9.0, limits=limits_of("sheetfed"))
        said = {problem.code for problem in preflight(file.read_bytes(), wanted)}
        # Two pages make a booklet whose inside is empty, and that is told.
        assert said == ({"page-blank"} if name == "principles" else set()), (name, scheme)


@pytest.mark.parametrize(
    "number", range(len(PRESSED)), ids=[" ".join(case[:2]) for case in PRESSED]
)
def test_imposed_press_files_stay_what_they_were(
    built: Path, pressed: list[Path], number: int
) -> None:
    """The intents and the mark of PDF/X-4, inks alone, hardly any larger."""
    output = pressed[number]
    data = (built / f"press/{PRESSED[number][0]}.pdf").read_bytes()
    assert output.stat().st_size < 1.1 * len(data)
    with pikepdf.open(io.BytesIO(data)) as source, pikepdf.open(output) as sheets:
        kinds = [str(intent.S) for intent in sheets.Root.OutputIntents]
        assert kinds == ["/GTS_PDFX", "/GTS_PDFA1"]
        for intent, other in zip(source.Root.OutputIntents, sheets.Root.OutputIntents, strict=True):
            assert intent.OutputConditionIdentifier == other.OutputConditionIdentifier
            profiles = [i.DestOutputProfile.read_bytes() for i in (intent, other)]
            assert profiles[0] == profiles[1]
        assert source.Root.Metadata.read_bytes() == sheets.Root.Metadata.read_bytes()
        assert dict(source.docinfo) == dict(sheets.docinfo)
        assert sheets.pages[0].obj.Group.CS == "/DeviceCMYK"
        assert sheets.pdf_version >= "1.6"
    assert inks(artwork(data).files[0]) == 4


def test_a_press_files_own_marks_do_not_come_along(built: Path) -> None:
    data = (built / "press/contact-card.pdf").read_bytes()
    plain = pictures(imposed(data, stock=size("12 in x 18 in")))
    for picture in plain:
        strip = picture.crop((0, 0, picture.width, 30))
        assert {colour for _, colour in strip.getcolors(1000)} == {WHITE}


def test_a_file_without_tags_no_longer_claims_to_have_them() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        xmp = (
            b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
            b' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            b'<rdf:Description rdf:about=""'
            b' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
            b' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
            b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
            b"<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta>"
        )
        pdf.Root.Metadata = pdf.make_stream(xmp, Type=Name.Metadata, Subtype=Name.XML)

    with pikepdf.open(io.BytesIO(imposed(made(change=change)))) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
    assert b"pdfuaid:part" not in xmp
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in xmp


# --- What cannot be imposed ----------------------------------------------------------------------


def encrypted(**fields: Any) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(made())) as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(**fields))
    return file.getvalue()


def without_pages() -> bytes:
    file = io.BytesIO()
    pikepdf.new().save(file)
    return file.getvalue()


def turned_by(degrees: object) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Rotate = degrees

    return made(change=change)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-unreadable"),
        (b"Hello", "file-unreadable"),
        (b"%PDF-1.7\n", "file-unreadable"),
        (b"%PDF-1.7\n%%EOF\n", "file-unreadable"),
        (encrypted(owner="a", user="b"), "file-encrypted"),
        (without_pages(), "file-empty"),
        (turned_by(45), "page-broken"),
    ],
)
def test_a_file_that_cannot_be_imposed_is_a_problem(data: bytes, code: str) -> None:
    with pytest.raises(HrcpubError) as caught:
        artwork(data)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert caught.value.problems[0].source is not None
    assert caught.value.problems[0].source.path == "1.pdf"


def cut(data: bytes) -> bytes:
    """Return a file without its end, as a download leaves it that stops early."""
    return data[: data.rindex(b"startxref")]


def test_a_file_that_lost_its_end_is_repaired_and_that_is_said() -> None:
    opened = artwork(made(2), cut(made(3)))
    assert len(opened.pages) == 2 + 3
    (problem,) = opened.problems
    assert (problem.code, problem.severity) == ("file-repaired", Severity.WARNING)
    assert problem.source is not None
    assert problem.source.path == "2.pdf"
    assert "3 pages were found" in problem.message
    (whole,), (repaired,) = pictures(imposed(made())), pictures(imposed(cut(made())))
    assert repaired.tobytes() == whole.tobytes()
    assert imposed(cut(made())) == imposed(cut(made()))


UNPRINTABLE = pikepdf.Permissions(print_lowres=False, print_highres=False)


@pytest.mark.parametrize(
    ("fields", "severity"),
    [
        ({"R": 6}, Severity.NOTE),
        ({"R": 3, "aes": False, "metadata": False}, Severity.NOTE),
        ({"allow": UNPRINTABLE}, Severity.WARNING),
    ],
)
def test_a_file_that_opens_without_a_password_is_imposed_and_that_is_said(
    fields: dict[str, Any], severity: Severity
) -> None:
    locked = encrypted(owner="a", user="", **fields)
    (problem,) = artwork(locked).problems
    assert (problem.code, problem.severity) == ("file-unlocked", severity)
    sheets = imposed(locked)
    with pikepdf.open(io.BytesIO(sheets)) as pdf:
        assert not pdf.is_encrypted
    assert pictures(sheets)[0].tobytes() == pictures(imposed(made()))[0].tobytes()


def test_a_damaged_file_that_is_encrypted_is_told_to_be_both() -> None:
    problems = artwork(encrypted(owner="a", user="").replace(b"startxref", b"startxxxx")).problems
    assert [problem.code for problem in problems] == ["file-repaired", "file-unlocked"]


@pytest.mark.parametrize("between", [b"\n", b" "], ids=["by qpdf", "by pypdf"])
def test_a_file_whose_objects_are_elsewhere_is_mended_and_that_is_said(between: bytes) -> None:
    """Words put before the first object: every place in the table of objects is wrong."""
    whole = made()
    moved = whole.replace(b"1 0 obj", b"garbage" + between + b"1 0 obj", 1)
    (problem,) = artwork(moved).problems
    assert (problem.code, problem.severity) == ("file-repaired", Severity.WARNING)
    assert pictures(imposed(moved))[0].tobytes() == pictures(imposed(whole))[0].tobytes()


def test_form_fields_and_comments_that_are_lost_are_told() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        look = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        kinds = [("FreeText", 4), ("Link", 4), ("Text", 0), ("Stamp", 6)]
        for page, (kind, flags) in zip(pdf.pages, kinds, strict=True):
            note = Dictionary(
                Subtype=Name(f"/{kind}"), F=flags, AP=Dictionary(N=look), Rect=[0, 0, 9, 9]
            )
            page.obj.Annots = Array([pdf.make_indirect(note)])

    problems = artwork(made(4, change=change)).problems
    assert [problem.code for problem in problems] == ["annotation-dropped"]
    assert "page 1)" in problems[0].message


@pytest.mark.parametrize(
    ("entries", "is_seen"),
    [
        ({"FT": Name.Tx, "V": "Ada"}, True),
        ({"FT": Name.Tx, "MK": Dictionary(BC=[0])}, True),
        ({"Parent": Dictionary(FT=Name.Tx, V="Ada")}, True),
        ({"FT": Name.Tx}, False),
        ({"FT": Name.Sig, "V": Dictionary()}, False),
    ],
)
def test_fields_without_an_appearance_are_told_where_viewers_would_draw_them(
    entries: dict[str, Any], is_seen: bool
) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        drawn = Dictionary(Subtype=Name.Widget, F=4, Rect=[0, 0, 9, 9], **entries)
        field = pdf.make_indirect(drawn)
        parent = pdf.make_indirect(field.get("/Parent", field))
        if "/Parent" in field:
            field.Parent, parent.Kids = parent, Array([field])
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=[parent])

    problems = artwork(made(change=change)).problems
    assert [problem.code for problem in problems] == ["annotation-dropped"] * is_seen


def test_a_page_tree_that_bites_its_tail_ends() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)

    file = made(2, change=None)
    with pikepdf.open(io.BytesIO(file)) as pdf:
        change(pdf)
        output = io.BytesIO()
        pdf.save(output)
    assert len(artwork(output.getvalue()).pages) == 2


def test_files_for_different_printing_are_not_said_to_be_for_one(built: Path) -> None:
    from hrcpub.pipeline.impose import agree

    press = (built / "press/contact-card.pdf").read_bytes()
    screen = (built / "screen/contact-card.pdf").read_bytes()
    assert agree(artwork(press, press))
    mixed = artwork(press, screen)
    assert not agree(mixed)
    layout = laid_out("cards", ImposeTask(len(mixed.pages), mixed.piece, TABLOID))
    output = io.BytesIO()
    place(mixed, layout, output, Appearance())
    with pikepdf.open(io.BytesIO(output.getvalue())) as pdf:
        assert "/OutputIntents" not in pdf.Root
        assert "/Metadata" not in pdf.Root
