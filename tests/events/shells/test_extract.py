"""What `join` adds to a piece is what `lift` takes out of the copy again."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pikepdf
import pytest

from hrcpub.events.shells import (
    ImprintForm,
    ImprintFormFont,
    ImprintSpot,
    LogoImage,
    ShellTemplate,
    gather,
    join,
    lift,
    open_kit,
)
from hrcpub.units import Size

OPERATORS = b"0 g\nBT /F1 9 Tf 1 0 0 1 0 40 Tm <0001> Tj ET"
PICTURE = LogoImage(
    b"/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode",
    zlib.compress(b"endobj stream"),
)


def _bodies(first: int) -> list[bytes]:
    """Return a font of one object, and a stream whose bytes look like an object's end."""
    return [
        b"<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+Made/Encoding/WinAnsiEncoding>>",
        b"<</Length 26>>\nstream\n\nendobj\n7 0 obj\n/Subtype/F\nendstream",
    ]


FONT: ImprintFormFont = ("F1", "a key", _bodies)


def _kit(text: bytes = b"0 0 10 10 re f") -> ShellTemplate:
    pdf = pikepdf.new()
    for _ in range(2):
        page = pdf.add_blank_page(page_size=(300, 400))
        page.Contents = pdf.make_stream(text)
    file = io.BytesIO()
    pdf.save(file, static_id=True)
    spots = [ImprintSpot(1, (1, 0, 0, 1, 20, 30))]
    return open_kit(file.getvalue(), spots, Size(100, 50), 8, is_inked=False)


def _font(name: str, base: bytes) -> ImprintFormFont:
    if (name, base) != ("F1", b"ABCDEF+Made"):
        raise KeyError(base)
    return FONT


@pytest.mark.parametrize(
    "mark",
    [
        ImprintForm(b"0 g", (), None),
        ImprintForm(OPERATORS, (FONT,), None),
        ImprintForm(OPERATORS, (FONT,), PICTURE, overprints=True),
    ],
    ids=["bare", "with a font", "with a logo, overprinting"],
)
def test_what_was_joined_is_lifted_as_it_was(mark: ImprintForm) -> None:
    kit = _kit()
    lifted = lift(kit, join(kit, mark), _font)
    assert lifted is not None
    assert (lifted.operators, lifted.fonts, lifted.picture, lifted.overprints) == (
        mark.operators, mark.fonts, mark.picture, mark.overprints,
    )  # fmt: skip
    assert join(kit, lifted) == join(kit, mark)


def test_a_run_of_lifted_imprints_is_byte_for_byte_the_run_of_those_that_were_set() -> None:
    kit = _kit()
    marks = [ImprintForm(b"%d w\n" % number + OPERATORS, (FONT,), PICTURE) for number in range(3)]
    runs = []
    for each in (marks, [lift(kit, join(kit, mark), _font) for mark in marks]):
        file = io.BytesIO()
        gather(kit, ((mark, None) for mark in each if mark), file)
        runs.append(file.getvalue())
    assert runs[0] == runs[1]
    with pikepdf.open(io.BytesIO(runs[1])) as read:
        assert len(read.pages) == 6


@pytest.mark.parametrize(
    "harm",
    [
        lambda pdf, kit: pdf[: len(kit.head) + 40],
        lambda pdf, kit: pdf[: len(kit.head)],
        lambda pdf, kit: b"",
        lambda pdf, kit: pdf.replace(b"/Subtype/Form", b"/Subtype/Fork"),
        lambda pdf, kit: pdf.replace(b"ABCDEF+Made", b"ABCDEF+Lost"),
        lambda pdf, kit: pdf[: len(kit.head)] + pdf[len(kit.head) :].replace(b"x\x9c", b"xx"),
        lambda pdf, kit: join(_kit(b"0 0 9 9 re f"), ImprintForm(OPERATORS, (FONT,))),
    ],
    ids=["cut", "nothing added", "empty", "no form", "foreign font", "spoilt", "another piece's"],
)
def test_nothing_is_lifted_from_what_is_no_copy(
    harm: Callable[[bytes, ShellTemplate], bytes],
) -> None:
    kit = _kit()
    pdf = join(kit, ImprintForm(OPERATORS, (FONT,), PICTURE))
    assert lift(kit, pdf, _font) is not None
    assert lift(kit, harm(pdf, kit), _font) is None
