"""A copy that `join` made to the `ImprintForm` that it was made with, so that nothing is set again.

The way of the writer in `join.py` back: the objects after a kit's shared bytes, up to the form.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import NamedTuple

from hrcpub.events.shells.join import ImprintForm, ImprintFormFont, LogoImage
from hrcpub.events.shells.shell_template import ShellTemplate

_BEGINS = re.compile(rb"(\d+) 0 obj\n")
_LENGTH = re.compile(rb"/Length (\d+)>>$")
_NAMED = re.compile(rb"/(F\d+) (\d+) 0 R")
_BASE = re.compile(rb"/BaseFont/([^/]+)/")
_LOGO = re.compile(rb"/Logo (\d+) 0 R")
_IMAGE = re.compile(rb"/Subtype/Image(.*)/Length \d+>>$", re.DOTALL)
_STREAM, _STREAM_ENDS, _ENDS = b"\nstream\n", b"\nendstream\nendobj\n", b"\nendobj\n"


class _Object(NamedTuple):
    entries: bytes
    data: bytes  # as it is packed; empty where it is no stream


def lift(
    kit: ShellTemplate, pdf: bytes, font: Callable[[str, bytes], ImprintFormFont]
) -> ImprintForm | None:
    """Return what a copy adds to a kit; None when it is no copy of this kit, whole as it was made.

    `font` returns a font by its name in the operators and the name in its objects; it raises
    KeyError when there is none.
    """
    if not pdf.startswith(kit.head):
        return None
    try:
        objects, form = _objects(pdf, len(kit.head))
        fonts = [
            font(name.decode(), _found(_BASE, objects[int(number)].entries))
            for name, number in _NAMED.findall(form.entries)
        ]
        return ImprintForm(
            zlib.decompress(form.data),
            tuple(fonts),
            _picture(objects, form),
            b"/Overprint" in form.entries,
            form.data,
        )
    except (ValueError, KeyError, zlib.error):
        return None


def _objects(pdf: bytes, at: int) -> tuple[dict[int, _Object], _Object]:
    """Return the objects before the first form by their numbers, and the form."""
    found: dict[int, _Object] = {}
    while begins := _BEGINS.match(pdf, at):
        ends = pdf.index(_ENDS, begins.end())
        stream = pdf.find(_STREAM, begins.end(), ends)
        if stream < 0:
            one, at = _Object(pdf[begins.end() : ends], b""), ends + len(_ENDS)
        else:
            entries = pdf[begins.end() : stream]
            start = stream + len(_STREAM)
            at = start + int(_found(_LENGTH, entries))
            one = _Object(entries, pdf[start:at])
            at += len(_STREAM_ENDS)
        if b"/Subtype/Form" in one.entries:
            return found, one
        found[int(begins[1])] = one
    raise ValueError("it has no form")


def _picture(objects: dict[int, _Object], form: _Object) -> LogoImage | None:
    logo = _LOGO.search(form.entries)
    if logo is None:
        return None
    image = objects[int(logo[1])]
    return LogoImage(_found(_IMAGE, image.entries), image.data)


def _found(pattern: re.Pattern[bytes], text: bytes) -> bytes:
    match = pattern.search(text)
    if match is None:
        raise ValueError(f"{pattern.pattern!r} is not there")
    return match[1]
