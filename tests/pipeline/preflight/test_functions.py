"""Functions of PDF, one small definition at a time: numbers in, numbers out."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Stream

from hrcpub.pipeline.preflight.page.functions import function, outputs


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    """Return a file that streams can be of."""
    return pikepdf.new()


def calculator(pdf: pikepdf.Pdf, program: bytes, inputs: int = 2, given: int = 1) -> Stream:
    """Return a calculator whose numbers are from -1,000 to 1,000."""
    domain, bounds = Array([-1000, 1000] * inputs), Array([-1000, 1000] * given)
    return Stream(pdf, program, FunctionType=4, Domain=domain, Range=bounds)


def sampled(pdf: pikepdf.Pdf, data: bytes, sizes: Sequence[int], bits: int = 8) -> Stream:
    """Return a table of samples over inputs from 0 to 1, whose one output is from 0 to 1."""
    domain, bounds = Array([0, 1] * len(sizes)), Array([0, 1])
    return Stream(
        pdf,
        data,
        FunctionType=0,
        Domain=domain,
        Range=bounds,
        Size=Array(sizes),
        BitsPerSample=bits,
    )


def exponential(start: Sequence[float], end: Sequence[float], power: float = 1) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array(start), C1=Array(end), N=power)


def stitched(parts: Sequence[Dictionary], edges: Sequence[float]) -> Dictionary:
    return Dictionary(
        FunctionType=3,
        Domain=Array([0, 1]),
        Functions=Array(parts),
        Bounds=Array(edges),
        Encode=Array([0, 1] * len(parts)),
    )


@pytest.mark.parametrize(
    ("program", "result"),
    [
        ("{add}", 10),
        ("{sub}", 4),
        ("{mul}", 21),
        ("{div}", 7 / 3),
        ("{idiv}", 2),
        ("{mod}", 1),
        ("{exp}", 343),
        ("{pop neg}", -7),
        ("{pop neg abs}", 7),
        ("{pop .5 mul ceiling}", 4),
        ("{pop .5 mul floor}", 3),
        ("{pop .5 mul round}", 4),
        ("{pop -.5 mul truncate}", -3),
        ("{pop -.5 mul cvi}", -3),
        ("{pop cvr}", 7),
        ("{pop pop 16 sqrt}", 4),
        ("{pop pop -16 sqrt}", 0),
        ("{pop pop 30 sin}", 0.5),
        ("{pop pop 60 cos}", 0.5),
        ("{pop pop 100 log}", 2),
        ("{pop pop 1 ln}", 0),
        ("{pop pop -1 ln}", 0),
        ("{pop pop 1 0 atan}", 90),
        ("{pop pop -1 0 atan}", 270),
        ("{exch sub}", -4),
        ("{dup mul}", 9),
        ("{1 index}", 7),
        ("{2 copy add add}", 13),  # 3 + (7 + 3): the copies
        ("{0 copy}", 3),
        ("{1 3 1 roll pop}", 7),  # 1 7 3
        ("{1 3 -1 roll}", 7),  # 3 1 7
        ("{9 1 roll}", 3),  # more than there are: nothing is rolled
        ("{and}", 3),
        ("{or}", 7),
        ("{xor}", 4),
        ("{pop not}", -8),
        ("{pop 2 bitshift}", 28),
        ("{pop -1 bitshift}", 3),
        ("{eq {1} {2} ifelse}", 2),
        ("{ne {1} {2} ifelse}", 1),
        ("{gt {1} {2} ifelse}", 1),
        ("{ge {1} {2} ifelse}", 1),
        ("{lt {1} {2} ifelse}", 2),
        ("{le {1} {2} ifelse}", 2),
        ("{true false and {1} {2} ifelse}", 2),
        ("{true false or {1} {2} ifelse}", 1),
        ("{true true xor {1} {2} ifelse}", 2),
        ("{false not {1} {2} ifelse}", 1),
        ("{5 gt {pop 8} if}", 7),
        ("{5 lt {pop 8} if}", 8),
        ("{ % a comment {\r add }", 10),
        ("{1e9 mul}", 1000),  # held in its range
    ],
)
def test_a_calculator_does_what_its_words_say(
    pdf: pikepdf.Pdf, program: str, result: float
) -> None:
    made = function(calculator(pdf, program.encode()))
    assert made([7, 3]) == pytest.approx((result,))


def test_a_calculator_gives_as_many_numbers_as_it_has_ranges(pdf: pikepdf.Pdf) -> None:
    assert function(calculator(pdf, b"{0 0 4 2 roll}", given=4))([7, 3]) == (0, 0, 7, 3)


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (b"add", "does not begin"),
        (b"{add", "does not end"),
        (b"{" * 40, "nested too deeply"),
    ],
)
def test_a_calculator_that_is_no_program_is_refused(
    pdf: pikepdf.Pdf, program: bytes, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        function(calculator(pdf, program))


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (b"{0 div}", "fails"),
        (b"{pop pop pop}", "fails"),
        (b"{nonsense}", "fails"),
        (b"{{1} add}", "a procedure in the place of a number"),
        (b"{1 {2} 3 ifelse}", "ifelse without a procedure"),
        (b"{pop pop {1}}", "a procedure in the place of a number"),
        (b"{" + b"dup pop " * 6000 + b"}", "runs too long"),
    ],
)
def test_a_calculator_that_breaks_off_is_told(pdf: pikepdf.Pdf, program: bytes, said: str) -> None:
    made = function(calculator(pdf, program))
    with pytest.raises(ValueError, match=said):
        made([7, 3])


@pytest.mark.parametrize(
    ("x", "y"), [(0, 0.0), (0.25, 0.5), (0.5, 1.0), (0.75, 0.6), (1, 0.2), (-4, 0.0), (9, 0.2)]
)
def test_between_samples_it_goes_straight(pdf: pikepdf.Pdf, x: float, y: float) -> None:
    made = function(sampled(pdf, bytes([0, 255, 51]), [3]))
    assert made([x]) == pytest.approx((y,))


@pytest.mark.parametrize(
    ("bits", "data"),
    [
        (1, b"\x40"),
        (2, b"\x30"),
        (4, b"\x0f"),
        (8, b"\x00\xff"),
        (12, b"\x00\x0f\xff"),
        (16, b"\x00\x00\xff\xff"),
        (24, b"\x00" * 3 + b"\xff" * 3),
        (32, b"\x00" * 4 + b"\xff" * 4),
    ],
)
def test_samples_have_any_number_of_bits(pdf: pikepdf.Pdf, bits: int, data: bytes) -> None:
    made = function(sampled(pdf, data, [2], bits))
    assert [made([x]) for x in (0, 1)] == [(0,), (1,)]


def test_of_several_inputs_the_first_changes_fastest(pdf: pikepdf.Pdf) -> None:
    made = function(sampled(pdf, bytes([0, 51, 102, 255]), [2, 2]))
    corners = [made([x, y])[0] for y in (0, 1) for x in (0, 1)]
    assert corners == pytest.approx([0, 0.2, 0.4, 1])
    assert made([0.5, 0]) == pytest.approx((0.1,))


def test_samples_are_encoded_and_decoded_as_they_say(pdf: pikepdf.Pdf) -> None:
    turned = sampled(pdf, bytes([0, 255]), [2])
    turned.Encode = Array([1, 0])
    assert function(turned)([0]) == (1,)
    halved = sampled(pdf, bytes([0, 255]), [2])
    halved.Decode = Array([0.5, 0])
    assert [function(halved)([x]) for x in (0, 1)] == [(0.5,), (0,)]


@pytest.mark.parametrize(
    ("data", "sizes", "bits", "said"),
    [
        (b"\0", [3], 8, "lacks samples"),
        (b"\0" * 9, [3], 7, "impossible size"),
        (b"\0" * 9, [0], 8, "impossible size"),
        (b"\0" * 9, [4096, 4096], 8, "impossible size"),
    ],
)
def test_samples_that_cannot_be_are_refused(
    pdf: pikepdf.Pdf, data: bytes, sizes: list[int], bits: int, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        function(sampled(pdf, data, sizes, bits))


@pytest.mark.parametrize(
    ("power", "x", "share"),
    [(1, 0.5, 0.5), (2, 0.5, 0.25), (0.5, 0.25, 0.5), (-1, 0.5, 2.0), (-1, 0, 1.0), (1, 3, 1.0)],
)
def test_an_exponential_goes_from_one_end_to_the_other(
    power: float, x: float, share: float
) -> None:
    made = function(exponential([0, 1], [1, 0.5], power))
    assert made([x]) == pytest.approx((share, 1 - share / 2))


@pytest.mark.parametrize(("x", "y"), [(0, 0), (0.2, 0.5), (0.4, 1), (0.7, 0.5), (1, 0)])
def test_a_stitched_function_hands_each_part_its_share(x: float, y: float) -> None:
    made = function(stitched([exponential([0], [1]), exponential([1], [0])], [0.4]))
    assert made([x]) == pytest.approx((y,))


def test_a_stitched_function_whose_edges_lie_together_has_no_part_between() -> None:
    parts = [exponential([0], [0.2]), exponential([0.5], [0.7]), exponential([0.8], [1])]
    made = function(stitched(parts, [0.5, 0.5]))
    assert made([0.5]) == (0.8,)


@pytest.mark.parametrize("edges", [[], [0.2, 0.4]])
def test_a_stitched_function_needs_an_edge_between_two_parts(edges: list[float]) -> None:
    with pytest.raises(ValueError, match="does not hold together"):
        function(stitched([exponential([0], [1]), exponential([1], [0])], edges))


def test_an_array_of_functions_gives_the_numbers_of_all() -> None:
    both = Array([exponential([0], [1]), exponential([1, 0], [0, 0.5])])
    assert function(both)([0.5]) == (0.5, 0.5, 0.25)
    assert outputs(both) == 3


def nested(depth: int) -> pikepdf.Object:
    made: pikepdf.Object = exponential([0], [1])
    for _ in range(depth):
        made = Array([made])
    return made


def test_what_is_no_function_is_refused() -> None:
    broken = {
        "not a dictionary": pikepdf.String("words"),
        "of type 1 do not exist": Dictionary(FunctionType=1),
        "no Domain": Dictionary(FunctionType=2),
        "nested too deeply": nested(9),
    }
    for said, definition in broken.items():
        with pytest.raises(ValueError, match=said):
            function(definition)
    assert function(nested(8))([0.5]) == (0.5,)


def test_how_many_numbers_it_gives_is_known_before_it_is_called(pdf: pikepdf.Pdf) -> None:
    assert outputs(calculator(pdf, b"{}", given=4)) == 4
    assert outputs(exponential([0, 0, 0], [1, 1, 1])) == 3
    assert outputs(stitched([exponential([0, 0], [1, 1])], [])) == 2
    assert outputs(Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1)) == 1
    with pytest.raises(ValueError, match="no Range"):
        outputs(Dictionary(FunctionType=4))
    with pytest.raises(ValueError, match="nested too deeply"):
        outputs(nested(9))
