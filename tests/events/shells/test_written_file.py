"""Files that are written object by object read as what they were taken from."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from hrcpub.events.shells.written_file import WrittenFile, made_group, object_group
from tests.judges import tools


def source() -> pikepdf.Pdf:
    """Return a file whose objects refer to each other, and have strings that look as if."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(100, 60))
    page.obj["/Contents"] = pdf.make_stream(b"0 0 1 rg 0 0 50 60 re f")
    inner = pdf.make_indirect(pikepdf.Dictionary(Said="7 0 R \\ ) ( 8 0 R", Binary=b"\xff 9 0 R"))
    ring = pdf.make_indirect(pikepdf.Dictionary(Inner=inner))
    inner.Back = ring
    ring.Stream = pdf.make_stream(b"a\0b endstream endobj 1 0 R", Length1=3, Other=inner)
    pdf.Root.Ring = ring
    file = io.BytesIO()
    pdf.save(file)
    return pikepdf.open(io.BytesIO(file.getvalue()))


def finished(file: WrittenFile, tree: int, page: int, ring: bytes) -> pikepdf.Pdf:
    file.put(b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % page, tree)
    catalog = file.put(b"<</Type/Catalog/Pages %d 0 R/Ring %b>>" % (tree, ring))
    return pikepdf.open(io.BytesIO(file.finished(catalog, b"")), attempt_recovery=False)


def assert_same_ring(ring: pikepdf.Object) -> None:
    assert str(ring.Inner.Said) == "7 0 R \\ ) ( 8 0 R"
    assert bytes(ring.Inner.Binary) == b"\xff 9 0 R"
    assert ring.Inner.Back.objgen == ring.objgen
    assert ring.Stream.read_bytes() == b"a\0b endstream endobj 1 0 R"
    assert ring.Stream.Length1 == 3
    assert ring.Stream.Other.objgen == ring.Inner.objgen


def test_what_is_taken_of_a_file_is_the_same_and_is_there_once(tmp_path: Path) -> None:
    given, file = source(), WrittenFile()
    tree = file.number()
    contents = file.text_of(given.pages[0].obj["/Contents"], given)
    page = file.put(
        b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 100 60]/Contents %b/Resources<<>>>>"
        % (tree, contents)
    )
    ring = file.text_of(given.Root.Ring, given)
    assert file.text_of(given.Root.Ring, given) == ring
    made = finished(file, tree, page, ring)
    assert made.get_warnings() == []
    assert_same_ring(made.Root.Ring)
    made.save(tmp_path / "made.pdf")
    assert tools.qpdf_complaints(tmp_path / "made.pdf") == ""
    picture = tools.drawn_by_poppler(tmp_path / "made.pdf")[0].convert("RGB")
    assert picture.getpixel((5, 5)) == (0, 0, 255)


def test_groups_stand_by_themselves_and_are_there_once() -> None:
    given, file = source(), WrittenFile()
    group = object_group(given.Root.Ring, given)
    assert group == object_group(source().Root.Ring, source())
    tree = file.number()
    page = file.put(b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]>>" % tree)
    number = file.group(group)
    assert file.group(group) == number
    made = finished(file, tree, page, b"%d 0 R" % number)
    assert_same_ring(made.Root.Ring)
    assert len(made.objects) < 12


def test_objects_that_were_written_for_another_file_are_a_group() -> None:
    bodies = [
        b"<</Type/A/Next 2 0 R/Said(2 0 R)>>",
        b"<</Length1 9/Filter/None/Length 11>>\nstream\n1 0 R\n1 0 R\nendstream",
    ]
    group = made_group(bodies)
    assert group.bodies[0].text == b"<</Type/A/Next \x001\x00/Said(2 0 R)>>"
    assert group.bodies[1].data == b"1 0 R\n1 0 R"
    assert group.key != made_group(bodies[:1]).key


def test_hundreds_of_objects_lie_where_the_table_says() -> None:
    file = WrittenFile()
    tree = file.number()
    many = [file.put(b"<</Number %d>>" % number) for number in range(450)]
    many += [file.stream(b"", b"%d " % number * 60) for number in range(450)]
    ring = b"[%b]" % b" ".join(b"%d 0 R" % number for number in many)
    page = file.put(b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]>>" % tree)
    made = finished(file, tree, page, ring)
    things = list(made.Root.Ring)
    assert [int(one.Number) for one in things[:450]] == list(range(450))
    assert [one.read_bytes() for one in things[450:]] == [b"%d " % n * 60 for n in range(450)]


def test_an_object_that_was_never_put_is_seen() -> None:
    file = WrittenFile()
    file.number()
    with pytest.raises(ValueError, match="object 1"):
        file.finished(1, b"")
