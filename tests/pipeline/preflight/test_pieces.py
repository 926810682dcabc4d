"""What was cut and measured before is taken anew for what it means where it stands.

Pieces of streams, lines of a font and its unpacked program are kept from file to file.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from hrcpub.pipeline.preflight.page import bounded, letters, pieces
from hrcpub.pipeline.preflight.page.bounded import Budget, TooLarge, decoded
from hrcpub.pipeline.preflight.page.content import BrokenContent, Operation, operations
from hrcpub.pipeline.preflight.page.marks import Mark, PaintedText
from hrcpub.pipeline.preflight.page.pieces import kept_operations
from tests.shared.press_files import composite_font
from tests.shared.streams import checked, form, helvetica, one_page

# What a stream is made of here: whole operations, and what is open or broken at an edge.
PARTS = [
    b"BT", b"ET", b"\nBT\n", b"\nET\n", b"\nBT\nET\n", b"q", b"Q", b"1 2 m 3 4 l", b"5 6 l h",
    b"1 0 0 1 5 5 cm", b"0 0 5 5 re", b"f", b"7 8", b"/F", b"/F 9 Tf", b"[<0041>4<0042>] TJ",
    b"(a) Tj", b"(a", b"b)", b"(\\", b"<00", b"41>", b"[ 1", b"2 ]", b"<< /A 1", b">>", b"{", b"}",
    b"% a remark", b"%", b"\0", b"\r", b"BI /W 1 /H 1 /BPC 8 ID x EI", b"BI /W 9 /H 9 ID \n EI",
    b"EI", b"ID", b"true", b"null", b"1.2.3", b"--4", b"'", b"5 5 (c) \"", b"nonsense", b"/A#42",
    b"1e5", b"/P << /MCID 3 >> BDC", b"EMC", b"1 " * 7, b"1 " * 130,
]  # fmt: skip


def told(stream: Iterator[Operation]) -> list[Operation]:
    """Return operations; of what is broken what is said, since where it is is not told."""
    return [
        (name, [one.said if isinstance(one, BrokenContent) else one for one in operands])
        for name, operands in stream
    ]


gaps = st.sampled_from([b"\n", b" ", b""])


@given(st.lists(st.tuples(st.sampled_from(PARTS), gaps), max_size=14))
@example([(b"BI /W 9 /H 9 ID \n", b""), (b"\nBT\n", b""), (b"x EI (a) Tj", b"")])
@example([(b"1 2 m", b""), (b"\nBT\n", b""), (b"3 4 l S", b""), (b"\nET\n", b""), (b"5 6 l", b"")])
@example([(b"f", b""), (b"BT", b"\n"), (b"\nBT\n", b""), (b"f", b""), (b"ET", b"\n")])
@example([(b"BT", b"\n"), (b"\nBT\n", b""), (b"<00", b"\n"), (b"q", b"")])
def test_a_stream_in_pieces_is_cut_as_it_is_in_one(parts: list[tuple[bytes, bytes]]) -> None:
    data = b"".join(part + gap for part, gap in parts)
    whole = told(operations(data))
    for _ in range(3):  # as it comes first, as it is kept, and out of the memory
        assert told(kept_operations(data)) == whole


def test_words_that_came_before_are_cut_once_whatever_stands_around_them() -> None:
    words = b"1 0 0 -1 5 5 Tm\n/F 9 Tf\n[<0041>4<0042>] TJ"
    forget()
    hits = []
    for before, behind in ((b"q", b"Q"), (b"0 g", b"Q"), (b"q", b"5 5 m"), (b"0 g", b"n")):
        stream = b"%b\nBT\n%b\nET\n%b" % (before, words, behind)
        assert told(kept_operations(stream)) == told(operations(stream))
        hits.append(pieces._kept.cache_info().hits)
    assert hits == [0, 0, 1, 2]
    assert pieces._kept.cache_info().currsize == 4  # `5 5 m` and `n` came once, and are not kept


def test_a_stream_that_has_little_in_common_with_others_is_not_kept() -> None:
    forget()
    for number in range(9):
        stream = b"q\nBT\n(%d) Tj\nET\n%d w\nBT\n(other %d) Tj\nET\n" % ((number,) * 3)
        assert told(kept_operations(stream)) == told(operations(stream))
    assert pieces._kept.cache_info().currsize == 0


@pytest.mark.slow
def test_a_large_piece_and_a_long_stream_are_not_kept() -> None:
    forget()
    for data in (b"q Q " * (1 << 12), b"q\nBT\n" * (1 << 18)):
        for _ in range(3):
            assert sum(1 for _ in kept_operations(data)) == sum(1 for _ in operations(data))
        assert pieces._kept.cache_info().currsize == 0
    assert pieces._kept.cache_info().maxsize


WORDS = b"\nBT\n/F 20 Tf\n10 10 Td\n[<00240025>-500<0024>] TJ\nET\n"
Resources = dict[str, Any]


def plain(pdf: pikepdf.Pdf) -> Resources:
    spot = Array([Name.Separation, Name.Red, Name.DeviceCMYK, tint(pdf, [0, 1, 1, 0])])
    return {
        "Font": Dictionary(F=composite_font(pdf)),
        "ColorSpace": Dictionary(Of=spot),
        "ExtGState": Dictionary(G=Dictionary(ca=0.5)),
    }


def tint(pdf: pikepdf.Pdf, inks: list[int]) -> pikepdf.Object:
    return pdf.make_indirect(
        Dictionary(FunctionType=2, N=1, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array(inks))
    )


def with_other_widths(pdf: pikepdf.Pdf) -> Resources:
    font = composite_font(pdf)
    font.DescendantFonts[0].W = Array([36, Array([900, 100])])
    return plain(pdf) | {"Font": Dictionary(F=font)}


def with_simple_font(pdf: pikepdf.Pdf) -> Resources:
    return plain(pdf) | {"Font": Dictionary(F=helvetica(pdf))}


def with_drawings(pdf: pikepdf.Pdf) -> Resources:
    drawings = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 1000, 1000]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(A=pdf.make_stream(b"900 0 d0 0 0 800 800 re f")),
        Encoding=Dictionary(Differences=Array([36, Name.A, Name.A])),
        FirstChar=36,
        LastChar=37,
        Widths=Array([900, 900]),
    )
    return plain(pdf) | {"Font": Dictionary(F=pdf.make_indirect(drawings))}


def with_other_space(pdf: pikepdf.Pdf) -> Resources:
    spot = Array([Name.Separation, Name.Blue, Name.DeviceCMYK, tint(pdf, [1, 1, 0, 0])])
    return plain(pdf) | {"ColorSpace": Dictionary(Of=spot)}


def with_stand_in(pdf: pikepdf.Pdf) -> Resources:
    spaces = plain(pdf)["ColorSpace"]
    spaces.DefaultGray = Array([Name.CalGray, Dictionary(WhitePoint=Array([1, 1, 1]))])
    return plain(pdf) | {"ColorSpace": spaces}


def with_other_state(pdf: pikepdf.Pdf) -> Resources:
    return plain(pdf) | {"ExtGState": Dictionary(G=Dictionary(ca=0.25))}


def in_a_form(pdf: pikepdf.Pdf) -> Resources:
    own = Dictionary(Font=Dictionary(F=helvetica(pdf)))
    inner = form(pdf, b"2 0 0 2 0 0 cm" + WORDS, (0, 0, 90, 90), Resources=own)
    return plain(pdf) | {"XObject": Dictionary(X=inner)}


Made = Callable[[pikepdf.Pdf], Resources]
FIRST = b"q\n/Of cs 1 scn /G gs" + WORDS + b"Q"
OTHERS: dict[str, tuple[bytes, Made]] = {
    "other widths": (FIRST, with_other_widths),
    "a font of bytes": (FIRST, with_simple_font),
    "a font of drawings": (FIRST, with_drawings),
    "another colour of that name": (FIRST, with_other_space),
    "what stands for grey": (b"q\n0.5 g /G gs" + WORDS + b"Q", with_stand_in),
    "another state of that name": (FIRST, with_other_state),
    "another place": (FIRST.replace(b"q\n", b"q\n1 0 0 1 9 9 cm ", 1), plain),
    "turned": (FIRST.replace(b"q\n", b"q\n0 1 -1 0 99 9 cm ", 1), plain),
    "a clip": (FIRST.replace(b"q\n", b"q\n0 0 20 20 re W n ", 1), plain),
    "stretched": (FIRST.replace(b"q\n", b"q\n50 Tz ", 1), plain),
    "wide": (FIRST.replace(b"q\n", b"q\n9 Tc ", 1), plain),
    "raised": (FIRST.replace(b"q\n", b"q\n9 Ts ", 1), plain),
    "outlined": (FIRST.replace(b"q\n", b"q\n1 Tr ", 1), plain),
    "unseen": (FIRST.replace(b"q\n", b"q\n3 Tr ", 1), plain),
    "a state that was restored": (b"q\n9 Tc q 5 Tc Q 0 g" + WORDS + b"Q", plain),
    "Q without q": (b"Q Q 5 Tc" + WORDS + b"Q", plain),
    "BT in BT": (b"BT\n5 0 0 5 0 0 Tm" + WORDS + WORDS, plain),
    "no ET": (FIRST.removesuffix(b"ET\nQ") + b"[<0025>] TJ", plain),
    "inside a form": (b"/X Do", in_a_form),
}


def seen(content: bytes, resources: Made) -> list[object]:
    """Return all that a page's marks are."""
    pdf = pikepdf.new()
    page = checked(one_page(pdf, content, resources(pdf)))
    return [_said(mark) for mark in page.marks]


def _said(mark: Mark) -> object:
    state, painted = mark.state, mark.painted
    shown: object = type(painted).__name__
    if isinstance(painted, PaintedText):
        shown = (painted.glyphs, painted.font.name, painted.matrix, painted.size, painted.ink)
    colours = (state.fill_space.kind, state.fill, mark.inks(), state.fill_alpha)
    return (mark.box, mark.is_fill, mark.is_stroke, mark.depth, colours, shown)


def forget() -> None:
    pieces._kept.cache_clear()
    pieces._times.cache_clear()
    letters._kept.cache_clear()
    bounded._unpacked_once.cache_clear()


@pytest.mark.parametrize(("content", "resources"), OTHERS.values(), ids=OTHERS)
def test_the_same_words_are_measured_anew_where_they_mean_something_else(
    content: bytes, resources: Made
) -> None:
    forget()
    alone = seen(content, resources)
    forget()
    first = seen(FIRST, plain)
    assert len(first) == 1
    assert seen(FIRST, plain) == seen(FIRST, plain) == first  # it is kept now
    hits = pieces._kept.cache_info().hits
    for _ in range(3):
        assert seen(content, resources) == alone
    assert alone != first
    assert pieces._kept.cache_info().hits > hits, "nothing of it was known"
    assert seen(FIRST, plain) == first


EVERY = b"""q
1 w 1 J 1 j 4 M [3 1] 0 d /G gs 0.5 g 0 0 0 1 k 1 0 0 RG /Of cs 1 scn /Of CS 1 SCN
0 0 m 1 1 2 2 3 3 c 4 4 5 5 v 6 6 7 7 y 8 8 l 9 9 l h 9 9 2 2 re W* B 1 0 0 1 2 2 cm
BT
/F 9 Tf 1 Tc 2 Tw 90 Tz 3 TL 1 Ts 0 Tr 1 0 0 1 5 5 Tm 2 2 Td 1 -1 TD T* (ab) Tj
[(ab) 4 <0024>] TJ [<0024>4<0025>] TJ (ab) ' 1 1 (ab) "
ET
/Span BMC 1 0 0 1 k EMC Q"""


def test_running_a_stream_changes_nothing_of_what_is_kept_of_it() -> None:
    forget()
    whole = told(operations(EVERY))
    for _ in range(3):
        assert seen(EVERY, plain)
        assert told(kept_operations(EVERY)) == whole
    assert pieces._kept.cache_info().hits


def test_a_font_forgets_lines_before_it_has_too_many() -> None:
    source = letters.KeyedSource(None, False, None, True, b"[ 36 [ 400 ] ]", 0.5)
    font = letters.keyed_letters(source)
    kept = 0
    for size in (5.0, 7.0):
        steps = font.steps(size, 0.0, 0.0)
        for number in range(1500):
            listing = b"[<0024>%d<0025>]" % number
            assert steps.line(listing) == steps.line(listing)
            assert steps.line(listing)[1] == pytest.approx(size * (0.9 - number / 1000))
            kept = max(kept, sum(len(one._lines) for one in font._steps.values()))
    assert 100 < kept <= 512
    steps.line(b"[<" + b"0024" * 500 + b">]")
    assert not any(len(listing) > 1024 for listing in steps._lines)


PACKED = zlib.compress(random.Random(1).randbytes(3000).hex().encode())


@pytest.mark.parametrize(
    "packed",
    [PACKED, PACKED[:-40], PACKED[:2000] + b"\xff" + PACKED[2001:], zlib.compress(bytes(1 << 20))],
    ids=["whole", "cut off", "damaged", "large"],
)
def test_what_is_unpacked_once_is_what_is_unpacked_each_time(packed: bytes) -> None:
    pdf = pikepdf.new()
    stream = pikepdf.Stream(pdf, packed)
    stream.Filter = Name.FlateDecode
    each = decoded(stream, Budget())
    for _ in range(2):
        assert decoded(stream, Budget(), is_shared=True) == each
    with pytest.raises(TooLarge):
        decoded(stream, Budget(), 100, is_shared=True)
