"""A document in screen colours to one in inks: all operators, shadings and pictures.

WeasyPrint paints in DeviceRGB, and in Lab for the lab colours of CSS. All is done on the objects of
pydyf before they are written. ISO 32000-2 §8.6 and §11.4.7, ISO 15930-7 (PDF/X-4) §6.2.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pydyf

from hrcpub.patterns import pattern
from hrcpub.pipeline.prepress.inks import Cmyk, InkConversion
from hrcpub.pipeline.prepress.objects import PdfEntries, resolve, streams

OVERPRINT, KNOCKOUT = "OverprintK", "Knockout"
OVERPRINT_FILL, OVERPRINT_LINE = "OverprintFill", "OverprintLine"
BLACK: Cmyk = (0.0, 0.0, 0.0, 1.0)
# By whether fills overprint, and whether lines do.
STATES = {
    (True, True): OVERPRINT,
    (False, False): KNOCKOUT,
    (True, False): OVERPRINT_FILL,
    (False, True): OVERPRINT_LINE,
}

_RGB = pattern(rb"([-+.\de]+) ([-+.\de]+) ([-+.\de]+) (rg|RG)")
_GREY = pattern(rb"([-+.\de]+) (g|G)")
_SPACE = pattern(rb"/([\w.#-]+) (cs|CS)")
_SPECIAL = pattern(rb"((?:[-+.\de]+ )+)(scn|SCN)")
_SAVE, _RESTORE = (b"q", "q"), (b"Q", "Q")
_COLOUR_WORDS = (" rg", " RG", " g", " G", " cs", " CS", " scn", " SCN")
_COLOUR_ENDINGS = tuple(word.encode() for word in _COLOUR_WORDS)
_LONGEST = 120  # bytes: operators that set a colour are shorter


def ink(pdf: pydyf.PDF, inks: InkConversion) -> None:
    """Convert a whole document. Solid black overprints, all else knocks out."""
    masks = _masks(pdf)
    used = {OVERPRINT, KNOCKOUT}
    for stream in streams(pdf):
        kind = stream.extra.get("Subtype")
        if kind == "/Image":
            _convert_picture(stream, inks)
        elif id(stream) in masks:
            _convert_mask(stream)
        # A page's content is the only kind of stream without entries of its own.
        elif kind == "/Form" or stream.extra.get("Type") == "/Pattern" or not stream.extra:
            used |= _convert_operators(stream, inks)
    _convert_shadings(pdf, inks)
    for resources in _resources(pdf):
        _add_states(resources, used)
    _set_plates(pdf, inks)


def _convert_operators(stream: pydyf.Stream, inks: InkConversion) -> set[str]:
    """Convert the colour operators of a content stream; return the names of states it needs."""
    now, used = _Overprinting(), set[str]()
    outer: list[_Overprinting] = []
    converted: list[object] = []
    for operator in stream.stream:
        if operator in _SAVE:
            outer.append(now.copy())
        elif operator in _RESTORE and outer:
            now = outer.pop()
        if not isinstance(operator, bytes | str) or not _is_of_colour(operator):
            converted.append(operator)
            continue
        text = operator.encode() if isinstance(operator, str) else operator
        converted += _in_inks(text, inks, now)
        used.add(now.state)
    stream.stream = converted
    group = stream.extra.get("Group")
    if group is not None and "CS" in group:
        group["CS"] = "/DeviceCMYK"
    return used


@dataclass(slots=True)
class _Overprinting:
    """What a stream has said of its colours: the spaces of `cs` and `CS`, and what overprints.

    Why both are kept: a dictionary that says whether lines overprint says it of fills, too, unless
    it says something else of them (ISO 32000-2 §8.4.5). So each state has to say both.
    """

    spaces: dict[bytes, bytes] = field(default_factory=dict)
    over: dict[bool, bool] = field(default_factory=dict)  # of lines (True) and of fills

    def copy(self) -> _Overprinting:
        return _Overprinting(dict(self.spaces), dict(self.over))

    @property
    def state(self) -> str:
        """The name of the state: as long as nothing was said of lines, they do as fills do."""
        fills, lines = self.over.get(False), self.over.get(True)
        return STATES[
            bool(lines if fills is None else fills), bool(fills if lines is None else lines)
        ]

    def set(self, is_black: bool, stroke: bool) -> str:
        """Return the operator that goes with a new colour of fills or of lines."""
        self.over[stroke] = is_black
        return f"/{self.state} gs"


def _is_of_colour(operator: bytes | str) -> bool:
    """Return whether an operator sets a colour; one in ten does."""
    if len(operator) > _LONGEST:
        return False
    if isinstance(operator, bytes):
        return operator.endswith(_COLOUR_ENDINGS)
    return operator.endswith(_COLOUR_WORDS)


def _in_inks(text: bytes, inks: InkConversion, now: _Overprinting) -> list[object]:
    """Return the operators in inks for one in screen colours."""
    if match := _RGB.fullmatch(text):
        parts = [float(part) for part in match.groups()[:3]]
        stroke = match[4] == b"RG"
        # Spots first: the palette has a build for their colours too.
        spot = inks.spot(*parts)
        if spot:
            return _spot(str(spot.spot), stroke, now)
        return _paint(inks.rgb(*parts), stroke, now)
    if match := _GREY.fullmatch(text):
        level = float(match[1])
        return _paint(inks.rgb(level, level, level), match[2] == b"G", now)
    if match := _SPACE.fullmatch(text):
        now.spaces[match[2]] = match[1]
        # Inks need no space: `k` sets it itself.
        return [] if match[1] in (b"lab-d50", b"lab-d65", b"DeviceCMYK") else [text]
    if match := _SPECIAL.fullmatch(text):
        stroke = match[2] == b"SCN"
        space = now.spaces.get(b"CS" if stroke else b"cs")
        numbers = [float(part) for part in match[1].split()]
        if space in (b"lab-d50", b"lab-d65"):
            return _paint(inks.lab(*numbers), stroke, now)
        if space == b"DeviceCMYK":
            return _paint((numbers[0], numbers[1], numbers[2], numbers[3]), stroke, now)
    return [text]


def _paint(cmyk: Cmyk, stroke: bool, now: _Overprinting) -> list[object]:
    """Return the operators that set inks. Solid black overprints, all else knocks out."""
    numbers = " ".join(f"{round(part, 4):g}" for part in cmyk)
    state = now.set(cmyk == BLACK, stroke)
    return [state, f"{numbers} {'K' if stroke else 'k'}"]


def _spot(name: str, stroke: bool, now: _Overprinting) -> list[object]:
    space, colour = ("CS", "SCN") if stroke else ("cs", "scn")
    return [now.set(False, stroke), f"/{plate_name(name)} {space}", f"1 {colour}"]


def plate_name(spot: str) -> str:
    """Return the name that a plate has as a resource: the letters and digits of its ink's name."""
    return "Plate" + "".join(character for character in spot if character.isalnum())


def _masks(pdf: pydyf.PDF) -> set[int]:
    """Return the `id` of the groups that are in soft masks: those have lightness, and no inks."""
    masks: set[int] = set()
    todo = [
        resolve(pdf, state["SMask"]["G"])
        for resources in _resources(pdf)
        for state in resources["ExtGState"].values()
        if isinstance(state.get("SMask"), dict)
    ]
    while todo:
        group = todo.pop()
        if id(group) not in masks and isinstance(group, pydyf.Stream):
            masks.add(id(group))
            if "Resources" in group.extra:
                inner = resolve(pdf, group.extra["Resources"])
                todo += [resolve(pdf, form) for form in inner.get("XObject", {}).values()]
    return masks


def _convert_mask(stream: pydyf.Stream) -> None:
    """Turn a soft mask to greys of the same lightness; in inks it would mask differently."""
    converted: list[object] = []
    for operator in stream.stream:
        text = operator.encode() if isinstance(operator, str) else operator
        short = isinstance(text, bytes) and len(text) <= _LONGEST
        match = _RGB.fullmatch(text) if short else None
        if match:
            red, green, blue = (float(part) for part in match.groups()[:3])
            # The luminosity by which PDF blends RGB masks (ISO 32000-2 §11.3.5.3).
            level = 0.3 * red + 0.59 * green + 0.11 * blue
            converted.append(f"{round(level, 4):g} {'G' if match[4] == b'RG' else 'g'}")
        else:
            converted.append(operator)
    stream.stream = converted
    if "Group" in stream.extra:
        stream.extra["Group"]["CS"] = "/DeviceGray"


def _resources(pdf: pydyf.PDF) -> Iterator[PdfEntries]:
    """Yield all dictionaries of resources: those of pages, forms and patterns."""
    for entries in pdf.objects:
        if isinstance(entries, dict) and "ExtGState" in entries:
            yield entries


def _convert_shadings(pdf: pydyf.PDF, inks: InkConversion) -> None:
    """Give shadings four inks, in their space and in their functions (ISO 32000-2 §8.7.4.5)."""
    for entries in pdf.objects:
        is_shading = isinstance(entries, dict) and "ShadingType" in entries
        if is_shading and entries["ColorSpace"] == "/DeviceRGB":
            entries["ColorSpace"] = "/DeviceCMYK"
            _convert_function(entries["Function"], inks)


def _convert_function(function: PdfEntries, inks: InkConversion) -> None:
    for inner in function.get("Functions", ()):
        _convert_function(inner, inks)
    for end in ("C0", "C1"):
        if end in function:
            colour = [float(part) for part in function[end]]
            function[end] = pydyf.Array([round(part, 4) for part in inks.rgb(*colour)])


def _add_states(resources: PdfEntries, used: set[str]) -> None:
    """Add the states that overprint and knock out (ISO 32000-2 §8.6.7)."""
    states = resources["ExtGState"]
    for (fills, lines), name in STATES.items():
        if name not in used:
            continue
        said = {"OP": str(lines).lower(), "op": str(fills).lower(), "OPM": int(fills or lines)}
        states[name] = pydyf.Dictionary(said)


def _set_plates(pdf: pydyf.PDF, inks: InkConversion) -> None:
    """Replace WeasyPrint's Lab spaces, which nothing uses any more, by those of spot colours."""
    for spaces in pdf.objects:
        if isinstance(spaces, dict) and "lab-d50" in spaces:
            # Cleared in its place: pages refer to it by its number.
            spaces.clear()
            for colour in inks.palette.values():
                if colour.spot:
                    spaces[plate_name(colour.spot)] = separation(colour.spot, colour.build)


def separation(name: str, build: Cmyk) -> pydyf.Array:
    """Return a Separation colour space whose full tint looks like `build`."""
    tint = pydyf.Dictionary(
        {
            "FunctionType": 2,
            "Domain": pydyf.Array([0, 1]),
            "C0": pydyf.Array([0, 0, 0, 0]),
            "C1": pydyf.Array([round(part, 4) for part in build]),
            "N": 1,
        }
    )
    return pydyf.Array(["/Separation", pydyf.name(name).decode(), "/DeviceCMYK", tint])


def _convert_picture(stream: pydyf.Stream, inks: InkConversion) -> None:
    """Convert an RGB picture; grey and CMYK ones stay as they are.

    Interpolation is forbidden in PDF/A (ISO 19005-2 §6.2.8).
    """
    if "Interpolate" in stream.extra:
        stream.extra["Interpolate"] = "false"
    if stream.extra.get("ColorSpace") != "/DeviceRGB":
        return
    is_jpeg = stream.extra.get("Filter") == "/DCTDecode"
    data = b"".join(part.data if isinstance(part, pydyf.Object) else part for part in stream.stream)
    picture = inks.picture(data if is_jpeg else _png(data, stream.extra))
    for name in ("DecodeParms", "Decode", "Filter"):
        stream.extra.pop(name, None)
    if picture.mode == "CMYK" and is_jpeg:
        output = io.BytesIO()
        # The second time that JPEG loses something: as little as possible, and no colour at half
        # its resolution.
        picture.save(output, "JPEG", quality=95, subsampling=0)
        # Pillow writes CMYK inverted, as Adobe does.
        stream.extra |= {"Filter": "/DCTDecode", "Decode": pydyf.Array([1, 0] * 4)}
        stream.stream, stream.compress = [output.getvalue()], False
    else:
        stream.stream, stream.compress = [picture.tobytes()], True
    space = "/DeviceCMYK" if picture.mode == "CMYK" else "/DeviceGray"
    stream.extra |= {"ColorSpace": space, "BitsPerComponent": 1 if picture.mode == "1" else 8}


def _png(data: bytes, extra: PdfEntries) -> bytes:
    """Return the PNG file for WeasyPrint's data of an image, which is Flate with PNG predictors."""
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    # 8 bits, 2: RGB.
    header = struct.pack(">IIBBBBB", extra["Width"], extra["Height"], 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )
