"""Files that are broken, ask for too much, or are not files at all, get one clear answer.

Nothing here would harm a program: the bounds are lowered, not the files blown up.
"""

from __future__ import annotations

import os
import random
import tempfile
import zlib
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from hrcpub.pipeline.preflight import guard
from hrcpub.pipeline.preflight.ink import ghostscript
from hrcpub.pipeline.preflight.judge import judge
from hrcpub.pipeline.preflight.page.bounded import Budget
from hrcpub.pipeline.preflight.page.bounds import BOUNDS, Bounds
from hrcpub.pipeline.preflight.page.content import operations
from hrcpub.pipeline.preflight.page.interpreter import Frame, Library, Walk
from hrcpub.pipeline.preflight.page.marks import Clip, State
from hrcpub.pipeline.preflight.page.operators import OPERATORS
from hrcpub.pipeline.preflight.page.xobjects import draw_form
from hrcpub.problems import HrcpubError, Problem
from hrcpub.units import Rect
from tests.shared.press_files import (
    SHEETFED,
    TEXT,
    Change,
    changed,
    codes,
    found,
    image,
    press,
    saved,
)

WHOLE = saved(press())


def nested(depth: int) -> Change:
    """Put a form in a form, so deep."""

    def change(pdf: pikepdf.Pdf) -> None:
        inner = form(pdf, b"0 0 9 9 re f")
        for _ in range(depth):
            outer = form(pdf, b"/X Do")
            outer.Resources = Dictionary(XObject=Dictionary(X=inner))
            inner = outer
        draw(pdf, inner)

    return change


def form(pdf: pikepdf.Pdf, data: bytes) -> pikepdf.Object:
    stream = Stream(pdf, data, Type=Name.XObject, Subtype=Name.Form)
    stream.BBox = Array([0, 0, 99, 99])
    return pdf.make_indirect(stream)


def draw(pdf: pikepdf.Pdf, form: pikepdf.Object) -> None:
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(X=form)
    page.Contents = Stream(pdf, TEXT + b" /X Do")


def packed_twice(pdf: pikepdf.Pdf) -> None:
    """Pack a page's content in two layers; unpacked it has 20,000 bytes."""
    data = zlib.compress(zlib.compress(b" " * 20_000))
    pdf.pages[0].obj.Contents = Stream(
        pdf, data, Filter=Array([Name.FlateDecode, Name.FlateDecode])
    )


def one_picture(pdf: pikepdf.Pdf) -> None:
    """Paint a picture of 8 by 8 pixels in all inks."""
    picture = image(pdf, 8, 8, ColorSpace=Name.DeviceCMYK, data=b"\xff" * 256)
    pdf.pages[0].obj.Resources.XObject = Dictionary(X=picture)
    pdf.pages[0].obj.Contents = Stream(pdf, TEXT + b" q 99 0 0 99 40 40 cm /X Do Q")


def distant_parents(pdf: pikepdf.Pdf) -> None:
    """Put 70 levels between a page and what it inherits."""
    page = pdf.pages[0].obj
    del page.MediaBox
    for _ in range(70):
        page.Parent = pdf.make_indirect(Dictionary(Type=Name.Pages, Parent=page.Parent))


def deep_function(pdf: pikepdf.Pdf) -> None:
    """Stitch a function of a function of a function, ten times."""
    function = Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array([1] * 4), N=1
    )
    for _ in range(10):
        function = Dictionary(
            FunctionType=3,
            Domain=Array([0, 1]),
            Bounds=Array([]),
            Encode=Array([0, 1]),
            Functions=Array([pdf.make_indirect(function)]),
        )
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=Array([0, 0, 9, 9]), Function=function
    )
    pdf.pages[0].obj.Resources.Shading = Dictionary(S=shading)
    pdf.pages[0].obj.Contents = Stream(pdf, TEXT + b" /S sh")


def deep_space(pdf: pikepdf.Pdf) -> None:
    """Index a colour space that indexes a colour space, ten times."""
    space: pikepdf.Object = Name.DeviceGray
    for _ in range(10):
        space = pdf.make_indirect(Array([Name.Indexed, space, 0, pikepdf.String("a")]))
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(C=space)
    pdf.pages[0].obj.Contents = Stream(pdf, TEXT + b" /C cs 0 sc 20 20 50 50 re f")


def content(data: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = Stream(pdf, data)

    return change


LINES = b"".join(b" 40 %d m 90 %d l S" % (y, y) for y in range(40, 60))
# What is done to a file, the bounds it is held to, and the code that answers. The files are small:
# what is too much is set by the bounds.
TOO_MUCH: dict[str, tuple[Change, Bounds]] = {
    "forms in forms": (nested(30), BOUNDS),
    "operators": (content(TEXT + LINES * 20), Bounds(operators=1000)),
    "outlines": (content(TEXT + b"1 1 m 9 1 l 9 9 l h\n" * 400 + b"f"), Bounds(operators=1000)),
    "marks": (content(TEXT + LINES), Bounds(marks=10)),
    "a stream": (content(b" " * 20_000 + TEXT), Bounds(stream=10_000)),
    "a stream in layers": (packed_twice, Bounds(stream=10_000)),
    "all streams": (content(TEXT + b" " * 20_000), Bounds(decoded=10_000)),
    "time": (content(TEXT), Bounds(seconds=0.0)),
    "time for a page": (content(TEXT), Bounds(page_seconds=0.0)),
}
BROKEN: dict[str, tuple[Change, str | None]] = {
    "distant parents": (distant_parents, None),
    "functions in functions": (deep_function, "shading-function"),
    "colour spaces in colour spaces": (deep_space, "colour-broken"),
    "brackets": (content(TEXT + b"[" * 120), "pdf-syntax"),
    "parentheses": (content(TEXT + b"(" * 120), "pdf-syntax"),
    "dictionaries": (content(TEXT + b"<<" * 120), "pdf-syntax"),
    "saves": (content(TEXT + b"q " * 600), "pdf-syntax"),
    "operands": (content(TEXT + b"1 " * 200), "pdf-syntax"),
    "huge numbers": (content(TEXT + b"9" * 400 + b" 1e999 -1e400 9 re f 1 0 0 1 1e300 0 cm"), None),
    "an image without end": (content(TEXT + b"BI /W 9 /H 9 ID " + b"x" * 99), "pdf-syntax"),
    "an open array": (content(TEXT + b"[" + b"(a" * 30 + b")" * 29), "pdf-syntax"),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_a_file_that_needs_more_than_its_bounds_is_told_as_that(name: str) -> None:
    change, bounds = TOO_MUCH[name]
    data = changed(change)
    said = guard.judged(data, SHEETFED, bounds)
    assert "pdf-too-much" in {problem.code for problem in said}
    assert judge(data, SHEETFED, bounds) == said  # in this process, too
    if bounds != BOUNDS:
        assert "pdf-too-much" not in codes(data)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_answered_with_a_problem(name: str) -> None:
    change, code = BROKEN[name]
    data = changed(change)
    said = guard.judged(data, SHEETFED, find=ghostscript.none)
    assert judge(data, SHEETFED, find=ghostscript.none) == said  # in this process, too
    assert all(isinstance(problem, Problem) for problem in said)
    assert code is None or code in {problem.code for problem in said}


def test_a_form_that_is_being_drawn_is_not_drawn_again() -> None:
    """The form is a plain one, and only said to be one of those that are being drawn."""
    pdf = pikepdf.new()
    plain, view = form(pdf, b"0 0 9 9 re f"), Rect(0, 0, 99, 99)
    for drawn, complaints in ((frozenset(), 0), (frozenset({plain.objgen}), 1)):
        library = Library(Budget(BOUNDS), OPERATORS)
        frame = Frame(Walk(library), State((1, 0, 0, 1, 0, 0), Clip(view)), None, view)
        frame.drawn = drawn
        draw_form(frame, plain, "/X")
        assert len(frame.walk.complaints) == complaints
        assert len(frame.walk.tree) == 1 - complaints


@pytest.mark.slow
def test_thirty_thousand_objects_are_judged() -> None:
    lines = b" ".join(b"%d %d m 200 200 l S" % (n % 200 + 20, n // 600 + 20) for n in range(30_000))
    assert "line-thin" in codes(changed(content(b"0 1 1 0 K .1 w " + lines)))


def test_a_picture_of_too_many_pixels_is_not_measured() -> None:
    data = changed(one_picture)
    said = judge(data, SHEETFED, Bounds(pixels=60), ghostscript.none)
    assert {"ink-unknown"} == {p.code for p in said if p.code.startswith("ink-")}
    said = judge(data, SHEETFED, BOUNDS, ghostscript.none)
    assert {"ink-total"} == {p.code for p in said if p.code.startswith("ink-")}


def test_a_process_without_memory_is_answered_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    answer = guard._apart(_asks_for_much, (), 10.0, memory=1 << 20)
    assert answer == "more memory than is allowed"
    assert list(tmp_path.iterdir()) == []


def _asks_for_much() -> int:
    """Ask for a piece that no process has lying about free, so that the system is asked for it."""
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(b"left behind")
    return len(bytearray(1 << 32))


@pytest.mark.parametrize("size", [0, 1, 9, 300, 2000, len(WHOLE) // 2, len(WHOLE) - 30])
def test_a_file_that_was_cut_off_is_refused(size: int) -> None:
    assert codes(WHOLE[:size]) & {"pdf-unreadable", "pdf-syntax", "pdf-pages"}


def test_a_file_with_a_password_is_told_as_that() -> None:
    data = saved(press(), encryption=pikepdf.Encryption(owner="secret", user="secret"))
    assert codes(data) == {"pdf-locked"}


def test_what_is_no_file_is_told_as_that(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo.pdf"
    os.mkfifo(fifo)
    for path, said in {
        tmp_path: "a folder",
        fifo: "not an ordinary file",
        tmp_path / "none.pdf": "no such file",
        Path("/dev/zero"): "not an ordinary file",
        tmp_path / ("x" * 400): "too long",
    }.items():
        with pytest.raises(HrcpubError) as caught:
            guard.read(path)
        assert said in caught.value.problems[0].message


def test_a_file_that_was_changed_at_random_raises_nothing() -> None:
    chance = random.Random(1)
    data = saved(press(pages=2), compress_streams=False)
    told = set()
    for _ in range(150):
        broken = bytearray(data[:4000] + data[-4000:] if chance.random() < 0.3 else data)
        for _ in range(chance.choice((1, 5, 30))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        told |= {problem.code for problem in found(bytes(broken))}
    assert len(told) > 3


def test_odd_words_are_read_as_viewers_read_them() -> None:
    table: dict[bytes, list[tuple[bytes, list[object]]]] = {
        b"1 0 0 RG": [(b"RG", [1.0, 0.0, 0.0])],
        b"-.5 +3. 4 re": [(b"re", [-0.5, 3.0, 4.0])],
        b"--5 1.2.3 m": [(b"m", [-5.0, 1.2])],
        b"/A#20B gs": [(b"gs", [b"/A B"])],
        b"(a\\(b\\)c\\101) Tj": [(b"Tj", [b"a(b)cA"])],
        b"(a(b)c)Tj": [(b"Tj", [b"a(b)c"])],
        b"<4 1 4> Tj": [(b"Tj", [b"A@"])],
        b"% q\nQ": [(b"Q", [])],
        b"/P <</MCID 0 /X [(>>)]>> BDC EMC": [
            (b"BDC", [b"/P", b"<</MCID 0 /X [(>>)]>>"]),
            (b"EMC", []),
        ],
    }
    for data, wanted in table.items():
        assert list(operations(data)) == wanted, data
    ((_, (inline,)),) = operations(b"BI /W 4 /H 1 /BPC 8 /CS /G ID \x01 EI\nEI")
    assert inline.data == b"\x01 EI"


def test_words_that_are_nearly_numbers_are_told_as_they_come() -> None:
    # Each way of dividing one of them would be tried, if there were several: for minutes.
    for word in (b"1" * 100_000 + b"x", b"1." * 50_000, b"1 " * 100_000 + b"?"):
        assert {operator for operator, _ in operations(word)} == {b"?"}


def test_many_numbers_are_one_operators() -> None:
    for count in (1, 6, 7, 20, 128):
        ((operator, operands),) = operations(b"1 " * count + b"scn")
        assert (operator, operands) == (b"scn", [1.0] * count)
