"""What WeasyPrint knows while it lays a document out, let go with the document.

WeasyPrint 70's context of a layout has a function that has the context: a ring, which stays in
memory with all boxes and styles until Python looks for such rings. That is seldom
(`hrcpub/loading.py`), and takes a twentieth of a layout's time, where many are made one after the
other. Here the function is made anew each time that the context is asked for it.

Private names of WeasyPrint are used here; `test_loose_context.py` fails when one of them changes.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from weasyprint.layout import LayoutContext

_RING = "context"  # the name by which the function has it


def loosen_contexts() -> None:
    """Let WeasyPrint's contexts go when nobody has them any more. Once for the process."""
    from weasyprint.layout import LayoutContext

    LayoutContext.get_image_from_uri = property(_get_image, _keep_loose)


def _get_image(context: LayoutContext) -> partial[Any]:
    return partial(context.hrcpub_get_image, **{_RING: context})


def _keep_loose(context: LayoutContext, get_image: partial[Any]) -> None:
    options = {name: value for name, value in get_image.keywords.items() if name != _RING}
    context.hrcpub_get_image = partial(get_image.func, *get_image.args, **options)
