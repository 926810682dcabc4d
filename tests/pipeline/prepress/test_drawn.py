"""Pages that were drawn once are written as if they had been drawn again."""

from __future__ import annotations

import io
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
    drawn._packed.cache_clear()  # another test may have the same letters

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
    drawn._packed.cache_clear()
    document = load(ROOT).HTML(string="<html lang=en><title>Z</title><p>Quartz 0123456789").render()
    expected = document.write_pdf(**options)
    packed: list[int] = []
    pack = zlib.compressobj
    monkeypatch.setattr(zlib, "compressobj", lambda level: packed.append(level) or pack(level))
    asked: list[int] = []
    entries = pydyf.Dictionary.data.fget

    def noted(thing: pydyf.Dictionary) -> bytes:
        asked.append(id(thing))
        data: bytes = entries(thing)
        return data

    monkeypatch.setattr(pydyf.Dictionary, "data", property(noted))
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
    numbered = {id(thing) for thing in objects}
    assert any(asked.count(one) for one in numbered)
    assert all(asked.count(one) <= 1 for one in numbered)
