"""Lines of text that were measured, kept for when they are measured again, and drawn.

WeasyPrint 70 has Pango set a text anew each time that it measures or draws it: twice for what is in
a grid, once more for each edition, and for each time that a page is laid out until its numbers are
known. Lines that `compose` has broken (`white-space: nowrap`) come out the same each time, and all
others where they have the same width. So each is set once, and lies beside its style
(`shared_styles.py`) until the next documents have used up the room.

Private names of WeasyPrint are used here; `test_kept_lines.py` fails when one of them changes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from hrcpub.patterns import pattern
from hrcpub.pipeline.typeset.replacing import put_in_place
from hrcpub.pipeline.typeset.shared_styles import is_shared, lent_for

if TYPE_CHECKING:
    from weasyprint.css import Style

UNBROKEN = frozenset(("nowrap", "pre"))  # `white-space` in which no line ends by itself
# What Pango ends a paragraph at (`pango_find_paragraph_boundary`). WeasyPrint draws lines as one
# paragraph; a text without these is the same either way, and need not be set again for it.
_ENDS = pattern("[\n\r\u2029]")
_FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)
# What Pango is told of a style, and what the height of an empty line depends on: all inherited.
_FONT = frozenset(
    (
        *_FEATURES,
        *("font_family", "font_style", "font_stretch", "font_weight", "font_size"),
        *("font_variation_settings", "font_language_override", "lang", "direction"),
    )
)
_STRUT = _FONT | {"line_height"}


class _PangoText(Protocol):
    """What is used of WeasyPrint's `Layout`; the last three are there while it is active."""

    text: str
    first_line_direction: int
    max_width: float | None
    justification_spacing: float
    layout: object
    language: object
    style: Style
    ascent: float | None  # of lines over and under words, as the next two
    underline_position: float | None
    strikethrough_position: float | None

    def setup(self, style: Style) -> None:
        """Make it active, with nothing in it."""

    def set_text(self, text: str, justify: bool = False) -> None:
        """Set a text."""

    def deactivate(self) -> None:
        """Forget what Pango has set."""

    def reactivate(self, style: Style) -> None:
        """Set the same text again."""


Setup = Callable[["_PangoText", "Style"], None]
_Line = tuple[Any, ...]  # a layout, and what WeasyPrint has measured of it
_LineKey = tuple[Any, ...]  # the `id` of a style, a text, and what else decides where it is broken


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
        if shelf is None or justification_spacing:
            line: _Line = split(text, style, context, max_width, justification_spacing, **options)
            return line
        key: _LineKey = (id(style), text)
        if style["white_space"] not in UNBROKEN or _ENDS.search(text):
            key = (*key, max_width, *options.items())
        # Else it is not broken, so that neither the width nor the options matter.
        kept = shelf.lines.get(key)
        if kept is None:
            kept = split(text, style, context, max_width, justification_spacing, **options)
            shelf.lines[key] = kept
        return layout_for_another(kept[0], max_width), *kept[1:]

    def strut(style: Style) -> tuple[float, float]:
        if style.hrcpub_strut is None or not is_shared(style):
            parent = parent_with(style, _STRUT)
            style.hrcpub_strut = measure(style) if parent is None else strut(parent)
        known: tuple[float, float] = style.hrcpub_strut
        return known

    Style.hrcpub_strut = None
    put_in_place(split, split_first_line)
    put_in_place(measure, strut)
    _keep_active()


def parent_with(style: Style, names: frozenset[str]) -> Style | None:
    """Return the parent of a style that inherits what has some names; None where it does not.

    Only of styles that documents share: of others each value may have been changed.
    """
    parent = style.parent_style
    if parent is None or not (is_shared(style) and is_shared(parent)):
        return None
    return parent if names.isdisjoint(vars(style).get("cascaded", ())) else None


def layout_for_another(layout: _PangoText, max_width: float | None) -> _PangoText:
    """Return what Pango has set of a line, for another box."""
    copy: _PangoText = object.__new__(type(layout))
    vars(copy).update(vars(layout))
    copy.max_width = max_width
    return copy


def _keep_active() -> None:
    """Let layouts of one line keep what Pango has set, for when they are active again."""
    from weasyprint.text import line_break
    from weasyprint.text.ffi import ffi, pango

    kind: Any = line_break.Layout
    set_text, deactivate, reactivate = kind.set_text, kind.deactivate, kind.reactivate
    kind.setup = _setup_once(kind.setup)

    def set_text_once(layout: _PangoText, text: str, justify: bool = False) -> None:
        set_text(layout, text, justify)
        pango.pango_layout_set_single_paragraph_mode(layout.layout, not _ENDS.search(text))

    def deactivate_kept(layout: _PangoText) -> None:
        second = pango.pango_layout_get_line_readonly(layout.layout, 1)
        is_one = second == ffi.NULL and not _ENDS.search(layout.text)
        if is_one and not layout.justification_spacing:
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


class _PangoSetting(NamedTuple):
    """What Pango is told of a style."""

    context: object
    language: object
    font: object
    features: object | None  # an attribute for all of a text


def _setup_once(setup: Setup) -> Setup:
    """Return `Layout.setup` that tells Pango of a style once."""
    from weasyprint.css import Style
    from weasyprint.text.ffi import ffi, gobject, pango

    Style.hrcpub_setting = None

    def setting_of(style: Style) -> _PangoSetting:
        known: _PangoSetting | None = style.hrcpub_setting
        if known is None:
            parent = parent_with(style, _FONT)
            known = _setting(style) if parent is None else setting_of(parent)
            style.hrcpub_setting = known
        return known

    def setup_once(layout: _PangoText, style: Style) -> None:
        known: _PangoSetting | None = getattr(style, "hrcpub_setting", None)  # not in SVG
        if known is None:
            # Lines under and over words are as thick as Pango says.
            if style["text_decoration_line"] != "none" or not is_shared(style):
                setup(layout, style)
                return
            known = setting_of(style)
        layout.style, layout.language, layout.first_line_direction = style, known.language, 0
        layout.ascent = layout.underline_position = layout.strikethrough_position = None
        layout.layout = ffi.gc(pango.pango_layout_new(known.context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout.layout, False)
        pango.pango_layout_set_font_description(layout.layout, known.font)
        if known.features is not None:
            features = pango.pango_attr_list_new()
            pango.pango_attr_list_insert(features, known.features)
            pango.pango_layout_set_attributes(layout.layout, features)

    return setup_once


def _setting(style: Style) -> _PangoSetting:
    """Return what WeasyPrint would tell Pango of a style."""
    from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
    from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
    from weasyprint.text.fonts import font_features, get_font_description

    fonts = style.font_config
    context = ffi.gc(pango.pango_font_map_create_context(fonts.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    named, language = style["font_language_override"], pango.pango_language_get_default()
    name = style["lang"] if named == "normal" else LST_TO_ISO.get(named.lower(), named)
    if name:
        letters, _ = unicode_to_char_p(name)
        language = pango.pango_language_from_string(letters)
        pango.pango_context_set_language(context, language)
    asked = font_features(*(style[name] for name in _FEATURES))
    written = ",".join(f"{name} {value}" for name, value in asked.items()).encode()
    features = None
    if written:
        features = fonts.font_features.setdefault(
            written, pango.pango_attr_font_features_new(written)
        )
    return _PangoSetting(context, language, get_font_description(style), features)


def set_anew(layout: _PangoText, style: Style) -> None:
    """Set a line that is to be drawn with an ellipsis: that changes what Pango has set."""
    vars(layout).pop("hrcpub_set", None)
    layout.setup(style)
    layout.set_text(layout.text, justify=True)
