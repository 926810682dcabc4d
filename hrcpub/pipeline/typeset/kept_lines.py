"""Lines of text that were measured, kept for when they are measured again, and drawn.

WeasyPrint 70 has Pango set a text anew each time that it measures or draws it: twice for what is in
a grid, and once more for each edition. Lines that `compose` has broken (`white-space: nowrap`) come
out the same each time, so each is set once, and lies beside its style (`shared_styles.py`) until
the next documents have used up the room.

Private names of WeasyPrint are used here; `test_kept_lines.py` fails when one of them changes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from hrcpub.pipeline.typeset.replacing import put_in_place
from hrcpub.pipeline.typeset.shared_styles import is_shared, lent_for

if TYPE_CHECKING:
    from weasyprint.css import Style

_UNBROKEN = frozenset(("nowrap", "pre"))
# What Pango ends a paragraph at (`pango_find_paragraph_boundary`). WeasyPrint draws lines as one
# paragraph; a text without these is the same either way, and need not be set again for it.
_ENDS = re.compile("[\n\r\u2029]")


class _PangoText(Protocol):
    """What is used of WeasyPrint's `Layout`; the last three are there while it is active."""

    text: str
    max_width: float | None
    justification_spacing: float
    layout: object
    language: object
    style: Style

    def setup(self, style: Style) -> None:
        """Make it active, with nothing in it."""

    def set_text(self, text: str, justify: bool = False) -> None:
        """Set a text."""

    def deactivate(self) -> None:
        """Forget what Pango has set."""

    def reactivate(self, style: Style) -> None:
        """Set the same text again."""


_Line = tuple[Any, ...]  # a layout, and what WeasyPrint has measured of it


def keep_lines() -> None:
    """Let WeasyPrint take lines that were measured before. Once for the process."""
    from weasyprint.css import Style
    from weasyprint.text import line_break

    split, measure = line_break.split_first_line, line_break.strut

    def split_first_line(
        text: str,
        style: Style,
        context: object,
        max_width: float | None,
        justification_spacing: float,
        **options: bool,
    ) -> _Line:
        shelf = lent_for(style)
        is_broken = style["white_space"] not in _UNBROKEN or _ENDS.search(text)
        if shelf is None or justification_spacing or is_broken:
            line: _Line = split(text, style, context, max_width, justification_spacing, **options)
            return line
        # It is not broken, so that neither the width nor the options matter.
        kept = shelf.lines.get((id(style), text))
        if kept is None:
            kept = split(text, style, context, max_width, justification_spacing, **options)
            shelf.lines[id(style), text] = kept
        return _copied(kept[0], max_width), *kept[1:]

    def strut(style: Style) -> tuple[float, float]:
        if style.hrcpub_strut is None or not is_shared(style):
            style.hrcpub_strut = measure(style)
        known: tuple[float, float] = style.hrcpub_strut
        return known

    Style.hrcpub_strut = None
    put_in_place(split, split_first_line)
    put_in_place(measure, strut)
    _keep_active()


def _copied(layout: _PangoText, max_width: float | None) -> _PangoText:
    """Return a layout for another box."""
    copy: _PangoText = object.__new__(type(layout))
    vars(copy).update(vars(layout))
    copy.max_width = max_width
    return copy


def _keep_active() -> None:
    """Let layouts of unbroken lines keep what Pango has set, for when they are active again."""
    from weasyprint.text import line_break
    from weasyprint.text.ffi import pango

    kind: Any = line_break.Layout
    set_text, deactivate, reactivate = kind.set_text, kind.deactivate, kind.reactivate

    def set_text_once(layout: _PangoText, text: str, justify: bool = False) -> None:
        set_text(layout, text, justify)
        pango.pango_layout_set_single_paragraph_mode(layout.layout, not _ENDS.search(text))

    def deactivate_kept(layout: _PangoText) -> None:
        is_unbroken = layout.style["white_space"] in _UNBROKEN and not _ENDS.search(layout.text)
        if is_unbroken and not layout.justification_spacing:
            vars(layout)["hrcpub_set"] = (layout.layout, layout.language, layout.style)
        deactivate(layout)

    def reactivate_kept(layout: _PangoText, style: Style) -> None:
        already = vars(layout).get("hrcpub_set")
        if already and already[2] is style and not layout.justification_spacing:
            layout.layout, layout.language, layout.style = already
        else:
            reactivate(layout, style)

    kind.set_text, kind.deactivate, kind.reactivate = (
        set_text_once,
        deactivate_kept,
        reactivate_kept,
    )


def set_anew(layout: _PangoText, style: Style) -> None:
    """Set a line that is to be drawn with an ellipsis: that changes what Pango has set."""
    vars(layout).pop("hrcpub_set", None)
    layout.setup(style)
    layout.set_text(layout.text, justify=True)
