"""Files whose pages are put into another to that other's layers: what is hidden stays hidden.

pikepdf copies pages and forms without their file's layers. All layers are shown then: the line that
a die cuts, and what is for another language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrcpub.pipeline.preflight.checks.layers import hidden_layers

if TYPE_CHECKING:
    import pikepdf


def keep_layers(whole: pikepdf.Pdf, *sources: pikepdf.Pdf) -> None:
    """Give a file the layers of those that its pages come from, each on or off as it is shown."""
    import pikepdf

    every, hidden = pikepdf.Array(), pikepdf.Array()
    for source in sources:
        off = hidden_layers(source)
        for layer in _layers(source):
            copied = whole.copy_foreign(layer)
            every.append(copied)
            if layer.objgen in off:
                hidden.append(copied)
    if len(every):
        shown = pikepdf.Dictionary(OFF=hidden)
        whole.Root["/OCProperties"] = pikepdf.Dictionary(OCGs=every, D=shown)


def _layers(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    import pikepdf

    properties = pdf.Root.get("/OCProperties")
    found = properties.get("/OCGs") if isinstance(properties, pikepdf.Dictionary) else None
    return [one for one in found if one.is_indirect] if isinstance(found, pikepdf.Array) else []
