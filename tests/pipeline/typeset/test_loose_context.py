"""A document that nobody has any more is gone at once, with what was known of it."""

from __future__ import annotations

import base64
import gc
import importlib
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hrcpub.pipeline.typeset.engine import load
from tests.shared.project import ROOT


def picture(within: str) -> str:
    """Return the address of a square picture."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{within}</svg>'
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


LIME = picture('<rect width="9" height="9" fill="lime"/>')
AROUND = picture(f'<image width="9" height="9" href="{LIME}"/>')  # looked for when it is drawn
WORDS = "<html lang=en><title>Page</title><h1>Words</h1><ul><li>and more</ul>"


@pytest.fixture
def stock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Return what gives WeasyPrint its own contexts back; nobody looks for rings meanwhile."""
    load(ROOT)
    from weasyprint.layout import LayoutContext

    gc.disable()
    yield lambda: monkeypatch.delattr(LayoutContext, "get_image_from_uri")
    gc.enable()


@pytest.fixture
def contexts(monkeypatch: pytest.MonkeyPatch) -> list[weakref.ref[Any]]:
    """Return the contexts of all layouts from here on."""
    document, made = importlib.import_module("weasyprint.document"), list[weakref.ref[Any]]()
    make = document.LayoutContext

    def noted(*given: Any) -> Any:
        context = make(*given)
        made.append(weakref.ref(context))
        return context

    monkeypatch.setattr(document, "LayoutContext", noted)
    return made


def page(text: str) -> Any:
    return load(ROOT).HTML(string=text)


def test_a_context_goes_with_its_document(
    stock: Callable[[], None], contexts: list[weakref.ref[Any]]
) -> None:
    document = page(WORDS).render()
    document.write_pdf()
    del document
    assert [context() for context in contexts] == [None]
    stock()
    page(WORDS).render()
    assert contexts[1]() is not None  # until somebody looks for rings


def test_pictures_in_pictures_are_drawn(stock: Callable[[], None]) -> None:
    text = f'{WORDS}<img alt="" src="{AROUND}"><svg width="9" height="9"><path d="M0,0h9"/></svg>'
    ours: bytes = page(text).write_pdf(uncompressed_pdf=True)
    assert b"0 1 0 rg" in ours
    stock()
    assert page(text).write_pdf(uncompressed_pdf=True) == ours
