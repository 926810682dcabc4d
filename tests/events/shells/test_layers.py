"""Pages with stamps: what is drawn where, in which order, and what cannot be."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from hrcpub.events.shells import PageForm, Stamp, StampedPages, layered
from hrcpub.events.shells import layers as layers_module
from hrcpub.pipeline.stages import Pdf
from hrcpub.problems import HrcpubError
from tests.judges import tools

HEIGHT = 60
BEGINS = b"1 0 0 -1 0 60 cm\nq\n0.75 0 0 0.75 0 0 cm\n"  # as WeasyPrint's pages do
PLACE = b"q\nBT\nET\nQ\n"


def file(*pages: bytes, title: str = "") -> Pdf:
    """Return a file of pages that draw this, 100 pt wide; y goes downwards, in CSS pixels."""
    pdf = pikepdf.new()
    for drawn in pages:
        page = pdf.add_blank_page(page_size=(100, HEIGHT))
        page.obj["/Contents"] = pdf.make_stream(BEGINS + drawn + b"Q")
        page.obj["/Resources"] = pikepdf.Dictionary()
    if title:
        pdf.docinfo["/Title"] = title
    out = io.BytesIO()
    pdf.save(out, static_id=True)
    return Pdf(out.getvalue())


GROUND = file(b"0 0 1 rg 0 0 40 80 re f\n" + PLACE + PLACE, title="1 0 R (a list)")
RED = file(b"1 0 0 rg 0 0 20 20 re f\n", b"0 1 0 rg 0 0 20 20 re f\n")


def stamp(page: int, x: float, y: float, drawn: bytes | None = None) -> Stamp:
    return Stamp(PageForm(RED, page, drawn), x, y)


def colours(pdf: Pdf, folder: Path, *points: tuple[int, int]) -> list[list[object]]:
    """Return the colours of places, in points, on each page."""
    path = folder / "made.pdf"
    path.write_bytes(pdf)
    assert tools.qpdf_complaints(path) == ""
    pages = [page.convert("RGB") for page in tools.drawn_by_poppler(path)]
    scale = pages[0].width / 100
    return [[page.getpixel((int(x * scale), int(y * scale))) for x, y in points] for page in pages]


BLUE, WHITE, SIGNAL, GREEN = (0, 0, 255), (255, 255, 255), (255, 0, 0), (0, 255, 0)


def test_stamps_lie_on_their_page_moved_from_its_corner(tmp_path: Path) -> None:
    made = layered(
        [
            StampedPages(GROUND, ((stamp(1, 50, 10),), (stamp(2, 70, 30), stamp(1, 5, 5)))),
            StampedPages(GROUND, ((), (stamp(2, 50, 10),))),
        ]
    )
    points = ((1, 1), (55, 15), (75, 35), (10, 10))
    assert colours(made, tmp_path, *points) == [
        [BLUE, SIGNAL, GREEN, SIGNAL],
        [BLUE, GREEN, WHITE, BLUE],
    ]


def test_a_page_may_be_stamped_with_other_operators_than_its_own(tmp_path: Path) -> None:
    other = BEGINS + b"0 1 0 rg 0 0 20 20 re f\nQ"
    places = ((stamp(1, 50, 10), stamp(1, 80, 10, other)), ())
    made = layered([StampedPages(GROUND, places)])
    assert colours(made, tmp_path, (55, 15), (85, 15)) == [[SIGNAL, GREEN]]


def test_further_pages_stay_as_they_are(tmp_path: Path) -> None:
    two = file(PLACE, b"0 0 1 rg 0 0 133 80 re f\n")
    one = StampedPages(two, ((stamp(1, 0, 0),),))
    made = layered([one, one, StampedPages(two)])
    found = [row[0] for row in colours(made, tmp_path, (5, 5))]
    assert found == [SIGNAL, BLUE, SIGNAL, BLUE, WHITE, BLUE]


def test_the_title_is_that_of_the_first_file_and_the_same_pages_are_the_same_bytes() -> None:
    sheets = [StampedPages(GROUND, ((stamp(1, 0, 0),), ())), StampedPages(RED)]
    made = layered(sheets)
    assert made == layered(sheets)
    assert made != layered(sheets[:1])
    with pikepdf.open(io.BytesIO(made)) as read:
        assert read.docinfo["/Title"] == "1 0 R (a list)"


def test_what_pages_share_is_there_once() -> None:
    """However many pages there are: a page more is its dictionary, and what it alone draws."""
    counts = []
    for many in (2, 50):
        sheets = [StampedPages(GROUND, ((stamp(1, 0, 0),), ())) for _ in range(many)]
        with pikepdf.open(io.BytesIO(layered(sheets))) as read:
            counts.append(sum(isinstance(one, pikepdf.Stream) for one in read.objects))
    assert counts[1] - counts[0] <= 1  # one more stream that holds dictionaries


@pytest.mark.parametrize(
    "sheet",
    [
        StampedPages(GROUND, ((),)),
        StampedPages(GROUND, ((), (), ())),
        StampedPages(GROUND, ((stamp(3, 0, 0),), ())),
        StampedPages(Pdf(b"%PDF-1.7 torn"), ()),
        StampedPages(Pdf(file(b"")[:-300]), ()),
    ],
    ids=["a place less", "a place more", "no such page", "no file", "a torn file"],
)
def test_what_cannot_be_stamped_is_told(sheet: StampedPages) -> None:
    with pytest.raises(HrcpubError):
        layered([sheet])


def test_a_page_that_does_not_begin_as_weasyprints_is_refused() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(100, HEIGHT)).obj["/Contents"] = pdf.make_stream(PLACE)
    out = io.BytesIO()
    pdf.save(out)
    with pytest.raises(HrcpubError):
        layered([StampedPages(Pdf(out.getvalue()), ((),))])


@pytest.mark.parametrize("wrong", ["the other stamp", "no stamp", "twice"])
def test_a_stamp_that_is_not_as_it_should_be_is_seen(
    wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = layers_module._placed

    def placed(stamp: Stamp, height: float, number: int) -> bytes:
        drawn = honest(stamp, height, number)
        return {"no stamp": b"", "twice": drawn * 2}.get(wrong, drawn)

    monkeypatch.setattr(layers_module, "_placed", placed)
    if wrong == "the other stamp":
        put = layers_module._Layers._put_form

        def other(self: layers_module._Layers, form: PageForm) -> tuple[int, bytes]:
            return put(self, form._replace(page=3 - form.page))[0], put(self, form)[1]

        monkeypatch.setattr(layers_module._Layers, "_put_form", other)
    with pytest.raises(HrcpubError):
        layered([StampedPages(GROUND, ((stamp(1, 0, 0),), (stamp(2, 0, 0),)))])
