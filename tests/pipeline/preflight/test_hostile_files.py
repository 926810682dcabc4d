"""Files that are made to do harm, or are no files at all, get one clear answer in good time."""

from __future__ import annotations

import os
import random
import time
import zlib
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from hrcpub.pipeline.preflight import guard
from hrcpub.pipeline.preflight.page.content import operations
from hrcpub.problems import HrcpubError, Problem
from tests.shared.press_files import SHEETFED, TEXT, Change, changed, codes, found, press, saved

WHOLE = saved(press())


def nested_forms(pdf: pikepdf.Pdf) -> None:
    """Put a form in a form, 300 deep."""
    inner = None
    for _ in range(300):
        form = Stream(pdf, b"/X Do", Type=Name.XObject, Subtype=Name.Form)
        form.BBox = Array([0, 0, 200, 200])
        if inner is not None:
            form.Resources = Dictionary(XObject=Dictionary(X=inner))
        inner = pdf.make_indirect(form)
    draw(pdf, inner)


def form_in_itself(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_indirect(
        Stream(pdf, b"/X Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 99]))
    )
    form.Resources = Dictionary(XObject=Dictionary(X=form))
    draw(pdf, form)


def laughs(pdf: pikepdf.Pdf) -> None:
    """Draw a form ten times in a form that is drawn ten times, and so on: 10 to the 12th."""
    inner = pdf.make_indirect(
        Stream(pdf, b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    )
    for _ in range(12):
        form = Stream(pdf, b"/X Do " * 10, Type=Name.XObject, Subtype=Name.Form)
        form.BBox, form.Resources = Array([0, 0, 99, 99]), Dictionary(XObject=Dictionary(X=inner))
        inner = pdf.make_indirect(form)
    draw(pdf, inner)


def draw(pdf: pikepdf.Pdf, form: pikepdf.Object) -> None:
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(X=form)
    page.Contents = Stream(pdf, TEXT + b" /X Do")


def bomb(pdf: pikepdf.Pdf) -> None:
    """Pack 200 MB of blanks, twice."""
    machine = zlib.compressobj(9)
    packed = b"".join(machine.compress(b" " * (1 << 20)) for _ in range(200)) + machine.flush()
    pdf.pages[0].obj.Contents = Stream(
        pdf, zlib.compress(packed), Filter=Array([Name.FlateDecode, Name.FlateDecode])
    )


def huge_picture(pdf: pikepdf.Pdf) -> None:
    picture = Stream(
        pdf,
        b"",
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=90_000,
        Height=90_000,
        ColorSpace=Name.DeviceCMYK,
        BitsPerComponent=8,
    )
    pdf.pages[0].obj.Resources.XObject = Dictionary(X=pdf.make_indirect(picture))
    pdf.pages[0].obj.Contents = Stream(pdf, TEXT + b" q 99 0 0 99 40 40 cm /X Do Q")


def endless_parents(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    del page.MediaBox
    page.Parent.Parent = page.Parent


def shading_of_itself(pdf: pikepdf.Pdf) -> None:
    function = pdf.make_indirect(
        Dictionary(FunctionType=3, Domain=Array([0, 1]), Bounds=Array([]), Encode=Array([0, 1]))
    )
    function.Functions = Array([function])
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=Array([0, 0, 9, 9]), Function=function
    )
    pdf.pages[0].obj.Resources.Shading = Dictionary(S=shading)
    pdf.pages[0].obj.Contents = Stream(pdf, TEXT + b" /S sh")


def space_of_itself(pdf: pikepdf.Pdf) -> None:
    space = pdf.make_indirect(Array([Name.Indexed, Name.DeviceGray, 0, pikepdf.String("a")]))
    space[1] = space
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(C=space)
    pdf.pages[0].obj.Contents = Stream(pdf, TEXT + b" /C cs 0 sc 20 20 50 50 re f")


def content(data: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = Stream(pdf, data)

    return change


HARM: dict[str, tuple[Change, str | None]] = {
    "nested forms": (nested_forms, "pdf-too-much"),
    "a form in itself": (form_in_itself, "pdf-resource"),
    "forms by the million": (laughs, "pdf-too-much"),
    "a bomb": (bomb, "pdf-too-much"),
    "a huge picture": (huge_picture, "ink-unknown"),
    "parents without end": (endless_parents, None),
    "a function in itself": (shading_of_itself, "shading-function"),
    "a colour space in itself": (space_of_itself, "colour-broken"),
    "brackets": (content(TEXT + b"[" * 200_000), "pdf-syntax"),
    "parentheses": (content(TEXT + b"(" * 200_000), "pdf-syntax"),
    "dictionaries": (content(TEXT + b"<<" * 200_000), "pdf-syntax"),
    "saves": (content(TEXT + b"q " * 200_000), "pdf-syntax"),
    "operands": (content(TEXT + b"1 " * 500_000), "pdf-syntax"),
    "huge numbers": (content(TEXT + b"9" * 400 + b" 1e999 -1e400 9 re f 1 0 0 1 1e300 0 cm"), None),
    "an image without end": (content(TEXT + b"BI /W 9 /H 9 ID " + b"x" * 99), "pdf-syntax"),
    "an open array": (content(TEXT + b"[" + b"(a" * 3000 + b")" * 2999), "pdf-syntax"),
}


@pytest.mark.parametrize("name", HARM)
def test_harm_is_answered_with_a_problem(name: str) -> None:
    change, code = HARM[name]
    data = changed(change)
    started = time.monotonic()
    said = guard.judged(data, SHEETFED, 4.0)
    assert time.monotonic() - started < guard.GRACE + 4
    assert all(isinstance(problem, Problem) for problem in said)
    assert code is None or code in {problem.code for problem in said}


def test_a_hundred_thousand_objects_are_judged() -> None:
    lines = b" ".join(
        b"%d %d m 200 200 l S" % (n % 200 + 20, n // 600 + 20) for n in range(100_000)
    )
    assert "line-thin" in codes(changed(content(b"0 1 1 0 K .1 w " + lines)))


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
        fifo: "no ordinary file",
        tmp_path / "none.pdf": "no such file",
        Path("/dev/zero"): "no ordinary file",
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
