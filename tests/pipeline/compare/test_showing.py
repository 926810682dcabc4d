"""Pictures of what differs: outlines lie around it, and all that is the same is faint."""

from __future__ import annotations

import io

from PIL import Image

from hrcpub.pipeline.compare import compare
from hrcpub.pipeline.compare.showing import ADDED, REMOVED, ShownPage, shown
from tests.shared.pages import colours, ink
from tests.shared.typed import lines, stroke, typed_pdf


def opened(png: bytes | None) -> Image.Image:
    assert png
    return Image.open(io.BytesIO(png)).convert("RGB")


def pages(before: bytes, after: bytes) -> list[ShownPage]:
    return list(shown(before, after, compare(before, after)))


def test_what_was_and_what_is_have_outlines_of_their_own() -> None:
    before = typed_pdf([lines("Open to Friday", y=100), stroke(20, 300, 200, 300, 2)])
    after = typed_pdf([lines("Open to Sunday", y=100), stroke(20, 300, 200, 300, 2)])
    (page,) = pages(before, after)
    was, now = colours(opened(page.before)), colours(opened(page.after))
    assert REMOVED in was
    assert ADDED not in was
    assert ADDED in now
    assert REMOVED not in now
    changed = opened(page.changed)
    scale = changed.width / 300
    box = ink(changed, scale, darker_than=90)
    assert box, "the word that changed is as dark as it was"
    assert 90 < box.top < box.bottom < 106, "and the line far below it is faint"
    beside = opened(page.beside)
    assert beside.width > 3 * changed.width


def test_only_pages_that_differ_are_shown_and_new_ones_stand_alone() -> None:
    same, other = lines("This page is the same as ever"), lines("Nobody has seen this one yet")
    (page,) = pages(typed_pdf(same), typed_pdf(same, other))
    assert (page.pair.before, page.pair.after) == (None, 2)
    assert page.before is None
    assert page.changed is None
    assert ADDED in colours(opened(page.after))
    (page,) = pages(typed_pdf(same, other), typed_pdf(same))
    assert page.after is None
    assert REMOVED in colours(opened(page.before))
