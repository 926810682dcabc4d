"""Pages that were drawn once are written as if they had been drawn again."""

from __future__ import annotations

import io
import random
import zlib
from typing import Any

import pydyf
import pytest

from hrcpub.pipeline.prepress import drawn
from hrcpub.pipeline.typeset.engine import load
from tests.shared.project import ROOT

HTML = """
    <html lang=en><title>A page</title><style>p { color: #246; transform: rotate(3deg) }
    div { opacity: 0.5; background: linear-gradient(red, blue) }</style>
    <h1>A title</h1><p>Words, and <a href="https://example.org">a link</a>.</p><div>Faint</div>
"""


@pytest.fixture(scope="module")
def document() -> Any:
    return load(ROOT).HTML(string=HTML).render()


def test_a_copy_is_written_as_the_document_is(document: Any) -> None:
    kept: list[drawn.DrawnPages] = []

    def spoil(document: Any, pdf: pydyf.PDF) -> None:
        kept.append(drawn.kept(document, pdf))
        for thing in pdf.objects:
            if isinstance(thing, pydyf.Stream):
                thing.stream.append(b"% spoilt")
                thing.extra["Spoilt"] = 1
            elif isinstance(thing, dict):
                thing["Spoilt"] = pydyf.Array([1])
                for inner in thing.values():
                    if isinstance(inner, list):
                        inner.append(1)

    options = {"pdf_identifier": True, "pdf_version": "1.6"}
    document.fonts.clear()
    expected = document.write_pdf(**options)
    document.fonts.clear()
    assert document.write_pdf(finisher=spoil, **options) != expected
    for _ in range(2):
        pdf = drawn.taken(kept[0], document)
        drawn.settle(pdf)
        assert drawn.written(pdf, options) == expected


@pytest.mark.parametrize("parts", [[b"q", b"Q"], ["/Span", {"MCID": 1}, b"BDC", 1.5], []])
def test_a_settled_stream_has_the_same_bytes_and_packs_them_once(
    parts: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stream() -> pydyf.Stream:
        made = [pydyf.Dictionary(part) if isinstance(part, dict) else part for part in parts]
        return pydyf.Stream(made, pydyf.Dictionary({"Type": "/XObject"}), compress=True)

    pdf, expected = pydyf.PDF(), stream().data
    drawn._packed_once.cache_clear()
    pdf.add_object(stream())
    drawn.settle(pdf)
    packed: list[int] = []
    pack = zlib.compressobj
    monkeypatch.setattr(zlib, "compressobj", lambda level: packed.append(level) or pack(level))
    pdf.write(io.BytesIO(), identifier=True)
    assert pdf.objects[-1].data == expected
    assert len(packed) == 1


def test_fonts_are_packed_once_for_files_of_the_same_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = load(ROOT).HTML(string="<html lang=en><title>J</title><p>Jackdaws").render()
    packed: list[bytes] = []
    drawn._packed_once.cache_clear()  # another test may have the same letters

    def settle(document: Any, pdf: pydyf.PDF) -> None:
        drawn.settle(pdf)
        fonts = [thing for thing in pdf.objects if "Length1" in getattr(thing, "extra", {})]
        assert len(fonts) == 1
        pack = zlib.compressobj
        monkeypatch.setattr(zlib, "compressobj", lambda level: packed.append(b"") or pack(level))
        fonts[0].data  # noqa: B018 - it is kept
        monkeypatch.undo()

    files = []
    for _ in range(2):
        document.fonts.clear()
        files.append(document.write_pdf(finisher=settle, pdf_identifier=True))
    document.fonts.clear()
    assert files == [document.write_pdf(pdf_identifier=True)] * 2
    assert len(packed) == 1


def test_all_objects_of_a_settled_file_are_put_into_bytes_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options = {"pdf_identifier": True, "pdf_version": "1.6"}
    drawn._packed_once.cache_clear()
    document = load(ROOT).HTML(string="<html lang=en><title>Z</title><p>Quartz 0123456789").render()
    expected = document.write_pdf(**options)
    packed: list[int] = []
    pack = zlib.compressobj
    monkeypatch.setattr(zlib, "compressobj", lambda level: packed.append(level) or pack(level))
    settled: list[pydyf.PDF] = []

    def settle(document: Any, pdf: pydyf.PDF) -> None:
        drawn.settle(pdf)
        settled.append(pdf)
        packed.clear()

    document.fonts.clear()
    assert document.write_pdf(finisher=settle, **options) == expected
    objects = settled[0].objects
    # The objects without streams are packed together, and so is the table of them all.
    assert len(packed) == sum(thing.compress for thing in objects if hasattr(thing, "compress"))
    kept = [thing for thing in objects if "data" in vars(thing)]
    assert len(kept) == len(objects) - 1  # the first one has none
    assert all(thing.data is vars(thing)["data"] for thing in kept)


ITEMS = [b"/Raw", "/Name", 7, -3, True, None, 0.0, -0.0, 1.5, 2.0, 1e-7, 1e20, 123456.7890123]


def test_all_that_objects_consist_of_is_written_as_pydyf_writes_it() -> None:
    def things() -> list[pydyf.Object]:
        inner = pydyf.Dictionary({"Text": pydyf.String("ä (x)"), b"Bytes": pydyf.Array(ITEMS)})
        values = pydyf.Dictionary({f"Key{n}": item for n, item in enumerate(ITEMS)})
        return [
            pydyf.Dictionary({"Inner": inner, "Values": values, "Empty": pydyf.Array()}),
            pydyf.Array([*ITEMS, inner, pydyf.String(b"\x00")]),
            pydyf.Stream([*ITEMS, inner], {"Type": "/X", "Inner": inner, "Length1": 2.5}),
            pydyf.Stream([], compress=True),
        ]

    pdf = pydyf.PDF()
    for thing in things():
        pdf.add_object(thing)
    drawn.settle(pdf)
    assert [thing.data for thing in pdf.objects[-4:]] == [thing.data for thing in things()]


def test_a_large_stream_is_packed_as_others_are_and_not_kept() -> None:
    noise = random.Random(1).randbytes(drawn._LARGE + 1)
    pdf = pydyf.PDF()
    pdf.add_object(pydyf.Stream([noise], compress=True))
    drawn.settle(pdf)
    drawn._packed_once.cache_clear()
    assert pdf.objects[-1].data == pydyf.Stream([noise], compress=True).data
    assert drawn._packed_once.cache_info().currsize == 0
