"""What a contact sheet's cells consist of, kept from one sheet to the next: captions and imprints.

A caption is kept by what it says and where, an imprint by the digest of the copy that has it.
Where one is as it was, nothing is shaped for it, and no copy opened.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from hrcpub.events.shells import (
    CopyForm,
    CopyImprint,
    NamedGroup,
    ObjectBody,
    ObjectGroup,
    copied_imprint,
)


class KeptCells(NamedTuple):
    """Where the cells of one contact sheet are kept for the next one."""

    find: Callable[[], bytes | None]
    keep: Callable[[bytes], None]


NO_CELLS = KeptCells(lambda: None, lambda data: None)


class DrawnCaption(NamedTuple):
    """What draws a caption, in which fonts, and where it ends, in points."""

    drawn: bytes
    fonts: tuple[NamedGroup, ...]
    foot: float


class CellParts:
    """The captions and imprints of one contact sheet's cells."""

    def __init__(self, kept: KeptCells) -> None:
        """Take what the last sheet has kept; what is spoilt is made anew."""
        self._kept, self._former = kept, _Former(kept.find())
        self._captions: dict[str, DrawnCaption] = {}
        self._copies: dict[str, CopyForm] = {}

    def caption(self, key: str, make: Callable[[], DrawnCaption]) -> DrawnCaption:
        """Return a caption; `key` stands for all that it is made from."""
        if key not in self._captions:
            self._captions[key] = self._former.caption(key) or make()
        return self._captions[key]

    def copy(self, imprint: CopyImprint) -> CopyForm:
        """Return a copy's imprint; raise HrcpubError when the copy cannot be read."""
        if not imprint.key:
            return copied_imprint(imprint)
        if imprint.key not in self._copies:
            former = self._former.copy(imprint.key)
            self._copies[imprint.key] = former or copied_imprint(imprint)
        return self._copies[imprint.key]

    def keep(self) -> None:
        """Keep all of it for the next sheet."""
        self._kept.keep(_packed(self._captions, self._copies))


class _Former:
    """What was kept, read part by part; what is not as it was written is not there."""

    def __init__(self, data: bytes | None) -> None:
        self._captions, self._copies, self._plain = dict[str, Any](), dict[str, Any](), {}
        self._groups: dict[str, ObjectGroup] = {}
        try:
            captions, copies, groups = json.loads(data or b"[{},{},{}]")
            self._captions, self._copies, self._plain = dict(captions), dict(copies), dict(groups)
        except (ValueError, TypeError, RecursionError):
            return

    def caption(self, key: str) -> DrawnCaption | None:
        try:
            drawn, fonts, foot = self._captions[key]
            return DrawnCaption(drawn.encode("latin-1"), self._named(fonts), float(foot))
        except (KeyError, ValueError, TypeError, AttributeError):
            return None

    def copy(self, key: str) -> CopyForm | None:
        try:
            *texts, fonts, pictures = self._copies[key]
            drawn, box, states = (text.encode("latin-1") for text in texts)
            return CopyForm(drawn, box, states, self._named(fonts), self._named(pictures))
        except (KeyError, ValueError, TypeError, AttributeError):
            return None

    def _named(self, names: Iterable[Any]) -> tuple[NamedGroup, ...]:
        return tuple((str(name), self._group(key)) for name, key in names)

    def _group(self, key: str) -> ObjectGroup:
        if key not in self._groups:
            bodies = tuple(
                ObjectBody(text.encode("latin-1"), None if data is None else data.encode("latin-1"))
                for text, data in self._plain[key]
            )
            self._groups[key] = ObjectGroup(key, bodies)
        return self._groups[key]


def _packed(captions: Mapping[str, DrawnCaption], copies: Mapping[str, CopyForm]) -> bytes:
    groups: dict[str, list[tuple[str, str | None]]] = {}

    def named(parts: Iterable[NamedGroup]) -> list[tuple[str, str]]:
        for _, group in parts:
            if group.key not in groups:
                groups[group.key] = [
                    (_text(body.text), None if body.data is None else _text(body.data))
                    for body in group.bodies
                ]
        return [(name, group.key) for name, group in parts]

    said = {key: (_text(one.drawn), named(one.fonts), one.foot) for key, one in captions.items()}
    taken = {
        key: (_text(c.drawn), _text(c.box), _text(c.states), named(c.fonts), named(c.pictures))
        for key, c in copies.items()
    }
    return json.dumps([said, taken, groups]).encode()


def _text(data: bytes) -> str:
    return data.decode("latin-1")
