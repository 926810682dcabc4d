"""Files of one kind, bound to one."""

from __future__ import annotations

import io

import pikepdf

from hrcpub.events.shells import bind
from hrcpub.pipeline.stages import Pdf
from tests.shared.pages import texts
from tests.shared.typed import lines, typed_pdf


def test_files_are_bound_in_their_order_under_the_first_ones_title() -> None:
    files = [Pdf(typed_pdf(*(lines(word) for word in words))) for words in ("ab", "c", "de")]
    titled = io.BytesIO()
    with pikepdf.open(io.BytesIO(files[0])) as first:
        first.docinfo["/Title"] = "Labels"
        first.save(titled)
    bound = bind([Pdf(titled.getvalue()), *files[1:]])
    assert [text.strip() for text in texts(bound)] == list("abcde")
    with pikepdf.open(io.BytesIO(bound)) as whole:
        assert str(whole.docinfo["/Title"]) == "Labels"


def test_the_same_files_give_the_same_bytes() -> None:
    files = [Pdf(typed_pdf(lines(word))) for word in "ab"]
    assert bind(files) == bind(files)
    assert bind(files) != bind(files[::-1])
