"""How large pictures are on the paper, read from content streams."""

from __future__ import annotations

from typing import Any

import pydyf
import pytest

from hrcpub.pipeline.prepress.placements import sizes


def document(content: str, form: str = "", matrix: list[float] | None = None) -> pydyf.PDF:
    """Return a page with a picture `Im`, and a form `Fm` that has the picture too."""
    pdf = pydyf.PDF()
    picture = pydyf.Stream([b""], {"Type": "/XObject", "Subtype": "/Image"})
    pdf.add_object(picture)
    inner = pydyf.Dictionary({"XObject": pydyf.Dictionary({"Im": picture.reference})})
    extra: dict[str, Any] = {"Subtype": "/Form", "Resources": inner}
    if matrix:
        extra["Matrix"] = pydyf.Array(matrix)
    drawn = pydyf.Stream(form.split("\n"), extra)
    pdf.add_object(drawn)
    names = pydyf.Dictionary({"Im": picture.reference, "Fm": drawn.reference})
    resources = pydyf.Dictionary({"XObject": names})
    pdf.add_object(resources)
    stream = pydyf.Stream(content.split("\n"))
    pdf.add_object(stream)
    page = {"Type": "/Page", "Contents": stream.reference, "Resources": resources.reference}
    pdf.add_page(pydyf.Dictionary(page))
    return pdf


@pytest.mark.parametrize(
    ("content", "form", "matrix", "size"),
    [
        ("40 0 0 30 5 5 cm\n/Im Do", "", None, (40, 30)),
        ("0.75 0 0 -0.75 0 792 cm\nq\n40 0 0 -30 0 30 cm\n/Im Do\nQ", "", None, (30, 22.5)),
        ("0 2 -2 0 0 0 cm\n40 0 0 30 0 0 cm\n/Im Do", "", None, (80, 60)),
        ("q\n9 0 0 9 0 0 cm\nQ\n40 0 0 30 0 0 cm\n/Im Do", "", None, (40, 30)),
        ("q\n40 0 0 30 0 0 cm\n/Im Do\nQ\nq\n10 0 0 90 0 0 cm\n/Im Do\nQ", "", None, (40, 90)),
        ("2 0 0 2 0 0 cm\n/Fm Do", "40 0 0 30 0 0 cm\n/Im Do", None, (80, 60)),
        ("2 0 0 2 0 0 cm\n/Fm Do", "40 0 0 30 0 0 cm\n/Im Do", [3, 0, 0, 3, 0, 0], (240, 180)),
    ],
)
def test_a_picture_is_as_large_as_its_largest_place(
    content: str, form: str, matrix: list[float] | None, size: tuple[float, float]
) -> None:
    assert sizes(document(content, form, matrix)) == {"Im": pytest.approx(size)}


def test_what_is_on_no_page_has_no_size() -> None:
    assert sizes(document("q\nQ")) == {}


def test_a_form_in_itself_comes_to_an_end() -> None:
    pdf = document("/Fm Do", "/Fm Do")
    names = next(o for o in pdf.objects if isinstance(o, pydyf.Dictionary) and "XObject" in o)
    form = next(o for o in pdf.objects if isinstance(o, pydyf.Stream) and "Resources" in o.extra)
    form.extra["Resources"] = names
    assert sizes(pdf) == {}
