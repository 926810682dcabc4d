"""What WeasyPrint knows while it lays a document out, let go with the document.

WeasyPrint 70's context of a layout has a function that has the context: a ring, which stays in
memory with all boxes and styles until Python looks for such rings. That is seldom
(`hrcpub/loading.py`), and takes a twentieth of a layout's time, where many are made one after the
other. Here the function has the context only as long as somebody else has it.

A private name of WeasyPrint is used here; `test_loose_context.py` fails when it changes.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import partial
from typing import Protocol


class _ContextOfLayout(Protocol):
    """What is used of WeasyPrint's context of a layout."""

    get_image_from_uri: Callable[..., object]


def loosen_contexts() -> None:
    """Let WeasyPrint's contexts go when nobody has them any more. Once for the process."""
    from weasyprint.layout import LayoutContext

    begin = LayoutContext.__init__

    def __init__(
        self: _ContextOfLayout, style_for: object, get_image: Callable[..., object], *rest: object
    ) -> None:
        begin(self, style_for, get_image, *rest)
        self.get_image_from_uri = partial(_image, get_image, weakref.ref(self))

    LayoutContext.__init__ = __init__


def _image(
    get_image: Callable[..., object],
    context: weakref.ref[_ContextOfLayout],
    *asked: object,
    **options: object,
) -> object:
    return get_image(*asked, context=context(), **options)
