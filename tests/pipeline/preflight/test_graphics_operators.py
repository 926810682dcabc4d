"""Operators of state, colour and paths, one small stream at a time: what is painted, and where."""

from __future__ import annotations

import re

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from hrcpub.pipeline.preflight.page.marks import Mark, PaintedPath
from tests.shared.streams import checked, form, one_page, pattern

BOX = b"10 20 30 40 re "
AT_BOX = "10 20 40 60"


def resources(pdf: pikepdf.Pdf) -> dict[str, object]:
    states = Dictionary(
        Half=Dictionary(ca=0.5, CA=0.25),
        Clear=Dictionary(ca=0),
        Wide=Dictionary(LW=8),
        Times=Dictionary(BM=Array([Name.Multiply, Name.Normal])),
        Plain=Dictionary(BM=Name.Compatible),
        Over=Dictionary(OP=True, OPM=1),
        Fill=Dictionary(OP=True, op=False),
    )
    tint = Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array([0, 1, 1, 0]), N=1
    )
    gold = Array([Name.Separation, Name.Gold, Name.DeviceCMYK, tint])
    tile = pattern(pdf, b"0 0 5 5 re f", Dictionary(), 2)
    group = Dictionary(S=Name.Transparency)
    return {
        "ExtGState": states,
        "ColorSpace": Dictionary(Gold=gold, Tiles=Array([Name.Pattern, Name.DeviceCMYK])),
        "Pattern": Dictionary(Tile=tile),
        "XObject": Dictionary(
            Twice=form(pdf, BOX + b"f", (0, 0, 25, 100), Matrix=Array([2, 0, 0, 2, 0, 0])),
            Group=form(pdf, BOX + b"f " + BOX + b"S", (0, 0, 99, 99), Group=group),
        ),
    }


def marks(content: bytes) -> list[Mark]:
    pdf = pikepdf.new()
    return checked(one_page(pdf, content, resources(pdf))).marks


def said(mark: Mark) -> str:
    """Return a path in words: how it is painted, its box, and its inks."""
    assert isinstance(mark.painted, PaintedPath)
    rule = "*" if mark.painted.is_even_odd else ""
    how = "fill" * mark.is_fill + rule + "stroke" * mark.is_stroke
    inks = " ".join(str(inks) for inks, _ in mark.inks()) or "pattern"
    return f"{how} {' '.join(f'{edge:g}' for edge in mark.box)} {inks}"


BLACK, WHITE = "C0 M0 Y0 K100", "C0 M0 Y0 K0"


@pytest.mark.parametrize(
    ("content", "painted"),
    [
        # Painting (§8.5.3)
        (BOX + b"f", [f"fill {AT_BOX} {BLACK}"]),
        (BOX + b"F", [f"fill {AT_BOX} {BLACK}"]),
        (BOX + b"f*", [f"fill* {AT_BOX} {BLACK}"]),
        (BOX + b"S", [f"stroke 9.5 19.5 40.5 60.5 {BLACK}"]),
        (BOX + b"4 w B", [f"fillstroke 8 18 42 62 {BLACK} {BLACK}"]),
        (BOX + b"B*", [f"fill*stroke 9.5 19.5 40.5 60.5 {BLACK} {BLACK}"]),
        (BOX + b"n", []),
        (BOX + b"n f", []),
        (b"f", []),
        # Paths (§8.5.2)
        (b"10 20 m 40 60 l S", [f"stroke 9.5 19.5 40.5 60.5 {BLACK}"]),
        (b"10 20 l 40 60 l f", [f"fill {AT_BOX} {BLACK}"]),
        (b"10 20 m 0 0 90 90 40 60 c f", [f"fill 0 0 90 90 {BLACK}"]),
        (b"10 20 m 90 90 40 60 v f", [f"fill 10 20 90 90 {BLACK}"]),
        (b"10 20 m 0 0 40 60 y f", [f"fill 0 0 40 60 {BLACK}"]),
        # Clips (§8.5.4): the path of the clip may be painted itself
        (b"0 0 20 99 re W n " + BOX + b"f", [f"fill 10 20 20 60 {BLACK}"]),
        (b"0 0 20 99 re W* n " + BOX + b"f", [f"fill 10 20 20 60 {BLACK}"]),
        (b"q 0 0 20 99 re W n Q " + BOX + b"f", [f"fill {AT_BOX} {BLACK}"]),
        (b"0 0 5 5 re W n " + BOX + b"f", []),
        (
            b"0 0 20 99 re W f " + BOX + b"f",
            [f"fill 0 0 20 99 {BLACK}", f"fill 10 20 20 60 {BLACK}"],
        ),
        # State (§8.4)
        (b"2 0 0 2 5 5 cm " + BOX + b"f", [f"fill 25 45 85 125 {BLACK}"]),
        (b"2 0 0 2 0 0 cm 1 0 0 1 1 1 cm " + BOX + b"f", [f"fill 22 42 82 122 {BLACK}"]),
        (b"0 1 -1 0 99 0 cm " + BOX + b"f", [f"fill 39 10 79 40 {BLACK}"]),
        (b"q 9 0 0 9 0 0 cm 1 g Q " + BOX + b"f", [f"fill {AT_BOX} {BLACK}"]),
        (b"Q Q " + BOX + b"f", [f"fill {AT_BOX} {BLACK}"]),
        (b"/Wide gs " + BOX + b"S", [f"stroke 6 16 44 64 {BLACK}"]),
        (b"-4 w " + BOX + b"S", [f"stroke 8 18 42 62 {BLACK}"]),
        (b"2 0 0 2 0 0 cm 4 w " + BOX + b"S", [f"stroke 16 36 84 124 {BLACK}"]),
        (b"/Clear gs " + BOX + b"f " + BOX + b"S", [f"stroke 9.5 19.5 40.5 60.5 {BLACK}"]),
        # Colours (§8.6)
        (b".5 g " + BOX + b"f", [f"fill {AT_BOX} C0 M0 Y0 K50"]),
        (b"1 G " + BOX + b"B", [f"fillstroke 9.5 19.5 40.5 60.5 {BLACK} {WHITE}"]),
        (b".1 .2 .3 .4 k " + BOX + b"f", [f"fill {AT_BOX} C10 M20 Y30 K40"]),
        (b".1 .2 .3 .4 K " + BOX + b"S", ["stroke 9.5 19.5 40.5 60.5 C10 M20 Y30 K40"]),
        (b"1 1 1 rg " + BOX + b"f", [f"fill {AT_BOX} {WHITE}"]),
        (b"/DeviceCMYK cs " + BOX + b"f", [f"fill {AT_BOX} {BLACK}"]),
        (b"/DeviceCMYK cs 1 0 0 0 sc " + BOX + b"f", [f"fill {AT_BOX} C100 M0 Y0 K0"]),
        (b"/Gold cs " + BOX + b"f", [f"fill {AT_BOX} {WHITE} Gold 100"]),
        (b"/Gold CS .5 SCN " + BOX + b"S", [f"stroke 9.5 19.5 40.5 60.5 {WHITE} Gold 50"]),
        (
            b"/Tiles cs 0 1 0 0 /Tile scn " + BOX + b"f",
            [f"fill {AT_BOX} pattern", "fill 0 0 5 5 C0 M100 Y0 K0"],
        ),
        # Forms (§8.10): their matrix, and their box as a clip
        (b"/Twice Do", [f"fill 20 40 50 120 {BLACK}"]),
        (b"1 0 0 1 5 0 cm 1 g /Twice Do", [f"fill 25 40 55 120 {WHITE}"]),
    ],
)
def test_an_operator_paints_what_the_standard_says(content: bytes, painted: list[str]) -> None:
    assert [said(mark) for mark in marks(content)] == painted


def test_after_a_path_is_closed_the_next_segment_is_drawn_from_its_beginning() -> None:
    closed = b"10 20 m 90 20 l 90 90 l h "
    explicit = marks(closed + b"10 20 m 5 5 40 60 v f")[0].painted
    implied = marks(closed + b"5 5 40 60 v f")[0].painted
    assert isinstance(explicit, PaintedPath)
    assert isinstance(implied, PaintedPath)
    curves = [dict(shape.path.segments)[b"c"] for shape in (explicit, implied)]
    assert curves == [(10, 20, 5, 5, 40, 60)] * 2


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        (b"Half", "fill_alpha", 0.5),
        (b"Half", "stroke_alpha", 0.25),
        (b"Times", "blend", "Multiply"),
        (b"Plain", "blend", "Normal"),
        (b"Over", "fill_overprint", True),
        (b"Over", "stroke_overprint", True),
        (b"Over", "overprint_mode", 1),
        (b"Fill", "fill_overprint", False),
        (b"Fill", "stroke_overprint", True),
    ],
)
def test_a_graphics_state_sets_what_it_names(name: bytes, field: str, value: object) -> None:
    (mark,) = marks(b"/%b gs " % name + BOX + b"B")
    assert getattr(mark.state, field) == value


@pytest.mark.parametrize(("before", "parts"), [(b"", 0), (b"/Half gs ", 2), (b"/Times gs ", 2)])
def test_a_group_is_kept_together_where_it_is_painted_as_a_whole(before: bytes, parts: int) -> None:
    pdf = pikepdf.new()
    walk = checked(one_page(pdf, before + b"/Group Do " + BOX + b"f", resources(pdf))).walk
    assert len(walk.marks) == 3
    assert [len(group.parts) for group in walk.groups] == [parts] * bool(parts)
    assert len(walk.tree) == (2 if parts else 3)
    inside = walk.marks[0].state
    assert (inside.fill_alpha, inside.blend) == (1.0, "Normal")


OUTLINE = b"10 20 m 40 20 l 40 60 l h\n"


@pytest.mark.parametrize(
    "path",
    [
        OUTLINE * 3,
        OUTLINE + b"-1.5 .5 m +7. 8 l h 1 2 m 3 4 l 5 6 l h",
        OUTLINE + b"5 5 m" + b" 6 7 l" * 3000 + b" h",  # longer than what is read as one
        OUTLINE + OUTLINE + b"90 90 l S 1 1 m 2 2 l h",  # from where the last one began
        OUTLINE + b"5 5 m h 1 1 m 2 2 l 3 3 l",
        OUTLINE + b"1 2 m 3 4 l 5 6 7 8 9 9 c h",
        b"1 2 3 4 re 5 6 7 8 re 9 9 l 1 1 2 2 3 3 c 4 4 5 5 v",  # from where the last one ended
        b"1 2 m 3 4 l 5 6 7 8 re h 9 9 10 10 v",
        b"1 2 3 l 4 5 6 m 7 8 l",  # numbers too many
        b"h 3 4 l h 5 6 7 8 9 9 c h",  # nothing begins it
        b"1 2 m 3 4 l%5 6 l\n8 9 l",
    ],
)
def test_segments_that_are_read_as_one_are_what_they_are_one_by_one(path: bytes) -> None:
    one_by_one = re.sub(rb"\b(re|[mlhcv])\b", rb"\1 %\n", path)  # a comment stands in the way
    read, wanted = (segments(content + b" f") for content in (path, one_by_one))
    assert read == wanted
    assert read


def segments(content: bytes) -> list[object]:
    """Return the segments of all paths."""
    found = checked(one_page(pikepdf.new(), content, {})).marks
    return [mark.painted.path.segments for mark in found if isinstance(mark.painted, PaintedPath)]
