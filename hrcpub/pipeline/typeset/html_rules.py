"""Which HTML has an effect on a page that WeasyPrint lays out, as tables.

From WeasyPrint 70's `html.py` and `html5_ua.css`, and from what it does with each: it passes over
what it does not know without a word. Presentational hints are off, since their values come from
anywhere (its CVE-2026-49452); `list_numbers` honours those that people write today.
"""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHOWN = _names(
    "a abbr address article aside b bdo blockquote body br caption cite code col colgroup data dd "
    "del details dfn div dl dt em figcaption figure footer form h1 h2 h3 h4 h5 h6 head header "
    "hgroup hr html i img ins kbd label legend fieldset li link main mark menu meta nav noscript "
    "ol output p pre q s samp search section small span strong style sub summary sup table tbody "
    "td tfoot th thead time title tr u ul var wbr base big center tt strike nobr"
)
# What is in HTML, and cannot be on paper, or is not what a browser shows. With the way out.
_FIELD = "draw the box with CSS: border, width and height on an empty span"
_FILM = "show a picture of it: <img>"
_FRAME = "put its words into the template"
_IMAGE = "use <img>, or an inline <svg>"
_OLD = "use today's elements, and CSS for how they look"
REFUSED = {
    **dict.fromkeys(_names("iframe frame frameset noframes portal"), _FRAME),
    **dict.fromkeys(_names("video audio canvas source track"), _FILM),
    **dict.fromkeys(_names("object embed applet picture map area noembed param"), _IMAGE),
    **dict.fromkeys(_names("input select option optgroup textarea button datalist keygen"), _FIELD),
    **dict.fromkeys(_names("meter progress"), _FIELD),
    **dict.fromkeys(_names("font basefont marquee blink dir listing plaintext xmp acronym"), _OLD),
    **dict.fromkeys(_names("ruby rt rp rb rtc"), "put the reading in brackets behind it"),
    "template": "take its contents out of <template>",
    "script": "no script runs on paper: let Jinja do it",
    "dialog": "use <div>",
    "slot": "use a Jinja macro",
    "bdi": 'use <span dir="ltr"> or <span dir="rtl">',
    "math": "write it as text, or as an <svg> of outlines with a <title>",
}

# Attributes that have their effect, or mean nothing to a page, on any element.
_ANYWHERE = _names(
    "id class style lang dir title hidden translate itemid itemprop itemref itemscope itemtype "
    "xmlns xml:lang"
)
_OF_ELEMENT = {
    "a": "href name target rel hreflang type download referrerpolicy",
    "base": "href",
    "blockquote": "cite",
    "col": "span",
    "colgroup": "span",
    "data": "value",
    "del": "cite datetime",
    "details": "open name",
    "form": "action method",
    "html": "prefix version",
    "img": "src alt width height loading decoding crossorigin fetchpriority",
    "ins": "cite datetime",
    "label": "for",
    "li": "value type",
    "link": "rel href type media",
    "meta": "name content charset http-equiv property",
    "ol": "start reversed type",
    "output": "for name",
    "q": "cite",
    "style": "type media",
    "td": "colspan rowspan headers",
    "th": "colspan rowspan headers scope abbr",
    "time": "datetime",
    "ul": "type",
}
_KNOWN = {tag: _names(names) for tag, names in _OF_ELEMENT.items()}

# What to write instead of an attribute that has no effect.
_ALIGN = "say it in CSS: text-align, or float and margin for a box"
INSTEAD = {
    "align": _ALIGN,
    "valign": "say it in CSS: vertical-align",
    "width": "say it in CSS: width",
    "height": "say it in CSS: height",
    "bgcolor": "say it in CSS: background",
    "background": "say it in CSS: background-image",
    "border": "say it in CSS: border",
    "bordercolor": "say it in CSS: border-color",
    "cellpadding": "say it in CSS: padding on td and th",
    "cellspacing": "say it in CSS: border-spacing",
    "rules": "say it in CSS: border on the cells",
    "frame": "say it in CSS: border",
    "nowrap": "say it in CSS: white-space: nowrap",
    "hspace": "say it in CSS: margin",
    "vspace": "say it in CSS: margin",
    "clear": "say it in CSS: clear",
    "color": "say it in CSS: color",
    "text": "say it in CSS: color",
    "face": "say it in CSS: font-family",
    "size": "say it in CSS",
    "noshade": "say it in CSS: border",
    "compact": "say it in CSS: margin",
    "type": "say it in CSS: list-style-type",
    "start": 'start is for <ol>: elsewhere counter-reset, with "counter-reset: list-item 2"',
    "value": "say it in CSS: counter-set",
    "reversed": "reversed is for <ol>",
    "srcset": "name one picture, as large as print needs: src",
    "sizes": "name one picture, as large as print needs: src",
    "role": "use the element that says it: the screen edition's tags come from elements",
    "dirname": "use dir",
}

# What an attribute takes whose values count only if they are right.
_PIXELS = 'write pixels or per cent (40, 50%), or use CSS: style="{}: 20mm"'
VALUES = {
    "width": _PIXELS.format("width"),
    "height": _PIXELS.format("height"),
    "start": "write a whole number",
    "value": "write a whole number",
    "type": "write 1, a, A, i, I, disc, circle or square; others are list-style-type in CSS",
}

UNHEEDED = (
    "the list shows no number, or counts in its own way: list-style: decimal numbers it as HTML"
    " says; a counter of its own is set in CSS, with counter-reset"
)


def has_effect(tag: str, attribute: str) -> bool:
    """Return whether an attribute does what it says, or need not do anything on paper."""
    return (
        attribute in _ANYWHERE
        or attribute.startswith("data-")
        or attribute in _KNOWN.get(tag, frozenset())
    )


def instead(attribute: str) -> str:
    """Return what to write instead of an attribute without effect."""
    if attribute.startswith("aria-"):
        return INSTEAD["role"]
    return INSTEAD.get(attribute, "check its spelling, or leave it out")
