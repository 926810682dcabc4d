"""Pictures of what differs: outlines lie around it, and all that is the same is faint."""

from __future__ import annotations

import io

from PIL import Image

from hrcpub.pipeline.compare import compare
from hrcpub.pipeline.compare.showing import ADDED, REMOVED, ShownPage, plainly, shown
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


def test_pages_without_outlines_come_with_what_is_to_be_outlined() -> None:
    line = stroke(20, 300, 200, 300, 2)
    before = typed_pdf([lines("Open to Friday", y=100), line])
    after = typed_pdf([lines("Open to Sunday", y=100), line], lines("Nobody has seen this one"))
    comparison = compare(before, after)
    first, new = plainly(before, after, comparison)
    for side in (first.before, first.after, new.after):
        assert not {ADDED, REMOVED} & set(colours(opened(side)))
    assert first.sizes[0] == first.sizes[1] == new.sizes[1]
    assert [len(boxes) for boxes in first.boxes] == [1, 1]
    (word,) = first.boxes[1]
    assert 40 < word[0] < word[2] < 160
    assert 85 < word[1] < word[3] < 110
    faint = opened(first.changed)
    assert ink(faint, faint.width / 300, darker_than=90).bottom < 110
    assert (new.before, new.changed, new.sizes[0]) == (None, None, None)
