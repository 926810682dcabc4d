"""A PDF's objects, by our reader and by qpdf's: the same in every way that tables are written."""

from __future__ import annotations

import io
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name, ObjectStreamMode

from hrcpub.pipeline.impose.pdf_file import PdfFile
from hrcpub.pipeline.impose.pdf_filters import unpacked
from hrcpub.pipeline.impose.pdf_syntax import DamagedPdf, UnusualPdf, entries, plain_name
from tests.shared.project import ROOT


def made(**how: Any) -> bytes:
    """Return a file of three pages, and of streams of all sizes."""
    pdf = pikepdf.new()
    for number in range(3):
        page = pdf.add_blank_page(page_size=(200, 300))
        page.obj.Contents = pdf.make_stream(b"0 0 10 10 re f\n" * (1 + 999 * number))
        page.obj.Resources = Dictionary(Long=pikepdf.String("x" * 5000 * number))
    pdf.docinfo["/Title"] = "(three) pages"
    file = io.BytesIO()
    pdf.save(file, static_id=True, **how)
    return file.getvalue()


def assert_same_objects(data: bytes) -> int:
    """Compare what both read; return how many objects that are."""
    ours = PdfFile(io.BytesIO(data))
    with pikepdf.open(io.BytesIO(data)) as theirs:
        assert set(ours.root) == {key.encode() for key in theirs.Root.keys()}  # noqa: SIM118
        for other in theirs.objects:
            if not isinstance(other, pikepdf.Object):  # a stream's length, as a number of its own
                continue
            one = ours.object(*other.objgen)
            assert (one.data_at is not None) == isinstance(other, pikepdf.Stream)
            if isinstance(other, Dictionary | pikepdf.Stream):
                keys = {plain_name(pikepdf.Name(key).unparse()) for key in other.keys()}  # noqa: SIM118
                assert set(entries(one.value)) == keys
            if isinstance(other, pikepdf.Stream):
                assert ours.data(one) == other.read_raw_bytes()
        return len(theirs.objects)


@pytest.mark.parametrize(
    "how",
    [
        {"object_stream_mode": ObjectStreamMode.disable},
        {"object_stream_mode": ObjectStreamMode.generate},
        {"object_stream_mode": ObjectStreamMode.generate, "linearize": True},
        {"linearize": True},
        {"qdf": True},
        {"compress_streams": False},
    ],
)
def test_objects_are_read_as_qpdf_reads_them(how: dict[str, Any]) -> None:
    assert assert_same_objects(made(**how)) >= 9


def test_the_objects_of_our_own_files_are_read_as_qpdf_reads_them(built: Path) -> None:
    files = [built / f"{edition}/contact-card.pdf" for edition in ("press", "office", "screen")]
    assert min(assert_same_objects(file.read_bytes()) for file in files) > 10


def test_the_newest_of_an_objects_versions_holds_and_one_that_is_gone_is_null() -> None:
    data = made(object_stream_mode=ObjectStreamMode.disable)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        info, page = pdf.docinfo.objgen[0], pdf.pages[2].obj.objgen[0]
        root, size = pdf.Root.objgen[0], len(pdf.objects) + 1
    before = data.rindex(b"startxref") + len(b"startxref")
    at, start = len(data), int(data[before:].split()[0])
    update = b"%d 0 obj\n<</Title (new)>>\nendobj\n" % info
    table = b"xref\n%d 1\n%010d 00000 n \n%d 1\n0000000000 00001 f \n" % (info, at, page)
    trailer = b"trailer <</Size %d /Root %d 0 R /Info %d 0 R /Prev %d>>\n" % (
        size, root, info, start,
    )  # fmt: skip
    end = b"startxref\n%d\n%%%%EOF\n" % (at + len(update))
    updated = PdfFile(io.BytesIO(data + update + table + trailer + end))
    assert updated.object(info).value == b"<</Title (new)>>"
    for gone in ((page, 0), (page, 1), (999, 0)):
        assert updated.object(*gone).value == b"null"


def test_what_is_hidden_from_old_programs_is_read() -> None:
    """As word processors write it: a table as text, and a stream that knows more (§7.5.8.4)."""
    packed = zlib.compress(b"4 0 <</Hidden true>>")
    parts = [
        b"%PDF-1.5\n",
        b"1 0 obj\n<</Type /Catalog /Extra 4 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type /ObjStm /N 1 /First 4 /Length %d /Filter /FlateDecode>>\nstream\n%b\n"
        b"endstream\nendobj\n" % (len(packed), packed),
    ]
    first, second, third = (sum(map(len, parts[:count])) for count in (1, 2, 3))
    row = bytes([2, 0, 2, 0])
    hidden = (
        b"3 0 obj\n<</Type /XRef /W [1 2 1] /Index [4 1] /Size 5 /Length 4>>\nstream\n%b\n"
        b"endstream\nendobj\n" % row
    )
    rows = [b"0000000000 65535 f \n", b"%010d 00000 n \n" % first, b"%010d 00000 n \n" % second,
            b"%010d 00000 n \n" % third, b"0000000000 00000 f \n"]  # fmt: skip
    table = b"xref\n0 5\n" + b"".join(rows)
    trailer = b"trailer\n<</Size 5 /Root 1 0 R /XRefStm %d>>\n" % third
    end = b"startxref\n%d\n%%%%EOF\n" % (third + len(hidden))
    pdf = PdfFile(io.BytesIO(b"".join(parts) + hidden + table + trailer + end))
    assert pdf.resolved(pdf.root[b"/Extra"]) == b"<</Hidden true>>"


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (b"%PDF-", b"junk\n%PDF-", UnusualPdf),
        (b"startxref", b"startxxxx", DamagedPdf),
        (b"xref\n0 ", b"xref\n1 ", DamagedPdf),
        (b"/Root ", b"/Toor ", DamagedPdf),
        (b"trailer", b"tailer ", DamagedPdf),
        (b"trailer <<", b"trailer <</Prev 99999999", DamagedPdf),
        (b"trailer <<", b"trailer <</Encrypt 1 0 R", UnusualPdf),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused(
    old: bytes, new: bytes, error: type[Exception]
) -> None:
    data = made(object_stream_mode=ObjectStreamMode.disable)
    assert data.count(old) == 1 or old in (b"%PDF-", b"xref\n0 ")
    with pytest.raises(error):
        PdfFile(io.BytesIO(data.replace(old, new, 1)))


@pytest.mark.parametrize("length", [b"9999", b"14", b"/N", b"1 0 R"])
def test_a_stream_of_another_length_is_damage(length: bytes) -> None:
    data = made(object_stream_mode=ObjectStreamMode.disable, compress_streams=False)
    with pikepdf.open(io.BytesIO(data)) as whole:
        number = whole.pages[1].obj.Contents.objgen[0]
    assert data.count(b"/Length 15000 ") == 1
    pdf = PdfFile(io.BytesIO(data.replace(b"/Length 15000 ", b"/Length %b " % length.ljust(5))))
    stream = pdf.object(number)
    assert stream.data_at
    with pytest.raises(DamagedPdf):
        pdf.data(stream)


def test_an_object_stream_that_holds_its_own_length_is_damage_and_no_endless_loop() -> None:
    packed = b"5 0 60"
    stream = (
        b"2 0 obj\n<</Type /ObjStm /N 1 /First 4 /Length 5 0 R>>\nstream\n%b\nendstream\nendobj\n"
        % packed
    )
    catalog = b"%PDF-1.5\n1 0 obj\n<</Type /Catalog /Extra 5 0 R>>\nendobj\n"
    at = len(catalog)
    rows = b"".join(
        bytes([kind, *place.to_bytes(2, "big"), 0])
        for kind, place in [(0, 0), (1, 9), (1, at), (1, at + len(stream)), (0, 0), (2, 2)]
    )
    table = (
        b"3 0 obj\n<</Type /XRef /W [1 2 1] /Size 6 /Root 1 0 R /Length %d>>\nstream\n%b\n"
        b"endstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (len(rows), rows, at + len(stream))
    )
    pdf = PdfFile(io.BytesIO(catalog + stream + table))
    with pytest.raises(DamagedPdf):
        pdf.object(5)


@pytest.mark.parametrize("kind", range(5))
def test_rows_that_are_written_as_differences_are_read(kind: int) -> None:
    """By the filters of PNG, as qpdf reads them."""
    rows = [bytes([kind, *(7 * row + column & 255 for column in range(5))]) for row in range(40)]
    whole = pikepdf.new()  # it has to live as long as its stream
    stream = whole.make_stream(b"")
    parameters = Dictionary(Predictor=12, Columns=5)
    stream.write(zlib.compress(b"".join(rows)), filter=Name.FlateDecode, decode_parms=parameters)
    data = unpacked(stream.read_raw_bytes(), b"/FlateDecode", b"[<</Predictor 12 /Columns 5>>]")
    assert data == stream.read_bytes()


def test_what_is_packed_in_rare_ways_is_left_to_qpdf() -> None:
    for filters in (b"/LZWDecode", b"[/ASCII85Decode /FlateDecode]"):
        with pytest.raises(UnusualPdf):
            unpacked(b"", filters, b"null")
    with pytest.raises(UnusualPdf):
        unpacked(zlib.compress(b"abc"), b"/FlateDecode", b"<</Predictor 2>>")
    with pytest.raises(DamagedPdf):
        unpacked(zlib.compress(b"abc" * 99)[:-8], b"/FlateDecode", b"null")


def test_the_programs_for_reading_other_peoples_files_are_not_loaded_for_a_good_one() -> None:
    """qpdf is for what our reader refuses; `impose` starts in half the time without it."""
    code = (
        "import io, sys; from hrcpub.pipeline.impose import read; "
        "read([('x.pdf', io.BytesIO(sys.stdin.buffer.read()))]); "
        "print({'pikepdf', 'pypdf', 'PIL', 'fontTools'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=made(), capture_output=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == b"set()"
