"""Colour spaces (ISO 32000-2 §8.6) to `Space`s, and colours in them to the inks they lay down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import pikepdf

from hrcpub.pipeline.preflight.page.bounded import ODD, name_of
from hrcpub.pipeline.preflight.page.functions import Function, function
from hrcpub.pipeline.preflight.page.separation import separated
from hrcpub.records import record

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
_DEEPEST = 6
_SHORT = {  # of inline images
    b"/G": b"/DeviceGray",
    b"/RGB": b"/DeviceRGB",
    b"/CMYK": b"/DeviceCMYK",
    b"/I": b"/Indexed",
}


_PdfObject = pikepdf.Object | None  # of the file, where it has it
_FOLDERS = (pikepdf.Dictionary, Mapping)  # a union type is made anew at each look


@record
class InkAmounts:
    """How much of each ink a colour lays down, from 0 to 1. `spots` are named plates.

    What checks ask of a colour is worked out once: a page has few colours, and thousands of marks.
    """

    process: tuple[float, float, float, float]
    spots: tuple[tuple[str, float], ...] = ()
    ink_count: int = field(init=False, compare=False)  # tints of less than 0.5 % are not counted
    is_white: bool = field(init=False, compare=False)  # no ink is laid down
    is_black: bool = field(init=False, compare=False)  # black alone, and solid
    total: float = field(init=False, compare=False)  # all plates together, in per cent

    def __post_init__(self) -> None:
        """Count the inks."""
        parts = (*self.process, *(tint for _, tint in self.spots))
        # Separations are rounded to 8 bits, of which a level is 0.4 %.
        count = sum(part > 0.005 for part in parts)
        object.__setattr__(self, "ink_count", count)
        object.__setattr__(self, "is_white", count == 0)
        object.__setattr__(self, "is_black", self.process[3] >= 0.995 and count == 1)
        total = 100 * (sum(self.process) + sum(tint for _, tint in self.spots))
        object.__setattr__(self, "total", total)

    def __str__(self) -> str:
        """Return the inks as printers write them: C0 M0 Y0 K100."""
        parts = [f"{name}{100 * part:.0f}" for name, part in zip("CMYK", self.process, strict=True)]
        return " ".join([*parts, *(f"{name} {100 * tint:.0f}" for name, tint in self.spots)])


NO_INK = InkAmounts((0.0, 0.0, 0.0, 0.0))


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """A colour space. `base` is Indexed's base, Separation's alternate, Pattern's underlying."""

    kind: str
    count: int
    names: tuple[str, ...] = ()
    base: Space | None = None
    tint: Function | None = None
    table: bytes = b""
    ranges: tuple[float, ...] = ()
    said: str = ""  # what is wrong with it
    definition: _PdfObject = None  # ICCBased's profile, or the fields of a calibrated space
    cache: dict[tuple[float, ...], InkAmounts] = field(default_factory=dict, repr=False)
    printed: dict[tuple[float, ...], InkAmounts] = field(default_factory=dict, repr=False)
    data: list[bytes] = field(default_factory=list, repr=False)  # the profile, once it was read

    @property
    def initial(self) -> tuple[float, ...]:
        """The colour that is in force after the space is chosen (§8.6.5.6 and others)."""
        if self.kind == "DeviceCMYK" or (self.kind == "ICCBased" and self.count == 4):
            return (0.0, 0.0, 0.0, 1.0)
        if self.kind in ("Separation", "DeviceN"):
            return (1.0,) * self.count
        return (0.0,) * self.count

    @property
    def family(self) -> str:
        """Return DeviceGray, DeviceRGB or DeviceCMYK: as what its numbers are to be read."""
        kinds = {"CalGray": "DeviceGray", "CalRGB": "DeviceRGB", "Lab": "Lab"}
        if self.kind == "ICCBased":
            return {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}.get(self.count, "")
        return kinds.get(self.kind, self.kind)

    @property
    def root(self) -> Space:
        """Return what the colours of an Indexed space, or under a Pattern, are in."""
        return self.base.root if self.kind in ("Indexed", "Pattern") and self.base else self


GREY = Space("DeviceGray", 1)
RGB = Space("DeviceRGB", 3)
CMYK = Space("DeviceCMYK", 4)
PATTERN = Space("Pattern", 0)
SRGB_GREY = Space("CalGray", 1)
DEVICE = {
    b"/DeviceGray": GREY,
    b"/DeviceRGB": RGB,
    b"/DeviceCMYK": CMYK,
    b"/Pattern": PATTERN,
    b"/CalCMYK": CMYK,
    b"/G": GREY,
    b"/RGB": RGB,
    b"/CMYK": CMYK,
}


def space(definition: _PdfObject, resources: _PdfObject = None, depth: int = 0) -> Space:
    """Return a colour space object as a Space; a broken one says what is wrong with it."""
    try:
        return _space(definition, resources, depth)
    except ODD as error:
        return Space("DeviceGray", 1, said=f"a broken colour space: {error}")


def _space(definition: _PdfObject, resources: _PdfObject, depth: int) -> Space:
    if depth > _DEEPEST:
        raise ValueError("colour spaces are nested too deeply")
    if isinstance(definition, pikepdf.Name):
        name = bytes(definition)
        if name in DEVICE:
            return DEVICE[name]
        defined = named(resources, "/ColorSpace", name)
        if defined is None:
            raise ValueError(f"the resources have no {definition!s}")
        return _space(defined, None, depth + 1)
    if not isinstance(definition, pikepdf.Array) or not len(definition):
        raise ValueError("it is neither a name nor an array")
    kind = bytes(definition[0])
    kind = _SHORT.get(kind, kind)
    if kind in DEVICE and (kind != b"/Pattern" or len(definition) < 2):
        return DEVICE[kind]
    return _KINDS[kind](definition, resources, depth)


def _icc(array: pikepdf.Object, resources: _PdfObject, depth: int) -> Space:
    count = int(array[1].get("/N", 0))
    if count not in (1, 3, 4):
        raise ValueError(f"an ICC profile of {count} components")
    # The profile is not read for the checks of single colours: shops are to keep CMYK's numbers,
    # and sRGB is near enough to any RGB. What adds up ink reads it (`ink/managed.py`).
    return Space("ICCBased", count, definition=array[1])


def _indexed(array: pikepdf.Object, resources: _PdfObject, depth: int) -> Space:
    base = space(array[1], resources, depth + 1)
    # At most 256 colours of 32 inks.
    table = array[3].read_bytes() if isinstance(array[3], pikepdf.Stream) else bytes(array[3])
    return Space("Indexed", 1, base=base, table=table[: 256 * 32], said=base.said)


def _separation(array: pikepdf.Object, resources: _PdfObject, depth: int) -> Space:
    is_one = array[0] == "/Separation"
    names = [name_of(spot) for spot in ([array[1]] if is_one else islice(array[1], 32))]
    base = space(array[2], resources, depth + 1)
    said = base.said
    try:
        tint = function(array[3])
    except ValueError as error:
        tint, said = None, str(error)
    kind = "Separation" if is_one else "DeviceN"
    return Space(kind, len(names), tuple(names), base, tint, said=said)


def _pattern(array: pikepdf.Object, resources: _PdfObject, depth: int) -> Space:
    return Space("Pattern", 0, base=space(array[1], resources, depth + 1))


def _lab(array: pikepdf.Object, resources: _PdfObject, depth: int) -> Space:
    bounds = [float(x) for x in array[1].get("/Range", [-100, 100, -100, 100])]
    return Space("Lab", 3, ranges=tuple(bounds))


_KINDS: dict[bytes, Callable[[pikepdf.Object, _PdfObject, int], Space]] = {
    b"/ICCBased": _icc,
    b"/Indexed": _indexed,
    b"/Separation": _separation,
    b"/DeviceN": _separation,
    b"/Pattern": _pattern,
    b"/Lab": _lab,
    b"/CalRGB": lambda array, resources, depth: Space("CalRGB", 3, definition=array[1]),
    b"/CalGray": lambda array, resources, depth: Space("CalGray", 1, definition=array[1]),
}
_DEFAULTS = {"DeviceGray": "/DefaultGray", "DeviceRGB": "/DefaultRGB", "DeviceCMYK": "/DefaultCMYK"}


def in_place_of(given: Space, resources: _PdfObject) -> Space:
    """Return the space that resources put in the place of a device space (§8.6.5.6)."""
    if given.kind == "Indexed" and given.base is not None:
        base = in_place_of(given.base, resources)
        return given if base is given.base else Space("Indexed", 1, base=base, table=given.table)
    key = _DEFAULTS.get(given.kind)
    folder = resources.get("/ColorSpace") if resources is not None else None
    if key is None or not isinstance(folder, _FOLDERS) or key not in folder:
        return given
    other = space(folder[key], None)
    # One of another number of parts, or a device space again, is of no use.
    return given if other.said or other.count != given.count or other.kind in _DEFAULTS else other


def inks(space: Space, parts: Sequence[float]) -> InkAmounts:
    """Return the inks that a colour lays down; kept, since a page has few colours."""
    key = tuple(parts)
    laid = space.cache.get(key)
    if laid is None:
        laid = _inks(space, key)
        # A map may have a colour to each of its marks.
        if len(space.cache) < 4096:
            space.cache[key] = laid
    return laid


def _inks(space: Space, parts: tuple[float, ...]) -> InkAmounts:
    parts = (*parts, *(0.0,) * (space.count - len(parts)))
    family = space.family
    if family == "DeviceCMYK":
        return InkAmounts((_unit(parts[0]), _unit(parts[1]), _unit(parts[2]), _unit(parts[3])))
    if family == "DeviceGray":
        # Grey is printed as black alone (§10.4).
        return InkAmounts((0.0, 0.0, 0.0, 1 - _unit(parts[0])))
    if family == "DeviceRGB":
        return InkAmounts(separated(_unit(parts[0]), _unit(parts[1]), _unit(parts[2])))
    if family == "Lab":
        return InkAmounts(separated(*_rgb_of_lab(parts)))
    if family == "Indexed" and space.base:
        return inks(space.base, looked_up(space, int(parts[0])))
    if family in ("Separation", "DeviceN"):
        return _plates(space, parts)
    return NO_INK


def looked_up(space: Space, index: int) -> tuple[float, ...]:
    """Return an Indexed space's colour in its base (§8.6.6.3)."""
    assert space.base is not None
    wide = space.base.count
    entry = space.table[index * wide : (index + 1) * wide] if index >= 0 else b""
    levels = tuple(byte / 255 for byte in entry) or (0.0,) * wide
    if space.base.kind == "Lab" and len(levels) == 3 and len(space.base.ranges) == 4:
        # The bytes of a table are stretched over the ranges of the base (§8.6.6.3).
        a, b, c, d = space.base.ranges
        return (100 * levels[0], a + levels[1] * (b - a), c + levels[2] * (d - c))
    return levels


def _plates(space: Space, parts: tuple[float, ...]) -> InkAmounts:
    """Return plates by their names: process colours, All, None, and spots."""
    process = [0.0, 0.0, 0.0, 0.0]
    spots: list[tuple[str, float]] = []
    for name, part in zip(space.names, parts, strict=False):
        tint = _unit(part)
        if name == "All":
            process = [max(old, tint) for old in process]
        elif name in PROCESS:
            process[PROCESS.index(name)] = tint
        elif name != "None":
            spots.append((name, tint))
    return InkAmounts((process[0], process[1], process[2], process[3]), tuple(spots))


def _unit(x: float) -> float:
    return 0.0 if x < 0 else 1.0 if x > 1 else x


def _rgb_of_lab(lab: Sequence[float]) -> tuple[float, float, float]:
    """Return sRGB for CIE L*a*b* D50 (IEC 61966-2-1, Bradford-adapted matrix)."""
    fy = (lab[0] + 16) / 116
    xyz = [
        white * (f**3 if f > 6 / 29 else 3 * (6 / 29) ** 2 * (f - 4 / 29))
        for white, f in zip(
            (0.9642, 1.0, 0.8249), (fy + lab[1] / 500, fy, fy - lab[2] / 200), strict=True
        )
    ]
    x, y, z = xyz
    linear = (
        3.1338561 * x - 1.6168667 * y - 0.4906146 * z,
        -0.9787684 * x + 1.9161415 * y + 0.0334540 * z,
        0.0719453 * x - 0.2289914 * y + 1.4052427 * z,
    )
    r, g, b = (
        _unit(12.92 * v if v <= 0.0031308 else 1.055 * max(v, 0) ** (1 / 2.4) - 0.055)
        for v in linear
    )
    return r, g, b


def named(resources: _PdfObject, kind: str, name: bytes) -> _PdfObject:
    """Return a resource by its kind (`/Font`) and name, or None."""
    if resources is None:
        return None
    folder = resources.get(kind)
    if not isinstance(folder, _FOLDERS):
        return None
    try:
        return folder.get(name.decode("utf-8", "surrogateescape"))
    except (ValueError, TypeError):
        return None
