"""PDF functions (ISO 32000-2 §7.10) to plain calls: numbers in, numbers out.

Types 0 (sampled), 2 (exponential), 3 (stitched) and 4 (PostScript calculator). What is broken
raises ValueError, which the caller turns into a Problem.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias, Union

import pikepdf

from hrcpub.patterns import pattern

Numbers = tuple[float, ...]
Function = Callable[[Sequence[float]], Numbers]
Pairs = list[tuple[float, float]]
Program: TypeAlias = list[Union[float, str, "Program"]]  # a calculator's; a word, else pushed
Stack = list[float | Program]  # true and false are numbers too

_DEEPEST = 8  # functions in stitched functions
_TOKEN = pattern(rb"[{}]|[^\s{}]+")
_COMMENT = pattern(rb"%[^\r\n]*")
_MOST_STEPS = 10_000  # of a calculator's program, in one call


def function(definition: pikepdf.Object | None, depth: int = 0) -> Function:
    """Return a function object, or an array of them, as a call. Raises ValueError."""
    if depth > _DEEPEST:
        raise ValueError("functions are nested too deeply")
    if isinstance(definition, pikepdf.Array):
        parts = [function(part, depth + 1) for part in islice(definition, 32)]
        return lambda xs: tuple(number for part in parts for number in part(xs))
    if not isinstance(definition, pikepdf.Dictionary | pikepdf.Stream):
        raise ValueError("a function is not a dictionary")
    kind = int(definition.get("/FunctionType", -1))
    if kind not in _KINDS:
        raise ValueError(f"functions of type {kind} do not exist")
    domain = _pairs(definition.get("/Domain"))
    bounds = _pairs(definition.get("/Range"))
    if not domain:
        raise ValueError("a function has no Domain")
    compute = _KINDS[kind](definition, domain, bounds, depth)

    def call(xs: Sequence[float]) -> Numbers:
        inside = [_held(x, pair) for x, pair in zip(xs, domain, strict=False)]
        values = compute(inside)
        if bounds:
            return tuple(_held(y, pair) for y, pair in zip(values, bounds, strict=False))
        return values

    return call


def outputs(definition: pikepdf.Object, depth: int = 0) -> int:
    """Return how many numbers a function object, or an array of them, gives. Raises ValueError."""
    if depth > _DEEPEST:
        raise ValueError("functions are nested too deeply")
    if isinstance(definition, pikepdf.Array):
        return sum(outputs(part, depth + 1) for part in islice(definition, 32))
    if "/Range" in definition:
        return len(definition["/Range"]) // 2
    kind = int(definition.get("/FunctionType", -1))
    if kind == 2:
        return len(definition.get("/C0", [0]))
    if kind == 3:
        return outputs(definition["/Functions"][0], depth + 1)
    raise ValueError("a function has no Range")


def _pairs(array: pikepdf.Object | None) -> Pairs:
    numbers = [float(number) for number in islice(array or (), 128)]
    return list(zip(numbers[::2], numbers[1::2], strict=False))


def _held(x: float, pair: tuple[float, float]) -> float:
    return min(max(x, pair[0]), pair[1])


def _mapped(x: float, a: tuple[float, float], b: tuple[float, float]) -> float:
    return b[0] if a[1] == a[0] else b[0] + (x - a[0]) * (b[1] - b[0]) / (a[1] - a[0])


def _samples(data: bytes, count: int, bits: int) -> Callable[[int], int]:
    """Return a function from a sample's number to its value; raise ValueError if some lack."""
    if len(data) * 8 < count * bits:
        raise ValueError("a sampled function lacks samples")
    top = (1 << bits) - 1

    def sample(at: int) -> int:
        first = at * bits
        span = int.from_bytes(data[first // 8 : (first + bits + 7) // 8], "big")
        # The last byte may hold the beginning of the next sample, which is shifted out.
        return (span >> (-(first + bits) % 8)) & top

    return sample


def _sampled(definition: pikepdf.Object, domain: Pairs, bounds: Pairs, depth: int) -> Function:
    """Sampled functions: linear between samples along the first input, nearest along others."""
    sizes = [int(size) for size in definition["/Size"]]
    bits = int(definition["/BitsPerSample"])
    wide = len(bounds)
    count = math.prod(sizes) * wide
    # 2^22 is a lattice of four inks in 32 steps, to four others: larger ones are damage.
    if not (0 < count <= 1 << 22) or bits not in (1, 2, 4, 8, 12, 16, 24, 32):
        raise ValueError("a sampled function has an impossible size")
    sample = _samples(definition.read_bytes(), count, bits)
    encode = _pairs(definition.get("/Encode")) or [(0, size - 1) for size in sizes]
    decode = _pairs(definition.get("/Decode")) or bounds
    top = (1 << bits) - 1

    def row(places: list[int]) -> list[float]:
        at = 0
        for place, size in zip(reversed(places), reversed(sizes), strict=True):
            at = at * size + place
        return [_mapped(sample(at * wide + part), (0, top), decode[part]) for part in range(wide)]

    def call(xs: Sequence[float]) -> Numbers:
        at = [_held(_mapped(x, domain[i], encode[i]), (0, sizes[i] - 1)) for i, x in enumerate(xs)]
        low = [round(x) for x in at]
        low[0] = int(at[0])
        share = at[0] - low[0]
        first = row(low)
        if share == 0:
            return tuple(first)
        second = row([low[0] + 1, *low[1:]])
        return tuple(a + (b - a) * share for a, b in zip(first, second, strict=True))

    return call


def _exponential(definition: pikepdf.Object, domain: Pairs, bounds: Pairs, depth: int) -> Function:
    start = [float(number) for number in definition.get("/C0", [0])]
    end = [float(number) for number in definition.get("/C1", [1])]
    power = float(definition.get("/N", 1))

    def call(xs: Sequence[float]) -> Numbers:
        x = xs[0]
        # 0 to a negative power is taken as 1, and a root of a negative number as that of its size:
        # broken functions still give a colour.
        share = x if power == 1 else (abs(x) ** power if x or power > 0 else 1.0)
        return tuple(a + share * (b - a) for a, b in zip(start, end, strict=False))

    return call


def _stitched(definition: pikepdf.Object, domain: Pairs, bounds: Pairs, depth: int) -> Function:
    parts = [function(part, depth + 1) for part in islice(definition["/Functions"], 256)]
    edges = [domain[0][0], *(float(x) for x in islice(definition["/Bounds"], 256)), domain[0][1]]
    encode = _pairs(definition["/Encode"])
    if not parts or len(edges) != len(parts) + 1 or len(encode) < len(parts):
        raise ValueError("a stitched function does not hold together")

    def call(xs: Sequence[float]) -> Numbers:
        x = xs[0]
        at = next((i for i in range(len(parts) - 1) if x < edges[i + 1]), len(parts) - 1)
        return parts[at]([_mapped(x, (edges[at], edges[at + 1]), encode[at])])

    return call


def _calculator(definition: pikepdf.Object, domain: Pairs, bounds: Pairs, depth: int) -> Function:
    tokens = iter(_TOKEN.findall(_COMMENT.sub(b" ", definition.read_bytes()[: 1 << 18])))
    if next(tokens, b"") != b"{":
        raise ValueError("a calculator function does not begin with {")
    program = _program(tokens, 0)

    def call(xs: Sequence[float]) -> Numbers:
        stack: Stack = list(xs)
        try:
            # A list, so that procedures inside count on in the same number.
            _run(program, stack, [_MOST_STEPS])
            return tuple(_number(item) for item in stack[-len(bounds) :])
        except (IndexError, ZeroDivisionError, OverflowError, TypeError, KeyError) as error:
            raise ValueError(f"a calculator function fails: {error}") from None

    return call


def _program(tokens: Iterator[bytes], depth: int) -> Program:
    if depth > 32:
        raise ValueError("a calculator function is nested too deeply")
    program: Program = []
    for token in tokens:
        if token == b"{":
            program.append(_program(tokens, depth + 1))
        elif token == b"}":
            return program
        else:
            program.append(_word(token))
    raise ValueError("a calculator function does not end")


def _word(token: bytes) -> float | str:
    try:
        return float(token)
    except ValueError:
        return token.decode("latin-1")


def _run(program: Program, stack: Stack, left: list[int]) -> None:
    for word in program:
        left[0] -= 1
        if left[0] < 0:
            raise ValueError("a calculator function runs too long")
        if isinstance(word, float | list):
            stack.append(word)
        elif word in ("if", "ifelse"):
            otherwise: float | Program = stack.pop() if word == "ifelse" else []
            then = stack.pop()
            if not isinstance(then, list) or not isinstance(otherwise, list):
                raise TypeError(f"{word} without a procedure")
            _run(then if stack.pop() else otherwise, stack, left)
        elif word in _MOVES:
            _MOVES[word](stack)
        elif word in _ONE:
            stack.append(_ONE[word](_number(stack.pop())))
        else:
            second = _number(stack.pop())
            stack.append(_TWO[word](_number(stack.pop()), second))


def _number(item: float | Program) -> float:
    if isinstance(item, list):
        raise TypeError("a procedure in the place of a number")
    return item


def _copy(stack: Stack) -> None:
    count = int(_number(stack.pop()))
    if 0 < count <= len(stack) <= 100:
        stack += stack[-count:]


def _index(stack: Stack) -> None:
    stack.append(stack[-1 - int(_number(stack.pop()))])


def _roll(stack: Stack) -> None:
    shift, count = int(_number(stack.pop())), int(_number(stack.pop()))
    if 0 < count <= len(stack):
        part = stack[-count:]
        shift %= count
        stack[-count:] = part[count - shift :] + part[: count - shift]


def _swap(stack: Stack) -> None:
    stack[-1], stack[-2] = stack[-2], stack[-1]


_MOVES: dict[str, Callable[[Stack], object]] = {
    "copy": _copy,
    "index": _index,
    "roll": _roll,
    "exch": _swap,
    "dup": lambda stack: stack.append(stack[-1]),
    "pop": lambda stack: stack.pop(),
    "true": lambda stack: stack.append(True),
    "false": lambda stack: stack.append(False),
}
_ONE: dict[str, Callable[[float | bool], float]] = {
    "abs": abs,
    "neg": lambda a: -a,
    "ceiling": math.ceil,
    "floor": math.floor,
    "round": lambda a: math.floor(a + 0.5),
    "truncate": math.trunc,
    "sqrt": lambda a: math.sqrt(max(a, 0)),
    "sin": lambda a: math.sin(math.radians(a)),
    "cos": lambda a: math.cos(math.radians(a)),
    "ln": lambda a: math.log(a) if a > 0 else 0.0,
    "log": lambda a: math.log10(a) if a > 0 else 0.0,
    "cvi": int,
    "cvr": float,
    "not": lambda a: not a if isinstance(a, bool) else ~int(a),
}
# Powers and shifts are bounded: numbers that grow without end would fill the memory.
_TWO: dict[str, Callable[[float | bool, float | bool], float]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "idiv": lambda a, b: int(a / b),
    "mod": lambda a, b: math.fmod(int(a), int(b)),
    "exp": lambda a, b: min(abs(a) ** min(b, 64), 1e30),
    "atan": lambda a, b: math.degrees(math.atan2(a, b)) % 360,
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "and": lambda a, b: (a and b) if isinstance(a, bool) else int(a) & int(b),
    "or": lambda a, b: (a or b) if isinstance(a, bool) else int(a) | int(b),
    "xor": lambda a, b: (a != b) if isinstance(a, bool) else int(a) ^ int(b),
    "bitshift": lambda a, b: int(a) << int(b) if 0 <= b < 32 else int(a) >> min(int(-b), 64),
}
_KINDS: dict[int, Callable[[pikepdf.Object, Pairs, Pairs, int], Function]] = {
    0: _sampled,
    2: _exponential,
    3: _stitched,
    4: _calculator,
}
